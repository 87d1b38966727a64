"""Messages between a patient and the care team, and the team's own notes."""

from __future__ import annotations

from typing import Any

import reflex as rx

from pcc_portal.components.kit.base import Child, Text, classes, icon, when
from pcc_portal.language import _


def _side(mine: bool | rx.Var) -> Any:
    if isinstance(mine, rx.Var):
        return ["bubble", rx.cond(mine, "mine", "theirs")]
    return "bubble mine" if mine else "bubble theirs"


def message_bubble(
    author: Text,
    sent: Text,
    text: Text,
    *extra: Child,
    mine: bool | rx.Var = False,
    state: Text | None = None,
    **attrs: Any,
) -> rx.Component:
    """One message: who, when, the words as typed, files in ``extra``, and "Read" or the like in ``state``."""
    return rx.el.li(
        rx.el.div(
            rx.el.span(author, class_name="bubble-author"),
            rx.el.span(sent, class_name="meta"),
            class_name="bubble-head",
        ),
        rx.el.div(rx.el.p(text, class_name="as-typed"), *extra, class_name="bubble-body"),
        *when(state, lambda words: rx.el.p(words, class_name="meta bubble-state")),
        class_name=_side(mine),
        **attrs,
    )


def note_bubble(author: Text, sent: Text, text: Text, *extra: Child, **attrs: Any) -> rx.Component:
    """An internal note: another colour, another shape, and it says that the patient cannot see it."""
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                icon("lock"),
                _("Internal note: patients cannot see this"),
                class_name="note-mark",
            ),
            rx.el.span(author, class_name="bubble-author"),
            rx.el.span(sent, class_name="meta"),
            class_name="bubble-head",
        ),
        rx.el.div(rx.el.p(text, class_name="as-typed"), *extra, class_name="bubble-body"),
        class_name=classes("bubble note", attrs),
        **attrs,
    )


def conversation(*entries: Child, label: Text, **attrs: Any) -> rx.Component:
    """The messages of a thread, oldest first; new ones are announced."""
    return rx.el.div(
        rx.el.ol(*entries, class_name="conversation"),
        class_name=classes("talk-log", attrs),
        role="log",
        aria_label=label,
        aria_live="polite",
        **attrs,
    )
