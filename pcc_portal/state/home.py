"""Home, and the page of everything else."""

from __future__ import annotations

import reflex as rx

from pcc_portal.cards.appointment import AppointmentCard
from pcc_portal.cards.home import Coordinator, NextStep, Underway
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.topic import Topic
from pcc_portal.language import _, localized
from pcc_portal.routes import first_page
from pcc_portal.services.home import home
from pcc_portal.state.access import requires
from pcc_portal.state.portal import PortalState


class HomeState(PortalState):
    """What waits for the patient, and what is under way."""

    ready: bool = False
    first_name: str = ""
    next_step: NextStep = NextStep("", "", "", "")
    visits: list[AppointmentCard] = []
    coordinator: Coordinator = Coordinator("", "", "", "", "")
    underway: list[Underway] = []
    goals: list[bool] = []
    goals_fact: str = ""
    plan: bool = False

    @rx.event
    @requires(Permission.SESSION_READ)
    async def load(self):
        """Show Home; staff are sent to their own first page."""
        if self.actor.subject_id is None:
            return rx.redirect(localized(first_page(self.actor), self.locale))
        await self.enter(HomeState.refresh, Topic.patient)
        await self._show()
        return None

    @rx.event
    @requires(Permission.SESSION_READ)
    async def refresh(self):
        """Something changed: look again."""
        await self._show()

    async def _show(self):
        found = await home(self.actor, self.subject)
        self.next_step, self.coordinator = found.next_step, found.coordinator
        self.visits = [found.visit] if found.visit else []
        self.underway, self.plan = found.underway, found.plan
        self.goals, self.unread = found.goals, found.unread
        self.goals_fact = _("{n} of {m} goals reached", n=sum(found.goals), m=len(found.goals))
        self.first_name = self.actor.name.split()[0]
        self.ready = True
