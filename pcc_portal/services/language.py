"""The language of an account, so that it follows a person to the next device."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import reading, unit_of_work
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.permission import Permission
from pcc_portal.language import LOCALES


@dataclass(frozen=True)
class Kept:
    """The language a person picked, and the one on the patient's own record; empty where there is none."""

    chosen: str
    of_record: str


async def language_kept(actor: Actor) -> Kept:
    """What is known of the actor's language."""
    async with reading(actor) as work:
        user = await work.first(select(t.PortalUser).where(t.PortalUser.id == actor.user_id))
        patient = await work.first(select(t.Patient).where(t.Patient.id == actor.patient_id))
    picked, spoken = (user.locale if user else ""), (patient.language[:2] if patient else "")
    return Kept(picked if picked in LOCALES else "", spoken if spoken in LOCALES else "")


async def keep_language(actor: Actor, language: str) -> None:
    """Keep a language in the actor's account."""
    async with unit_of_work(actor) as work:
        work.require(Permission.SESSION_READ)
        await work.change_all(
            t.PortalUser,
            t.PortalUser.id == actor.user_id,
            locale=language if language in LOCALES else "",
        )
