"""Puts people into the sample clinic who have nothing, or very much. Run as a program."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from uuid import uuid4

from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.db.engine import close_all
from pcc_portal.domain.ids import utc_now
from pcc_portal.sample_people import SIGN_INS
from tests.factories import fetch, put

NOTHING, MUCH = "nothing@example.org", "much@example.org"
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswesse"  # 80 letters
LONG_WORD = "a" * 10_000
MESSAGES, THREADS, VISITS = 300, 60, 120


async def a_sign_in(email: str, given: str, family: str) -> tuple[t.Patient, t.PortalUser]:
    """A patient of the sample clinic who signs in with the sample password."""
    (known,) = await fetch(select(t.PortalUser).where(t.PortalUser.email == SIGN_INS[0].email))
    patient = t.Patient(
        clinic_id=known.clinic_id, given=given, family=family, birth_date=date(1950, 1, 2), gender="female"
    )
    user = t.PortalUser(
        clinic_id=known.clinic_id, email=email, name=f"{given} {family}", role="patient",
        password_hash=known.password_hash, patient_id=patient.id,
    )  # fmt: skip
    await put(patient, user)
    return patient, user


async def a_lot(patient: t.Patient, user: t.PortalUser) -> None:
    """300 messages in one conversation, 60 conversations, 120 visits, words without an end."""
    own, now = {"clinic_id": patient.clinic_id, "patient_id": patient.id}, utc_now()
    threads = [
        t.CommunicationThread(
            **own, category="general", subject=f"Conversation {n}", started_by=user.id,
            last_at=now - timedelta(hours=n), message_count=MESSAGES if n == 0 else 1,
        )
        for n in range(THREADS)
    ]  # fmt: skip
    said = [(threads[0], n) for n in range(MESSAGES)] + [(thread, 0) for thread in threads[1:]]
    messages = [
        t.Communication(
            **own, thread_id=thread.id, side="clinic" if n % 3 == 1 else "patient", sender_id=user.id,
            sender_name=LONG_NAME, body=LONG_WORD if n == MESSAGES - 2 else f"Message {n} of many",
            sent_at=now - timedelta(minutes=MESSAGES - n), read_at=now,
        )
        for thread, n in said
    ]  # fmt: skip
    visits = [
        t.Appointment(
            **own, status="booked" if n % 2 else "proposed", detail=f"Reason {n} {LONG_NAME}", windows=[],
            start_at=now + timedelta(days=n + 1) if n % 2 else None, with_whom=LONG_NAME, reason="routine",
            care_type="main-clinic", modality="video", requested_by=user.id,
        )
        for n in range(VISITS)
    ]  # fmt: skip
    task = t.Task(
        **own, kind="message", focus_id=threads[0].id, category="general", title="Conversation 0",
        preview=LONG_WORD[:200], id=uuid4(),
    )  # fmt: skip
    await put(*threads, *messages, *visits, task)


async def main() -> None:
    """Both of them."""
    await a_sign_in(NOTHING, "Nora", "Nothing")
    await a_lot(*await a_sign_in(MUCH, LONG_NAME, LONG_NAME))
    await close_all()


if __name__ == "__main__":
    asyncio.run(main())
