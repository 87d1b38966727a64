"""A clinic in which whatever is somebody's carries her mark, and is known wherever it turns up."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sys
from datetime import timedelta
from uuid import UUID

from pcc_portal.db import tables as t
from pcc_portal.db.engine import close_all, database
from pcc_portal.db.migrate import upgrade
from pcc_portal.db.tables.stored_file import DRAFT
from pcc_portal.db.unit_of_work import unit_of_work
from pcc_portal.domain.actor import Role, Scope
from pcc_portal.domain.ids import utc_now
from pcc_portal.integrations.password import hash_password
from pcc_portal.integrations.storage.clean import CleanFile
from pcc_portal.integrations.storage.keep import keep_file
from pcc_portal.settings import settings
from tests.factories import Person, a_clinic, a_coordinator, a_helper, a_patient, a_person, put

#: What is in each one's record, and (known to whoever helps with any part of it) in her name.
ANA, BO = "Anamark7", "Bomark9"
ANA_NAME, BO_NAME = "Anaperson7", "Boperson9"
PASSWORD = "a long enough password"


def cookie_for(name: str) -> str:
    """A cookie that nobody guesses."""
    return f"{name}-cookie-{os.urandom(8).hex()}"


async def a_session(person: Person, cookie: str) -> str:
    """A signed-in browser."""
    await put(
        t.PortalSession(
            key_hash=hashlib.sha256(cookie.encode()).digest(),
            user_id=person.user.id,
            clinic_id=person.user.clinic_id,
            expires_at=utc_now() + timedelta(hours=1),
            acting_for=person.actor.acting_for,
        )
    )
    return cookie


async def a_record(person: Person, mark: str) -> dict[str, str]:
    """One of everything, each with the mark; their ids by kind."""
    patient = person.patient
    assert patient is not None
    own = {"clinic_id": patient.clinic_id, "patient_id": patient.id}
    thread = t.CommunicationThread(
        **own, category="general", subject=f"{mark} subject", started_by=person.user.id, message_count=1
    )
    message = t.Communication(
        **own, thread_id=thread.id, side="patient", sender_id=person.user.id,
        sender_name=person.user.name, body=f"{mark} body",
    )  # fmt: skip
    appointment = t.Appointment(**own, status="proposed", detail=f"{mark} reason", windows=[])
    soon = utc_now() + timedelta(days=3)
    visit = t.Appointment(**own, status="booked", detail=f"{mark} visit", windows=[], start_at=soon)
    coverage = t.Coverage(**own, payer_name=f"{mark} payer", verification="not-checked")
    goal = t.Goal(**own, description=f"{mark} goal", status="active")
    plan = t.CarePlan(**own, title=f"{mark} plan", status="active")
    task = t.Task(
        **own, kind="message", focus_id=thread.id, category="general", title=f"{mark} task",
        preview=f"{mark} preview",
    )  # fmt: skip
    note = t.Note(**own, task_id=task.id, author_id=person.user.id, author_name="x", body=f"{mark} note")
    await put(thread, message, appointment, visit, coverage, goal, plan, task, note)
    await put(t.Draft(user_id=person.user.id, patient_id=patient.id, slot="new", fields={"body": mark}))
    async with unit_of_work(person.actor) as work:
        clean = CleanFile(f"{mark}.txt", "text/plain", f"{mark} file".encode())
        file = await keep_file(work, clean, patient.id, "messages", "communication", message.id)
        unsent = await keep_file(work, clean, patient.id, "messages", DRAFT, message.id)
    rows = {
        "thread": thread, "message": message, "appointment": appointment, "visit": visit,
        "coverage": coverage, "goal": goal, "plan": plan, "task": task, "file": file,
        "unsent": unsent,
    }  # fmt: skip
    return {kind: str(row.id) for kind, row in rows.items()} | {"patient": str(patient.id)}


async def build() -> dict[str, object]:
    """The world; cookies by person, ids by kind."""
    harbor, far = await a_clinic("harbor"), await a_clinic("far")
    ana = await a_patient(harbor, ANA_NAME, "Reyes")
    bo = await a_patient(harbor, BO_NAME, "Li")
    people = {
        "ana": ana,
        "bo": bo,
        "unscoped": await a_helper(harbor, bo.patient, *Scope),
        "revoked": await a_helper(harbor, ana.patient, *Scope),
        "helper": await a_helper(harbor, ana.patient, Scope.MESSAGES),
        "coordinator": await a_coordinator(harbor),
        "stranger": await a_coordinator(far, "Otto Far"),
        "admin": await a_person(harbor, Role.ADMIN, "Ada Min"),
    }
    await _narrow(people["unscoped"], ana)
    async with database().session(writes=True) as session:
        for row in await _consents(session, people["revoked"].user.id):
            row.status, row.ended_at = "inactive", utc_now()
            session.add(row)
        user = await session.get(t.PortalUser, ana.user.id)
        assert user is not None
        user.password_hash = await hash_password(PASSWORD)
        session.add(user)
        await session.commit()
    ids = {"ana": await a_record(ana, ANA), "bo": await a_record(bo, BO)}
    cookies = {name: await a_session(person, cookie_for(name)) for name, person in people.items()}
    await close_all()
    return {"cookies": cookies, "ids": ids, "email": ana.user.email}


async def _consents(session: object, grantee: UUID) -> list[t.Consent]:
    from sqlmodel import select

    return list((await session.exec(select(t.Consent).where(t.Consent.grantee_id == grantee))).all())  # type: ignore[attr-defined]


async def _narrow(helper: Person, ana: Person) -> None:
    """This one helps Bo with everything, and Ana with the one part that no screen of these shows."""
    assert ana.patient is not None
    await put(
        t.Consent(
            clinic_id=ana.patient.clinic_id, patient_id=ana.patient.id, grantee_id=helper.user.id,
            scope=Scope.RECORDS.value, level="view",
        )
    )  # fmt: skip


if __name__ == "__main__":
    upgrade(settings().database)
    json.dump(asyncio.run(build()), sys.stdout)
