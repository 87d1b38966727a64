"""A provider, payer or department (FHIR Organization)."""

from __future__ import annotations

from pcc_portal.db.base import FhirRecord, unique_source


class Organization(FhirRecord, table=True):
    """An organization named in the records."""

    __tablename__ = "organization"
    __table_args__ = (unique_source(),)

    name: str = ""
    phone: str = ""
