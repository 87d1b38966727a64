"""Insurance: what we have on file, and how far its check has come."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.cards.coverage import CoverageCard
from pcc_portal.components import kit
from pcc_portal.domain.coverage import STAGE_TEXT
from pcc_portal.language import _, localized
from pcc_portal.pages.patient.frame import frame
from pcc_portal.state.coverage import InsuranceState
from pcc_portal.state.portal import PortalState


def insurance_page() -> rx.Component:
    """The patient's insurance."""
    return frame(
        "more",
        _("Insurance"),
        rx.cond(InsuranceState.sent != "", _sent()),
        rx.cond(
            InsuranceState.coverages.length() > 0,
            rx.el.ul(rx.foreach(InsuranceState.coverages, _card), class_name="plain-list stack"),
            kit.empty_state(
                "shield",
                _("No insurance on file"),
                _("Send us a photo of your card. We check it for you before your visit."),
            ),
        ),
        kit.link_button(_("Add insurance"), routes.INSURANCE_ADD, icon="plus"),
        path=routes.INSURANCE,
        lead=_("Your insurance cards, and what we found out about each."),
        ready=InsuranceState.ready,
        back=(_("More"), localized(routes.MORE)),
    )


def _sent() -> rx.Component:
    """What happens now that a card was sent."""
    return kit.confirmation(
        _("We have your card"),
        InsuranceState.sent,
        _("We ask your insurance company if the plan is active."),
        _("You see the result here. If we need a better photo, Home tells you."),
    )


def _card(item: rx.Var[CoverageCard]) -> rx.Component:
    return rx.el.li(
        kit.card(
            rx.el.div(
                rx.el.h2(item.payer_name, class_name="card-title"),
                kit.tag(item.verification_text, item.tone),
                class_name="spread",
            ),
            rx.el.p(item.order_text, " · ", item.plan, class_name="meta"),
            rx.cond(
                (item.sent_by != "") & (item.tone != "good"),
                kit.stages([_(text) for text in STAGE_TEXT], item.stage, _("How far it has come")),
            ),
            kit.status_line(item.next_step, turn=item.turn),
            rx.cond(
                item.reason != "",
                kit.banner("warn", _("What your coordinator says"), rx.el.p(item.reason), role="note"),
            ),
            rx.el.div(card_pictures(item), coverage_facts(item), class_name="card-with-facts"),
            rx.cond(
                item.tone == "warn",
                kit.link_button(
                    _("Send a new photo"),
                    f"{localized(routes.INSURANCE_ADD)}?coverage={item.id}",
                    icon="camera",
                ),
                kit.link_to(_("Change the details"), f"{localized(routes.INSURANCE_ADD)}?coverage={item.id}"),
            ),
        ),
        key=item.id,
    )


def coverage_facts(item: rx.Var[CoverageCard]) -> rx.Component:
    """What the card says."""
    facts = [
        (_("Member ID"), item.member_id),
        (_("Group number"), item.group_number),
        (_("Pharmacy (BIN / PCN / group)"), item.rx),
        (_("Plan holder"), item.holder),
        (_("Valid from"), item.effective),
        (_("Sent by"), rx.cond(item.sent_by != PortalState.person_name, item.sent_by, "")),
    ]
    return kit.facts(facts)


def card_pictures(item: rx.Var[CoverageCard]) -> rx.Component:
    """The card's two sides, each opening in full."""
    return rx.el.div(
        _picture(item.front, _("Front of the card")),
        _picture(item.back, _("Back of the card")),
        class_name="card-pictures",
    )


def _picture(file_id: rx.Var[str], label: str) -> rx.Component:
    address = f"/files/{file_id}"
    return rx.cond(
        file_id != "",
        rx.el.figure(
            kit.anchor(
                rx.el.img(src=f"{address}?inline=1", alt=label, loading="lazy"),
                href=f"{address}?inline=1",
                target="_blank",
            ),
            rx.el.figcaption(label, class_name="meta"),
        ),
    )
