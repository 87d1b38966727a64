"""A fresh small clinic, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest

from tests.services.world import World, a_world


@pytest.fixture
async def world(store: str) -> World:
    """Everybody, in a fresh database."""
    return await a_world()
