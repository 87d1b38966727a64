"""People and places of a FHIR R4 record as the columns of their tables."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from pcc_portal.integrations.fhir import elements as fhir
from pcc_portal.integrations.fhir.elements import Node

_NAME_ORDER = ("official", "usual", "", "temp", "nickname", "anonymous", "maiden", "old")


def human_name(node: Node) -> tuple[str, str]:
    """Given and family name from HumanName: the official one, else the usual one."""
    names = fhir.children(node, "name")
    if not names:
        return "", ""

    def order(name: Node) -> int:
        use = fhir.text(name, "use")
        ended = 10 if fhir.child(name, "period").get("end") else 0
        return ended + (_NAME_ORDER.index(use) if use in _NAME_ORDER else 3)

    best = min(names, key=order)
    given, family = " ".join(fhir.texts(best, "given")), fhir.text(best, "family")
    if not given and not family:
        return "", fhir.text(best, "text")
    return given, family


def titled_name(node: Node) -> str:
    """A clinician's name with what stands before it ("Dr. Ana Reyes")."""
    given, family = human_name(node)
    prefix = " ".join(fhir.texts(fhir.first(node, "name"), "prefix"))
    return " ".join(part for part in (prefix, given, family) if part)


def language(node: Node) -> str:
    """The BCP 47 tag of Patient.communication: the preferred one, else the first; English if none."""
    spoken = fhir.children(node, "communication")
    ranked = sorted(spoken, key=lambda each: each.get("preferred") is not True)
    for each in ranked:
        tag = fhir.code(fhir.child(each, "language"))
        if tag:
            return tag
    return "en"


def record_number(node: Node) -> str:
    """The identifier of type MR (HL7 v2 table 0203), else the one in usual use."""
    identifiers = fhir.children(node, "identifier")
    for identifier in identifiers:
        if fhir.code(fhir.child(identifier, "type")) == "MR":
            return fhir.text(identifier, "value")
    for identifier in identifiers:
        if identifier.get("use") == "usual":
            return fhir.text(identifier, "value")
    return ""


def patient(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """Patient."""
    given, family = human_name(node)
    deceased = fhir.moment(node, "deceasedDateTime", zone)
    return {
        "given": given,
        "family": family,
        "birth_date": fhir.day(node, "birthDate"),
        "gender": fhir.text(node, "gender"),
        "deceased_at": deceased,
        "language": language(node),
        "phone": fhir.telecom(node, "phone"),
        "email": fhir.telecom(node, "email"),
        "mrn": record_number(node),
    }


def related_person(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """RelatedPerson."""
    return {
        "name": " ".join(part for part in human_name(node) if part),
        "relationship": fhir.words(fhir.first(node, "relationship")),
        "phone": fhir.telecom(node, "phone"),
    }


def practitioner(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """Practitioner."""
    return {
        "name": titled_name(node),
        "phone": fhir.telecom(node, "phone"),
        "email": fhir.telecom(node, "email"),
    }


def practitioner_role(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """PractitionerRole; who and where are filled in from its references."""
    return {
        "role": fhir.words(fhir.first(node, "code")),
        "specialty": fhir.words(fhir.first(node, "specialty")),
        "phone": fhir.telecom(node, "phone"),
        "email": fhir.telecom(node, "email"),
    }


def organization(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """Organization."""
    return {"name": fhir.text(node, "name"), "phone": fhir.telecom(node, "phone")}


def location(node: Node, zone: ZoneInfo) -> dict[str, Any]:
    """Location, its address on one line."""
    place = fhir.child(node, "address")
    lines = [*fhir.texts(place, "line"), fhir.text(place, "city"), fhir.text(place, "state")]
    address = ", ".join(line for line in lines if line)
    address = fhir.text(place, "text") or f"{address} {fhir.text(place, 'postalCode')}".strip()
    return {
        "name": fhir.text(node, "name"),
        "address": address,
        "phone": fhir.telecom(node, "phone"),
    }
