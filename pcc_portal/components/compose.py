"""Writing in a conversation: the reply box and the files that came with a message."""

from __future__ import annotations

import reflex as rx

from pcc_portal.cards.communication import FileCard
from pcc_portal.components import kit
from pcc_portal.components.kit.base import Child
from pcc_portal.domain.communication import LONGEST_BODY
from pcc_portal.language import _

ACCEPTED = "image/jpeg,image/png,image/heic,application/pdf,text/plain,.docx"


def reply_form(
    thread_id: rx.Var[str] | str, *hidden: Child, label: str = "", rows: int = 3, **attrs: object
) -> rx.Component:
    """The box under a conversation: kept as a draft, sent once, cleared when it has arrived."""
    return kit.post_form(
        kit.hidden("thread", thread_id),
        *hidden,
        kit.field(
            label or _("Your answer"),
            kit.text_area("body", max_length=LONGEST_BODY, rows=rows),
            "body",
        ),
        rx.el.div(
            files_field(compact=True),
            kit.form_actions(kit.submit(_("Send"), icon="send")),
            class_name="compose-foot",
        ),
        action="/do/send-message",
        draft=_slot(thread_id),
        stay=True,
        key=thread_id,
        **attrs,
    )


def _slot(thread_id: rx.Var[str] | str) -> rx.Var[str] | str:
    if isinstance(thread_id, rx.Var):
        return rx.Var.create("reply:") + thread_id
    return f"reply:{thread_id}"


def files_field(compact: bool = False) -> rx.Component:
    """Up to four files, 6 MB each; ``compact`` beside the button that sends."""
    return kit.field(
        _("Add photos or files"),
        kit.file_drop(
            "files",
            accept=ACCEPTED,
            label=_("Add a photo or file") if compact else None,
            hint=None if compact else _("Up to 4 files: photos, PDF, text or Word. 6 MB each."),
            multiple=True,
            compact=compact,
        ),
        "files",
        optional=True,
        bare=compact,
    )


def attachments(files: rx.Var[list[FileCard]]) -> rx.Component:
    """The files of a message; pictures are shown small."""
    return rx.cond(
        files.length() > 0,
        rx.el.ul(rx.foreach(files, _attachment), class_name="plain-list attachments"),
    )


def _attachment(file: rx.Var[FileCard]) -> rx.Component:
    address = f"/files/{file.id}"
    return rx.el.li(
        rx.cond(
            file.is_image,
            rx.el.img(src=f"{address}?inline=1", alt="", loading="lazy", class_name="attachment-picture"),
            kit.icon("file-text"),
        ),
        kit.link_out(file.name, address),
        rx.el.span(file.size, class_name="meta"),
        class_name="attachment",
        key=file.id,
    )
