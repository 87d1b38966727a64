"""The catalogues are whole: every sentence of the sources, in every language, with its fields and plurals."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog, Message

from pcc_portal.language import DEFAULT, LOCALES, _, ngettext, speaking
from tools import words

OTHERS = [locale for locale in LOCALES if locale != DEFAULT]
#: What reads the same in both languages: names of plans, units, marks, words both languages share.
SAME = {
    "CHIP", "EPO", "Error:", "HMO", "Medicaid", "Medicare", "Medicare Advantage", "POS", "PPO",
    "{day} {time}", "{day}, {time}", "{day}, {part}", "{n} d", "{n} h", "{n} kB", "{n} min",
}  # fmt: skip
_FIELD = re.compile(r"\{(\w*)\}")


@pytest.fixture(params=OTHERS)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    """A catalogue as it is in the house."""
    return words.read(request.param)


def _forms(message: Message) -> list[tuple[str, str]]:
    """A message's forms as pairs of source and translation."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    one, many = message.id
    return [(one if n == 0 else many, form) for n, form in enumerate(message.string)]


def _key(message: Message) -> object:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def test_nothing_is_missing_and_nothing_is_left_over(catalogue: Catalog) -> None:
    """``make words`` brings it up to date and says what lacks a translation."""
    spoken = {_key(message) for message in words.extracted() if message.id}
    known = {_key(message) for message in catalogue if message.id}
    assert spoken - known == set() and known - spoken == set()
    assert [message.id for message in catalogue if message.id and not words.translated(message)] == []
    assert list(catalogue.obsolete) == []


def test_fields_and_plurals_are_the_same(catalogue: Catalog) -> None:
    for message in catalogue:
        if not message.id:
            continue
        if not isinstance(message.id, str):
            assert len(message.string) == catalogue.num_plurals, message.id
        for source, translation in _forms(message):
            assert sorted(_FIELD.findall(source)) == sorted(_FIELD.findall(translation)), source
            assert source[:1].isspace() == translation[:1].isspace(), source
            assert source[-1:].isspace() == translation[-1:].isspace(), source


def test_nothing_is_left_in_english(catalogue: Catalog) -> None:
    left = {
        source for message in catalogue if message.id for source, said in _forms(message) if said == source
    }
    assert left == SAME


def test_the_sentences_are_spoken() -> None:
    """By the functions that the portal calls; an empty text stays empty (a header has that name)."""
    with speaking("es"):
        assert _("Care plan") == "Plan de cuidado"
        assert _("") == ""
        assert _("Step {n} of {m}", n=1, m=6) == "Paso 1 de 6"
        say = ("You have {n} new message", "You have {n} new messages")
        assert [ngettext(*say, n) for n in (1, 2)] == ["Tiene 1 mensaje nuevo", "Tiene 2 mensajes nuevos"]
    assert _("Care plan") == "Care plan"
