"""The inbox: what waits on the left, the open item in the middle, the patient on the right."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.cards.task import TaskRow
from pcc_portal.components import kit
from pcc_portal.domain.task import EMERGENT, VIEW_TEXT, View
from pcc_portal.language import _, current_locale, localized
from pcc_portal.pages.coordinator.context import context_pane
from pcc_portal.pages.coordinator.item import item_pane
from pcc_portal.pages.patient.frame import problem, waiting
from pcc_portal.pages.shell import desk_page
from pcc_portal.state.portal import PortalState
from pcc_portal.state.task import InboxState


def inbox_page() -> rx.Component:
    """The coordinator's desk."""
    return desk_page(
        "inbox",
        _("Inbox"),
        _list_pane(),
        _edge("list", _("Width of the list")),
        rx.cond(
            InboxState.task.row.id != "",
            rx.fragment(item_pane(), _edge("context", _("Width of the patient's pane")), context_pane()),
            _nothing_open(),
        ),
        path=routes.INBOX,
        clinic=PortalState.clinic_name,
        person_name=PortalState.person_name,
        unread=PortalState.unread,
    )


def _edge(pane: str, label: str) -> rx.Component:
    """Between two panes: drag it, or move it with the arrow keys; Enter puts it back (desk.js)."""
    return rx.el.div(
        role="separator",
        tab_index=0,
        aria_orientation="vertical",
        aria_controls=f"pane-{pane}",
        aria_label=label,
        custom_attrs={"aria-valuenow": "30"},
        title=_("Drag, or press the arrow keys. Enter puts it back."),
        data_edge=pane,
        class_name="pane-edge",
    )


def _loud() -> rx.Component:
    """What is emergent is never hidden by the choice of a view: here it is, and the way to it."""
    number = InboxState.counts[EMERGENT]
    elsewhere = (InboxState.view != View.ALL.value) | InboxState.paged
    return rx.cond(
        elsewhere & (number > 0),
        rx.el.button(
            kit.icon("triangle-alert"),
            rx.el.span(_("Emergent items:"), " ", number, role="status"),
            type="button",
            on_click=InboxState.choose(View.ALL.value),
            class_name="loud",
        ),
    )


def _news() -> rx.Component:
    """What came in above of what one sees; it lies over the list, so that nothing moves for it (desk.js)."""
    return rx.el.button(
        kit.icon("arrow-up"),
        rx.el.span(data_news_words="true", role="status"),
        type="button",
        hidden=True,
        data_news="true",
        data_one=_("1 new item above"),
        data_many=_("{n} new items above"),
        class_name="news",
    )


def _nothing_open() -> rx.Component:
    return rx.el.section(
        kit.empty_state(
            "inbox",
            _("Choose an item"),
            _("The most urgent one is on top. The list changes by itself as things arrive."),
        ),
        class_name="pane talk nothing-open",
        aria_label=_("Open item"),
    )


def _list_pane() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.nav(*(_view(view) for view in View), class_name="views", aria_label=_("Views")),
            _loud(),
            _news(),
            class_name="pane-head",
        ),
        rx.el.div(
            rx.cond(InboxState.task.row.id == "", problem()),
            rx.cond(InboxState.ready, _rows(), waiting(kit.skeleton("rows", 10))),
            class_name="pane-body",
        ),
        id="pane-list",
        class_name="pane list",
        aria_label=_("What waits"),
    )


def _view(view: View) -> rx.Component:
    chosen = InboxState.view == view.value
    return rx.el.button(
        _(VIEW_TEXT[view]),
        rx.cond(
            InboxState.counts[view.value] > 0,
            rx.fragment(" ", rx.el.span(InboxState.counts[view.value], class_name="count")),
        ),
        type="button",
        on_click=InboxState.choose(view.value),
        aria_pressed=rx.cond(chosen, "true", "false"),
        class_name="view",
    )


def _rows() -> rx.Component:
    return rx.fragment(
        rx.cond(
            InboxState.rows.length() > 0,
            rx.el.ul(
                rx.foreach(InboxState.rows, _row),
                class_name="plain-list rows inbox-rows",
                aria_label=_("Items"),
            ),
            kit.empty_state("circle-check", _("Nothing waits here"), _("New items appear by themselves.")),
        ),
        rx.el.div(
            rx.cond(
                InboxState.paged,
                kit.button(_("Back to the top"), "quiet", on_click=InboxState.first_page),
            ),
            rx.cond(InboxState.more, kit.button(_("Next 50"), "quiet", on_click=InboxState.next_page)),
            class_name="cluster list-foot",
        ),
    )


def _row(row: rx.Var[TaskRow]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(
                rx.el.span(row.patient, class_name="row-title"),
                rx.cond(
                    row.language != current_locale(), rx.el.span(row.language, class_name="row-language")
                ),
                rx.el.span(row.waiting, class_name="row-when"),
                class_name="row-line",
            ),
            rx.el.span(
                rx.el.span(row.title, class_name="row-subject"),
                rx.cond(row.preview != "", rx.el.span(" – ", row.preview, class_name="row-preview")),
                class_name="row-line clip",
            ),
            rx.el.span(
                _kind(row),
                _urgency(row),
                rx.el.span(row.due, class_name=rx.cond(row.late, "late", "")),
                rx.cond(
                    (row.owner != "") & (InboxState.view != View.DONE.value),
                    rx.el.span(row.owner, class_name="owner"),
                ),
                class_name="row-line facts-line",
            ),
            type="button",
            on_click=InboxState.open(row.id),
            aria_current=rx.cond(InboxState.task.row.id == row.id, "true", "false"),
            data_url=f"{localized(routes.INBOX)}?task={row.id}",
            class_name=["row", "inbox-row", row.urgency],
        ),
        key=row.id,
    )


def _kind(row: rx.Var[TaskRow]) -> rx.Component:
    """What it is, as a small picture with its name."""
    picture = rx.match(
        row.kind,
        ("appointment", kit.icon("calendar")),
        ("coverage", kit.icon("shield")),
        ("question", kit.icon("circle-help")),
        kit.icon("message-square"),
    )
    return rx.el.span(picture, kit.hidden_text(row.kind_text), title=row.kind_text, class_name="row-kind")


def _urgency(row: rx.Var[TaskRow]) -> rx.Component:
    return rx.match(
        row.urgency,
        ("emergent", kit.tag(row.urgency_text, "stop", "triangle-alert")),
        ("urgent", kit.tag(row.urgency_text, "warn")),
        rx.fragment(),
    )
