"""The indexes that lists, counts and conversations stand on are used, on both databases."""

from __future__ import annotations

from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.db.engine import database
from pcc_portal.services.identity import actor_of
from tests.bench.dataset import build
from tests.bench.plans import plan_of, questions
from tests.factories import fetch

USED = {
    "inbox": ("ix_task_queue",),
    "inbox, mine": ("ix_task_owner",),
    "inbox, done": ("ix_task_last",),
    "conversations of a patient": ("ix_communication_thread_patient", "ix_communication_thread"),
    "messages of a conversation": ("ix_communication_thread",),
    "unread messages": ("ix_communication_unread",),
}


async def test_their_indexes_are_used(store: str):
    clinic = await build(items=2_000)
    coordinator = await actor_of(clinic.coordinators[0])
    patient = await actor_of(clinic.patients[0]["cookie"])
    assert coordinator is not None
    assert patient is not None
    thread = t.CommunicationThread
    (found,) = await fetch(select(thread).where(thread.patient_id == patient.patient_id).limit(1))
    asked = questions(coordinator, patient, found.id)
    plans = {name: await plan_of(asked[name]) for name in USED}
    for name, indexes in USED.items():
        words = set(plans[name].split())
        assert [index for index in indexes if index not in words] == [], plans[name]
        assert not (database().is_sqlite and "FOR ORDER BY" in plans[name]), plans[name]
