"""The messages screens: the list, one conversation, and a new one."""

from __future__ import annotations

from uuid import UUID

import reflex as rx

from pcc_portal.cards.communication import NO_THREAD, ThreadCard, ThreadView
from pcc_portal.domain.ids import as_uuid
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.topic import Topic
from pcc_portal.services.communication import about_text, count_unread, list_threads, open_thread
from pcc_portal.state.access import requires
from pcc_portal.state.portal import PortalState


class MessagesState(PortalState):
    """A patient's conversations, and the one that is open (named by ``?thread=``)."""

    threads: list[ThreadCard] = []
    thread: ThreadView = NO_THREAD
    more: bool = False
    sent: bool = False
    ready: bool = False

    @rx.event
    @requires(Permission.COMMUNICATION_READ)
    async def load(self):
        """Show the list, and the conversation that the address names."""
        await self.enter(MessagesState.refresh, Topic.patient)
        await self._show()

    @rx.event
    @requires(Permission.COMMUNICATION_READ)
    async def refresh(self):
        """Something changed: look again."""
        await self._show()

    @rx.event
    @requires(Permission.COMMUNICATION_READ)
    async def older(self):
        """The next page of conversations."""
        last = UUID(self.threads[-1].id) if self.threads else None
        page = await list_threads(self.actor, self.subject, last)
        self.threads = self.threads + page
        self.more = len(page) == 25

    async def _show(self):
        wanted = as_uuid(self.query("thread"))
        self.thread = await open_thread(self.actor, wanted) if wanted else NO_THREAD
        self.sent = self.query("sent") == "1" and len(self.thread.messages) == 1
        self.threads = await list_threads(self.actor, self.subject)
        self.more = len(self.threads) == 25
        self.unread = await count_unread(self.actor, self.subject)
        self.ready = True


class NewMessageState(PortalState):
    """A new message; ``?about=goal:<id>`` carries the card it was asked from."""

    about_kind: str = ""
    about_id: str = ""
    about: str = ""
    ready: bool = False

    @rx.event
    @requires(Permission.COMMUNICATION_SEND)
    async def load(self):
        """Show the form, with the card's words when it was asked from one."""
        await self.enter()
        kind, _colon, key = self.query("about").partition(":")
        found = as_uuid(key)
        self.about_kind, self.about_id, self.about = "", "", ""
        if found is not None:
            self.about = await about_text(self.actor, kind, found)
            self.about_kind, self.about_id = kind, str(found)
        self.ready = True
