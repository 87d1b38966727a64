"""Run the portal on one port, and start it again when it dies.

Three processes: this supervisor, Granian, and Granian's one worker (the session state lives in its
memory, so there is exactly one). A worker that is killed is forked anew by Granian, which has the
app imported already; when Granian itself goes, the supervisor starts it again, waiting longer each
time. The children end with their parent, however that ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from types import FrameType

from pcc_portal import logs
from pcc_portal import reflex_internals as reflex

log = logging.getLogger(__name__)

FIRST_DELAY = 0.1
LONGEST_DELAY = 10.0
STEADY_AFTER = 30.0
GIVE_UP_AFTER = 5
STOP_SECONDS = 6.0
_PR_SET_PDEATHSIG = 1


class PortInUse(RuntimeError):
    """Another program listens on the port; the message says how to choose another one."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"Port {port} is in use by another program. Choose another port: "
            f"PCC_PORT={port + 79} make demo (or pcc-portal serve --port {port + 79})."
        )


def serve(host: str, port: int, on_ready: Callable[[], None] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; the exit status. ``on_ready`` is called once it answers."""
    logs.configure()
    reservation = reserve(host, port)
    supervisor = Supervisor([sys.executable, "-m", "pcc_portal.serve", host, str(port)])
    if on_ready is not None:
        waiter = threading.Thread(target=_tell, args=(host, port, on_ready), daemon=True)
        waiter.start()
    try:
        return supervisor.run()
    finally:
        reservation.close()


def reserve(host: str, port: int) -> socket.socket:
    """Hold the port, so that no second portal shares it; raises :class:`PortInUse`.

    Granian binds with SO_REUSEPORT, which would let two servers answer in turns. The first bind, without
    that option, proves that the port is free. The socket that is kept never listens, and leaves out
    SO_REUSEADDR, so that the same proof fails for everybody else.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
        held = socket.socket(family)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(port) from None
        raise
    return held


def answers(host: str, port: int, seconds: float = 2.0) -> bool:
    """Whether a portal answers ``/ping`` there."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - asked, not bound
    try:
        with urllib.request.urlopen(f"http://{shown}:{port}/ping", timeout=seconds) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


class Supervisor:
    """Keeps one command running until told to stop."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()

    def run(self) -> int:
        """Run, restart on death with growing delays, stop on SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        delay, quick_deaths = FIRST_DELAY, 0
        while not self._stopping.is_set():
            started = time.monotonic()
            code = self._run_once()
            if self._stopping.is_set():
                break
            if time.monotonic() - started > STEADY_AFTER:
                delay, quick_deaths = FIRST_DELAY, 0
            quick_deaths += 1
            if quick_deaths >= GIVE_UP_AFTER:
                log.error("The server keeps stopping right after its start (status %s).", code)
                return 1
            log.warning("The server ended (status %s); starting it again in %.1f s.", code, delay)
            self._stopping.wait(delay)
            delay = min(delay * 3, LONGEST_DELAY)
        return 0

    def _run_once(self) -> int:
        """Start the command, wait for its end, and leave nothing of it behind."""
        environment = {**os.environ, "PCC_SUPERVISOR": str(os.getpid())}
        self._child = subprocess.Popen(
            self._command, cwd=reflex.ROOT, env=environment, start_new_session=True
        )
        if self._stopping.is_set():
            self._child.terminate()
        while self._child.poll() is None:
            try:
                self._child.wait(STOP_SECONDS if self._stopping.is_set() else 0.5)
            except subprocess.TimeoutExpired:
                if self._stopping.is_set():
                    self._stop_hard()
        self._stop_hard()
        return self._child.returncode

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        """Ask the child to end; ``_run_once`` sees to it that it does."""
        self._stopping.set()
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()

    def _stop_hard(self) -> None:
        """Kill what is left of the child's process group."""
        if self._child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)


def run_granian(host: str, port: int) -> None:
    """Granian with one worker, on the frontend that was built before. Never returns normally early."""
    _end_with_parent(signal.SIGTERM)
    if os.getppid() != int(os.environ.get("PCC_SUPERVISOR", os.getppid())):
        return
    os.register_at_fork(after_in_child=lambda: _end_with_parent(signal.SIGKILL))
    logs.configure()
    reflex.prepare_serving()
    import multiprocessing

    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    multiprocessing.set_start_method("fork", force=True)
    reflex.preload_app()
    logs.configure()
    Server(
        target="pcc_portal.pcc_portal:app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        backlog=4096,
        log_level=LogLevels.warning,
        log_dictconfig=logs.granian_dictconfig(),
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=3,
    ).serve()


def _end_with_parent(number: int) -> None:
    """Ask the kernel to signal this process when its parent dies (Linux; elsewhere nothing)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)


def _tell(host: str, port: int, on_ready: Callable[[], None]) -> None:
    """Wait for the first answer, then say so."""
    while not answers(host, port):
        time.sleep(0.05)
    on_ready()


if __name__ == "__main__":
    run_granian(sys.argv[1], int(sys.argv[2]))
