"""What every piece of the kit stands on: text or var, class names joined, icons inline."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A

from pcc_portal.components.kit.icon_paths import ICON_PATHS

#: Icons that point along the line; where lines run the other way, so do they.
POINTING = {
    "arrow-left", "arrow-right", "chevron-left", "chevron-right", "external-link", "log-out", "send",
}  # fmt: skip

Text = str | rx.Var
Child = rx.Component | rx.Var | str


def classes(own: str, attrs: dict[str, Any]) -> Any:
    """The piece's own class with whatever ``class_name`` the caller added (taken out of ``attrs``)."""
    more = attrs.pop("class_name", None)
    if more is None:
        return own
    return f"{own} {more}" if isinstance(more, str) else [own, more]


def icon(name: str, label: Text | None = None, **attrs: Any) -> rx.Component:
    """An inline icon of the set; hidden from screen readers unless it has a ``label``."""
    named = {"role": "img", "aria_label": label} if label is not None else {"aria_hidden": "true"}
    return rx.el.svg(
        rx.el.svg.path(d=ICON_PATHS[name]),
        view_box="0 0 24 24",
        class_name=classes("icon points" if name in POINTING else "icon", attrs),
        **named,
        **attrs,
    )


def hidden_text(text: Text) -> rx.Component:
    """Words for screen readers only."""
    return rx.el.span(text, class_name="sr-only")


def when(value: Text | None, build: Any) -> list[rx.Component]:
    """``[build(value)]``, or nothing when there is no value; a var decides on screen."""
    if value is None or (isinstance(value, str) and not value):
        return []
    if isinstance(value, rx.Var):
        return [rx.cond(value, build(value), rx.fragment())]
    return [build(value)]


def anchor(*children: Child, **attrs: Any) -> rx.Component:
    """A plain ``<a>``: the browser follows it. ``rx.el.a`` is the client router's link instead."""
    return A.create(*children, **attrs)
