"""One family of errors; each becomes words for a person in one place (``state`` and ``web``)."""

from __future__ import annotations

from collections.abc import Mapping

from pcc_portal.language import N_


class PortalError(Exception):
    """Something a person should be told, in plain words."""

    say = N_("Something went wrong. Nothing was changed. Please try again.")


class SignedOut(PortalError):
    """There is no live session behind the request."""

    say = N_("You are signed out. Sign in to go on.")


class Denied(PortalError):
    """The thing is visible, but this person may not do that to it."""

    say = N_("You do not have permission to do this.")


class NotFound(PortalError):
    """Missing, or not visible to this person: the same words for both."""

    say = N_("We could not find this. It may have been moved or closed.")


class Conflict(PortalError):
    """Somebody else was first, or the thing has moved on.

    ``by`` names who was first, where that is known.
    """

    say = N_("This changed while you were looking at it. Please check it again.")

    def __init__(self, say: str = "", by: str = "") -> None:
        super().__init__()
        self.by = by
        if say:
            self.say = say


class Invalid(PortalError):
    """What was typed cannot be taken; ``by_field`` holds one sentence a field (untranslated)."""

    say = N_("Please check the answers marked below.")

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__()
        self.by_field = dict(by_field)


class TooMany(PortalError):
    """More requests than a person makes."""

    say = N_("That was a lot of tries. Please wait a few minutes, then try again.")


class TooManySends(TooMany):
    """More messages, requests or cards within an hour than a person sends."""

    say = N_("You have sent a lot within an hour. Your words are kept. Please wait a while, then send them.")
