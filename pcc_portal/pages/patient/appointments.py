"""Appointments: requests under way, visits to come, and past ones."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.cards.appointment import AppointmentCard, OfferCard
from pcc_portal.components import kit
from pcc_portal.domain.appointment import CANCEL_REASONS
from pcc_portal.language import _
from pcc_portal.pages.patient.frame import for_patient, frame
from pcc_portal.state.appointment import AppointmentsState


def appointments_page() -> rx.Component:
    """The patient's appointments."""
    return frame(
        "appointments",
        _("Appointments"),
        kit.link_button(_("Ask for an appointment"), routes.APPOINTMENT_REQUEST, icon="plus"),
        rx.cond(
            AppointmentsState.requests.length() > 0,
            kit.section(_("Requests under way"), _cards(AppointmentsState.requests, request_card)),
        ),
        kit.section(
            _("Coming up"),
            rx.cond(
                AppointmentsState.upcoming.length() > 0,
                _cards(AppointmentsState.upcoming, request_card),
                kit.empty_state(
                    "calendar",
                    _("No visit is booked"),
                    _("When one is booked you see the day, the time and the place here."),
                ),
            ),
        ),
        rx.cond(
            AppointmentsState.past.length() > 0,
            kit.section(_("Past and cancelled"), _cards(AppointmentsState.past, _past)),
        ),
        path=routes.APPOINTMENTS,
        ready=AppointmentsState.ready,
    )


def _cards(items: rx.Var[list[AppointmentCard]], build) -> rx.Component:
    return rx.el.ul(rx.foreach(items, build), class_name="plain-list stack")


def request_card(item: rx.Var[AppointmentCard]) -> rx.Component:
    """A request or visit: where it stands, who acts next, and what the patient can do."""
    return rx.el.li(
        kit.card(
            rx.el.div(
                rx.el.h3(item.title, class_name="card-title"),
                kit.tag(item.status_text, item.tone),
                class_name="spread",
            ),
            rx.cond(item.when != "", rx.el.p(rx.el.strong(item.when))),
            _fact(_("Where"), item.where),
            _fact(_("With"), item.with_whom),
            _fact(_("You asked for"), item.wishes),
            _fact(_("About"), item.detail),
            _fact(_("You also need"), item.needs),
            _fact(_("We call"), item.callback),
            _fact(_("Asked by"), item.asked_by),
            kit.status_line(item.next_step),
            rx.cond(item.offers.length() > 0, _offers(item)),
            rx.cond(item.can_cancel, _cancel(item)),
        ),
        key=item.id,
    )


def _fact(label: str, value: rx.Var[str]) -> rx.Component:
    return rx.cond(
        value != "",
        rx.el.p(rx.el.span(label, ": ", class_name="meta"), rx.el.span(value, class_name="as-typed")),
    )


def _offers(item: rx.Var[AppointmentCard]) -> rx.Component:
    return rx.el.div(
        rx.el.ul(rx.foreach(item.offers, _offer), class_name="plain-list stack"),
        rx.el.details(
            rx.el.summary(_("None of these times works")),
            kit.post_form(
                for_patient(),
                kit.hidden("appointment", item.id),
                kit.field(
                    _("Which times would suit you?"),
                    kit.text_area("why", max_length=500, rows=2, id=f"why-{item.id}"),
                    "why",
                ),
                kit.form_actions(kit.submit(_("Ask for other times"), "secondary")),
                action="/do/decline-offers",
                stay=True,
            ),
        ),
        class_name="stack",
    )


def _offer(offer: rx.Var[OfferCard]) -> rx.Component:
    return rx.el.li(
        kit.post_form(
            for_patient(),
            kit.hidden("offer", offer.id),
            rx.el.p(rx.el.strong(offer.when)),
            rx.el.p(offer.where),
            rx.el.p(offer.until, class_name="meta"),
            kit.form_actions(kit.submit(_("Take this time"), icon="check")),
            action="/do/accept-offer",
            stay=True,
            class_name="offer",
        ),
        key=offer.id,
    )


def _cancel(item: rx.Var[AppointmentCard]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(_("Cancel this")),
        kit.post_form(
            for_patient(),
            kit.hidden("appointment", item.id),
            kit.field(
                _("Why do you cancel?"),
                kit.select(
                    "reason",
                    [(code, _(text)) for code, text in CANCEL_REASONS.items()],
                    placeholder=_("Choose"),
                    id=f"reason-{item.id}",
                ),
                "reason",
            ),
            kit.form_actions(kit.submit(_("Cancel it"), "danger")),
            action="/do/cancel-appointment",
            stay=True,
        ),
    )


def _past(item: rx.Var[AppointmentCard]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(item.title, class_name="row-title"),
            kit.tag(item.status_text, item.tone),
            class_name="spread",
        ),
        rx.el.p(item.when, " ", item.with_whom, class_name="meta"),
        class_name="row",
        key=item.id,
    )
