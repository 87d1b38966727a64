"""A browser that says whatever it likes: Reflex's event protocol over a raw socket, and raw HTTP."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import socketio

NAMESPACE = "/_event"
ROOT = "reflex___state____state"
HYDRATE = f"{ROOT}.hydrate_and_load"


@dataclass
class RawSocket:
    """One socket, everything that came in by it, and the ways to send anything."""

    base: str
    cookie: str = ""
    tab: str = ""
    origin: str | None = None
    transports: tuple[str, ...] = ("websocket",)
    heard: list[Any] = field(default_factory=list)

    async def __aenter__(self) -> RawSocket:
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.disconnect()

    async def connect(self) -> None:
        """Open the socket as a page of ours does; raises when it is refused."""
        self.tab = self.tab or str(uuid4())
        self.client = socketio.AsyncClient(reconnection=False)
        self.client.on("*", self._hear, namespace=NAMESPACE)
        headers = {"Origin": self.base if self.origin is None else self.origin}
        if self.origin == "absent":
            headers.pop("Origin")
        if self.cookie:
            headers["Cookie"] = f"sid={self.cookie}"
        await self.client.connect(
            f"{self.base.replace('http', 'ws', 1)}?token={self.tab}",
            headers=headers,
            transports=list(self.transports),
            namespaces=[NAMESPACE],
            socketio_path="/_event",
            wait_timeout=5,
        )

    async def _hear(self, event: str, *data: Any) -> None:
        self.heard.append((event, *data))

    async def say(
        self, name: str, payload: Any = None, path: str = "/", query: dict[str, str] | None = None
    ) -> None:
        """Send one event as the page's script would."""
        tail = "?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else ""
        await self.send(
            {
                "name": name,
                "payload": {} if payload is None else payload,
                "router_data": {"pathname": path, "asPath": path + tail, "query": query or {}},
            }
        )

    async def send(self, message: Any) -> None:
        """Send any message at all."""
        await self.client.emit("event", message, namespace=NAMESPACE)

    async def open_page(self, path: str, query: dict[str, str] | None = None) -> None:
        """What a browser does when a page opens."""
        await self.say(HYDRATE, {}, path, query)
        await self.quiet()

    async def quiet(self, still: float = 0.15, longest: float = 5.0) -> None:
        """Until nothing has come in for a while."""
        waited, count = 0.0, -1
        while waited < longest and count != len(self.heard):
            count = len(self.heard)
            await asyncio.sleep(still)
            waited += still

    async def answered(self, longest: float = 1.5) -> None:
        """Until something more has come in (some events have no answer), and then nothing for a while."""
        waited, count = 0.0, len(self.heard)
        while waited < longest and count == len(self.heard):
            await asyncio.sleep(0.02)
            waited += 0.02
        await self.quiet(0.1)

    @property
    def text(self) -> str:
        """Everything that came in, as one text."""
        return json.dumps(self.heard, default=str)

    def redirects(self) -> list[str]:
        """Where the page was sent."""
        return [
            event["payload"]["path"]
            for _name, update, *_ in self.heard
            if isinstance(update, dict)
            for event in update.get("events", [])
            if event["name"] == "_redirect"
        ]
