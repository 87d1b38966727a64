"""Fills an empty database with the sample clinic: real record shapes, invented people, a Tuesday morning."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import unit_of_work
from pcc_portal.demo.morning import Cast, fill_inbox
from pcc_portal.demo.records import load_records
from pcc_portal.domain.actor import Actor, Level, Role, Scope
from pcc_portal.domain.ids import new_id, utc_now
from pcc_portal.integrations.password import hash_password
from pcc_portal.sample_people import HELPED, HELPER, PASSWORD, PATIENTS, STAFF

CLINIC = "harbor-street"


async def load() -> None:
    """The clinic, its people, the patients' records, and what waits in the inbox. All sample data."""
    clinic = t.Clinic(id=new_id(), slug=CLINIC, name="Harbor Street Clinic (sample)")
    clinic.phone, clinic.address = "+1 617 555 0100", "12 Harbor Street, Boston, MA 02110"
    system = Actor.system(clinic.id, "sample")
    async with unit_of_work(system) as work:
        work.add(clinic)
    await load_records(clinic.id)
    secret = await hash_password(PASSWORD)
    async with unit_of_work(system) as work:
        patients = list(await work.all(select(t.Patient).where(t.Patient.source == "sample")))
        living = sorted((p for p in patients if p.deceased_at is None), key=lambda p: p.name)
        staff = [_user(clinic, secret, role, name, email) for role, name, email in STAFF]
        users = {p.id: _patient_user(clinic, secret, p) for p in living}
        for user in (*staff, *users.values()):
            work.add(user)
        for n, patient in enumerate(living):
            patient.coordinator_id = staff[n % 2].id
        await work.flush()
        mother = next(p for p in living if p.name == HELPED)
        helper = _helper(work, clinic, secret)
        await work.flush()
        _let_help(work, clinic, mother, helper)
    await fill_inbox(system, Cast(living, users, {user.id: user for user in staff}))


def _user(clinic: t.Clinic, secret: str, role: str, name: str, email: str) -> t.PortalUser:
    return t.PortalUser(
        id=new_id(), clinic_id=clinic.id, email=email, name=name, role=role, password_hash=secret
    )


def _patient_user(clinic: t.Clinic, secret: str, patient: t.Patient) -> t.PortalUser:
    """Two patients can sign in; the others have an account that no password opens."""
    email = PATIENTS.get(patient.name)
    return t.PortalUser(
        id=new_id(),
        clinic_id=clinic.id,
        email=email or f"sample-{patient.id}@example.org",
        name=patient.name,
        role=Role.PATIENT,
        password_hash=secret if email else "!",
        patient_id=patient.id,
    )


def _helper(work, clinic: t.Clinic, secret: str) -> t.PortalUser:
    name, email = HELPER
    return work.add(_user(clinic, secret, Role.TRUSTED, name, email))


def _let_help(work, clinic: t.Clinic, patient: t.Patient, helper: t.PortalUser) -> None:
    """Her daughter may act on visits and messages and look at the plan; bills stay private."""
    scopes = {
        Scope.CARE_PLAN: Level.VIEW,
        Scope.APPOINTMENTS: Level.ACT,
        Scope.MESSAGES: Level.ACT,
    }
    for scope, level in scopes.items():
        work.add(
            t.Consent(
                clinic_id=clinic.id,
                patient_id=patient.id,
                grantee_id=helper.id,
                relationship="daughter",
                scope=scope,
                level=level,
                expires_at=utc_now() + timedelta(days=365),
            )
        )
