"""The sample records: Synthea bundles, moved in time so that each ends a few days ago."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import reading
from pcc_portal.domain.actor import Actor
from pcc_portal.services.record_import import import_document

BUNDLES = Path(__file__).parent / "bundles"
SOURCE = "sample"
_DATE = re.compile(rb'"(\d{4}-\d{2}-\d{2})(?=(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?")')
_HAPPENED = ("issued", "authoredOn", "recordedDate", "occurrenceDateTime")
_DIGITS = re.compile(r"(?<=[^\W\d_])\d+$")


async def load_records(clinic_id: UUID) -> dict[str, UUID]:
    """Import the sample records into a clinic, unless it has them; each patient's id by name."""
    actor = Actor.system(clinic_id, "import")
    paths = sorted(sorted(BUNDLES.glob("*.json.gz")), key=_is_about_a_patient)
    if len(await _patients(actor)) < sum(map(_is_about_a_patient, paths)):
        for path in paths:
            document = prepared(gzip.decompress(path.read_bytes()), datetime.now(UTC).date())
            await import_document(actor, document, source=SOURCE)
    return await _patients(actor)


async def _patients(actor: Actor) -> dict[str, UUID]:
    async with reading(actor) as work:
        rows = await work.all(select(t.Patient).where(t.Patient.source == SOURCE))
        return {row.name: row.id for row in rows}


def _is_about_a_patient(path: Path) -> bool:
    return not path.name.startswith(("hospital", "practitioner"))


def prepared(data: bytes, today: date) -> Any:
    """A bundle with its dates moved and the digits of made-up names taken off."""
    document = orjson.loads(data)
    for plain, marked in _names(document):
        data = data.replace(marked.encode(), plain.encode())
    return orjson.loads(shifted(data, days_to_move(document, today)))


def days_to_move(document: dict[str, Any], today: date) -> int:
    """Whole days after which the record ends 2 to 9 days before ``today``; 0 for who has died."""
    patient = next(_of_type(document, "Patient"), {})
    last = max(_days(document), default=None)
    if last is None or "deceasedDateTime" in patient:
        return 0
    ago = 2 + zlib.crc32(str(patient.get("id")).encode()) % 8
    return (today - timedelta(days=ago) - last).days


def _days(document: dict[str, Any]) -> Iterator[date]:
    """The days on which something happened."""
    for entry in document["entry"]:
        node = entry["resource"]
        found = [node.get(name) for name in _HAPPENED]
        if node["resourceType"] == "Encounter":
            found += node.get("period", {}).values()
        yield from (date.fromisoformat(each[:10]) for each in found if each)


def shifted(data: bytes, days: int) -> bytes:
    """JSON with every date, dateTime and instant (hl7.org/fhir/R4/datatypes.html) moved by whole days."""
    if not days:
        return data
    by_day: dict[bytes, bytes] = {}

    def move(match: re.Match[bytes]) -> bytes:
        day = match[1]
        if day not in by_day:
            moved = date.fromisoformat(day.decode()) + timedelta(days=days)
            by_day[day] = b'"' + moved.isoformat().encode()
        return by_day[day]

    return _DATE.sub(move, data)


def _names(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each part of a name that ends in digits: without them, and as it is."""
    seen: set[str] = set()
    for kind in ("Patient", "Practitioner"):
        for node in _of_type(document, kind):
            for name in node.get("name", ()):
                seen.update((name.get("family", ""), *name.get("given", ())))
    for part in sorted(seen, key=len, reverse=True):
        if _DIGITS.search(part):
            yield _DIGITS.sub("", part), part


def _of_type(document: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    return (e["resource"] for e in document["entry"] if e["resource"]["resourceType"] == kind)
