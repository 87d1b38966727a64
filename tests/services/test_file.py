"""Stored files: encrypted, each with a key of its own, opened only by those who may."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import unit_of_work
from pcc_portal.domain.actor import Scope
from pcc_portal.domain.errors import Invalid, NotFound
from pcc_portal.integrations.storage import keep
from pcc_portal.integrations.storage.clean import CleanFile
from pcc_portal.integrations.storage.keep import keep_file
from pcc_portal.integrations.storage.vault import lock_away, path_of, take_out
from pcc_portal.services.file import open_file
from tests.factories import Person, a_clinic, a_coordinator, a_helper, a_patient, fetch


class TestLocked:
    """Encrypted, each with a key of its own, bound to its record."""

    def test_content_is_nowhere_in_clear_and_bound_to_its_id(self, store: str) -> None:
        one, two = uuid4(), uuid4()
        first, second = lock_away(one, b"secret words"), lock_away(two, b"secret words")
        assert first != second and path_of(one).read_bytes() != path_of(two).read_bytes()
        assert b"secret" not in path_of(one).read_bytes()
        assert take_out(one, first) == b"secret words"
        path_of(two).write_bytes(path_of(one).read_bytes())
        for key, wrapped in ((one, second), (two, second), (two, first), (uuid4(), first), (one, b"")):
            with pytest.raises(NotFound):
                take_out(key, wrapped)

    def test_a_changed_byte_is_noticed(self, store: str) -> None:
        key = uuid4()
        wrapped = lock_away(key, b"secret words")
        content = bytearray(path_of(key).read_bytes())
        content[-1] ^= 1
        path_of(key).write_bytes(bytes(content))
        with pytest.raises(NotFound):
            take_out(key, wrapped)

    def test_only_the_portal_reads_the_folder(self, store: str, tmp_path: Path) -> None:
        key = uuid4()
        lock_away(key, b"x")
        for path in (path_of(key), tmp_path / "master.key"):
            assert path.stat().st_mode & 0o077 == 0


async def _kept(owner: Person, scope: str = "messages") -> UUID:
    assert owner.patient is not None
    async with unit_of_work(owner.actor) as work:
        file = CleanFile("letter.txt", "text/plain", b"her words")
        row = await keep_file(work, file, owner.patient.id, scope, "communication", uuid4())
        return row.id


class TestOpening:
    """open_file."""

    async def test_who_may_see_the_part_may_open_the_file(self, store: str) -> None:
        clinic = await a_clinic()
        ana = await a_patient(clinic)
        key = await _kept(ana)
        helper = await a_helper(clinic, ana.patient, Scope.MESSAGES)
        for person in (ana, helper, await a_coordinator(clinic)):
            assert (await open_file(person.actor, key)).content == b"her words"
            assert (await open_file(person.actor, key)).name == "letter.txt"
        downloads = await fetch(select(t.AuditEvent).where(col(t.AuditEvent.entity_type) == "download"))
        assert len(downloads) == 6 and all(row.detail == str(key) for row in downloads)

    async def test_all_others_find_nothing(self, store: str) -> None:
        clinic, far = await a_clinic(), await a_clinic("far")
        ana = await a_patient(clinic)
        key = await _kept(ana)
        unscoped = await a_helper(clinic, ana.patient, Scope.CARE_PLAN, Scope.INSURANCE)
        revoked = replace(unscoped.actor, grants=())
        others = [
            (await a_patient(clinic)).actor,
            unscoped.actor,
            revoked,
            (await a_coordinator(far)).actor,
        ]
        for actor in others:
            with pytest.raises(NotFound):
                await open_file(actor, key)
            with pytest.raises(NotFound):
                await open_file(actor, None)
        refused = await fetch(select(t.AuditEvent).where(col(t.AuditEvent.outcome) == "refused"))
        assert len(refused) == 2 * len(others)

    async def test_a_failed_write_leaves_no_row(self, store: str) -> None:
        ana = await a_patient(await a_clinic())
        with pytest.raises(RuntimeError):
            async with unit_of_work(ana.actor) as work:
                file = CleanFile("letter.txt", "text/plain", b"x")
                await keep_file(work, file, ana.patient.id, "messages", "communication", uuid4())
                raise RuntimeError
        assert await fetch(select(t.StoredFile)) == []


async def test_one_person_fills_no_disk(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many bytes within a day, all sends together; others still send, and so does she the day after."""
    monkeypatch.setattr(keep, "MOST_A_DAY", 100)
    clinic = await a_clinic()
    ana, bo = await a_patient(clinic), await a_patient(clinic, "Bo")

    async def send(person: Person, *sizes: int) -> None:
        assert person.patient is not None
        async with unit_of_work(person.actor) as work:
            for size in sizes:
                file = CleanFile("x.txt", "text/plain", b"x" * size)
                await keep_file(work, file, person.patient.id, "messages", "communication", uuid4())

    await send(ana, 40)
    for sizes in ((61,), (30, 31)):
        with pytest.raises(Invalid):
            await send(ana, *sizes)
    await send(ana, 30, 30)
    await send(bo, 100)
    assert sum(row.size for row in await fetch(select(t.StoredFile))) == 200
    monkeypatch.setattr(keep, "DAY", keep.DAY * 0)
    await send(ana, 40)
