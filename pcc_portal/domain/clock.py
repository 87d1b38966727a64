"""When something is due: the clocks of each urgency, on the clinic's opening hours.

Source: ``Urgency`` clocks of the clinic's triage protocol: emergent 15 minutes around the clock, urgent
4 business hours, routine 1 business day, administrative 3 business days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pcc_portal.domain.urgency import Urgency

SATURDAY = 5
EMERGENT_MINUTES = 15
URGENT_HOURS = 4
ROUTINE_DAYS = 1
ADMINISTRATIVE_DAYS = 3


@dataclass(frozen=True)
class OpeningHours:
    """A clinic's hours, Monday to Friday, in its own zone."""

    zone: str
    opens: time = time(8)
    closes: time = time(17)

    @classmethod
    def of(cls, zone: str, opens: str, closes: str) -> OpeningHours:
        """From ``HH:MM`` texts."""
        return cls(zone, time.fromisoformat(opens), time.fromisoformat(closes))

    def is_open(self, moment: datetime) -> bool:
        """Whether the clinic is open at a moment."""
        local = moment.astimezone(ZoneInfo(self.zone))
        return local.weekday() < SATURDAY and self.opens <= local.time() < self.closes

    def next_change(self, moment: datetime) -> datetime:
        """When an open clinic closes, or a closed one opens next."""
        if not self.is_open(moment):
            return self.after(moment, 0)
        return self._at(moment.astimezone(ZoneInfo(self.zone)), self.closes)

    def after(self, moment: datetime, hours: float) -> datetime:
        """The moment ``hours`` of opening time later (UTC in, the same zone out as it came in)."""
        left = timedelta(hours=hours)
        local = moment.astimezone(ZoneInfo(self.zone))
        while True:
            start = self._at(local, self.opens)
            end = self._at(local, self.closes)
            begins = max(local, start)
            if local.weekday() < SATURDAY and begins < end:
                # Subtracting through UTC, so that a change to summer time counts as it passes.
                room = end.astimezone(ZoneInfo("UTC")) - begins.astimezone(ZoneInfo("UTC"))
                if left <= room:
                    return (begins.astimezone(ZoneInfo("UTC")) + left).astimezone(moment.tzinfo)
                left -= room
            local = self._at(local + timedelta(days=1), self.opens)

    def day_hours(self) -> float:
        """The hours of one business day."""
        opened = self.closes.hour * 60 + self.closes.minute - self.opens.hour * 60 - self.opens.minute
        return opened / 60

    def _at(self, local: datetime, clock: time) -> datetime:
        return datetime.combine(local.date(), clock, ZoneInfo(self.zone))


def due_at(opened: datetime, urgency: Urgency, hours: OpeningHours) -> datetime:
    """When a person must have answered what was opened at a moment."""
    match urgency:
        case Urgency.EMERGENT:
            return opened + timedelta(minutes=EMERGENT_MINUTES)
        case Urgency.URGENT:
            return hours.after(opened, URGENT_HOURS)
        case Urgency.ROUTINE:
            return hours.after(opened, ROUTINE_DAYS * hours.day_hours())
        case Urgency.ADMINISTRATIVE:
            return hours.after(opened, ADMINISTRATIVE_DAYS * hours.day_hours())
