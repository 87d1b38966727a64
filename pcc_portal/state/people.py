"""The people a trusted person helps, for the switcher."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from pcc_portal.domain.actor import Level, Scope
from pcc_portal.domain.permission import Permission
from pcc_portal.services.identity import helped_patients
from pcc_portal.state.access import requires
from pcc_portal.state.portal import PortalState


@dataclass(frozen=True)
class HelpedPatient:
    """Somebody whose record can be opened, as a browser may see her."""

    id: str
    name: str
    initials: str


class PeopleState(PortalState):
    """The page of everything else."""

    helped: list[HelpedPatient] = []
    insurance: bool = False
    nobody: bool = False
    ready: bool = False

    @rx.event
    @requires(Permission.SESSION_READ)
    async def load(self):
        """Show what this person may open: shared insurance, and the switcher."""
        await self.enter()
        people = await helped_patients(self.actor)
        self.helped = [
            HelpedPatient(str(one.patient_id), one.name, "".join(part[:1] for part in one.name.split()[:2]))
            for one in people
        ]
        subject = self.actor.subject_id
        self.nobody = subject is None and not people
        self.insurance = subject is not None and self.actor.may(Scope.INSURANCE, subject, Level.VIEW)
        self.ready = True
