"""The first, simple urgency: what it hears, and what it must not lower."""

from __future__ import annotations

import pytest

from pcc_portal.domain.urgency import Urgency, assess


@pytest.mark.parametrize(
    "text",
    [
        "I have CHEST PAIN",
        "there is pressure in my chest since noon",
        "I can’t breathe when I lie down",
        "my face is drooping on one side",
        "he passed out this morning",
        "I want to die",
        "my throat is closing",
        "the bleeding won't stop",
        "I took a double dose of it. I took too many pills",
        "I am afraid to go home",
        "Tengo dolor de pecho",
        "no puedo respirar",
        "me quiero morir",
        "chest\u200b pain",
        "probably just anxiety but the chest\npain is back",
    ],
)
def test_emergent(text: str):
    found = assess(text, "insurance")
    assert found.urgency is Urgency.EMERGENT
    assert found.findings


@pytest.mark.parametrize(
    "text", ["I have a fever of 101", "my calf is swollen", "I ran out of insulin", "tengo fiebre", "I fell"]
)
def test_same_day(text: str):
    assert assess(text).urgency is Urgency.URGENT


@pytest.mark.parametrize(
    ("text", "category", "urgency"),
    [
        ("Which pill do I take in the morning?", "medications", Urgency.ROUTINE),
        ("Where do I send the new card?", "insurance", Urgency.ADMINISTRATIVE),
        ("Can you move my visit?", "appointments", Urgency.ADMINISTRATIVE),
        ("The chest of drawers came, thank you", "support", Urgency.ADMINISTRATIVE),
    ],
)
def test_calm(text: str, category: str, urgency: Urgency):
    assert assess(text, category).urgency is urgency


def test_ranks_sort_the_most_urgent_first():
    assert [urgency.rank for urgency in Urgency] == [0, 1, 2, 3]
    assert Urgency.of_rank(0) is Urgency.EMERGENT
