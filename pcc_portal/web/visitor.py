"""Who sends a request: the cookie, the person, the address, the language, and the form."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from pcc_portal.cookie import cookie_name
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.errors import Invalid, SignedOut
from pcc_portal.language import DEFAULT, LOCALES, N_, locale_of
from pcc_portal.services.identity import actor_of, record_refusal
from pcc_portal.settings import settings

MOST_FIELDS = 60
MOST_FILES = 4
LONGEST_FIELD = 20_000
_SHORT_FORM = "application/x-www-form-urlencoded"


def cookie_of(request: Request) -> str:
    """The session cookie a request carries, or an empty text."""
    return request.cookies.get(cookie_name(), "")


async def visitor(request: Request) -> Actor:
    """The person behind a request; SignedOut without one."""
    actor = await actor_of(cookie_of(request))
    if actor is None:
        what = request.scope["route"].path if "route" in request.scope else request.url.path
        await record_refusal(None, f"{request.method} {what}", address_of(request))
        raise SignedOut
    return actor


def address_of(request: Request) -> str:
    """The address a request comes from; behind our own proxies the one that they name."""
    hops = settings().trusted_proxy_hops
    named = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    if hops and len(named) >= hops:
        return named[-hops]
    return request.client.host if request.client else ""


def page_of(request: Request) -> tuple[str, str]:
    """Path and query of the page a request was sent from; of the request itself when it is a page's."""
    try:
        referer = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        referer = urlsplit("")
    if f"{referer.scheme}://{referer.netloc}" == settings().origin and not referer.path.startswith("//"):
        return referer.path or "/", referer.query
    return ("/", "") if request.method == "POST" else (request.url.path, request.url.query)


async def language_of(request: Request) -> str:
    """What to answer in: the form's ``locale``, else the language of the page it was sent from."""
    named: Any = request.query_params.get("locale")
    if request.headers.get("content-type", "").startswith(_SHORT_FORM):
        named = (await form_of(request)).get("locale", named)
    return named if named in LOCALES else locale_of(page_of(request)[0]) or DEFAULT


async def form_of(request: Request) -> FormData:
    """The form, within what a person fills in; it is read once.

    Browsers send the parts of a form in UTF-8 and say nothing of it: another charset is there to be slow.
    """
    kind = request.headers.get("content-type", "").lower()
    if kind.startswith("multipart/") and "charset" in kind:
        raise HTTPException(415)
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=4 * LONGEST_FIELD)
    for name, value in form.multi_items():
        if isinstance(value, str) and (len(value) > LONGEST_FIELD or "\x00" in value):
            raise Invalid({name: N_("This text is too long.")})
    return form


def text_of(form: FormData, name: str) -> str:
    """One text field; empty when it is missing or a file."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""
