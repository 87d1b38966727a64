"""A series of measurements as a small line, and the same facts in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH = 240.0
HEIGHT = 64.0
MARGIN = 6.0
MOST_POINTS = 24


@dataclass(frozen=True)
class Point:
    """A measurement at a moment, in the unit of its series."""

    at: datetime
    value: float


@dataclass(frozen=True)
class Line:
    """SVG coordinates in a box of 240 × 64: the polyline, and the height of the target (or empty)."""

    points: str
    target_y: str


def line(series: Sequence[Point], target: float | None) -> Line:
    """The last 24 measurements, oldest first, with the target inside the same scale.

    A series of fewer than two measurements has no line.
    """
    shown = sorted(series, key=lambda point: point.at)[-MOST_POINTS:]
    if len(shown) < 2:
        return Line("", "")
    values = [point.value for point in shown] + ([target] if target is not None else [])
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    first, last = shown[0].at.timestamp(), shown[-1].at.timestamp()
    time = (last - first) or 1.0

    def y(value: float) -> float:
        return HEIGHT - MARGIN - (value - low) / span * (HEIGHT - 2 * MARGIN)

    def x(point: Point) -> float:
        return MARGIN + (point.at.timestamp() - first) / time * (WIDTH - 2 * MARGIN)

    points = " ".join(f"{x(point):.1f},{y(point.value):.1f}" for point in shown)
    return Line(points, f"{y(target):.1f}" if target is not None else "")
