"""What a browser may send with an event: the right names, the right types, and not too much of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pcc_portal.state import framework

MOST_FIELDS = 60
LONGEST_TEXT = 20_000
MOST_ITEMS = 500
DEEPEST = 4
_FORM_ENTRIES = "__reflex_form_data__"


class BadArguments(Exception):
    """The arguments do not fit. It carries no value, so that none can be written down."""


def checked(found: Any, payload: Any) -> dict[str, Any]:
    """The arguments as the handler's types say, or BadArguments."""
    if not isinstance(payload, dict):
        raise BadArguments
    hints = framework.hints_of(found)
    if set(payload) - set(hints) or framework.required_of(found) - set(payload):
        raise BadArguments
    values = {}
    for name, value in payload.items():
        if hints[name] is Any:
            raise BadArguments
        plain = _plain_form(value)
        if not small(plain):
            raise BadArguments
        try:
            values[name] = _adapter(hints[name]).validate_python(plain)
        except ValidationError:
            raise BadArguments from None
    return values


def small(value: Any, depth: int = 0) -> bool:
    """Whether a JSON value is of a size that a person makes."""
    match value:
        case None | bool() | int() | float():
            return not isinstance(value, int) or abs(value) < 2**63
        case str():
            return len(value) <= LONGEST_TEXT
        case list():
            return depth < DEEPEST and len(value) <= MOST_ITEMS and all(small(v, depth + 1) for v in value)
        case dict():
            return (
                depth < DEEPEST
                and len(value) <= MOST_FIELDS
                and all(isinstance(k, str) and len(k) <= 200 for k in value)
                and all(small(v, depth + 1) for v in value.values())
            )
    return False


def _plain_form(value: Any) -> Any:
    """A submitted form as a dict; of fields that share a name the last one counts."""
    if not (isinstance(value, dict) and _FORM_ENTRIES in value):
        return value
    entries = value[_FORM_ENTRIES]
    if len(value) != 1 or not isinstance(entries, list) or len(entries) > MOST_FIELDS:
        raise BadArguments
    form = {}
    for entry in entries:
        if not (isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str)):
            raise BadArguments
        form[entry[0]] = entry[1]
    return form


@lru_cache(maxsize=512)
def _adapter(hint: Any) -> TypeAdapter[Any]:
    return TypeAdapter(hint)
