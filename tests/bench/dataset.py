"""A busy clinic: 10,000 conversations of 200 patients, of which 1,000 are open; and who is signed in."""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import SQLModel

from pcc_portal.db import tables as t
from pcc_portal.db.engine import close_all, database
from pcc_portal.db.migrate import upgrade
from pcc_portal.domain.actor import Role
from pcc_portal.domain.ids import utc_now
from pcc_portal.settings import settings
from tests.factories import Person, a_clinic, a_coordinator, a_person, put

ITEMS, OPEN, ASKED_BACK = 10_000, 1_000, 400
PATIENTS, COORDINATORS, SENDERS = 200, 50, 10
CATEGORIES = ("general", "appointments", "medications", "test-results", "insurance", "referral", "care-plan")
SUBJECTS = ("Refill before the trip", "Blood pressure this week", "Question about the bill", "A new date")
WORDS = (
    "The readings were higher on Monday and Tuesday, I wrote them all down. Should I come in earlier than "
    "planned, or is it enough to send them here? My daughter can drive me on Thursday or Friday."
)
#: Ranks of open items, in per mille: few are emergent, so that a new emergent one is on the first page.
RANKS = (0,) * 5 + (1,) * 120 + (2,) * 575 + (3,) * 300


@dataclass(frozen=True)
class Clinic:
    """What a benchmark needs to know of it: ids, and the cookies of who is signed in."""

    clinic_id: str
    coordinators: list[str]
    patients: list[dict[str, str]]


async def build(items: int = ITEMS) -> Clinic:
    """The clinic, in the empty database of this process; with fewer items the done ones are missing."""
    chance = random.Random(7)
    clinic = await a_clinic()
    staff = [await a_coordinator(clinic, f"Coordinator {n:02}") for n in range(COORDINATORS)]
    patients = [_a_patient(clinic, n) for n in range(PATIENTS)]
    await _insert(patients)
    senders = [await a_person(clinic, Role.PATIENT, patient.name, patient) for patient in patients[:SENDERS]]
    rows = [_an_item(clinic, patients, staff, senders[0].user.id, n, chance) for n in range(items)]
    for column in zip(*rows, strict=True):
        await _insert(column)
    await _analyze()
    cookies = [await _sign_in(person) for person in (*staff, *senders)]
    named = [
        {"cookie": cookie, "patient": str(person.user.patient_id)}
        for cookie, person in zip(cookies[COORDINATORS:], senders, strict=True)
    ]
    return Clinic(str(clinic.id), cookies[:COORDINATORS], named)


def _a_patient(clinic: t.Clinic, number: int) -> t.Patient:
    return t.Patient(
        clinic_id=clinic.id, given=f"Given{number:03}", family=f"Family{number % 40:02}",
        birth_date=date(1950, 1, 1), gender="female", language="es" if number % 6 == 0 else "en",
    )  # fmt: skip


def _an_item(
    clinic: t.Clinic, patients: list[t.Patient], staff: list[Person], writer: UUID, n: int, chance: Any
) -> tuple[t.CommunicationThread, t.Communication, t.Task]:
    """One conversation, its message and its task; the first 1,000 are open, the oldest are done."""
    now = utc_now()
    queue = "clinic" if n < OPEN else "patient" if n < OPEN + ASKED_BACK else "done"
    days = chance.expovariate(1 / 1.5) if queue != "done" else chance.uniform(5, 400)
    since = now - timedelta(days=days, seconds=chance.uniform(0, 80_000))
    patient, owner = chance.choice(patients), chance.choice(staff).user if chance.random() < 0.4 else None
    own: dict[str, Any] = {"clinic_id": clinic.id, "patient_id": patient.id, "created_at": since}
    start = chance.randrange(60)
    body, category = WORDS[start : start + 140], chance.choice(CATEGORIES)
    thread = t.CommunicationThread(
        **own, category=category, subject=chance.choice(SUBJECTS), started_by=writer, last_at=since,
        message_count=1,
    )  # fmt: skip
    message = t.Communication(
        **own, thread_id=thread.id, side="patient", sender_id=writer, sender_name=patient.name, body=body,
        sent_at=since, read_at=None if queue == "clinic" else since + timedelta(hours=2),
    )  # fmt: skip
    return thread, message, _a_task(thread, queue, owner, body, patient, _rank(n, chance))


def _rank(number: int, chance: Any) -> int:
    return RANKS[number] if number < OPEN else int(chance.choice(RANKS))


def _a_task(
    thread: t.CommunicationThread, queue: str, owner: Any, body: str, patient: t.Patient, rank: int
) -> t.Task:
    since: datetime = thread.last_at
    return t.Task(
        clinic_id=thread.clinic_id, patient_id=thread.patient_id, created_at=since, kind="message",
        focus_id=thread.id, category=thread.category, title=thread.subject, preview=body, queue=queue,
        language=patient.language, status="requested", rank=rank, waiting_since=since, last_at=since,
        due_at=since + timedelta(hours=(1, 8, 48, 72)[rank]), owner_id=owner.id if owner else None,
        owner_name=owner.name if owner else "", done_at=since if queue == "done" else None,
        done_by_name="Cora Lind" if queue == "done" else "",
    )  # fmt: skip


async def _insert(rows: Any) -> None:
    """Many rows of one table, at once."""
    table: type[SQLModel] = type(rows[0])
    async with database().writer.begin() as connection:
        for some in _batched(rows, 500):
            await connection.execute(insert(table), [row.model_dump() for row in some])


def _batched(rows: Any, size: int) -> Any:
    return (rows[start : start + size] for start in range(0, len(rows), size))


async def _analyze() -> None:
    """What autovacuum does in the first minute of a real clinic."""
    async with database().writer.begin() as connection:
        await connection.exec_driver_sql("ANALYZE")


async def _sign_in(person: Person) -> str:
    cookie = f"{person.user.id.hex}{person.user.id.hex[:8]}"
    await put(
        t.PortalSession(
            key_hash=hashlib.sha256(cookie.encode()).digest(),
            user_id=person.user.id,
            clinic_id=person.user.clinic_id,
            expires_at=utc_now() + timedelta(hours=2),
        )
    )
    return cookie


async def _main() -> Clinic:
    try:
        return await build()
    finally:
        await close_all()


if __name__ == "__main__":
    upgrade(settings().database)
    print(json.dumps(vars(asyncio.run(_main()))))
