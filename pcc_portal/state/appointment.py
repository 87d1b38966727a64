"""The appointments screens: the list, and the request."""

from __future__ import annotations

from datetime import timedelta

import reflex as rx

from pcc_portal.cards.appointment import AppointmentCard
from pcc_portal.domain.appointment import FURTHEST_DAYS
from pcc_portal.domain.ids import utc_now
from pcc_portal.domain.moment import local_day
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.topic import Topic
from pcc_portal.services.appointment import list_appointments
from pcc_portal.state.access import requires
from pcc_portal.state.portal import PortalState


class AppointmentsState(PortalState):
    """A patient's requests and visits."""

    requests: list[AppointmentCard] = []
    upcoming: list[AppointmentCard] = []
    past: list[AppointmentCard] = []
    sent: str = ""
    booked: str = ""
    ready: bool = False

    @rx.event
    @requires(Permission.APPOINTMENT_READ)
    async def load(self):
        """Show requests, visits to come and past ones."""
        await self.enter(AppointmentsState.refresh, Topic.patient)
        self.requests, self.booked = [], ""
        await self._show()

    @rx.event
    @requires(Permission.APPOINTMENT_READ)
    async def refresh(self):
        """Something changed: look again."""
        await self._show()

    async def _show(self):
        found = await list_appointments(self.actor, self.subject)
        asked = {card.id for card in self.requests}
        self.booked = next((card.when for card in found.upcoming if card.id in asked), self.booked)
        self.requests, self.upcoming, self.past = found.requests, found.upcoming, found.past
        just = self.query("sent")
        self.sent = next(
            (card.next_step for card in found.requests if (card.id, card.stage) == (just, 1)), ""
        )
        self.ready = True


class AppointmentRequestState(PortalState):
    """The request form: which days can be asked for."""

    first_day: str = ""
    last_day: str = ""
    ready: bool = False

    @rx.event
    @requires(Permission.APPOINTMENT_REQUEST)
    async def load(self):
        """Show the form for the days from tomorrow on."""
        await self.enter()
        today = local_day(utc_now(), self.zone)
        self.first_day = (today + timedelta(days=1)).isoformat()
        self.last_day = (today + timedelta(days=FURTHEST_DAYS)).isoformat()
        self.ready = True
