"""A new message to the coordinator."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.components.compose import files_field
from pcc_portal.domain.communication import CATEGORY_TEXT, LONGEST_BODY, LONGEST_SUBJECT
from pcc_portal.language import _, localized
from pcc_portal.pages.patient.frame import emergency_note, for_patient, frame
from pcc_portal.state.communication import NewMessageState


def message_new_page() -> rx.Component:
    """Write to the coordinator."""
    return frame(
        "messages",
        _("Write a message"),
        rx.cond(NewMessageState.about != "", _about()),
        kit.post_form(
            for_patient(),
            kit.hidden("about_kind", NewMessageState.about_kind),
            kit.hidden("about_id", NewMessageState.about_id),
            _category(),
            kit.field(
                _("Short title"),
                kit.text_input("subject", max_length=LONGEST_SUBJECT, required=True),
                "subject",
                hint=_("A few words, so that you find it again."),
            ),
            kit.field(
                _("Your message"),
                kit.text_area("body", max_length=LONGEST_BODY, rows=6, required=True),
                "body",
            ),
            files_field(),
            kit.form_actions(kit.submit(_("Send"), icon="send")),
            action="/do/send-message",
            draft="message-new",
        ),
        path=routes.MESSAGE_NEW,
        ready=NewMessageState.ready,
        shape="form",
        lead=_("Your coordinator answers within one business day."),
        back=(_("All messages"), localized(routes.MESSAGES)),
        first=emergency_note(),
    )


def _category() -> rx.Component:
    return kit.field(
        _("What is it about?"),
        kit.select(
            "category",
            [(code.value, _(text)) for code, text in CATEGORY_TEXT.items()],
            placeholder=_("Choose"),
            required=True,
        ),
        "category",
    )


def _about() -> rx.Component:
    return kit.card(
        rx.el.p(_("You are asking about"), class_name="meta"),
        rx.el.p(NewMessageState.about, class_name="card-title"),
    )
