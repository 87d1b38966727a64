"""Unsent forms: the writer's own, for a patient she may know of."""

from __future__ import annotations

import pytest
from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.domain.actor import Role, Scope
from pcc_portal.domain.errors import Denied, Invalid, NotFound
from pcc_portal.services import draft
from pcc_portal.services.draft import draft_of, save_draft
from tests.factories import a_clinic, a_coordinator, a_helper, a_patient, a_person, fetch


async def test_what_was_typed_comes_back_until_it_is_emptied(store: str) -> None:
    ana = await a_patient(await a_clinic())
    await save_draft(ana.actor, "message:new", ana.patient.id, {"body": "I wanted"})
    await save_draft(ana.actor, "message:new", ana.patient.id, {"body": "I wanted to ask"})
    assert await draft_of(ana.actor, "message:new", ana.patient.id) == {"body": "I wanted to ask"}
    assert await draft_of(ana.actor, "other", ana.patient.id) is None
    await save_draft(ana.actor, "message:new", ana.patient.id, {})
    assert await draft_of(ana.actor, "message:new", ana.patient.id) is None
    assert await fetch(select(t.Draft)) == []


async def test_it_is_the_writers_own(store: str) -> None:
    """Her helper and her coordinator keep their own about her, and see none of hers."""
    clinic = await a_clinic()
    ana = await a_patient(clinic)
    await save_draft(ana.actor, "new", ana.patient.id, {"body": "mine"})
    for person in (await a_helper(clinic, ana.patient, Scope.MESSAGES), await a_coordinator(clinic)):
        assert await draft_of(person.actor, "new", ana.patient.id) is None
        await save_draft(person.actor, "new", ana.patient.id, {"body": "theirs"})
    assert await draft_of(ana.actor, "new", ana.patient.id) == {"body": "mine"}


async def test_nobody_else_keeps_one_about_her(store: str) -> None:
    clinic, far = await a_clinic(), await a_clinic("far")
    ana = await a_patient(clinic)
    others = (
        await a_patient(clinic, "Bo"), await a_coordinator(far),
        await a_person(clinic, Role.TRUSTED, "No Grant"),
        await a_person(clinic, Role.ADMIN, "Ada Min"),
    )  # fmt: skip
    for person in others:
        with pytest.raises(NotFound):
            await save_draft(person.actor, "new", ana.patient.id, {"body": "x"})
        with pytest.raises((NotFound, Denied)):
            await draft_of(person.actor, "new", ana.patient.id)
    assert await fetch(select(t.Draft)) == []


@pytest.mark.parametrize("slot", ["", "A", "x" * 81, "a/b", "a.b", "a b", "ä"])
async def test_a_slot_has_a_plain_name(store: str, slot: str) -> None:
    ana = await a_patient(await a_clinic())
    with pytest.raises(NotFound):
        await save_draft(ana.actor, slot, ana.patient.id, {"body": "x"})


async def test_it_has_the_size_of_a_form(store: str) -> None:
    ana = await a_patient(await a_clinic())
    much = {f"f{n}": "x" * 15_000 for n in range(3)}
    for fields in ({"body": "x" * 20_001}, {f"f{n}": "x" for n in range(61)}, {"n" * 101: "x"}, much):
        with pytest.raises(Invalid):
            await save_draft(ana.actor, "new", ana.patient.id, fields)


async def test_one_person_keeps_so_many_and_the_oldest_go(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who makes up slots fills no disk; what others keep stays."""
    monkeypatch.setattr(draft, "MOST_DRAFTS", 3)
    clinic = await a_clinic()
    ana, bo = await a_patient(clinic), await a_patient(clinic, "Bo")
    await save_draft(bo.actor, "new", bo.patient.id, {"body": "hers"})
    for n in range(6):
        await save_draft(ana.actor, f"s{n}", ana.patient.id, {"body": str(n)})
    await save_draft(ana.actor, "s5", ana.patient.id, {"body": "still"})
    kept = await fetch(select(t.Draft).where(t.Draft.user_id == ana.user.id))
    assert sorted(row.slot for row in kept) == ["s3", "s4", "s5"]
    assert await draft_of(bo.actor, "new", bo.patient.id) == {"body": "hers"}


async def test_one_is_about_one_patient(store: str) -> None:
    """A coordinator's words about one patient never turn up in the same form of another one."""
    clinic = await a_clinic()
    ana, bo, cora = await a_patient(clinic), await a_patient(clinic, "Bo"), await a_coordinator(clinic)
    await save_draft(cora.actor, "new", ana.patient.id, {"body": "about Ana"})
    assert await draft_of(cora.actor, "new", bo.patient.id) is None
    await save_draft(cora.actor, "new", bo.patient.id, {"body": "about Bo"})
    await save_draft(cora.actor, "new", bo.patient.id, {})
    assert await draft_of(cora.actor, "new", ana.patient.id) == {"body": "about Ana"}
