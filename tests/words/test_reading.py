"""What patients read is easy: grade 6 or below, in both languages, page by page and sentence by sentence.

English: the higher of the Automated Readability Index and Coleman-Liau, US school grades. They count letters;
the measures that count syllables need a word list that textstat fetches from the network. Spanish:
Fernández-Huerta, Flesch's formula fitted to Spanish; 70 and more is grade 6 and below ("fairly easy").
Short labels are no sentences and fool every formula, so they are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict

import textstat

from tools import words

GRADE, GRADE_OF_A_SENTENCE = 6.0, 8.0
EASE, EASE_OF_A_SENTENCE = 70.0, 60.0
SHORTEST_TEXT, SHORTEST_SENTENCE = 4, 8
#: What only staff read, and those who try the sample clinic.
STAFF = (
    "pages/coordinator/", "cards/task.py", "db/queue.py", "domain/task.py", "domain/urgency.py",
    "services/clinic.py", "services/identity.py", "services/patient.py", "services/task.py",
    "sample_people.py",
)  # fmt: skip
#: Sentences that stay as they are, each with the reason.
EXCEPTIONS = {
    "Your work is done with the clinic's own tools, like pcc-portal create-user.": "an administrator's",
}
_SENTENCE = re.compile(r"(?<=[.?!:]) ")
Said = dict[str, list[str]]


def _read() -> tuple[Said, Said]:
    """What patients read, by source file: in English and in Spanish."""
    english: Said = defaultdict(list)
    spanish: Said = defaultdict(list)
    catalogue = words.read("es")
    for message in words.extracted():
        if not message.id:
            continue
        known = catalogue.get(message.id)
        one, other = message.id, known.string if known is not None else ""
        sources = [one] if isinstance(one, str) else list(one)
        translations = [other] if isinstance(other, str) else list(other)
        for name, _line in message.locations:
            if not name.startswith(STAFF):
                english[name] += sources
                spanish[name] += translations
    return english, spanish


def _sentences(text: str) -> list[str]:
    """A text's sentences, each with an end, and a short word for each field."""
    filled = re.sub(r"\{\w+\}", "it", text).strip().rstrip(":…")
    return [part if part[-1:] in ".?!" else part + "." for part in _SENTENCE.split(filled) if part]


def _grade(text: str) -> float:
    textstat.set_lang("en_US")
    return max(textstat.automated_readability_index(text), textstat.coleman_liau_index(text))


def _ease(text: str) -> float:
    textstat.set_lang("es")
    return textstat.fernandez_huerta(text)


def _pages(said: Said) -> dict[str, str]:
    """The sentences of each page as one text; what pages share is one by its folder."""
    longer: Said = defaultdict(list)
    for name, texts in said.items():
        folder = name.rpartition("/")[0]
        page = name if folder in ("pages/patient", "pages/public") else folder
        longer[page] += [p for text in texts if len(text.split()) >= SHORTEST_TEXT for p in _sentences(text)]
    return {name: " ".join(parts) for name, parts in longer.items()}


def _long(said: Said) -> list[str]:
    """The sentences that are long enough to be measured alone."""
    parts = (part for texts in said.values() for text in texts for part in _sentences(text))
    return sorted({part for part in parts if len(part.split()) >= SHORTEST_SENTENCE})


def test_every_page_is_easy_in_english() -> None:
    hard = {name: grade for name, text in _pages(_read()[0]).items() if (grade := _grade(text)) > GRADE}
    assert hard == {}


def test_every_page_is_easy_in_spanish() -> None:
    hard = {name: ease for name, text in _pages(_read()[1]).items() if (ease := _ease(text)) < EASE}
    assert hard == {}


def test_every_sentence_is_easy_in_english() -> None:
    """An exception that is no longer hard, or no longer there, goes."""
    textstat.set_lang("en_US")
    read = _long(_read()[0])
    hard = {part for part in read if textstat.automated_readability_index(part) > GRADE_OF_A_SENTENCE}
    assert hard == set(EXCEPTIONS)


def test_every_sentence_is_easy_in_spanish() -> None:
    assert {part: _ease(part) for part in _long(_read()[1]) if _ease(part) < EASE_OF_A_SENTENCE} == {}


def test_the_measures_know_hard_words() -> None:
    assert _grade("Pharmacological interventions necessitate interdisciplinary collaboration.") > GRADE
    assert _ease("Las intervenciones farmacológicas requieren colaboración interdisciplinaria.") < EASE
