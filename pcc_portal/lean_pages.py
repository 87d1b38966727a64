"""Takes out of what Reflex compiles what no page of ours uses, before it is bundled (Reflex is pinned)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

#: Instead of the library for styles in properties, which the content security policy forbids anyway.
_ELEMENTS = Path("utils/elements.js")
_ELEMENTS_SOURCE = 'export { createElement as jsx } from "react";\n'
#: One file for what every page needs: a phone on HTTP/1.1 asks for six at a time.
_SHARED = r"{ test: /node_modules|[\\/]utils[\\/]|env\.json|reflex\.json/, name: 'shared' }"

#: An ``eval`` that could see local names keeps every name of its bundle as long as it was written.
_SHORT_NAMES = r"""
const shortNames = { name: "short-names", transform: (code, id) =>
  id.endsWith("/utils/state.js") ? code.replace(/([^.\w])eval\(/g, "$1(0, eval)(") : null };
"""


class LeanPages(Plugin):
    """The plugin of ``rxconfig.py``; an edit that finds nothing to change fails the build."""

    def get_static_assets(self, **_context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """The module that makes elements."""
        return [(_ELEMENTS, _ELEMENTS_SOURCE)]

    def pre_compile(self, **context: Any) -> None:
        """Name the edits; Reflex makes them when everything is compiled."""
        modify: Callable[[str, Callable[[str], str]], None] = context["add_modify_task"]
        modify("vite.config.js", _bundle)
        modify("app/_document.js", _no_style_links)
        modify("app/root.jsx", _no_global_modules)


def _bundle(text: str) -> str:
    file = f'fileURLToPath(new URL("./{_ELEMENTS}", import.meta.url))'
    alias = f'{{ find: "@emotion/react", replacement: {file} }},'
    text = _once(r"alias: \[", f"alias: [\n      {alias}", text)
    text = _once(r"export default", f"{_SHORT_NAMES}\nexport default", text)
    text = _once(r"plugins: \[", "plugins: [shortNames, ", text)
    return _once(r"\{\s*test: /env\.json/,\s*name: \"reflex-env\",\s*\}", _SHARED, text)


def _no_style_links(text: str) -> str:
    """The reset is written into each page with the other styles (``frontend_files``)."""
    return _once(r'jsx\("link",\{[^}]*reflexGlobalStyles[^}]*\}(?:,?)\),', "", text, times=2)


def _no_global_modules(text: str) -> str:
    """Whole modules for code that comes as text: nothing of ours does, and the policy forbids it."""
    return _once(r"useEffect\(\(\) => \{.*?window\.__reflex = .*?\}, \[\]\);", "", text)


def _once(pattern: str, instead: str, text: str, times: int = 1) -> str:
    """Replace what must be there so many times."""
    changed, count = re.subn(pattern, lambda _match: instead, text, flags=re.S)
    if count != times:
        raise RuntimeError(f"Reflex compiles differently now: {count} of {pattern!r}")
    return changed
