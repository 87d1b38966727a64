"""Files that were chosen and not sent: their author's alone, gone when they are sent or a day old."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select, update

from pcc_portal.db import tables as t
from pcc_portal.db.engine import database
from pcc_portal.domain.actor import Actor, Scope
from pcc_portal.domain.communication import MessageDraft
from pcc_portal.domain.errors import Denied, Invalid, NotFound, TooManySends
from pcc_portal.domain.ids import utc_now
from pcc_portal.integrations.storage import keep
from pcc_portal.integrations.storage.clean import CleanFile
from pcc_portal.integrations.storage.vault import path_of
from pcc_portal.services.communication import send_message
from pcc_portal.services.draft_file import (
    add_draft_file,
    admit_draft_file,
    discard_draft_files,
    draft_files,
    remove_draft_file,
    sweep_draft_files,
)
from pcc_portal.services.file import open_file
from pcc_portal.settings import settings
from tests.factories import Person, a_clinic, a_coordinator, a_helper, a_patient, fetch

SLOT = "message:new"
LETTER = CleanFile("letter.txt", "text/plain", b"her words")


async def chosen(person: Person, about: Person, name: str = "files", slot: str = SLOT) -> UUID:
    """A file that somebody chose for a form about a patient."""
    assert about.patient is not None
    await admit_draft_file(person.actor, slot, about.patient.id, name)
    return UUID((await add_draft_file(person.actor, slot, about.patient.id, name, LETTER)).id)


def a_message(about: Person, **more: UUID) -> MessageDraft:
    """A new message about a patient."""
    assert about.patient is not None
    return MessageDraft(
        patient_id=about.patient.id, category="general", subject="Letter", body="Here it is", **more
    )


async def kinds() -> list[str]:
    """What the stored files belong to."""
    return [row.owner_kind for row in await fetch(select(t.StoredFile).order_by(t.StoredFile.created_at))]


async def test_it_comes_back_until_it_is_removed(store: str) -> None:
    ana = await a_patient(await a_clinic())
    one, two = await chosen(ana, ana), await chosen(ana, ana)
    found = await draft_files(ana.actor, SLOT, ana.patient.id)
    assert [card.id for card in found["files"]] == [str(one), str(two)]
    assert (await open_file(ana.actor, one)).content == b"her words"
    await remove_draft_file(ana.actor, one)
    assert not path_of(one).exists() and path_of(two).exists()
    assert [card.id for card in (await draft_files(ana.actor, SLOT, ana.patient.id))["files"]] == [str(two)]
    assert await draft_files(ana.actor, "other", ana.patient.id) == {}
    await discard_draft_files(ana.actor, SLOT, ana.patient.id)
    assert await kinds() == [] and not path_of(two).exists()


async def test_it_is_sent_once_and_then_the_clinics_too(store: str) -> None:
    clinic = await a_clinic()
    ana, cora = await a_patient(clinic), await a_coordinator(clinic)
    file, key = await chosen(ana, ana), uuid4()
    with pytest.raises(NotFound):
        await open_file(cora.actor, file)
    thread = await send_message(ana.actor, a_message(ana, submission=key), [file])
    assert await send_message(ana.actor, a_message(ana, submission=key), [file]) == thread
    assert await kinds() == ["communication"]
    assert (await open_file(cora.actor, file)).content == b"her words"
    with pytest.raises(Invalid):
        await send_message(ana.actor, a_message(ana), [file])
    with pytest.raises(NotFound):
        await remove_draft_file(ana.actor, file)
    assert len(await fetch(select(t.Communication))) == 1


async def test_a_photo_replaces_the_one_before(store: str) -> None:
    ana = await a_patient(await a_clinic())
    first, back = await chosen(ana, ana, "front"), await chosen(ana, ana, "back")
    second = await chosen(ana, ana, "front")
    found = await draft_files(ana.actor, SLOT, ana.patient.id)
    assert {name: [card.id for card in cards] for name, cards in found.items()} == {
        "front": [str(second)], "back": [str(back)]
    }  # fmt: skip
    assert not path_of(first).exists()


async def test_it_is_its_authors_alone(store: str) -> None:
    """Her helper, her coordinator, a fellow patient, another clinic: neither seen, sent nor removed."""
    clinic, far = await a_clinic(), await a_clinic("far")
    ana, bo, cora = await a_patient(clinic), await a_patient(clinic, "Bo"), await a_coordinator(clinic)
    dana = await a_helper(clinic, ana.patient, Scope.MESSAGES)
    file = await chosen(ana, ana)
    for person in (dana, cora, bo, await a_coordinator(far)):
        with pytest.raises(NotFound):
            await open_file(person.actor, file)
        with pytest.raises(NotFound):
            await remove_draft_file(person.actor, file)
    for person, about in ((dana, ana), (cora, ana), (bo, bo)):
        with pytest.raises(Invalid):
            await send_message(person.actor, a_message(about), [file])
        assert await draft_files(person.actor, SLOT, about.patient.id) == {}
    for person in (bo, await a_coordinator(far)):
        with pytest.raises(NotFound):
            await chosen(person, ana)
        with pytest.raises((NotFound, Denied)):
            await draft_files(person.actor, SLOT, ana.patient.id)
    assert await kinds() == ["draft"] and await fetch(select(t.Communication)) == []


async def test_a_right_that_ended_ends_it(store: str) -> None:
    """A helper's own file about somebody goes out of her sight with her right."""
    clinic = await a_clinic()
    ana = await a_patient(clinic)
    dana = await a_helper(clinic, ana.patient, Scope.MESSAGES)
    file = await chosen(dana, ana)
    ended = dana.granted()
    for refused in (
        open_file(ended.actor, file), remove_draft_file(ended.actor, file), chosen(ended, ana),
        draft_files(ended.actor, SLOT, ana.patient.id), send_message(ended.actor, a_message(ana), [file]),
    ):  # fmt: skip
        with pytest.raises((NotFound, Denied)):
            await refused
    with pytest.raises(Denied):
        await chosen(dana, ana, "front")
    assert await kinds() == ["draft"]


async def test_it_goes_with_the_patient_and_the_part_it_was_chosen_for(store: str) -> None:
    clinic = await a_clinic()
    ana, bo, cora = await a_patient(clinic), await a_patient(clinic, "Bo"), await a_coordinator(clinic)
    about_ana, card = await chosen(cora, ana), await chosen(ana, ana, "front")
    with pytest.raises(Invalid):
        await send_message(cora.actor, a_message(bo), [about_ana])
    with pytest.raises(Invalid):
        await send_message(ana.actor, a_message(ana), [card])


async def test_limits_hold(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = await a_patient(await a_clinic())
    for _n in range(4):
        await chosen(ana, ana)
    with pytest.raises(Invalid):
        await chosen(ana, ana)
    monkeypatch.setattr(keep, "MOST_A_DAY", 40)
    with pytest.raises(Invalid):
        await chosen(ana, ana, slot="another")
    monkeypatch.setattr(keep, "MOST_A_DAY", 4000)
    monkeypatch.setenv("PCC_SENDS_AN_HOUR", "10")
    settings.cache_clear()
    for n in range(4):  # the two that were refused count too
        await chosen(ana, ana, slot=f"another-{n}")
    with pytest.raises(TooManySends):
        await chosen(ana, ana, slot="one-more")
    assert await kinds() == ["draft"] * 8


async def test_after_a_day_it_is_gone(store: str) -> None:
    """Out of sight at once, from the disk with the next sweep; what was sent stays, and other clinics."""
    clinic, far = await a_clinic(), await a_clinic("far")
    ana, olga = await a_patient(clinic), await a_patient(far, "Olga")
    old, sent, hers = await chosen(ana, ana), await chosen(ana, ana), await chosen(olga, olga)
    await send_message(ana.actor, a_message(ana), [sent])
    await age(timedelta(days=1, minutes=1))
    young = await chosen(ana, ana)
    assert [card.id for card in (await draft_files(ana.actor, SLOT, ana.patient.id))["files"]] == [str(young)]
    assert await sweep_draft_files(Actor.system(clinic.id)) == 1
    assert not path_of(old).exists()
    assert all(path_of(kept).exists() for kept in (sent, hers, young))
    with pytest.raises(Invalid):
        await send_message(ana.actor, a_message(ana), [old])
    with pytest.raises(Denied):
        await sweep_draft_files(ana.actor)


async def age(by: timedelta) -> None:
    """Make every stored file older."""
    async with database().session(writes=True) as session:
        await session.exec(update(t.StoredFile).values(created_at=utc_now() - by))  # type: ignore[call-overload]
        await session.commit()
