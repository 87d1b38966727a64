"""Plans, problems, medicines and orders of a FHIR R4 record as the columns of their tables."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from pcc_portal.integrations.fhir import elements as fhir
from pcc_portal.integrations.fhir.elements import Node

# The kind of thing a SNOMED CT name ends with.
_TAG = re.compile(r" \((record artifact|procedure|regime/therapy)\)$")


def care_team(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """CareTeam; without a name it is called after its category or its reason."""
    start, end = fhir.period(node, "period", zone)
    name = fhir.text(node, "name") or fhir.words(fhir.first(node, "category"))
    return {
        "status": fhir.text(node, "status"),
        "name": name or fhir.words(fhir.first(node, "reasonCode")),
        "period_start": start,
        "period_end": end,
    }


def care_plan(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """CarePlan."""
    start, end = fhir.period(node, "period", zone)
    return {
        "status": fhir.text(node, "status"),
        "intent": fhir.text(node, "intent"),
        "title": fhir.text(node, "title") or _TAG.sub("", _category_words(node)),
        "period_start": start,
        "period_end": end,
    }


def _category_words(node: Node) -> str:
    """The first category that says something to a person; US Core's ``assess-plan`` does not."""
    for category in fhir.children(node, "category"):
        said = fhir.text(category, "text")
        if said:
            return said
        for coding in fhir.children(category, "coding"):
            if fhir.text(coding, "display") and coding.get("code") != "assess-plan":
                return fhir.text(coding, "display")
    return fhir.text(node, "description")


def goal(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """Goal."""
    return {
        "lifecycle_status": fhir.text(node, "lifecycleStatus"),
        "achievement_status": fhir.code(fhir.child(node, "achievementStatus")),
        "description": fhir.words(fhir.child(node, "description")),
        "start_at": fhir.moment(node, "startDate", zone),
    }


def condition(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """Condition."""
    return {
        "clinical_status": fhir.code(fhir.child(node, "clinicalStatus")),
        "verification_status": fhir.code(fhir.child(node, "verificationStatus")),
        "category": fhir.code(fhir.first(node, "category")),
        "code": fhir.code(fhir.child(node, "code")),
        "display": fhir.words(fhir.child(node, "code")),
        "onset_at": fhir.either(node, "onset", zone),
        "abated_at": fhir.either(node, "abatement", zone),
        "recorded_at": fhir.moment(node, "recordedDate", zone),
    }


def medication_request(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """MedicationRequest; a medicine by reference is named by the contained one, or its display."""
    medicine = fhir.child(node, "medicationCodeableConcept")
    named = fhir.child(node, "medicationReference")
    if named:
        medicine = _contained(node, fhir.text(named, "reference"))
    display = fhir.words(medicine) or fhir.text(named, "display")
    return {
        "status": fhir.text(node, "status"),
        "intent": fhir.text(node, "intent"),
        "code": fhir.code(medicine),
        "display": display,
        "dosage": _dosage(fhir.first(node, "dosageInstruction")),
        "authored_at": fhir.moment(node, "authoredOn", zone),
    }


def _contained(node: Node, reference: str) -> Node:
    for inner in fhir.children(node, "contained"):
        if reference == f"#{inner.get('id')}":
            return fhir.child(inner, "code")
    return {}


def _dosage(dose: Node) -> str:
    """The instruction's text; Synthea gives none but says whether it is taken as needed."""
    said = fhir.text(dose, "text") or fhir.text(dose, "patientInstruction")
    return said or ("As needed" if dose.get("asNeededBoolean") is True else "")


def allergy_intolerance(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """AllergyIntolerance."""
    manifestation = fhir.first(fhir.first(node, "reaction"), "manifestation")
    return {
        "clinical_status": fhir.code(fhir.child(node, "clinicalStatus")),
        "criticality": fhir.text(node, "criticality"),
        "code": fhir.code(fhir.child(node, "code")),
        "display": fhir.words(fhir.child(node, "code")),
        "reaction": fhir.words(manifestation),
        "recorded_at": fhir.moment(node, "recordedDate", zone),
    }


def service_request(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """ServiceRequest."""
    return {
        "status": fhir.text(node, "status"),
        "intent": fhir.text(node, "intent"),
        "code": fhir.code(fhir.child(node, "code")),
        "display": fhir.words(fhir.child(node, "code")),
        "authored_at": fhir.moment(node, "authoredOn", zone),
    }
