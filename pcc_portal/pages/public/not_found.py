"""The page for an address that leads nowhere."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.components.languages import in_each_language
from pcc_portal.language import _
from pcc_portal.pages.foot import help_line
from pcc_portal.pages.furniture import mark


def not_found_page() -> rx.Component:
    """Nothing here, and the way back; in each language, for one file answers for all such addresses."""
    return rx.el.div(
        rx.el.header(rx.el.span(mark(), class_name="brand"), class_name="top-bar"),
        rx.el.main(in_each_language(_lost), id="main", tab_index=-1, class_name="page narrow"),
        class_name="shell public",
    )


def _lost() -> rx.Component:
    return rx.fragment(
        rx.el.h1(_("This page is not here")),
        rx.el.p(_("It may have been moved or closed. Nothing was lost."), class_name="lead"),
        kit.link_button(_("Go to my first page"), routes.HOME),
        help_line(),
    )
