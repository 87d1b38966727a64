"""What waits in the inbox: its kinds, whom it waits for."""

from __future__ import annotations

from enum import StrEnum

from pcc_portal.language import N_


class TaskKind(StrEnum):
    """What a task is about."""

    MESSAGE = "message"
    QUESTION = "question"
    APPOINTMENT = "appointment"
    COVERAGE = "coverage"


KIND_TEXT = {
    TaskKind.MESSAGE: N_("Message"),
    TaskKind.QUESTION: N_("Question"),
    TaskKind.APPOINTMENT: N_("Appointment request"),
    TaskKind.COVERAGE: N_("Insurance card"),
}


#: The title of an item that tells of a cancelled visit.
CANCELLED = N_("Visit cancelled by the patient")


class Queue(StrEnum):
    """Whom a task waits for."""

    CLINIC = "clinic"
    PATIENT = "patient"
    DONE = "done"


class TaskStatus(StrEnum):
    """FHIR R4 Task.status, the ones used here."""

    REQUESTED = "requested"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"


class View(StrEnum):
    """The inbox's views."""

    ALL = "all"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    DONE = "done"

    @classmethod
    def named(cls, name: str) -> View:
        """The view with a name; an unknown one is everything open."""
        return cls(name) if name in set(cls) else cls.ALL


#: Among the counts of the views: how many open items are emergent, whichever view is on screen.
EMERGENT = "emergent"

VIEW_TEXT = {
    View.ALL: N_("Open"),
    View.MINE: N_("Mine"),
    View.UNASSIGNED: N_("Unassigned"),
    View.WAITING: N_("With patient"),
    View.DONE: N_("Done"),
}
