"""What cannot be imported is named, with the reason, and leaves nothing behind."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlmodel import select

from pcc_portal.db import tables as t
from pcc_portal.domain.errors import Denied
from pcc_portal.services.record_import import import_records
from tests.factories import a_clinic, a_coordinator, fetch
from tests.services.record_world import DATA, Inbox, ana, how_many, weight


@pytest.fixture
async def inbox(store: str, tmp_path: Path) -> Inbox:
    return Inbox(await a_clinic(), tmp_path / "in")


DEEP = b'{"resourceType": "Patient", "id": "d", "x": ' + b"[" * 900 + b"]" * 900 + b"}"
NOBODYS_VISIT = {"resourceType": "Appointment", "id": "c", "status": "booked", "participant": [{}]}


class TestRefusal:
    """Named, with the reason, and nothing of the file written; the others come in."""

    @pytest.mark.parametrize(
        ("name", "data", "reason"),
        [
            ("cut.json", b'{"resourceType": "Patient",\n "id": ', "line 2"),
            ("empty.json", b"", "empty"),
            ("empty.ndjson", b"\n\n", "empty"),
            ("blank.json.gz", b"", "empty"),
            ("is.json", b"<?xml version='1.0'?><Patient xmlns='http://hl7.org/fhir'/>", "XML"),
            ("is.xml", b"<Patient xmlns='http://hl7.org/fhir'/>", "XML"),
            ("list.json", b"[1, 2]", "not an object"),
            ("number.json", b"7", "not an object"),
            ("bom16.json", "{}".encode("utf-16"), "not JSON"),
            ("nothing.json", b"{}", "resourceType"),
            ("odd.json", b'{"resourceType": 7}', "resourceType"),
            ("history.json", b'{"resourceType": "Bundle", "type": "history"}', "type"),
            ("entries.json", b'{"resourceType": "Bundle", "type": "batch", "entry": 3}', "entry"),
            ("entry.json", b'{"resourceType": "Bundle", "type": "batch", "entry": [3]}', "entry 1"),
            ("noid.json", b'{"resourceType": "Patient"}', "id is missing"),
            ("badid.json", b'{"resourceType": "Patient", "id": "a b\\u001b[31m"}', "id is not"),
            ("deep.json", DEEP, "deep"),
            ("deeper.json", b"[" * 90000, "not JSON"),
            ("line.ndjson", b'{"resourceType": "Patient", "id": "a"}\n{oops', "line 2"),
        ],
    )  # fmt: skip
    async def test_a_bad_file(self, inbox: Inbox, name: str, data: bytes, reason: str) -> None:
        inbox.put("good.json", ana())
        inbox.write(name, data)
        report = await inbox.take()
        (refusal,) = report.refusals
        assert name in refusal.file
        assert reason in f"{refusal.resource} {refusal.reason}"
        assert report.imported == 1
        assert await how_many(t.Patient) == 1

    async def test_a_gzip_cut_short(self, inbox: Inbox) -> None:
        whole = gzip.compress(orjson.dumps(ana()) + b" " * 9000)
        (inbox.folder / "cut.json.gz").write_bytes(whole[:-12])
        (inbox.folder / "cut.ndjson.gz").write_bytes(whole[:-12])
        (inbox.folder / "junk.json.gz").write_bytes(b"\x1f\x8b" + b"junk" * 9)
        report = await inbox.take()
        assert ["gzip" in refusal.reason for refusal in report.refusals] == [True] * 3
        assert await how_many(t.Patient) == 0

    async def test_a_document_in_another_format_is_said(self, inbox: Inbox) -> None:
        report = await inbox.take(DATA / "CCD_2.xml")
        assert "XML" in report.refusals[0].reason
        inbox.write("notes.txt", b"hello")
        assert [Path(name).name for name in (await inbox.take()).left_out] == ["notes.txt"]

    async def test_a_file_that_is_not_there(self, inbox: Inbox) -> None:
        report = await inbox.take(inbox.folder / "none.json")
        assert "no such file" in report.refusals[0].reason

    @pytest.mark.parametrize(
        ("resource", "reason"),
        [
            (weight(code=None), "code is missing"),
            (weight(status=""), "status is missing"),
            (weight(code="a word"), "code is not an object"),
            (weight(code={"coding": {"code": "x"}}), "coding is not a list"),
            (weight(code={"coding": ["x"]}), "coding holds"),
            (weight(valueQuantity={"value": "70"}), "value is not a number"),
            (weight(effectiveDateTime="yesterday"), "effectiveDateTime is not a date"),
            (weight(effectiveDateTime=20240301), "effectiveDateTime is not a string"),
            (weight(subject=None), "subject names no patient"),
            (weight(subject=["x"]), "subject is not an object"),
            (weight(subject={"reference": 3}), "reference is not a string"),
            (weight(patient="Patient/somebody-else"), "patient"),
            ({"resourceType": "Condition", "id": "c"}, "subject is missing"),
            ({"resourceType": "CarePlan", "id": "c", "status": "active"}, "intent is missing"),
            (NOBODYS_VISIT, "no patient"),
            ({"resourceType": "Encounter", "id": "c", "status": "finished"}, "class is missing"),
        ],
    )  # fmt: skip
    async def test_a_bad_resource(self, inbox: Inbox, resource: dict[str, Any], reason: str) -> None:
        inbox.put("bad.json", ana(name=[{"family": "Secretname"}]), resource)
        inbox.put("good.json", {"resourceType": "Organization", "id": "o"})
        report = await inbox.take()
        (refusal,) = report.refusals
        assert refusal.resource == f"{resource['resourceType']}/{resource['id']}"
        assert reason in refusal.reason
        assert "Secretname" not in str(report.as_json())
        assert report.counts.refused["Patient"] == 1
        assert (await how_many(t.Patient), await how_many(t.Organization)) == (0, 1)
        assert not await fetch(select(t.AuditEvent).where(t.AuditEvent.entity_type == "Bundle"))

    async def test_the_same_id_twice(self, inbox: Inbox) -> None:
        report = await inbox.take(inbox.put("1.json", ana(), ana(gender="female")))
        assert (report.refusals[0].resource, report.refusals[0].reason) == ("Patient/ana", "is there twice")

    async def test_what_is_about_no_patient_is_counted(self, inbox: Inbox) -> None:
        report = await inbox.take(inbox.put("1.json", ana(), weight(patient="Group/g")))
        assert report.counts.not_understood["Observation of a Group"] == 1

    async def test_who_may_not_import(self, inbox: Inbox) -> None:
        with pytest.raises(Denied):
            await import_records((await a_coordinator(inbox.clinic)).actor, ())


async def test_a_link_out_of_the_folder_is_left_out(inbox: Inbox, tmp_path: Path) -> None:
    """A folder that was sent to us cannot bring in a file of ours, of another clinic's say."""
    inbox.put("good.json", ana())
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_bytes(orjson.dumps(ana(id="other")))
    (inbox.folder / "linked.json").symlink_to(elsewhere)
    (inbox.folder / "again.json").symlink_to(inbox.folder / "good.json")
    await inbox.take()
    assert [row.source_id for row in await fetch(select(t.Patient))] == ["ana"]
