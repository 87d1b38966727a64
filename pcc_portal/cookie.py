"""The session cookie: its name, and where the outer gate keeps it for the inner one."""

from __future__ import annotations

from pcc_portal.settings import settings

#: The key in a socket's ASGI scope; the cookie is taken out of the headers, so that no State holds it.
SCOPE_KEY = "pcc_portal.session"


def cookie_name() -> str:
    """``__Host-`` binds the cookie to this host; browsers take that name over TLS only."""
    return "__Host-sid" if settings().secure else "sid"
