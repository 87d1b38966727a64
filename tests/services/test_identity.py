"""Who is behind a cookie, and how one gets a cookie: on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from passlib.hash import argon2
from sqlmodel import col, select

from pcc_portal import sample_people
from pcc_portal.db import tables as t
from pcc_portal.db.engine import database
from pcc_portal.db.refusals import refusals
from pcc_portal.domain.actor import Actor, Level, Role, Scope
from pcc_portal.domain.errors import Denied, Invalid, NotFound, TooMany
from pcc_portal.domain.ids import utc_now
from pcc_portal.domain.sign_in import ACCOUNT
from pcc_portal.integrations import password
from pcc_portal.integrations.password import hash_password
from pcc_portal.services.identity import (
    act_as,
    actor_of,
    create_user,
    helped_patients,
    record_refusal,
    sign_out,
    surroundings,
)
from pcc_portal.services.sign_in import WrongSignIn, sign_in
from pcc_portal.settings import settings
from tests.factories import Person, a_clinic, a_coordinator, a_helper, a_patient, a_person, fetch, put
from tests.statements import statements

PASSWORD = "correct horse battery"


async def _with_password(person: Person, password: str = PASSWORD) -> Person:
    await _set(person.user.id, password_hash=await hash_password(password))
    return person


async def _set(user_id: object, **values: object) -> None:
    async with database().session(writes=True) as session:
        user = await session.get(t.PortalUser, user_id)
        for name, value in values.items():
            setattr(user, name, value)
        session.add(user)
        await session.commit()


async def _sessions(**values: object) -> None:
    async with database().session(writes=True) as session:
        for row in (await session.exec(select(t.PortalSession))).all():
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)
        await session.commit()


async def _in(person: Person, password: str = PASSWORD, address: str = "192.0.2.1") -> str:
    return await sign_in(person.user.email, password, device="phone", address=address)


def _noting(real: Any, known_hashes: list[str]) -> Any:
    """The real function, which notes the hash it was asked about."""

    def noting(word: str, known: str) -> Any:
        known_hashes.append(known)
        return real(word, known)

    return noting


PRODUCTION = {
    "PCC_ENVIRONMENT": "production",
    "PCC_PUBLIC_URL": "https://portal.example.org",
    "PCC_MASTER_KEY": "k",
}


class TestComingIn:
    """sign_in."""

    async def test_the_right_words_open_a_session(self, store: str) -> None:
        ana = await _with_password(await a_patient(await a_clinic()))
        cookie = await sign_in(f" {ana.user.email.upper()} ", PASSWORD, device="phone", address="192.0.2.1")
        actor = await actor_of(cookie)
        assert actor is not None and actor.user_id == ana.user.id and actor.patient_id == ana.user.patient_id
        assert actor.zone == "America/New_York" and actor.role is Role.PATIENT
        rows = await fetch(select(t.PortalSession))
        assert len(cookie) >= 43 and cookie.encode() not in rows[0].key_hash
        assert timedelta(hours=11) < rows[0].expires_at - utc_now() <= timedelta(hours=12)

    async def test_nobody_learns_who_has_an_account(
        self, store: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One answer, and one hash reckoned, for a wrong password, nobody's address and a closed account."""
        clinic = await a_clinic()
        ana, off = (
            await _with_password(await a_patient(clinic)),
            await _with_password(await a_patient(clinic)),
        )
        await _set(off.user.id, active=False)
        reckoned: list[str] = []
        for way in ("verify", "verify_and_update"):
            real = getattr(password._context, way)
            monkeypatch.setattr(
                password._context,
                way,
                lambda word, known, real=real: reckoned.append(known) or real(word, known),
            )
        said = set()
        tries = ((ana.user.email, "wrong"), ("nobody@example.org", "wrong"), (off.user.email, PASSWORD))
        for email, word in tries:
            reckoned.clear()
            with pytest.raises(WrongSignIn) as refused:
                await sign_in(email, word, device="", address="192.0.2.1")
            assert [known.split("$")[1:4] for known in reckoned] == [["argon2id", "v=19", "m=19456,t=2,p=1"]]
            said.add(refused.value.say)
        assert len(said) == 1

    async def test_tries_are_slowed_and_never_locked_for_ever(self, store: str) -> None:
        ana = await _with_password(await a_patient(await a_clinic()))
        for _ in range(ACCOUNT.free):
            with pytest.raises(WrongSignIn):
                await _in(ana, "wrong")
        with pytest.raises(TooMany):
            await _in(ana)
        async with database().session(writes=True) as session:
            for row in (await session.exec(select(t.SignInAttempt))).all():
                row.failures, row.last_at = 1000, utc_now() - ACCOUNT.longest - timedelta(minutes=11)
                session.add(row)
            await session.commit()
        assert await _in(ana)
        assert await _in(ana, address="192.0.2.2")

    async def test_an_account_is_not_outrun_by_many_at_once(self, store: str) -> None:
        ana = await _with_password(await a_patient(await a_clinic()))
        tries = (_in(ana, "wrong", f"192.0.2.{n}") for n in range(20))
        said = await asyncio.gather(*tries, return_exceptions=True)
        assert sum(isinstance(answer, WrongSignIn) for answer in said) <= ACCOUNT.free
        assert sum(isinstance(answer, TooMany) for answer in said) >= 20 - ACCOUNT.free

    async def test_a_success_takes_back_one_try_of_the_address_alone(self, store: str) -> None:
        """So one's own account does not buy fresh tries at others."""
        clinic = await a_clinic()
        ana, bo = await _with_password(await a_patient(clinic)), await a_patient(clinic)
        for _ in range(3):
            with pytest.raises(WrongSignIn):
                await _in(bo, "wrong")
        await _in(ana)
        assert sorted(row.failures for row in await fetch(select(t.SignInAttempt))) == [3, 3]

    async def test_a_weaker_hash_is_renewed(self, store: str) -> None:
        ana = await a_patient(await a_clinic())
        weak = argon2.using(type="ID", memory_cost=8 * 1024, rounds=1, parallelism=1).hash(PASSWORD)
        await _set(ana.user.id, password_hash=weak)
        await _in(ana)
        renewed = (await fetch(select(t.PortalUser).where(t.PortalUser.id == ana.user.id)))[0].password_hash
        assert "m=19456,t=2,p=1" in renewed
        assert await _in(ana)

    @pytest.mark.parametrize("known", [sample_people.PASSWORD, " Harbor-Street-Sample\r"])
    async def test_the_sample_password_opens_nothing_in_production(
        self, store: str, monkeypatch: pytest.MonkeyPatch, known: str
    ) -> None:
        ana = await a_patient(clinic := await a_clinic())
        await _set(ana.user.id, password_hash=await hash_password(known))
        assert await _in(ana, known)
        for name, value in PRODUCTION.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        with pytest.raises(WrongSignIn):
            await _in(ana, known)
        system = Actor.system(clinic.id)
        with pytest.raises(Invalid):
            await create_user(system, email="x@example.org", name="X", role=Role.LEAD, password=known)

    async def test_what_happened_is_on_record(self, store: str) -> None:
        ana = await _with_password(await a_patient(await a_clinic()))
        with pytest.raises(WrongSignIn):
            await _in(ana, "wrong")
        await sign_out(await _in(ana))
        statement = select(t.AuditEvent).where(col(t.AuditEvent.action) == "E")
        events = [
            (e.entity_type, e.outcome) for e in await fetch(statement.order_by(t.AuditEvent.recorded_at))
        ]
        assert events == [("sign-in", "refused"), ("sign-in", "ok"), ("sign-out", "ok")]


class TestBeingKnown:
    """actor_of."""

    @pytest.mark.parametrize("cookie", ["", "x", "x" * 200, "\x00", "å" * 40, None])
    async def test_nobody_is_behind_a_made_up_cookie(self, store: str, cookie: str | None) -> None:
        assert await actor_of(cookie) is None

    async def test_a_session_ends(self, store: str) -> None:
        """By its clock, by sign-out, and when the account is switched off."""
        ana = await _with_password(await a_patient(await a_clinic()))
        cookie = await _in(ana)
        await _set(ana.user.id, active=False)
        assert await actor_of(cookie) is None
        await _set(ana.user.id, active=True)
        assert await actor_of(cookie) is not None
        await _sessions(expires_at=utc_now() - timedelta(seconds=1))
        assert await actor_of(cookie) is None
        other = await _in(ana)
        await sign_out(other)
        assert await actor_of(other) is None

    async def test_only_standing_grants_count(self, store: str) -> None:
        """Ended, run out, inactive, or of another clinic: no grant, and nothing to act for."""
        clinic, far = await a_clinic(), await a_clinic("far")
        ana = await a_patient(clinic)
        helper = await _with_password(await a_helper(clinic, ana.patient, Scope.MESSAGES, level=Level.VIEW))
        for values in (
            {"status": "inactive"},
            {"ended_at": utc_now()},
            {"expires_at": utc_now() - timedelta(minutes=1)},
            {"clinic_id": far.id},
        ):
            await put(
                t.Consent(
                    **{"clinic_id": clinic.id, "patient_id": ana.patient.id, "grantee_id": helper.user.id,
                       "scope": "records", "level": "act"} | values
                )
            )  # fmt: skip
        actor = await actor_of(await _in(helper))
        assert actor is not None and actor.acting_for == ana.patient.id
        assert [(g.scope, g.level) for g in actor.grants] == [(Scope.MESSAGES, Level.VIEW)]

    async def test_acting_for_somebody_ends_with_the_grant(self, store: str) -> None:
        clinic = await a_clinic()
        ana, stranger = await a_patient(clinic), await a_patient(clinic)
        helper = await _with_password(await a_helper(clinic, ana.patient, Scope.MESSAGES))
        cookie = await _in(helper)
        await _sessions(acting_for=stranger.patient.id)
        actor = await actor_of(cookie)
        assert actor is not None and actor.acting_for is None and actor.subject_id is None

    async def test_it_takes_one_query(self, store: str) -> None:
        clinic = await a_clinic()
        ana = await a_patient(clinic)
        cookie = await _in(await _with_password(await a_helper(clinic, ana.patient, *Scope)))
        with statements() as asked:
            assert await actor_of(cookie) is not None
        assert len(asked) == 1


class TestWhoseRecord:
    """act_as, helped_patients, surroundings."""

    async def test_a_helper_switches_between_those_who_granted(self, store: str) -> None:
        clinic = await a_clinic()
        ana, bo, cy = (
            await a_patient(clinic, "Ana"),
            await a_patient(clinic, "Bo"),
            await a_patient(clinic, "Cy"),
        )
        helper = await _with_password(await a_helper(clinic, ana.patient, Scope.MESSAGES))
        await put(
            t.Consent(
                clinic_id=clinic.id, patient_id=bo.patient.id, grantee_id=helper.user.id, scope="messages",
                level="view",
            )
        )  # fmt: skip
        cookie = await _in(helper)
        actor = await actor_of(cookie)
        assert actor is not None
        assert [person.name for person in await helped_patients(actor)] == ["Ana Reyes", "Bo Reyes"]
        await act_as(actor, bo.patient.id)
        switched = await actor_of(cookie)
        assert switched is not None and switched.acting_for == bo.patient.id
        assert (await surroundings(switched)).viewing_as == "Bo Reyes"
        with pytest.raises(NotFound):
            await act_as(switched, cy.patient.id)
        await act_as(switched, None)
        back = await actor_of(cookie)
        assert back is not None and back.acting_for is None

    async def test_staff_and_patients_act_for_nobody(self, store: str) -> None:
        clinic = await a_clinic()
        ana, bo = await a_patient(clinic), await _with_password(await a_patient(clinic))
        for person in (bo, await _with_password(await a_coordinator(clinic))):
            actor = await actor_of(await _in(person))
            assert actor is not None
            with pytest.raises(NotFound):
                await act_as(actor, ana.patient.id)


class TestTurnedAway:
    """record_refusal."""

    async def test_a_flood_does_not_fill_the_table(self, store: str) -> None:
        """A tenth of the process's limit for each source; others are still recorded."""
        refusals.cache_clear()
        for _ in range(80):
            await record_refusal(None, "a.handler", "socket-1")
        await record_refusal(None, "a.handler", "socket-2")
        rows = await fetch(select(t.AuditEvent).where(col(t.AuditEvent.entity_type) == "a.handler"))
        assert len(rows) == 31
        refusals.cache_clear()


class TestNewPeople:
    """create_user."""

    async def test_who_manages_users_lets_somebody_in(self, store: str) -> None:
        clinic = await a_clinic()
        admin = (await a_person(clinic, Role.ADMIN, "Ada Min")).actor
        key = await create_user(
            admin, email=" New@Example.org ", name="New", role=Role.COORDINATOR, password=PASSWORD
        )
        cookie = await sign_in("new@example.org", PASSWORD, device="", address="192.0.2.1")
        actor = await actor_of(cookie)
        assert actor is not None and actor.user_id == key and actor.clinic_id == clinic.id

    async def test_others_do_not(self, store: str) -> None:
        clinic = await a_clinic()
        for person in (await a_patient(clinic), await a_coordinator(clinic)):
            with pytest.raises(Denied):
                await create_user(
                    person.actor, email="new@example.org", name="New", role=Role.ADMIN, password=PASSWORD
                )

    @pytest.mark.parametrize(
        ("email", "name", "password", "field"),
        [("x", "N", PASSWORD, "email"), ("a b@example.org", "N", PASSWORD, "email"),
         ("a@example.org", " ", PASSWORD, "name"), ("a@example.org", "N", "short", "password")],
    )  # fmt: skip
    async def test_what_cannot_be_taken_is_named(
        self, store: str, email: str, name: str, password: str, field: str
    ) -> None:
        admin = (await a_person(await a_clinic(), Role.ADMIN, "Ada Min")).actor
        with pytest.raises(Invalid) as refused:
            await create_user(admin, email=email, name=name, role=Role.LEAD, password=password)
        assert set(refused.value.by_field) == {field}
