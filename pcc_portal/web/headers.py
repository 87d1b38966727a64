"""The security headers of every answer."""

from __future__ import annotations

from functools import lru_cache

from pcc_portal.frontend import inline_hashes, public_files
from pcc_portal.settings import settings

_COMMON = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": (
        "accelerometer=(), autoplay=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-permitted-cross-domain-policies": "none",
}
_YEAR = 31_536_000
#: The page that answers where there is none, as the build names it.
NO_PAGE = "404"
#: How long a browser may show a page (which holds nothing of anybody) without asking, in seconds: as long as
#: a page that was left open may outlive an update.
_MINUTES = 300


@lru_cache(maxsize=1)
def _pages() -> dict[str, dict[str, list[str]]]:
    return inline_hashes()


@lru_cache(maxsize=1)
def _files() -> frozenset[str]:
    return public_files()


def is_page(path: str) -> bool:
    """Whether an address is one of the built pages."""
    return path in _pages()


@lru_cache(maxsize=512)
def policy(path: str) -> str:
    """The content security policy of a page: of inline scripts and styles its own, by their hashes."""
    pages = _pages()
    inline = pages.get(path.rstrip("/") or "/", pages.get(NO_PAGE, {}))
    socket = settings().origin.replace("http", "ws", 1)
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {_own(inline.get('script', []))}",
            f"style-src {_own(inline.get('style', []))}",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            f"connect-src 'self' {socket}",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "object-src 'none'",
            "frame-ancestors 'none'",
        ]
    )


def _own(hashes: list[str]) -> str:
    """Files of ours, and what has one of these hashes."""
    return " ".join(["'self'", *(f"'{each}'" for each in hashes)])


def security_headers(path: str) -> dict[str, str]:
    """What goes out with an answer to this path; an answer may be stricter, and then its own stand."""
    headers = dict(_COMMON)
    page = path.rstrip("/") or "/"
    headers["content-security-policy"] = policy(page if is_page(page) else NO_PAGE)
    headers["cache-control"] = cache_rule(path)
    if settings().secure:
        headers["strict-transport-security"] = f"max-age={_YEAR}; includeSubDomains"
    return headers


def cache_rule(path: str) -> str:
    """Files named by their content for good, pages for minutes, plain files after asking; all else never."""
    if path in _files():
        return f"public, max-age={_YEAR}, immutable" if path.startswith("/assets/") else "no-cache"
    return f"private, max-age={_MINUTES}" if is_page(path.rstrip("/") or "/") else "no-store"


def depends_on(path: str) -> str:
    """The headers that a page depends on: who signs in or out, or takes another language, asks anew."""
    return "cookie, accept-language" if is_page(path.rstrip("/") or "/") else ""
