"""The coordinator's inbox: what waits, the item that is open, and the patient beside it."""

from __future__ import annotations

from uuid import UUID

import reflex as rx

from pcc_portal.cards.patient import NOBODY, PatientContext
from pcc_portal.cards.task import NO_TASK, TaskRow, TaskView
from pcc_portal.domain.errors import Conflict, NotFound
from pcc_portal.domain.ids import as_uuid
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.task import EMERGENT, View
from pcc_portal.domain.topic import Topic
from pcc_portal.services.patient import patient_context
from pcc_portal.services.task import claim_task, finish_task, inbox, open_task, release_task
from pcc_portal.state.access import requires, sentence
from pcc_portal.state.portal import PortalState

NO_COUNTS = {view.value: 0 for view in View} | {EMERGENT: 0}


class InboxState(PortalState):
    """One list of everything that waits; one item open at most."""

    rows: list[TaskRow] = []
    counts: dict[str, int] = NO_COUNTS
    view: str = View.ALL.value
    more: bool = False
    paged: bool = False
    task: TaskView = NO_TASK
    context: PatientContext = NOBODY
    ready: bool = False
    _after: str = ""

    @rx.event
    @requires(Permission.TASK_READ)
    async def load(self):
        """Show the inbox, and the item that the address names."""
        await self.enter(InboxState.refresh, Topic.triage)
        wanted = as_uuid(self.query("task"))
        await self._list()
        self.ready = True
        if wanted is not None:
            await self._open(wanted)
            await self._beside()

    @rx.event
    @requires(Permission.TASK_READ)
    async def refresh(self):
        """Something changed in the clinic: look again at the list and the open item."""
        await self._list()
        if self.task.row.id:
            seen = self.task
            await self._open(self._open_id)
            if self.task != seen:
                await self._beside()

    @rx.event
    @requires(Permission.TASK_READ)
    async def choose(self, view: str):
        """Another view of the inbox."""
        self.view, self._after = View.named(view).value, ""
        await self._list()

    @rx.event
    @requires(Permission.TASK_READ)
    async def next_page(self):
        """The 50 after these."""
        self._after = self.rows[-1].id if self.rows else ""
        await self._list()

    @rx.event
    @requires(Permission.TASK_READ)
    async def first_page(self):
        """Back to the top of the list."""
        self._after = ""
        await self._list()

    @rx.event
    @requires(Permission.TASK_READ)
    async def open(self, task: str):
        """Open an item; the patient's context follows it."""
        await self._open(_key(task))
        yield
        await self._beside()

    @rx.event
    @requires(Permission.TASK_READ)
    async def close(self):
        """Back to the list, where a screen shows one at a time."""
        self.task, self.context = NO_TASK, NOBODY

    @rx.event
    @requires(Permission.TASK_WORK)
    async def claim(self):
        """Take the open item on; a colleague who was first is named."""
        await self._do(claim_task(self.actor, self._open_id))

    @rx.event
    @requires(Permission.TASK_WORK)
    async def take_over(self):
        """Take the open item from a colleague, knowingly."""
        await self._do(claim_task(self.actor, self._open_id, take_over=True))

    @rx.event
    @requires(Permission.TASK_WORK)
    async def release(self):
        """Give the open item back."""
        await self._do(release_task(self.actor, self._open_id))

    @rx.event
    @requires(Permission.TASK_WORK)
    async def finish(self):
        """Close the open item."""
        await self._do(finish_task(self.actor, self._open_id))

    @property
    def _open_id(self) -> UUID:
        return UUID(self.task.row.id)

    async def _do(self, act):
        """An act on the open item, then a fresh look; a Conflict is told, with the fresh look."""
        self.problem = ""
        try:
            await act
        except Conflict as conflict:
            self.problem = sentence(conflict)
        await self._list()
        await self._open(self._open_id)

    async def _list(self):
        page = await inbox(self.actor, View(self.view), as_uuid(self._after))
        self.rows, self.counts, self.more = page.rows, page.counts, page.more
        self.paged = self._after != ""
        self.unread = page.counts[View.ALL]

    async def _open(self, task_id: UUID):
        self.task = await open_task(self.actor, task_id)

    async def _beside(self):
        self.context = await patient_context(self.actor, UUID(self.task.patient_id))


def _key(text: str) -> UUID:
    """The id in a text; what is none is not found."""
    key = as_uuid(text)
    if key is None:
        raise NotFound
    return key
