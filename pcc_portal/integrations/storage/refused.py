"""Why a file is not taken."""

from __future__ import annotations


class Refused(Exception):
    """A file that cannot be made safe; ``say`` is a sentence for its sender (untranslated)."""

    def __init__(self, say: str) -> None:
        super().__init__()
        self.say = say
