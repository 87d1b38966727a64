"""Every path of the portal, once."""

from __future__ import annotations

import re
from urllib.parse import quote

from pcc_portal.domain.actor import Actor, Role
from pcc_portal.language import LOCALES, locale_of, localized

# Pages (compiled once a locale; the default locale without prefix).
HOME = "/"
SIGN_IN = "/sign-in"
ACCESSIBILITY = "/accessibility"
CARE_PLAN = "/care-plan"
APPOINTMENTS = "/appointments"
APPOINTMENT_REQUEST = "/appointments/request"
INSURANCE = "/insurance"
INSURANCE_ADD = "/insurance/add"
MESSAGES = "/messages"
MESSAGE_NEW = "/messages/new"
MORE = "/more"
INBOX = "/inbox"
#: In demo mode only.
KIT = "/kit"
SIGN_IN_SAMPLE = "/sign-in/sample"

# Our own HTTP routes.
SESSION_START = "/session/start"
SESSION_END = "/session/end"
ACT_AS = "/session/act-as"
LANGUAGE = "/session/language"
DO = "/do/{action}"
DRAFT = "/draft/{slot}"
DRAFT_FILE = "/draft/{slot}/files/{field}"
FILES = "/files"
FILE = "/files/{file_id}"
CALENDAR = "/calendar/{appointment_id}"
HEALTH = "/health"


def first_page(actor: Actor) -> str:
    """The page a person lands on: staff at the inbox, patients at home, others at what is left."""
    if actor.gives_care:
        return INBOX
    return HOME if actor.subject_id is not None and actor.role is not Role.ADMIN else MORE


_OWN = ("/session/", "/do/", "/draft/", "/files", "/calendar", "/health", "/ping", "/_")
_LOCAL = re.compile(r"/(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)?(?:\?[A-Za-z0-9=&%_.~:+/-]*)?", re.ASCII)


def page_path(wanted: str) -> str | None:
    """The path if it is one of our pages (with its query), else None: no address of anybody else's."""
    path, mark, query = wanted.partition("?")
    wanted = (path.rstrip("/") or "/") + mark + query
    if not path or len(wanted) > 500 or not _LOCAL.fullmatch(wanted) or wanted.startswith(_OWN):
        return None
    return wanted


def sign_in_path(path: str, query: str = "") -> str:
    """Where to sign in, in the language of the page one came from, and how to get back to it."""
    back = page_path(f"{path}?{query}" if query else path)
    target = localized(SIGN_IN, locale_of(path))
    homes = {localized(HOME, locale) for locale in LOCALES}
    return target if back is None or back in homes else f"{target}?next={quote(back or '', safe='/')}"
