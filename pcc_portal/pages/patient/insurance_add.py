"""Sending an insurance card: photos first, then what is printed on it."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.domain.coverage import PLAN_TYPES, RELATIONSHIPS
from pcc_portal.language import _, localized
from pcc_portal.pages.patient.frame import for_patient, frame
from pcc_portal.state.coverage import InsuranceFormState

CARD_ACCEPTS = "image/jpeg,image/png,image/heic,application/pdf"


def insurance_add_page() -> rx.Component:
    """The form for a card."""
    return frame(
        "more",
        _("Insurance card"),
        rx.cond(
            InsuranceFormState.reason != "",
            kit.banner(
                "warn", _("What your coordinator says"), rx.el.p(InsuranceFormState.reason), role="note"
            ),
        ),
        kit.post_form(
            for_patient(),
            kit.hidden("coverage", InsuranceFormState.coverage_id),
            kit.step(
                _("Take photos of the card"), rx.el.div(_side("front"), _side("back"), class_name="grid-2")
            ),
            kit.step(_("What is printed on it?"), *_printed()),
            kit.step(_("Whose plan is it?"), *_holder()),
            kit.step(
                _("Pharmacy numbers and more"),
                *_pharmacy(),
                lead=_("Only if they are on the card. You can leave this empty."),
            ),
            kit.check_answers(None, rx.el.p(_("Your coordinator checks it in three work days."))),
            kit.form_actions(kit.submit(_("Send to my coordinator"), icon="send")),
            action="/do/submit-coverage",
            draft="coverage",
            steps=True,
            key=InsuranceFormState.coverage_id,
        ),
        path=routes.INSURANCE_ADD,
        lead=_("Take a picture of your card. Your coordinator checks it in three work days."),
        ready=InsuranceFormState.ready,
        shape="form",
        back=(_("Insurance"), localized(routes.INSURANCE)),
    )


def _side(side: str) -> rx.Component:
    labels = {"front": _("Front of the card"), "back": _("Back of the card")}
    return kit.field(
        labels[side],
        kit.file_drop(
            side,
            accept=CARD_ACCEPTS,
            capture="environment",
            label=_("Take a photo or choose one"),
            hint=_("All four corners, no glare."),
            **({"data_required_say": _unless_sent_before()} if side == "front" else {}),
        ),
        side,
        optional=side == "back",
    )


def _unless_sent_before() -> rx.Var:
    """The first time a card is sent its front is needed; its photo is on file when it is sent again."""
    first = InsuranceFormState.coverage_id == ""
    return rx.cond(first, _("Add a photo of the front of the card."), rx.Var("undefined"))


def _text(name: str, label: str, hint: str | None = None, optional: bool = True, **attrs) -> rx.Component:
    return kit.field(
        label,
        kit.text_input(
            name, required=not optional, default_value=InsuranceFormState.answers.get(name, ""), **attrs
        ),
        name,
        hint=hint,
        optional=optional,
    )


def _choose(name: str, label: str, texts: dict[str, str]) -> rx.Component:
    return kit.field(
        label,
        kit.select(
            name,
            [(code, _(text)) for code, text in texts.items()],
            placeholder=_("Choose"),
            required=True,
            default_value=InsuranceFormState.answers.get(name, ""),
        ),
        name,
    )


def _printed() -> list[rx.Component]:
    return [
        _text("payer_name", _("Insurance company"), optional=False),
        _choose("plan_type", _("Kind of plan"), PLAN_TYPES),
        _text("plan_name", _("Name of the plan")),
        _text("member_id", _("Member ID"), optional=False, auto_capitalize="characters"),
        _text("group_number", _("Group number")),
    ]


def _holder() -> list[rx.Component]:
    return [
        _choose("relationship", _("The plan holder is"), RELATIONSHIPS),
        _text("holder_name", _("Name of the plan holder"), hint=_("Only if it is not you.")),
        _text("holder_birth_date", _("Date of birth of the plan holder"), type="date"),
    ]


def _pharmacy() -> list[rx.Component]:
    return [
        _text("rx_bin", "RxBIN", hint=_("6 or 8 digits"), input_mode="numeric"),
        _text("rx_pcn", "RxPCN"),
        _text("rx_group", "RxGRP"),
        _text("effective_on", _("Valid from"), type="date"),
        _text("payer_phone", _("Phone number on the card"), type="tel"),
    ]
