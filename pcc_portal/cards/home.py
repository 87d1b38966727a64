"""Home as a patient's browser may see it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pcc_portal.cards.appointment import AppointmentCard


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next; empty ``title`` when there is nothing to do."""

    title: str
    body: str
    action: str
    href: str
    icon: str = ""


@dataclass(frozen=True)
class Underway:
    """A request under way: who acts next and by when, and which ``stage`` of its path it has come to."""

    title: str
    kind: str
    status: str
    tone: str
    next_step: str
    turn: str
    href: str
    path: str = "appointment"
    stage: int = 0


@dataclass(frozen=True)
class Coordinator:
    """Who looks after the patient's requests, and when."""

    name: str
    initials: str
    hours: str
    reply: str
    phone: str
    open_now: bool = False


@dataclass(frozen=True)
class Home:
    """Everything on the Home screen, in its order."""

    next_step: NextStep
    visit: AppointmentCard | None
    coordinator: Coordinator
    underway: list[Underway] = field(default_factory=list)
    goals: list[bool] = field(default_factory=list)
    plan: bool = False
    unread: int = 0
