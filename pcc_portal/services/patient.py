"""The patient beside an inbox item."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from pcc_portal.cards.patient import PastItem, PatientContext
from pcc_portal.cards.task import title_of
from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import Work, reading
from pcc_portal.domain import glossary, moment
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.appointment import AppointmentStatus
from pcc_portal.domain.coverage import VERIFICATION_TEXT, Verification
from pcc_portal.domain.patient import GENDER_TEXT
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.task import KIND_TEXT, TaskKind
from pcc_portal.language import _, language_name

FEW = 6


async def patient_context(actor: Actor, patient_id: UUID) -> PatientContext:
    """Who the patient is, with her plan, problems, medicines, visits, insurance and past items."""
    async with reading(actor) as work:
        work.require(Permission.TASK_READ)
        patient = await work.one(t.Patient, patient_id)
        plan, condition = t.CarePlan, t.Condition
        medicine, allergy = t.MedicationRequest, t.AllergyIntolerance
        return PatientContext(
            id=str(patient.id),
            name=patient.name,
            initials=f"{patient.given[:1]}{patient.family[:1]}",
            about=_about(patient, moment.local_day(work.now, actor.zone)),
            phone=patient.phone,
            language=language_name(patient.language),
            plans=await _displays(work, patient_id, plan, plan.title, plan.status == "active"),
            conditions=await _displays(
                work, patient_id, condition, condition.display, condition.clinical_status == "active"
            ),
            medicines=await _displays(
                work, patient_id, medicine, medicine.display, medicine.status == "active"
            ),
            allergies=await _displays(
                work, patient_id, allergy, allergy.display, allergy.clinical_status == "active"
            ),
            visits=await _visits(work, patient_id),
            insurance=await _insurance(work, patient_id),
            past=await _past(work, patient_id),
        )


def _about(patient: t.Patient, today: date) -> str:
    parts = [_(GENDER_TEXT[patient.gender])] if patient.gender in GENDER_TEXT else []
    if patient.birth_date is not None:
        born = patient.birth_date
        years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        parts.append(_("{n} years", n=years))
        parts.append(_("born {day}", day=moment.full_day(born)))
    return ", ".join(parts)


async def _displays(work: Work, patient_id: UUID, table: Any, column: Any, *where: Any) -> list[str]:
    """The first few distinct texts of a patient's rows, the newest first."""
    statement = select(table).where(table.patient_id == patient_id, *where)
    rows = await work.all(statement.order_by(col(table.id).desc()).limit(40))
    texts = dict.fromkeys(glossary.term(str(getattr(row, column.key))) for row in rows)
    return list(texts)[:FEW]


async def _visits(work: Work, patient_id: UUID) -> list[str]:
    visit = t.Appointment
    rows = await work.all(
        select(visit)
        .where(
            visit.patient_id == patient_id,
            visit.status == AppointmentStatus.BOOKED,
            col(visit.start_at) > work.now,
        )
        .order_by(col(visit.start_at))
        .limit(3)
    )
    zone = work.actor.zone
    return [
        " · ".join(filter(None, (moment.day_and_time(row.start_at, zone), row.place, row.with_whom)))
        for row in rows
        if row.start_at
    ]


async def _insurance(work: Work, patient_id: UUID) -> list[str]:
    rows = await work.all(
        select(t.Coverage).where(t.Coverage.patient_id == patient_id).order_by(col(t.Coverage.order))
    )
    return [f"{row.payer_name}: {_(VERIFICATION_TEXT[Verification(row.verification)])}" for row in rows]


async def _past(work: Work, patient_id: UUID) -> list[PastItem]:
    rows = await work.all(
        select(t.Task)
        .where(t.Task.patient_id == patient_id)
        .order_by(col(t.Task.created_at).desc())
        .limit(FEW)
    )
    return [
        PastItem(
            str(row.id), title_of(row), _(KIND_TEXT[TaskKind(row.kind)]), moment.since(row.last_at, work.now)
        )
        for row in rows
    ]
