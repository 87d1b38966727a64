"""Password hashes: argon2id at 19 MiB, two passes, one lane (OWASP's first choice)."""

from __future__ import annotations

import asyncio
import secrets
from functools import lru_cache

from passlib.context import CryptContext

AT_ONCE = 4
_context = CryptContext(
    schemes=["argon2"],
    argon2__type="ID",
    argon2__memory_cost=19 * 1024,
    argon2__time_cost=2,
    argon2__parallelism=1,
)
_turns: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


def _turn() -> asyncio.Semaphore:
    """At most a few hashes at once, so that a flood of sign-ins takes no more than their memory."""
    loop = asyncio.get_running_loop()
    if loop not in _turns:
        _turns.clear()
        _turns[loop] = asyncio.Semaphore(AT_ONCE)
    return _turns[loop]


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _context.hash(secrets.token_urlsafe(32))


def _verify(password: str, known: str | None) -> tuple[bool, str | None]:
    """Whether it fits, and a new hash when the old one is of weaker make. Nobody takes as long."""
    nobodys = _nobodys_hash()
    if known is None or not known.startswith("$argon2"):
        _context.verify(password, nobodys)
        return False, None
    fits, renewed = _context.verify_and_update(password, known)
    return fits, renewed


async def hash_password(password: str) -> str:
    """The hash to keep."""
    async with _turn():
        return await asyncio.to_thread(_context.hash, password)


async def verify_password(password: str, known: str | None) -> tuple[bool, str | None]:
    """Whether the password fits the hash, and the hash to keep instead where parameters have risen.

    ``None`` (there is no such person) takes the same time as a wrong password.
    """
    async with _turn():
        return await asyncio.to_thread(_verify, password, known)
