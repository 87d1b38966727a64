"""What screens read from the JSON that is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest

from pcc_portal.domain.record import (
    Activity,
    Component,
    Participant,
    care_plan_details,
    care_team_participants,
    goal_targets,
    observation_components,
)


def goal(text: str, *targets: dict[str, Any]) -> bytes:
    return orjson.dumps({"description": {"text": text}, "target": list(targets)})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hemoglobin A1c total in Blood < 7.0", [("4548-4", None, 7.0, "%")]),
        ("Glucose [Mass/volume] in Blood < 108", [("2339-0", None, 108.0, "mg/dL")]),
        (
            "Maintain blood pressure below 140/90 mmHg",
            [("8480-6", None, 140.0, "mm[Hg]"), ("8462-4", None, 90.0, "mm[Hg]")],
        ),
        ("oxygen saturation in arterial blood by pulse oximetry > 85", [("59408-5", 85.0, None, "%")]),
        ("Body weight below 180 lb", [("29463-7", None, 180.0, "[lb_av]")]),
        ("Keep weight at most 80 kg", [("29463-7", None, 80.0, "kg")]),
        ("Address patient knowledge deficit on diabetic self-care", []),
        ("Reduce sodium intake to no more than 2,400 mg/day", []),
    ],
)
def test_targets_in_the_words_of_a_goal(text: str, found: list[tuple[Any, ...]]) -> None:
    assert [(each.code, each.low, each.high, each.unit) for each in goal_targets(goal(text))] == found


def test_listed_targets_come_before_the_words() -> None:
    listed = {
        "measure": {"coding": [{"code": "4548-4"}], "text": "HbA1c"},
        "detailRange": {"low": {"value": 5, "unit": "%"}, "high": {"value": 6.5, "code": "%"}},
        "dueDate": "2026-12-01",
    }
    (target,) = goal_targets(goal("Hemoglobin A1c total in Blood < 7.0", listed))
    assert (target.text, target.low, target.high, target.unit) == ("HbA1c", 5.0, 6.5, "%")
    assert target.due == date(2026, 12, 1)
    assert target.met_by(6.5) and not target.met_by(6.6) and not target.met_by(4.9)


def test_the_words_take_the_due_date_of_a_target_without_a_number() -> None:
    targets = goal_targets(goal("Maintain blood pressure below 140/90 mm[Hg]", {"dueDate": "1993-11-04"}))
    assert {each.due for each in targets} == {date(1993, 11, 4)}
    assert not targets[0].met_by(140)
    assert targets[0].met_by(139.5)


def test_a_plan() -> None:
    details = care_plan_details(
        {
            "activity": [
                {"detail": {"code": {"text": "Exercise"}, "status": "in-progress"}},
                {"detail": {"description": "Walk"}},
                {"reference": {"display": "Referral"}},
            ],
            "goal": [{"reference": "Goal/g1"}, {"reference": "urn:uuid:g2"}],
            "addresses": [{"reference": "Condition/c1/_history/2"}],
            "careTeam": [{"reference": "#inside"}, {"reference": "https://x.example/CareTeam/t"}],
        }
    )
    assert details.activities == (
        Activity("Exercise", "in-progress"), Activity("Walk", "unknown"), Activity("Referral", "unknown"),
    )  # fmt: skip
    assert (details.goal_ids, details.condition_ids, details.care_team_ids) == (("g1", "g2"), ("c1",), ("t",))


def test_a_team_leaves_the_patient_out() -> None:
    node = {
        "participant": [
            {"member": {"reference": "Patient/p", "display": "Ana"}},
            {
                "role": [{"text": "Cardiologist (occupation)"}],
                "member": {"reference": "Practitioner/d", "display": "Dr. Bo"},
            },
        ]
    }
    assert care_team_participants(node) == (Participant("Dr. Bo", "Cardiologist", "Practitioner", "d"),)


def test_components() -> None:
    part = {"code": {"coding": [{"code": "8480-6", "display": "Systolic"}]}}
    part["valueQuantity"] = {"value": 121, "unit": "mm[Hg]"}
    assert observation_components({"component": [part]}) == (
        Component("8480-6", "Systolic", 121.0, "mm[Hg]"),
    )


@pytest.mark.parametrize(
    "raw", [None, b"", b"[1]", b"{oops", {"activity": 3, "participant": [4], "component": {}, "target": [{}]}]
)
def test_nothing_is_a_surprise(raw: Any) -> None:
    assert care_plan_details(raw).activities == ()
    assert care_team_participants(raw) == observation_components(raw) == ()
    assert all(not target.code for target in goal_targets(raw))
