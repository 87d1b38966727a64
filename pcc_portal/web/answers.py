"""Errors become answers here, and nowhere else: JSON for scripts, a plain page or sign-in for browsers."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from html import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from pcc_portal import routes
from pcc_portal.domain.errors import (
    Conflict,
    Denied,
    Invalid,
    NotFound,
    PortalError,
    SignedOut,
    TooMany,
)
from pcc_portal.language import _, current_locale, speaking
from pcc_portal.logs import where
from pcc_portal.web.visitor import language_of, page_of

log = logging.getLogger(__name__)
Endpoint = Callable[[Request], Awaitable[Response]]

STATUS: dict[type[PortalError], int] = {
    Invalid: 422,
    SignedOut: 401,
    Denied: 403,
    NotFound: 404,
    Conflict: 409,
    TooMany: 429,
}
_PAGE = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
    '<link rel="stylesheet" href="/portal.css"></head>'
    '<body><main class="page narrow"><h1>{title}</h1><p>{say}</p>{list}<p><a href="{back}">{go}</a></p>'
    "</main></body></html>"
)


def answering(endpoint: Endpoint) -> Endpoint:
    """Speak the visitor's language around an endpoint, and answer its errors."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            locale = await language_of(request)
        except (PortalError, HTTPException) as error:
            return _refused(request, error)
        with speaking(locale):
            try:
                return await endpoint(request)
            except Exception as error:
                return _refused(request, error)

    return answer


def wants_json(request: Request) -> bool:
    """Whether a script asks rather than a page."""
    return "application/json" in request.headers.get("accept", "")


def sentence(error: PortalError) -> str:
    """The words for an error in the language being spoken."""
    return _(error.say, by=error.by) if isinstance(error, Conflict) else _(error.say)


def status_of(error: PortalError) -> int:
    """The HTTP status of an error."""
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)


def _refused(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return _page(request, error.status_code, PortalError())
    if not isinstance(error, PortalError):
        log.error("a route failed\n%s", where(error))
        return _page(request, 500, PortalError())
    path, query = page_of(request)
    if isinstance(error, SignedOut):
        target = routes.sign_in_path(path, query)
        if wants_json(request):
            return JSONResponse({"say": sentence(error), "sign_in": target}, 401)
        return RedirectResponse(target, 303)
    return _page(request, status_of(error), error)


def _page(request: Request, status: int, error: PortalError) -> Response:
    problems = {name: _(say) for name, say in getattr(error, "by_field", {}).items()}
    if wants_json(request):
        answer: dict[str, object] = {"say": sentence(error)}
        return JSONResponse(answer | ({"problems": problems} if problems else {}), status)
    path, query = page_of(request)
    back = routes.page_path(f"{path}?{query}" if query else path) or routes.HOME
    items = "".join(f"<li>{escape(say)}</li>" for say in problems.values())
    text = _PAGE.format(
        lang=current_locale(),
        title=escape(_("This did not work")),
        say=escape(sentence(error)),
        list=f"<ul>{items}</ul>" if items else "",
        back=escape(back),
        go=escape(_("Go back")),
    )
    return HTMLResponse(text, status)
