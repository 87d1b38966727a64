"""Bring the catalogues up to date with the sources, and list what lacks a translation: ``make words``."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from pcc_portal.language import CATALOGUES, DEFAULT, LOCALES

PACKAGE = Path(__file__).parents[1] / "pcc_portal"
#: Without dates and names, which would change with every run.
_HEADER = (
    'msgid ""\nmsgstr ""\n"Language: {locale}\\n"\n"Plural-Forms: {plural}\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
)
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Every sentence of the sources, in the order of the files."""
    found = Catalog(project="pcc_portal")
    calls = extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for name, _line, message, _comments, context in sorted(calls, key=lambda call: (call[0], call[1])):
        found.add(message, locations=[(name, 0)], context=context)
    return found


def catalogue_path(locale: str) -> Path:
    """Where a locale's catalogue is."""
    return CATALOGUES / locale / "LC_MESSAGES" / "portal.po"


def read(locale: str) -> Catalog:
    """A locale's catalogue as it is in the house; an empty one when there is none."""
    path = catalogue_path(locale)
    if not path.exists():
        return Catalog(locale=locale, project="pcc_portal", fuzzy=False)
    with path.open("rb") as text:
        return read_po(text, locale)


def update(locale: str) -> list[str]:
    """Add what is new to a catalogue, drop what is gone; what lacks a translation."""
    catalogue = read(locale)
    catalogue.update(extracted(), no_fuzzy_matching=True)
    path = catalogue_path(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as text:
        text.write(_HEADER.format(locale=locale, plural=catalogue.plural_forms).encode())
        write_po(text, catalogue, width=100, omit_header=True, ignore_obsolete=True, include_lineno=False)
    return [str(message.id) for message in catalogue if message.id and not translated(message)]


def translated(message: Message) -> bool:
    """Whether every form of a message has words, and a person has looked at them."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms) and not message.fuzzy


def main() -> int:
    """Update every catalogue; the exit status says whether something lacks a translation."""
    lacking = {locale: update(locale) for locale in LOCALES if locale != DEFAULT}
    for locale, texts in lacking.items():
        print(f"{locale}: {len(texts)} without a translation")
        for text in texts:
            print(f"  {text}")
    return 1 if any(lacking.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
