"""Visits, measurements, documents and money of a FHIR R4 record as the columns of their tables."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from pcc_portal.integrations.fhir import elements as fhir
from pcc_portal.integrations.fhir.elements import Node

_CATEGORIES = ("vital-signs", "laboratory", "survey")


def observation(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """Observation; what it is made of (blood pressure) stays in ``raw``."""
    value, unit, said = _value(node)
    return {
        "status": fhir.text(node, "status"),
        "category": _category(node),
        "code": fhir.code(fhir.child(node, "code")),
        "display": fhir.words(fhir.child(node, "code")),
        "effective_at": fhir.either(node, "effective", zone),
        "value_number": value,
        "value_unit": unit,
        "value_text": said,
    }


def _category(node: Node) -> str:
    """Vital signs, laboratory and survey before any other category."""
    codes = [fhir.code(category) for category in fhir.children(node, "category")]
    for known in _CATEGORIES:
        if known in codes:
            return known
    return codes[0] if codes else ""


def _value(node: Node) -> tuple[float | None, str, str]:
    """Number, unit and words of ``value[x]``."""
    if "valueQuantity" in node:
        quantity = fhir.child(node, "valueQuantity")
        unit = fhir.text(quantity, "unit") or fhir.text(quantity, "code")
        return fhir.number(quantity, "value"), unit, fhir.text(quantity, "comparator")
    if "valueCodeableConcept" in node:
        return None, "", fhir.words(fhir.child(node, "valueCodeableConcept"))
    if "valueString" in node:
        return None, "", fhir.text(node, "valueString")
    if "valueInteger" in node:
        return fhir.number(node, "valueInteger"), "", ""
    if "valueBoolean" in node:
        return None, "", "yes" if node["valueBoolean"] is True else "no"
    return None, "", fhir.text(node, "valueDateTime")


def procedure(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """Procedure."""
    return {
        "status": fhir.text(node, "status"),
        "code": fhir.code(fhir.child(node, "code")),
        "display": fhir.words(fhir.child(node, "code")),
        "performed_at": fhir.either(node, "performed", zone),
    }


def immunization(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """Immunization."""
    return {
        "status": fhir.text(node, "status"),
        "code": fhir.code(fhir.child(node, "vaccineCode")),
        "display": fhir.words(fhir.child(node, "vaccineCode")),
        "occurred_at": fhir.either(node, "occurrence", zone),
    }


def encounter(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """Encounter."""
    start, end = fhir.period(node, "period", zone)
    return {
        "status": fhir.text(node, "status"),
        "class_code": fhir.text(fhir.child(node, "class"), "code"),
        "display": fhir.words(fhir.first(node, "type")),
        "start_at": start,
        "end_at": end,
    }


def appointment(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """Appointment; with whom and where are the names of the participants who are not the patient."""
    whom, place = "", ""
    for participant in fhir.children(node, "participant"):
        actor = fhir.child(participant, "actor")
        kind = fhir.text(actor, "reference").split("/")[0]
        if kind == "Location":
            place = place or fhir.text(actor, "display")
        elif kind in ("Practitioner", "PractitionerRole"):
            whom = whom or fhir.text(actor, "display")
    reason = fhir.words(fhir.first(node, "reasonCode")) or fhir.text(node, "description")
    return {
        "status": fhir.text(node, "status"),
        "care_type": fhir.words(fhir.first(node, "serviceType")),
        "reason": reason,
        "start_at": fhir.moment(node, "start", zone),
        "end_at": fhir.moment(node, "end", zone),
        "place": place,
        "with_whom": whom,
        "cancel_reason": fhir.words(fhir.child(node, "cancelationReason")),
    }


def questionnaire_response(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """QuestionnaireResponse."""
    return {
        "status": fhir.text(node, "status"),
        "questionnaire": fhir.text(node, "questionnaire"),
        "authored_at": fhir.moment(node, "authored", zone),
    }


def document_reference(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """DocumentReference."""
    attachment = fhir.child(fhir.first(node, "content"), "attachment")
    return {
        "status": fhir.text(node, "status"),
        "code": fhir.code(fhir.child(node, "type")),
        "display": fhir.text(attachment, "title") or fhir.words(fhir.child(node, "type")),
        "media_type": fhir.text(attachment, "contentType"),
        "indexed_at": fhir.moment(node, "date", zone),
    }


def coverage(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """Coverage; plan and group are the classes ``plan`` and ``group`` (HL7 coverage-class)."""
    classes = {fhir.code(fhir.child(each, "type")): each for each in fhir.children(node, "class")}
    plan, group = classes.get("plan", {}), classes.get("group", {})
    span = fhir.child(node, "period")
    order = fhir.number(node, "order")
    return {
        "status": fhir.text(node, "status"),
        "payer_name": fhir.text(fhir.first(node, "payor"), "display"),
        "plan_name": fhir.text(plan, "name") or fhir.text(plan, "value"),
        "plan_type": fhir.words(fhir.child(node, "type")),
        "member_id": fhir.text(node, "subscriberId") or _member_number(node),
        "group_number": fhir.text(group, "value"),
        "relationship": fhir.code(fhir.child(node, "relationship")) or "self",
        "effective_on": fhir.day(span, "start"),
        "expires_on": fhir.day(span, "end"),
        "order": int(order) if order and 0 < order < 1000 else 1,
    }


def _member_number(node: Node) -> str:
    """The identifier of type MB (HL7 v2 table 0203)."""
    for identifier in fhir.children(node, "identifier"):
        if fhir.code(fhir.child(identifier, "type")) == "MB":
            return fhir.text(identifier, "value")
    return ""


def explanation_of_benefit(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """ExplanationOfBenefit; the amounts of ``total`` in the currency of the first one."""
    total = _amount(node, "submitted")
    share = _amount(node, "memberliability") or _amount(node, "copay")
    return {
        "status": fhir.text(node, "status"),
        "use": fhir.text(node, "use"),
        "made_at": fhir.moment(node, "created", zone),
        "total_number": fhir.number(total, "value"),
        "patient_share_number": fhir.number(share, "value"),
        "currency": fhir.text(total, "currency") or "USD",
    }


def _amount(node: Node, category: str) -> Node:
    for total in fhir.children(node, "total"):
        if fhir.code(fhir.child(total, "category")) == category:
            return fhir.child(total, "amount")
    return {}
