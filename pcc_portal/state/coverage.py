"""The insurance screens: what we know, and the form for a card."""

from __future__ import annotations

import reflex as rx

from pcc_portal.cards.coverage import CoverageCard
from pcc_portal.domain.coverage import Verification
from pcc_portal.domain.ids import as_uuid
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.topic import Topic
from pcc_portal.services.coverage import coverage_answers, list_coverages
from pcc_portal.state.access import requires
from pcc_portal.state.portal import PortalState


class InsuranceState(PortalState):
    """A patient's insurance and how far its check has come."""

    coverages: list[CoverageCard] = []
    sent: str = ""
    ready: bool = False

    @rx.event
    @requires(Permission.COVERAGE_READ)
    async def load(self):
        """Show the cards."""
        await self.enter(InsuranceState.refresh, Topic.patient)
        await self._show()

    @rx.event
    @requires(Permission.COVERAGE_READ)
    async def refresh(self):
        """Something changed: look again."""
        await self._show()

    async def _show(self):
        self.coverages = await list_coverages(self.actor, self.subject)
        just = self.query("sent")
        waits = [card for card in self.coverages if card.verification == Verification.NOT_CHECKED]
        self.sent = next((card.next_step for card in waits if card.id == just), "")
        self.ready = True


class InsuranceFormState(PortalState):
    """The form for a card; ``?coverage=`` names the one that is sent again."""

    coverage_id: str = ""
    answers: dict[str, str] = {}
    reason: str = ""
    ready: bool = False

    @rx.event
    @requires(Permission.COVERAGE_SUBMIT)
    async def load(self):
        """Show an empty form, or the details of the card that is sent again."""
        await self.enter()
        self.coverage_id, self.answers, self.reason = "", {}, ""
        wanted = as_uuid(self.query("coverage"))
        if wanted is not None:
            self.answers, self.reason = await coverage_answers(self.actor, wanted)
            self.coverage_id = str(wanted)
        self.ready = True
