"""A care plan as a browser may see it: aims, goals with their numbers, what to do, who helps."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ActivityCard:
    """Something to do, and how far it is."""

    text: str
    status: str


@dataclass(frozen=True)
class PlanCard:
    """One plan: its aim in plain words, the clinical term, what it is for and what to do."""

    id: str
    title: str
    term: str
    since: str
    reasons: str
    activities: list[ActivityCard] = field(default_factory=list)


@dataclass(frozen=True)
class GoalCard:
    """One goal; ``points`` is a polyline in a box of 240 × 64, empty when there is nothing to draw."""

    id: str
    text: str
    status: str
    tone: str
    target: str
    latest: str
    facts: str
    measured: str = ""
    points: str = ""
    target_y: str = ""
    term: str = ""


@dataclass(frozen=True)
class TermCard:
    """A condition, medicine or allergy: the term, and what it means."""

    id: str
    term: str
    plain: str
    note: str


@dataclass(frozen=True)
class MemberCard:
    """Somebody of the care team, and how to reach them."""

    name: str
    initials: str
    role: str
    reach: str
    phone: str


@dataclass(frozen=True)
class CarePlanView:
    """Everything on the care plan screen."""

    plans: list[PlanCard]
    goals: list[GoalCard]
    conditions: list[TermCard]
    medicines: list[TermCard]
    allergies: list[TermCard]
    team: list[MemberCard]
    past: list[str]
