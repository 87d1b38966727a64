"""The portal itself, served for the tests as it is served for people; and a browser to look at it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from pcc_portal import serve
from pcc_portal.reflex_internals import ROOT
from tests.postgres import free_port

START_SECONDS = 60


class Portal:
    """A served portal with data of its own. ``env`` is what its process sees of the environment."""

    host = "127.0.0.1"

    def __init__(self, extra: Mapping[str, str] | None = None, root: Path = ROOT) -> None:
        self.root = root
        self.port = free_port()
        self.origin = f"http://{self.host}:{self.port}"
        self.data_dir = Path(tempfile.mkdtemp(prefix="portal-"))
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PCC_")}
        self.env = {
            **kept,
            "PCC_DATA_DIR": str(self.data_dir),
            "PCC_HOST": self.host,
            "PCC_PORT": str(self.port),
            **(extra or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Portal:
        """Load the sample clinic when there is no data yet, serve, and wait for the first answer."""
        if not any(self.data_dir.iterdir()):
            self.run("-c", "from pcc_portal.commands.demo import main_prepare; main_prepare()")
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pcc_portal.cli", "serve"],
                cwd=self.root,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.wait()
        return self

    def stop(self) -> None:
        """End every process of it; the data stays until :meth:`remove`."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def remove(self) -> None:
        """Stop, and throw the data away."""
        self.stop()
        shutil.rmtree(self.data_dir, ignore_errors=True)

    def kill(self) -> None:
        """SIGKILL the worker, as a crash would; the supervisor brings another."""
        os.kill(self.worker_pid, signal.SIGKILL)

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Until ``/ping`` answers; raises with the server's own words when it does not."""
        deadline = time.monotonic() + seconds
        while not serve.answers(self.host, self.port):
            ended = self._process is not None and self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                raise RuntimeError(f"the portal does not answer:\n{self.said()[-4000:]}")
            time.sleep(0.05)

    def run(self, *arguments: str) -> str:
        """Run Python with the portal's environment; what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stdout}{done.stderr}")
        return done.stdout

    def said(self) -> str:
        """Everything the served processes wrote to standard output and standard error."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    @property
    def log(self) -> Path:
        """Where the served processes write to."""
        return self.data_dir / "server.log"

    @property
    def pid(self) -> int:
        """The supervisor's process."""
        if self._process is None:
            raise RuntimeError("not started")
        return self._process.pid

    @property
    def worker_pid(self) -> int:
        """The one process that answers requests."""
        (granian,) = children(self.pid)
        (worker,) = children(granian)
        return worker


def children(pid: int) -> list[int]:
    """The direct children of a process, from /proc."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def chromium_path() -> str | None:
    """A Chromium to drive: the system's, else the one Playwright brought, else none."""
    folders = os.pathsep.join([os.environ.get("PATH", ""), "/usr/bin", "/snap/bin"])
    for program in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(program, path=folders):
            return found
    home = Path(os.environ.get("HOME") or "/nonexistent")
    bundled = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or home / ".cache/ms-playwright")
    return next((str(path) for path in sorted(bundled.glob("chromium-*/chrome-linux*/chrome"))), None)
