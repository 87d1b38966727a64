"""What a person has typed and not yet sent, and which sends have already been taken."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from pcc_portal.db.base import UtcDateTime
from pcc_portal.domain.ids import utc_now


class Draft(SQLModel, table=True):
    """The fields of one unfinished form of one person for one patient."""

    __tablename__ = "draft"

    user_id: UUID = Field(primary_key=True, foreign_key="portal_user.id")
    patient_id: UUID = Field(primary_key=True, foreign_key="patient.id")
    slot: str = Field(primary_key=True, max_length=80)
    fields: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class Submission(SQLModel, table=True):
    """A send that was taken, by the key the browser gave it: a second one with that key is the same send."""

    __tablename__ = "submission"

    user_id: UUID = Field(primary_key=True, foreign_key="portal_user.id")
    key: UUID = Field(primary_key=True)
    result_id: UUID | None = None
    taken_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
