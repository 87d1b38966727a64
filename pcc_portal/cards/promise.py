"""Who acts next and by when, said honestly: a promise whose time is past is not made again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pcc_portal.domain import moment
from pcc_portal.language import _

YOURS, OURS, LATE, SETTLED = "yours", "ours", "late", "settled"


@dataclass(frozen=True)
class Promise:
    """The next step in words, and whose it is: yours, ours, late (ours, overdue) or settled."""

    text: str
    turn: str


def ours(words: str, due: datetime, now: datetime, zone: str) -> Promise:
    """What the clinic does by a time (``words`` with ``{when}``), or that it is late."""
    when = moment.day_and_time(due, zone)
    if due < now:
        return Promise(_("We are late. You should have had an answer by {when}.", when=when), LATE)
    return Promise(words.format(when=when), OURS)
