"""What is changed in, and read from, the files that Reflex exported."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

from pcc_portal.language import DEFAULT, LOCALES, direction

_ENDPOINTS = ("PING", "EVENT", "UPLOAD")


class UnexpectedOutput(RuntimeError):
    """The export does not look as this code was written for."""


def use_page_origin(static: Path, sentinel: str) -> None:
    """Make the script find the server under the address of the page, not one known at build time.

    ``sentinel`` is the address the build was made for. It must be found in exactly one script, for
    every endpoint; otherwise Reflex's output has changed and this raises.
    """
    host = sentinel.split("://", 1)[1]
    holders = [path for path in sorted(static.rglob("*.js")) if host in path.read_text("utf-8")]
    if len(holders) != 1:
        raise UnexpectedOutput(f"expected one script with the server's address, found {holders}")
    source = holders[0].read_text("utf-8")
    literal = re.compile(rf"(\w+[:=])([`\"'])(http|ws)://{re.escape(host)}(/[\w-]+)\2")
    seen = {match[1][:-1] for match in literal.finditer(source)}
    if missing := set(_ENDPOINTS) - seen:
        raise UnexpectedOutput(f"no address for {sorted(missing)} in {holders[0].name}")
    rewritten = literal.sub(_at_page_origin, source)
    if host in rewritten:
        raise UnexpectedOutput(f"an address is left in {holders[0].name}")
    holders[0].write_text(rewritten, "utf-8")


def name_languages(static: Path) -> None:
    """Say each page's language and direction in its ``<html>``; Reflex has one for the whole app."""
    for locale in LOCALES:
        if locale == DEFAULT:
            continue
        for path in sorted((static / locale).rglob("*.html")):
            text, count = re.subn(
                r'<html lang="[^"]*"',
                f'<html lang="{locale}" dir="{direction(locale)}"',
                path.read_text("utf-8"),
                count=1,
            )
            if not count:
                raise UnexpectedOutput(f"no <html lang> in {path.name}")
            path.write_text(text, "utf-8")


def inline_parts(static: Path) -> dict[str, dict[str, list[str]]]:
    """CSP hashes of the scripts and styles inside each page, by the page's path (``404`` for that one)."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted(static.rglob("*.html")):
        parser = _InlineParts()
        parser.feed(path.read_text("utf-8"))
        hashes = {tag: [_csp_hash(body) for body in bodies] for tag, bodies in parser.bodies.items()}
        found[_page_path(path.relative_to(static))] = hashes
    return found


def _at_page_origin(match: re.Match[str]) -> str:
    """The same object member, with the address worked out in the browser."""
    name, _, scheme, path = match.groups()
    origin = "location.origin" if scheme == "http" else 'location.origin.replace(/^http/,"ws")'
    return f'{name}{origin}+"{path}"'


def _page_path(file: Path) -> str:
    """``es/messages/index.html`` and ``es/messages.html`` are both ``/es/messages``."""
    name = file.as_posix().removesuffix(".html").removesuffix("index").rstrip("/")
    return name if name == "404" else f"/{name}"


def _csp_hash(body: str) -> str:
    """A source expression for the Content-Security-Policy."""
    return "sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()


class _InlineParts(HTMLParser):
    """Collects the bodies of the scripts that have no ``src``, and of the styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.bodies: dict[str, list[str]] = {"script": [], "style": []}
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A script or a style begins; it counts when its text is in the page."""
        self._inside = tag if tag in self.bodies and "src" not in dict(attrs) else ""
        if self._inside:
            self.bodies[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        """It ends."""
        self._inside = "" if tag == self._inside else self._inside

    def handle_data(self, data: str) -> None:
        """Text of the current one."""
        if self._inside:
            self.bodies[self._inside][-1] += data
