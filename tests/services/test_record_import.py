"""Records come in: whole, once, newest last, with their references."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.domain.actor import Role
from tests.factories import a_clinic, fetch
from tests.services.record_world import DATA, SAMPLES, Inbox, ana, how_many, weight


@pytest.fixture
async def inbox(store: str, tmp_path: Path) -> Inbox:
    return Inbox(await a_clinic(), tmp_path / "in")


class TestRealRecords:
    async def test_synthea_fills_the_tables_once(self, inbox: Inbox) -> None:
        paths = [next(SAMPLES.glob("Carroll471*")), next(SAMPLES.glob("Milan_*"))]
        report = await inbox.take(*paths)
        assert not report.refusals
        assert report.counts.created["Observation"] == 88 + 124
        assert report.counts.not_understood["Claim"] == 16 + 18
        assert report.waiting == 0
        again = await inbox.take(*paths)
        assert again.counts.unchanged.total() == report.counts.created.total()
        assert again.counts.created.total() == again.counts.updated.total() == 0

    async def test_all_of_us_core_and_bulk_comes_in(self, inbox: Inbox) -> None:
        paths = (DATA / "uscore-bundles", DATA / "bulk-10-patients")
        report = await inbox.take(*paths)
        assert not report.refusals
        assert report.imported == 13
        assert report.counts.created["MedicationRequest"] > 1745
        again = await inbox.take(*paths)
        assert again.counts.created.total() == again.counts.updated.total() == 0
        assert again.waiting == report.waiting

    async def test_a_plan_points_at_goals_that_are_there(self, inbox: Inbox) -> None:
        from pcc_portal.domain.record import care_plan_details

        await inbox.take(next(SAMPLES.glob("Milan_*")))
        plans = [care_plan_details(plan.raw) for plan in await fetch(select(t.CarePlan))]
        wanted = {key for plan in plans for key in plan.goal_ids}
        assert wanted == {goal.source_id for goal in await fetch(select(t.Goal))}
        conditions = {each.source_id for each in await fetch(select(t.Condition))}
        assert {key for plan in plans for key in plan.condition_ids} <= conditions


class TestVersions:
    async def test_a_newer_version_updates_and_an_older_one_does_not(self, inbox: Inbox) -> None:
        new = ana(birthDate="1960-01-01", meta={"lastUpdated": "2024-02-01T00:00:00Z"})
        old = ana(birthDate="1950-01-01", meta={"lastUpdated": "2024-01-01T00:00:00Z"})
        await inbox.take(inbox.put("1.json", ana(meta={"lastUpdated": "2023-01-01T00:00:00Z"})))
        newer = await inbox.take(inbox.put("2.json", new))
        older = await inbox.take(inbox.put("3.json", old))
        assert newer.counts.updated["Patient"] == 1
        assert older.counts.older["Patient"] == 1
        (patient,) = await fetch(select(t.Patient))
        assert str(patient.birth_date) == "1960-01-01"

    async def test_version_numbers_count_where_there_are_no_times(self, inbox: Inbox) -> None:
        await inbox.take(inbox.put("1.json", ana(meta={"versionId": "10"})))
        report = await inbox.take(inbox.put("2.json", ana(meta={"versionId": "9"})))
        assert report.counts.older["Patient"] == 1

    async def test_two_files_that_disagree_do_not_take_turns(self, inbox: Inbox) -> None:
        inbox.put("1.json", ana(gender="female"))
        inbox.put("2.json", ana(gender="unknown"))
        await inbox.take()
        again = await inbox.take()
        assert again.counts.unchanged["Patient"] == 2
        assert again.counts.updated.total() == 0

    async def test_the_same_id_at_another_source_is_another_patient(self, inbox: Inbox) -> None:
        path = inbox.put("1.json", ana(), weight())
        await inbox.take(path, source="north")
        report = await inbox.take(path, source="south")
        assert report.counts.created["Patient"] == 1
        patients = await fetch(select(t.Patient))
        assert len({patient.id for patient in patients}) == 2
        assert {o.patient_id for o in await fetch(select(t.Observation))} == {p.id for p in patients}

    async def test_another_clinic_is_another_world(self, inbox: Inbox, tmp_path: Path) -> None:
        await inbox.take(inbox.put("1.json", ana()))
        other = Inbox(await a_clinic("other"), tmp_path / "other")
        report = await other.take(other.put("2.json", weight()))
        assert report.refusals[0].resource == "Observation/w1"


class TestReferences:
    async def test_one_whose_target_is_not_here_waits_until_it_comes(self, inbox: Inbox) -> None:
        seen = weight(encounter={"reference": "Encounter/e1"})
        first = await inbox.take(inbox.put("1.json", ana(), seen))
        assert (first.waiting, first.counts.kept_waiting, first.counts.resolved) == (1, 1, 0)
        (row,) = await fetch(select(t.PendingReference))
        assert (row.owner_type, row.path, row.target_type, row.target_key) == (
            "Observation", "encounter", "Encounter", "e1",
        )  # fmt: skip
        visit = {"resourceType": "Encounter", "id": "e1", "status": "finished", "class": {"code": "AMB"}}
        second = await inbox.take(inbox.put("2.json", visit | {"subject": {"reference": "Patient/ana"}}))
        assert (second.waiting, second.counts.resolved) == (0, 1)
        assert not await fetch(select(t.PendingReference))

    @pytest.mark.parametrize(
        "reference",
        [
            {"reference": "Practitioner?identifier=http://npi|99"},
            {"reference": "Practitioner?identifier=http%3A%2F%2Fnpi%7C99"},
            {"identifier": {"system": "http://npi", "value": "99"}, "type": "Practitioner"},
            {"reference": "Practitioner/p1"},
            {"reference": "Practitioner/p1/_history/3"},
            {"reference": "https://ehr.example/fhir/Practitioner/p1"},
            {"reference": "urn:uuid:p1"},
        ],
    )
    async def test_every_way_to_say_it_resolves(self, inbox: Inbox, reference: dict[str, Any]) -> None:
        first = await inbox.take(inbox.put("1.json", ana(), weight(performer=[reference])))
        assert first.waiting == 1
        doctor = {"resourceType": "Practitioner", "id": "p1"}
        doctor["identifier"] = [{"system": "http://npi", "value": "99"}]  # type: ignore[assignment]
        second = await inbox.take(inbox.put("2.json", doctor))
        assert (second.waiting, second.counts.resolved) == (0, 1)
        third = await inbox.take(inbox.put("3.json", weight("w2", performer=[reference])))
        assert third.waiting == 0

    async def test_a_role_learns_whose_it_is_when_the_clinician_comes(self, inbox: Inbox) -> None:
        named = {"identifier": {"system": "http://npi", "value": "99"}}
        await inbox.take(
            inbox.put("1.json", {"resourceType": "PractitionerRole", "id": "r", "practitioner": named})
        )
        doctor = {"resourceType": "Practitioner", "id": "p1"}
        doctor["identifier"] = [{"system": "http://npi", "value": "99"}]  # type: ignore[assignment]
        await inbox.take(inbox.put("2.json", doctor))
        (role,) = await fetch(select(t.PractitionerRole))
        assert role.practitioner_source_id == "p1"

    async def test_contained_ones_need_nobody(self, inbox: Inbox) -> None:
        inside = {"resourceType": "Practitioner", "id": "in"}
        observed = weight(contained=[inside], performer=[{"reference": "#in"}])
        assert (await inbox.take(inbox.put("1.json", ana(), observed))).waiting == 0

    async def test_a_patient_of_another_server_is_not_ours(self, inbox: Inbox) -> None:
        entries = [
            {"fullUrl": "https://a.example/fhir/Patient/ana", "resource": ana()},
            {"resource": weight(patient="https://b.example/fhir/Patient/ana")},
        ]
        document = {"resourceType": "Bundle", "type": "searchset", "entry": entries}
        report = await inbox.take(inbox.write("1.json", orjson.dumps(document)))
        assert report.refusals[0].resource == "Observation/w1"
        assert await how_many(t.Patient) == 0

    async def test_urns_lead_to_what_has_another_id(self, inbox: Inbox) -> None:
        entries = [
            {"fullUrl": "urn:uuid:aaaa", "resource": ana()},
            {"fullUrl": "urn:uuid:bbbb", "resource": weight(patient="urn:uuid:aaaa")},
        ]
        document = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
        report = await inbox.take(inbox.write("1.json", orjson.dumps(document)))
        assert not report.refusals
        (kept,) = await fetch(select(t.Observation))
        assert orjson.loads(kept.raw)["subject"]["reference"] == "Patient/ana"


class TestOrder:
    async def test_the_patient_may_come_last(self, inbox: Inbox) -> None:
        inbox.write("Condition.ndjson", _condition(1) + b"\n\n" + _condition(2))
        inbox.write("Patient.ndjson.gz", orjson.dumps(ana()))
        report = await inbox.take()
        assert not report.refusals
        assert report.counts.created["Condition"] == 2

    async def test_inside_a_file_too(self, inbox: Inbox) -> None:
        inbox.write("all.ndjson", _condition(1) + b"\n" + orjson.dumps(ana()))
        inbox.put("all.json", weight(), ana())
        assert not (await inbox.take()).refusals

    async def test_a_file_waits_for_the_one_that_has_its_patient(self, inbox: Inbox) -> None:
        organization = {"resourceType": "Organization", "id": "o"}
        inbox.put("1.json", organization, weight())
        inbox.put("2.json", weight("w2"), ana())
        report = await inbox.take()
        assert not report.refusals
        assert report.counts.created["Observation"] == 2


def _condition(number: int) -> bytes:
    node = {"resourceType": "Condition", "id": f"c{number}", "subject": {"reference": "Patient/ana"}}
    return orjson.dumps(node)


class TestRecords:
    async def test_partial_and_local_dates(self, inbox: Inbox) -> None:
        await inbox.take(
            inbox.put("1.json", ana(birthDate="1958"), weight(), weight("w2", effectiveDateTime="2024-07"))
        )
        (patient,) = await fetch(select(t.Patient))
        assert str(patient.birth_date) == "1958-01-01"
        moments = sorted(o.effective_at.isoformat() for o in await fetch(select(t.Observation)))
        assert moments == ["2024-03-01T05:00:00+00:00", "2024-07-01T04:00:00+00:00"]

    async def test_a_nul_character_is_left_out(self, inbox: Inbox) -> None:
        report = await inbox.take(inbox.put("1.json", ana(name=[{"family": "Re\0yes"}])))
        assert not report.refusals
        assert (await fetch(select(t.Patient)))[0].family == "Reyes"

    async def test_an_import_is_on_record_for_each_patient(self, inbox: Inbox) -> None:
        path = inbox.put("1.json", ana(), weight())
        await inbox.take(path)
        await inbox.take(path)
        await inbox.take(inbox.put("2.json", weight(status="amended")))
        (patient,) = await fetch(select(t.Patient))
        events = await fetch(select(t.AuditEvent).where(t.AuditEvent.entity_type == "Bundle"))
        assert [(e.action, e.patient_id) for e in sorted(events, key=lambda e: e.recorded_at)] == [
            ("C", patient.id),
            ("U", patient.id),
        ]
        assert all(event.agent_role == Role.SYSTEM for event in events)
