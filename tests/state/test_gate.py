"""The gate's own rules, without a socket: what fits, what is marked, what changes when rights change."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcc_portal.domain.actor import Actor, Grant, Level, Role, Scope
from pcc_portal.domain.permission import Permission
from pcc_portal.state.access import access_of, public, requires
from pcc_portal.state.arguments import BadArguments, checked, small
from pcc_portal.state.gate import rights_of, well_formed

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=10), inner, max_size=5),
    max_leaves=20,
)


async def handler(self: Any, key: UUID, number: int, form: dict[str, str], page: int = 1) -> None:
    """Takes one of each."""


FOUND = SimpleNamespace(
    fn=handler, _type_hints={"key": UUID, "number": int, "form": dict[str, str], "page": int}
)
GOOD = {"key": str(uuid4()), "number": 3, "form": {"body": "x"}}


def test_what_fits_comes_out_in_its_type() -> None:
    found = checked(FOUND, GOOD)
    assert found == {"key": UUID(GOOD["key"]), "number": 3, "form": {"body": "x"}}


@pytest.mark.parametrize(
    "change",
    [{"number": "8; DROP"}, {"number": {"a": 1}}, {"number": None}, {"number": 1.5}, {"key": "x"},
     {"key": 7}, {"form": {"a": 1}}, {"form": {"a": ["x"]}}, {"form": []}, {"form": None},
     {"form": {f"f{n}": "x" for n in range(61)}}, {"form": {"a": "x" * 20_001}}, {"page": "one"},
     {"extra": 1}, {"self": 1}],
    ids=str,
)  # fmt: skip
def test_what_does_not_fit_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadArguments):
        checked(FOUND, GOOD | change)


@pytest.mark.parametrize("left_out", ["key", "number", "form"])
def test_nothing_may_be_left_out(left_out: str) -> None:
    with pytest.raises(BadArguments):
        checked(FOUND, {name: value for name, value in GOOD.items() if name != left_out})


@given(JSON)
def test_nothing_else_happens_to_any_payload(payload: Any) -> None:
    """Whatever is sent: it fits, or BadArguments; and the error carries no value."""
    try:
        found = checked(FOUND, payload)
    except BadArguments as refused:
        assert refused.args == () and refused.__cause__ is None
    else:
        assert isinstance(found["key"], UUID)


@given(JSON)
def test_no_message_breaks_the_door(message: Any) -> None:
    assert well_formed("sid", message) is False
    assert isinstance(small(message), bool)


def test_an_argument_without_a_type_is_never_taken() -> None:
    async def loose(self: Any, value) -> None:  # type: ignore[no-untyped-def]
        """Takes anything."""

    with pytest.raises(BadArguments):
        checked(SimpleNamespace(fn=loose, _type_hints={}), {"value": "x"})


def test_marks_are_read_and_only_marks() -> None:
    async def bare(self: Any) -> None:
        """Nobody may call this."""

    assert access_of(bare) is None
    assert access_of(requires(Permission.TASK_READ)(bare)).permission is Permission.TASK_READ  # type: ignore[union-attr]
    assert access_of(public(bare)).permission is None  # type: ignore[union-attr]


def test_every_right_counts() -> None:
    """Each thing that changes what a person may see changes the fingerprint; a new zone does not."""
    actor = Actor(user_id=uuid4(), clinic_id=uuid4(), role=Role.TRUSTED, name="Dana")
    patient = uuid4()
    others = [
        replace(actor, role=Role.PATIENT),
        replace(actor, patient_id=patient),
        replace(actor, acting_for=patient),
        replace(actor, clinic_id=uuid4()),
        replace(actor, grants=(Grant(patient, Scope.MESSAGES, Level.VIEW),)),
        replace(actor, grants=(Grant(patient, Scope.MESSAGES, Level.ACT),)),
    ]
    prints = {rights_of(one) for one in (actor, *others)}
    assert len(prints) == 7 and "" not in prints
    assert rights_of(replace(actor, zone="UTC")) == rights_of(actor)
    assert rights_of(None) == ""
