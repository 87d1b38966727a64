"""The sample inbox: conversations, requests and cards in every state, sixty and more of them open."""

from __future__ import annotations

from datetime import date

from pcc_portal.db import tables as t
from pcc_portal.db.queue import hours_of
from pcc_portal.db.unit_of_work import unit_of_work
from pcc_portal.demo.card_picture import card_picture
from pcc_portal.demo.cast import Cast, Item, Stage, add_task
from pcc_portal.demo.scenes import Sent, scenes
from pcc_portal.demo.talks import add_talk
from pcc_portal.demo.visits import add_visit
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.coverage import Verification
from pcc_portal.domain.ids import new_id
from pcc_portal.domain.task import TaskKind
from pcc_portal.domain.urgency import Assessment, Urgency
from pcc_portal.integrations.storage.clean import CleanFile, prepare
from pcc_portal.integrations.storage.keep import keep_file

STATES = {"confirmed": "done", "photo": "answered"}
VERIFICATIONS = {"confirmed": Verification.CONFIRMED, "photo": Verification.PHOTO_NEEDED}
BLURRED = {
    "en": "The photo is blurred: we cannot read the member ID. Please hold the phone still, in daylight.",
    "es": "La foto está borrosa y no se lee el número. Tómela de nuevo con luz de día, por favor.",
}


async def fill_inbox(system: Actor, cast: Cast) -> None:
    """Write the morning, in one transaction."""
    talks, asks, cards = scenes()
    pictures = [await _picture(cast, sent) for sent in cards]
    async with unit_of_work(system) as work:
        stage = Stage(work, cast, await hours_of(work))
        for talk in talks:
            await add_talk(stage, talk, pictures[0] if talk.card else None)
        for n, ask in enumerate(asks):
            await add_visit(stage, ask, n)
        for sent, picture in zip(cards, pictures, strict=True):
            await _add_card(stage, sent, picture)


async def _picture(cast: Cast, sent: Sent) -> CleanFile:
    name = cast.patient(sent.who).name
    blurred = sent.state == "photo"
    drawn = card_picture(sent.payer, sent.plan, name, sent.member_id, sent.group, blurred)
    return await prepare(drawn, "card-front.png")


async def _add_card(stage: Stage, sent: Sent, picture: CleanFile) -> None:
    patient = stage.cast.patient(sent.who)
    coverage = stage.work.add(_coverage(stage, patient, sent))
    await stage.work.flush()
    file = await keep_file(stage.work, picture, patient.id, "insurance", "coverage", coverage.id)
    file.uploaded_by = stage.cast.users[patient.id].id
    await stage.work.flush()
    coverage.front_file_id = file.id
    state, found = STATES.get(sent.state, sent.state), Assessment(Urgency.ADMINISTRATIVE)
    item = Item(
        TaskKind.COVERAGE, coverage.id, sent.payer, sent.plan, "insurance", coverage.created_at, state, found
    )
    add_task(stage, patient, item)


def _coverage(stage: Stage, patient: t.Patient, sent: Sent) -> t.Coverage:
    user, at = stage.cast.users[patient.id], stage.ago(sent.hours)
    return t.Coverage(
        id=new_id(),
        clinic_id=patient.clinic_id,
        patient_id=patient.id,
        status="active",
        payer_name=sent.payer,
        plan_name=sent.plan,
        plan_type=sent.plan_type,
        member_id=sent.member_id,
        group_number=sent.group,
        rx_bin="610279",
        rx_pcn="9999ADV",
        rx_group="RX4471",
        effective_on=date(at.year, 1, 1),
        verification=VERIFICATIONS.get(sent.state, Verification.NOT_CHECKED),
        verification_reason=BLURRED.get(patient.language[:2], BLURRED["en"]) if sent.state == "photo" else "",
        submitted_by=user.id,
        submitted_by_name=user.name,
        created_at=at,
        updated_at=at,
    )
