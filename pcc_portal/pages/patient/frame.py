"""What every page of the patient's side has around its content: the shell, the problem, the skeleton."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.components.kit.base import Child, Text
from pcc_portal.components.kit.rows import Shape
from pcc_portal.language import _
from pcc_portal.pages.shell import patient_page
from pcc_portal.state.portal import PortalState


def frame(
    active: str,
    title: Text,
    *content: Child,
    path: str,
    lead: Text | None = None,
    back: tuple[Text, Text] | None = None,
    wide: bool = False,
    ready: rx.Var[bool],
    shape: Shape = "cards",
    back_if: rx.Var | None = None,
    head: rx.Component | None = None,
    first: Child | None = None,
    class_name: str = "",
) -> rx.Component:
    """A patient's page: a skeleton until the screen is loaded, the problem when there is one.

    ``first`` stands above the content from the first picture on: what needs no data.
    """
    closed = PortalState.denied & ~ready
    return patient_page(
        active,
        title,
        rx.cond(closed, _not_shared(), problem()),
        *([rx.cond(closed, rx.fragment(), first)] if first is not None else []),
        rx.cond(ready, rx.fragment(*content), waiting(kit.skeleton(shape))),
        path=path,
        clinic=PortalState.clinic_name,
        person_name=PortalState.person_name,
        viewing_as=PortalState.viewing_as,
        unread=PortalState.unread,
        lead=lead,
        back=back,
        wide=wide,
        own_record=PortalState.own_record,
        back_if=back_if,
        head=head,
        class_name=class_name,
    )


def waiting(skeleton: rx.Component) -> rx.Component:
    """What stands where the content comes; nothing comes when a problem was told."""
    return rx.cond(PortalState.problem == "", skeleton, rx.fragment())


def problem() -> rx.Component:
    """The one place where a screen says that something did not work."""
    return rx.cond(
        PortalState.problem != "",
        kit.banner("stop", PortalState.problem, rx.cond(PortalState.failed, kit.try_again())),
        rx.fragment(),
    )


def _not_shared() -> rx.Component:
    """For a trusted person at a part that was not shared with her: whom to ask, and the way on."""
    return kit.empty_state(
        "lock",
        _("This part is not shared with you"),
        _("The person you help decides what you can see. Ask them to share it, or call the clinic."),
        kit.link_button(_("Home"), routes.HOME, "secondary", icon="house"),
    )


def for_patient() -> rx.Component:
    """The hidden field that names the patient a form is for: the one on screen, no other."""
    return kit.hidden("patient", PortalState.patient_id)


def emergency_note() -> rx.Component:
    """The note above every box in which a patient writes."""
    return rx.el.p(
        kit.icon("triangle-alert"),
        rx.el.span(
            rx.el.strong(_("Emergency? Do not wait for an answer here.")),
            " ",
            _("Call"),
            " ",
            kit.anchor("911", href="tel:911"),
            ". ",
            _("If you think of harming yourself, call or text"),
            " ",
            kit.anchor("988", href="tel:988"),
            ".",
        ),
        class_name="emergency",
    )
