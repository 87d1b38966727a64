"""What every page stands in: the way around for patients, the desk for staff, the calm before sign-in."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.components.kit.base import Child, Text, hidden_text, icon, when
from pcc_portal.language import _, current_locale, localized
from pcc_portal.pages.foot import help_line, statement_link

Place = tuple[str, str, str, str]  # name, icon, label, path


def head() -> list[rx.Component]:
    """What the head of every document carries: ``rx.App(head_components=shell.head())``."""
    return [
        rx.el.script(src="/connection.js"),
        rx.el.link(rel="stylesheet", href="/portal.css"),
        # Asked for before the scripts of the page, which would take every connection first.
        rx.el.link(rel="preload", href="/portal.css", custom_attrs={"as": "style"}),
        rx.el.link(rel="preload", href="/connection.js", custom_attrs={"as": "script"}),
        rx.el.link(
            rel="preload",
            href="/fonts/atkinson-next.woff2",
            custom_attrs={"as": "font", "type": "font/woff2", "crossOrigin": "anonymous"},
        ),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.meta(name="theme-color", content="#1b5e4b"),
        rx.el.script(src="/portal.js", defer=True),
        rx.el.script(src="/controls.js", defer=True),
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


def _mark() -> rx.Component:
    """The portal's mark: two leaves on one thread."""
    return rx.el.svg(
        rx.el.svg.path(d="M16 29V15", class_name="mark-thread"),
        rx.el.svg.path(d="M16 17C16 9 10 4 3 4c0 8 5 13 13 13Z", class_name="mark-leaf"),
        rx.el.svg.path(d="M16 23c0-6 5-10 12-10 0 6-5 10-12 10Z", class_name="mark-leaf two"),
        view_box="0 0 32 32",
        class_name="mark",
        aria_hidden="true",
    )


def _brand(clinic: Text, home: str) -> rx.Component:
    return rx.el.a(_mark(), rx.el.span(clinic), href=localized(home), class_name="brand")


def _language_switch(path: str) -> rx.Component:
    """A form of our own, so that the choice is kept; ``page`` is for browsers that do not say where."""
    other, name = ("es", "Español") if current_locale() == "en" else ("en", "English")
    words = (icon("globe"), rx.el.span(name, lang=other))
    return kit.NativeForm.create(
        kit.hidden("language", other),
        kit.hidden("page", path),
        rx.el.button(*words, type="submit", class_name="top-action language"),
        action=routes.LANGUAGE,
        method="post",
        class_name="language-switch",
    )


def _sign_out() -> rx.Component:
    return kit.NativeForm.create(
        rx.el.button(
            icon("log-out"),
            rx.el.span(_("Sign out")),
            type="submit",
            class_name="top-action",
            aria_label=_("Sign out"),
        ),
        action=routes.SESSION_END,
        method="post",
        class_name="sign-out",
    )


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


def _status_places() -> rx.Component:
    """Where the client script speaks: the connection, and what just happened."""
    return rx.fragment(
        rx.el.div(
            icon("wifi-off"),
            rx.el.span(_("Connection lost. We are reconnecting by ourselves. What you typed is safe.")),
            id="connection",
            role="status",
            hidden=True,
        ),
        rx.el.div(id="announce", role="status", aria_live="polite", **kit.words_for_script()),
    )


def _viewing_as(viewing_as: Text, own_record: bool | rx.Var) -> list[rx.Component]:
    """Whose record is on screen, and the way back to one's own, or to the list of whom one helps."""

    def bar(name: Text) -> rx.Component:
        return rx.el.div(
            icon("eye"),
            rx.el.p(_("Viewing as"), " ", rx.el.strong(name)),
            rx.cond(own_record, _back_to_me(), kit.link_button(_("Change"), routes.MORE, "quiet")),
            class_name="viewing-as",
            role="status",
        )

    return when(viewing_as, bar)


def _back_to_me() -> rx.Component:
    return kit.NativeForm.create(
        rx.el.input(type="hidden", name="patient", value="", read_only=True),
        kit.submit(_("Back to me"), "quiet"),
        action=routes.ACT_AS,
        method="post",
    )


def _skip() -> rx.Component:
    return kit.anchor(_("Skip to main content"), href="#main", class_name="skip-link")


def _top_bar(clinic: Text | None, person_name: Text, path: str) -> rx.Component:
    return rx.el.header(
        _brand(clinic if clinic is not None else _("My care team"), routes.HOME),
        *when(person_name, lambda name: rx.el.span(name, class_name="person-name")),
        _language_switch(path),
        _sign_out(),
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
    heading: bool = True,
    wide: bool = False,
    own_record: bool | rx.Var = True,
    back_if: rx.Var | None = None,
) -> rx.Component:
    """A page for patients. It draws the h1 from ``title`` (not with ``heading=False``).

    ``active`` is home, care-plan, appointments, messages or more; ``path`` is the page's own, for the
    language switch; ``wide`` for pages that are more than one column of reading.
    """
    head = [kit.page_header(title, lead, back, back_if=back_if)] if heading else []
    own = "page wide" if wide else "page"
    return rx.el.div(
        _skip(),
        _top_bar(clinic, person_name, path),
        *_viewing_as(viewing_as, own_record),
        _status_places(),
        _nav(_patient_places(), active, unread),
        rx.el.main(*head, *content, help_line(), id="main", tab_index=-1, class_name=own),
        class_name="shell patient",
    )


def _rail_foot(person_name: Text, path: str) -> rx.Component:
    return rx.el.div(
        *when(person_name, lambda name: rx.el.span(name, class_name="person-name")),
        statement_link(hidden_text(_("Accessibility")), "top-action"),
        _language_switch(path),
        _sign_out(),
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
        _skip(),
        rx.el.header(
            rx.el.a(
                _mark(),
                hidden_text(clinic if clinic is not None else _("Home")),
                href=localized(path),
                class_name="brand",
            ),
            _nav(places or _desk_places(), active, unread),
            _rail_foot(person_name, path),
            class_name="rail",
        ),
        _status_places(),
        rx.el.main(
            rx.el.h1(title, class_name="sr-only"),
            *panes,
            id="main",
            tab_index=-1,
            class_name="panes",
        ),
        class_name="shell desk",
    )


def public_page(
    title: Text, *content: Child, path: str = routes.SIGN_IN, clinic: Text | None = None
) -> rx.Component:
    """A page before sign-in: centred, calm, nothing to get lost in."""
    return rx.el.div(
        _skip(),
        rx.el.header(
            _brand(clinic if clinic is not None else _("My care team"), routes.SIGN_IN),
            _language_switch(path),
            class_name="top-bar",
        ),
        _status_places(),
        rx.el.main(
            rx.el.h1(title),
            *content,
            help_line(),
            id="main",
            tab_index=-1,
            class_name="page narrow",
        ),
        class_name="shell public",
    )
