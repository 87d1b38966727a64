"""What every screen knows: who is signed in, where, for whom, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import reflex as rx

from pcc_portal.domain.actor import Actor
from pcc_portal.domain.permission import Permission
from pcc_portal.domain.topic import Topic
from pcc_portal.language import locale_of
from pcc_portal.live.hub import hub
from pcc_portal.services.identity import surroundings
from pcc_portal.state import framework
from pcc_portal.state.access import current_actor, path_of, requires


class PortalState(rx.State):
    """The root of every screen's State. The backend vars are the gate's, and never leave the server."""

    problem: str = ""
    failed: bool = False  # the problem is ours: to try again may help
    denied: bool = False  # what is asked for is not shared with this person
    person_name: str = ""
    clinic_name: str = ""
    clinic_phone: str = ""
    clinic_address: str = ""
    viewing_as: str = ""
    own_record: bool = True
    patient_id: str = ""
    unread: int = 0
    loaded: bool = False

    _session_hash: str = ""
    _rights: str = ""

    @property
    def actor(self) -> Actor:
        """Who is behind the event being worked on."""
        return current_actor()

    @property
    def locale(self) -> str:
        """The language of the page."""
        return locale_of(path_of(self))

    @property
    def zone(self) -> str:
        """The clinic's time zone."""
        return current_actor().zone

    @property
    def subject(self) -> UUID | None:
        """The patient whose record is on screen."""
        return current_actor().subject_id

    @framework.helper
    def query(self, name: str) -> str:
        """One value of the page's address, as text; empty when it is not there."""
        return str(self.router.url.query_parameters.get(name, ""))[:500]

    @framework.helper
    async def enter(self, refresh: Any = None, *topics: Callable[[UUID], str]) -> None:
        """What every page load begins with: fill what stands around the screen, and watch its topics.

        ``refresh`` is the handler that a change wakes; ``topics`` are ``Topic.patient`` (of the record on
        screen), ``Topic.triage`` (of the clinic). A person's own rights are always watched. The tab watches
        this and nothing that it watched before.
        """
        actor = current_actor()
        self.problem, self.denied = "", False
        await self.count()
        names = [Topic.user(actor.user_id)]
        for topic in topics:
            about = actor.clinic_id if topic is Topic.triage else actor.subject_id
            if about is not None:
                names.append(topic(about))
        wake = refresh or PortalState.look_around
        hub.watch(framework.token(), lambda: framework.event_of(wake), names)

    @framework.helper
    async def count(self) -> None:
        """Fill what stands around the screen again: names, and how much is unread."""
        actor = current_actor()
        around = await surroundings(actor)
        self.person_name = actor.name
        self.clinic_name, self.clinic_phone = around.clinic_name, around.clinic_phone
        self.clinic_address = around.clinic_address
        self.viewing_as, self.unread = around.viewing_as, around.unread
        self.patient_id, self.own_record = str(actor.subject_id or ""), actor.patient_id is not None

    @rx.event
    @requires(Permission.SESSION_READ)
    async def look_around(self) -> None:
        """Wake a page that has nothing of its own to refresh: what stands around it may have changed."""
        await self.count()
