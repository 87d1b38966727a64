"""Home: what to do next, the next visit, the coordinator, what is under way."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.cards.appointment import AppointmentCard
from pcc_portal.cards.home import Underway
from pcc_portal.components import kit
from pcc_portal.domain.appointment import STAGE_TEXT
from pcc_portal.domain.coverage import STAGE_TEXT as CHECK_TEXT
from pcc_portal.language import _
from pcc_portal.pages.patient.frame import frame
from pcc_portal.state.home import HomeState


def home_page() -> rx.Component:
    """The patient's first page."""
    name = HomeState.first_name
    return frame(
        "home",
        _("Home"),
        _next(),
        kit.hint("home", _("This is your Home. On top is the one thing to do next. The rest can wait.")),
        rx.foreach(HomeState.visits, _visit),
        _coordinator(),
        _underway(),
        rx.cond(HomeState.plan & (HomeState.goals.length() > 0), _plan()),
        path=routes.HOME,
        ready=HomeState.ready,
        head=kit.hero(
            rx.fragment(_("Hello"), rx.cond(name != "", rx.Var.create(", ") + name, "")),
            _("This is where things stand: who acts next, and by when."),
        ),
        class_name="home",
        wide=True,
    )


def _next() -> rx.Component:
    step = HomeState.next_step
    return kit.card(
        rx.cond(
            step.title != "",
            rx.fragment(
                rx.el.p(_("Do next"), class_name="eyebrow"),
                rx.el.div(
                    rx.el.h2(step.title, class_name="card-title"), _face(step.icon), class_name="next-head"
                ),
                rx.el.p(step.body),
                kit.link_button(step.action, step.href),
            ),
            rx.fragment(
                rx.el.p(_("Do next"), class_name="eyebrow"),
                rx.el.div(
                    rx.el.h2(_("Nothing waits for you"), class_name="card-title"),
                    rx.el.span(kit.icon("check"), class_name="next-face calm"),
                    class_name="next-head",
                ),
                rx.el.p(_("We tell you here when we need something from you.")),
            ),
        ),
        class_name="leaf",
    )


def _face(name: rx.Var[str]) -> rx.Component:
    return rx.el.span(
        rx.match(
            name,
            ("calendar-clock", kit.icon("calendar-clock")),
            ("camera", kit.icon("camera")),
            kit.icon("mail"),
        ),
        class_name="next-face",
    )


def _visit(visit: rx.Var[AppointmentCard]) -> rx.Component:
    return kit.section(
        _("Next visit"),
        kit.card(visit_head(visit), visit_acts(visit, change=True)),
        key=visit.id,
    )


def visit_head(visit: rx.Var[AppointmentCard], *aside: rx.Component) -> rx.Component:
    """A visit to come: its day as a leaf, when, what, where and with whom."""
    return rx.el.div(
        kit.day_tile(visit.tile.month, visit.tile.number),
        rx.el.div(
            rx.el.h3(visit.when, class_name="card-title"),
            rx.el.p(visit.title),
            rx.cond(visit.with_whom != "", rx.el.p(visit.with_whom, class_name="meta")),
            rx.cond(visit.where != "", rx.el.p(visit.where, class_name="meta")),
            *aside,
        ),
        class_name="visit-head",
    )


def visit_acts(visit: rx.Var[AppointmentCard], change: bool = False) -> rx.Component:
    """The way there, the calendar, and the way to change it."""
    return rx.el.div(
        rx.cond(
            visit.directions != "",
            kit.link_button(
                _("Directions"),
                visit.directions,
                "secondary",
                icon="map-pin",
                out=True,
                target="_blank",
                rel="noreferrer",
            ),
        ),
        rx.cond(
            visit.calendar != "",
            kit.link_button(
                _("Add to calendar"),
                visit.calendar,
                "secondary",
                icon="calendar-plus",
                out=True,
                download=True,
            ),
        ),
        *([kit.link_button(_("Change"), routes.APPOINTMENTS, "secondary", icon="pencil")] if change else []),
        class_name="tiles",
    )


def _coordinator() -> rx.Component:
    who = HomeState.coordinator
    return kit.section(
        _("My coordinator"),
        kit.card(
            rx.el.div(
                kit.avatar(who.initials, "staff", class_name="large"),
                rx.el.div(
                    rx.el.p(who.name, class_name="card-title"),
                    rx.el.p(who.hours, class_name=["presence", rx.cond(who.open_now, "open", "")]),
                    rx.el.p(who.reply, class_name="meta"),
                ),
                class_name="person",
            ),
            rx.el.div(
                kit.link_button(_("Write a message"), routes.MESSAGE_NEW, icon="message-square"),
                rx.cond(
                    who.phone != "",
                    kit.link_button(who.phone, f"tel:{who.phone}", "secondary", icon="phone", out=True),
                ),
                class_name="acts",
            ),
        ),
    )


def _underway() -> rx.Component:
    return kit.section(
        _("Requests under way"),
        rx.cond(
            HomeState.underway.length() > 0,
            rx.el.ul(rx.foreach(HomeState.underway, _request), class_name="plain-list rows"),
            kit.empty_state(
                "calendar",
                _("No request is under way"),
                _("Ask for a visit or send your insurance card, and follow it here."),
                kit.link_button(_("Ask for an appointment"), routes.APPOINTMENT_REQUEST, "secondary"),
            ),
        ),
    )


def _request(item: rx.Var[Underway]) -> rx.Component:
    return rx.el.li(
        kit.row(
            item.title,
            item.href,
            kit.turn(item.next_step, item.turn),
            aside=(kit.tag(item.status, item.tone),),
        ),
        rx.cond(
            item.path == "coverage",
            kit.stages([_(text) for text in CHECK_TEXT], item.stage, _("How far it has come")),
            kit.stages([_(text) for text in STAGE_TEXT], item.stage, _("How far it has come")),
        ),
    )


def _plan() -> rx.Component:
    return kit.section(
        _("My care plan"),
        kit.card(
            kit.leaves(HomeState.goals, HomeState.goals_fact),
            kit.link_to(_("See my care plan"), routes.CARE_PLAN),
        ),
    )
