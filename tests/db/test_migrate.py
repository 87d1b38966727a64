"""The schema that migrations make is the one the code expects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlmodel import SQLModel

import pcc_portal.db.tables  # noqa: F401 - fills the metadata
from pcc_portal.db import migrate

CLINIC_OF_0003 = """
    INSERT INTO clinic (id, created_at, slug, name, zone, phone, opens, closes)
    VALUES ('00000000000000000000000000000001', '2026-11-01 09:00:00', 'harbor', 'Harbor', 'America/New_York',
            '+1 617 555 0100', '08:00', '17:00')
"""


def differences(url: str) -> list[object]:
    """What autogenerate would still change."""
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, SQLModel.metadata)
    engine.dispose()
    return found


def test_sqlite(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    assert migrate.revision_of(url) == ""
    migrate.upgrade(url)
    migrate.upgrade(url)
    assert migrate.revision_of(url) == migrate.newest()
    assert differences(url) == []


def test_postgresql(make_database: Callable[[], str]):
    url = make_database()
    assert migrate.revision_of(url) == migrate.newest()
    assert differences(url) == []


def test_a_clinic_of_the_release_before_keeps_what_it_had(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    migrate.upgrade(url, "0003")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(CLINIC_OF_0003))
    migrate.upgrade(url)
    with engine.begin() as connection:
        row = connection.execute(text("SELECT name, phone, address FROM clinic")).one()
    engine.dispose()
    assert tuple(row) == ("Harbor", "+1 617 555 0100", "")
