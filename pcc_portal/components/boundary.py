"""What a person sees when a page itself breaks: a calm sentence, and the way back."""

from __future__ import annotations

from typing import Any

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.components.languages import in_each_language
from pcc_portal.language import _, localized


class ErrorBoundary(rx.Component):
    """React's boundary with an element to fall back on (a function would need ``eval``)."""

    library = "react-error-boundary@6.1.6"
    tag = "ErrorBoundary"
    fallback: rx.Var[Any]


def error_boundary(*_children: Any) -> rx.Component:
    """The boundary around every page."""
    return ErrorBoundary.create(fallback=rx.Var.create(_fallback()))


def _fallback() -> rx.Component:
    return rx.el.main(in_each_language(_sorry), class_name="page narrow", role="alert")


def _sorry() -> rx.Component:
    return rx.fragment(
        rx.el.h1(_("Something went wrong on this page")),
        rx.el.p(_("Nothing that you sent was lost. Please open the page again.")),
        kit.anchor(_("Go to my first page"), href=localized(routes.HOME), class_name="button primary"),
    )
