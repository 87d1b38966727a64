"""The clinic: the wall between tenants, its clock and how to reach it."""

from __future__ import annotations

from sqlmodel import Field

from pcc_portal.db.base import Row


class Clinic(Row, table=True):
    """A clinic (FHIR Organization) that runs the portal for its patients."""

    __tablename__ = "clinic"

    slug: str = Field(unique=True, max_length=60)
    name: str
    zone: str = "America/New_York"
    phone: str = ""
    address: str = ""
    opens: str = "08:00"
    closes: str = "17:00"
