"""The open item: what it is about, the answer to it, and the team's notes."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.components.compose import reply_form
from pcc_portal.language import _, localized
from pcc_portal.pages.coordinator.check import coverage_body
from pcc_portal.pages.coordinator.offer import appointment_body
from pcc_portal.pages.patient.frame import problem
from pcc_portal.pages.patient.messages import message
from pcc_portal.state.task import InboxState

task = InboxState.task


def item_pane() -> rx.Component:
    """The item in the middle of the desk; the answer to a conversation stays at its foot."""
    talks = (task.row.kind == "message") | (task.row.kind == "question")
    return rx.el.section(
        rx.el.div(_back(), _head(), _acts(), class_name="pane-head"),
        rx.el.div(
            problem(),
            rx.cond(
                task.findings != "",
                rx.el.p(
                    kit.icon("triangle-alert"),
                    rx.el.span(_("Words that raised this:"), " ", rx.el.strong(task.findings)),
                    class_name="findings",
                ),
            ),
            rx.match(
                task.row.kind,
                ("appointment", appointment_body(task.appointment)),
                ("coverage", coverage_body(task.coverage)),
                _talk(),
            ),
            _notes(),
            class_name="pane-body",
        ),
        rx.cond(talks, rx.el.div(_newest(), _reply(), class_name="pane-foot")),
        class_name="pane talk",
        aria_label=_("Open item"),
        key=task.row.id,
    )


def _newest() -> rx.Component:
    """A message came in below of what one reads (controls.js); nothing moves for it."""
    return rx.el.button(
        kit.icon("arrow-down"),
        rx.el.span(_("New message below")),
        type="button",
        hidden=True,
        data_newest="true",
        class_name="news",
    )


def _back() -> rx.Component:
    return kit.icon_button(
        "arrow-left",
        _("Back to the list"),
        on_click=InboxState.close,
        data_url=localized(routes.INBOX),
        class_name="pane-back",
    )


def _head() -> rx.Component:
    return rx.el.div(
        rx.el.h2(task.row.title, data_arrival="true", tab_index=-1),
        rx.el.p(
            task.row.patient,
            " · ",
            task.row.kind_text,
            " · ",
            rx.el.span(task.row.due, class_name=rx.cond(task.row.late, "late", "")),
            class_name="meta",
        ),
        class_name="item-head",
    )


def _acts() -> rx.Component:
    """What can be done with the item. The script keeps the focus here when a button goes away."""
    return rx.el.div(
        rx.cond(
            task.queue != "done",
            rx.fragment(
                _ownership(),
                kit.button(_("Done"), "secondary", "check", on_click=InboxState.finish),
            ),
            kit.tag(_("Done"), "good", "check"),
        ),
        class_name="cluster item-acts",
        data_keep_focus="true",
        tab_index=-1,
        role="group",
        aria_label=_("This item"),
    )


def _ownership() -> rx.Component:
    return rx.cond(
        task.row.owner == "",
        kit.button(_("Claim"), "secondary", on_click=InboxState.claim),
        rx.cond(
            task.row.mine,
            kit.button(_("Give back"), "quiet", on_click=InboxState.release),
            rx.fragment(
                rx.el.span(task.row.owner, " ", _("works on this"), class_name="meta"),
                kit.button(_("Take over"), "secondary", on_click=InboxState.take_over),
            ),
        ),
    )


def _talk() -> rx.Component:
    return rx.fragment(
        rx.cond(
            task.thread.about != "",
            rx.el.p(rx.el.span(_("Asked about: "), class_name="meta"), task.thread.about, class_name="about"),
        ),
        kit.conversation(rx.foreach(task.thread.messages, message), label=_("Conversation")),
    )


def _reply() -> rx.Component:
    return reply_form(
        task.thread.id,
        kit.hidden("patient", task.patient_id),
        label=_("Answer to the patient"),
        rows=2,
        class_name="compose",
    )


def _notes() -> rx.Component:
    """The team's own notes: another colour, another shape, and the words that patients never see them."""
    return rx.el.section(
        rx.cond(
            task.notes.length() > 0,
            rx.el.ul(
                rx.foreach(
                    task.notes,
                    lambda note: kit.note_bubble(note.author, note.when, note.body, key=note.id),
                ),
                class_name="plain-list stack-s",
            ),
        ),
        rx.el.details(
            rx.el.summary(kit.icon("lock"), " ", _("Add a note for the team")),
            _note_form(),
            class_name="note-box",
            key=task.row.id,
        ),
        class_name="notes stack-s",
        aria_label=_("Notes for the team"),
    )


def _note_form() -> rx.Component:
    return kit.post_form(
        kit.hidden("task", task.row.id),
        kit.hidden("patient", task.patient_id),
        kit.field(
            _("New note"),
            kit.text_area("body", rows=2, id="note-body"),
            "body",
            hint=_("Patients never see this."),
        ),
        kit.form_actions(kit.submit(_("Add the note"), "secondary", "lock")),
        action="/do/add-note",
        draft=rx.Var.create("note:") + task.row.id,
        stay=True,
        key=task.row.id,
    )
