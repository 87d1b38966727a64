"""What each page may weigh and take (``budgets.toml``), and what the built one weighs."""

from __future__ import annotations

import gzip
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

Weight = dict[str, float]
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.S)
_LATER = re.compile(r'<link rel="prefetch"[^>]*>')
_FILE = re.compile(r'"(/[\w./-]+\.(?:js|css))"')


@dataclass(frozen=True)
class Budgets:
    """The weights allowed, by path; the plain ones are pages without React; the times by kind of page."""

    page: dict[str, Weight]
    plain: dict[str, Weight]
    time: dict[str, Weight]

    @property
    def pages(self) -> dict[str, Weight]:
        """Both kinds."""
        return {**self.plain, **self.page}


def budgets() -> Budgets:
    """The budget file."""
    return Budgets(**tomllib.loads(Path(__file__).with_name("budgets.toml").read_text("utf-8")))


def weigh(static: Path, path: str) -> Weight:
    """Kilobytes (gzip) of a built page: its HTML, its styles, every script it asks for."""
    html = (static / path.strip("/") / "index.html").read_text("utf-8")
    now = _LATER.sub("", html)
    inline = "".join(_STYLE.findall(html)).encode()
    files = {name: (static / name.lstrip("/")).read_bytes() for name in _FILE.findall(now)}
    weight = {"html": _kb(html.encode()), "css": _kb(inline) if inline else 0.0, "script": 0.0}
    for name, body in files.items():
        weight["css" if name.endswith(".css") else "script"] += _kb(body)
    return weight


def _kb(body: bytes) -> float:
    return len(gzip.compress(body, 9)) / 1024
