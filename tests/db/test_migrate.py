"""The schema that migrations make is the one the code expects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import pcc_portal.db.tables  # noqa: F401 - fills the metadata
from pcc_portal.db import migrate


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
