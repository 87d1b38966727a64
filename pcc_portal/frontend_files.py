"""What is changed in, and read from, the files that Reflex exported."""

from __future__ import annotations

import base64
import gzip
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
    literal = re.compile(rf"(\w+):([`\"'])(http|ws)://{re.escape(host)}(/[\w-]+)\2")
    seen = {match[1] for match in literal.finditer(source)}
    if missing := set(_ENDPOINTS) - seen:
        raise UnexpectedOutput(f"no address for {sorted(missing)} in {holders[0].name}")
    rewritten = literal.sub(_at_page_origin, source)
    if host in rewritten:
        raise UnexpectedOutput(f"an address is left in {holders[0].name}")
    _write(holders[0], rewritten)


def name_languages(static: Path) -> None:
    """Say each page's language and direction in its ``<html>``; Reflex has one for the whole app."""
    for locale in LOCALES:
        if locale == DEFAULT:
            continue
        for path in [*sorted((static / locale).rglob("*.html")), static / f"{locale}.html"]:
            if not path.is_file():
                continue
            text, count = re.subn(
                r'<html lang="[^"]*"',
                f'<html lang="{locale}" dir="{direction(locale)}"',
                path.read_text("utf-8"),
                count=1,
            )
            if not count:
                raise UnexpectedOutput(f"no <html lang> in {path.name}")
            _write(path, text)


def inline_scripts(static: Path) -> dict[str, list[str]]:
    """CSP hashes of the scripts written inside each page, by the page's path (``404`` for that one)."""
    found: dict[str, list[str]] = {}
    for path in sorted(static.rglob("*.html")):
        parser = _Scripts()
        parser.feed(path.read_text("utf-8"))
        found[_page_path(path.relative_to(static))] = [_csp_hash(body) for body in parser.bodies]
    return found


def _at_page_origin(match: re.Match[str]) -> str:
    """The same object member, with the address worked out in the browser."""
    name, _, scheme, path = match.groups()
    origin = "location.origin" if scheme == "http" else 'location.origin.replace(/^http/,"ws")'
    return f'{name}:{origin}+"{path}"'


def _page_path(file: Path) -> str:
    """``es/messages/index.html`` and ``es/messages.html`` are both ``/es/messages``."""
    name = file.as_posix().removesuffix(".html").removesuffix("index").rstrip("/")
    return name if name in {"404", "__spa-fallback"} else f"/{name}"


def _csp_hash(body: str) -> str:
    """A script's source expression for the Content-Security-Policy."""
    return "sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()


def _write(path: Path, text: str) -> None:
    """Replace a file, and its compressed twin when it has one."""
    path.write_text(text, "utf-8")
    twin = path.with_name(path.name + ".gz")
    if twin.exists():
        twin.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


class _Scripts(HTMLParser):
    """Collects the bodies of the scripts that have no ``src``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.bodies: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A script begins; it counts when its text is in the page."""
        self._inside = tag == "script" and "src" not in dict(attrs)
        if self._inside:
            self.bodies.append("")

    def handle_endtag(self, tag: str) -> None:
        """A script ends."""
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        """Text of the current script."""
        if self._inside:
            self.bodies[-1] += data
