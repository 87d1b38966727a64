"""Bring a database to the newest schema, and tell whether it is there. Plain Alembic underneath."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine

MIGRATIONS = Path(__file__).parent / "migrations"


def _plain(url: str) -> str:
    return url.replace("+aiosqlite", "")


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", _plain(url).replace("%", "%%"))
    return config


def _engine(url: str) -> Engine:
    plain = _plain(url)
    if plain.startswith("sqlite:///"):
        Path(plain.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    return create_engine(plain)


def upgrade(url: str, revision: str = "head") -> None:
    """Apply every migration up to ``revision``."""
    _engine(url).dispose()
    command.upgrade(_config(url), revision)


def newest() -> str:
    """The revision the code expects."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def revision_of(url: str) -> str:
    """The revision a database is at; empty when it was never migrated. Raises when out of reach."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() or ""
    finally:
        engine.dispose()


def autogenerate(url: str, message: str) -> None:
    """Write a new migration from the difference between the tables and a database at head."""
    command.revision(_config(url), message, autogenerate=True)
