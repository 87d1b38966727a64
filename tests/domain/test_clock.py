"""Clocks on opening hours: nights, weekends, and the hour that summer time takes or gives."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcc_portal.domain.clock import OpeningHours, due_at
from pcc_portal.domain.urgency import Urgency

NEW_YORK = ZoneInfo("America/New_York")
HOURS = OpeningHours.of("America/New_York", "08:00", "17:00")


def at(text: str) -> datetime:
    """A local moment, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).astimezone(UTC)


@pytest.mark.parametrize(
    ("opened", "urgency", "due"),
    [
        ("2026-11-24 09:00", Urgency.URGENT, "2026-11-24 13:00"),
        ("2026-11-24 15:00", Urgency.URGENT, "2026-11-25 10:00"),
        ("2026-11-27 16:30", Urgency.URGENT, "2026-11-30 11:30"),
        ("2026-11-28 12:00", Urgency.ROUTINE, "2026-11-30 17:00"),
        ("2026-11-24 10:00", Urgency.ROUTINE, "2026-11-25 10:00"),
        ("2026-11-24 10:00", Urgency.ADMINISTRATIVE, "2026-11-27 10:00"),
        ("2026-11-28 03:00", Urgency.EMERGENT, "2026-11-28 03:15"),
        ("2027-03-12 16:00", Urgency.URGENT, "2027-03-15 11:00"),
    ],
)
def test_due(opened: str, urgency: Urgency, due: str):
    assert due_at(at(opened), urgency, HOURS) == at(due)


def test_open_and_closed():
    assert HOURS.is_open(at("2026-11-24 08:00"))
    assert not HOURS.is_open(at("2026-11-24 17:00"))
    assert not HOURS.is_open(at("2026-11-28 12:00"))


@pytest.mark.parametrize(
    ("now", "change"),
    [
        ("2026-11-24 08:00", "2026-11-24 17:00"),
        ("2026-11-24 16:59", "2026-11-24 17:00"),
        ("2026-11-24 17:00", "2026-11-25 08:00"),
        ("2026-11-24 06:00", "2026-11-24 08:00"),
        ("2026-11-27 18:00", "2026-11-30 08:00"),
    ],
)
def test_when_it_closes_or_opens_next(now: str, change: str):
    assert HOURS.next_change(at(now)) == at(change)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    st.floats(0.1, 60),
    st.floats(0.1, 60),
)
def test_time_that_passes_adds_up(start: datetime, first: float, second: float):
    """Waiting twice is waiting once for the sum, and always ends while the clinic is open or closing."""
    stepwise, once = HOURS.after(HOURS.after(start, first), second), HOURS.after(start, first + second)
    assert abs(stepwise - once) < timedelta(seconds=1) or _same_gap(stepwise, once)
    local = once.astimezone(NEW_YORK)
    assert local.weekday() < 5
    assert time(8) <= local.time() <= time(17, 0, 1)
    assert once > start


def _same_gap(one: datetime, other: datetime) -> bool:
    """Whether two moments are the end of a day and the start of the next one: no hour lies between."""
    early, late = sorted((one, other))
    return HOURS.after(early, 1e-6) >= late - timedelta(seconds=1)
