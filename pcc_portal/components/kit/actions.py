"""Things to press: buttons and links."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from pcc_portal.components.kit.base import Text, anchor, classes, icon
from pcc_portal.language import DEFAULT, _, locale_of, localized

Kind = Literal["primary", "secondary", "quiet", "danger"]


def _inside(label: Text, icon_name: str | None) -> list[rx.Component]:
    words = rx.el.span(label, class_name="button-label")
    return [icon(icon_name), words] if icon_name else [words]


def _spoken(href: Text) -> Text:
    """The path in the language being spoken; a var and an already localised path stay as they are."""
    if isinstance(href, str) and href.startswith("/") and locale_of(href) == DEFAULT:
        return localized(href)
    return href


def button(label: Text, kind: Kind = "primary", icon: str | None = None, **attrs: Any) -> rx.Component:
    """A button; ``type="button"`` unless told, so it never sends a form by accident."""
    attrs.setdefault("type", "button")
    return rx.el.button(*_inside(label, icon), class_name=classes(f"button {kind}", attrs), **attrs)


def try_again() -> rx.Component:
    """Loads the screen once more: the script takes the line up anew, so it works whatever failed."""
    return button(_("Try again"), "secondary", data_reconnect="true", class_name="small")


def submit(label: Text, kind: Kind = "primary", icon: str | None = None, **attrs: Any) -> rx.Component:
    """The button that sends its form."""
    return button(label, kind, icon, type="submit", **attrs)


def icon_button(icon_name: str, label: Text, **attrs: Any) -> rx.Component:
    """A square button with an icon alone; ``label`` is its spoken name and its tooltip."""
    attrs.setdefault("type", "button")
    own = classes("button quiet icon-only", attrs)
    return rx.el.button(icon(icon_name), class_name=own, aria_label=label, title=label, **attrs)


def link_to(label: Text | rx.Component, href: Text, **attrs: Any) -> rx.Component:
    """A link to a page, followed by the client router; a path is put in the language being spoken."""
    return rx.el.a(label, href=_spoken(href), class_name=classes("link", attrs), **attrs)


def link_out(label: Text | rx.Component, href: Text, **attrs: Any) -> rx.Component:
    """A link to one of our own HTTP routes or to another site: the browser itself follows it."""
    own = classes("link", attrs)
    return anchor(label, href=href, class_name=own, **attrs)


def link_button(
    label: Text,
    href: Text,
    kind: Kind = "primary",
    icon: str | None = None,
    out: bool = False,
    **attrs: Any,
) -> rx.Component:
    """A link that looks like a button; ``out=True`` for our own HTTP routes."""
    own = classes(f"button {kind}", attrs)
    if out:
        return anchor(*_inside(label, icon), href=href, class_name=own, **attrs)
    return rx.el.a(*_inside(label, icon), href=_spoken(href), class_name=own, **attrs)


def kbd(keys: Text) -> rx.Component:
    """A key to press."""
    return rx.el.kbd(keys)
