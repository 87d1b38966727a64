"""Careful reading of FHIR JSON that is kept: what is not as expected is as if it were not there."""

from __future__ import annotations

from typing import Any

import orjson

Raw = bytes | dict[str, Any] | None


def loaded(raw: Raw) -> dict[str, Any]:
    """The resource as an object; empty when there is none."""
    if isinstance(raw, dict):
        return raw
    try:
        node = orjson.loads(raw or b"{}")
    except orjson.JSONDecodeError:
        return {}
    return node if isinstance(node, dict) else {}


def inner(node: dict[str, Any], name: str) -> dict[str, Any]:
    """The object under ``name``, or an empty one."""
    value = node.get(name)
    return value if isinstance(value, dict) else {}


def objects(node: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects in the list under ``name``."""
    value = node.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def string(node: dict[str, Any], name: str) -> str:
    """The string under ``name``, or an empty one."""
    value = node.get(name)
    return value if isinstance(value, str) else ""


def number(node: dict[str, Any], name: str) -> float | None:
    """The number under ``name``."""
    value = node.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def code(concept: dict[str, Any]) -> str:
    """The first code of a CodeableConcept."""
    return next((string(each, "code") for each in objects(concept, "coding")), "")


def words(concept: dict[str, Any]) -> str:
    """A CodeableConcept's text, else its first display."""
    shown = (string(each, "display") for each in objects(concept, "coding"))
    return string(concept, "text") or next((each for each in shown if each), "")
