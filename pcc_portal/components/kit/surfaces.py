"""What words stand on: pages' heads, cards, lists, banners and tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from pcc_portal.components.kit.actions import link_to
from pcc_portal.components.kit.base import Child, Text, classes, icon, when
from pcc_portal.language import _

Tone = Literal["neutral", "good", "wait", "warn", "stop", "info", "staff"]
Banner = Literal["info", "good", "warn", "stop"]

_BANNER_ICONS = {
    "info": "info",
    "good": "circle-check",
    "warn": "triangle-alert",
    "stop": "circle-alert",
}


def card(*children: Child, **attrs: Any) -> rx.Component:
    """A sheet for one thing; add ``class_name="leaf"`` for the one that matters most on the page."""
    return rx.el.article(*children, class_name=classes("card", attrs), **attrs)


def section(title: Text, *children: Child, action: Child | None = None, **attrs: Any) -> rx.Component:
    """A named part of a page, with one small action beside its title."""
    head = rx.el.div(
        rx.el.h2(title),
        *([action] if action is not None else []),
        class_name="section-head",
    )
    return rx.el.section(head, *children, class_name=classes("section", attrs), **attrs)


def page_header(
    title: Text,
    lead: Text | None = None,
    back: tuple[Text, Text] | None = None,
    *aside: Child,
    back_if: rx.Var | None = None,
) -> rx.Component:
    """The head of a page: the way back as ``(label, href)``, its one h1, and a sentence under it."""
    way_back = [back_link(*back)] if back else []
    return rx.el.header(
        *([rx.cond(back_if, each, rx.fragment()) for each in way_back] if back_if is not None else way_back),
        rx.el.div(rx.el.h1(title), *aside, class_name="page-title"),
        *when(lead, lambda words: rx.el.p(words, class_name="lead")),
        class_name="page-header",
    )


def back_link(label: Text, href: Text) -> rx.Component:
    """The way back, above a title."""
    return link_to(rx.fragment(icon("arrow-left"), rx.el.span(label)), href, class_name="back")


def tag(
    text: Text,
    tone: Tone | rx.Var = "neutral",
    icon_name: str | None = None,
    **attrs: Any,
) -> rx.Component:
    """A word about state. The words say it; the colour only repeats it."""
    own = ["tag", tone] if isinstance(tone, rx.Var) else classes(f"tag {tone}", attrs)
    return rx.el.span(*([icon(icon_name)] if icon_name else []), text, class_name=own, **attrs)


def status_line(
    text: Text, who: Text | None = None, by_when: Text | None = None, turn: Text = "ours", **attrs: Any
) -> rx.Component:
    """Where a thing stands, who acts next and by when: a knot on the thread, coloured by whose turn it is."""
    own = ["status-line", turn] if isinstance(turn, rx.Var) else classes(f"status-line {turn}", attrs)
    return rx.el.p(
        rx.el.strong(text),
        *when(who, lambda words: rx.el.span(words, class_name="who")),
        *when(by_when, lambda words: rx.el.span(words, class_name="by-when")),
        class_name=own,
        **attrs,
    )


def banner(kind: Banner, title: Text, *body: Child, **attrs: Any) -> rx.Component:
    """Something to know before the rest; ``stop`` is announced at once."""
    attrs.setdefault("role", "alert" if kind == "stop" else "status")
    return rx.el.div(
        icon(_BANNER_ICONS[kind]),
        rx.el.div(rx.el.p(title, class_name="banner-title"), *body, class_name="banner-body"),
        class_name=classes(f"banner {kind}", attrs),
        **attrs,
    )


def empty_state(icon_name: str, title: Text, body: Text, action: Child | None = None) -> rx.Component:
    """Nothing here yet, why that is fine, and what one could do."""
    return rx.el.div(
        rx.el.span(icon(icon_name), class_name="empty-icon"),
        rx.el.p(title, class_name="empty-title"),
        rx.el.p(body),
        *([action] if action is not None else []),
        class_name="empty",
    )


def avatar(initials: Text, tone: Literal["person", "staff"] = "person", **attrs: Any) -> rx.Component:
    """Two letters for a person; their name stands beside it in words."""
    return rx.el.span(
        initials,
        aria_hidden="true",
        class_name=classes("avatar staff" if tone == "staff" else "avatar", attrs),
        **attrs,
    )


def summary_list(rows: Sequence[tuple[Text, Child]] | rx.Var, **attrs: Any) -> rx.Component:
    """Names and values, ``(name, value)`` each, or a var of such pairs."""
    if isinstance(rows, rx.Var):
        body = [rx.foreach(rows, lambda row: rx.el.div(rx.el.dt(row[0]), rx.el.dd(row[1])))]
    else:
        body = [rx.el.div(rx.el.dt(name), rx.el.dd(value)) for name, value in rows]
    return rx.el.dl(*body, class_name=classes("summary-list", attrs), **attrs)


def timeline(*entries: Child, **attrs: Any) -> rx.Component:
    """What happened, in order, along one thread; fill it with :func:`timeline_entry`."""
    return rx.el.ol(*entries, class_name=classes("timeline", attrs), **attrs)


def timeline_entry(
    when_text: Text, title: Text, *body: Child, done: bool = True, **attrs: Any
) -> rx.Component:
    """One knot: when, what, and more words under it."""
    own = classes("knot" if done else "knot ahead", attrs)
    return rx.el.li(
        rx.el.span(when_text, class_name="meta"),
        rx.el.p(title, class_name="knot-title"),
        *body,
        class_name=own,
        **attrs,
    )


def progress(
    value: int | rx.Var, label: Text, max: int | rx.Var = 100, fact: Text | None = None
) -> rx.Component:
    """A bar with the same fact in words beside it."""
    return rx.el.div(
        rx.el.span(label, class_name="progress-label"),
        *when(fact, lambda words: rx.el.span(words, class_name="progress-fact")),
        rx.el.progress(value=value, max=max, aria_label=label),
        class_name="progress",
    )


def tabs(label: Text, items: Sequence[tuple[Text, Text, bool | rx.Var]]) -> rx.Component:
    """Views of one thing as links, ``(label, href, current)`` each."""
    links = [
        link_to(name, href, class_name="tab", aria_current=_current(current)) for name, href, current in items
    ]
    return rx.el.nav(*links, aria_label=label, class_name="tabs")


def _current(current: bool | rx.Var) -> Any:
    if isinstance(current, rx.Var):
        return rx.cond(current, "page", "false")
    return "page" if current else "false"


def dialog_box(
    id: str, title: Text, *body: Child, actions: Sequence[Child] = (), **attrs: Any
) -> rx.Component:
    """A native dialog; ``open_dialog`` buttons open it, Escape and its close button shut it."""
    return rx.el.dialog(
        rx.el.div(
            rx.el.h2(title, id=f"{id}-title"),
            rx.el.button(
                icon("x"),
                type="button",
                data_close_dialog="true",
                aria_label=_("Close"),
                class_name="button quiet icon-only",
            ),
            class_name="dialog-head",
        ),
        *body,
        *([rx.el.div(*actions, class_name="form-actions")] if actions else []),
        id=id,
        aria_labelledby=f"{id}-title",
        class_name=classes("dialog", attrs),
        **attrs,
    )
