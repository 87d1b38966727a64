"""A place of care (FHIR Location)."""

from __future__ import annotations

from pcc_portal.db.base import FhirRecord, unique_source


class Location(FhirRecord, table=True):
    """A place of care, with how to reach it."""

    __tablename__ = "location"
    __table_args__ = (unique_source(),)

    name: str = ""
    address: str = ""
    phone: str = ""
