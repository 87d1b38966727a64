"""Every handler, called by everybody who must not: nothing comes back, nothing changes, it is on record."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.attack.client import ROOT
from tests.attack.conftest import Target
from tests.attack.handlers import Handler, handlers, ours, walk
from tests.attack.world import ANA, ANA_NAME

pytestmark = pytest.mark.attack

ROLE = {
    "": "", "bo": "patient", "unscoped": "trusted", "revoked": "trusted", "stranger": "coordinator",
    "admin": "admin",
}  # fmt: skip
ATTACKERS = tuple(ROLE)
AT_ONCE = 8
PRIVATE = ("_wipe", "_show", "__init__", "_session_hash", "reset", "enter", "count", "query")


def aimed(handler: Handler, ids: dict[str, str]) -> dict[str, Any]:
    """Arguments that fit the handler's types and name what is Ana's."""
    values: dict[str, Any] = {}
    for name, hint in handler.arguments.items():
        if "dict" in hint:
            values[name] = {"patient": ids["patient"], "thread": ids["thread"], "body": "x"}
        elif "int" in hint:
            values[name] = 0
        elif "bool" in hint:
            values[name] = True
        else:
            values[name] = ids.get(name.removesuffix("_id"), ids["task"])
    return values


def query(ids: dict[str, str]) -> dict[str, str]:
    """A page's address that names what is Ana's in every way a page can be asked."""
    return {
        "thread": ids["thread"], "task": ids["task"], "coverage": ids["coverage"],
        "appointment": ids["appointment"], "patient": ids["patient"], "about": f"goal:{ids['goal']}",
    }  # fmt: skip


@pytest.mark.parametrize("who", ATTACKERS)
async def test_no_handler_gives_or_changes_anything(target: Target, who: str) -> None:
    """By all who must not: no answer carries her mark, no row differs, refusals are on record."""
    before, noted = target.everything(), len(target.refusals())
    every = handlers()
    for start in range(0, len(every), AT_ONCE):
        batch = every[start : start + AT_ONCE]
        said = await asyncio.gather(*(_attack(target, who, handler) for handler in batch))
        marks = (ANA,) if who == "unscoped" else (ANA, ANA_NAME)
        for handler, text in zip(batch, said, strict=True):
            assert not any(mark in text for mark in marks), f"{handler.name} told {who}"
    refused = set(target.refusals()[noted:])
    for handler in every:
        if handler.ours and ROLE[who] not in handler.roles and not handler.public:
            assert handler.name in refused, f"{handler.name} by {who} is not on record"
    assert target.everything() == before


async def _attack(target: Target, who: str, handler: Handler) -> str:
    ids = target.ids["ana"]
    async with target.socket(who) as attacker:
        await attacker.open_page("/", query(ids))
        await attacker.say(handler.name, aimed(handler, ids), "/messages", query(ids))
        await attacker.answered()
        return attacker.text


async def test_what_is_asked_by_name_and_not_hers_is_on_record(target: Target) -> None:
    """A patient who names another's conversation in the address is answered as for one that is not there."""
    noted = len(target.refusals())
    async with target.socket("bo") as bo:
        await bo.open_page("/messages", {"thread": target.ids["ana"]["thread"]})
        there = bo.text
        assert ANA not in there
    assert "CommunicationThread" in target.refusals()[noted:]


async def test_a_stranger_coordinator_cannot_open_a_task(target: Target) -> None:
    """The inbox of one clinic knows nothing of another's, whatever id is sent."""
    inbox = next(handler.name for handler in ours() if handler.name.endswith("inbox_state.open"))
    async with target.socket("stranger") as otto:
        await otto.open_page("/inbox", {"task": target.ids["ana"]["task"]})
        await otto.say(inbox, {"task": target.ids["ana"]["task"]}, "/inbox")
        await otto.quiet()
        assert ANA not in otto.text


WITH_ARGUMENTS = [handler for handler in ours() if handler.arguments]
WRONG: tuple[Any, ...] = (None, 8, 1.5, True, [], [1], {"a": 1}, {"a": {"b": []}}, "8; DROP", "x" * 30_000)


@pytest.mark.parametrize("handler", WITH_ARGUMENTS, ids=str)
async def test_wrong_types_are_refused(target: Target, handler: Handler) -> None:
    """What does not fit its type never reaches a handler."""
    async with target.socket("coordinator") as cora:
        await cora.open_page("/inbox")
        for name, hint in handler.arguments.items():
            for value in WRONG:
                if hint == "str" and isinstance(value, str) and len(value) < 20_000:
                    continue
                noted = len(target.refusals())
                await cora.say(handler.name, {name: value}, "/inbox")
                await cora.answered()
                assert target.refusals()[noted:] == [handler.name], (name, value)


async def test_unknown_and_missing_arguments_are_refused(target: Target) -> None:
    """One argument too many, or one too few."""
    async with target.socket("coordinator") as cora:
        await cora.open_page("/inbox")
        for handler in ours():
            if "coordinator" not in handler.roles:
                continue
            wrong = [{**aimed(handler, target.ids["ana"]), "extra": "1"}]
            wrong += [{}] if handler.arguments else []
            for payload in wrong:
                noted = len(target.refusals())
                await cora.say(handler.name, payload, "/inbox")
                await cora.answered()
                assert target.refusals()[noted:] == [handler.name], payload


async def test_setvar_and_private_names_are_refused(target: Target) -> None:
    """Nobody sets a var from outside, and nobody calls what begins with an underscore."""
    async with target.socket("ana") as ana:
        await ana.open_page("/messages")
        ana.heard.clear()
        for state in {handler.name.rpartition(".")[0] for handler in handlers()}:
            await ana.say(f"{state}.setvar", {"var_name": "problem", "value": "hacked"})
            for private in (
                "_wipe",
                "_show",
                "__init__",
                "_session_hash",
                "reset",
                "enter",
                "count",
                "query",
            ):
                await ana.say(f"{state}.{private}", {})
        await ana.quiet()
        assert "hacked" not in ana.text


@pytest.mark.parametrize(
    "message",
    ["text", '{"name": "x"}', None, 7, [], {}, {"name": 7}, {"name": "x" * 100_000},
     {"name": f"{ROOT}.hydrate", "payload": []},
     {"name": f"{ROOT}.hydrate_and_load", "payload": {}, "router_data": {"query": 7}},
     {"name": f"{ROOT}.hydrate_and_load", "payload": {"vars": {"a.b": "c"}, "hashes": 8}}],
    ids=str,
)  # fmt: skip
async def test_what_is_no_event_is_dropped(target: Target, message: Any) -> None:
    """The socket answers the next honest event as if nothing had been."""
    async with target.socket("ana") as ana:
        await ana.send(message)
        await ana.open_page("/messages")
        assert ANA in ana.text


def test_every_handler_is_marked() -> None:
    """A new handler without ``@requires`` (or ``@public``) fails here before it is refused in the field."""
    assert ours(), "no handler was found at all"
    assert [handler.name for handler in ours() if not handler.marked] == []


def test_every_argument_has_a_type() -> None:
    """An argument without a type cannot be checked, so the gate refuses it."""
    assert [h.name for h in ours() for hint in h.arguments.values() if hint in ("Any", "typing.Any")] == []


def test_the_framework_may_do_five_things() -> None:
    """What is let through without a mark is this and no more."""
    assert [name.removeprefix(f"{ROOT}.") for name in walk()["framework"]] == [
        "hydrate_and_load",
        "reflex___state____frontend_event_exception_state.handle_frontend_exception",
        "reflex___state____on_load_internal_state.on_load_internal",
        "reflex___state____on_load_internal_state.set_is_hydrated",
        "set_is_hydrated",
    ]
