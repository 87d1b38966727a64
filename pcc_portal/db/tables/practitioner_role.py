"""What a clinician does, where (FHIR PractitionerRole)."""

from __future__ import annotations

from pcc_portal.db.base import FhirRecord, unique_source


class PractitionerRole(FhirRecord, table=True):
    """A clinician's role, by the source ids of the clinician and the organization."""

    __tablename__ = "practitioner_role"
    __table_args__ = (unique_source(),)

    practitioner_source_id: str = ""
    organization_source_id: str = ""
    role: str = ""
    specialty: str = ""
    phone: str = ""
    email: str = ""
