"""Asking for an appointment: one question a step, checked before it is sent."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.domain.appointment import (
    CALLBACK_TIMES,
    CARE_TYPES,
    LONGEST_DETAIL,
    MODALITIES,
    NEEDS,
    PARTS_OF_DAY,
    REASONS,
)
from pcc_portal.language import _, localized
from pcc_portal.pages.patient.frame import emergency_note, for_patient, frame
from pcc_portal.state.appointment import AppointmentRequestState


def _pairs(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, _(text)) for code, text in texts.items()]


def appointment_request_page() -> rx.Component:
    """The request form."""
    return frame(
        "appointments",
        _("Ask for an appointment"),
        kit.post_form(
            for_patient(),
            _what(),
            _why(),
            _how(),
            _when(),
            _callback(),
            _needs(),
            kit.check_answers(
                None, rx.el.p(_("We answer with times to choose from. Nothing is booked yet."))
            ),
            kit.form_actions(kit.submit(_("Send my request"), icon="send")),
            action="/do/request-appointment",
            draft="appointment-request",
            steps=True,
        ),
        path=routes.APPOINTMENT_REQUEST,
        lead=_("A few short questions. Then your coordinator offers you days and times."),
        ready=AppointmentRequestState.ready,
        shape="form",
        back=(_("Appointments"), localized(routes.APPOINTMENTS)),
    )


def _what() -> rx.Component:
    return kit.step(
        _("What do you need?"),
        kit.field(
            _("Kind of care"),
            kit.choice("care_type", _pairs(CARE_TYPES), required=True),
            "care_type",
            group=True,
        ),
    )


def _why() -> rx.Component:
    return kit.step(
        _("What is it about?"),
        emergency_note(),
        kit.field(_("Reason"), kit.choice("reason", _pairs(REASONS), required=True), "reason", group=True),
        kit.field(
            _("Tell us a little more"),
            kit.text_area("detail", max_length=LONGEST_DETAIL, rows=4, required=True),
            "detail",
        ),
    )


def _how() -> rx.Component:
    return kit.step(
        _("How do you want to meet?"),
        kit.field(
            _("Way to meet"),
            kit.choice("modality", _pairs(MODALITIES), required=True),
            "modality",
            group=True,
        ),
    )


def _when() -> rx.Component:
    return kit.step(
        _("When would suit you?"),
        *(_window(n) for n in (1, 2, 3)),
        lead=_("Give one to three days. More choices make it faster."),
    )


def _window(n: int) -> rx.Component:
    first = n == 1
    labels = {1: _("First choice"), 2: _("Second choice"), 3: _("Third choice")}
    return rx.el.div(
        kit.field(
            labels[n],
            kit.date_input(
                f"window{n}_on",
                required=first,
                min=AppointmentRequestState.first_day,
                max=AppointmentRequestState.last_day,
            ),
            f"window{n}_on",
            optional=not first,
        ),
        kit.field(
            _("Part of the day"),
            kit.choice(f"window{n}_part", _pairs(PARTS_OF_DAY), required=first, compact=True),
            f"window{n}_part",
            group=True,
        ),
        data_answer_group="true",
        class_name="window",
    )


def _callback() -> rx.Component:
    return kit.step(
        _("How can we call you?"),
        kit.field(
            _("Phone number"),
            kit.text_input("callback_phone", "tel", required=True, auto_complete="tel"),
            "callback_phone",
            hint=_("We call only if we need to ask something."),
        ),
        kit.field(
            _("Best time to call"),
            kit.choice("callback_time", _pairs(CALLBACK_TIMES), compact=True),
            "callback_time",
            group=True,
            optional=True,
        ),
    )


def _needs() -> rx.Component:
    return kit.step(
        _("What would help you?"),
        kit.field(
            _("Tick what you need"),
            rx.el.div(
                *(kit.check(f"need_{name}", text) for name, text in _pairs(NEEDS)), class_name="choices"
            ),
            "needs",
            group=True,
            optional=True,
        ),
        kit.field(
            _("Language for the interpreter"),
            kit.text_input("interpreter_language"),
            "interpreter_language",
            optional=True,
        ),
    )
