"""A small proxy that can swallow every packet, as a phone's network does between two towers."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from tests.postgres import free_port


class Proxy:
    """Passes TCP on to a port; while ``dead`` it takes everything and passes nothing on.

    Connections that were open while it was dead stay dead for ever (half open); new ones work again.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.target = 0
        self.dead = False
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            client.close()
            return
        lost = threading.Event()
        for source, sink in ((client, server), (server, client)):
            threading.Thread(target=self._pass_on, args=(source, sink, lost), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if self.dead:
                    lost.set()
                if not lost.is_set():
                    sink.sendall(data)
        if not lost.is_set():
            for end in (source, sink):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
