"""Keeps a clean file: its bytes encrypted on disk first, then its row within the caller's transaction.

When the transaction fails, encrypted bytes stay behind that no row names and no key opens: harmless.
"""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from pcc_portal.db.tables import StoredFile
from pcc_portal.db.tables.stored_file import DRAFT
from pcc_portal.db.unit_of_work import Work
from pcc_portal.domain.errors import Invalid, NotFound
from pcc_portal.domain.ids import new_id
from pcc_portal.integrations.storage.clean import CleanFile
from pcc_portal.integrations.storage.vault import lock_away
from pcc_portal.language import N_

DAY = timedelta(days=1)
MOST_A_DAY = 200 * 1024 * 1024
ENOUGH = N_("You have sent as many files as the portal takes within a day. Please send the rest tomorrow.")

GONE = N_("A file is not kept any more. Please add it again.")


async def keep_file(
    work: Work, file: CleanFile | UUID, patient_id: UUID, scope: str, owner_kind: str, owner_id: UUID
) -> StoredFile:
    """The row of a file that belongs to one resource of one patient, for good.

    An id is that of a file in the sender's draft: the same row, from now on the resource's.
    Invalid beyond the 200 MB that one person may send within a day.
    """
    if isinstance(file, UUID):
        row = await _from_draft(work, file, patient_id, scope)
        row.owner_kind, row.owner_id = owner_kind, owner_id
        return row
    await _room_for(work, len(file.content))
    file_id = new_id()
    wrapped = await asyncio.to_thread(lock_away, file_id, file.content)
    return work.add(
        StoredFile(
            id=file_id,
            clinic_id=work.actor.clinic_id,
            patient_id=patient_id,
            scope=scope,
            owner_kind=owner_kind,
            owner_id=owner_id,
            uploaded_by=work.actor.user_id,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            sha256=hashlib.sha256(file.content).digest(),
            wrapped_key=wrapped,
        )
    )


async def _from_draft(work: Work, file_id: UUID, patient_id: UUID, scope: str) -> StoredFile:
    """A file that this person chose for this patient and has not sent; Invalid when it is gone."""
    try:
        row = await work.one(StoredFile, file_id, lock=True)
    except NotFound:
        raise Invalid({"files": GONE}) from None
    if (row.owner_kind, row.uploaded_by) != (DRAFT, work.actor.user_id):
        raise Invalid({"files": GONE})
    if (row.patient_id, row.scope) != (patient_id, scope):
        raise Invalid({"files": GONE})
    return row


async def _room_for(work: Work, size: int) -> None:
    stored = StoredFile
    lately = (stored.uploaded_by == work.actor.user_id, col(stored.created_at) > work.now - DAY)
    (kept,) = await work.count(select(func.coalesce(func.sum(stored.size), 0)).where(*lately))
    if int(kept) + size > MOST_A_DAY:
        raise Invalid({"files": ENOUGH})
