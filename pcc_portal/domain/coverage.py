"""Insurance: what a card says, and how far its check has come (FHIR Coverage)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from pcc_portal.domain.form import Answers
from pcc_portal.language import N_

PLAN_TYPES = {
    "hmo": N_("HMO"),
    "ppo": N_("PPO"),
    "epo": N_("EPO"),
    "pos": N_("POS"),
    "medicare": N_("Medicare"),
    "medicare-advantage": N_("Medicare Advantage"),
    "medicaid": N_("Medicaid"),
    "chip": N_("CHIP"),
    "marketplace": N_("Marketplace"),
    "tricare-va": N_("TRICARE or VA"),
    "self-pay": N_("I pay myself"),
    "other": N_("Something else, or I am not sure"),
}
RELATIONSHIPS = {
    "self": N_("Me"),
    "spouse": N_("My husband or wife"),
    "child": N_("My child"),
    "parent": N_("My parent"),
    "common": N_("My partner"),
    "other": N_("Someone else"),
}


#: The stages of a card's check, as people follow it.
STAGE_TEXT = (N_("Sent"), N_("Being checked"), N_("Checked"))


class Verification(StrEnum):
    """How far the check of a coverage has come (CoverageEligibility codes, and two of our own)."""

    NOT_CHECKED = "not-checked"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not-confirmed"
    PHOTO_NEEDED = "photo-needed"


VERIFICATION_TEXT = {
    Verification.NOT_CHECKED: N_("We are checking it"),
    Verification.CONFIRMED: N_("Checked"),
    Verification.NOT_CONFIRMED: N_("Could not be confirmed"),
    Verification.PHOTO_NEEDED: N_("New photo needed"),
}


@dataclass(frozen=True)
class CoverageDraft:
    """Insurance details as typed. ``coverage_id`` is given when a card is sent again."""

    patient_id: UUID | None
    coverage_id: UUID | None
    payer_name: str
    plan_name: str
    plan_type: str
    member_id: str
    group_number: str
    rx_bin: str
    rx_pcn: str
    rx_group: str
    holder_name: str
    holder_birth_date: date | None
    relationship: str
    effective_on: date | None
    payer_phone: str
    order: int
    submission: UUID | None = None

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> CoverageDraft:
        """From a form; Invalid names each field with a problem."""
        answers = Answers(form)
        relationship = answers.choice("relationship", RELATIONSHIPS, N_("Choose who holds the plan."))
        other = relationship not in {"", "self"}
        draft = cls(
            patient_id=answers.key("patient"),
            coverage_id=answers.key("coverage"),
            payer_name=answers.text(
                "payer_name", N_("Enter the name of the insurance company."), longest=120
            ),
            plan_name=answers.text("plan_name", longest=120),
            plan_type=answers.choice("plan_type", PLAN_TYPES, N_("Choose the kind of plan.")),
            member_id=answers.text("member_id", N_("Enter the member ID on the card."), longest=40),
            group_number=answers.text("group_number", longest=40),
            rx_bin=_rx_bin(answers),
            rx_pcn=answers.text("rx_pcn", longest=20),
            rx_group=answers.text("rx_group", longest=20),
            holder_name=answers.text(
                "holder_name",
                N_("Enter the name of the plan holder.") if other else "",
                longest=120,
            ),
            holder_birth_date=answers.day("holder_birth_date"),
            relationship=relationship,
            effective_on=answers.day("effective_on"),
            payer_phone=answers.text("payer_phone", longest=30),
            order=int(answers.choice("order", {"1", "2", "3"}) or 1),
            submission=answers.key("submission"),
        )
        answers.done()
        return draft


def _rx_bin(answers: Answers) -> str:
    """RxBIN: 6 digits, or 8 (the newer length). Source: NCPDP, ISO/IEC 7812."""
    digits = answers.text("rx_bin", longest=12)
    if digits and not (digits.isdigit() and len(digits) in {6, 8}):
        answers.problems["rx_bin"] = N_("RxBIN is 6 or 8 digits.")
    return digits


@dataclass(frozen=True)
class VerificationDraft:
    """A coordinator's answer to a coverage that was sent in."""

    coverage_id: UUID | None
    verdict: Verification
    reason: str
    submission: UUID | None = None

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> VerificationDraft:
        """From a form; anything but a confirmation needs a reason the patient can read."""
        answers = Answers(form)
        allowed = {Verification.CONFIRMED, Verification.NOT_CONFIRMED, Verification.PHOTO_NEEDED}
        verdict = answers.choice("verdict", allowed, N_("Choose what you found."))
        needs_reason = verdict != Verification.CONFIRMED
        draft = cls(
            coverage_id=answers.key("coverage"),
            verdict=Verification(verdict or Verification.NOT_CHECKED),
            reason=answers.text(
                "reason", N_("Say why, for the patient.") if needs_reason else "", longest=500
            ),
            submission=answers.key("submission"),
        )
        answers.done()
        return draft
