"""The rx.App and nothing else."""

from __future__ import annotations

import reflex as rx


class ProbeState(rx.State):
    """A counter, until the pages land."""

    count: int = 0

    @rx.event
    async def add(self) -> None:
        """Count one."""
        self.count += 1


def index() -> rx.Component:
    """A page, until the pages land."""
    return rx.el.main(rx.el.button("Count", on_click=ProbeState.add), rx.el.p(ProbeState.count))


def indice() -> rx.Component:
    """A Spanish page, until the pages land."""
    return rx.el.main("Hola")


app = rx.App(toaster=None)
app.add_page(index, route="/", title="Portal")
app.add_page(indice, route="/es/messages", title="Mensajes")
