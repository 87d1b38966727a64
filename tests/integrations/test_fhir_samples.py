"""The sample records that ship: moved in time by whole days, and complete."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, date, datetime, timedelta

import orjson
from sqlalchemy import func
from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.demo.records import BUNDLES, load_records, prepared, shifted
from tests.factories import a_clinic, fetch


def test_only_dates_move() -> None:
    data = b'{"a":"2020-02-28","b":"2020-02-28T23:59:59.5-05:00","c":"2020-02-28 x","d":"2020"}'
    assert orjson.loads(shifted(data, 2)) == {
        "a": "2020-03-01", "b": "2020-03-01T23:59:59.5-05:00", "c": "2020-02-28 x", "d": "2020",
    }  # fmt: skip


def test_ages_and_intervals_stay() -> None:
    data = gzip.decompress(next(BUNDLES.glob("Carroll471*")).read_bytes())
    before, after = orjson.loads(data), prepared(data, date(2026, 5, 20))

    def between(document: dict[str, list[dict[str, dict[str, str]]]]) -> timedelta:
        patient, *rest = (entry["resource"] for entry in document["entry"])
        issued = max(node["issued"][:10] for node in rest if "issued" in node)
        return date.fromisoformat(issued) - date.fromisoformat(patient["birthDate"])

    assert between(before) == between(after)
    assert after["entry"][0]["resource"]["name"][0]["family"] == "O'Hara"


async def test_the_sample_records_end_a_few_days_ago(store: str) -> None:
    clinic = await a_clinic()
    started = time.monotonic()
    patients = await load_records(clinic.id)
    assert time.monotonic() - started < 20
    assert len(patients) == 18
    assert await load_records(clinic.id) == patients
    ends = select(t.Encounter.patient_id, func.max(t.Encounter.end_at)).group_by(t.Encounter.patient_id)
    living = {p.id for p in await fetch(select(t.Patient)) if p.deceased_at is None}
    assert len(living) >= 8
    for patient_id, end in await fetch(ends):
        if patient_id in living:
            assert 1 <= (datetime.now(UTC) - end).days <= 10
    languages = {p.language[:2] for p in await fetch(select(t.Patient))}
    assert "es" in languages
