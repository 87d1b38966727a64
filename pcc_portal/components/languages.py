"""What must be readable before the language is known: the same words in each language, one shown."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx

from pcc_portal.language import LOCALES, speaking


def in_each_language(draw: Callable[[], rx.Component]) -> rx.Component:
    """Draw the same in each language; ``connection.js`` says which one is read (without it, all are)."""

    def spoken(locale: str) -> rx.Component:
        with speaking(locale):
            return rx.el.div(draw(), lang=locale, class_name="one-language")

    return rx.fragment(*(spoken(locale) for locale in LOCALES))
