"""No sentence is written past the catalogue, on a page or in an answer of the server."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from pcc_portal.reflex_internals import ROOT
from tools.words import KEYWORDS

FLOORS = ("cards", "components", "domain", "integrations/storage", "pages", "services", "state", "web")
#: Shows the kit's pieces to those who build with them, in demo mode alone, in English.
APART = {"kit_page.py"}
_SENTENCE = re.compile(r"\s?[A-Z¿][a-z]*(?:[ ,:] ?[a-zA-Z'’-]+)+[.?!…:]?\s?")
#: Errors of programs, which nobody reads on a screen.
_PROGRAMS = {"ValueError", "RuntimeError", "TypeError", "KeyError", "warning", "error", "info"}


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _left_out(tree: ast.Module) -> Iterator[ast.AST]:
    """What is a docstring, or is spoken by the catalogue, or goes to a log."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in {*KEYWORDS, *_PROGRAMS}:
            yield from ast.walk(node)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _sentences(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    left_out = {id(node) for node in _left_out(tree)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in left_out)
    return [text.value for text in texts if isinstance(text.value, str) and _SENTENCE.fullmatch(text.value)]


def test_every_sentence_is_wrapped() -> None:
    found = {}
    for floor in FLOORS:
        for path in sorted((ROOT / "pcc_portal" / floor).rglob("*.py")):
            if path.name not in APART and (sentences := _sentences(path)):
                found[str(path.relative_to(ROOT))] = sentences
    assert found == {}


def test_a_sentence_is_known_when_it_is_seen(tmp_path: Path) -> None:
    source = tmp_path / "page.py"
    source.write_text(
        '"""Doc of it."""\nx = el("Take this time", _("Is it so?"), id="care-plan", alt="M3 4")\n'
    )
    assert _sentences(source) == ["Take this time"]
