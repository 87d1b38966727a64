"""A table that reads as a table: a caption, named columns, the first cell of a row names it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from pcc_portal.components.kit.base import Child, Text, classes


def table(
    caption: Text, columns: Sequence[Text], *rows: Child, amounts: Sequence[int] = (), **attrs: Any
) -> rx.Component:
    """Rows made with :func:`table_row`; ``amounts`` are the columns of figures, counted from 0."""
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption),
            rx.el.thead(
                rx.el.tr(
                    *(
                        rx.el.th(name, scope="col", class_name="amount" if n in amounts else "")
                        for n, name in enumerate(columns)
                    )
                )
            ),
            rx.el.tbody(*rows),
            class_name="table",
        ),
        role="region",
        aria_label=caption,
        tab_index=0,
        class_name=classes("table-wrap", attrs),
        **attrs,
    )


def table_row(name: Text, *cells: Child, amounts: Sequence[int] = ()) -> rx.Component:
    """One row: its name, then what stands in the other columns."""
    return rx.el.tr(
        rx.el.th(name, scope="row"),
        *(rx.el.td(cell, class_name="amount" if n in amounts else "") for n, cell in enumerate(cells, 1)),
    )
