"""The care plan, Home and the patient beside an item: read from the record, by whom it is shared with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from pcc_portal.db import tables as t
from pcc_portal.domain.actor import Scope
from pcc_portal.domain.errors import Denied, NotFound
from pcc_portal.services.appointment import offer_times, request_appointment
from pcc_portal.services.care_plan import read_care_plan
from pcc_portal.services.communication import send_message
from pcc_portal.services.home import home
from pcc_portal.services.patient import patient_context
from tests.factories import put
from tests.services.world import World, a_message, a_request, an_offer


def coded(code: str, text: str) -> dict[str, Any]:
    """A CodeableConcept."""
    return {"coding": [{"code": code, "display": text}], "text": text}


async def a_record(world: World) -> None:
    """A plan with a goal below 7 % and three measurements on the way, a condition, a medicine, a team."""
    common = {"clinic_id": world.clinic.id, "patient_id": world.ana.actor.patient_id}
    condition = t.Condition(
        **common, source_id="c1", clinical_status="active", code="38341003", display="Hypertension"
    )
    goal = t.Goal(
        **common,
        lifecycle_status="active",
        achievement_status="improving",
        description="Hemoglobin A1c total in Blood < 7.0",
        raw=orjson.dumps({"description": {"text": "Hemoglobin A1c total in Blood < 7.0"}}),
    )
    plan = t.CarePlan(
        **common,
        status="active",
        title="Diabetes self management plan",
        raw=orjson.dumps(
            {
                "category": [coded("698360004", "Diabetes self management plan")],
                "addresses": [{"reference": "Condition/c1"}],
                "activity": [
                    {"detail": {"status": "in-progress", "code": coded("160670007", "Diabetic diet")}}
                ],
            }
        ),
    )
    team = t.CareTeam(
        **common,
        status="active",
        raw=orjson.dumps(
            {
                "participant": [
                    {
                        "member": {"reference": "Practitioner/p1", "display": "Dr. Amara Osei"},
                        "role": [coded("x", "Family doctor")],
                    }
                ]
            }
        ),
    )
    doctor = t.Practitioner(
        clinic_id=world.clinic.id, source_id="p1", name="Amara Osei", phone="617 555 0199"
    )
    medicine = t.MedicationRequest(
        **common, status="active", code="1", display="Metformin 500 MG", dosage="Twice a day"
    )
    start = datetime(2026, 1, 5, tzinfo=UTC)
    measured = [
        t.Observation(
            **common,
            code="4548-4",
            display="A1c",
            effective_at=start + timedelta(days=90 * n),
            value_number=value,
            value_unit="%",
        )
        for n, value in enumerate((8.1, 7.4, 6.8))
    ]
    await put(condition, goal, plan, team, doctor, medicine, *measured)


class TestCarePlan:
    async def test_plain_words_numbers_and_people(self, world: World):
        await a_record(world)
        view = await read_care_plan(world.ana.actor, world.ana.actor.patient_id)
        plan, goal, condition = view.plans[0], view.goals[0], view.conditions[0]
        assert (plan.title, plan.term) == (
            "Living well with your blood sugar",
            "Diabetes self management plan",
        )
        assert plan.reasons == "High blood pressure"
        assert [(a.text, a.status) for a in plan.activities] == [("Eat for steady blood sugar", "Under way")]
        assert (goal.status, goal.target, goal.latest, goal.measured) == (
            "On target",
            "Goal: below 7 %",
            "6.8 %",
            "Measured July 3, 2026",
        )
        assert goal.facts.startswith("3 values, from 8.1 % in Jan")
        assert len(goal.points.split()) == 3
        assert (condition.term, condition.plain) == ("Hypertension", "High blood pressure")
        assert (view.medicines[0].plain, view.medicines[0].note) == ("Lowers blood sugar", "Twice a day")
        assert [(m.name, m.phone) for m in view.team][1] == ("Dr. Amara Osei", "617 555 0199")

    async def test_an_empty_record_is_empty(self, world: World):
        view = await read_care_plan(world.bo.actor, world.bo.actor.patient_id)
        assert (view.plans, view.goals, view.past) == ([], [], [])
        assert len(view.team) == 1

    async def test_nobody_elses(self, world: World):
        await a_record(world)
        for person in (world.bo, world.admin):
            with pytest.raises((NotFound, Denied)):
                await read_care_plan(person.actor, world.ana.actor.patient_id)
        with pytest.raises(NotFound):
            await read_care_plan(world.stranger.actor, world.ana.actor.patient_id)

    async def test_few_queries(self, world: World, count_queries):
        await a_record(world)
        with count_queries() as counted:
            await read_care_plan(world.ana.actor, world.ana.actor.patient_id)
        assert counted.selects <= 12


class TestHome:
    async def test_the_one_thing_to_do_next(self, world: World):
        patient = world.ana.actor.patient_id
        assert (await home(world.ana.actor, patient)).next_step.title == ""
        thread = await send_message(world.cora.actor, a_message(world.ana, "Please call me"))
        found = await home(world.ana.actor, patient)
        assert (found.unread, found.next_step.title) == (1, "You have 1 new message")
        request = await request_appointment(world.ana.actor, a_request(world.ana))
        await offer_times(world.cora.actor, an_offer(request))
        found = await home(world.ana.actor, patient)
        assert found.next_step.title == "Choose a time for your visit"
        assert [card.status for card in found.underway] == ["Times offered"]
        assert thread

    async def test_a_helper_sees_only_her_parts(self, world: World):
        await request_appointment(world.ana.actor, a_request(world.ana))
        only_messages = tuple(g for g in world.dana.actor.grants if g.scope is Scope.MESSAGES)
        found = await home(replace(world.dana.actor, grants=only_messages), world.ana.actor.patient_id)
        assert (found.underway, found.visit, found.plan, found.goals) == ([], None, False, [])

    async def test_nobody_elses(self, world: World):
        for person in (world.bo, world.stranger, world.admin):
            with pytest.raises((NotFound, Denied)):
                await home(person.actor, world.ana.actor.patient_id)


class TestBeside:
    async def test_the_patient_beside_an_item(self, world: World):
        await a_record(world)
        context = await patient_context(world.cora.actor, world.ana.actor.patient_id)
        assert context.name == "Ana Reyes"
        assert context.conditions == ["Hypertension"]
        assert context.plans == ["Diabetes self management plan"]
        assert "born March 9, 1958" in context.about

    async def test_only_for_the_clinics_coordinators(self, world: World):
        for person in (world.ana, world.dana, world.bo, world.admin, world.stranger):
            with pytest.raises((NotFound, Denied)):
                await patient_context(person.actor, world.ana.actor.patient_id)
