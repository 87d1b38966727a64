"""Bring FHIR records in: file by file, each in one transaction."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.db.base import PORTAL_SOURCE
from pcc_portal.db.engine import database
from pcc_portal.db.record_store import RecordStore
from pcc_portal.db.unit_of_work import reading, unit_of_work
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.errors import Denied
from pcc_portal.domain.permission import Permission, role_may
from pcc_portal.integrations.fhir import bundle, files
from pcc_portal.integrations.fhir.bundle import Batch, NoPatient, Refused
from pcc_portal.integrations.fhir.files import Source
from pcc_portal.integrations.fhir.report import Counts, Refusal, Report
from pcc_portal.services.record_batch import RecordBatches

LINES_AT_ONCE = 2000
SURPRISES = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)

Progress = Callable[[Source, int, int], None]


async def import_records(
    actor: Actor,
    paths: Sequence[Path],
    *,
    source: str = "import",
    progress: Progress | None = None,
) -> Report:
    """Import FHIR files and folders into the actor's clinic; a file that is refused changes nothing.

    ``progress`` hears of each file that is done: the file, how many are done, how many there are.
    """
    system = _importer(actor, source)
    zone = await _zone(system)
    started = time.monotonic()
    found = files.find(paths)
    report = Report(source=source, left_out=[each.name for each in found.left_out])
    todo, done = list(found.sources), 0
    while todo:
        later: list[tuple[Source, Refusal, Counts]] = []
        for each in todo:
            refused = await _one(system, each, source, zone, report)
            if refused is not None and refused[2]:
                later.append((each, refused[0], refused[1]))
                continue
            done += 1
            if progress:
                progress(each, done, len(found.sources))
        if len(later) == len(todo):
            for _, refusal, counts in later:
                _refuse(report, refusal, counts)
            break
        todo = [each for each, _, _ in later]
    async with reading(system) as work:
        report.waiting = await RecordStore(work, source).waiting()
    report.seconds = time.monotonic() - started
    return report


async def import_document(actor: Actor, document: Any, *, source: str = "import") -> Counts:
    """Import one Bundle or resource that is already parsed; Refused when it cannot be."""
    system = _importer(actor, source)
    zone = await _zone(system)
    async with unit_of_work(system) as work:
        batches = RecordBatches(work, source, zone)
        batch = bundle.read(document)
        await batches.take(batch)
        await batches.finish(batch)
    return batches.counts


async def clinics() -> dict[str, UUID]:
    """The clinics there are, by slug, for whoever runs the portal's commands."""
    async with database().session(writes=False) as session:
        rows = await session.exec(select(t.Clinic.slug, t.Clinic.id))
        return dict(rows.all())


def _importer(actor: Actor, source: str) -> Actor:
    """The portal itself; what is made in the portal is never overwritten by an import."""
    if not role_may(actor.role, Permission.RECORD_IMPORT) or source in ("", PORTAL_SOURCE):
        raise Denied
    return Actor.system(actor.clinic_id, "import")


async def _zone(actor: Actor) -> ZoneInfo:
    async with reading(actor) as work:
        return ZoneInfo((await work.one(t.Clinic, actor.clinic_id)).zone)


async def _one(
    actor: Actor, each: Source, source: str, zone: ZoneInfo, report: Report
) -> tuple[Refusal, Counts, bool] | None:
    """Import one file; when it is refused, why, what was in it, and whether to try again later."""
    there = Batch()
    try:
        with _no_collection():
            counts, size = await _in_one_transaction(actor, each, source, zone, there)
    except Refused as refused:
        refusal = Refusal(each.name, refused.resource, refused.reason)
        again = isinstance(refused, NoPatient)
    except SQLAlchemyError as fault:
        refusal = Refusal(each.name, "", f"the database did not take it ({type(fault).__name__})")
        again = False
    except SURPRISES as fault:
        refusal = Refusal(each.name, "", f"holds what cannot be read ({type(fault).__name__})")
        again = False
    else:
        report.counts.add(counts)
        report.imported += 1
        report.size += size
        return None
    lost = Counts()
    lost.refused.update(kind for kind, _ in there.seen)
    if not again:
        _refuse(report, refusal, lost)
    return refusal, lost, again


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from searching a large document for cycles over and over; there are none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _refuse(report: Report, refusal: Refusal, lost: Counts) -> None:
    report.refusals.append(refusal)
    report.counts.add(lost)


async def _in_one_transaction(
    actor: Actor, each: Source, source: str, zone: ZoneInfo, there: Batch
) -> tuple[Counts, int]:
    if each.is_lines:
        return await _lines(actor, each, source, zone, there)
    document, size = files.read_document(each.path)
    batch = bundle.read(document)
    there.seen = batch.seen
    return await _document(actor, batch, source, zone), size


async def _document(actor: Actor, batch: Batch, source: str, zone: ZoneInfo) -> Counts:
    async with unit_of_work(actor) as work:
        batches = RecordBatches(work, source, zone)
        await batches.take(batch)
        await batches.finish(batch)
    return batches.counts


async def _lines(actor: Actor, each: Source, source: str, zone: ZoneInfo, there: Batch) -> tuple[Counts, int]:
    size, some = 0, []
    async with unit_of_work(actor) as work:
        batches = RecordBatches(work, source, zone)
        for place, node, length in files.read_lines(each.path):
            size += length
            some.append((place, node))
            if len(some) == LINES_AT_ONCE:
                await batches.take(bundle.read_lines(some, there.seen), more=True)
                some = []
        last = bundle.read_lines(some, there.seen)
        await batches.take(last, more=True)
        await batches.finish(last)
    return batches.counts, size
