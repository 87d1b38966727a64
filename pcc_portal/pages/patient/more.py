"""Everything that is not in the bar: insurance, the people one helps, signing out."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.components.kit.base import Text
from pcc_portal.language import _, localized
from pcc_portal.pages.furniture import sign_out
from pcc_portal.pages.patient.frame import frame
from pcc_portal.state.people import HelpedPatient, PeopleState
from pcc_portal.state.portal import PortalState


def more_page() -> rx.Component:
    """The rest of the portal."""
    return frame(
        "more",
        _("More"),
        rx.cond(
            PeopleState.insurance,
            rx.el.ul(
                _place("shield", _("Insurance"), _("Your cards and what we found"), routes.INSURANCE),
                class_name="plain-list rows",
            ),
        ),
        rx.cond(
            PeopleState.nobody,
            kit.empty_state(
                "shield",
                _("No patient's record is open to you"),
                _("Your work is done with the clinic's own tools, like pcc-portal create-user."),
            ),
        ),
        rx.cond(PeopleState.helped.length() > 0, _people()),
        _clinic(),
        sign_out("button secondary"),
        path=routes.MORE,
        lead=_("What is not in the bar: your insurance, and the people you help."),
        ready=PeopleState.ready,
        shape="rows",
    )


def _place(icon: str, label: str, hint: str, path: str) -> rx.Component:
    return rx.el.li(kit.row(label, localized(path), rx.el.span(hint, class_name="meta"), icon_name=icon))


def _clinic() -> rx.Component:
    """How to reach the clinic, and the way there."""
    return kit.section(
        _("My clinic"),
        kit.card(
            rx.el.p(PortalState.clinic_name, class_name="card-title"),
            rx.cond(PortalState.clinic_address != "", rx.el.p(PortalState.clinic_address, class_name="meta")),
            rx.el.div(
                rx.cond(
                    PortalState.clinic_phone != "",
                    kit.link_button(
                        PortalState.clinic_phone,
                        f"tel:{PortalState.clinic_phone}",
                        "secondary",
                        icon="phone",
                        out=True,
                    ),
                ),
                rx.el.button(
                    kit.icon("circle-help"),
                    _("Help"),
                    type="button",
                    data_open_dialog="help",
                    aria_haspopup="dialog",
                    class_name="button secondary",
                ),
                class_name="tiles",
            ),
        ),
    )


def _people() -> rx.Component:
    """The switcher: whose record is on screen is marked, the others can be opened."""
    return kit.section(
        _("People you help"),
        rx.el.ul(
            rx.cond(PortalState.own_record, _mine()),
            rx.foreach(PeopleState.helped, _person),
            class_name="plain-list rows people",
        ),
    )


def _mine() -> rx.Component:
    face = kit.icon("user", class_name="row-icon")
    return _switch("", PortalState.person_name, _("My own record"), PortalState.viewing_as == "", face)


def _person(person: rx.Var[HelpedPatient]) -> rx.Component:
    face = kit.avatar(person.initials)
    return _switch(person.id, person.name, _("You help"), PortalState.patient_id == person.id, face)


def _switch(
    key: Text, name: rx.Var[str], hint: str, current: rx.Var[bool], face: rx.Component
) -> rx.Component:
    return rx.el.li(
        face,
        rx.el.span(rx.el.strong(name), rx.el.span(hint, class_name="meta"), class_name="row-main"),
        rx.cond(
            current,
            kit.tag(_("On screen now"), "good", "check"),
            kit.NativeForm.create(
                kit.hidden("patient", key),
                kit.submit(
                    rx.fragment(_("View"), kit.hidden_text(" "), kit.hidden_text(name)),
                    "secondary",
                    icon="eye",
                ),
                action=routes.ACT_AS,
                method="post",
            ),
        ),
        class_name=["row", "person-row", rx.cond(current, "current", "")],
        aria_current=rx.cond(current, "true", "false"),
        key=key,
    )
