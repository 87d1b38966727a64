"""What orjson sends is what Reflex would have sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reflex.state import StateUpdate
from reflex_base.utils import format as reflex_format

from pcc_portal.cards.task import NO_TASK, TaskRow
from pcc_portal.domain.task import View
from pcc_portal.state.wire import dumps

COMPACT = (",", ":")
TEXT = st.text(max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)


class Colour(Enum):
    """Not a text."""

    RED = 1


@dataclass(frozen=True)
class Outer:
    """A dataclass of nobody we know."""

    _hidden: int = 1
    rows: list[Any] = field(default_factory=lambda: [NO_TASK])


def slow(value: Any, **options: Any) -> str:
    """Reflex's own words."""
    return reflex_format.json_dumps(value, **options)


def both(value: Any) -> tuple[Any, Any]:
    """The two texts, read back."""
    ours = dumps(value, slow, separators=COMPACT)
    return json.loads(ours), json.loads(slow(value, separators=COMPACT))


@given(JSON)
def test_any_json(value: Any):
    ours, theirs = both(["event", value])
    assert ours == theirs


def a_row(**values: Any) -> TaskRow:
    """A line with texts that are awkward to quote."""
    return replace(NO_TASK.row, patient='Zoë "the" <b>\u2028\\', **values)


@pytest.mark.parametrize(
    "value",
    [
        [a_row(), a_row(late=True)],
        replace(NO_TASK, row=a_row()),
        {View.ALL: 3, "when": date(2026, 11, 25), "id": uuid4(), "colour": Colour.RED, "view": View.MINE},
        (1, {2}, Outer()),
        StateUpdate(delta={"state": {"rows": [a_row()], "counts": {"all": 2**40}}}, final=None),
        {1: "a number as a name", "big": 2**70},
        {"half of a pair": "\ud83d"},
    ],
)
def test_what_screens_hold(value: Any):
    ours, theirs = both(value)
    assert ours == theirs
