"""Appointments: requests under way, visits to come, and past ones."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.cards.appointment import AppointmentCard, OfferCard
from pcc_portal.components import kit
from pcc_portal.domain.appointment import CANCEL_REASONS, STAGE_TEXT
from pcc_portal.language import _
from pcc_portal.pages.patient.frame import for_patient, frame
from pcc_portal.pages.patient.home import visit_acts, visit_head
from pcc_portal.state.appointment import AppointmentsState
from pcc_portal.state.portal import PortalState


def appointments_page() -> rx.Component:
    """The patient's appointments."""
    return frame(
        "appointments",
        _("Appointments"),
        rx.cond(AppointmentsState.sent != "", _sent()),
        rx.cond(AppointmentsState.booked != "", _booked()),
        kit.link_button(_("Ask for an appointment"), routes.APPOINTMENT_REQUEST, icon="plus"),
        rx.cond(
            AppointmentsState.requests.length() > 0,
            kit.section(_("Requests under way"), _cards(AppointmentsState.requests, request_card)),
        ),
        kit.section(
            _("Coming up"),
            rx.cond(
                AppointmentsState.upcoming.length() > 0,
                _cards(AppointmentsState.upcoming, _visit),
                kit.empty_state(
                    "calendar",
                    _("No visit is booked"),
                    _("When one is booked you see the day, the time and the place here."),
                ),
            ),
        ),
        rx.cond(
            AppointmentsState.past.length() > 0,
            kit.section(
                _("Past and cancelled"),
                rx.el.ul(rx.foreach(AppointmentsState.past[:8], _past), class_name="plain-list rows"),
                rx.cond(AppointmentsState.past.length() > 8, _older()),
            ),
        ),
        path=routes.APPOINTMENTS,
        lead=_("Your visits, and the requests that are on their way to one."),
        ready=AppointmentsState.ready,
    )


def _sent() -> rx.Component:
    """What happens now that a request was sent."""
    return kit.confirmation(
        _("We have your request"),
        AppointmentsState.sent,
        _("You choose one of the times, here on this page."),
        _("Then it is booked, and you can put it into your calendar."),
        note=_("Nothing is booked yet. You can cancel the request at any time."),
    )


def _booked() -> rx.Component:
    """What happens now that a time was taken, or the clinic booked one while the page was open."""
    return kit.confirmation(
        _("Your visit is booked"),
        AppointmentsState.booked,
        _("It is below, under Coming up. Put it into your calendar there."),
        _("If you cannot come, cancel it there. Then somebody else can have the time."),
    )


def _visit(item: rx.Var[AppointmentCard]) -> rx.Component:
    """A visit to come."""
    return rx.el.li(
        kit.card(
            visit_head(item, kit.tag(item.status_text, item.tone)),
            visit_acts(item),
            kit.facts([(_("About"), item.detail), (_("You also need"), item.needs)]),
            rx.cond(item.can_cancel, _cancel(item)),
        ),
        key=item.id,
    )


def _older() -> rx.Component:
    return rx.el.details(
        rx.el.summary(_("Show older ones")),
        rx.el.ul(rx.foreach(AppointmentsState.past[8:], _past), class_name="plain-list rows"),
    )


def _cards(items: rx.Var[list[AppointmentCard]], build) -> rx.Component:
    return rx.el.ul(rx.foreach(items, build), class_name="plain-list stack")


def request_card(item: rx.Var[AppointmentCard]) -> rx.Component:
    """A request: where it stands, who acts next, and what the patient can do."""
    return rx.el.li(
        kit.card(
            rx.el.div(
                rx.el.h3(item.title, class_name="card-title"),
                kit.tag(item.status_text, item.tone),
                class_name="spread",
            ),
            kit.stages([_(text) for text in STAGE_TEXT], item.stage, _("How far it has come")),
            rx.cond(item.next_step != "", kit.status_line(item.next_step, turn=item.turn)),
            rx.cond(item.offers.length() > 0, _offers(item)),
            kit.facts(
                [
                    (_("Where"), item.where),
                    (_("You asked for"), item.wishes),
                    (_("About"), item.detail),
                    (_("You also need"), item.needs),
                    (_("We call"), item.callback),
                    (_("Asked by"), rx.cond(item.asked_by != PortalState.person_name, item.asked_by, "")),
                ]
            ),
            rx.cond(item.can_cancel, _cancel(item)),
        ),
        key=item.id,
    )


def _offers(item: rx.Var[AppointmentCard]) -> rx.Component:
    return rx.el.div(
        rx.el.ul(rx.foreach(item.offers, _offer), class_name="plain-list stack-s"),
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
            rx.el.div(
                rx.el.p(rx.el.strong(offer.when)),
                rx.el.p(offer.where, class_name="meta"),
                rx.el.p(offer.until, class_name="meta"),
            ),
            kit.form_actions(
                kit.submit(
                    rx.fragment(_("Take this time"), kit.hidden_text(": "), kit.hidden_text(offer.when)),
                    icon="check",
                )
            ),
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
        rx.el.span(
            rx.el.span(
                rx.el.span(item.title, class_name="row-title"),
                kit.tag(item.status_text, item.tone),
                class_name="row-head",
            ),
            rx.el.span(
                item.when,
                rx.cond((item.when != "") & (item.with_whom != ""), " · ", ""),
                item.with_whom,
                class_name="meta",
            ),
            class_name="row-main",
        ),
        class_name="row still",
        key=item.id,
    )
