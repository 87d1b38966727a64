"""The door: a plain HTML form that works without any script."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.language import _, current_locale
from pcc_portal.pages.furniture import mark
from pcc_portal.pages.shell import public_page
from pcc_portal.sample_people import SIGN_INS, SignIn


def sign_in_page() -> rx.Component:
    """Sign in with e-mail and password. What went wrong last time comes as ``?problem=``."""
    return _door()


def sample_sign_in_page() -> rx.Component:
    """The same door in demo mode: the sample people are one tap away."""
    return _door(_sample())


def _door(*more: rx.Component) -> rx.Component:
    return public_page(
        _("Sign in"),
        _problem(
            "wrong",
            _("The e-mail address or the password is not right. Please try again."),
            data_wrong="email password",
        ),
        _problem(
            "too-many",
            _("That was a lot of tries. Please wait a few minutes, then try again."),
            data_wrong="",
        ),
        _problem("signed-out", _("You are signed out. Sign in to go on.")),
        kit.NativeForm.create(
            *_carried(),
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
            kit.form_actions(kit.submit(_("Sign in"), class_name="block")),
            action=routes.SESSION_START,
            method="post",
            class_name="form",
        ),
        *more,
        beside=_face(),
    )


def _carried() -> list[rx.Component]:
    """What goes along with each way in: where to go on, and the language."""
    return [
        rx.el.input(type="hidden", name="next", data_from_query="next"),
        kit.hidden("locale", current_locale()),
    ]


def _face() -> rx.Component:
    """What the portal is, for somebody who sees it for the first time."""
    points = [
        ("calendar-clock", _("See who acts next, and by when")),
        ("message-square", _("Write to your coordinator")),
        ("shield", _("Send your insurance card once")),
    ]
    return rx.el.div(
        kit.vine(),
        mark(),
        rx.el.p(_("Your care plan, your visits and your coordinator, in one place."), class_name="door-lead"),
        rx.el.ul(
            *(rx.el.li(kit.icon(picture), rx.el.span(text)) for picture, text in points),
            class_name="plain-list door-points",
        ),
        class_name="door-face",
    )


def _sample() -> rx.Component:
    return rx.el.section(
        rx.el.h2(_("Look around")),
        rx.el.p(_("This is a sample clinic. All its people are invented. Choose who you want to be.")),
        rx.el.ul(*(rx.el.li(_way_in(one)) for one in SIGN_INS), class_name="plain-list rows"),
        class_name="sample-people",
    )


def _way_in(one: SignIn) -> rx.Component:
    initials = "".join(part[:1] for part in one.name.split()[:2])
    staff = one.role in ("coordinator", "lead", "admin")
    return kit.NativeForm.create(
        *_carried(),
        kit.hidden("email", one.email),
        kit.hidden("password", one.password),
        rx.el.button(
            kit.avatar(initials, "staff" if staff else "person"),
            rx.el.span(
                rx.el.span(one.name, class_name="row-title"),
                rx.el.span(_(one.what), class_name="meta"),
                class_name="row-main",
            ),
            kit.icon("chevron-right", class_name="row-go"),
            type="submit",
            class_name="row",
        ),
        action=routes.SESSION_START,
        method="post",
    )


def _problem(name: str, text: str, **attrs: str) -> rx.Component:
    """Shown by the script when the address names it; without script, by the ``:target`` of the address.

    It takes the focus, which reads it. ``data_wrong`` names the fields to look at.
    """
    return rx.el.div(
        kit.banner("warn", text, role="presentation"),
        id=f"problem-{name}",
        data_problem=name,
        tab_index=-1,
        role="group",
        aria_label=text,
        class_name="sign-in-problem",
        **attrs,
    )
