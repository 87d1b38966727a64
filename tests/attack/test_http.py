"""Every route and every form, by everybody who must not, from everywhere it must not come from."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest

from pcc_portal.web.forms import ACTIONS
from tests.attack.conftest import Target, a_fresh_session
from tests.attack.handlers import walk
from tests.attack.test_socket import foreign
from tests.attack.world import ANA, ANA_NAME, PASSWORD

pytestmark = pytest.mark.attack

OTHERS = ("", "bo", "unscoped", "revoked", "stranger", "admin")
#: Each route and what this file does to it; a route that is not here fails the suite.
ATTACKED = {
    "/session/start", "/session/end", "/session/act-as", "/session/language", "/do/{action}", "/draft/{slot}",
    "/draft/{slot}/files/{field}",
    "/files/{file_id}", "/calendar/{appointment_id}", "/health",
}  # fmt: skip


UNSAFE = (
    "/session/start",
    "/session/end",
    "/session/act-as",
    "/session/language",
    "/do/send-message",
    "/draft/new",
    "/draft/new/files/files",
    "/ping",
)


@contextlib.asynccontextmanager
async def browser(target: Target, who: str = "", **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client that sends what a page of ours would."""
    cookies = {"sid": target.cookies[who]} if who else {}
    usual = {"Origin": target.base, "Accept": "application/json", "Connection": "close"}
    async with httpx.AsyncClient(base_url=target.base, cookies=cookies, headers=usual | headers) as http:
        yield http


def test_every_route_is_attacked_here() -> None:
    """A new route without an access test fails here."""
    assert {path for path, _methods in walk()["routes"] if path} == ATTACKED


def test_every_form_asks_for_a_permission() -> None:
    """No form is open to whoever is signed in."""
    assert ACTIONS and all(action.permission for action in ACTIONS.values())


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("action", sorted(ACTIONS))
async def test_no_form_is_taken_from_others(target: Target, who: str, action: str) -> None:
    """Filled in well, aimed at what is Ana's: not taken, nothing changed, and the refusal on record."""
    before, noted, ids = target.everything(), len(target.refusals()), target.ids["ana"]
    form = {
        "patient": ids["patient"], "thread": ids["thread"], "appointment": ids["appointment"],
        "coverage": ids["coverage"], "task": ids["task"], "offer": str(uuid4()),
        "about": f"goal:{ids['goal']}",
        "submission": str(uuid4()), "category": "general", "subject": "x", "body": "intruder",
        "care_type": "follow-up", "reason": "other", "detail": "intruder", "modality": "phone",
        "payer_name": "intruder", "member_id": "X1", "relationship": "self", "verification": "confirmed",
        "result": "confirmed", "order": "1", "note": "intruder",
    }  # fmt: skip
    async with browser(target, who) as http:
        answer = await http.post(f"/do/{action}", data=form)
    assert answer.status_code in (401, 403, 404, 422), (answer.status_code, answer.text)
    assert ANA not in answer.text and ANA_NAME not in answer.text
    assert target.everything() == before
    if answer.status_code != 422:
        assert len(target.refusals()) > noted


@pytest.mark.parametrize("who", [who for who in OTHERS if who != "unscoped"])
async def test_a_draft_is_its_writers(target: Target, who: str) -> None:
    """Neither read nor written nor wiped, under any name of the patient."""
    before, patient = target.everything(), target.ids["ana"]["patient"]
    async with browser(target, who) as http:
        read = await http.get("/draft/new", params={"patient": patient})
        written = await http.post("/draft/new", data={"patient": patient, "body": "intruder"})
        nobody = await http.get("/draft/new", params={"patient": str(uuid4())})
    assert (read.status_code, read.text) == (nobody.status_code, nobody.text)
    assert read.status_code in (401, 403, 404) and written.status_code == read.status_code
    assert ANA not in read.text and target.everything() == before


async def test_a_draft_of_ones_own_comes_back(target: Target) -> None:
    """The positive of the above; and a trusted person sees no draft of the patient's."""
    patient = target.ids["ana"]["patient"]
    async with browser(target, "ana") as ana, browser(target, "helper") as helper:
        assert (await ana.get("/draft/new", params={"patient": patient})).json() == {
            "fields": {"body": ANA}, "files": {}
        }  # fmt: skip
        assert (await helper.get("/draft/new", params={"patient": patient})).json() == {
            "fields": None, "files": {}
        }  # fmt: skip
        for slot in ("A", "x" * 81, "a.b", "a%2F..%2Fb"):
            assert (await ana.get(f"/draft/{slot}", params={"patient": patient})).status_code == 404
        many = {f"f{n}": "x" for n in range(61)} | {"patient": patient}
        assert (await ana.post("/draft/new", data=many)).status_code in (400, 422)
        assert (
            await ana.post("/draft/new", data={"patient": patient, "body": "x" * 20_001})
        ).status_code == 422


@pytest.mark.parametrize("who", OTHERS)
async def test_a_file_is_opened_by_none_of_them(target: Target, who: str) -> None:
    """The answer is the one for a file that does not exist, to the letter."""
    async with browser(target, who) as http:
        hers = await http.get(f"/files/{target.ids['ana']['file']}")
        inline = await http.get(f"/files/{target.ids['ana']['file']}?inline=1")
        none = await http.get(f"/files/{uuid4()}")
    assert (hers.status_code, hers.text) == (none.status_code, none.text) == (inline.status_code, inline.text)
    assert hers.status_code == (404 if who else 401) and ANA not in hers.text


@pytest.mark.parametrize("who", OTHERS)
async def test_a_visit_goes_into_no_other_calendar(target: Target, who: str) -> None:
    """A booked visit answers them like one that does not exist, to the letter."""
    async with browser(target, who) as http:
        hers = await http.get(f"/calendar/{target.ids['ana']['visit']}")
        none = await http.get(f"/calendar/{uuid4()}")
    assert (hers.status_code, hers.text) == (none.status_code, none.text)
    assert hers.status_code == (404 if who else 401)
    async with browser(target, "ana") as http:
        own = await http.get(f"/calendar/{target.ids['ana']['visit']}")
    assert own.status_code == 200 and own.headers["content-type"].startswith("text/calendar")
    assert "no-store" in own.headers["cache-control"] and ANA not in own.text


async def test_a_file_opens_for_its_own_and_closes_at_sign_out(target: Target) -> None:
    """Attachment, nosniff, sandbox, never kept; each opening on record; after sign-out gone."""
    address = f"/files/{target.ids['ana']['file']}"
    count = "SELECT count(*) FROM audit_event WHERE entity_type = 'download' AND outcome = 'ok'"
    for who in ("ana", "helper", "coordinator"):
        before = target.rows(count)[0][0]
        async with browser(target, who) as http:
            answer = await http.get(f"{address}?inline=1")
        assert answer.status_code == 200 and ANA in answer.text, who
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert "no-store" in answer.headers["cache-control"]
        assert target.rows(count)[0][0] == before + 1
    cookie = a_fresh_session(target, "ana")
    async with browser(target, Cookie=f"sid={cookie}") as http:
        assert (await http.get(address)).status_code == 200
        await http.post("/session/end")
        assert (await http.get(address)).status_code == 401
        page = await http.get(address, headers={"Accept": "text/html"})
        assert page.status_code == 303 and page.headers["location"].startswith("/sign-in")


async def test_a_stored_file_is_unreadable_on_disk(target: Target) -> None:
    """Nothing of its content or name lies on the disk or in the database beside its row."""
    for path in (target.data / "files").rglob("*"):
        if path.is_file():
            assert ANA.encode() not in path.read_bytes() and ANA not in path.name
            assert path.stat().st_mode & 0o077 == 0


async def test_unsafe_methods_need_our_origin(target: Target) -> None:
    """Foreign, null, missing, sibling: nothing that changes anything is taken, live session or not."""
    before = target.everything()
    for reason, origin in foreign(target.base).items():
        async with browser(target, "ana") as http:
            if origin == "absent":
                http.headers.pop("Origin")
            else:
                http.headers["Origin"] = origin
            for path in UNSAFE:
                for method in ("POST", "PUT", "PATCH", "DELETE"):
                    assert (await http.request(method, path)).status_code == 403, (reason, method, path)
    async with browser(target, "ana", **{"Sec-Fetch-Site": "same-site"}) as http:
        assert (await http.post("/session/end")).status_code == 403
    assert target.everything() == before


async def test_no_upload_route_of_reflex_answers(target: Target) -> None:
    """Neither takes files under a foreign tab's name nor serves any."""
    async with browser(target, "ana") as http:
        for path in ("/_upload", "/_upload/", "/_upload/x.html", "/_upload/../master.key"):
            for method in ("GET", "POST", "PUT", "HEAD", "OPTIONS"):
                assert (await http.request(method, path)).status_code == 404
        files = {"files": ("x.html", b"<script>alert(1)</script>", "text/html")}
        headers = {"reflex-client-token": str(uuid4()), "reflex-event-handler": "x.y"}
        assert (await http.post("/_upload", files=files, headers=headers)).status_code == 404


async def test_too_much_is_refused_before_it_is_read(target: Target) -> None:
    """By what it says of its length, and by what it really is when it says nothing."""
    kind = {"Content-Type": "multipart/form-data; boundary=x"}

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 1024 * 1024

    async with browser(target, "ana") as http:
        for content in (b"x" * 11 * 1024 * 1024, endless()):
            with contextlib.suppress(httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError):
                answer = await http.post("/do/send-message", content=content, headers=kind)
                assert answer.status_code in (400, 413)
        assert (await http.get("/health")).status_code == 200


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/%2F/evil.example",
     "/\t/evil.example", "javascript:alert(1)", "/../..//evil.example", "/session/end", "/files/x",
     "/_event"],
)  # fmt: skip
async def test_sign_in_leads_nowhere_else(target: Target, wanted: str) -> None:
    """``next`` is a page of ours or it is not followed."""
    async with browser(target, Accept="text/html") as http:
        form = {"email": target.email, "password": PASSWORD, "next": wanted}
        answer = await http.post("/session/start", data=form)
    assert answer.status_code == 303 and answer.headers["location"] == "/"


async def test_staff_land_at_their_desk(target: Target) -> None:
    """Without a page to go back to, each role begins where its day begins."""
    target.change(
        "UPDATE portal_user SET password_hash = (SELECT password_hash FROM portal_user WHERE email = ?)",
        target.email,
    )
    email = target.rows("SELECT email FROM portal_user WHERE role = 'coordinator'")[0][0]
    async with browser(target, Accept="text/html") as http:
        answer = await http.post("/session/start", data={"email": email, "password": PASSWORD, "next": ""})
    assert answer.headers["location"] == "/inbox"


async def test_signing_in_makes_a_new_session_and_ends_the_old(target: Target) -> None:
    """A cookie planted beforehand is worth nothing; the flags are as they must be."""
    old = a_fresh_session(target, "ana")
    async with browser(target, Accept="text/html", Cookie=f"sid={old}") as http:
        form = {"email": target.email.upper(), "password": PASSWORD, "next": "/messages?thread=1"}
        answer = await http.post("/session/start", data=form)
    assert answer.status_code == 303 and answer.headers["location"] == "/messages?thread=1"
    given = answer.headers["set-cookie"]
    assert "HttpOnly" in given and "SameSite=lax" in given and "Path=/" in given and "Domain" not in given
    fresh = given.split("=", 1)[1].split(";", 1)[0]
    assert fresh != old and len(fresh) >= 43
    async with browser(target, Cookie=f"sid={old}") as http:
        assert (await http.get(f"/files/{target.ids['ana']['file']}")).status_code == 401
    planted = "planted-by-somebody"
    async with browser(target, Accept="text/html", Cookie=f"sid={planted}") as http:
        await http.post("/session/start", data={"email": target.email, "password": PASSWORD})
        http.headers["Cookie"] = f"sid={planted}"
        answer = await http.get(f"/files/{target.ids['ana']['file']}", headers={"Accept": "application/json"})
        assert answer.status_code == 401


async def test_a_helper_cannot_act_for_who_granted_nothing(target: Target) -> None:
    """The switch goes to patients who granted something, and to nobody else."""
    for who in ("bo", "revoked", "stranger", "coordinator", "admin", ""):
        before = target.everything()
        async with browser(target, who) as http:
            answer = await http.post("/session/act-as", data={"patient": target.ids["ana"]["patient"]})
        assert answer.status_code == (404 if who else 401)
        assert target.everything() == before


async def test_every_answer_carries_the_headers(target: Target) -> None:
    """Whatever the status, whoever answers."""
    async with browser(target, "ana") as http:
        for path in ("/health", "/ping", "/_health", "/files/x", "/_upload/x", "/nowhere", "/_event/"):
            headers = (await http.get(path)).headers
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy and "*" not in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] and headers["permissions-policy"]
            assert headers["cross-origin-opener-policy"] == "same-origin"
            assert headers.get("access-control-allow-origin") in (None, target.base)
        foreign_answer = await http.get("/ping", headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in foreign_answer.headers
        assert (await http.get("/health")).json() == {"ok": True}


@pytest.mark.parametrize("referer", ["http://[", "http://[::1", "//[x", "http://a:b:c/"])
async def test_a_referer_that_is_no_address_names_no_page(target: Target, referer: str) -> None:
    """It is answered like none at all."""
    async with browser(target, Referer=referer) as http:
        for path in ("/draft/new", f"/files/{uuid4()}", f"/calendar/{uuid4()}"):
            assert (await http.get(path)).status_code == 401
        assert (await http.post("/session/language", data={"language": "en"})).status_code == 200


@pytest.mark.parametrize("charset", ["punycode", "undefined", "utf-7", "utf-8; charset=idna"])
async def test_a_form_in_another_charset_is_not_read(target: Target, charset: str) -> None:
    """Some take time by the square of a field, and one fails with whatever it is given."""
    part = '--x\r\nContent-Disposition: form-data; name="language"\r\n\r\nes\r\n--x--\r\n'
    kind = {"Content-Type": f"multipart/form-data; boundary=x; charset={charset}"}
    async with browser(target) as http:
        for path in ("/session/language", "/session/start"):
            assert (await http.post(path, content=part, headers=kind)).status_code == 415
