"""Everything that is not in the bar: insurance, the people one helps, signing out."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.language import _, localized
from pcc_portal.pages.patient.frame import frame
from pcc_portal.state.people import HelpedPatient, PeopleState


def more_page() -> rx.Component:
    """The rest of the portal."""
    return frame(
        "more",
        _("More"),
        rx.el.ul(
            _place("shield", _("Insurance"), _("Your cards and what we found"), routes.INSURANCE),
            class_name="plain-list rows",
        ),
        rx.cond(PeopleState.helped.length() > 0, _people()),
        path=routes.MORE,
        ready=PeopleState.ready,
    )


def _place(icon: str, label: str, hint: str, path: str) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(kit.icon(icon), rx.el.span(label, class_name="row-title"), class_name="cluster"),
            rx.el.span(hint, class_name="meta"),
            href=localized(path),
            class_name="row",
        )
    )


def _people() -> rx.Component:
    return kit.section(
        _("People you help"),
        rx.el.ul(rx.foreach(PeopleState.helped, _person), class_name="plain-list stack"),
    )


def _person(person: rx.Var[HelpedPatient]) -> rx.Component:
    return rx.el.li(
        kit.card(
            rx.el.p(rx.el.strong(person.name)),
            kit.NativeForm.create(
                kit.hidden("patient", person.id),
                kit.submit(rx.fragment(_("View as"), " ", person.name), "secondary", icon="eye"),
                action=routes.ACT_AS,
                method="post",
            ),
        ),
        key=person.id,
    )
