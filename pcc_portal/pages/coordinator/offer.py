"""Answering a request for an appointment: what was asked, and times to offer or book."""

from __future__ import annotations

import reflex as rx

from pcc_portal.components import kit
from pcc_portal.language import _
from pcc_portal.state.task import InboxState


def appointment_body(item: rx.Var) -> rx.Component:
    """What the patient asked for, and the form to answer it while it is open."""
    facts = [
        (_("Status"), item.status_text),
        (_("When"), item.when),
        (_("Where"), item.where),
        (_("With"), item.with_whom),
        (_("Wishes"), item.wishes),
        (_("About"), item.detail),
        (_("Needs"), item.needs),
        (_("Call back"), item.callback),
        (_("Asked by"), item.asked_by),
    ]
    return rx.fragment(
        kit.facts(facts),
        rx.cond(
            item.offers.length() > 0,
            kit.section(
                _("Times on offer"),
                rx.el.ul(
                    rx.foreach(
                        item.offers,
                        lambda offer: rx.el.li(
                            rx.el.strong(offer.when), " ", rx.el.span(offer.where, class_name="meta")
                        ),
                    ),
                    class_name="plain-list stack",
                ),
            ),
        ),
        rx.cond((item.status == "proposed") | (item.status == "pending"), offer_form()),
    )


def offer_form() -> rx.Component:
    """Up to three times to offer, or one to book at once."""
    appointment = InboxState.task.appointment
    return kit.section(
        _("Offer times"),
        kit.post_form(
            kit.hidden("appointment", appointment.id),
            kit.hidden("patient", InboxState.task.patient_id),
            rx.el.div(
                *(_start(n) for n in (1, 2, 3)),
                kit.field(
                    _("Length"),
                    kit.select("minutes", [(m, _("{n} min", n=m)) for m in ("15", "30", "45", "60", "90")]),
                    "minutes",
                ),
                kit.field(_("Where, or how to join"), kit.text_input("place", required=True), "place"),
                kit.field(_("With whom"), kit.text_input("with_whom", required=True), "with_whom"),
                class_name="grid-3",
            ),
            _how(),
            kit.form_actions(kit.submit(_("Send to the patient"), icon="send")),
            action="/do/offer-times",
            draft=rx.Var.create("offer:") + appointment.id,
            stay=True,
            key=appointment.id,
            class_name="panel",
        ),
    )


def _how() -> rx.Component:
    ways = [("offer", _("Offer: the patient chooses")), ("book", _("Book the first time now"))]
    return kit.field(_("How"), kit.choice("how", ways, value="offer", compact=True), "how", group=True)


def _start(n: int) -> rx.Component:
    labels = {1: _("First time"), 2: _("Second time"), 3: _("Third time")}
    return kit.field(
        labels[n],
        kit.text_input(f"start{n}", "datetime-local", required=n == 1),
        f"start{n}",
        optional=n > 1,
    )
