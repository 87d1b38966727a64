"""Elements of any shape are read, or named when they cannot be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcc_portal.integrations.fhir import elements as fhir
from pcc_portal.integrations.fhir.bundle import Batch, Refused, read
from pcc_portal.integrations.fhir.elements import Malformed
from pcc_portal.integrations.fhir.reference import Context, Target, linked, parse
from pcc_portal.integrations.fhir.resources import KINDS

ZONE = ZoneInfo("America/New_York")
SCALAR = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12)
JSON = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = (
    "status", "code", "coding", "text", "subject", "reference", "name", "given", "telecom", "period", "start",
    "category", "participant", "actor", "valueQuantity", "value", "content", "attachment", "total", "address",
    "line", "communication", "language", "identifier", "type", "class", "meta", "birthDate",
)  # fmt: skip


def of_names(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)


HOSTILE = of_names(
    st.recursive(SCALAR, lambda inner: of_names(inner) | st.lists(inner, max_size=2), max_leaves=6)
)


@given(node=HOSTILE, kind=st.sampled_from(sorted(KINDS)))
def test_no_shape_of_a_resource_is_a_surprise(node: dict[str, Any], kind: str) -> None:
    try:
        KINDS[kind].check(node)
        KINDS[kind].columns(node, ZONE)
    except Malformed as fault:
        assert fault.element.replace("[x]", "").isalpha()


@given(
    document=JSON
    | HOSTILE
    | st.fixed_dictionaries({"resourceType": st.just("Bundle"), "type": st.just("batch"), "entry": JSON})
)
def test_no_shape_of_a_document_is_a_surprise(document: Any) -> None:
    try:
        assert isinstance(read(document), Batch)
    except Refused as refused:
        assert refused.reason


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2024", datetime(2024, 1, 1, 5, tzinfo=UTC)),
        ("2024-07", datetime(2024, 7, 1, 4, tzinfo=UTC)),
        ("2024-07-15", datetime(2024, 7, 15, 4, tzinfo=UTC)),
        ("2024-07-15T10:00:00Z", datetime(2024, 7, 15, 10, tzinfo=UTC)),
        ("2024-07-15T10:00:00.123+05:30", datetime(2024, 7, 15, 4, 30, 0, 123000, tzinfo=UTC)),
        ("2024-07-15T10:00:00", datetime(2024, 7, 15, 14, tzinfo=UTC)),
    ],
)
def test_moments(value: str, moment: datetime) -> None:
    assert fhir.moment({"at": value}, "at", ZONE) == moment


@pytest.mark.parametrize("value", ["24", "2024-13", "2024-02-30", "soon", "2024-07-15T99:00:00Z", "20240715"])
def test_no_moments(value: str) -> None:
    with pytest.raises(Malformed, match="at is not a date"):
        fhir.moment({"at": value}, "at", ZONE)


def test_the_best_name_number_and_language_of_a_patient() -> None:
    node = {
        "name": [
            {"use": "old", "family": "Baxter", "given": ["Amy"]},
            {"use": "usual", "family": "Shaw", "given": ["Ames"]},
            {"use": "official", "family": "Shaw", "given": ["Amy", None, "V."]},
        ],
        "telecom": [
            {"system": "phone", "value": "1", "use": "old"},
            {"system": "phone", "value": "2", "rank": 2},
            {"system": "phone", "value": "3", "rank": 1},
        ],
        "communication": [
            {"language": {"coding": [{"code": "en"}]}},
            {"language": {"coding": [{"code": "es"}]}, "preferred": True},
        ],
        "identifier": [{"value": "x"}, {"type": {"coding": [{"code": "MR"}]}, "value": "m-1"}],
    }
    read_in = KINDS["Patient"].columns(node, ZONE)
    assert (read_in["given"], read_in["family"]) == ("Amy V.", "Shaw")
    assert (read_in["phone"], read_in["language"], read_in["mrn"]) == ("3", "es", "m-1")


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("Patient/1", Target("Patient", "1")),
        ("Patient/1/_history/2", Target("Patient", "1")),
        ("https://here.example/fhir/Patient/1", Target("Patient", "1")),
        ("https://there.example/Patient/1", Target("Patient", "https://there.example/Patient/1")),
        ("urn:uuid:9", Target("", "9")),
        ("urn:uuid:7", Target("Patient", "seven")),
        ("Patient?identifier=s|v", Target("Patient", "s|v")),
        ("Patient?name=x", Target("Patient", "?name=x")),
        ("#inside", None),
    ],
)
def test_references(reference: str, target: Target | None) -> None:
    context = Context(bases={"https://here.example/fhir"})
    context.note("urn:uuid:7", Target("Patient", "seven"))
    assert parse(reference, context) == target


def test_links_inside_a_bundle_follow_its_resources() -> None:
    context = Context()
    context.note("urn:uuid:7", Target("Patient", "seven"))
    raw = (
        b'{"a":{"reference":"urn:uuid:7"},"b":{"reference":"urn:uuid:8"},"c":"\\"reference\\":\\"urn:uuid:7"}'
    )
    assert linked(raw, context) == raw.replace(b'"reference":"urn:uuid:7"', b'"reference":"Patient/seven"')
