"""The rules themselves, one by one: which rows each of them opens, and to whom."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import false
from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import reading
from pcc_portal.db.visibility import VISIBLE_TO
from pcc_portal.domain.actor import Actor, Role, Scope
from tests.factories import a_clinic, a_helper, put
from tests.services.world import World

#: Whose rows are told by a person or by nobody, and not by a clinic.
BY_PERSON = (t.PortalSession, t.Draft, t.Submission, t.SignInAttempt)


async def seen(actor: Actor, table: Any, column: str = "id") -> set[Any]:
    """What one column of a table shows to somebody who asks for all of it."""
    async with reading(actor) as work:
        return {getattr(row, column) for row in await work.all(select(table))}


def people(world: World) -> dict[str, Actor]:
    """Somebody in each role."""
    named = {name: getattr(world, name).actor for name in ("ana", "dana", "cora", "lead", "admin")}
    return named | {"system": Actor.system(world.clinic.id)}


def rule(actor: Actor, table: Any) -> str:
    """A rule in SQL."""
    return str(VISIBLE_TO[table](actor).compile())


async def test_every_rule_stays_within_the_clinic(world: World):
    """For every role: a rule names the clinic, or opens nothing."""
    for name, actor in people(world).items():
        for table in VISIBLE_TO:
            if table in BY_PERSON or (table is t.AuditEvent and name in ("ana", "system")):
                continue
            column = "clinic.id =" if table is t.Clinic else ".clinic_id ="
            found = rule(actor, table)
            assert column in found or found == str(false()), (name, table.__name__, found)


async def test_what_care_and_system_keep_opens_to_nobody_else(world: World):
    """Tasks and notes for those who give care; what imports keep for the portal itself."""
    shut = str(false())
    for name, actor in people(world).items():
        cares = name in ("cora", "lead", "system")
        assert [rule(actor, table) != shut for table in (t.Task, t.Note)] == [cares, cares], name
        mine = [rule(actor, table) != shut for table in (t.PendingReference, t.FhirIdentifier)]
        assert mine == [name == "system"] * 2, name
        assert rule(actor, t.SignInAttempt) == shut


async def test_who_manages_sign_ins_sees_no_record(world: World):
    """Neither a patient nor a file nor anything about one."""
    parts = [table for table in VISIBLE_TO if "patient_id" in table.model_fields]
    open_to_admin = [table.__name__ for table in parts if rule(world.admin.actor, table) != str(false())]
    assert sorted(open_to_admin) == ["AuditEvent", "Consent", "Draft", "PortalUser"]
    assert await seen(world.admin.actor, t.Patient) == set()


async def test_a_clinic_is_seen_from_within(world: World):
    for actor in people(world).values():
        assert await seen(actor, t.Clinic) == {world.clinic.id}
    assert world.clinic.id not in await seen(world.stranger.actor, t.Clinic)


async def test_patients_are_seen_by_those_who_know_them(world: World):
    ana, bo = world.ana.actor.patient_id, world.bo.actor.patient_id
    expected = {"ana": {ana}, "dana": {ana}, "cora": {ana, bo}, "lead": {ana, bo}, "admin": set()}
    for name, found in expected.items():
        assert await seen(people(world)[name], t.Patient) == found, name


async def test_people_who_sign_in_are_seen_by_their_own_and_staff(world: World):
    """A patient knows herself and who cares for her; no other patient, and not who manages sign-ins."""
    care = {world.cora.user.id, world.marcus.user.id, world.lead.user.id}
    assert await seen(world.ana.actor, t.PortalUser) == {world.ana.user.id, *care}
    everybody = {getattr(world, n).user.id for n in ("ana", "bo", "dana", "viewer", "admin")} | care
    for person in (world.cora, world.lead, world.admin):
        assert await seen(person.actor, t.PortalUser) == everybody


async def test_a_grant_is_seen_by_the_two_it_is_between(world: World):
    for person, expected in ((world.dana, {world.dana.user.id}), (world.bo, set()),
                             (world.ana, {world.dana.user.id, world.viewer.user.id})):  # fmt: skip
        assert await seen(person.actor, t.Consent, "grantee_id") == expected


async def test_the_record_of_acts_is_seen_by_whom_it_concerns(world: World):
    """A patient her own; a lead and an admin their clinic's; coordinators and helpers none."""
    other = await a_clinic("far")
    ana, bo = world.ana.actor.patient_id, world.bo.actor.patient_id
    kept = {
        "hers": (world.clinic.id, ana), "bos": (world.clinic.id, bo), "clinics": (world.clinic.id, None),
        "far": (other.id, None), "nobodys": (None, None),
    }  # fmt: skip
    await put(
        *(
            t.AuditEvent(action="E", entity_type=name, clinic_id=c, patient_id=p)
            for name, (c, p) in kept.items()
        )
    )
    expected = {"ana": {"hers"}, "dana": set(), "cora": set()}
    expected |= {name: {"hers", "bos", "clinics"} for name in ("lead", "admin")}
    for name, found in expected.items():
        assert (await seen(people(world)[name], t.AuditEvent, "entity_type")) & set(kept) == found, name


@pytest.mark.parametrize("scope", list(Scope))
async def test_a_file_belongs_to_its_part(world: World, scope: Scope):
    """A grant for a part opens that part's files of that patient, and no other."""
    patients = (world.ana.patient, world.bo.patient)
    await put(
        *(
            t.StoredFile(
                clinic_id=world.clinic.id, patient_id=patient.id, scope=each.value, owner_kind="x",
                owner_id=patient.id, uploaded_by=world.cora.user.id, name=f"{patient.given} {each}",
                media_type="text/plain", size=1, sha256=b"", wrapped_key=b"",
            )
            for patient in patients if patient is not None
            for each in Scope
        )
    )  # fmt: skip
    assert world.ana.patient is not None
    helper = await a_helper(world.clinic, world.ana.patient, scope)
    assert await seen(helper.actor, t.StoredFile, "name") == {f"Ana {scope}"}
    assert await seen(world.ana.actor, t.StoredFile, "name") == {f"Ana {each}" for each in Scope}
    assert len(await seen(world.cora.actor, t.StoredFile)) == 2 * len(Scope)
    assert await seen(world.admin.actor.as_role(Role.ADMIN), t.StoredFile) == set()
