"""Somebody close to a patient (FHIR RelatedPerson)."""

from __future__ import annotations

from sqlalchemy import Index

from pcc_portal.db.base import PatientRecord, unique_source


class RelatedPerson(PatientRecord, table=True):
    """A relative or friend named in the record; portal access is a Consent, not this."""

    __tablename__ = "related_person"
    __table_args__ = (unique_source(), Index("ix_related_person_patient", "patient_id"))

    name: str = ""
    relationship: str = ""
    phone: str = ""
