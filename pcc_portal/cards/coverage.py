"""Insurance as a browser may see it."""

from __future__ import annotations

from dataclasses import dataclass

from pcc_portal.cards import promise
from pcc_portal.cards.promise import Promise
from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import Work
from pcc_portal.domain import moment
from pcc_portal.domain.clock import OpeningHours, due_at
from pcc_portal.domain.coverage import PLAN_TYPES, VERIFICATION_TEXT, Verification
from pcc_portal.domain.urgency import Urgency
from pcc_portal.language import _


@dataclass(frozen=True)
class CoverageCard:
    """One insurance as a browser may see it."""

    id: str
    payer_name: str
    plan: str
    member_id: str
    group_number: str
    rx: str
    holder: str
    order_text: str
    effective: str
    verification: str
    verification_text: str
    tone: str
    reason: str
    next_step: str
    front: str
    back: str
    sent_by: str
    turn: str = ""
    stage: int = 0


NO_COVERAGE = CoverageCard(*[""] * 11, tone="neutral", reason="", next_step="", front="", back="", sent_by="")


def card_of(row: t.Coverage, work: Work, hours: OpeningHours) -> CoverageCard:
    """A coverage as a card, with who acts next and by when."""
    state = Verification(row.verification)
    step = _next_step(row, state, hours, work)
    return CoverageCard(
        id=str(row.id),
        payer_name=row.payer_name,
        plan=" · ".join(part for part in (row.plan_name, _plan_type(row)) if part),
        member_id=row.member_id,
        group_number=row.group_number,
        rx=" / ".join(part for part in (row.rx_bin, row.rx_pcn, row.rx_group) if part),
        holder=row.holder_name or _("The patient"),
        order_text={1: _("Primary"), 2: _("Secondary")}.get(row.order, _("Further")),
        effective=moment.full_day(row.effective_on) if row.effective_on else "",
        verification=state,
        verification_text=_(VERIFICATION_TEXT[state]),
        tone={
            Verification.CONFIRMED: "good",
            Verification.NOT_CONFIRMED: "stop",
            Verification.PHOTO_NEEDED: "warn",
        }.get(state, "wait"),
        reason=row.verification_reason,
        next_step=step.text,
        front=str(row.front_file_id or ""),
        back=str(row.back_file_id or ""),
        sent_by=row.submitted_by_name,
        turn=step.turn,
        stage=3 if state == Verification.CONFIRMED else 2,
    )


def _plan_type(row: t.Coverage) -> str:
    return _(PLAN_TYPES[row.plan_type]) if row.plan_type in PLAN_TYPES else ""


def _next_step(row: t.Coverage, state: Verification, hours: OpeningHours, work: Work) -> Promise:
    match state:
        case Verification.PHOTO_NEEDED:
            return Promise(_("Your turn: send a new photo"), promise.YOURS)
        case Verification.NOT_CONFIRMED:
            return Promise(_("Your turn: ask your insurer to check the details with you"), promise.YOURS)
        case Verification.CONFIRMED:
            return Promise(_("Nothing to do now"), promise.SETTLED)
        case Verification.NOT_CHECKED if row.submitted_by is None:
            return Promise(_("From your record. Send a photo of the card and we check it."), promise.SETTLED)
        case Verification.NOT_CHECKED:
            due = due_at(row.updated_at, Urgency.ADMINISTRATIVE, hours)
            return promise.ours(_("We check it by {when}"), due, work.now, work.actor.zone)
