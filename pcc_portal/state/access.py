"""The mark every handler carries, and what happens around it."""

from __future__ import annotations

import inspect
import logging
from collections.abc import AsyncIterator, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

import reflex as rx

from pcc_portal import routes
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.errors import Conflict, Denied, PortalError, SignedOut
from pcc_portal.domain.permission import Permission
from pcc_portal.language import _, locale_of, speaking
from pcc_portal.logs import where

log = logging.getLogger(__name__)
Handler = TypeVar("Handler", bound=Callable[..., Any])
MARK = "__portal_access__"
QUIET = frozenset({"refresh"})


@dataclass(frozen=True)
class Access:
    """What a handler asks of whoever calls it; ``permission`` is None where nobody need be signed in."""

    permission: Permission | None


_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)


def current_actor() -> Actor:
    """Who is behind the event being worked on; SignedOut when nobody is."""
    actor = _actor.get()
    if actor is None:
        raise SignedOut
    return actor


def set_current_actor(actor: Actor | None) -> None:
    """Only the gate, and tests of states, say who is behind an event."""
    _actor.set(actor)


def requires(permission: Permission) -> Callable[[Handler], Handler]:
    """Mark a handler: whoever calls it must hold this permission. Goes under ``@rx.event``."""
    return lambda handler: _marked(handler, Access(permission))


def public(handler: Handler) -> Handler:
    """Mark a handler that anybody may call, signed in or not."""
    return _marked(handler, Access(None))


def access_of(function: Any) -> Access | None:
    """The mark of a handler's function, or None: then nobody may call it."""
    mark = getattr(function, MARK, None)
    return mark if isinstance(mark, Access) else None


def path_of(state: Any) -> str:
    """The path of the page on which an event happened."""
    return state.router.url.path or routes.HOME


def sentence(error: PortalError) -> str:
    """The words for an error in the language being spoken."""
    return _(error.say, by=error.by) if isinstance(error, Conflict) else _(error.say)


def _marked(handler: Handler, access: Access) -> Handler:
    wrapped = _stream(handler) if inspect.isasyncgenfunction(handler) else _call(handler)
    setattr(wrapped, MARK, access)
    return wrapped


def _call(handler: Any) -> Any:
    @wraps(handler)
    async def call(self: Any, *args: Any, **values: Any) -> Any:
        with speaking(locale_of(path_of(self))):
            _begin(self, handler)
            try:
                return await handler(self, *args, **values)
            except Exception as error:
                return _tell(self, error)

    return call


def _stream(handler: Any) -> Any:
    @wraps(handler)
    async def stream(self: Any, *args: Any, **values: Any) -> AsyncIterator[Any]:
        locale = locale_of(path_of(self))
        with speaking(locale):
            _begin(self, handler)
        steps = handler(self, *args, **values)
        while True:
            with speaking(locale):
                try:
                    step = await anext(steps)
                except StopAsyncIteration:
                    return
                except Exception as error:
                    step, steps = _tell(self, error), _nothing()
            yield step

    return stream


async def _nothing() -> AsyncIterator[Any]:
    return
    yield


def _begin(state: Any, handler: Any) -> None:
    if handler.__name__ not in QUIET and state.problem:
        state.problem = ""


def _tell(state: Any, error: Exception) -> Any:
    """Say what went wrong on the screen, or send to sign-in."""
    if isinstance(error, SignedOut):
        return rx.redirect(routes.sign_in_path(path_of(state), state.router.url.query))
    if not isinstance(error, PortalError):
        log.error("a handler failed\n%s", where(error))
        error = PortalError()
    state.problem, state.failed = sentence(error), type(error) is PortalError
    state.denied = isinstance(error, Denied)
    return None
