"""Details of an imported FHIR R4 resource, read from the JSON that is kept of it.

Nothing here raises for what a record holds: an element that is not what FHIR says is left out.
The shape of each element is that of hl7.org/fhir/R4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pcc_portal.domain.fhir_json import Raw, inner, number, string, words
from pcc_portal.domain.fhir_json import code as code
from pcc_portal.domain.fhir_json import loaded as loaded
from pcc_portal.domain.fhir_json import objects as objects
from pcc_portal.domain.goal_target import GoalTarget as GoalTarget
from pcc_portal.domain.goal_target import goal_targets as goal_targets

# The kind of thing a SNOMED CT name ends with, as in "Cardiologist (person)".
_TAG = re.compile(r" \([a-z /]+\)$")


@dataclass(frozen=True)
class Activity:
    """Something a care plan says to do, and how far it is (CarePlan.activity.detail.status)."""

    text: str
    status: str
    code: str = ""


@dataclass(frozen=True)
class CarePlanDetails:
    """What a care plan consists of; the ids are source ids of the rows it points at."""

    activities: tuple[Activity, ...] = ()
    goal_ids: tuple[str, ...] = ()
    condition_ids: tuple[str, ...] = ()
    care_team_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Participant:
    """One of a care team: ``member_type`` and ``member_id`` are the row's table and source id."""

    name: str
    role: str
    member_type: str
    member_id: str


@dataclass(frozen=True)
class Component:
    """One part of a measurement, such as the systolic pressure."""

    code: str
    display: str
    value: float | None
    unit: str


def care_plan_details(raw: Raw) -> CarePlanDetails:
    """Activities, goals, addressed conditions and care teams (CarePlan, R4)."""
    node = loaded(raw)
    return CarePlanDetails(
        activities=tuple(_activities(node)),
        goal_ids=_ids(node, "goal"),
        condition_ids=_ids(node, "addresses"),
        care_team_ids=_ids(node, "careTeam"),
    )


def _activities(node: dict[str, Any]) -> Iterator[Activity]:
    for activity in objects(node, "activity"):
        detail = inner(activity, "detail")
        said = words(inner(detail, "code")) or string(detail, "description")
        said = said or string(inner(activity, "reference"), "display")
        if said:
            yield Activity(said, string(detail, "status") or "unknown", code(inner(detail, "code")))


def care_team_participants(raw: Raw) -> tuple[Participant, ...]:
    """Who is in a care team besides the patient (CareTeam.participant, R4)."""
    found: dict[Participant, None] = {}
    for each in objects(loaded(raw), "participant"):
        member = inner(each, "member")
        kind, key = reference_key(string(member, "reference"))
        if kind == "Patient":
            continue
        role = _TAG.sub("", next((words(role) for role in objects(each, "role")), ""))
        found[Participant(string(member, "display"), role, kind, key)] = None
    return tuple(found)


def observation_components(raw: Raw) -> tuple[Component, ...]:
    """The parts of a measurement (Observation.component.valueQuantity, R4)."""
    return tuple(
        Component(
            code(inner(each, "code")),
            words(inner(each, "code")),
            number(inner(each, "valueQuantity"), "value"),
            string(inner(each, "valueQuantity"), "unit"),
        )
        for each in objects(loaded(raw), "component")
    )


def reference_key(reference: str) -> tuple[str, str]:
    """Type and source id of a literal reference; the type is empty for a URN."""
    if reference.startswith("urn:"):
        return "", reference.split(":", 2)[-1]
    path = reference.split("/_history/")[0].split("/")
    return (path[-2], path[-1]) if len(path) > 1 else ("", reference)


def _ids(node: dict[str, Any], name: str) -> tuple[str, ...]:
    keys = (reference_key(string(each, "reference"))[1] for each in objects(node, name))
    return tuple(key for key in keys if key and not key.startswith("#"))
