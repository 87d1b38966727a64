"""The door: a plain HTML form that works without any script."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.language import _, current_locale
from pcc_portal.pages.shell import public_page


def sign_in_page() -> rx.Component:
    """Sign in with e-mail and password. What went wrong last time comes as ``?problem=``."""
    return public_page(
        _("Sign in"),
        rx.el.p(_("Your care plan, your visits and your coordinator, in one place."), class_name="lead"),
        _problem("wrong", _("The e-mail address or the password is not right. Please try again.")),
        _problem("too-many", _("That was a lot of tries. Please wait a few minutes, then try again.")),
        _problem("signed-out", _("You are signed out. Sign in to go on.")),
        kit.NativeForm.create(
            rx.el.input(type="hidden", name="next", data_from_query="next"),
            kit.hidden("locale", current_locale()),
            kit.field(
                _("E-mail address"),
                kit.text_input("email", "email", required=True, auto_complete="username"),
                "email",
            ),
            kit.field(
                _("Password"),
                kit.text_input("password", "password", required=True, auto_complete="current-password"),
                "password",
            ),
            kit.form_actions(kit.submit(_("Sign in"))),
            action=routes.SESSION_START,
            method="post",
            class_name="form",
        ),
    )


def _problem(name: str, text: str) -> rx.Component:
    """Shown by the script when the address names it; without script, by the ``:target`` of the address."""
    return rx.el.div(
        kit.banner("warn", text), id=f"problem-{name}", data_problem=name, class_name="sign-in-problem"
    )
