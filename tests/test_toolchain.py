"""What installs, builds, serves and logs the portal."""

from __future__ import annotations

import gzip
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from pcc_portal import frontend, frontend_files, logs, serve
from pcc_portal.cli import main
from pcc_portal.commands.demo import _start_over
from pcc_portal.reflex_internals import ROOT, SENTINEL_API, STATIC
from tests.servers import Portal, children

SECRET = "chest pain since Tuesday"


class TestLocks:
    """Every install takes exactly the same packages, from wherever the machine is set up to take them."""

    def test_requirements_are_hashed_and_name_no_index(self) -> None:
        """Each requirement carries a hash; no line points at a place."""
        text = (ROOT / "requirements.txt").read_text()
        assert "://" not in text
        requirements = re.findall(r"^[a-z0-9][^\n]*==(?:.*\\\n)*.*$", text, re.MULTILINE)
        assert requirements
        assert all("--hash=sha256:" in requirement for requirement in requirements)

    def test_both_locks_agree(self) -> None:
        """pip installs the versions that uv installs."""
        pinned = dict(
            re.findall(r"^([a-z0-9][\w.-]*)(?:\[.*?\])?==([^\s;\\]+)", _text("requirements.txt"), re.M)
        )
        locked = set(re.findall(r'^name = "([^"]+)"\nversion = "([^"]+)"', _text("uv.lock"), re.M))
        assert set(pinned.items()) <= locked

    def test_the_npm_lock_names_no_registry(self) -> None:
        """Packages are pinned by integrity, not by address."""
        lock = json.loads(_text("reflex.lock/package-lock.json"))
        packages = [package for name, package in lock["packages"].items() if name]
        assert packages
        assert all("integrity" in package and "resolved" not in package for package in packages)


class TestFrontend:
    """The built pages."""

    def test_a_second_build_does_nothing(self, built_frontend: None) -> None:
        """Nothing changed, so nothing is built, and Reflex is not even imported."""
        asked = (
            "from pcc_portal import frontend; import sys; print(frontend.build(), 'reflex' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True)
        assert done.stdout.split() == ["False", "False"]

    def test_no_address_is_baked_in(self, built_frontend: None) -> None:
        """The script asks the page's own origin, compressed or not."""
        host = SENTINEL_API.split("//")[1].encode()
        files = [path for path in STATIC.rglob("*") if path.is_file()]
        bodies = [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in files]
        assert not any(host in body for body in bodies)
        assert any(b'PING:location.origin+"/ping"' in body for body in bodies)

    def test_compressed_files_hold_the_same(self, built_frontend: None) -> None:
        """What was rewritten was compressed after that, and for browsers that know better than gzip, too."""
        twins = list(STATIC.rglob("*.gz"))
        assert {STATIC / "index.html.gz", STATIC / "404.html.gz"} <= set(twins)
        for twin in twins:
            assert gzip.decompress(twin.read_bytes()) == twin.with_suffix("").read_bytes(), twin.name
            assert twin.with_suffix(".br").exists(), twin.name

    def test_each_page_says_its_language(self, built_frontend: None) -> None:
        """Screen readers take the voice from it."""
        for page in STATIC.rglob("*.html"):
            spanish = page.relative_to(STATIC).parts[0] in {"es", "es.html"}
            assert f'<html lang="{"es" if spanish else "en"}"' in page.read_text(), page

    def test_every_page_has_its_hashes(self, built_frontend: None) -> None:
        """The gate finds each prerendered page's scripts and styles by its path."""
        inline = frontend.inline_hashes()
        assert {"/", "404", "/es/sign-in"} <= set(inline)
        for parts in inline.values():
            assert len(parts["style"]) == 1 and parts["script"]
            assert all(value.startswith("sha256-") for value in parts["style"] + parts["script"])

    def test_a_changed_export_fails_the_build(self, tmp_path: Path) -> None:
        """An address in an unknown shape is not passed over."""
        (tmp_path / "env.js").write_text(f"var e={{PING:`{SENTINEL_API}/ping`}}")
        with pytest.raises(frontend_files.UnexpectedOutput):
            frontend_files.use_page_origin(tmp_path, SENTINEL_API)


class TestLogs:
    """No log says what a patient said."""

    @pytest.fixture(autouse=True)
    def _discreet(self) -> None:
        logs.configure()

    @pytest.mark.parametrize("library", ["reflex.state", "sqlalchemy.engine", "asyncio", "socketio.server"])
    def test_a_library_keeps_its_words_to_itself(
        self, library: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Neither its message nor an error's text comes through; its place does."""
        logs.configure()
        try:
            raise ValueError(SECRET)
        except ValueError:
            logging.getLogger(library).error("bad value %s in " + SECRET, SECRET, exc_info=True)
        said = capsys.readouterr().err
        assert SECRET not in said
        assert "test_toolchain" in said
        assert "ValueError" in said

    def test_we_may_speak_but_errors_may_not(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Our own words are kept; the text of an error is not."""
        logs.configure()
        try:
            raise ValueError(SECRET)
        except ValueError:
            logging.getLogger("pcc_portal.x").exception("the mail was not sent")
        said = capsys.readouterr().err
        assert "the mail was not sent" in said
        assert SECRET not in said


class TestServe:
    """The served portal stays up, and stops when told."""

    def test_a_busy_port_is_said(self) -> None:
        """One sentence, and how to go on."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            done = subprocess.run(
                [sys.executable, "-m", "pcc_portal.cli", "demo"],
                cwd=ROOT,
                env={**os.environ, "PCC_PORT": str(port)},
                capture_output=True,
                text=True,
            )
        assert done.returncode == 1
        assert f"Port {port} is in use" in done.stderr
        assert "PCC_PORT=" in done.stderr

    def test_a_killed_worker_comes_back_and_a_stop_leaves_nothing(self, built_frontend: None) -> None:
        """SIGKILL of the worker, then of Granian, then SIGTERM of it all."""
        served = Portal()
        try:
            served.start()
            started = time.monotonic()
            served.kill()
            time.sleep(0.02)
            served.wait(5)
            assert time.monotonic() - started < 2
            (granian,) = children(served.pid)
            os.kill(granian, signal.SIGKILL)
            time.sleep(0.02)
            served.wait(15)
            everything = [served.pid, *children(served.pid), served.worker_pid]
            served.stop()
            assert not [pid for pid in everything if _alive(pid)]
        finally:
            served.remove()

    def test_a_killed_supervisor_leaves_no_orphan(self, built_frontend: None) -> None:
        """The children end with their parent, however it ended."""
        served = Portal()
        try:
            served.start()
            everything = [served.pid, *children(served.pid), served.worker_pid]
            os.kill(served.pid, signal.SIGKILL)
            served.stop()
            deadline = time.monotonic() + 10
            while any(map(_alive, everything)) and time.monotonic() < deadline:
                time.sleep(0.05)
            assert not [pid for pid in everything if _alive(pid)]
        finally:
            served.remove()

    def test_a_command_that_dies_at_once_is_given_up(self) -> None:
        """A server that cannot start ends with an error instead of trying for ever."""
        asked = (
            "from pcc_portal import serve; serve.FIRST_DELAY = serve.LONGEST_DELAY = 0.01; import sys;"
            "sys.exit(serve.Supervisor(['false']).run())"
        )
        assert subprocess.run([sys.executable, "-c", asked], cwd=ROOT).returncode == 1

    def test_the_port_is_held_while_serving(self) -> None:
        """A second portal cannot share the port."""
        held = serve.reserve("127.0.0.1", 0)
        with held, pytest.raises(serve.PortInUse):
            serve.reserve("127.0.0.1", held.getsockname()[1])


class TestCommands:
    """The command line."""

    def test_help_names_every_command_without_reflex(self) -> None:
        """It answers at once."""
        asked = (
            "import sys; from click.testing import CliRunner; from pcc_portal.cli import main;"
            "print(CliRunner().invoke(main, ['--help']).output, 'reflex' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True)
        for name in ("demo", "serve", "migrate", "doctor", "create-user", "import-fhir"):
            assert name in done.stdout
        assert done.stdout.rstrip().endswith("False")

    def test_doctor_tells_what_is_missing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """No database: status 1, and which command makes one."""
        monkeypatch.setenv("PCC_DATA_DIR", str(tmp_path))
        done = CliRunner().invoke(main, ["doctor", "--json"])
        found = {finding["name"]: finding for finding in json.loads(done.output)["findings"]}
        assert done.exit_code == 1
        assert found["database"]["state"] == "missing"
        assert "migrate" in found["database"]["detail"]
        assert found["node"]["state"] == "ok"

    def test_doctor_names_what_production_lacks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The variables are named."""
        monkeypatch.setenv("PCC_ENVIRONMENT", "production")
        done = CliRunner().invoke(main, ["doctor"])
        assert done.exit_code == 1
        assert "PCC_MASTER_KEY" in done.output

    def test_starting_over_spares_other_folders(self, tmp_path: Path) -> None:
        """A folder that holds no demo is not deleted."""
        (tmp_path / "letters.txt").write_text("keep")
        with pytest.raises(Exception, match="nothing was deleted"):
            _start_over(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'portal.db'}")
        assert (tmp_path / "letters.txt").exists()


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")
