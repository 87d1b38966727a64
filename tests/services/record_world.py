"""A folder to import from, and small records to put in it."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import func
from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.domain.actor import Actor
from pcc_portal.integrations.fhir.report import Report
from pcc_portal.services.record_import import import_records
from tests.factories import fetch

DATA = Path(__file__).parents[1] / "data" / "fhir"
SAMPLES = Path(__file__).parents[2] / "pcc_portal" / "demo" / "bundles"


class Inbox:
    """A folder to import from, for one clinic."""

    def __init__(self, clinic: t.Clinic, folder: Path) -> None:
        self.clinic, self.folder = clinic, folder
        folder.mkdir()

    def put(self, name: str, *resources: dict[str, Any], bundle: str = "collection") -> Path:
        """A bundle of these resources in the folder."""
        entries = [{"resource": each} for each in resources]
        document = {"resourceType": "Bundle", "type": bundle, "entry": entries}
        return self.write(name, orjson.dumps(document))

    def write(self, name: str, data: bytes) -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    async def take(self, *paths: Path, source: str = "import") -> Report:
        """Import some files, or the whole folder."""
        actor = Actor.system(self.clinic.id, "import")
        return await import_records(actor, paths or (self.folder,), source=source)


def ana(**more: Any) -> dict[str, Any]:
    """A patient."""
    return {"resourceType": "Patient", "id": "ana", "name": [{"given": ["Ana"], "family": "Reyes"}], **more}


def weight(name: str = "w1", patient: str = "Patient/ana", **more: Any) -> dict[str, Any]:
    """An observation."""
    return {
        "resourceType": "Observation",
        "id": name,
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}], "text": "Weight"},
        "subject": {"reference": patient},
        "effectiveDateTime": "2024-03-01",
        "valueQuantity": {"value": 70.5, "unit": "kg"},
        **more,
    }


async def how_many(table: Any) -> int:
    return int((await fetch(select(func.count()).select_from(table)))[0])
