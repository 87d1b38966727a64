"""Identifiers and the clock, made in one place."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): ordered by time, so that indexes grow at one end."""
    return uuid7()


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def as_uuid(text: object) -> UUID | None:
    """The UUID in a text, or None when there is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
