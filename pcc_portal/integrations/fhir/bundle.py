"""A FHIR document taken apart: a Bundle's entries, or a single resource, with what each is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pcc_portal.integrations.fhir.elements import Node
from pcc_portal.integrations.fhir.reference import Context, Target
from pcc_portal.integrations.fhir.resources import KINDS, RANK

TYPES = ("transaction", "batch", "collection", "searchset")
_ID = re.compile(r"[A-Za-z0-9\-._~:]{1,128}")
_TYPE = re.compile(r"[A-Z][A-Za-z]{1,63}")


@dataclass
class Refused(Exception):
    """Why a file is not imported: the resource (type/id, or its place) and the reason.

    No clinical content: ids and names of elements only.
    """

    resource: str
    reason: str

    def __str__(self) -> str:
        return f"{self.resource}: {self.reason}" if self.resource else self.reason


class NoPatient(Refused):
    """The patient of a clinical resource is not here (yet): the file is worth another try."""


@dataclass(slots=True)
class Incoming:
    """One resource on its way in."""

    type: str
    id: str
    node: Node
    alias: str = ""

    @property
    def label(self) -> str:
        """What it is called in a message."""
        return f"{self.type}/{self.id}"


@dataclass
class Batch:
    """The resources of a document that are understood, and how many of each type are not."""

    incoming: list[Incoming] = field(default_factory=list)
    context: Context = field(default_factory=Context)
    not_understood: Counter[str] = field(default_factory=Counter)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def add(self, node: Any, place: str, *, url: str = "", put: str = "") -> None:
        """Take one resource in; Refused when it is no resource, or was here before."""
        kind = _type_of(node, place)
        if kind == "Bundle" or (kind not in KINDS and not node.get("id")):
            self.not_understood[kind] += 1
            return
        name = _id_of(node, kind, place, url, put)
        if (kind, name) in self.seen:
            raise Refused(f"{kind}/{name}", "is there twice")
        self.seen.add((kind, name))
        if url:
            self.context.note(url, Target(kind, name))
        if kind not in KINDS:
            self.not_understood[kind] += 1
            return
        alias = url if url.startswith("urn:") and not url.endswith(name) else ""
        self.incoming.append(Incoming(kind, name, node, alias))

    def in_order(self) -> list[Incoming]:
        """What others point at first."""
        return sorted(self.incoming, key=lambda each: RANK[each.type])


def _type_of(node: Any, place: str) -> str:
    if not isinstance(node, dict):
        raise Refused(place, "is not an object")
    kind = node.get("resourceType")
    if not isinstance(kind, str) or (kind not in KINDS and not _TYPE.fullmatch(kind)):
        raise Refused(place, "resourceType is missing or is not one")
    return kind


def _id_of(node: Node, kind: str, place: str, url: str, put: str) -> str:
    """The logical id; else that of the entry's PUT; else the UUID the entry is known by."""
    name = node.get("id")
    if name is None and put.startswith(f"{kind}/"):
        name = put.removeprefix(f"{kind}/")
    if name is None and url:
        name = url.rsplit(":", 1)[-1] if url.startswith("urn:") else url.rsplit("/", 1)[-1]
    if name is None:
        raise Refused(f"{kind} ({place})", "id is missing")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise Refused(f"{kind} ({place})", "id is not a FHIR id")
    return name


def read(document: Any) -> Batch:
    """A Bundle (transaction, batch, collection, searchset) or a single resource."""
    batch = Batch()
    if _type_of(document, "document") != "Bundle":
        batch.add(document, "document")
        return batch
    kind = document.get("type")
    if kind not in TYPES:
        raise Refused("Bundle", f"type is not one of {', '.join(TYPES)}")
    entries = document.get("entry")
    if entries is not None and not isinstance(entries, list):
        raise Refused("Bundle", "entry is not a list")
    for place, entry in enumerate(entries or (), start=1):
        _take(batch, entry, f"entry {place}")
    return batch


def _take(batch: Batch, entry: Any, place: str) -> None:
    if not isinstance(entry, dict):
        raise Refused(place, "is not an object")
    if entry.get("resource") is None:
        batch.not_understood["entry without a resource"] += 1
        return
    url, request = entry.get("fullUrl"), entry.get("request")
    put = request.get("url") if isinstance(request, dict) else ""
    batch.add(
        entry["resource"],
        place,
        url=url if isinstance(url, str) else "",
        put=put if isinstance(put, str) else "",
    )


def read_lines(lines: Iterable[tuple[int, Any]], seen: set[tuple[str, str]]) -> Batch:
    """The resources of some lines of NDJSON; ``seen`` goes on over the lines of a file."""
    batch = Batch(seen=seen)
    for place, node in lines:
        batch.add(node, f"line {place}")
    return batch
