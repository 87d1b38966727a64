"""Which of our languages a person wrote in, so that a screen reader says it right."""

from __future__ import annotations

import re

#: Small words that make up much of any text, and are no words of the other language.
_ENGLISH = """
the and is are was you my your we it of to in for with that this have has do does can will not be at on or if
but please thank thanks i'm what when how which would there
"""
_SPANISH = """
el la los las y es son que de en un una mi su me se por para con lo le del al muy pero como más está estoy
tengo puedo usted gracias favor sí qué cuándo hay o cuando hola buenos días
"""
_SMALL = {"en": frozenset(_ENGLISH.split()), "es": frozenset(_SPANISH.split())}
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")


def written_in(text: str) -> str:
    """``en`` or ``es`` when the small words say so, else an empty text: not known."""
    words = _WORD.findall(text.lower())
    counts = {language: sum(word in small for word in words) for language, small in _SMALL.items()}
    most = max(counts, key=lambda language: counts[language])
    return most if counts[most] > sum(counts.values()) - counts[most] else ""
