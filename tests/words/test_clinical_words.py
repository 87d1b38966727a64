"""Clinical words are explained, in both languages, for everything that is active in the sample records."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from pcc_portal.demo.records import BUNDLES
from pcc_portal.domain import glossary
from pcc_portal.domain.care_plan import GOAL_TEXT, MEASURE_TEXT, plain_goal
from pcc_portal.domain.goal_target import goal_targets
from pcc_portal.domain.spoken import written_in
from pcc_portal.language import LOCALES, _, speaking

Coding = dict[str, str]


def _resources(kind: str) -> Iterator[dict[str, Any]]:
    """Every resource of a kind in the sample records."""
    for path in sorted(BUNDLES.glob("*.json.gz")):
        for entry in orjson.loads(gzip.decompress(path.read_bytes()))["entry"]:
            if entry["resource"]["resourceType"] == kind:
                yield entry["resource"]


def _coding(concept: dict[str, Any] | None) -> Coding:
    return (concept or {}).get("coding", [{}])[-1]


def _active(kind: str) -> list[Coding]:
    match kind:
        case "condition":
            live = {"active", "recurrence", "relapse"}
            rows = (
                r for r in _resources("Condition") if _coding(r.get("clinicalStatus")).get("code") in live
            )
            return [_coding(row["code"]) for row in rows]
        case "medicine":
            orders = (row for row in _resources("MedicationRequest") if row["status"] == "active")
            return [_coding(row.get("medicationCodeableConcept")) for row in orders]
        case "allergy":
            return [_coding(row["code"]) for row in _resources("AllergyIntolerance")]
    plans = [row for row in _resources("CarePlan") if row["status"] == "active"]
    if kind == "plan":
        return [_coding(row["category"][-1]) for row in plans]
    return [_coding(each["detail"]["code"]) for row in plans for each in row.get("activity", [])]


EXPLAIN = {
    "condition": lambda coding: glossary.condition(coding["code"]),
    "medicine": lambda coding: glossary.medicine(coding["display"]),
    "allergy": lambda coding: glossary.allergy(coding["display"]),
    "plan": lambda coding: glossary.plan(coding["code"]),
    "activity": lambda coding: glossary.activity(coding["code"], "") or "",
}


@pytest.mark.parametrize("kind", sorted(EXPLAIN))
def test_everything_active_is_explained_in_both_languages(kind: str) -> None:
    found = _active(kind)
    assert found
    for coding in found:
        said = []
        for locale in LOCALES:
            with speaking(locale):
                said.append(EXPLAIN[kind](coding))
        assert all(said) and len(set(said)) == len(LOCALES), (coding, said)
        assert glossary.term(coding["display"]) not in said, coding


def test_every_goal_is_explained_in_both_languages() -> None:
    for goal in _resources("Goal"):
        text = goal["description"]["text"]
        measured = [target for target in goal_targets(orjson.dumps(goal)) if target.code in MEASURE_TEXT]
        assert measured or plain_goal(text) in GOAL_TEXT.values(), text


def test_every_word_of_the_glossary_is_spanish_in_spanish() -> None:
    for kind in ("CONDITIONS", "PLANS", "ACTIVITIES", "MEDICINES", "ALLERGIES"):
        for text in getattr(glossary, kind).values():
            with speaking("es"):
                assert _(text) != text


@pytest.mark.parametrize(
    ("text", "language"),
    [("Can I take the water pill in the evening?", "en"), ("¿Puedo tomar la pastilla por la noche?", "es"),
     ("Gracias, doctora", "es"), ("Thank you", "en"), ("OK", ""), ("", ""), ("7.2", "")],
)  # fmt: skip
def test_what_a_person_wrote_in_is_known_or_left_open(text: str, language: str) -> None:
    assert written_in(text) == language


def test_what_a_question_is_about_is_said_in_both_ways() -> None:
    """Plain words in the reader's language, the clinical ones beside them, or alone."""
    with speaking("es"):
        assert (
            glossary.about("condition", "Hypertension (disorder)", "38341003")
            == "Presión alta (Hypertension)"
        )
        assert (
            glossary.about("medicine", "Metformin 500 MG") == "Baja el azúcar en la sangre (Metformin 500 MG)"
        )
        assert glossary.about("goal", "improved systolic function").startswith("Un corazón que late con más")
        assert glossary.about("goal", "Run a mile") == "Run a mile"
        assert glossary.about("condition", "Something (finding)") == "Something"
