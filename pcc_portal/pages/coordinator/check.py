"""Checking an insurance card: what was sent, and what the check found."""

from __future__ import annotations

import reflex as rx

from pcc_portal.components import kit
from pcc_portal.domain.coverage import Verification
from pcc_portal.language import _
from pcc_portal.pages.patient.insurance import card_pictures, coverage_facts
from pcc_portal.state.task import InboxState


def coverage_body(item: rx.Var) -> rx.Component:
    """The card, its details, and the form for what was found."""
    return rx.fragment(
        rx.el.div(
            rx.el.p(item.order_text, " · ", item.plan),
            kit.tag(item.verification_text, item.tone),
            class_name="spread",
        ),
        rx.el.div(card_pictures(item), coverage_facts(item), class_name="card-with-facts"),
        rx.cond(item.reason != "", rx.el.p(_("Told the patient: "), item.reason, class_name="meta")),
        check_form(),
    )


def check_form() -> rx.Component:
    """Confirmed, not confirmed, or a better photo is needed and why."""
    coverage = InboxState.task.coverage
    return kit.section(
        _("What did you find?"),
        kit.post_form(
            kit.hidden("coverage", coverage.id),
            kit.hidden("patient", InboxState.task.patient_id),
            kit.field(
                _("Result"),
                kit.choice(
                    "verdict",
                    [
                        (Verification.CONFIRMED.value, _("Confirmed with the insurer")),
                        (Verification.PHOTO_NEEDED.value, _("A better photo is needed")),
                        (Verification.NOT_CONFIRMED.value, _("Could not be confirmed")),
                    ],
                    required=True,
                    compact=True,
                ),
                "verdict",
                group=True,
            ),
            kit.field(
                _("Reason, in words for the patient"),
                kit.text_area("reason", max_length=500, rows=2),
                "reason",
                hint=_("Needed unless it is confirmed."),
                optional=True,
            ),
            kit.form_actions(kit.submit(_("Send to the patient"), icon="send")),
            action="/do/verify-coverage",
            draft=rx.Var.create("verify:") + coverage.id,
            stay=True,
            key=coverage.id,
            class_name="panel",
        ),
    )
