"""Insurance: sent in by a patient, checked by a coordinator."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import col, select

from pcc_portal.cards.coverage import CoverageCard, card_of
from pcc_portal.db import queue
from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import Work, reading, unit_of_work
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.coverage import (
    CoverageDraft,
    Verification,
    VerificationDraft,
)
from pcc_portal.domain.errors import Invalid
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.task import TaskKind
from pcc_portal.domain.urgency import Assessment, Urgency
from pcc_portal.integrations.storage.clean import CleanFile
from pcc_portal.integrations.storage.keep import keep_file
from pcc_portal.language import N_

COPIED = (
    "payer_name", "plan_name", "plan_type", "member_id", "group_number", "rx_bin", "rx_pcn", "rx_group",
    "holder_name", "holder_birth_date", "relationship", "effective_on", "payer_phone", "order",
)  # fmt: skip


async def submit_coverage(
    actor: Actor, draft: CoverageDraft, front: CleanFile | UUID | None, back: CleanFile | UUID | None
) -> UUID:
    """Send insurance details with the card's photos; a second sending of a card replaces its details.

    A photo is a new file, or the id of one in the sender's draft.
    """
    async with unit_of_work(actor) as work:
        if done := await work.earlier("submit-coverage", draft.submission):
            return done
        patient = await work.one(t.Patient, draft.patient_id)
        work.require(Permission.COVERAGE_SUBMIT, patient.id)
        coverage = await _coverage_for(work, draft, patient)
        if front is None and coverage.front_file_id is None:
            raise Invalid({"front": N_("Add a photo of the front of the card.")})
        for name in COPIED:
            setattr(coverage, name, getattr(draft, name))
        coverage.status, coverage.verification = "active", Verification.NOT_CHECKED
        coverage.verification_reason = ""
        coverage.submitted_by, coverage.submitted_by_name = actor.user_id, actor.name
        coverage.updated_at = work.now
        await work.flush()
        for side, file in (("front", front), ("back", back)):
            if file is not None:
                row = await keep_file(work, file, patient.id, "insurance", "coverage", coverage.id)
                await work.flush()
                setattr(coverage, f"{side}_file_id", row.id)
        waiting = queue.Waiting(
            TaskKind.COVERAGE,
            coverage.id,
            "insurance",
            coverage.payer_name,
            coverage.plan_name,
            Assessment(Urgency.ADMINISTRATIVE),
        )
        await queue.wait_for_clinic(work, patient, waiting)
        return work.settle(coverage.id)


async def _coverage_for(work: Work, draft: CoverageDraft, patient: t.Patient) -> t.Coverage:
    if draft.coverage_id is None:
        return work.add(t.Coverage(clinic_id=patient.clinic_id, patient_id=patient.id))
    coverage = await work.one(t.Coverage, draft.coverage_id, lock=True)
    if coverage.patient_id != patient.id:
        raise Invalid({"coverage": N_("This card belongs to another record.")})
    return coverage


async def verify_coverage(actor: Actor, draft: VerificationDraft) -> UUID:
    """Say what the check of a card found: confirmed, not confirmed, or a better photo is needed and why."""
    async with unit_of_work(actor) as work:
        if done := await work.earlier("verify-coverage", draft.submission):
            return done
        coverage = await work.one(t.Coverage, draft.coverage_id, lock=True)
        work.require(Permission.COVERAGE_VERIFY, coverage.patient_id)
        await queue.refuse_if_held(work, TaskKind.COVERAGE, coverage.id)
        coverage.verification, coverage.verification_reason = draft.verdict, draft.reason
        coverage.verified_at = coverage.updated_at = work.now
        coverage.verified_by_name = actor.name
        if draft.verdict == Verification.PHOTO_NEEDED:
            await queue.wait_for_patient(work, TaskKind.COVERAGE, coverage.id)
        else:
            await queue.finish(work, TaskKind.COVERAGE, coverage.id)
        queue.tell(work, coverage.patient_id)
        return work.settle(coverage.id)


async def list_coverages(actor: Actor, patient_id: UUID) -> list[CoverageCard]:
    """A patient's insurance, the primary one first."""
    async with reading(actor) as work:
        work.require(Permission.COVERAGE_READ, patient_id)
        coverage = t.Coverage
        rows = await work.all(
            select(coverage)
            .where(coverage.patient_id == patient_id, coverage.status != "entered-in-error")
            .order_by(col(coverage.order), col(coverage.created_at))
        )
        hours = await queue.hours_of(work)
        return [card_of(row, work, hours) for row in rows]


async def coverage_answers(actor: Actor, coverage_id: UUID) -> tuple[dict[str, str], str]:
    """What is on file for a card, by field, and why it has to be sent again."""
    async with reading(actor) as work:
        coverage = await work.one(t.Coverage, coverage_id)
        work.require(Permission.COVERAGE_SUBMIT, coverage.patient_id)
        answers = {name: str(getattr(coverage, name) or "") for name in COPIED}
        return answers, coverage.verification_reason
