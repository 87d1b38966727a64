"""Typed access to the elements of a FHIR resource, which may hold anything.

Every function raises ``Malformed`` with the element's name, and never with its content.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Node = dict[str, Any]


@dataclass
class Malformed(Exception):
    """An element that is missing, or not what FHIR R4 says it is."""

    element: str
    reason: str

    def __str__(self) -> str:
        return f"{self.element} {self.reason}"


def child(node: Node, name: str) -> Node:
    """The object under ``name``; empty when there is none."""
    value = node.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Malformed(name, "is not an object")
    return value


def children(node: Node, name: str) -> list[Node]:
    """The objects in the list under ``name``; empty when there is none."""
    value = node.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Malformed(name, "is not a list")
    for item in value:
        if not isinstance(item, dict):
            raise Malformed(name, "holds something that is not an object")
    return value


def first(node: Node, name: str) -> Node:
    """The first object of the list under ``name``; empty when there is none."""
    found = children(node, name)
    return found[0] if found else {}


def text(node: Node, name: str) -> str:
    """The string under ``name``; empty when there is none."""
    value = node.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Malformed(name, "is not a string")
    return value.replace("\0", "") if "\0" in value else value


def texts(node: Node, name: str) -> list[str]:
    """The strings in the list under ``name``; a null (only an extension there) is left out."""
    value = node.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(v, str | None) for v in value):
        raise Malformed(name, "is not a list of strings")
    return [item.replace("\0", "") for item in value if item is not None]


def number(node: Node, name: str) -> float | None:
    """The number under ``name``."""
    value = node.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Malformed(name, "is not a number")
    return float(value) if math.isfinite(value) else None


def words(concept: Node) -> str:
    """What a CodeableConcept says to a person: its text, else a display, else a code."""
    said = text(concept, "text")
    if said:
        return said
    codings = children(concept, "coding")
    for name in ("display", "code"):
        for coding in codings:
            if coding.get(name):
                return text(coding, name)
    return ""


def code(concept: Node) -> str:
    """The first code of a CodeableConcept."""
    for coding in children(concept, "coding"):
        if coding.get("code"):
            return text(coding, "code")
    return ""


def telecom(node: Node, system: str) -> str:
    """The best phone or e-mail: the lowest rank, never one marked old."""
    best, best_rank = "", math.inf
    for point in children(node, "telecom"):
        if point.get("system") != system or point.get("use") == "old":
            continue
        rank = number(point, "rank") or 1000.0
        if rank < best_rank:
            best, best_rank = text(point, "value"), rank
    return best


def moment(node: Node, name: str, zone: ZoneInfo) -> datetime | None:
    """A dateTime or instant as UTC; a partial date is the midnight it starts with, in ``zone``."""
    value = text(node, name)
    if not value:
        return None
    try:
        if len(value) > 10:
            read = datetime.fromisoformat(value)
        else:
            read = datetime.combine(_day(value), datetime.min.time())
        if read.tzinfo is None:
            read = read.replace(tzinfo=zone)
        return read.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Malformed(name, "is not a date") from None


def day(node: Node, name: str) -> date | None:
    """A date; a partial one is its first day."""
    value = text(node, name)
    if not value:
        return None
    try:
        return _day(value[:10])
    except ValueError:
        raise Malformed(name, "is not a date") from None


def period(node: Node, name: str, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """The start and the end of a Period, as UTC."""
    span = child(node, name)
    return moment(span, "start", zone), moment(span, "end", zone)


def either(node: Node, stem: str, zone: ZoneInfo) -> datetime | None:
    """A choice of dateTime, instant or Period (its start), as UTC: ``onset[x]``, ``effective[x]``."""
    for ending in ("DateTime", "Instant"):
        if node.get(stem + ending) is not None:
            return moment(node, stem + ending, zone)
    return period(node, stem + "Period", zone)[0]


def _day(value: str) -> date:
    if len(value) == 4:
        return date(int(value), 1, 1)
    if len(value) == 7 and value[4] == "-":
        return date(int(value[:4]), int(value[5:]), 1)
    if len(value) != 10:
        raise ValueError
    return date.fromisoformat(value)
