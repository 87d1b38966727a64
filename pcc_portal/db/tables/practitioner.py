"""A clinician (FHIR Practitioner)."""

from __future__ import annotations

from pcc_portal.db.base import FhirRecord, unique_source


class Practitioner(FhirRecord, table=True):
    """A clinician of a care team."""

    __tablename__ = "practitioner"
    __table_args__ = (unique_source(),)

    name: str = ""
    phone: str = ""
    email: str = ""
