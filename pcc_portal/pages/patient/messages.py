"""Messages: the list of conversations beside the open one (on a phone, one or the other)."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.cards.communication import MessageCard, ThreadCard
from pcc_portal.components import kit
from pcc_portal.components.compose import attachments, reply_form
from pcc_portal.language import _, localized
from pcc_portal.pages.patient.frame import emergency_note, for_patient, frame
from pcc_portal.state.communication import MessagesState


def messages_page() -> rx.Component:
    """The patient's conversations."""
    thread = MessagesState.thread
    return frame(
        "messages",
        rx.cond(thread.id != "", thread.subject, _("Messages")),
        rx.cond(thread.id != "", _thread(), _list()),
        path=routes.MESSAGES,
        ready=MessagesState.ready,
        lead=rx.cond(thread.id != "", thread.category, _("You write here, and the clinic answers here.")),
        back=(_("All messages"), routes.MESSAGES),
        back_if=thread.id != "",
        shape="rows",
    )


def _list() -> rx.Component:
    return rx.fragment(
        kit.link_button(_("Write a message"), routes.MESSAGE_NEW, icon="pencil"),
        rx.cond(
            MessagesState.threads.length() > 0,
            rx.el.ul(
                rx.foreach(MessagesState.threads, _row),
                class_name="plain-list rows",
                aria_label=_("Conversations"),
            ),
            kit.empty_state(
                "message-square",
                _("No messages yet"),
                _("Write to your coordinator about anything: a visit, a medicine, a bill."),
            ),
        ),
        rx.cond(
            MessagesState.more,
            kit.button(_("Show older messages"), "secondary", on_click=MessagesState.older),
        ),
    )


def _row(thread: rx.Var[ThreadCard]) -> rx.Component:
    return rx.el.li(
        kit.row(
            thread.subject,
            f"{localized(routes.MESSAGES)}?thread={thread.id}",
            rx.el.span(thread.preview, class_name="preview"),
            kit.turn(thread.next_step, thread.turn),
            rx.el.span(thread.category, class_name="meta tiny"),
            aside=(
                rx.cond(thread.unread > 0, kit.tag(_("New"), "info")),
                rx.el.span(thread.when, class_name="meta row-when"),
            ),
            class_name=rx.cond(thread.unread > 0, "unread", ""),
        ),
        key=thread.id,
    )


def _thread() -> rx.Component:
    thread = MessagesState.thread
    return rx.fragment(
        rx.cond(
            MessagesState.sent,
            kit.confirmation(
                _("We have your message"),
                thread.next_step,
                _("The answer comes here, and Home tells you that it is there."),
            ),
        ),
        rx.cond(
            thread.about != "",
            rx.el.p(rx.el.span(_("Asked about: "), class_name="meta"), thread.about, class_name="about"),
        ),
        kit.conversation(rx.foreach(thread.messages, message), label=_("Messages in this conversation")),
        kit.status_line(thread.next_step, turn=thread.turn),
        emergency_note(),
        reply_form(thread.id, for_patient(), class_name="compose"),
    )


def message(item: rx.Var[MessageCard]) -> rx.Component:
    """One message with its files."""
    return kit.message_bubble(
        item.sender,
        item.when,
        rx.el.span(item.body, lang=item.language),
        attachments(item.files),
        mine=item.mine,
        state=item.read,
        key=item.id,
    )
