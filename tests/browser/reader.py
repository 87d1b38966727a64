"""What a screen reader says: the browser's accessibility tree as sentences, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

Node = dict[str, Any]

# What is read as one with what is in it, and what is passed over in silence.
WHOLE = {"button", "link", "heading", "image", "textbox", "combobox", "checkbox", "radio", "progressbar"} | {
    "DisclosureTriangle", "StaticText", "Date", "DateTime", "spinbutton", "tab", "term",
}  # fmt: skip
SILENT = {
    "none", "generic", "InlineTextBox", "LineBreak", "RootWebArea", "paragraph", "ListMarker", "option",
    "sectionheader", "sectionfooter", "strong", "emphasis", "MenuListPopup", "SvgRoot", "Figcaption",
    "DescriptionList", "listitem", "definition", "time", "Abbr", "mark",
}  # fmt: skip
LABELS = {"LabelText", "Legend"}
NAMED = {"group", "Section", "region", "figure", "form", "article"}  # nothing, without a name
SPOKEN = {
    "DisclosureTriangle": "disclosure", "textbox": "edit", "combobox": "choice", "contentinfo": "foot",
    "complementary": "aside", "Date": "date edit", "DateTime": "date and time edit", "StaticText": "",
    "progressbar": "progress", "descriptionlist": "list",
}  # fmt: skip
STATES = {"required": "required", "disabled": "unavailable", "readonly": "read only"}

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*"
VARIES = (
    (re.compile(rf"\b{_MONTH} \d{{4}}\b"), "<month>"),
    (re.compile(rf"(?:{_DAY},? )?{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\b\d{{4}}-\d\d-\d\d\b"), "<day>"),
    (re.compile(r"\d{1,2}:\d\d(?:\s?[AP]M)?"), "<time>"),
    (re.compile(rf"\b(?:{_DAY}|today|tomorrow|yesterday)(?:,| at)? (?=<)", re.I), ""),
    (re.compile(r"<day>(?:,| at)? ?<time>|<time>"), "<when>"),
    (re.compile(r"\b(?:\d+ (?:min|h|d)|just now)\b"), "<age>"),
    (re.compile(r"\bGood (?:morning|afternoon|evening)\b"), "Good <time of day>"),
    (re.compile(rf"\b{_DAY}\b"), "<weekday>"),
    (re.compile(r"<day>"), "<when>"),
)


def same(text: str) -> str:
    """The text without what another hour would change."""
    text = re.sub(r"[\s\u202f\xa0]+", " ", text).strip()
    for pattern, word in VARIES:
        text = pattern.sub(word, text)
    return text


def _value(node: Node, key: str) -> str:
    return str(node.get(key, {}).get("value") or "")


def _state(node: Node) -> dict[str, Any]:
    return {each["name"]: each["value"].get("value") for each in node.get("properties", [])}


def sentence(node: Node) -> str:
    """One node as it is spoken: what it is, its name, its state, what it holds, what describes it."""
    role, state = _value(node, "role"), _state(node)
    what = SPOKEN.get(role, role)
    if role == "heading":
        what = f"heading level {state.get('level')}"
    parts = [what, _value(node, "name")]
    parts += [word for name, word in STATES.items() if state.get(name)]
    if state.get("invalid") not in (None, "false"):
        parts.append("invalid")
    if role in ("checkbox", "radio", "button"):
        parts.append(
            {"true": "chosen" if role != "button" else "pressed"}.get(
                str(state.get("checked", state.get("pressed"))), ""
            )
        )
    if "expanded" in state and role != "combobox":
        parts.append("open" if state["expanded"] else "closed")
    if role in ("textbox", "combobox", "progressbar"):
        parts.append(_value(node, "value"))
    if role != "StaticText" and _value(node, "description") != _value(node, "name"):
        parts.append(_value(node, "description"))
    return same(", ".join(part for part in parts if part))


def _tree(page: Page) -> dict[str, Node]:
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return {node["nodeId"]: node for node in nodes}


def _read(tree: dict[str, Node], node: Node, label: bool = False) -> Iterator[str]:
    """Labels and legends are left out: their field, their group says the same."""
    role = _value(node, "role")
    label = (label or role in LABELS) and role not in WHOLE - {"StaticText"}
    heard = not node.get("ignored") and role not in SILENT | LABELS and not (label and role == "StaticText")
    if heard and (role not in NAMED or _value(node, "name")):
        yield sentence(node)
        if role in WHOLE:
            return
    for key in node.get("childIds", []):
        if key in tree:
            yield from _read(tree, tree[key], label)


def read(page: Page, landmark: str = "main") -> list[str]:
    """Everything in a landmark of the page, in the order it is read."""
    tree = _tree(page)
    found = [n for n in tree.values() if not n.get("ignored") and _value(n, "role") in (landmark,)]
    return [line for node in found for line in _joined(_read(tree, node))]


def _joined(lines: Iterator[str]) -> Iterator[str]:
    """Without what says nothing, and without saying the same twice in a row."""
    last = ""
    for line in lines:
        if re.search(r"\w", line) and line != last:
            yield line
        last = line


def at(page: Page) -> str:
    """What has the focus."""
    focused = [node for node in _tree(page).values() if _state(node).get("focused")]
    return sentence(focused[-1]) if focused else "nothing"
