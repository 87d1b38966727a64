"""The care plan, read from the record: plans, goals with measured progress, problems, medicines, team."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from pcc_portal.cards.care_plan import (
    ActivityCard,
    CarePlanView,
    MemberCard,
    PlanCard,
    TermCard,
)
from pcc_portal.cards.goal import goal_cards
from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import Work, reading
from pcc_portal.domain import glossary, moment
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.care_plan import ACTIVITY_TEXT, ENDED, OPEN_GOALS
from pcc_portal.domain.fhir_json import code, loaded, objects
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.record import care_plan_details, care_team_participants
from pcc_portal.language import _

MOST = 100


async def read_care_plan(actor: Actor, patient_id: UUID) -> CarePlanView:
    """A patient's care plan in plain words beside the clinical ones."""
    async with reading(actor) as work:
        work.require(Permission.CARE_PLAN_READ, patient_id)
        patient = await work.one(t.Patient, patient_id)
        conditions = await _of(work, t.Condition, patient_id)
        plans = await _of(work, t.CarePlan, patient_id)
        names = {row.source_id: row for row in conditions}
        active = [row for row in plans if row.status == "active"]
        return CarePlanView(
            plans=[_plan(row, names) for row in active],
            goals=await _goals(work, patient_id),
            conditions=_terms(
                (row for row in conditions if row.clinical_status in {"active", "recurrence", "relapse"}),
                lambda row: glossary.condition(row.code),
                lambda row: _since(row.onset_at),
            ),
            medicines=_terms(
                (r for r in await _of(work, t.MedicationRequest, patient_id) if r.status == "active"),
                lambda row: glossary.medicine(row.display),
                lambda row: row.dosage or _since(row.authored_at),
            ),
            allergies=_terms(
                await _of(work, t.AllergyIntolerance, patient_id),
                lambda row: glossary.allergy(row.display) or row.reaction,
                lambda row: _since(row.recorded_at),
            ),
            team=await _team(work, patient),
            past=sorted({_title(row) for row in plans if row.status in ENDED}),
        )


async def _of(work: Work, table: Any, patient_id: UUID) -> Sequence[Any]:
    """A patient's rows of one resource, the newest first."""
    statement = select(table).where(table.patient_id == patient_id)
    return await work.all(statement.order_by(col(table.id).desc()).limit(MOST))


def _since(moment_of: Any) -> str:
    return _("since {when}", when=moment.month(moment_of)) if moment_of else ""


def _title(row: t.CarePlan) -> str:
    return glossary.plan(_category(row)) or glossary.term(row.title)


def _category(row: t.CarePlan) -> str:
    """The most telling category: the last one (US Core puts its general one first)."""
    categories = objects(loaded(row.raw), "category")
    return code(categories[-1]) if categories else ""


def _plan(row: t.CarePlan, conditions: dict[str, t.Condition]) -> PlanCard:
    details = care_plan_details(row.raw)
    reasons = [
        glossary.condition(found.code) or glossary.term(found.display)
        for key in details.condition_ids
        if (found := conditions.get(key)) is not None
    ]
    activities = {
        ActivityCard(
            glossary.activity(activity.code, activity.text),
            _(ACTIVITY_TEXT.get(activity.status, "")) if activity.status in ACTIVITY_TEXT else "",
        ): None
        for activity in details.activities
    }
    return PlanCard(
        id=str(row.id),
        title=_title(row),
        term=glossary.term(row.title),
        since=_since(row.period_start),
        reasons="; ".join(dict.fromkeys(reasons)),
        activities=list(activities),
    )


async def _goals(work: Work, patient_id: UUID) -> list[Any]:
    goal = t.Goal
    rows = await work.all(
        select(goal)
        .where(goal.patient_id == patient_id, col(goal.lifecycle_status).in_(OPEN_GOALS))
        .order_by(col(goal.id))
        .limit(MOST)
    )
    return await goal_cards(work, patient_id, rows)


def _terms(rows: Any, plain: Any, note: Any) -> list[TermCard]:
    """Rows as cards; the same term twice is shown once."""
    cards: dict[str, TermCard] = {}
    for row in rows:
        term = glossary.term(row.display)
        cards.setdefault(term.lower(), TermCard(str(row.id), term, plain(row), note(row)))
    return list(cards.values())


async def _team(work: Work, patient: t.Patient) -> list[MemberCard]:
    """The coordinator first, then who the record's active care teams name."""
    clinic = await work.one(t.Clinic, work.actor.clinic_id)
    user = t.PortalUser
    coordinator = await work.first(select(user).where(user.id == patient.coordinator_id))
    name = coordinator.name if coordinator else _("Your coordinator team")
    team = [_member(name, _("Care coordinator"), _("Call"), clinic.phone)]
    rows = [row for row in await _of(work, t.CareTeam, patient.id) if row.status in {"active", ""}]
    people = {(p.member_type, p.member_id): p for row in rows for p in care_team_participants(row.raw)}
    known = await _practitioners(work, [key for _type, key in people])
    for (_type, key), person in people.items():
        found = known.get(key)
        shown = person.name or (found.name if found else "")
        if shown:
            phone = found.phone if found else ""
            reach = _("Call") if phone else _("Through your coordinator")
            team.append(_member(shown, glossary.term(person.role), reach, phone))
    return team


async def _practitioners(work: Work, keys: Sequence[str]) -> dict[str, t.Practitioner]:
    if not keys:
        return {}
    rows = await work.all(select(t.Practitioner).where(col(t.Practitioner.source_id).in_(keys)))
    return {row.source_id: row for row in rows}


def _member(name: str, role: str, reach: str, phone: str) -> MemberCard:
    initials = "".join(part[:1] for part in name.split() if part[:1].isalpha())[-2:].upper()
    return MemberCard(name, initials, role, reach, phone)
