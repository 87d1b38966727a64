"""Two languages that nobody speaks, to see what is hard-coded, cut or the wrong way round.

``en-XA`` is English with accents, 40% longer; ``ar-XB`` runs from right to left in Arabic letters. Both put
each sentence in brackets. A copy of the house gets them as catalogues beside the sources; the house has none.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from pcc_portal.reflex_internals import CACHE, ROOT
from tools import words

LONG, RIGHT_TO_LEFT = "en-XA", "ar-XB"
OPEN, CLOSE = "⟦", "⟧"
HOUSE = CACHE / "pseudo"
LONGER = 0.4
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERS = {
    LONG: "àƀçđéƒǵĥíĵķļɱñóþɋŕšţúṽŵẋýžÀƁÇĐÉƑǴĤÍĴĶĻṀÑÓÞɊŔŠŢÚṼŴẊÝŽ",
    RIGHT_TO_LEFT: "ابجدهوزحطيكلمنسعفصقرشتثخذض" * 2,
}
_FIELD = re.compile(r"(\{\w*\})")
_HEADER = (
    'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
)


def pseudo(text: str, locale: str) -> str:
    """A text in a pseudo-locale: other letters, longer, in brackets; its fields stay."""
    table = str.maketrans(_PLAIN, _LETTERS[locale])
    parts = [part if _FIELD.fullmatch(part) else part.translate(table) for part in _FIELD.split(text.strip())]
    more = max(1, round(len(text.strip()) * LONGER))
    filler = ("one two three four five six " * (1 + more // 27))[:more].translate(table)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{OPEN}{''.join(parts)} {filler.strip()}{CLOSE}{after}"


def catalogue(locale: str) -> Catalog:
    """Every sentence of the sources in a pseudo-locale."""
    made = words.extracted()
    for message in made:
        if isinstance(message.id, str):
            message.string = pseudo(message.id, locale) if message.id else ""
        else:
            message.string = tuple(pseudo(form, locale) for form in message.id)
    return made


def copy_of_the_house() -> Path:
    """A copy of the sources that speaks the pseudo-locales in place of Spanish, built; its folder."""
    HOUSE.mkdir(parents=True, exist_ok=True)
    for name in ("pcc_portal", "assets", "reflex.lock", "tools"):
        shutil.rmtree(HOUSE / name, ignore_errors=True)
        shutil.copytree(ROOT / name, HOUSE / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("rxconfig.py", ".npmrc", "uv.lock"):
        shutil.copy(ROOT / name, HOUSE / name)
    shutil.rmtree(HOUSE / "pcc_portal" / "locales")
    for locale in (LONG, RIGHT_TO_LEFT):
        folder = HOUSE / "pcc_portal" / "locales" / locale / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "portal.po").open("wb") as text:
            text.write(_HEADER.encode())
            write_po(text, catalogue(locale), omit_header=True, no_location=True)
    # Its packages are those of the house, by hard links.
    packages = Path(".web") / "node_modules"
    if not (HOUSE / packages).exists():
        (HOUSE / ".web").mkdir(exist_ok=True)
        subprocess.run(["cp", "-al", str(ROOT / packages), str(HOUSE / packages)], check=True)
    done = subprocess.run(
        [sys.executable, "-m", "pcc_portal.cli", "build"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return HOUSE
