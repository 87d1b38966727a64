"""The patient beside an inbox item, as a coordinator's browser may see her."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PastItem:
    """Another thing this patient has or had in the inbox."""

    id: str
    title: str
    kind: str
    when: str


@dataclass(frozen=True)
class PatientContext:
    """What a coordinator wants beside an item: who it is, her plan, visits, insurance, past items."""

    id: str
    name: str
    initials: str
    about: str
    phone: str
    language: str
    plans: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    medicines: list[str] = field(default_factory=list)
    allergies: list[str] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)
    insurance: list[str] = field(default_factory=list)
    past: list[PastItem] = field(default_factory=list)


NOBODY = PatientContext("", "", "", "", "", "")
