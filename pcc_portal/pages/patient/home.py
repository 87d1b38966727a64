"""Home: what to do next, the next visit, the coordinator, what is under way."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.cards.appointment import AppointmentCard
from pcc_portal.cards.home import Underway
from pcc_portal.components import kit
from pcc_portal.language import _
from pcc_portal.pages.patient.frame import frame
from pcc_portal.state.home import HomeState


def home_page() -> rx.Component:
    """The patient's first page."""
    return frame(
        "home",
        rx.cond(HomeState.greeting != "", HomeState.greeting, _("Home")),
        _next(),
        rx.foreach(HomeState.visits, _visit),
        _coordinator(),
        _underway(),
        rx.cond(HomeState.plan & (HomeState.goals > 0), _plan()),
        path=routes.HOME,
        ready=HomeState.ready,
    )


def _next() -> rx.Component:
    step = HomeState.next_step
    return rx.cond(
        step.title != "",
        kit.card(
            rx.el.p(_("Do next"), class_name="eyebrow"),
            rx.el.h2(step.title, class_name="card-title"),
            rx.el.p(step.body),
            kit.link_button(step.action, step.href),
            class_name="leaf",
        ),
        kit.card(
            rx.el.p(_("Do next"), class_name="eyebrow"),
            rx.el.h2(_("Nothing waits for you"), class_name="card-title"),
            rx.el.p(_("We tell you here when we need something from you.")),
            class_name="leaf",
        ),
    )


def _visit(visit: rx.Var[AppointmentCard]) -> rx.Component:
    return kit.section(
        _("Next visit"),
        kit.card(
            rx.el.h3(visit.when, class_name="card-title"),
            rx.el.p(visit.title),
            kit.facts([(_("Where"), visit.where), (_("With"), visit.with_whom)]),
            kit.link_to(_("See or change it"), routes.APPOINTMENTS),
        ),
        key=visit.id,
    )


def _coordinator() -> rx.Component:
    who = HomeState.coordinator
    return kit.section(
        _("My coordinator"),
        kit.card(
            rx.el.div(
                kit.avatar(who.initials, "staff"),
                rx.el.div(
                    rx.el.p(rx.el.strong(who.name)),
                    rx.el.p(who.hours, " · ", who.reply, class_name="meta"),
                ),
                class_name="person",
            ),
            rx.el.div(
                kit.link_button(_("Write a message"), routes.MESSAGE_NEW, "secondary", icon="message-square"),
                rx.cond(
                    who.phone != "",
                    kit.link_button(who.phone, f"tel:{who.phone}", "quiet", icon="phone", out=True),
                ),
                class_name="cluster",
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
            rx.el.span(item.kind, class_name="meta"),
            kit.turn(item.next_step, item.turn),
            aside=(kit.tag(item.status, item.tone),),
        )
    )


def _plan() -> rx.Component:
    return kit.section(
        _("My care plan"),
        kit.card(
            kit.progress(
                HomeState.goals_met,
                _("Goals reached"),
                max=HomeState.goals,
                fact=rx.fragment(
                    HomeState.goals_met.to_string(), " ", _("of"), " ", HomeState.goals.to_string()
                ),
            ),
            kit.link_to(_("See my care plan"), routes.CARE_PLAN),
        ),
    )
