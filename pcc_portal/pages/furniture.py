"""What stands around every page: the mark, the languages, the ways out, the lines where we speak."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.components.kit.base import Text, icon, when
from pcc_portal.language import LOCALES, _, current_locale, localized, own_name


def mark() -> rx.Component:
    """The portal's mark: two leaves on one thread."""
    return rx.el.svg(
        rx.el.svg.path(d="M16 29V15", class_name="mark-thread"),
        rx.el.svg.path(d="M16 17C16 9 10 4 3 4c0 8 5 13 13 13Z", class_name="mark-leaf"),
        rx.el.svg.path(d="M16 23c0-6 5-10 12-10 0 6-5 10-12 10Z", class_name="mark-leaf two"),
        view_box="0 0 32 32",
        class_name="mark",
        aria_hidden="true",
    )


def brand(clinic: Text, home: str) -> rx.Component:
    """The mark and the clinic's name, which lead home."""
    return rx.el.a(mark(), rx.el.span(clinic), href=localized(home), class_name="brand")


def language_switch(path: str) -> rx.Component:
    """A form of our own, so that the choice is kept; ``page`` is for browsers that do not say where."""
    others = (locale for locale in LOCALES if locale != current_locale())
    return kit.NativeForm.create(
        kit.hidden("page", path),
        *(
            rx.el.button(
                *(icon("globe"), rx.el.span(own_name(other), lang=other)),
                type="submit",
                name="language",
                value=other,
                class_name="top-action language",
            )
            for other in others
        ),
        action=routes.LANGUAGE,
        method="post",
        class_name="language-switch",
    )


def sign_out(class_name: str = "top-action") -> rx.Component:
    """The way out, one press away on every page."""
    return kit.NativeForm.create(
        rx.el.button(
            icon("log-out"),
            rx.el.span(_("Sign out")),
            type="submit",
            class_name=class_name,
            aria_label=_("Sign out"),
        ),
        action=routes.SESSION_END,
        method="post",
        class_name="sign-out",
    )


def status_places() -> rx.Component:
    """Where the client script speaks: the connection, and what just happened."""
    return rx.fragment(
        rx.el.div(
            icon("wifi-off"),
            rx.el.span(_("Connection lost. We are reconnecting by ourselves. What you typed is safe.")),
            id="connection",
            hidden=True,
        ),
        # Spoken only: what the eye sees elsewhere. It is there from the start, or nobody would hear it.
        rx.el.div(id="heard", role="status", class_name="sr-only"),
        rx.el.div(id="announce", role="status", aria_live="polite", **kit.words_for_script()),
    )


def viewing_as_bar(viewing_as: Text, own_record: bool | rx.Var) -> list[rx.Component]:
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


def skip() -> rx.Component:
    """Past everything that stands around, for those who go by keyboard."""
    return kit.anchor(_("Skip to main content"), href="#main", class_name="skip-link")
