"""The portal's own marks: the greeting, the leaf of a day, the thread with its knots, the vine of goals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from pcc_portal.components.kit.base import Child, Text, classes, hidden_text, icon
from pcc_portal.language import _

#: A vine of leaves, drawn once; the box is 320 × 200.
_VINE_STEM = "M316 196C286 150 282 92 232 66S128 62 92 26"
_VINE_LEAVES = (
    "M282 118c26-4 42-22 42-52-30 2-48 20-42 52Z",
    "M254 80c-6-26-28-40-60-36 4 30 26 46 60 36Z",
    "M196 60c16-20 12-44-12-62-20 20-18 46 12 62Z",
    "M150 54c-26-4-42 8-50 34 28 8 48-6 50-34Z",
    "M112 40c-2-24-16-38-44-42-2 28 14 44 44 42Z",
)


def vine(**attrs: Any) -> rx.Component:
    """A vine to grow in a corner; it says nothing."""
    return rx.el.svg(
        rx.el.svg.path(d=_VINE_STEM, class_name="vine-stem"),
        *(
            rx.el.svg.path(d=leaf, class_name="vine-leaf sun" if n == 0 else "vine-leaf")
            for n, leaf in enumerate(_VINE_LEAVES)
        ),
        view_box="0 0 340 200",
        aria_hidden="true",
        class_name=classes("vine", attrs),
        **attrs,
    )


def hero(title: Text, lead: Text, *more: Child, **attrs: Any) -> rx.Component:
    """The head of the one page that greets: the h1 and a sentence on deep green."""
    return rx.el.header(
        vine(),
        rx.el.h1(title),
        rx.el.p(lead, class_name="hero-lead"),
        *more,
        class_name=classes("hero", attrs),
        **attrs,
    )


def day_tile(month: Text, number: Text) -> rx.Component:
    """A day as a leaf of a calendar; the same day stands in words beside it."""
    return rx.el.span(
        rx.el.span(month, class_name="tile-month"),
        rx.el.span(number, class_name="tile-day"),
        aria_hidden="true",
        class_name="day-tile",
    )


def stages(names: Sequence[Text], at: rx.Var[int] | int, label: Text) -> rx.Component:
    """The thread: how far a thing has come, one knot a stage; ``at`` counts from 1, 0 before all."""
    return rx.el.ol(
        *(_knot(name, at - n if isinstance(at, int) else at.to(int) - n) for n, name in enumerate(names, 1)),
        class_name="stages",
        aria_label=label,
    )


def _knot(name: Text, ahead: rx.Var | int) -> rx.Component:
    """``ahead`` is how many stages after this one have begun; negative when it has not begun itself."""
    if isinstance(ahead, int):
        state = "done" if ahead > 0 else "now" if ahead == 0 else "ahead"
        spoken: Child = {"done": _("done"), "now": _("now"), "ahead": _("to come")}[state]
        own: Any = f"stage {state}"
    else:
        spoken = rx.cond(ahead > 0, _("done"), rx.cond(ahead == 0, _("now"), _("to come")))
        own = ["stage", rx.cond(ahead > 0, "done", rx.cond(ahead == 0, "now", "ahead"))]
    return rx.el.li(rx.el.span(name), hidden_text(rx.fragment(" (", spoken, ")")), class_name=own)


def leaves(reached: rx.Var[list[bool]], fact: Text) -> rx.Component:
    """One leaf a goal on a stem, green where it is reached; ``fact`` says the same in words."""
    return rx.el.div(
        rx.el.span(
            rx.foreach(reached, lambda met: rx.el.span(class_name=["goal-leaf", rx.cond(met, "met", "")])),
            aria_hidden="true",
            class_name="stem",
        ),
        rx.el.p(fact, class_name="leaves-fact"),
        class_name="leaves",
    )


def confirmation(
    title: Text, *steps: Child, note: Text | None = None, focus: bool = True, **attrs: Any
) -> rx.Component:
    """What was just sent, and what happens now, step by step; it takes the ``focus`` when it appears."""
    return rx.el.section(
        rx.el.div(icon("check"), rx.el.h2(title), class_name="confirmation-head"),
        rx.el.h3(_("What happens now")),
        rx.el.ol(*(rx.el.li(step) for step in steps), class_name="what-now"),
        *([rx.el.p(note, class_name="meta")] if note is not None else []),
        tab_index=-1,
        role="group",
        aria_label=title,
        **({"data_focus_on_show": "true"} if focus else {}),
        class_name=classes("confirmation", attrs),
        **attrs,
    )


def hint(name: str, *words: Child, **attrs: Any) -> rx.Component:
    """A word for the first visit; once put away it stays away on this device (controls.js)."""
    return rx.el.aside(
        icon("sparkles"),
        rx.el.p(*words),
        rx.el.button(_("Got it"), type="button", data_hint_done=name, class_name="button quiet small"),
        data_hint=name,
        hidden=True,
        aria_label=_("Hint"),
        class_name=classes("hint", attrs),
        **attrs,
    )
