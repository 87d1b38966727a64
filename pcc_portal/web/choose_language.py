"""Which language a page opens in: the one chosen on this device, else the one the browser asks for.

The choice is a cookie that holds a language and nothing else. The address of a page says its language too;
where the two differ, the browser is sent to the page's twin, once: a twin is in the chosen language.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from pcc_portal import routes
from pcc_portal.cookie import LANGUAGE, ours_among
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.errors import NotFound
from pcc_portal.language import DEFAULT, LOCALES, current_locale, locale_of, respoken
from pcc_portal.services.identity import actor_of
from pcc_portal.services.language import keep_language, language_kept
from pcc_portal.settings import settings
from pcc_portal.web.answers import wants_json
from pcc_portal.web.visitor import cookie_of, form_of, page_of, text_of

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_YEAR = 31_536_000
_LONGEST_WISH = 400


def chosen(cookies: Mapping[str, str]) -> str:
    """The language chosen on this device, or an empty text."""
    named = cookies.get(LANGUAGE, "")
    return named if named in LOCALES else ""


def asked_for(accept: str) -> str:
    """The one of our languages that an Accept-Language header likes best; the default when it names none."""
    wishes: dict[str, float] = {}
    for part in accept[:_LONGEST_WISH].split(","):
        tag, _, weight = part.strip().partition(";")
        language = tag.strip().lower().split("-")[0]
        try:
            value = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        if language in LOCALES and 0 < value <= 1:
            wishes[language] = max(value, wishes.get(language, 0.0))
    return max(wishes, key=lambda language: wishes[language], default=DEFAULT)


def twin_of(path: str, query: str, cookie: str, accept: str) -> str | None:
    """The address in the language that is wanted, when a page's own is another one.

    What the browser asks for counts for addresses without a language: one with it was picked by somebody.
    """
    here = locale_of(path)
    choice = chosen(ours_among([(b"cookie", cookie.encode("latin-1"))]))
    wanted = choice or (asked_for(accept) if here == DEFAULT else here)
    if wanted == here:
        return None
    return respoken(path, wanted) + (f"?{query}" if query else "")


async def send_to_twin(scope: Scope, send: Send) -> bool:
    """Answer the request for a page with the way to its twin; False when the page is right as it is."""
    headers = dict(scope["headers"])
    found = (headers.get(name, b"").decode("latin-1") for name in (b"cookie", b"accept-language"))
    twin = twin_of(scope["path"], scope.get("query_string", b"").decode("latin-1"), *found)
    if twin is None:
        return False
    answer = [
        (b"location", twin.encode("latin-1")),
        (b"cache-control", b"no-store"),
        (b"vary", b"Cookie, Accept-Language"),
        (b"content-length", b"0"),
    ]
    await send({"type": "http.response.start", "status": 303, "headers": answer})
    await send({"type": "http.response.body", "body": b""})
    return True


async def choose(request: Request) -> Response:
    """Take the language that was picked, keep it, and show the same page in it. Twice is once."""
    form = await form_of(request)
    wanted = text_of(form, "language")
    if wanted not in LOCALES:
        raise NotFound
    actor = await actor_of(cookie_of(request))
    if actor is not None:
        await keep_language(actor, wanted)
    path, query = page_of(request) if "referer" in request.headers else (text_of(form, "page"), "")
    target = respoken(routes.page_path(f"{path}?{query}" if query else path) or routes.HOME, wanted)
    answer = JSONResponse({"go": target}) if wants_json(request) else RedirectResponse(target, 303)
    remember(answer, wanted)
    return answer


async def language_after_sign_in(request: Request, actor: Actor) -> str:
    """What a person who has just come in reads: chosen here, else in the account, else by page or record.

    An account in which nothing was chosen yet learns what was chosen here.
    """
    here, kept = chosen(request.cookies), await language_kept(actor)
    if here and not kept.chosen:
        await keep_language(actor, here)
    page = current_locale()
    return here or kept.chosen or (page if page != DEFAULT else kept.of_record) or page


def remember(answer: Response, language: str) -> None:
    """Keep a language on this device."""
    answer.set_cookie(
        LANGUAGE, language, max_age=_YEAR, path="/", secure=settings().secure, httponly=True, samesite="lax"
    )


def forget(answer: Response) -> None:
    """Keep it no longer: the next person at this device chooses anew."""
    answer.delete_cookie(LANGUAGE, path="/", secure=settings().secure, httponly=True, samesite="lax")
