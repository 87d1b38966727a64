"""Every form, filled in by who may: taken once, by its own service, and only from the roles it is for."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from pcc_portal.web.forms import ACTIONS
from tests.attack.conftest import Target
from tests.attack.test_http import browser

pytestmark = pytest.mark.attack

PATIENTS = {
    "request-appointment", "accept-offer", "decline-offers", "cancel-appointment", "submit-coverage",
}  # fmt: skip
STAFF = {"add-note", "offer-times", "verify-coverage"}
BOTH = {"send-message"}
ASKED = {
    "care_type": "nurse", "reason": "other", "detail": "Knee", "modality": "phone", "window1_part": "morning",
    "window1_on": (date.today() + timedelta(days=9)).isoformat(), "callback_phone": "617 555 0100",
    "callback_time": "8-12",
}  # fmt: skip
OFFERED = {"start1": "2030-05-01T10:00", "minutes": "30", "place": "Room 4", "with_whom": "Dr. Osei"}
CARD = {"plan_type": "ppo", "relationship": "self", "payer_name": "Bluewater", "member_id": "B1"}


def a_picture(size: tuple[int, int]) -> bytes:
    """A picture of a size."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, "PNG")
    return buffer.getvalue()


async def sent(http: httpx.AsyncClient, action: str, files: Any = None, **form: str) -> httpx.Response:
    """Post a form; it must be taken."""
    answer = await http.post(f"/do/{action}", data={"submission": str(uuid4()), **form}, files=files)
    assert answer.status_code == 200, (action, answer.status_code, answer.text)
    assert answer.json()["ok"] is True
    return answer


def no_file(**form: str) -> dict[str, Any]:
    """A form whose file was left out, as browsers send it: a part with an empty name and nothing in it."""
    part = '--x\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
    body = "".join(part.format(name, "", value) for name, value in form.items())
    body += part.format("front", '; filename=""\r\nContent-Type: application/octet-stream', "") + "--x--\r\n"
    return {"content": body.encode(), "headers": {"Content-Type": "multipart/form-data; boundary=x"}}


def newest(target: Target, table: str) -> str:
    """The id of the last row of a table."""
    return str(
        UUID(target.rows(f"SELECT id FROM {table} ORDER BY created_at DESC, rowid DESC LIMIT 1")[0][0])
    )


def one(target: Target, column: str, table: str, key: str) -> Any:
    """A value of one row."""
    return target.rows(f"SELECT {column} FROM {table} WHERE id = ?", UUID(key).hex)[0][0]


def test_each_form_is_for_somebody() -> None:
    """A new form must be put on one of the lists of this file."""
    assert set(ACTIONS) == PATIENTS | STAFF | BOTH


@pytest.mark.parametrize("action", sorted(ACTIONS))
async def test_a_role_is_told_before_its_form_is_read(target: Target, action: str) -> None:
    """Who may never: 403 and on record, with a body that nothing could read; who may: that body's fault."""
    body = {"content": b"not a form", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}
    for who, roles in (("ana", PATIENTS | BOTH), ("helper", PATIENTS | BOTH), ("coordinator", STAFF | BOTH),
                       ("admin", set())):  # fmt: skip
        noted = len(target.refusals())
        async with browser(target, who) as http:
            answer = await http.post(f"/do/{action}", **body)  # type: ignore[arg-type]
        if action in roles:
            assert answer.status_code in (400, 404, 409, 422), (who, action, answer.status_code)
        else:
            assert answer.status_code == 403, (who, action)
            assert target.refusals()[noted:] == [f"form {action}"]


async def test_a_form_nobody_knows_is_not_there(target: Target) -> None:
    async with browser(target, "ana") as http:
        assert (await http.post("/do/drop-tables", data={"a": "b"})).status_code == 404


async def test_a_visit_from_asking_to_cancelling(target: Target) -> None:
    """Each step by its own form, each twice with one key: once."""
    patient = target.ids["ana"]["patient"]
    async with browser(target, "ana") as ana, browser(target, "coordinator") as cora:
        key = str(uuid4())
        for _ in range(2):
            answer = await sent(ana, "request-appointment", patient=patient, submission=key, **ASKED)
        visit = newest(target, "appointment")
        assert answer.json()["next"] == f"/appointments?sent={visit}"
        assert target.rows("SELECT count(*) FROM appointment WHERE detail = 'Knee'") == [(1,)]
        for end in ("decline", "accept"):
            key = str(uuid4())
            for _ in range(2):
                await sent(cora, "offer-times", appointment=visit, submission=key, how="offer", **OFFERED)
            assert one(target, "status", "appointment", visit) == "pending"
            if end == "decline":
                key = str(uuid4())
                for _ in range(2):
                    await sent(ana, "decline-offers", appointment=visit, why="x" * 600, submission=key)
                assert one(target, "detail", "appointment", visit) == "Knee\n\n" + "x" * 500
        offers = target.rows(
            "SELECT count(*) FROM appointment_offer WHERE appointment_id = ?", UUID(visit).hex
        )
        assert offers == [(2,)]
        key = str(uuid4())
        offer = newest(target, "appointment_offer")
        for _ in range(2):
            await sent(ana, "accept-offer", offer=offer, submission=key)
        assert one(target, "status", "appointment", visit) == "booked"
        kept = "SELECT count(*) FROM submission"
        before = target.rows(kept)
        key = str(uuid4())
        for _ in range(2):
            await sent(ana, "cancel-appointment", appointment=visit, reason="cost", submission=key)
        assert one(target, "status", "appointment", visit) == "cancelled"
        assert target.rows(kept) == [(before[0][0] + 1,)]
        late = await cora.post("/do/offer-times", data={"appointment": visit, "how": "book", **OFFERED})
        assert late.status_code == 409


async def test_a_key_given_with_accepting_and_declining_counts(target: Target) -> None:
    """A late repeat of an answer is the answer given then, and not a new one to what is there now."""
    patient = target.ids["ana"]["patient"]
    async with browser(target, "ana") as ana, browser(target, "coordinator") as cora:
        await sent(ana, "request-appointment", patient=patient, **ASKED)
        visit, key = newest(target, "appointment"), str(uuid4())
        await sent(cora, "offer-times", appointment=visit, how="offer", **OFFERED)
        await sent(ana, "decline-offers", appointment=visit, why="Too early", submission=key)
        await sent(cora, "offer-times", appointment=visit, how="offer", **OFFERED)
        await sent(ana, "decline-offers", appointment=visit, why="Too early", submission=key)
        assert one(target, "status", "appointment", visit) == "pending"
        offer, key = newest(target, "appointment_offer"), str(uuid4())
        await sent(ana, "accept-offer", offer=offer, submission=key)
        await sent(ana, "cancel-appointment", appointment=visit, reason="cost")
        await sent(ana, "accept-offer", offer=offer, submission=key)
        assert one(target, "status", "appointment", visit) == "cancelled"


async def test_a_card_with_both_its_sides(target: Target) -> None:
    """Two pictures, each on its side; the problem of a file names its field; the check answers it."""
    patient = target.ids["ana"]["patient"]
    async with browser(target, "ana") as ana, browser(target, "coordinator") as cora:
        files = [("front", ("f.png", a_picture((30, 20)))), ("back", ("b.png", a_picture((50, 40))))]
        answer = await sent(ana, "submit-coverage", files, patient=patient, **CARD)
        card = newest(target, "coverage")
        assert answer.json()["next"] == f"/insurance?sent={card}"
        names = [
            one(target, "name", "stored_file", str(UUID(one(target, f"{side}_file_id", "coverage", card))))
            for side in ("front", "back")
        ]
        assert names == ["f.png", "b.png"]
        for field in ("front", "back"):
            wrong = [(field, ("x.png", b"MZ\x90\x00"))]
            refused = await ana.post("/do/submit-coverage", data={"patient": patient, **CARD}, files=wrong)
            assert refused.status_code == 422 and set(refused.json()["problems"]) == {field}
        again = await ana.post("/do/submit-coverage", **no_file(patient=patient, coverage=card, **CARD))
        assert again.status_code == 200 and UUID(one(target, "front_file_id", "coverage", card))
        await sent(cora, "verify-coverage", coverage=card, verdict="confirmed")
        assert one(target, "verification", "coverage", card) == "confirmed"


async def test_words_and_notes(target: Target) -> None:
    """A new conversation leads to itself, a reply and staff stay; of a name said twice the first counts."""
    patient, task = target.ids["ana"]["patient"], target.ids["ana"]["task"]
    first = {"patient": patient, "category": "general", "subject": "Two", "body": "one"}
    async with browser(target, "ana") as ana, browser(target, "coordinator") as cora:
        answer = await sent(ana, "send-message", **first)
        thread = newest(target, "communication_thread")
        assert answer.json()["next"] == f"/messages?thread={thread}&sent=1"
        reply = await ana.post(
            "/do/send-message",
            content=f"thread={thread}&body=said&body=unsaid",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        assert reply.status_code == 200 and reply.json()["next"] is None
        assert one(target, "body", "communication", newest(target, "communication")) == "said"
        assert (await sent(cora, "send-message", **first)).json()["next"] is None
        await sent(cora, "add-note", task=task, body="call back")
        assert one(target, "body", "note", newest(target, "note")) == "call back"


async def test_without_a_script_a_form_leads_on(target: Target) -> None:
    """To the page that the form names, else back to the page it was sent from."""
    patient = target.ids["ana"]["patient"]
    first = {"patient": patient, "category": "general", "subject": "Plain", "body": "one"}
    page = {"Accept": "text/html", "Referer": f"{target.base}/messages/new?about=x"}
    async with browser(target, "ana", **page) as http:
        answer = await http.post("/do/send-message", data=first)
        thread = newest(target, "communication_thread")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/messages?thread={thread}&sent=1")
        answer = await http.post("/do/send-message", data={"thread": thread, "body": "more"})
        assert answer.headers["location"] == "/messages/new?about=x"
        http.headers["Referer"] = "https://evil.example/x"
        answer = await http.post("/do/send-message", data={"thread": thread, "body": "more"})
        assert answer.headers["location"] == "/"


async def test_a_draft_goes_when_its_form_is_taken(target: Target) -> None:
    """And stays when it is not; it keeps the words and their key, not what names the form, nor a file."""
    patient = target.ids["ana"]["patient"]
    form = {"patient": patient, "category": "general", "subject": "Draft", "body": "typed"}
    hidden = {"locale": "en", "submission": str(uuid4()), "draft": "message-new"}
    async with browser(target, "ana") as http:

        async def kept() -> Any:
            return (await http.get("/draft/message-new", params={"patient": patient})).json()["fields"]

        files = {"files": ("a.txt", b"file")}
        await http.post("/draft/message-new", data={**form, **hidden, "empty": ""}, files=files)
        typed = {"category": "general", "subject": "Draft", "body": "typed"}
        assert await kept() == typed | {"submission": hidden["submission"]}
        refused = await http.post("/do/send-message", data={**form, **hidden, "subject": ""})
        assert refused.status_code == 422 and await kept()
        await sent(http, "send-message", **{**form, **hidden})
        assert await kept() is None
        for nobody in ("", "x", str(uuid4())):
            answer = await http.get("/draft/message-new", params={"patient": nobody})
            assert answer.status_code == 404
