"""Insurance as a browser may see it."""

from __future__ import annotations

from dataclasses import dataclass

from pcc_portal.db import tables as t
from pcc_portal.domain import moment
from pcc_portal.domain.coverage import PLAN_TYPES, VERIFICATION_TEXT, Verification
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


NO_COVERAGE = CoverageCard(*[""] * 11, tone="neutral", reason="", next_step="", front="", back="", sent_by="")


def card_of(row: t.Coverage, due: str = "") -> CoverageCard:
    """A coverage as a card; ``due`` is when the clinic will have checked it, in words."""
    state = Verification(row.verification)
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
        next_step=_next_step(state, due),
        front=str(row.front_file_id or ""),
        back=str(row.back_file_id or ""),
        sent_by=row.submitted_by_name,
    )


def _plan_type(row: t.Coverage) -> str:
    return _(PLAN_TYPES[row.plan_type]) if row.plan_type in PLAN_TYPES else ""


def _next_step(state: Verification, due: str) -> str:
    match state:
        case Verification.NOT_CHECKED:
            return _("We check it by {when}", when=due) if due else _("We check it")
        case Verification.PHOTO_NEEDED:
            return _("Your turn: send a new photo")
        case Verification.NOT_CONFIRMED:
            return _("Your turn: check the details with your insurance company")
        case Verification.CONFIRMED:
            return _("Nothing to do now")
