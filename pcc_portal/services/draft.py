"""What somebody has typed and not yet sent, kept so that a lost connection loses nothing."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import col, select

from pcc_portal.db.tables import Draft, Patient
from pcc_portal.db.unit_of_work import Work, reading, unit_of_work
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.errors import Conflict, Invalid, NotFound
from pcc_portal.domain.permission import Permission
from pcc_portal.language import N_

MOST_FIELDS, LONGEST_TEXT, LONGEST_DRAFT = 60, 20_000, 40_000
MOST_DRAFTS = 200
TRIES = 5
_SLOT = re.compile(r"[a-z0-9:-]{1,80}", re.ASCII)


async def save_draft(actor: Actor, slot: str, patient_id: UUID, fields: dict[str, str]) -> None:
    """Keep the fields of a form for this person and this patient; no fields, no draft.

    Of more than 200 drafts of one person the oldest go. Another tab, or the send itself, may change the same
    draft at the same moment: then it is looked at again.
    """
    check(slot, fields)
    for left in reversed(range(TRIES)):
        try:
            return await _keep(actor, slot, patient_id, fields)
        except (IntegrityError, StaleDataError):
            if not left:
                raise Conflict from None


async def _keep(actor: Actor, slot: str, patient_id: UUID, fields: dict[str, str]) -> None:
    async with unit_of_work(actor) as work:
        await visible(work, patient_id)
        work.require(Permission.DRAFT_KEEP, patient_id)
        row = await work.first(_of(actor, slot, patient_id))
        if not fields:
            if row is not None:
                work.remove(row)
        elif row is None:
            await _make_room(work)
            work.add(
                Draft(
                    user_id=actor.user_id,
                    patient_id=patient_id,
                    slot=slot,
                    fields=fields,
                    updated_at=work.now,
                )
            )
        else:
            row.fields, row.updated_at = fields, work.now


async def _make_room(work: Work) -> None:
    newest = select(Draft).where(Draft.user_id == work.actor.user_id).order_by(col(Draft.updated_at).desc())
    for old in await work.all(newest.offset(MOST_DRAFTS - 1).limit(MOST_DRAFTS)):
        work.remove(old)


async def draft_of(actor: Actor, slot: str, patient_id: UUID) -> dict[str, str] | None:
    """The fields this person left unsent for this patient."""
    check(slot, {})
    async with reading(actor) as work:
        await visible(work, patient_id)
        work.require(Permission.DRAFT_KEEP, patient_id)
        row = await work.first(_of(actor, slot, patient_id))
        return dict(row.fields) if row is not None else None


async def visible(work: Work, patient_id: UUID) -> None:
    """NotFound, and recorded, for a patient this person may not know of; typing on is no further read."""
    if not await work.count(select(Patient.id).where(Patient.id == patient_id)):
        await work.one(Patient, patient_id)


def _of(actor: Actor, slot: str, patient_id: UUID) -> Any:
    return select(Draft).where(
        Draft.user_id == actor.user_id, Draft.patient_id == patient_id, Draft.slot == slot
    )


def check(slot: str, fields: dict[str, str]) -> None:
    """NotFound for what is no name of a form; Invalid for more than a form holds."""
    if not _SLOT.fullmatch(slot):
        raise NotFound
    if len(fields) > MOST_FIELDS:
        raise Invalid({"fields": N_("There are too many fields.")})
    long = [name for name, text in fields.items() if len(text) > LONGEST_TEXT or len(name) > 100]
    if long:
        raise Invalid({long[0][:100]: N_("This text is too long.")})
    if sum(map(len, fields.values())) > LONGEST_DRAFT:
        raise Invalid({"fields": N_("This text is too long.")})
