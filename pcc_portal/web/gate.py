"""The outer gate, around everything: whose pages may talk to us, how much, and with which headers.

Of the cookies only ours come in. It also takes the session's out of a socket's headers and keeps it aside for
the inner gate, so that no State ever holds it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from pcc_portal.cookie import SCOPE_KEY, cookie_name, ours_among
from pcc_portal.settings import settings
from pcc_portal.web.choose_language import send_to_twin
from pcc_portal.web.demo_pages import shown_for, usual_address
from pcc_portal.web.headers import depends_on, is_page, security_headers

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SOCKET_PATH = "/_event"
UPLOAD_PATH = "/_upload"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MARGIN = 256 * 1024
#: What is no form with files is text that a person typed.
SHORT_LIMIT = 256 * 1024
#: Between one piece of a body and the next, in seconds; a phone in a bad place sends some in that time.
PATIENCE = 30.0
CREDENTIALS = frozenset({b"cookie", b"authorization", b"proxy-authorization"})
_HOST = re.compile(r"[\w.-]*(:\d+)?|\[[0-9a-f:.]+\](:\d+)?", re.ASCII | re.IGNORECASE)
_FOR_FILES = re.compile(r"/do/|/draft/[^/]+/files/")
#: As Reflex's script makes it: random, but with a variant digit that RFC 9562 does not know.
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89a-f][0-9a-f]{3}-[0-9a-f]{12}")


class TooMuch(HTTPException):
    """A body went over the limit while it was being read; every Starlette application answers it."""

    def __init__(self) -> None:
        super().__init__(413)


class TooSlow(HTTPException):
    """Nothing more of a body came for a while."""

    def __init__(self) -> None:
        super().__init__(408)


class Gate:
    """The last ``api_transformer`` of the app, and so the first to see a request."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(_with_our_cookies(scope), receive, send)
        else:
            await self._app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not (scope["path"].startswith(SOCKET_PATH) and _from_us(scope) and _names_a_tab(scope)):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        await self._app(_without_cookie(scope), receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        guarded = _with_headers(scope, send)
        if not _HOST.fullmatch(_header(scope, b"host")):
            return await _answer(receive, guarded, 400)
        navigates = scope["method"] in SAFE and _header(scope, b"sec-fetch-mode") == "navigate"
        query = scope.get("query_string", b"").decode("latin-1")
        if navigates and (usual := usual_address(_header(scope, b"host"), scope["path"], query)):
            answer = RedirectResponse(usual, 307, headers={"cache-control": "no-store"})
            return await answer(scope, receive, guarded)
        if scope["method"] in SAFE and is_page(scope["path"]) and await send_to_twin(scope, guarded):
            return None
        path = shown_for(scope["path"])
        if path != scope["path"]:
            scope = {**scope, "path": path, "raw_path": path.encode()}
        guarded = _with_headers(scope, send)
        if path.startswith(UPLOAD_PATH):
            return await _answer(receive, guarded, 404)
        if path.startswith(SOCKET_PATH):
            return await _answer(receive, guarded, 400)
        if scope["method"] not in SAFE and not _from_us(scope):
            return await _answer(receive, guarded, 403)
        limit = _limit(scope)
        length = _header(scope, b"content-length")
        if length and (not length.isdigit() or int(length) > limit):
            return await _answer(receive, guarded, 413)
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await guarded(message)

        try:
            await self._app(_of_page(scope), _at_most(receive, limit), noting)
        except (TooMuch, TooSlow) as refused:
            if not started:
                await _answer(receive, guarded, refused.status_code)
        return None


def _limit(scope: Scope) -> int:
    """How many bytes a body may have: files are sent by the forms of ``/do/``, and kept with their drafts."""
    with_files = _header(scope, b"content-type").lower().startswith("multipart/form-data")
    if with_files and _FOR_FILES.match(scope["path"]):
        return settings().upload_limit_bytes + MARGIN
    return SHORT_LIMIT


def _of_page(scope: Scope) -> Scope:
    """A page's address as the static files know it (a folder), without sending the browser there first."""
    path = scope["path"]
    if scope["method"] in SAFE and path != "/" and is_page(path):
        return {**scope, "path": path + "/", "raw_path": (path + "/").encode()}
    return scope


def _header(scope: Scope, name: bytes) -> str:
    values = [value for key, value in scope["headers"] if key == name]
    return values[0].decode("latin-1") if len(values) == 1 else ""


def _from_us(scope: Scope) -> bool:
    """Whether a page of ours sent it: exactly our Origin, and no word of the browser against it."""
    return _header(scope, b"origin") == settings().origin and _header(scope, b"sec-fetch-site") in (
        "",
        "same-origin",
    )


def _names_a_tab(scope: Scope) -> bool:
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    tokens = query.get("token", [])
    return query.get("transport") == ["websocket"] and len(tokens) == 1 and bool(_UUID.fullmatch(tokens[0]))


def _with_our_cookies(scope: Scope) -> Scope:
    """The scope with one header that holds our cookies, in place of whatever was sent."""
    headers = [pair for pair in scope["headers"] if pair[0] != b"cookie"]
    if found := ours_among(scope["headers"]):
        whole = "; ".join(f"{name}={value}" for name, value in found.items())
        headers.append((b"cookie", whole.encode("latin-1")))
    return {**scope, "headers": headers}


def _without_cookie(scope: Scope) -> Scope:
    """The scope with the session cookie beside the headers instead of in them."""
    kept = ours_among(scope["headers"]).get(cookie_name(), "")
    headers = [pair for pair in scope["headers"] if pair[0] not in CREDENTIALS]
    return {**scope, "headers": headers, SCOPE_KEY: kept}


def _with_headers(scope: Scope, send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", []))
            known = {key.lower() for key, _ in headers}
            if message["status"] >= 400 and b"cache-control" not in known:
                headers.append((b"cache-control", b"no-store"))
                known.add(b"cache-control")
            for name, value in security_headers(scope["path"]).items():
                if name.encode() not in known:
                    headers.append((name.encode(), value.encode()))
            if vary := depends_on(scope["path"]):
                headers.append((b"vary", vary.encode()))
            message = {**message, "headers": headers}
        await send(message)

    return guarded


def _at_most(receive: Receive, limit: int) -> Receive:
    read, more = 0, True

    async def counting() -> Message:
        nonlocal read, more
        try:
            message = await (asyncio.wait_for(receive(), PATIENCE) if more else receive())
        except TimeoutError:
            raise TooSlow from None
        if message["type"] == "http.request":
            read += len(message.get("body", b""))
            more = bool(message.get("more_body"))
            if read > limit:
                raise TooMuch
        return message

    return counting


async def _answer(receive: Receive, send: Send, status: int) -> None:
    """Refuse; what was already on its way is taken off the line first, or the answer may never be seen."""
    taken, more = 0, True
    while more and taken < MARGIN:
        try:
            message = await asyncio.wait_for(receive(), PATIENCE)
        except TimeoutError:
            break
        taken += len(message.get("body", b""))
        more = bool(message.get("more_body")) and message["type"] == "http.request"
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"0")],
        }
    )
    await send({"type": "http.response.body", "body": b""})
