"""The page for an address that leads nowhere."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.language import _, localized
from pcc_portal.pages.shell import public_page


def not_found_page() -> rx.Component:
    """Nothing here, and the way back."""
    return public_page(
        _("This page is not here"),
        rx.el.p(_("It may have been moved or closed. Nothing was lost."), class_name="lead"),
        kit.anchor(
            "Esta página no existe. Vaya a la página principal.",
            href=localized(routes.HOME, "es"),
            lang="es",
        ),
        kit.link_button(_("Go to my first page"), routes.HOME),
    )
