"""How long somebody waits after failed sign-ins. It grows, it has an end, and it never locks for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Patience:
    """What one counter allows: ``free`` failures at once, then waits that double up to ``longest``."""

    free: int
    longest: timedelta

    def wait_after(self, failures: int) -> timedelta:
        """The wait before the next try."""
        if failures < self.free:
            return timedelta()
        return min(timedelta(seconds=2.0 ** min(failures - self.free, 20)), self.longest)

    def open_at(self, failures: int, last_at: datetime) -> datetime:
        """The moment from which a further try is taken."""
        return last_at + self.wait_after(failures)


ACCOUNT = Patience(free=5, longest=timedelta(minutes=5))
ADDRESS = Patience(free=30, longest=timedelta(minutes=15))
FORGOTTEN_AFTER = timedelta(hours=1)
SESSION_LENGTH = timedelta(hours=12)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
