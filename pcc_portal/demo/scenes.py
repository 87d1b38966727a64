"""What happened in the sample clinic, read from ``scenes.toml``: conversations, requests, cards."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

SCENES = Path(__file__).parent / "scenes.toml"


@dataclass(frozen=True)
class Talk:
    """One conversation; ``state`` is new, claimed, answered or done, ``about`` a ``kind:words``."""

    who: str
    category: str
    subject: str
    hours: float
    state: str
    body: str
    answer: str = ""
    note: str = ""
    about: str = ""
    card: bool = False


@dataclass(frozen=True)
class Ask:
    """One request for a visit; ``state`` is new, claimed, offered, booked or cancelled."""

    who: str
    care_type: str
    reason: str
    detail: str
    modality: str
    hours: float
    state: str


@dataclass(frozen=True)
class Sent:
    """One insurance card; ``state`` is new, claimed, confirmed or photo."""

    who: str
    payer: str
    plan: str
    plan_type: str
    member_id: str
    group: str
    hours: float
    state: str


def scenes() -> tuple[list[Talk], list[Ask], list[Sent]]:
    """Everything that happened, in the order of the file."""
    found = tomllib.loads(SCENES.read_text("utf-8"))
    return (
        [Talk(**each) for each in found["talk"]],
        [Ask(**each) for each in found["ask"]],
        [Sent(**each) for each in found["card"]],
    )
