"""Files somebody chose for a form and has not sent yet: kept with its draft, for a day at most."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from sqlmodel import col, select

from pcc_portal.db.tables import StoredFile
from pcc_portal.db.tables.stored_file import DRAFT
from pcc_portal.db.unit_of_work import Work, reading, unit_of_work
from pcc_portal.domain.actor import Actor, Scope
from pcc_portal.domain.errors import Denied, Invalid, NotFound
from pcc_portal.domain.permission import Permission
from pcc_portal.integrations.storage.clean import MESSAGE_LIMIT, MOST_FILES, TOGETHER, CleanFile
from pcc_portal.integrations.storage.keep import keep_file
from pcc_portal.integrations.storage.vault import throw_away
from pcc_portal.services.draft import check, visible

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Field:
    """A field that takes files: whose part of the record they become, who may send them, how many."""

    scope: Scope
    permission: Permission
    most: int


FIELDS = {
    "files": Field(Scope.MESSAGES, Permission.COMMUNICATION_SEND, MOST_FILES),
    "front": Field(Scope.INSURANCE, Permission.COVERAGE_SUBMIT, 1),
    "back": Field(Scope.INSURANCE, Permission.COVERAGE_SUBMIT, 1),
}


@dataclass(frozen=True)
class DraftFile:
    """A chosen file as its owner's browser may know it."""

    id: str
    name: str
    size: int
    is_image: bool


async def admit_draft_file(actor: Actor, slot: str, patient_id: UUID, name: str) -> None:
    """Whether a file may be kept there, asked before it is looked at. It counts as a send, good or not."""
    check(slot, {})
    async with unit_of_work(actor) as work:
        await visible(work, patient_id)
        work.require(FIELDS[name].permission, patient_id)
        await work.earlier("draft-file", None)


async def add_draft_file(actor: Actor, slot: str, patient_id: UUID, name: str, file: CleanFile) -> DraftFile:
    """Keep a chosen file with the draft; where only one can be chosen, the one before goes.

    It counts against what one person may send within a day.
    """
    check(slot, {})
    field, owner = FIELDS[name], _owner(actor, slot, patient_id, name)
    async with unit_of_work(actor) as work:
        await visible(work, patient_id)
        work.require(field.permission, patient_id)
        kept = [row for row in await _all(work, slot, patient_id, lock=True) if row.owner_id == owner]
        gone = _removed(work, kept if field.most == 1 else [])
        left = [row for row in kept if row.id not in gone]
        if len(left) >= field.most or sum(row.size for row in left) + len(file.content) > MESSAGE_LIMIT:
            raise Invalid({name: TOGETHER})
        row = await keep_file(work, file, patient_id, field.scope, DRAFT, owner)
        card = _card(row)
    await asyncio.to_thread(throw_away, gone)
    return card


async def draft_files(actor: Actor, slot: str, patient_id: UUID) -> dict[str, list[DraftFile]]:
    """What this person has chosen for a form about this patient, by field."""
    check(slot, {})
    async with reading(actor) as work:
        await visible(work, patient_id)
        work.require(Permission.DRAFT_KEEP, patient_id)
        rows = await _all(work, slot, patient_id)
        cards: dict[str, list[DraftFile]] = {}
        for name in FIELDS:
            owner = _owner(actor, slot, patient_id, name)
            if mine := [_card(row) for row in rows if row.owner_id == owner]:
                cards[name] = mine
        return cards


async def remove_draft_file(actor: Actor, file_id: UUID | None) -> None:
    """Throw one away that was chosen by this person and not sent."""
    async with unit_of_work(actor) as work:
        row = await work.one(StoredFile, file_id, lock=True)
        if (row.owner_kind, row.uploaded_by) != (DRAFT, actor.user_id):
            raise NotFound
        gone = _removed(work, [row])
    await asyncio.to_thread(throw_away, gone)


async def discard_draft_files(actor: Actor, slot: str, patient_id: UUID) -> None:
    """Throw away whatever was chosen for a form: it was sent, or given up."""
    check(slot, {})
    async with unit_of_work(actor) as work:
        gone = _removed(work, await _all(work, slot, patient_id, lock=True))
    await asyncio.to_thread(throw_away, gone)


async def sweep_draft_files(actor: Actor) -> int:
    """Throw away everything in the clinic that was chosen more than a day ago; how many there were."""
    if not actor.is_system:
        raise Denied
    async with unit_of_work(actor) as work:
        old = col(StoredFile.created_at) < work.now - KEPT_FOR
        unsent = select(StoredFile).where(StoredFile.owner_kind == DRAFT, old)
        gone = _removed(work, await work.all(unsent, lock=True))
    await asyncio.to_thread(throw_away, gone)
    return len(gone)


def _removed(work: Work, rows: Sequence[StoredFile]) -> list[UUID]:
    """Take rows out; the ids of the bytes that go once this is committed."""
    for row in rows:
        work.remove(row)
    return [row.id for row in rows]


def _owner(actor: Actor, slot: str, patient_id: UUID, name: str) -> UUID:
    """What stands for a field of a draft: one person's, about one patient."""
    return uuid5(actor.user_id, f"{patient_id} {slot} {name}")


async def _all(work: Work, slot: str, patient_id: UUID, *, lock: bool = False) -> Sequence[StoredFile]:
    """Everything its author chose for a form, of the last day, in the order in which it was chosen.

    Locked by whoever throws it away: what is being sent at the same moment is none of it.
    """
    owners = [_owner(work.actor, slot, patient_id, name) for name in FIELDS]
    mine = (StoredFile.owner_kind == DRAFT, col(StoredFile.owner_id).in_(owners))
    young = col(StoredFile.created_at) > work.now - KEPT_FOR
    chosen = select(StoredFile).where(*mine, young).order_by(col(StoredFile.created_at))
    return await work.all(chosen, lock=lock)


def _card(row: StoredFile) -> DraftFile:
    return DraftFile(str(row.id), row.name, row.size, row.media_type in {"image/jpeg", "image/png"})
