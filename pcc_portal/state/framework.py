"""The one place in ``state`` that touches what Reflex does not call public (Reflex is pinned)."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, TypeVar

import reflex as rx
from reflex.event import Event
from reflex.state import BaseState, State
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext

from pcc_portal.cookie import SCOPE_KEY

HYDRATE_AND_LOAD = f"{State.get_full_name()}.hydrate_and_load"
ON_LOAD = f"{State.get_full_name()}.reflex___state____on_load_internal_state.on_load_internal"
SET_HYDRATED = ON_LOAD.replace(".on_load_internal", ".set_is_hydrated")
ROOT_HYDRATED = f"{State.get_full_name()}.set_is_hydrated"
FRONTEND_EXCEPTION = (
    f"{State.get_full_name()}.reflex___state____frontend_event_exception_state.handle_frontend_exception"
)

Shape = Callable[[str, Any], bool]
Method = TypeVar("Method", bound=Callable[..., Any])

#: The session under which what runs now may speak; nothing is sent to a socket of another one.
speaks_for: ContextVar[str | None] = ContextVar("speaks_for", default=None)


def helper(function: Method) -> Method:
    """A public method of a State that is for other methods only: Reflex makes no event handler of it."""
    function.__override_base_method__ = True  # type: ignore[attr-defined]
    return function


def handlers() -> dict[str, Any]:
    """Every registered handler by its full name."""
    return {name: found.handler for name, found in RegistrationContext.get().event_handlers.items()}


def handler(name: str) -> Any | None:
    """One registered handler, or None."""
    found = RegistrationContext.get().event_handlers.get(name)
    return found.handler if found else None


def token() -> str:
    """The tab for which an event is being worked on."""
    return EventContext.get().token


def sender() -> str:
    """The socket an event came in by; empty for one that was made here."""
    sid = EventContext.get().router_data.get("session_id", "")
    return str(sid)


def socket_of(app: Any, tab: str) -> str | None:
    """The id of the socket a tab is connected by, or None when it is gone."""
    found = app.event_namespace.token_to_sid.get(tab)
    return str(found) if found else None


def cookie_of(app: Any, sid: str) -> str:
    """The session cookie a socket was opened with."""
    environ = app.sio.get_environ(sid, app.event_namespace.namespace) or {}
    return str(environ.get("asgi.scope", {}).get(SCOPE_KEY, ""))


def digest(cookie: str) -> str:
    """What state may keep of a cookie; empty for none."""
    return hashlib.sha256(cookie.encode()).hexdigest() if cookie else ""


def delta(state: type[BaseState], **values: Any) -> dict[str, dict[str, Any]]:
    """A message to the browser that sets public vars of one State."""
    return {state.get_full_name(): {f"{name}{FIELD_MARKER}": value for name, value in values.items()}}


async def drain(root: BaseState) -> dict[str, dict[str, Any]]:
    """Everything that changed, for sending; the state is clean afterwards."""
    changed = await root._get_resolved_delta()
    root._clean()
    return dict(changed)


def on_load_event() -> Event:
    """The event that runs the page's own loading again."""
    return Event(name=ON_LOAD)


def event_of(spec: Any) -> Event:
    """The event that a handler call stands for."""
    return Event.from_event_type(spec)[0]


def pusher(app: Any) -> Callable[[str, Any], Awaitable[None]]:
    """Puts an event into a tab's ordinary queue, and waits until it was worked on."""

    async def push(tab: str, event: Event) -> None:
        done = await app.event_processor.enqueue(tab, event)
        try:
            await done
        except Exception:
            return

    return push


@lru_cache(maxsize=512)
def _parameters(function: Any) -> tuple[inspect.Parameter, ...]:
    """What a handler's function takes besides its State."""
    return tuple(inspect.signature(function).parameters.values())[1:]


def hints_of(found: Any) -> dict[str, Any]:
    """The arguments a handler takes, with their types; an argument without a type has ``Any``."""
    known = found._type_hints or {}
    return {parameter.name: known.get(parameter.name, Any) for parameter in _parameters(found.fn)}


def required_of(found: Any) -> frozenset[str]:
    """The arguments that a handler cannot do without."""
    return frozenset(p.name for p in _parameters(found.fn) if p.default is inspect.Parameter.empty)


def seal(app: rx.App, well_formed: Shape) -> None:
    """Drop malformed messages before Reflex looks at them; send only to sockets of the same session."""
    namespace: Any = app.event_namespace
    receive, send = namespace.on_event, namespace.emit_update

    async def on_event(sid: str, data: Any) -> None:
        if well_formed(sid, data):
            await receive(sid, data)

    async def emit_update(update: Any, token: str) -> None:
        sid = socket_of(app, token)
        if sid is not None and speaks_for.get() == digest(cookie_of(app, sid)):
            await send(update=update, token=token)

    async def on_client_error(sid: str, data: Any = None) -> None:
        """What a browser says about itself is its user's data: it is not written down."""

    namespace.on_event, namespace.emit_update = on_event, emit_update
    namespace.on_client_error = on_client_error
