"""Times as people say them: in the clinic's zone, in the language being spoken."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton, format_time

from pcc_portal.language import _, format_locale


def day(value: date | datetime, zone: str = "UTC") -> str:
    """``Fri, Nov 27``; with the year when it is not the present one's neighbour."""
    local = value.astimezone(ZoneInfo(zone)) if isinstance(value, datetime) else value
    return format_skeleton("MMMEd", local, locale=format_locale())


def full_day(value: date | datetime, zone: str = "UTC") -> str:
    """``November 27, 2026``."""
    local = value.astimezone(ZoneInfo(zone)).date() if isinstance(value, datetime) else value
    return format_date(local, "long", locale=format_locale())


def month(value: date | datetime) -> str:
    """``Nov 2026``."""
    return format_skeleton("yMMM", value, locale=format_locale())


def short_month(value: datetime, zone: str) -> str:
    """``Nov``."""
    return format_skeleton("MMM", value, tzinfo=ZoneInfo(zone), locale=format_locale())


def day_number(value: datetime, zone: str) -> str:
    """``30``."""
    return str(local_day(value, zone).day)


def weekday(value: datetime, zone: str) -> str:
    """``Monday``; in Spanish ``lunes``."""
    return format_date(local_day(value, zone), "EEEE", locale=format_locale())


def clock(value: datetime, zone: str) -> str:
    """``3:00 PM``."""
    return format_time(value, "short", tzinfo=ZoneInfo(zone), locale=format_locale())


def day_and_time(value: datetime, zone: str) -> str:
    """``Fri, Nov 27, 3:00 PM``."""
    return _("{day}, {time}", day=day(value, zone), time=clock(value, zone))


def soon(value: datetime, now: datetime, zone: str) -> str:
    """Short: ``3:00 PM`` today, ``Fri 3:00 PM`` within six days, else with the date."""
    local, today = value.astimezone(ZoneInfo(zone)), local_day(now, zone)
    if local.date() == today:
        return clock(value, zone)
    if abs((local.date() - today).days) < 7:
        return _(
            "{day} {time}", day=format_date(local, "EEE", locale=format_locale()), time=clock(value, zone)
        )
    return day_and_time(value, zone)


def exact(value: datetime, zone: str) -> str:
    """``Nov 27, 2026, 3:00:12 PM``."""
    return format_datetime(value, "medium", tzinfo=ZoneInfo(zone), locale=format_locale())


def since(value: datetime, now: datetime) -> str:
    """How long ago, short: ``just now``, ``12 min``, ``5 h``, ``3 d``."""
    minutes = max(0, int((now - value).total_seconds() // 60))
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return _("{n} min", n=minutes)
    if minutes < 60 * 48:
        return _("{n} h", n=minutes // 60)
    return _("{n} d", n=minutes // (60 * 24))


def local_day(value: datetime, zone: str) -> date:
    """The calendar day of a moment in a zone."""
    return value.astimezone(ZoneInfo(zone)).date()
