"""The accessibility statement: what we build to, what was tested and how, what is not known yet."""

from __future__ import annotations

from datetime import date

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.domain.moment import full_day
from pcc_portal.language import _, localized
from pcc_portal.pages.shell import public_page

REVIEWED = date(2026, 11, 25)
# Section 504 of the Rehabilitation Act, 45 CFR 84.84: clinics with 15 or more employees, and smaller ones.
LARGE, SMALL = date(2027, 5, 11), date(2028, 5, 10)


def accessibility_page() -> rx.Component:
    """What a person who cannot use a part of the portal wants to know; it needs no sign-in and no script."""
    return public_page(
        _("Accessibility"),
        rx.el.p(
            _("This portal is for every body. If a part of it does not work for you, please tell us."),
            class_name="lead",
        ),
        kit.section(_("If something is in your way"), *_tell_us()),
        kit.section(_("What we build to"), *_standard()),
        kit.section(_("What we tested"), *_tested()),
        kit.section(_("What does not work, or is not known yet"), _points(_gaps())),
        rx.el.p(_("Last reviewed on {day}.", day=full_day(REVIEWED)), class_name="meta"),
        kit.link_button(_("Go to my first page"), localized(routes.HOME), "secondary", out=True),
        path=routes.ACCESSIBILITY,
    )


def _points(texts: list[str]) -> rx.Component:
    return rx.el.ul(*(rx.el.li(text) for text in texts), class_name="bullets stack-s")


def _tell_us() -> list[rx.Component]:
    return [
        rx.el.p(
            _(
                "Call your clinic. The number is on your letters and, when you are signed in, on Home. "
                "They help you at once, by phone if you like. It costs you nothing."
            )
        ),
        rx.el.p(
            kit.link_out(_("Write to your coordinator"), localized(routes.MESSAGE_NEW)),
            ". ",
            _("You have an answer within one business day."),
        ),
        rx.el.p(
            _(
                "Say what you wanted to do, and what you use: a screen reader, a keyboard, "
                "large text, your voice."
            )
        ),
    ]


def _standard() -> list[rx.Component]:
    return [
        rx.el.p(
            _(
                "We build to the Web Content Accessibility Guidelines (WCAG) 2.2, level AA. "
                "We think that we meet it in most parts; below is what we have not shown."
            )
        ),
        rx.el.p(
            _(
                "The law (Section 504) asks clinics for WCAG 2.1, level AA, by {large}. "
                "Clinics with fewer than 15 employees have until {small}.",
                large=full_day(LARGE),
                small=full_day(SMALL),
            )
        ),
    ]


def _tested() -> list[rx.Component]:
    return [
        rx.el.p(_("Programs test this portal each time it changes:")),
        _points(
            [
                _(
                    "The checker axe looks at every page in English and Spanish. It looks in light and "
                    "in dark, and on small and large screens. It finds nothing to fix."
                ),
                _("Each task is done with the keyboard alone. One always sees where one is."),
                _("What a screen reader is told in each task is compared with what it should say."),
                _("Every page is opened with text twice as large, and on a screen 320 pixels wide."),
                _("Buttons on a phone are large enough for a finger."),
                _("Nothing moves for people who ask for less motion. High contrast keeps every line."),
            ]
        ),
    ]


def _gaps() -> list[str]:
    return [
        _("No people with disabilities have tested it yet. Programs find only a part of what is in the way."),
        _("Nobody has gone through it with NVDA, JAWS, VoiceOver or TalkBack, or by voice."),
        _("Photos and files are shown as they were sent. Pictures in messages have no description."),
        _(
            "Messages and records stay in the language they were written in. "
            "A screen reader is told which one that is where a program can tell."
        ),
    ]
