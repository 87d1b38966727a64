"""What demo mode alone has: the sample people on the sign-in page, the kit, and one name for this machine."""

from __future__ import annotations

from posixpath import normpath
from urllib.parse import urlsplit

from pcc_portal import routes
from pcc_portal.language import LOCALES, localized
from pcc_portal.settings import settings

_SAMPLE = {localized(routes.SIGN_IN, locale): localized(routes.SIGN_IN_SAMPLE, locale) for locale in LOCALES}
#: No page, so that the answer is the one for any address that leads nowhere.
NOWHERE = "/nowhere"
#: Files that are served under the address of their page.
_BEHIND_PAGES = (".html", ".br", ".gz")
_ONLY_IN_DEMO = frozenset({*_SAMPLE.values(), routes.KIT})


def shown_for(path: str) -> str:
    """The path that answers to an address: sign-in has the sample people in demo mode, and nowhere else.

    A page has one address: what a file server would tidy up on its way to the same file is nowhere.
    """
    plain = path.rstrip("/") or "/"
    if "//" in path or normpath(path) != plain or path.endswith(_BEHIND_PAGES):
        return NOWHERE
    if settings().environment == "demo":
        return _SAMPLE.get(plain, path)
    return NOWHERE if plain.lower() in _ONLY_IN_DEMO else path


def usual_address(host: str, path: str, query: str) -> str | None:
    """Where the same page is under the portal's own address, for who came by another name of this machine.

    Forms and sockets are taken from one origin only: a demo opened as ``localhost`` would look alive and
    answer nothing.
    """
    own, other = urlsplit(settings().origin), urlsplit(f"//{host}")
    if settings().environment != "demo" or host == own.netloc or other.hostname != "localhost":
        return None
    return f"{settings().origin}{path}" + (f"?{query}" if query else "")
