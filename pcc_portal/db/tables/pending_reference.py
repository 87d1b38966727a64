"""References between imported resources whose target has not come in yet."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index

from pcc_portal.db.base import ClinicRow


class PendingReference(ClinicRow, table=True):
    """A reference as received; the row goes when its target arrives.

    ``target_key`` is the target's source id, or the condition of a conditional reference.
    """

    __tablename__ = "pending_reference"
    __table_args__ = (
        Index("ix_pending_reference_target", "clinic_id", "source", "target_key"),
        Index("ix_pending_reference_owner", "owner_id"),
    )

    source: str
    owner_type: str
    owner_id: UUID
    path: str
    target_type: str
    target_key: str
