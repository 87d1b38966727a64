"""The batches of one file on their way into the database, within one transaction."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from pcc_portal.db.record_store import RecordStore
from pcc_portal.db.unit_of_work import Work
from pcc_portal.domain.ids import new_id
from pcc_portal.domain.topic import Topic
from pcc_portal.integrations.fhir import elements as fhir
from pcc_portal.integrations.fhir import reference
from pcc_portal.integrations.fhir.bundle import Batch, Incoming, NoPatient, Refused
from pcc_portal.integrations.fhir.elements import Malformed, Node
from pcc_portal.integrations.fhir.reference import Context
from pcc_portal.integrations.fhir.report import Counts
from pcc_portal.integrations.fhir.resources import KINDS
from pcc_portal.services.record_reference import References

# ``source_hash`` holds the digest of what is kept, then of what it replaced: two files that disagree
# about a resource without saying which is newer do not take turns when they are imported again.
DIGEST = 16
REMEMBERED = 256

Known = dict[str, tuple[UUID, bytes]]


@dataclass(slots=True)
class Change:
    """A resource that is new, or newer than what is there."""

    incoming: Incoming
    row_id: UUID
    is_new: bool
    raw: bytes
    digests: bytes
    patient_id: UUID | None = None

    @property
    def type(self) -> str:
        """The resource's type."""
        return self.incoming.type

    @property
    def key(self) -> tuple[str, str]:
        """Type and source id."""
        return self.incoming.type, self.incoming.id


class RecordBatches:
    """Takes the batches of one file; ``finish`` records whose records were touched."""

    def __init__(self, work: Work, source: str, zone: ZoneInfo) -> None:
        self.counts = Counts()
        self._work = work
        self._source = source
        self._zone = zone
        self._store = RecordStore(work, source)
        self._references = References(self._store, self.counts)
        self._patients: dict[str, UUID] = {}
        self._later: list[Incoming] = []
        self._touched: defaultdict[UUID, Counter[str]] = defaultdict(Counter)

    async def take(self, batch: Batch, *, more: bool = False) -> None:
        """Write a batch. With ``more`` to come, what has no patient yet waits for the end."""
        self.counts.not_understood.update(batch.not_understood)
        changes = await self._changes(batch)
        changes = await self._with_patients(batch, changes, more=more)
        await self._write(changes)
        await self._references.settle(batch, changes)

    async def finish(self, batch: Batch) -> None:
        """Write what waited, and record each patient that was touched."""
        if self._later:
            await self.take(Batch(incoming=self._later, context=batch.context, seen=batch.seen))
        for patient_id, done in self._touched.items():
            detail = f"{self._source}: {done['C']} created, {done['U']} updated"
            self._work.record("U" if done["U"] else "C", "Bundle", patient_id, detail)
            self._work.announce(Topic.patient(patient_id))

    # What is new

    async def _changes(self, batch: Batch) -> list[Change]:
        groups: defaultdict[str, list[Incoming]] = defaultdict(list)
        for incoming in batch.in_order():
            groups[incoming.type].append(incoming)
        known = await self._store.known_of({k: [each.id for each in g] for k, g in groups.items()})
        changes: list[Change] = []
        for kind, group in groups.items():
            changed = self._changed(kind, group, known[kind], batch.context)
            changes.extend(await self._without_older(kind, changed))
        return changes

    def _changed(self, kind: str, group: list[Incoming], known: Known, context: Context) -> list[Change]:
        changes: list[Change] = []
        check = KINDS[kind].check
        for incoming in group:
            try:
                check(incoming.node)
            except Malformed as fault:
                raise Refused(incoming.label, str(fault)) from None
            raw = reference.linked(_canonical(incoming), context)
            digest = hashlib.blake2b(raw, digest_size=DIGEST).digest()
            row_id, digests = known.get(incoming.id, (None, b""))
            if kind == "Patient" and row_id:
                self._patients[incoming.id] = row_id
            if digest in _split(digests):
                self.counts.unchanged[kind] += 1
                continue
            history = (digest + digests)[: DIGEST * REMEMBERED]
            changes.append(Change(incoming, row_id or new_id(), row_id is None, raw, history))
        return changes

    async def _without_older(self, kind: str, changes: list[Change]) -> list[Change]:
        there = [change.incoming.id for change in changes if not change.is_new]
        if not there:
            return changes
        raws = await self._store.raws(kind, there)
        kept: list[Change] = []
        for change in changes:
            old = raws.get(change.incoming.id)
            if old is not None and _is_older(change.incoming.node, orjson.loads(old), self._zone):
                self.counts.older[kind] += 1
            else:
                kept.append(change)
        return kept

    # Whose it is

    async def _with_patients(self, batch: Batch, changes: list[Change], *, more: bool) -> list[Change]:
        wanted: list[tuple[Change, str]] = []
        kept: list[Change] = []
        for change in changes:
            if change.type == "Patient":
                change.patient_id = self._patients[change.incoming.id] = change.row_id
            elif KINDS[change.type].patient:
                key = self._patient_key(batch, change)
                if key is None:
                    continue
                wanted.append((change, key))
            kept.append(change)
        await self._look_up({key for _, key in wanted if key not in self._patients})
        late: set[UUID] = set()
        for change, key in wanted:
            change.patient_id = self._patients.get(key)
            if change.patient_id is None:
                if not more:
                    element = KINDS[change.type].patient
                    raise NoPatient(change.incoming.label, f"the patient its {element} names is not here")
                late.add(change.row_id)
                self._later.append(change.incoming)
        return [change for change in kept if change.row_id not in late]

    def _patient_key(self, batch: Batch, change: Change) -> str | None:
        """The key of a resource's patient; None when it is about something else, which is counted."""
        incoming, element = change.incoming, KINDS[change.type].patient
        try:
            target = reference.of_patient(incoming.type, element, incoming.node, batch.context)
        except Malformed as fault:
            raise Refused(incoming.label, str(fault)) from None
        if target is None:
            raise Refused(incoming.label, f"{element} names no patient")
        if target.type not in ("Patient", ""):
            self.counts.not_understood[f"{incoming.type} of a {target.type}"] += 1
            return None
        return target.key

    async def _look_up(self, keys: set[str]) -> None:
        if not keys:
            return
        for name, (row_id, _) in (await self._store.known("Patient", keys)).items():
            self._patients[name] = row_id
        left = keys - self._patients.keys()
        named = await self._store.identified(left) if left else {}
        found = {key: name for (kind, key), name in named.items() if kind == "Patient"}
        rows = await self._store.known("Patient", set(found.values())) if found else {}
        self._patients |= {key: rows[name][0] for key, name in found.items() if name in rows}

    # Writing

    async def _write(self, changes: list[Change]) -> None:
        new: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        old: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for change in changes:
            row = self._row(change)
            if change.is_new:
                row["source_id"] = change.incoming.id
                new[change.type].append(row)
                self.counts.created[change.type] += 1
            else:
                row["updated_at"] = self._work.now
                old[change.type].append(row)
                self.counts.updated[change.type] += 1
            if change.patient_id:
                self._touched[change.patient_id]["C" if change.is_new else "U"] += 1
        for kind, rows in new.items():
            await self._store.insert(kind, rows)
        for kind, rows in old.items():
            await self._store.update(kind, rows)

    def _row(self, change: Change) -> dict[str, Any]:
        kind = KINDS[change.type]
        try:
            columns = kind.columns(change.incoming.node, self._zone)
        except Malformed as fault:
            raise Refused(change.incoming.label, str(fault)) from None
        columns["id"] = change.row_id
        columns["source_hash"] = change.digests
        columns["raw"] = change.raw
        if kind.patient:
            columns["patient_id"] = change.patient_id
        return columns


def _split(digests: bytes) -> set[bytes]:
    return {digests[at : at + DIGEST] for at in range(0, len(digests), DIGEST)}


def _canonical(incoming: Incoming) -> bytes:
    """The resource as compact JSON with sorted keys: what is kept, and what is hashed."""
    try:
        return orjson.dumps(incoming.node, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        raise Refused(incoming.label, "is nested too deeply") from None


def _is_older(new: Node, old: Node, zone: ZoneInfo) -> bool:
    """By meta.lastUpdated where both have it and it differs, else by a numeric meta.versionId."""
    new_time, new_version = _version(new, zone)
    old_time, old_version = _version(old, zone)
    if new_time and old_time and new_time != old_time:
        return new_time < old_time
    if new_version is not None and old_version is not None:
        return new_version < old_version
    return False


def _version(node: Node, zone: ZoneInfo) -> tuple[datetime | None, int | None]:
    meta = fhir.child(node, "meta")
    version = fhir.text(meta, "versionId")
    return fhir.moment(meta, "lastUpdated", zone), int(version) if version.isdecimal() else None
