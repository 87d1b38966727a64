"""A first, simple urgency: category and a short list of red-flag words, in English and Spanish.

It may only raise, and it is no validated medical device: a list of words misses much of what a nurse
would hear. Source of the families: the clinic's triage protocol.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from pcc_portal.language import N_


class Urgency(StrEnum):
    """How soon a person must look; ``rank`` sorts, 0 first."""

    EMERGENT = "emergent"
    URGENT = "urgent"
    ROUTINE = "routine"
    ADMINISTRATIVE = "administrative"

    @property
    def rank(self) -> int:
        """0 for the most urgent."""
        return list(Urgency).index(self)

    @classmethod
    def of_rank(cls, rank: int) -> Urgency:
        """The urgency with a rank."""
        return list(cls)[rank]

    @property
    def text(self) -> str:
        """The word for a coordinator (untranslated)."""
        return _TEXT[self]


_TEXT = {
    Urgency.EMERGENT: N_("Emergent"),
    Urgency.URGENT: N_("Same day"),
    Urgency.ROUTINE: N_("Routine"),
    Urgency.ADMINISTRATIVE: N_("Administrative"),
}

_EMERGENT = {
    "heart": r"chest (pain|pressure|tight\w*)|(pain|pressure|tight\w*) in (my|his|her) chest"
    r"|dolor (de|en el) pecho|presion en el pecho",
    "breathing": r"(can'?t|cannot|trouble|hard to) (breathe?|breathing|catch my breath)"
    r"|short(ness)? of breath|no puedo respirar|me falta el aire",
    "stroke": r"face (is )?droop\w*|slurred|numb (arm|face|leg|side)|cara caida|hablar raro",
    "consciousness": r"passed out|faint(ed|ing)|won'?t wake|seizure|se desmayo|convulsion",
    "self-harm": r"kill myself|suicid\w*|end my life|want to die|hurt myself|me quiero morir|matarme"
    r"|quitarme la vida",
    "allergy": r"throat (is )?(closing|swelling)|tongue (is )?swell\w*|garganta (se )?cierra",
    "bleeding": r"won'?t stop bleeding|bleeding won'?t stop|soak(ed|ing) through|vomit\w* blood"
    r"|coffee.?ground|no para de sangrar|vomit\w+ sangre",
    "overdose": r"overdos\w*|took too (much|many)|double dose|sobredosis|tome demasiad\w+",
    "abuse": r"afraid to go home|(he|she)('?ll| will| is going to) hurt me|miedo de volver a casa",
}
_URGENT = {
    "fever": r"fever|10[1-5](\.\d)? ?(f\b|degrees)|fiebre",
    "clot": r"calf (is )?(swollen|swelling)|swollen (calf|leg)|pantorrilla hinchada",
    "wound": r"(wound|incision|stitches)\W+(\w+\W+){0,6}(red|pus|open\w*|drain\w*|hot)|\bpus\b",
    "out-of-medicine": r"(out of|ran out of|no more) (my )?(insulin|warfarin|eliquis|seizure|inhaler"
    r"|medicine|medication)|sin insulina|se me acabo la insulina",
    "dehydration": r"can'?t keep (anything|water|food) down|no retengo nada",
    "fall": r"\bfell\b|hit my head|me cai",
}
RULES: dict[Urgency, dict[str, re.Pattern[str]]] = {
    Urgency.EMERGENT: {name: re.compile(words) for name, words in _EMERGENT.items()},
    Urgency.URGENT: {name: re.compile(words) for name, words in _URGENT.items()},
}
_CLINICAL = frozenset({"general", "medications", "test-results", "care-plan", "new-problem"})


@dataclass(frozen=True)
class Assessment:
    """What the words and the category amount to, and the words that raised it."""

    urgency: Urgency
    findings: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Lower case, without accents, curly quotes and zero-width characters."""
    folded = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'")).lower()
    return "".join(c for c in folded if not unicodedata.combining(c) and c not in "\u200b\u200c\u200d\ufeff")


def assess(text: str, category: str = "general") -> Assessment:
    """The urgency of a patient's words in a category; every rule that matched is named."""
    words = " ".join(plain(text).split())
    for urgency, families in RULES.items():
        hits = tuple(match.group(0) for rule in families.values() if (match := rule.search(words)))
        if hits:
            return Assessment(urgency, hits)
    clinical = category in _CLINICAL
    return Assessment(Urgency.ROUTINE if clinical else Urgency.ADMINISTRATIVE)
