"""Many browsers' sockets at once, as light as can be: one coordinator's inbox each, nothing parsed."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from types import TracebackType
from uuid import uuid4

import aiohttp

from tests.attack.client import HYDRATE, NAMESPACE


class Inbox:
    """One open inbox. ``seen`` holds, for each text waited for, when it came in."""

    def __init__(self, session: aiohttp.ClientSession, origin: str, cookie: str) -> None:
        self._session, self._origin, self._cookie = session, origin, cookie
        self.tab = str(uuid4())
        self.bytes = 0
        self._wanted: dict[str, asyncio.Future[float]] = {}

    async def open(self) -> None:
        """Connect and load the page, as Reflex's script does."""
        address = (
            f"{self._origin.replace('http', 'ws', 1)}/_event/?EIO=4&transport=websocket&token={self.tab}"
        )
        headers = {"Origin": self._origin, "Cookie": f"sid={self._cookie}"}
        self._socket = await self._session.ws_connect(address, headers=headers, max_msg_size=0)
        await self._socket.send_str(f"40{NAMESPACE},")
        self._reader = asyncio.create_task(self._read())
        loaded = self.next('"ready')
        await self.say(HYDRATE, {})
        await loaded

    async def say(self, name: str, payload: dict[str, object]) -> None:
        """Send one event of the page."""
        router = {"pathname": "/inbox", "asPath": "/inbox", "query": {}}
        event = {"name": name, "payload": payload, "router_data": router}
        await self._socket.send_str(f"42{NAMESPACE},{json.dumps(['event', event])}")

    def next(self, text: str) -> asyncio.Future[float]:
        """The moment at which a message with this text comes in."""
        return self._wanted.setdefault(text, asyncio.get_running_loop().create_future())

    async def _read(self) -> None:
        async for message in self._socket:
            now, data = time.perf_counter(), str(message.data)
            self.bytes += len(data)
            if data == "2":
                await self._socket.send_str("3")
            for text in [text for text in self._wanted if text in data]:
                self._wanted.pop(text).set_result(now)

    async def close(self) -> None:
        """Leave."""
        self._reader.cancel()
        await self._socket.close()


class Desks:
    """Open inboxes, one for each cookie given, opened one after the other."""

    def __init__(self, origin: str, cookies: list[str]) -> None:
        self._origin, self._cookies = origin, cookies
        self.inboxes: list[Inbox] = []

    async def __aenter__(self) -> Desks:
        self.http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        for cookie in self._cookies:
            inbox = Inbox(self.http, self._origin, cookie)
            await asyncio.wait_for(inbox.open(), 20)
            self.inboxes.append(inbox)
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for inbox in self.inboxes:
            with suppress(aiohttp.ClientError):
                await inbox.close()
        await self.http.close()
