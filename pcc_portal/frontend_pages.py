"""What is written into every built page: styles and first scripts; React goes where none is needed.

A phone asks for one thing only before it paints: the page. React knows nothing of what is put at the end of
the head, and leaves it alone. A page is plain when it says so (``<meta name="portal-page">``).
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from pcc_portal.frontend_files import UnexpectedOutput

Minify = Callable[[str, str], str]
#: Inside the page, before its other scripts; the second is of no use without the live connection.
FIRST, LIVE = "first.js", "connection.js"
LATER = ("portal.js", "controls.js", "help.js")
STYLES = "portal.css"
NOT_FOUND = "not-found"
PLAIN = 'name="portal-page"'
_FONT = re.compile(r"/fonts/[\w-]+\.woff2")
_PRELOADS = re.compile(r'<link rel="modulepreload"[^>]*>')
_SHARED_CODE = re.compile(r'<link rel="modulepreload" href="(/assets/(?!_)[^"]*)"/>')


def write_in(static: Path, reset: str, minify: Minify) -> None:
    """Complete every page of the export. ``reset`` are the styles that come before ours."""
    sheet = _FONT.sub(
        lambda font: _kept(static, font[0], (static / font[0][1:]).read_bytes()), _read(static / STYLES)
    )
    styles = f"<style>{minify('css', reset + sheet)}</style>"
    first, live = (f"<script>{minify('js', _read(static / name))}</script>" for name in (FIRST, LIVE))
    later = "".join(_later(static, name, minify) for name in LATER)
    code = _SHARED_CODE.findall(_read(static / "index.html"))
    if not code:
        raise UnexpectedOutput("no shared code in index.html")
    for path in sorted(static.rglob("*.html")):
        if (path.with_suffix("") / "index.html").exists():
            path.unlink()
            continue
        text = _read(path)
        if PLAIN in text:
            text = _end_of_head(_plain(text, code), first + styles + later)
        else:
            text = _end_of_head(text, first + styles + live + later)
        path.write_text(text, "utf-8")
    _answer_for_nothing(static)


def _read(path: Path) -> str:
    return path.read_text("utf-8")


def _later(static: Path, name: str, minify: Minify) -> str:
    body = minify("js", _read(static / name))
    return f'<script defer src="{_kept(static, name, body.encode())}"></script>'


def _kept(static: Path, name: str, body: bytes) -> str:
    """The address of a file under a name of its content, which a browser keeps for good."""
    path = Path(name)
    kept = Path("assets") / f"{path.stem}-{hashlib.sha256(body).hexdigest()[:8]}{path.suffix}"
    (static / kept).write_bytes(body)
    return f"/{kept.as_posix()}"


def _end_of_head(text: str, more: str) -> str:
    before, end, after = text.partition("</head>")
    if not end:
        raise UnexpectedOutput("a page has no head")
    return before + more + end + after


def _plain(text: str, code: list[str]) -> str:
    """The page without React. What comes after it is asked for when the browser has nothing else to do."""
    head, mark, body = _PRELOADS.sub("", text).partition("</head>")
    head = re.sub(r"<script.*?</script>", "", head, flags=re.S)
    # React writes its scripts wherever it has got to: what is drawn goes on behind them.
    drawn = re.sub(r"<script.*?</script>|<template id=[^>]*></template>", "", body, flags=re.S)
    drawn = drawn.removesuffix("</html>").removesuffix("</body>")
    if not mark or "</main>" not in drawn:
        raise UnexpectedOutput("a plain page does not look like a page")
    asked = "".join(f'<link rel="prefetch" href="{path}"/>' for path in code)
    return f"{head}{asked}{mark}{drawn}</body></html>"


def _answer_for_nothing(static: Path) -> None:
    """The page for what is not there, in place of the empty one that Reflex makes."""
    shutil.move(static / NOT_FOUND / "index.html", static / "404.html")
    shutil.rmtree(static / NOT_FOUND)
    (static / "__spa-fallback.html").unlink()
