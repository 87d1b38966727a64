"""The gate before every event: nothing runs unless it is marked, fits, and the person behind it may.

Reflex lets a browser call any method of any State with any arguments, under any tab's name. So each
event is refused unless all of this holds: the handler is marked; the socket's cookie is the one the tab's
state belongs to; the session is alive, and its role holds the permission; the arguments fit their types.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.middleware import Middleware
from reflex.state import BaseState, StateUpdate

from pcc_portal import routes
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.errors import Denied, PortalError, SignedOut
from pcc_portal.domain.permission import role_may
from pcc_portal.language import locale_of, speaking
from pcc_portal.live.hub import hub
from pcc_portal.live.relay import relaying
from pcc_portal.logs import where
from pcc_portal.services.identity import actor_of, record_refusal
from pcc_portal.state import framework
from pcc_portal.state.access import (
    Access,
    access_of,
    current_actor,
    path_of,
    public,
    requires,
    sentence,
    set_current_actor,
)
from pcc_portal.state.arguments import BadArguments, checked, small
from pcc_portal.state.portal import PortalState
from pcc_portal.state.wire import quicken

log = logging.getLogger(__name__)
__all__ = [
    "AccessGate",
    "current_actor",
    "guard",
    "on_backend_error",
    "on_frontend_error",
    "public",
    "requires",
]

#: The framework's own events without which no page works. They read nothing of anybody's.
FRAMEWORK = frozenset(
    {framework.ON_LOAD, framework.SET_HYDRATED, framework.ROOT_HYDRATED, framework.FRONTEND_EXCEPTION}
)
_ERROR_CLASS = re.compile(r"[A-Za-z]{1,40}Error")
MOST_ROUTER_KEYS = 20


@dataclass(frozen=True)
class Visit:
    """One event: in which tab, by which socket and with which cookie."""

    app: Any
    root: BaseState
    portal: PortalState
    tab: str
    sid: str
    cookie: str

    @property
    def session_hash(self) -> str:
        """What state keeps of the cookie."""
        return framework.digest(self.cookie)

    @property
    def bound(self) -> bool:
        """Whether the tab's state belongs to this cookie."""
        return self.portal._session_hash == self.session_hash


class AccessGate(Middleware):
    """Default deny, before every event."""

    async def preprocess(self, app: Any, state: BaseState, event: Any) -> StateUpdate | None:
        """None lets the event through; anything else is the answer instead of it."""
        set_current_actor(None)
        framework.speaks_for.set(None)
        visit = await _visit(app, state)
        if visit is None:
            return StateUpdate()
        framework.speaks_for.set(visit.session_hash)
        try:
            if event.name == framework.HYDRATE_AND_LOAD:
                return await _hydrate(visit, event)
            if event.name in FRAMEWORK:
                return await _framework(visit, event)
            return await _admit(visit, event)
        except Exception as error:
            log.error("the gate failed\n%s", where(error))
            return _say(visit, PortalError())


async def _visit(app: Any, state: BaseState) -> Visit | None:
    """The circumstances of an event; None when its socket is gone or was replaced by another one."""
    tab = framework.token()
    sid = framework.socket_of(app, tab)
    sender = framework.sender()
    if sid is None or (sender and sender != sid):
        return None
    root: BaseState = state._get_root_state()
    portal = await root.get_state(PortalState)
    return Visit(app, root, portal, tab, sid, framework.cookie_of(app, sid))


async def _hydrate(visit: Visit, event: Any) -> StateUpdate | None:
    """A page opens: state that belongs to another session, or to other rights, is wiped first."""
    actor = await actor_of(visit.cookie)
    rights = rights_of(actor)
    if not visit.bound or visit.portal._rights != rights:
        _wipe(visit, rights)
    hashes = event.payload.get("hashes")
    if not (isinstance(hashes, list) and len(hashes) < 1000 and all(isinstance(h, str) for h in hashes)):
        hashes = None
    event.payload.clear()
    event.payload["hashes"] = hashes
    set_current_actor(actor)
    return None


async def _framework(visit: Visit, event: Any) -> StateUpdate | None:
    if event.name == framework.FRONTEND_EXCEPTION:
        found = _ERROR_CLASS.search(str(event.payload.get("info", ""))[:200])
        log.warning("a page reported %s", found.group() if found else "an error")
        return StateUpdate()
    if not visit.bound:
        return StateUpdate()
    value = event.payload.get("value")
    event.payload.clear()
    if event.name != framework.ON_LOAD:
        event.payload["value"] = value is True
    return None


async def _admit(visit: Visit, event: Any) -> StateUpdate | None:
    access, found = _access(event.name)
    actor = await actor_of(visit.cookie)
    if access is None:
        return await _refuse(visit, event.name, actor)
    if not visit.bound:
        return await _refuse(visit, event.name, actor)
    if access.permission is not None:
        if actor is None:
            return await _sign_in(visit, event.name)
        if not role_may(actor.role, access.permission):
            return await _refuse(visit, event.name, actor)
        if visit.portal._rights != rights_of(actor):
            return await _load_again(visit, actor)
    try:
        arguments = checked(found, event.payload)
    except BadArguments:
        return await _refuse(visit, event.name, actor)
    event.payload.clear()
    event.payload.update(arguments)
    set_current_actor(actor)
    return None


def _access(name: str) -> tuple[Access | None, Any]:
    """The mark of a handler; None for what is private, unmarked or not there at all."""
    found = framework.handler(name)
    if found is None or name.rpartition(".")[2].startswith("_"):
        return None, None
    return access_of(found.fn), found


def rights_of(actor: Actor | None) -> str:
    """A fingerprint of what a person may see; when it changes, her open screens are loaded again."""
    if actor is None:
        return ""
    parts = (actor.user_id, actor.clinic_id, actor.role, actor.patient_id, actor.acting_for, actor.grants)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _wipe(visit: Visit, rights: str) -> None:
    """Empty the whole tab, and give it to the session it now belongs to."""
    hub.forget(visit.tab)
    visit.root.reset()
    visit.portal._session_hash = visit.session_hash
    visit.portal._rights = rights


# Answers instead of the event


async def _refuse(visit: Visit, name: str, actor: Actor | None) -> StateUpdate:
    await record_refusal(actor, name, visit.sid)
    return _say(visit, Denied())


async def _sign_in(visit: Visit, name: str) -> StateUpdate:
    """The session is over: the tab is emptied, on the screen too, and watches nothing any more."""
    await record_refusal(None, name, visit.sid)
    path = path_of(visit.root)
    target = routes.sign_in_path(path, visit.root.router.url.query)
    _wipe(visit, "")
    with speaking(locale_of(path)):
        visit.portal.problem = sentence(SignedOut())
    return StateUpdate(
        delta=await framework.drain(visit.root),
        events=[framework.event_of(rx.redirect(target))],
    )


async def _load_again(visit: Visit, actor: Actor) -> StateUpdate:
    """Rights have changed since the page was loaded: empty it, and let the page load what is left."""
    _wipe(visit, rights_of(actor))
    return StateUpdate(delta=await framework.drain(visit.root), events=[framework.on_load_event()])


def _say(visit: Visit, error: PortalError) -> StateUpdate:
    with speaking(locale_of(path_of(visit.root))):
        said = {"problem": sentence(error), "failed": type(error) is PortalError}
        said["denied"] = isinstance(error, Denied)
    return StateUpdate(delta=framework.delta(PortalState, **said))


# Putting it in place


def well_formed(_sid: str, data: Any) -> bool:
    """Whether a message is an event of ours at all; what is not is dropped, and never written down."""
    if not isinstance(data, dict) or not isinstance(data.get("name"), str):
        return False
    payload, router = data.get("payload", {}), data.get("router_data", {})
    return (
        framework.handler(data["name"]) is not None
        and isinstance(payload, dict)
        and isinstance(router, dict)
        and len(router) <= MOST_ROUTER_KEYS
        and small(router)
        and all(isinstance(router.get(key, ""), str) for key in ("pathname", "asPath"))
        and _flat(router.get("query", {}))
    )


def _flat(query: Any) -> bool:
    return isinstance(query, dict) and all(isinstance(value, (str, list)) for value in query.values())


def on_backend_error(exception: Exception) -> None:
    """The last resort, for ``rx.App(backend_exception_handler=…)``: where it happened, and no word of it."""
    log.error("an event failed\n%s", where(exception))


def on_frontend_error(exception: Exception) -> None:
    """For ``rx.App(frontend_exception_handler=…)``: a browser's own words are its user's."""
    log.warning("a page reported %s", type(exception).__name__)


def guard(app: rx.App) -> None:
    """Put the gate before an app's events, seal its socket, and connect its screens to the database."""
    app.add_middleware(AccessGate(), 0)
    framework.seal(app, well_formed)
    quicken(app)

    @asynccontextmanager
    async def live() -> AsyncIterator[None]:
        def connected(tab: str) -> bool:
            return framework.socket_of(app, tab) is not None

        async with relaying(hub, framework.pusher(app), connected):
            yield

    app.register_lifespan_task(live)
