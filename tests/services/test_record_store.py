"""Rows that are put in by the thousand are the rows the ORM would have written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel, col, select

from pcc_portal.db import tables as t
from pcc_portal.db.engine import database
from pcc_portal.db.record_store import RecordStore
from pcc_portal.db.unit_of_work import unit_of_work
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.errors import Denied
from pcc_portal.domain.ids import new_id
from pcc_portal.integrations.fhir.resources import KINDS
from tests.factories import a_clinic, a_coordinator, fetch, put

NOW = datetime(2026, 3, 1, 12, 30, 0, 250, tzinfo=UTC)
EAST = datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=-5)))
ODD = "tab\t back\\slash \\N \r\n line ñ 🩺 \" ' %s"
THEIR_OWN = {"id", "source_id", "patient_id"}


def a_row(**columns: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "source_id": "a",
        "source_hash": b"\x00\xff\\",
        "raw": b'{"a":"\\t\xc3\xb1"}',
        **columns,
    }


async def insert(clinic: t.Clinic, kind: str, *rows: dict[str, Any]) -> None:
    async with unit_of_work(Actor.system(clinic.id, "import"), now=NOW) as work:
        await RecordStore(work, "north").insert(kind, rows)


async def as_kept(model: type[SQLModel]) -> list[dict[str, Any]]:
    """The rows in the driver's own types."""
    async with database().session(writes=False) as session:
        connection = await session.connection()
        found = await connection.exec_driver_sql(str(select(model).order_by(model.source_id)))  # type: ignore[attr-defined]
        return [{k: v for k, v in row.items() if k not in THEIR_OWN} for row in found.mappings()]


async def a_patient_row(clinic: t.Clinic) -> UUID:
    row = a_row(given="Ana", birth_date=date(1958, 1, 1), deceased_at=None)
    await insert(clinic, "Patient", row)
    found: UUID = row["id"]
    return found


class TestInsert:
    @pytest.mark.parametrize(
        ("kind", "columns"),
        [
            ("Observation", {"display": ODD, "value_number": 70.1, "effective_at": EAST}),
            ("Observation", {"display": "", "value_number": None, "effective_at": None}),
            ("Coverage", {"effective_on": date(1900, 2, 28), "expires_on": None, "order": 3}),
            ("Appointment", {"reason": ODD, "start_at": EAST, "end_at": None}),
        ],
    )
    async def test_a_row_is_kept_as_the_orm_keeps_it(
        self, store: str, kind: str, columns: dict[str, Any]
    ) -> None:
        clinic, model = await a_clinic(), getattr(t, kind)
        row = a_row(patient_id=await a_patient_row(clinic), **columns)
        await insert(clinic, kind, row)
        common = {"clinic_id": clinic.id, "source": "north", "created_at": NOW, "updated_at": NOW}
        await put(model(**row | common | {"id": new_id(), "source_id": "b"}))
        one, other = await as_kept(model)
        assert one == other
        assert {name: type(value) for name, value in one.items()} == {
            name: type(value) for name, value in other.items()
        }

    async def test_a_row_is_read_as_it_was_given(self, store: str) -> None:
        clinic = await a_clinic()
        patient_id = await a_patient_row(clinic)
        rows = [
            a_row(patient_id=patient_id, display=ODD, effective_at=EAST),
            a_row(patient_id=patient_id, display="", effective_at=None, source_id="b"),
        ]
        await insert(clinic, "Observation", *rows)
        one, other = await fetch(select(t.Observation).order_by(col(t.Observation.source_id)))
        assert [one.id, other.id] == [row["id"] for row in rows]
        assert (one.display, one.effective_at, one.effective_at.tzinfo) == (ODD, EAST, UTC)
        assert (other.display, other.effective_at, other.value_number) == ("", None, None)
        assert (one.raw, one.source_hash) == (rows[0]["raw"], rows[0]["source_hash"])
        assert (one.clinic_id, one.source, one.patient_id) == (clinic.id, "north", patient_id)
        assert one.created_at == one.updated_at == NOW

    @pytest.mark.parametrize("kind", KINDS)
    async def test_a_resource_fills_columns_that_are_there(self, kind: str) -> None:
        columns = KINDS[kind].columns({"resourceType": kind, "id": "a"}, ZoneInfo("UTC"))
        assert columns.keys() <= getattr(t, kind).model_fields.keys()

    async def test_what_the_database_does_not_take_is_its_fault(self, store: str) -> None:
        clinic = await a_clinic()
        row = a_row()
        with pytest.raises(SQLAlchemyError):
            await insert(clinic, "Organization", row, row)
        assert not await fetch(select(t.Organization))

    async def test_only_the_portal_itself_may(self, store: str) -> None:
        actor = (await a_coordinator(await a_clinic())).actor
        with pytest.raises(Denied):
            async with unit_of_work(actor) as work:
                await RecordStore(work, "north").insert("Organization", [a_row()])
