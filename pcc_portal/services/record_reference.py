"""References between imported resources: which hold, which wait, which come to hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

import orjson

from pcc_portal.db.record_store import RecordStore
from pcc_portal.integrations.fhir import reference
from pcc_portal.integrations.fhir.bundle import Batch, Incoming
from pcc_portal.integrations.fhir.reference import Context, Target
from pcc_portal.integrations.fhir.report import Counts
from pcc_portal.integrations.fhir.resources import KINDS

# Columns that hold the source id a reference came to.
_COLUMNS = {
    ("PractitionerRole", "practitioner"): ("Practitioner", "practitioner_source_id"),
    ("PractitionerRole", "organization"): ("Organization", "organization_source_id"),
}


class Changed(Protocol):
    """What is needed of a resource that was written."""

    incoming: Incoming
    row_id: UUID
    is_new: bool
    raw: bytes

    @property
    def key(self) -> tuple[str, str]:
        """Type and source id."""


class References:
    """The references of one file's batches."""

    def __init__(self, store: RecordStore, counts: Counts) -> None:
        self._store = store
        self._counts = counts
        self._held: set[Target] = set()
        self._named: dict[Target, str] = {}
        self._any_waiting: bool | None = None
        self._filled: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)

    async def settle(self, batch: Batch, changes: Sequence[Changed]) -> None:
        """Remember what the written resources are known by; keep what waits; let go what need not."""
        if not changes:
            return
        arrived = await self._remember(changes)
        await self._resolve(arrived)
        read: dict[bytes, Target | None] = {}
        targets = [_targets(change, batch.context, read) for change in changes]
        waiting = await self._not_here(batch, set().union(*targets))
        rows: list[dict[str, Any]] = []
        for change, its in zip(changes, targets, strict=True):
            if not waiting.isdisjoint(its):
                rows.extend(_rows(change, waiting, batch.context))
        if rows:
            await self._store.add_waiting(rows)
            self._any_waiting = True
            self._counts.kept_waiting += len(rows)
        self._fill_in(changes, batch.context)
        for (kind, _), filled in self._filled.items():
            await self._store.update(kind, filled)
        self._filled.clear()

    async def _remember(self, changes: Sequence[Changed]) -> dict[Target, str]:
        """Write the identifiers; what arrived under which key: target → source id."""
        old = [change for change in changes if not change.is_new]
        if old:
            await self._store.forget_identifiers([change.key for change in old])
            await self._store.drop_waiting("owner_id", [change.row_id for change in old])
        found: list[tuple[str, str, str]] = []
        arrived: dict[Target, str] = {}
        for change in changes:
            kind, name = change.key
            keys = reference.identifiers(change.incoming.node)
            if change.incoming.alias:
                keys.append(change.incoming.alias.split(":", 2)[-1])
            if keys:
                found.extend((kind, name, key) for key in dict.fromkeys(keys))
            arrived[Target(kind, name)] = name
            for key in keys:
                arrived[Target(kind, key)] = name
        await self._store.add_identifiers(found)
        self._named |= arrived
        return arrived

    async def _resolve(self, arrived: dict[Target, str]) -> None:
        """Let go of the references that waited for what arrived."""
        if self._any_waiting is None:
            self._any_waiting = bool(await self._store.waiting())
        if not self._any_waiting:
            return
        by_key: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for target, name in arrived.items():
            by_key[target.key][target.type] = name
        done: list[UUID] = []
        for row in await self._store.waiting_for(list(by_key)):
            kinds = by_key[row.target_key]
            if row.target_type and row.target_type not in kinds:
                continue
            done.append(row.id)
            name = kinds.get(row.target_type) or next(iter(kinds.values()))
            self._fill(row.owner_type, row.path, row.owner_id, name)
        self._counts.resolved += await self._store.drop_waiting("id", done)

    async def _not_here(self, batch: Batch, targets: set[Target]) -> set[Target]:
        """The targets that are neither in this file nor in the database."""
        left: set[Target] = set()
        for target in targets - self._held:
            if (target.type, target.key) in batch.seen or target in self._named:
                self._held.add(target)
            elif target.type and target.type not in KINDS:
                self._counts.outside += 1
            else:
                left.add(target)
        here = await self._here(left)
        self._held |= here
        return left - here

    async def _here(self, targets: set[Target]) -> set[Target]:
        """Which targets the database holds; one that does not say its type may be of any."""
        if not targets:
            return set()
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        for target in targets:
            if "|" not in target.key and "/" not in target.key:
                for kind in (target.type,) if target.type else KINDS:
                    wanted[kind].add(target.key)
        known = await self._store.known_of(wanted)
        found = {Target(kind, key) for kind, keys in known.items() for key in keys}
        here = targets & (found | {Target("", target.key) for target in found})
        named = await self._store.identified({target.key for target in targets - here})
        for (kind, key), name in named.items():
            for target in targets & {Target(kind, key), Target("", key)}:
                here.add(target)
                self._named[target] = name
        return here

    # Columns that follow a reference

    def _fill_in(self, changes: Iterable[Changed], context: Context) -> None:
        for change in changes:
            if change.key[0] != "PractitionerRole":
                continue
            for path, target in reference.walk(change.incoming.node, context):
                wanted = _COLUMNS.get((change.key[0], path))
                name = self._named.get(target) or ("" if "|" in target.key else target.key)
                if wanted and name:
                    self._fill(change.key[0], path, change.row_id, name)

    def _fill(self, kind: str, path: str, row_id: UUID, name: str) -> None:
        found = _COLUMNS.get((kind, path))
        if found:
            self._filled[kind, found[1]].append({"id": row_id, found[1]: name})


def _targets(change: Changed, context: Context, read: dict[bytes, Target | None]) -> set[Target]:
    """The distinct targets of a resource, from its JSON text for speed; ``read`` remembers them."""
    if reference.may_be_logical(change.raw):
        return {target for _, target in reference.walk(change.incoming.node, context)}
    found: set[Target] = set()
    for spelled in reference.spelled(change.raw):
        if spelled not in read:
            read[spelled] = reference.parse(orjson.loads(b'"%b"' % spelled), context)
        target = read[spelled]
        if target is not None:
            found.add(target)
    return found


def _rows(change: Changed, waiting: set[Target], context: Context) -> list[dict[str, Any]]:
    """A row for each reference that waits, once for each element."""
    found = dict.fromkeys(
        (path, target) for path, target in reference.walk(change.incoming.node, context) if target in waiting
    )
    return [
        {
            "owner_type": change.key[0],
            "owner_id": change.row_id,
            "path": path[:500],
            "target_type": target.type,
            "target_key": target.key,
        }
        for path, target in found
    ]
