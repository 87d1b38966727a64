"""Small pictures of numbers; the same facts always stand beside them in words."""

from __future__ import annotations

from typing import Any

import reflex as rx

from pcc_portal.components.kit.base import Text, classes


def sparkline(
    points: Text,
    label: Text,
    facts: Text,
    target_y: float | rx.Var | None = None,
    width: int = 240,
    height: int = 64,
    **attrs: Any,
) -> rx.Component:
    """A line of ``points`` ("x,y x,y …" in a box of ``width`` × ``height``), a goal line at ``target_y``."""
    line = rx.el.svg.polyline(points=points, class_name="spark-line")
    goal = (
        [rx.el.svg.line(x1=0, x2=width, y1=target_y, y2=target_y, class_name="spark-goal")]
        if target_y is not None
        else []
    )
    return rx.el.figure(
        rx.el.svg(
            *goal,
            line,
            view_box=f"0 0 {width} {height}",
            role="img",
            aria_label=label,
            custom_attrs={"preserveAspectRatio": "none"},
            class_name="spark",
        ),
        rx.el.figcaption(facts),
        class_name=classes("sparkline", attrs),
        **attrs,
    )
