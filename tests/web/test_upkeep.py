"""What the portal does by itself."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from pcc_portal.domain.actor import Actor
from pcc_portal.web import upkeep
from tests.factories import a_clinic


async def test_a_clinic_that_fails_keeps_no_other_waiting(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {(await a_clinic(slug)).id for slug in ("one", "two", "three")}
    swept: list[UUID] = []

    async def sweep(actor: Actor) -> int:
        swept.append(actor.clinic_id)
        raise OSError

    async def enough(_seconds: float) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(upkeep, "sweep_draft_files", sweep)
    monkeypatch.setattr(upkeep.asyncio, "sleep", enough)
    with pytest.raises(asyncio.CancelledError):
        await upkeep.upkeep()
    assert set(swept) == names
