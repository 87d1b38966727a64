"""What every page stands in: the way around for patients, the desk for staff, the calm before sign-in."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.components.kit.base import Child, Text, hidden_text, icon, when
from pcc_portal.language import _, localized
from pcc_portal.pages.foot import help_line, statement_link
from pcc_portal.pages.furniture import (
    brand,
    language_switch,
    mark,
    sign_out,
    skip,
    status_places,
    viewing_as_bar,
)
from pcc_portal.pages.help import help_button, help_panel

Place = tuple[str, str, str, str]  # name, icon, label, path


def head() -> list[rx.Component]:
    """What the head of every document carries: ``rx.App(head_components=shell.head())``.

    Styles and scripts are written in by the build (``frontend_pages``).
    """
    return [
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.meta(name="theme-color", content="#1b5e4b"),
    ]


def _patient_places() -> list[Place]:
    return [
        ("home", "house", _("Home"), routes.HOME),
        ("care-plan", "heart-pulse", _("Care plan"), routes.CARE_PLAN),
        ("appointments", "calendar", _("Appointments"), routes.APPOINTMENTS),
        ("messages", "message-square", _("Messages"), routes.MESSAGES),
        ("more", "ellipsis", _("More"), routes.MORE),
    ]


def _desk_places() -> list[Place]:
    return [("inbox", "inbox", _("Inbox"), routes.INBOX)]


def _badge(unread: int | rx.Var) -> list[rx.Component]:
    if not isinstance(unread, rx.Var):
        return [rx.el.span(unread, hidden_text(_(" unread")), class_name="badge")] if unread else []
    return [
        rx.cond(
            unread.to(int) > 0,
            rx.el.span(unread, hidden_text(_(" unread")), class_name="badge"),
            rx.fragment(),
        )
    ]


def _nav(places: Sequence[Place], active: str, unread: int | rx.Var) -> rx.Component:
    links = [
        rx.el.a(
            rx.el.span(
                icon(picture),
                *(_badge(unread) if name in ("messages", "inbox") else []),
                class_name="nav-icon",
            ),
            rx.el.span(label, class_name="nav-label"),
            href=localized(path),
            class_name="nav-link",
            **({"aria_current": "page"} if name == active else {}),
        )
        for name, picture, label, path in places
    ]
    return rx.el.nav(*links, aria_label=_("Main"), class_name="main-nav")


def _top_bar(clinic: Text | None, person_name: Text, path: str) -> rx.Component:
    return rx.el.header(
        brand(clinic if clinic is not None else _("My care team"), routes.HOME),
        *when(person_name, lambda name: rx.el.span(name, class_name="person-name")),
        help_button(),
        language_switch(path),
        sign_out(),
        class_name="top-bar",
    )


def patient_page(
    active: str,
    title: Text,
    *content: Child,
    path: str = routes.HOME,
    clinic: Text | None = None,
    person_name: Text = "",
    viewing_as: Text = "",
    unread: int | rx.Var = 0,
    lead: Text | None = None,
    back: tuple[Text, Text] | None = None,
    wide: bool = False,
    own_record: bool | rx.Var = True,
    back_if: rx.Var | None = None,
    head: rx.Component | None = None,
    class_name: str = "",
) -> rx.Component:
    """A page for patients. It draws the h1 from ``title``, unless there is a ``head`` of its own.

    ``active`` is home, care-plan, appointments, messages or more; ``path`` is the page's own, for the
    language switch; ``wide`` for pages that are more than one column of reading.
    """
    top = head if head is not None else kit.page_header(title, lead, back, back_if=back_if)
    own = f"page{' wide' if wide else ''} {class_name}".strip()
    return rx.el.div(
        skip(),
        _top_bar(clinic, person_name, path),
        *viewing_as_bar(viewing_as, own_record),
        status_places(),
        _nav(_patient_places(), active, unread),
        rx.el.main(top, *content, help_line(), id="main", tab_index=-1, class_name=own),
        help_panel(path),
        class_name="shell patient",
    )


def _rail_foot(person_name: Text, path: str) -> rx.Component:
    return rx.el.div(
        *when(person_name, lambda name: rx.el.span(name, class_name="person-name")),
        help_button(),
        statement_link(hidden_text(_("Accessibility")), "top-action"),
        language_switch(path),
        sign_out(),
        class_name="rail-foot",
    )


def desk_page(
    active: str,
    title: Text,
    *panes: Child,
    path: str = routes.INBOX,
    clinic: Text | None = None,
    person_name: Text = "",
    unread: int | rx.Var = 0,
    places: Sequence[Place] | None = None,
) -> rx.Component:
    """A screen for staff: a slim rail, then the panes side by side, each scrolling on its own.

    Make panes with ``rx.el.section(class_name="pane list|talk|context", aria_label=…)``.
    """
    return rx.el.div(
        skip(),
        rx.el.header(
            rx.el.a(
                mark(),
                hidden_text(clinic if clinic is not None else _("Home")),
                href=localized(path),
                class_name="brand",
            ),
            _nav(places or _desk_places(), active, unread),
            _rail_foot(person_name, path),
            class_name="rail",
        ),
        status_places(),
        rx.el.main(
            rx.el.h1(title, class_name="sr-only"),
            *panes,
            id="main",
            tab_index=-1,
            class_name="panes",
        ),
        help_panel(path, person=False),
        class_name="shell desk",
    )


def public_page(
    title: Text,
    *content: Child,
    path: str = routes.SIGN_IN,
    clinic: Text | None = None,
    wide: bool = False,
    beside: Child | None = None,
) -> rx.Component:
    """A page before sign-in: centred and calm; ``beside`` stands next to its one column."""
    kind = "wide" if wide else "door" if beside is not None else "narrow"
    column = [rx.el.h1(title), *content, help_line()]
    return rx.el.div(
        skip(),
        rx.el.header(
            brand(clinic if clinic is not None else _("My care team"), routes.SIGN_IN),
            help_button(),
            language_switch(path),
            class_name="top-bar",
        ),
        status_places(),
        rx.el.main(
            *([beside, rx.el.div(*column, class_name="door-form")] if beside is not None else column),
            id="main",
            tab_index=-1,
            class_name=f"page {kind}",
        ),
        help_panel(path, person=False),
        class_name="shell public",
    )
