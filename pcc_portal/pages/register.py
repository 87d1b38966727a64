"""Every page, compiled once a locale: its path, what draws it, its title, what loads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from pcc_portal import routes
from pcc_portal.frontend_pages import NOT_FOUND
from pcc_portal.language import LOCALES, N_, _, localized, speaking
from pcc_portal.pages.coordinator.inbox import inbox_page
from pcc_portal.pages.patient.appointment_request import appointment_request_page
from pcc_portal.pages.patient.appointments import appointments_page
from pcc_portal.pages.patient.care_plan import care_plan_page
from pcc_portal.pages.patient.home import home_page
from pcc_portal.pages.patient.insurance import insurance_page
from pcc_portal.pages.patient.insurance_add import insurance_add_page
from pcc_portal.pages.patient.message_new import message_new_page
from pcc_portal.pages.patient.messages import messages_page
from pcc_portal.pages.patient.more import more_page
from pcc_portal.pages.public.accessibility import accessibility_page
from pcc_portal.pages.public.kit_page import kit_page
from pcc_portal.pages.public.not_found import not_found_page
from pcc_portal.pages.public.sign_in import sample_sign_in_page, sign_in_page
from pcc_portal.state.appointment import AppointmentRequestState, AppointmentsState
from pcc_portal.state.care_plan import CarePlanState
from pcc_portal.state.communication import MessagesState, NewMessageState
from pcc_portal.state.coverage import InsuranceFormState, InsuranceState
from pcc_portal.state.home import HomeState
from pcc_portal.state.people import PeopleState
from pcc_portal.state.task import InboxState

_PLAIN = [{"name": "portal-page", "content": "plain"}]
#: The client's router came to a page without React (the framework's redirect does): the browser goes there.
_LOAD = rx.call_function(rx.Var("(() => window.location.reload())"))


@dataclass(frozen=True)
class Page:
    """One page of the portal; ``load`` is the handler that fills it.

    A ``plain`` one is nothing but its HTML: the build takes React out (``frontend_pages``).
    """

    path: str
    draw: Callable[[], rx.Component]
    title: str
    load: Any = None
    plain: bool = False


PAGES = (
    Page(routes.SIGN_IN, sign_in_page, N_("Sign in"), plain=True),
    Page(routes.ACCESSIBILITY, accessibility_page, N_("Accessibility"), plain=True),
    Page(routes.HOME, home_page, N_("Home"), HomeState.load),
    Page(routes.CARE_PLAN, care_plan_page, N_("Care plan"), CarePlanState.load),
    Page(routes.APPOINTMENTS, appointments_page, N_("Appointments"), AppointmentsState.load),
    Page(
        routes.APPOINTMENT_REQUEST,
        appointment_request_page,
        N_("Ask for an appointment"),
        AppointmentRequestState.load,
    ),
    Page(routes.INSURANCE, insurance_page, N_("Insurance"), InsuranceState.load),
    Page(routes.INSURANCE_ADD, insurance_add_page, N_("Insurance card"), InsuranceFormState.load),
    Page(routes.MESSAGES, messages_page, N_("Messages"), MessagesState.load),
    Page(routes.MESSAGE_NEW, message_new_page, N_("Write a message"), NewMessageState.load),
    Page(routes.MORE, more_page, N_("More"), PeopleState.load),
    Page(routes.INBOX, inbox_page, N_("Inbox"), InboxState.load),
)

#: Takes the place of the sign-in page in demo mode, and is nowhere else.
SAMPLE = Page(routes.SIGN_IN_SAMPLE, sample_sign_in_page, N_("Sign in"), plain=True)


def add_pages(app: rx.App) -> None:
    """Add every page in every locale, and the page for what is not there."""
    for locale in LOCALES:
        with speaking(locale):
            for page in (*PAGES, SAMPLE):
                app.add_page(
                    _drawn(page, locale),
                    route=localized(page.path, locale),
                    title=_("{page} · Patient portal", page=_(page.title)),
                    on_load=page.load,
                    meta=_PLAIN if page.plain else [],
                )
    app.add_page(kit_page, route=routes.KIT, title="The kit · Patient portal", meta=_PLAIN)
    # One file answers for every address that leads nowhere, so its title speaks each language.
    with_name = [_in(locale, N_("This page is not here")) for locale in LOCALES]
    app.add_page(not_found_page, route=NOT_FOUND, title=" · ".join(with_name), meta=_PLAIN)
    app.add_page(load_anew, route="404")


def load_anew() -> rx.Component:
    """Where the client's router finds no page: the server answers instead."""
    return rx.fragment(on_mount=_LOAD)


def _in(locale: str, text: str) -> str:
    with speaking(locale):
        return _(text)


def _drawn(page: Page, locale: str) -> Callable[[], rx.Component]:
    """The page's function, speaking a locale while it is compiled, under a name of its own."""

    def draw() -> rx.Component:
        with speaking(locale):
            drawn = page.draw()
            return rx.fragment(drawn, on_mount=_LOAD) if page.plain else drawn

    draw.__name__ = f"{page.draw.__name__}_{locale}"
    return draw
