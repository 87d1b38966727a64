"""Visits: asked for by a patient, offered, booked, or imported (FHIR Appointment)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlmodel import Field

from pcc_portal.db.base import ClinicRow, PatientRecord, UtcDateTime, unique_source


class Appointment(PatientRecord, table=True):
    """A visit. ``windows`` are the patient's preferred times, ``needs`` what she asked for besides."""

    __tablename__ = "appointment"
    __table_args__ = (
        unique_source(),
        Index("ix_appointment_patient", "patient_id", "status", "start_at"),
    )

    status: str = "proposed"
    care_type: str = ""
    reason: str = ""
    detail: str = ""
    modality: str = ""
    windows: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    needs: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    callback_phone: str = ""
    callback_time: str = ""
    start_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    place: str = ""
    with_whom: str = ""
    requested_by: UUID | None = Field(default=None, foreign_key="portal_user.id")
    requested_by_name: str = ""
    cancel_reason: str = ""


class AppointmentOffer(ClinicRow, table=True):
    """A time a coordinator offers for a request; the patient takes one, the others lapse."""

    __tablename__ = "appointment_offer"
    __table_args__ = (Index("ix_appointment_offer_appointment", "appointment_id"),)

    patient_id: UUID = Field(foreign_key="patient.id")
    appointment_id: UUID = Field(foreign_key="appointment.id")
    start_at: datetime = Field(sa_type=UtcDateTime)
    end_at: datetime = Field(sa_type=UtcDateTime)
    place: str = ""
    with_whom: str = ""
    status: str = "offered"
    expires_at: datetime = Field(sa_type=UtcDateTime)
    offered_by: UUID = Field(foreign_key="portal_user.id")
