"""Our cookies: their names, and where the outer gate keeps the session's for the inner one."""

from __future__ import annotations

from collections.abc import Iterable

from pcc_portal.settings import settings

#: The key in a socket's ASGI scope; the cookie is taken out of the headers, so that no State holds it.
SCOPE_KEY = "pcc_portal.session"
LANGUAGE = "language"
LONGEST = 100


def cookie_name() -> str:
    """``__Host-`` binds the cookie to this host; browsers take that name over TLS only."""
    return "__Host-sid" if settings().secure else "sid"


def ours_among(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The cookies of a request that are ours.

    Nothing else is handed on: the standard library takes seconds to read a header of quoted backslashes.
    """
    names, found = (cookie_name(), LANGUAGE), {}
    for key, header in headers:
        for pair in header.split(b";") if key == b"cookie" else ():
            name, _, value = pair.strip().decode("latin-1").partition("=")
            if name in names and len(value) <= LONGEST:
                found[name] = value
    return found
