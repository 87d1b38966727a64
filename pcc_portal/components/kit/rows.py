"""Lists to open one thing from, whose turn it is, facts in pairs, and the shape of what is coming."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from pcc_portal.components.kit.actions import try_again
from pcc_portal.components.kit.base import Child, Text, classes, hidden_text, icon
from pcc_portal.language import _

Shape = Literal["cards", "rows", "form", "talk", "lines"]


def row(
    title: Text,
    href: Text,
    *lines: Child,
    icon_name: str | None = None,
    aside: Sequence[Child] = (),
    **attrs: Any,
) -> rx.Component:
    """A row that opens something: its title with tags or a time beside it, and lines under it."""
    return rx.el.a(
        *([icon(icon_name, class_name="row-icon")] if icon_name else []),
        rx.el.span(
            rx.el.span(rx.el.span(title, class_name="row-title"), *aside, class_name="row-head"),
            *lines,
            class_name="row-main",
        ),
        icon("chevron-right", class_name="row-go"),
        href=href,
        class_name=classes("row", attrs),
        **attrs,
    )


def turn(text: Text, whose: Text) -> rx.Component:
    """Who acts next and by when, small: a knot and its words. ``whose`` as in ``cards/promise.py``."""
    return rx.el.span(text, class_name=["turn", whose] if isinstance(whose, rx.Var) else f"turn {whose}")


def facts(pairs: Sequence[tuple[Text, rx.Var]], **attrs: Any) -> rx.Component:
    """Names and values close together; an empty value leaves its line out."""
    return rx.el.dl(
        *(
            rx.cond(value != "", rx.el.div(rx.el.dt(name), rx.el.dd(value, class_name="as-typed")))
            for name, value in pairs
        ),
        class_name=classes("facts", attrs),
        **attrs,
    )


def skeleton(shape: Shape = "lines", count: int = 3) -> rx.Component:
    """Grey lines in the shape of what is coming; the script shows what to do when it does not come."""
    build = {"cards": _card, "rows": _line, "form": _question, "talk": _bubble, "lines": _bone}[shape]
    return rx.el.div(
        hidden_text(_("Loading")),
        rx.el.div(
            rx.el.p(_("This takes longer than usual. Nothing that you sent is lost.")),
            try_again(),
            data_slow="true",
            hidden=True,
            class_name="slow",
        ),
        *(build(n) for n in range(count)),
        class_name=f"skeleton {shape}",
        role="status",
    )


def _bone(_n: int = 0, width: str = "") -> rx.Component:
    return rx.el.span(class_name=f"bone {width}".strip())


def _card(_n: int) -> rx.Component:
    return rx.el.div(_bone(0, "half"), _bone(), _bone(0, "most"), class_name="card")


def _line(_n: int) -> rx.Component:
    return rx.el.div(_bone(0, "half"), _bone(0, "most"), class_name="skeleton-row")


def _question(_n: int) -> rx.Component:
    return rx.el.div(_bone(0, "third"), _bone(0, "tall"), class_name="skeleton-row")


def _bubble(n: int) -> rx.Component:
    return rx.el.div(_bone(), _bone(0, "half"), class_name="bubble mine" if n % 2 else "bubble theirs")


__all__ = ["facts", "row", "skeleton", "turn"]
