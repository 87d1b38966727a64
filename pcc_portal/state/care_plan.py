"""The care plan screen."""

from __future__ import annotations

import reflex as rx

from pcc_portal.cards.care_plan import GoalCard, MemberCard, PlanCard, TermCard
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.topic import Topic
from pcc_portal.services.care_plan import read_care_plan
from pcc_portal.state.access import requires
from pcc_portal.state.portal import PortalState


class CarePlanState(PortalState):
    """A patient's care plan."""

    plans: list[PlanCard] = []
    goals: list[GoalCard] = []
    conditions: list[TermCard] = []
    medicines: list[TermCard] = []
    allergies: list[TermCard] = []
    team: list[MemberCard] = []
    past: list[str] = []
    ready: bool = False

    @rx.event
    @requires(Permission.CARE_PLAN_READ)
    async def load(self):
        """Show the plan."""
        await self.enter(CarePlanState.refresh, Topic.patient)
        await self._show()

    @rx.event
    @requires(Permission.CARE_PLAN_READ)
    async def refresh(self):
        """Something changed: look again."""
        await self._show()

    async def _show(self):
        view = await read_care_plan(self.actor, self.subject)
        self.plans, self.goals, self.team = view.plans, view.goals, view.team
        self.conditions, self.medicines = view.conditions, view.medicines
        self.allergies, self.past = view.allergies, view.past
        self.ready = True
