"""What every test can ask for, and a summary that says loudly what was left out."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from pcc_portal import reflex_internals

reflex_internals.prepare()
# A browser's start script uses the system's small programs, however bare the PATH of the caller is.
os.environ["PATH"] = os.pathsep.join([os.environ["PATH"], "/usr/local/bin", "/usr/bin", "/bin"])

from tests.postgres import PostgresServer, start_postgres  # noqa: E402
from tests.servers import Portal, chromium_path  # noqa: E402

# How fast the machine is says nothing about the code under test.
hypothesis.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("portal")

_left_out: list[str] = []


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer | None]:
    """A PostgreSQL of the tests' own, or none where no binaries run."""
    server, reason = start_postgres()
    if server is None:
        _left_out.append(f"everything on PostgreSQL: {reason}")
    yield server
    if server is not None:
        server.stop()


@pytest.fixture
def make_database(postgres: PostgresServer | None) -> Callable[[], str]:
    """Makes fresh PostgreSQL databases at the newest migration; skips where there is no server."""
    if postgres is None:
        pytest.skip("no PostgreSQL")
    return postgres.make_database


@pytest.fixture
def postgres_url(make_database: Callable[[], str]) -> str:
    """A fresh PostgreSQL database at the newest migration."""
    return make_database()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, copied for each test that wants one."""
    from pcc_portal.db import migrate

    path = tmp_path_factory.mktemp("template") / "portal.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    """A fresh database as this process's own, once on SQLite and once on PostgreSQL; its kind."""
    from pcc_portal.db.engine import close_all
    from pcc_portal.settings import settings

    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    else:
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "portal.db")
        url = f"sqlite:///{tmp_path / 'portal.db'}"
    monkeypatch.setenv("PCC_DATABASE_URL", url)
    monkeypatch.setenv("PCC_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    yield request.param
    await close_all()
    settings.cache_clear()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser; skips where there is none."""
    found = chromium_path()
    if found is None:
        _left_out.append("everything in a browser: no Chromium was found")
        pytest.skip("no Chromium")
    return found


@pytest.fixture(scope="session")
def built_frontend() -> None:
    """The production frontend, built when it is not up to date."""
    from pcc_portal import frontend

    frontend.build()


@pytest.fixture(scope="session")
def portal(built_frontend: None) -> Iterator[Portal]:
    """The served portal with the sample clinic on SQLite, shared by the whole run."""
    served = Portal()
    try:
        yield served.start()
    finally:
        served.remove()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what this run left out."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not (_left_out or skipped):
        return
    terminalreporter.section("LEFT OUT", red=True, bold=True)
    for line in _left_out:
        terminalreporter.line(f"!! {line}")
    terminalreporter.line(f"{len(skipped)} tests were skipped; the reasons are above.")
