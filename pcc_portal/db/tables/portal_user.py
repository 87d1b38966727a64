"""People who can sign in, and their sessions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field, SQLModel

from pcc_portal.db.base import ClinicRow, UtcDateTime
from pcc_portal.domain.ids import utc_now


class PortalUser(ClinicRow, table=True):
    """A person who can sign in. E-mail addresses are kept in lower case and are unique.

    ``locale`` is the language she chose to read, empty until then.
    """

    __tablename__ = "portal_user"

    email: str = Field(unique=True, max_length=254)
    name: str
    role: str
    password_hash: str
    locale: str = ""
    active: bool = True
    patient_id: UUID | None = Field(default=None, foreign_key="patient.id", index=True)


class PortalSession(SQLModel, table=True):
    """One signed-in browser. The cookie itself is never stored, only its SHA-256."""

    __tablename__ = "portal_session"
    __table_args__ = (Index("ix_portal_session_user_id", "user_id"),)

    key_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    user_id: UUID = Field(foreign_key="portal_user.id")
    clinic_id: UUID = Field(foreign_key="clinic.id")
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    seen_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    acting_for: UUID | None = Field(default=None, foreign_key="patient.id")
    device: str = ""


class SignInAttempt(SQLModel, table=True):
    """Failed sign-ins, counted by account and by address (both only as a hash)."""

    __tablename__ = "sign_in_attempt"

    key_hash: bytes = Field(primary_key=True, sa_type=LargeBinary)
    failures: int = 0
    last_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
