"""Reading what a person typed: every problem is collected, each with one sentence for its field."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from pcc_portal.domain.errors import Invalid
from pcc_portal.domain.ids import as_uuid
from pcc_portal.language import N_

TOO_LONG = N_("This is too long. Please make it shorter.")
NOT_A_DATE = N_("Enter a date, like 2026-03-27.")


class Answers:
    """The fields of one form; ``done`` raises Invalid when any of them had a problem."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self._form = form
        self.problems: dict[str, str] = {}

    def text(self, name: str, say: str = "", *, longest: int = 200) -> str:
        """A trimmed text; required when ``say`` is given. ``longest`` is in characters."""
        value = self._form.get(name, "").replace("\r\n", "\n").replace("\x00", "").strip()
        if not value and say:
            self.problems[name] = say
        if len(value) > longest:
            self.problems[name] = TOO_LONG
        return value

    def choice(self, name: str, options: Collection[str], say: str = "") -> str:
        """One of the options; required when ``say`` is given, else empty when not chosen."""
        value = self._form.get(name, "").strip()
        if value in options:
            return value
        if say or value:
            self.problems[name] = say or N_("Choose one of the answers.")
        return ""

    def day(self, name: str, say: str = "") -> date | None:
        """A calendar day in ISO form; required when ``say`` is given."""
        value = self._form.get(name, "").strip()
        if not value:
            if say:
                self.problems[name] = say
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.problems[name] = NOT_A_DATE
            return None

    def key(self, name: str) -> UUID | None:
        """An id of ours, or None."""
        return as_uuid(self._form.get(name, ""))

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self._form.get(name, "").strip().lower() in {"1", "on", "yes", "true"}

    def done(self) -> None:
        """Raise Invalid with all problems, when there are any."""
        if self.problems:
            raise Invalid(self.problems)
