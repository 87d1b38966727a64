"""The patient beside the open item."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.domain import glossary
from pcc_portal.language import _, current_locale, localized
from pcc_portal.state.task import InboxState

patient = InboxState.context


def context_pane() -> rx.Component:
    """Who the patient is, and what a coordinator wants to know before she answers."""
    return rx.el.section(
        rx.cond(patient.id == InboxState.task.patient_id, _patient(), kit.skeleton("lines", 8)),
        id="pane-context",
        class_name="pane context",
        aria_label=_("Patient"),
    )


def _patient() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            kit.avatar(patient.initials),
            rx.el.div(
                rx.el.h2(patient.name),
                rx.el.p(patient.about, class_name="meta"),
                rx.el.p(patient.phone, " · ", _("Speaks"), " ", patient.language, class_name="meta"),
            ),
            class_name="person pane-head",
        ),
        rx.el.div(
            _part(_("Care plan"), patient.plans, _("No active plan"), glossary.LANGUAGE),
            _part(_("Next visits"), patient.visits, _("None booked")),
            _part(_("Insurance"), patient.insurance, _("None on file")),
            _part(_("Conditions"), patient.conditions, _("None active"), glossary.LANGUAGE),
            _part(_("Medicines"), patient.medicines, _("None active"), glossary.LANGUAGE),
            _part(_("Allergies"), patient.allergies, _("None known"), glossary.LANGUAGE),
            _past(),
            class_name="pane-body",
        ),
    )


def _part(title: str, lines: rx.Var[list[str]], nothing: str, language: str = "") -> rx.Component:
    return rx.el.div(
        rx.el.h3(title),
        rx.cond(
            lines.length() > 0,
            rx.el.ul(
                rx.foreach(lines, lambda line: rx.el.li(line, lang=language or current_locale())),
                class_name="plain-list",
            ),
            rx.el.p(nothing, class_name="meta"),
        ),
        class_name="context-part",
    )


def _past() -> rx.Component:
    return rx.el.div(
        rx.el.h3(_("Also from this patient")),
        rx.el.ul(
            rx.foreach(
                patient.past,
                lambda item: rx.el.li(
                    rx.el.button(
                        item.title,
                        type="button",
                        on_click=InboxState.open(item.id),
                        data_url=f"{localized(routes.INBOX)}?task={item.id}",
                        class_name="link",
                    ),
                    rx.el.span(item.kind, " · ", item.when, class_name="meta"),
                    hidden=item.id == InboxState.task.row.id,
                    key=item.id,
                ),
            ),
            class_name="plain-list past",
        ),
        hidden=patient.past.length() < 2,
        class_name="context-part",
    )
