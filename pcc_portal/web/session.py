"""Signing in and out by plain forms: a new document, and so a new socket, follows each change."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from pcc_portal import routes
from pcc_portal.cookie import cookie_name
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.errors import NotFound, PortalError, SignedOut, TooMany
from pcc_portal.domain.ids import as_uuid
from pcc_portal.domain.sign_in import SESSION_LENGTH
from pcc_portal.language import localized, respoken
from pcc_portal.services.identity import act_as, actor_of, record_refusal, sign_out
from pcc_portal.services.sign_in import WrongSignIn, sign_in
from pcc_portal.settings import settings
from pcc_portal.web import choose_language
from pcc_portal.web.answers import sentence, wants_json
from pcc_portal.web.visitor import address_of, cookie_of, form_of, page_of, text_of, visitor


async def start(request: Request) -> Response:
    """Sign in. A new cookie value each time; the session the browser had before ends."""
    form = await form_of(request)
    wanted = routes.page_path(text_of(form, "next") or _next_of_page(request)) or ""
    password = form.get("password", "")
    try:
        cookie = await sign_in(
            text_of(form, "email"),
            password if isinstance(password, str) else "",
            device=request.headers.get("user-agent", ""),
            address=address_of(request),
        )
    except (WrongSignIn, TooMany) as error:
        if isinstance(error, TooMany):
            await record_refusal(None, "sign-in: too many", address_of(request))
        return _refused(request, error, wanted)
    await sign_out(cookie_of(request))
    actor = await actor_of(cookie)
    if actor is None:
        raise SignedOut
    language = await choose_language.language_after_sign_in(request, actor)
    answer = _go(request, respoken(wanted or routes.first_page(actor), language))
    answer.set_cookie(
        cookie_name(),
        cookie,
        max_age=int(SESSION_LENGTH.total_seconds()),
        path="/",
        secure=settings().secure,
        httponly=True,
        samesite="lax",
    )
    _note_acting(answer, actor)
    choose_language.remember(answer, language)
    return answer


def _next_of_page(request: Request) -> str:
    """Where the sign-in page's own address says to go on; without script the form does not carry it."""
    found = parse_qs(page_of(request)[1]).get("next", [""])
    return found[0]


async def end(request: Request) -> Response:
    """Sign out. Every open screen of this session is emptied."""
    await sign_out(cookie_of(request))
    answer = _go(request, f"{localized(routes.SIGN_IN)}?problem=signed-out#problem-signed-out")
    answer.delete_cookie(cookie_name(), path="/", secure=settings().secure, httponly=True, samesite="lax")
    _note_acting(answer, None)
    choose_language.forget(answer)
    answer.headers["clear-site-data"] = '"storage"'
    return answer


async def switch(request: Request) -> Response:
    """Show another patient's record, as far as she has granted it; without a name, one's own."""
    actor = await visitor(request)
    form = await form_of(request)
    named = text_of(form, "patient")
    patient: UUID | None = as_uuid(named) if named else None
    if named and patient is None:
        raise NotFound
    await act_as(actor, patient)
    answer = _go(request, localized(routes.HOME))
    _note_acting(answer, await actor_of(cookie_of(request)))
    return answer


def _note_acting(answer: Response, actor: Actor | None) -> None:
    """Tell the page, before it knows anything, to keep room for "Viewing as"; not for whom, and no more."""
    if actor is not None and actor.acting_for is not None:
        answer.set_cookie(
            "acting", "yes", max_age=int(SESSION_LENGTH.total_seconds()), path="/", secure=settings().secure,
            httponly=False, samesite="lax",
        )  # fmt: skip
    else:
        answer.delete_cookie("acting", path="/", secure=settings().secure, samesite="lax")


def _go(request: Request, path: str) -> Response:
    return JSONResponse({"go": path}) if wants_json(request) else RedirectResponse(path, 303)


def _refused(request: Request, error: PortalError, wanted: str) -> Response:
    problem = "too-many" if isinstance(error, TooMany) else "wrong"
    if wants_json(request):
        status = 429 if problem == "too-many" else 401
        return JSONResponse({"problem": problem, "say": sentence(error)}, status)
    query = urlencode({"problem": problem} | ({"next": wanted} if wanted else {}))
    return RedirectResponse(f"{localized(routes.SIGN_IN)}?{query}#problem-{problem}", 303)
