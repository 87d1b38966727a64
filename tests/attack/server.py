"""Serves the portal without its pages, for those who do not look at pages: events and routes only."""

from __future__ import annotations

import os
import sys


def main(port: int) -> None:
    """Granian with one worker in this process, as ``pcc_portal.serve`` runs it."""
    from pcc_portal import logs, reflex_internals

    reflex_internals.prepare_serving()
    os.environ.pop("__REFLEX_MOUNT_FRONTEND_COMPILED_APP", None)
    logs.configure()
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        target="pcc_portal.pcc_portal:app", factory=True, address="127.0.0.1", port=port,
        interface=Interfaces.ASGI, workers=1, log_access=False,
    ).serve()  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]))
