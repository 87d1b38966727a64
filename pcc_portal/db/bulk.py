"""Rows put in by the thousand: as plain tuples to the driver, each value in the form its column stores.

The column's own type says what that form is, as it does for a row the ORM writes. What is saved is
SQLAlchemy's work on each row; PostgreSQL takes the rows by COPY.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import sqlalchemy
from sqlalchemy import Column, Dialect, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

Values = Mapping[str, Any]


@dataclass(frozen=True)
class BulkInsert:
    """Rows of one shape into a table; between them a row and ``shared`` say every column."""

    table: Table
    shared: Values


async def execute(connection: AsyncConnection, statement: Any, rows: Any) -> Any:
    """Run a statement of SQLAlchemy's, or put rows in."""
    if not isinstance(statement, BulkInsert):
        return await connection.execute(statement, rows)
    if rows:
        await _insert(connection, statement.table, rows, statement.shared)
    return None


async def _insert(connection: AsyncConnection, table: Table, rows: Sequence[Values], shared: Values) -> None:
    dialect = connection.dialect
    tuples = _tuples(table, rows, shared, dialect)
    if dialect.name == "postgresql":
        await _copy(connection, table, tuples)
    else:
        statement = str(sqlalchemy.insert(table).compile(dialect=dialect))
        await connection.exec_driver_sql(statement, list(tuples))


def _tuples(
    table: Table, rows: Sequence[Values], shared: Values, dialect: Dialect
) -> Iterator[tuple[Any, ...]]:
    """The rows in the order of the table's columns; what they share is put into its form once."""
    columns: list[Iterable[Any]] = []
    for column in table.columns:
        name = column.name
        if name in rows[0]:
            columns.append(_stored(column, [row[name] for row in rows], dialect))
        else:
            (value,) = _stored(column, [shared[name]], dialect)
            columns.append(repeat(value, len(rows)))
    return zip(*columns, strict=True)


def _stored(column: Column[Any], values: Sequence[Any], dialect: Dialect) -> Iterable[Any]:
    bind = column.type.dialect_impl(dialect).bind_processor(dialect)
    return values if bind is None else map(bind, values)


async def _copy(connection: AsyncConnection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    quote = connection.dialect.identifier_preparer
    names = ", ".join(quote.format_column(column) for column in table.columns)
    statement = f"COPY {quote.format_table(table)} ({names}) FROM STDIN"
    driver: Any = (await connection.get_raw_connection()).driver_connection
    try:
        async with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                await copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as fault:
        raise DBAPIError(statement, None, fault) from fault
