"""Imported resources in bulk: looked up, put in and changed by the thousand, one statement a table.

Everything here is within one clinic and one source; the unit of work admits the portal itself only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    String,
    Table,
    bindparam,
    cast,
    delete,
    func,
    literal,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from pcc_portal.db import tables as t
from pcc_portal.db.base import FhirRecord
from pcc_portal.db.bulk import BulkInsert
from pcc_portal.db.unit_of_work import Work
from pcc_portal.domain.ids import new_id

AT_ONCE = 5000
_TABLES: dict[str, Table] = {
    name: getattr(t, name).__table__ for name in t.__all__ if issubclass(getattr(t, name), FhirRecord)
}
_PENDING: Table = t.PendingReference.__table__  # type: ignore[attr-defined]
_IDENTIFIER: Table = t.FhirIdentifier.__table__  # type: ignore[attr-defined]

Key = tuple[str, str]


class RecordStore:
    """The rows of one source of one clinic, within one transaction."""

    def __init__(self, work: Work, source: str) -> None:
        self._work = work
        self._clinic = work.actor.clinic_id
        self._source = source
        self._listed = _text_list("listed", work.is_sqlite)

    async def known(self, kind: str, ids: Collection[str]) -> dict[str, tuple[UUID, bytes]]:
        """Which of these resources are there: source id → row id and hash."""
        return (await self.known_of({kind: ids}))[kind]

    async def known_of(
        self, wanted: Mapping[str, Collection[str]]
    ) -> dict[str, dict[str, tuple[UUID, bytes]]]:
        """The same for several types at once, in one statement."""
        found: dict[str, dict[str, tuple[UUID, bytes]]] = {kind: {} for kind in wanted}
        if not wanted:
            return found
        parts, lists = [], {}
        for kind, ids in wanted.items():
            table, listed = _TABLES[kind], f"listed_{kind}"
            part = select(literal(kind), table.c.source_id, table.c.id, table.c.source_hash)
            ours = table.c.source_id.in_(_text_list(listed, self._work.is_sqlite))
            parts.append(part.where(*self._mine(table), ours))
            lists[listed] = orjson.dumps(list(ids)).decode()
        rows = await self._work.execute(union_all(*parts), lists)
        for kind, name, row_id, digests in rows.all():
            found[kind][name] = (row_id, digests)
        return found

    async def raws(self, kind: str, ids: Collection[str]) -> dict[str, bytes]:
        """The JSON that is kept of these resources."""
        table = _TABLES[kind]
        wanted = select(table.c.source_id, table.c.raw)
        rows = await self._matching(wanted, table, table.c.source_id, ids)
        return {row[0]: row[1] or b"{}" for row in rows}

    async def insert(self, kind: str, rows: Sequence[dict[str, Any]]) -> None:
        """Put new rows in; what a row does not say is the table's default."""
        now = self._work.now
        shared = {**_defaults(kind), **self._ours(), "created_at": now, "updated_at": now}
        await self._work.execute(BulkInsert(_TABLES[kind], shared), rows)

    async def update(self, kind: str, rows: Sequence[dict[str, Any]]) -> None:
        """Change rows, each found by its ``id``."""
        table = _TABLES[kind]
        names = [name for name in rows[0] if name != "id"]
        statement = update(table).where(table.c.id == bindparam("row_id"))
        statement = statement.values({name: bindparam(f"new_{name}") for name in names})
        bound = [{"row_id": row["id"], **{f"new_{name}": row[name] for name in names}} for row in rows]
        await self._work.execute(statement, bound)

    # Identifiers

    async def identified(self, keys: Collection[str]) -> dict[Key, str]:
        """What these identifiers name: (type, key) → source id."""
        table = _IDENTIFIER
        wanted = select(table.c.target_type, table.c.key, table.c.source_id)
        rows = await self._matching(wanted, table, table.c.key, keys)
        return {(row[0], row[1]): row[2] for row in rows}

    async def forget_identifiers(self, owners: Collection[Key]) -> None:
        """Take out what changed resources (type, source id) were known by."""
        table = _IDENTIFIER
        statement = delete(table).where(
            table.c.clinic_id == self._clinic,
            table.c.source == self._source,
            table.c.target_type == bindparam("kind"),
            table.c.source_id == bindparam("name"),
        )
        if owners:
            await self._work.execute(statement, [{"kind": k, "name": n} for k, n in owners])

    async def add_identifiers(self, found: Iterable[tuple[str, str, str]]) -> None:
        """Remember (type, source id, key)."""
        rows = [{"target_type": kind, "source_id": name, "key": key} for kind, name, key in found]
        await self._work.execute(BulkInsert(_IDENTIFIER, self._ours()), rows)

    # References that wait

    async def waiting(self) -> int:
        """How many references wait for their target."""
        statement = select(func.count()).select_from(_PENDING)
        found = await self._work.execute(statement.where(*self._mine(_PENDING)))
        count: int = found.scalar_one()
        return count

    async def waiting_for(self, keys: Collection[str]) -> list[Any]:
        """The references that wait for one of these keys."""
        return await self._matching(select(_PENDING), _PENDING, _PENDING.c.target_key, keys)

    async def add_waiting(self, rows: Sequence[dict[str, Any]]) -> None:
        """Keep references (owner_type, owner_id, path, target_type, target_key) until they resolve."""
        full = [{"id": new_id(), **row} for row in rows]
        shared = {**self._ours(), "created_at": self._work.now}
        await self._work.execute(BulkInsert(_PENDING, shared), full)

    async def drop_waiting(self, column: str, ids: Collection[UUID]) -> int:
        """Take out references by their ``id`` or ``owner_id``; how many there were."""
        gone = 0
        for some in _chunks(ids):
            statement = delete(_PENDING).where(*self._mine(_PENDING), _PENDING.c[column].in_(some))
            gone += (await self._work.execute(statement)).rowcount
        return gone

    def _ours(self) -> dict[str, Any]:
        return {"clinic_id": self._clinic, "source": self._source}

    def _mine(self, table: Table) -> tuple[Any, ...]:
        return (table.c.clinic_id == self._clinic, table.c.source == self._source)

    async def _matching(self, wanted: Any, table: Table, column: Any, values: Collection[Any]) -> list[Any]:
        rows: list[Any] = []
        for some in _chunks(values):
            statement = wanted.where(*self._mine(table), column.in_(self._listed))
            found = await self._work.execute(statement, {"listed": orjson.dumps(some).decode()})
            rows.extend(found.all())
        return rows


def _text_list(name: str, is_sqlite: bool) -> Any:
    """The texts of one JSON parameter as a column: one short statement however many there are."""
    text_list = bindparam(name, type_=String)
    if is_sqlite:
        return select(func.json_each(text_list).table_valued("value").c.value)
    each = func.jsonb_array_elements_text(cast(text_list, JSONB)).column_valued("value")
    return select(each)


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while some := list(islice(rest, AT_ONCE)):
        yield some


@cache
def _defaults(kind: str) -> dict[str, Any]:
    """What a new row of a table holds in its own columns before anything is read into it."""
    filled: dict[str, Any] = {}
    for name, field in getattr(t, kind).model_fields.items():
        if name in FhirRecord.model_fields or name == "patient_id":
            continue
        filled[name] = field.get_default(call_default_factory=True)
    return filled
