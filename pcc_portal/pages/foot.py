"""The foot of each page: whom to call when it cannot wait, and the way to the accessibility statement."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.components.kit.base import icon
from pcc_portal.language import _, localized


def help_line() -> rx.Component:
    """The quiet line at the end of each page: whom to call when it cannot wait."""
    return rx.el.footer(
        rx.el.p(
            _("In an emergency call"),
            " ",
            kit.anchor("911", href="tel:911"),
            ". ",
            _("In a crisis, call or text"),
            " ",
            kit.anchor("988", href="tel:988"),
            ". ",
            _("This portal is not watched around the clock."),
        ),
        statement_link(rx.el.span(_("Accessibility")), "icon-link"),
        class_name="help-line",
    )


def statement_link(label: rx.Component, class_name: str) -> rx.Component:
    """The way to the accessibility statement: from the foot of each page, and from the desk's rail."""
    return kit.link_out(
        rx.fragment(icon("accessibility"), label),
        localized(routes.ACCESSIBILITY),
        title=_("Accessibility"),
        class_name=class_name,
    )
