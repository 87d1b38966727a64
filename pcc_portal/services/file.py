"""Opening a stored file, for whoever may see the part of the record it belongs to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from uuid import UUID

from pcc_portal.db.tables import StoredFile
from pcc_portal.db.unit_of_work import reading, unit_of_work
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.permission import Permission
from pcc_portal.integrations.storage.vault import take_out


@dataclass(frozen=True)
class OpenFile:
    """A file's shown name, media type and bytes."""

    name: str
    media_type: str
    content: bytes


async def open_file(actor: Actor, file_id: UUID | None) -> OpenFile:
    """The content of a file this person may see; each opening is on record before it is answered."""
    async with reading(actor) as work:
        row = await work.one(StoredFile, file_id)
        work.require(Permission.FILE_READ, row.patient_id)
        work.record("E", "download", row.patient_id, detail=str(row.id))
        found, key, name, media_type = row.id, row.wrapped_key, row.name, row.media_type
    content = await asyncio.to_thread(take_out, found, key)
    return OpenFile(name, media_type, content)


async def count_upload(actor: Actor) -> None:
    """Count files that come with a form, before they are looked at: that is work, whatever comes of it."""
    async with unit_of_work(actor) as work:
        work.require(Permission.FILE_UPLOAD)
        await work.earlier("upload", None)
