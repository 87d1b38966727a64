"""What an import did, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

OUTCOMES = ("created", "updated", "unchanged", "older", "not_understood", "refused")


@dataclass
class Counts:
    """Resources by outcome and type, and references by what became of them."""

    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    older: Counter[str] = field(default_factory=Counter)
    not_understood: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    resolved: int = 0
    kept_waiting: int = 0
    outside: int = 0

    def add(self, other: Counts) -> None:
        """Add another count."""
        for name in OUTCOMES:
            getattr(self, name).update(getattr(other, name))
        self.resolved += other.resolved
        self.kept_waiting += other.kept_waiting
        self.outside += other.outside

    def by_type(self) -> dict[str, dict[str, int]]:
        """Each type's outcomes."""
        kinds = sorted(set().union(*(getattr(self, name) for name in OUTCOMES)))
        return {kind: {name: getattr(self, name)[kind] for name in OUTCOMES} for kind in kinds}

    def totals(self) -> dict[str, int]:
        """Each outcome, all types together."""
        return {name: getattr(self, name).total() for name in OUTCOMES}


@dataclass(frozen=True)
class Refusal:
    """A file that was not imported, and why. No clinical content."""

    file: str
    resource: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.resource, self.reason) if part)


@dataclass
class Report:
    """The outcome of importing some files."""

    source: str = ""
    counts: Counts = field(default_factory=Counts)
    refusals: list[Refusal] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    imported: int = 0
    size: int = 0
    seconds: float = 0.0
    waiting: int = 0

    def as_json(self) -> dict[str, Any]:
        """The one object that ``--json`` prints."""
        return {
            "source": self.source,
            "files": {
                "imported": self.imported,
                "refused": len(self.refusals),
                "left_out": len(self.left_out),
            },
            **self.counts.totals(),
            "resources": self.counts.by_type(),
            "references": {
                "unresolved": self.waiting,
                "resolved": self.counts.resolved,
                "newly_unresolved": self.counts.kept_waiting,
                "to_not_understood": self.counts.outside,
            },
            "refusals": [vars(refusal) for refusal in self.refusals],
            "left_out": self.left_out,
            "bytes": self.size,
            "seconds": round(self.seconds, 3),
        }
