"""Words for people: gettext catalogues, and which language is being spoken.

A catalogue is the text that translators work on (``locales/es/LC_MESSAGES/portal.po``), read once a process.
Pages are compiled once a locale: the compiler sets the locale with :func:`speaking` and ``_`` answers
in it. On the server a screen's locale comes from its path (:func:`locale_of`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DEFAULT = "en"
CATALOGUES = Path(__file__).parent / "locales"
#: The default, and every language that has a catalogue.
LOCALES = (DEFAULT, *sorted(path.parts[-3] for path in CATALOGUES.glob("*/LC_MESSAGES/portal.po")))
#: How numbers and times are written: as people in the clinic's country write them ("7.2 %", "3:00 p.m.").
_FORMATS = {"en": "en_US", "es": "es_US"}

_locale: ContextVar[str] = ContextVar("locale", default=DEFAULT)


@lru_cache(maxsize=len(LOCALES))
def _catalogue(locale: str) -> NullTranslations:
    path = CATALOGUES / locale / "LC_MESSAGES" / "portal.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as text:
        write_mo(compiled, read_po(text, locale.replace("-", "_")))
    compiled.seek(0)
    return GNUTranslations(compiled)


def N_(text: str) -> str:
    """Mark a text for translation without translating it yet."""
    return text


def _(text: str, **values: object) -> str:
    """The text in the language being spoken, its ``{names}`` filled in."""
    translated = _catalogue(_locale.get()).gettext(text) if text else ""
    return translated.format(**values) if values else translated


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """The right plural in the language being spoken."""
    return _catalogue(_locale.get()).ngettext(one, many, n).format(n=n, **values)


def current_locale() -> str:
    """The locale being spoken, one of ``LOCALES``."""
    return _locale.get()


def format_locale() -> str:
    """The locale for numbers and times in the language being spoken, as Babel names it."""
    return _FORMATS.get(_locale.get(), _locale.get().split("-")[0])


def own_name(locale: str) -> str:
    """What a language calls itself: ``Español``."""
    return (Locale.parse(locale.split("-")[0]).get_display_name() or locale).capitalize()


def direction(locale: str) -> str:
    """``ltr`` or ``rtl``: which way a locale's lines run."""
    return Locale.parse(locale.split("-")[0]).text_direction


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Speak a locale within the block; an unknown one is the default."""
    token = _locale.set(locale if locale in LOCALES else DEFAULT)
    try:
        yield
    finally:
        _locale.reset(token)


def locale_of(path: str) -> str:
    """The locale of a page's path: ``/es/messages`` is Spanish, ``/messages`` English."""
    first = path.lstrip("/").split("/", 1)[0].split("?", 1)[0]
    return first if first in LOCALES and first != DEFAULT else DEFAULT


def localized(path: str, locale: str | None = None) -> str:
    """The path of a page in a locale (the one being spoken when none is given)."""
    wanted = locale or current_locale()
    if wanted == DEFAULT:
        return path
    return f"/{wanted}{path if path.strip('/') and not path.startswith('/?') else path[1:]}"


def respoken(path: str, locale: str) -> str:
    """A page's path (with its query) in another locale than the one it is in."""
    here = locale_of(path)
    plain = path if here == DEFAULT else path.removeprefix(f"/{here}")
    return localized(plain if plain.startswith("/") else f"/{plain}", locale)


def language_name(code: str) -> str:
    """A language by its name in the language being spoken: ``es`` is Spanish; an unknown code as it is."""
    try:
        return Locale.parse(code.split("-")[0]).get_display_name(format_locale()) or code
    except (UnknownLocaleError, ValueError):
        return code
