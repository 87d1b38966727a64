"""What somebody types who means harm: each must be shown as the text it is, wherever it is shown."""

from __future__ import annotations

import io
import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from PIL import Image

from pcc_portal.sample_people import PASSWORD
from tests.servers import Portal

#: Whatever runs sets this; the word is also looked for in scripts and in the server's log.
RUN = "window.pwned7=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"</textarea></title></style><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg/onload={RUN}>",
    f'"\'><b onmouseover="{RUN}" autofocus onfocus="{RUN}">b',
    f'<iframe srcdoc="<script>parent.{RUN[7:]}</script>"></iframe>',
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"[link](javascript:{RUN}) ![p](x) **b** <https://e.example>",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {constructor} {by} %s %(name)s",
    "\u202etxt.exe\u2066 a\u200bb\u200dc\ufeff \u0645\u0631\u062d\u0628\u0627",
    '<base href="//e.example/"><form action="//e.example"><meta http-equiv=refresh content="0;url=//x.y">',
    "Z\u0351\u036b\u0343\u036a" * 12 + " \U0001f469\u200d\U0001f469\u200d\U0001f467",
    "W" * 10_000,
)  # fmt: skip
EVERYTHING = "\n".join(PAYLOADS)


def fit(payload: str, longest: int) -> str:
    """As much of it as a field takes."""
    return payload[:longest].strip()


@dataclass
class Sender:
    """Somebody signed in over plain HTTP."""

    portal: Portal
    email: str

    def __post_init__(self) -> None:
        headers = {"Origin": self.portal.origin, "Accept": "application/json"}
        self.http = httpx.Client(base_url=self.portal.origin, headers=headers, timeout=30)
        answer = self.http.post("/session/start", data={"email": self.email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        # The sample's cookie is set for one host; say it again, whatever the client thinks of that.
        self.http.headers["Cookie"] = answer.headers["set-cookie"].split(";", 1)[0]

    def send(self, action: str, files: Any = None, **form: str) -> dict[str, Any]:
        """Send one form as a page would; it must be taken."""
        form = {"submission": str(uuid4()), **form}
        answer = self.http.post(f"/do/{action}", data=form, files=files)
        assert answer.status_code == 200, (action, answer.status_code, answer.text)
        found: dict[str, Any] = answer.json()
        return found


def a_record(portal: Portal, email: str) -> UUID:
    """Import a record whose every name and text is a payload, and let its patient sign in."""
    folder = portal.data_dir / "hostile"
    folder.mkdir()
    (folder / "x.json").write_text(json.dumps(_bundle()))
    portal.run("-m", "pcc_portal.cli", "import-fhir", str(folder))
    ((key, hashed),) = rows(
        portal,
        "SELECT p.id, u.password_hash FROM patient p, portal_user u WHERE p.source_id='mallory'"
        " AND u.email='luis@example.org'",
    )
    columns = {
        "id": uuid4().hex, "created_at": "2026-01-01 00:00:00.000000", "email": email,
        "name": fit(PAYLOADS[2], 200), "role": "patient", "password_hash": hashed, "locale": "en",
        "active": 1, "patient_id": key,
    }  # fmt: skip
    clinic = "(SELECT clinic_id FROM patient WHERE source_id='mallory')"
    statement = (
        f"INSERT INTO portal_user ({', '.join(columns)}, clinic_id)"
        f" VALUES ({', '.join('?' * len(columns))}, {clinic})"
    )
    with sqlite3.connect(portal.data_dir / "portal.db") as connection:
        connection.execute(statement, tuple(columns.values()))
    return UUID(key)


def rows(portal: Portal, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the database says, whoever asks."""
    with sqlite3.connect(portal.data_dir / "portal.db") as connection:
        return connection.execute(statement, values).fetchall()


def _bundle() -> dict[str, Any]:
    subject = {"subject": {"reference": "Patient/mallory"}}
    patient = {
        "resourceType": "Patient", "id": "mallory", "gender": "female", "birthDate": "1960-01-02",
        "name": [{"given": [PAYLOADS[0]], "family": PAYLOADS[2]}],
        "telecom": [{"system": "phone", "value": PAYLOADS[6]}],
    }  # fmt: skip
    resources: list[dict[str, Any]] = [patient]
    active = {"clinicalStatus": {"coding": [{"code": "active"}]}}
    for n, text in enumerate(PAYLOADS):
        say = {"text": text, "coding": [{"system": "http://x.example", "code": f"c{n}", "display": text}]}
        resources += [
            {"resourceType": "Condition", "id": f"c{n}", "code": say, **active, **subject},
            {"resourceType": "Goal", "id": f"g{n}", "lifecycleStatus": "active", "description": say,
             **subject},
            {"resourceType": "MedicationRequest", "id": f"m{n}", "status": "active", "intent": "order",
             "medicationCodeableConcept": say, "dosageInstruction": [{"text": text}], **subject},
            {"resourceType": "AllergyIntolerance", "id": f"a{n}", "code": say, **active,
             "reaction": [{"manifestation": [say]}], "patient": subject["subject"]},
            {"resourceType": "CarePlan", "id": f"p{n}", "status": "active", "intent": "plan", "title": text,
             "category": [say], "activity": [{"detail": {"status": "scheduled", "code": say}}], **subject},
        ]  # fmt: skip
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in resources]}


def a_photo() -> bytes:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 25), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def fill(patient: Sender, staff: Sender, key: UUID) -> None:
    """Every field that somebody writes, with every payload that goes in; by the patient and by staff."""
    whom = {"patient": str(key)}
    for payload in PAYLOADS:
        _write(patient, staff, whom, payload)
        _ask(patient, staff, whom, payload)
        _insure(patient, staff, whom, payload)
    for slot, name in (
        ("message-new", "body"),
        ("appointment-request", "detail"),
        ("coverage", "payer_name"),
    ):
        draft = {**whom, name: EVERYTHING[:15_000], "subject": PAYLOADS[1]}
        assert patient.http.post(f"/draft/{slot}", data=draft).status_code == 200


def _write(patient: Sender, staff: Sender, whom: dict[str, str], payload: str) -> None:
    files = [("files", (fit(payload, 200).replace("\n", " ") + ".txt", payload.encode(), "text/html"))]
    sent = patient.send(
        "send-message", files, **whom, category="general", subject=fit(payload, 120), body=fit(payload, 8000)
    )
    thread = sent["next"].partition("thread=")[2].partition("&")[0]
    patient.send("send-message", **whom, thread=thread, body=fit(EVERYTHING, 8000))
    staff.send("send-message", **whom, thread=thread, body=fit(payload, 8000))


def _ask(patient: Sender, staff: Sender, whom: dict[str, str], payload: str) -> None:
    day = date.today() + timedelta(days=9)
    patient.send(
        "request-appointment", **whom, care_type="nurse", reason="other", detail=fit(payload, 1000),
        modality="phone", window1_on=day.isoformat(), window1_part="morning", callback_phone="617 555 0100",
        callback_time="8-12", need_interpreter="on", interpreter_language=fit(payload, 60),
    )  # fmt: skip
    newest = "SELECT id FROM appointment WHERE patient_id=? ORDER BY created_at DESC LIMIT 1"
    asked = str(UUID(rows(patient.portal, newest, UUID(whom["patient"]).hex)[0][0]))
    start = (datetime.now(UTC) + timedelta(days=9)).strftime("%Y-%m-%dT15:00")
    offer = {
        "appointment": asked, "start1": start, "minutes": "30", "how": "offer",
        "place": fit(payload, 200), "with_whom": fit(payload, 120),
    }  # fmt: skip
    staff.send("offer-times", **offer)
    patient.send("decline-offers", **whom, appointment=asked, why=fit(payload, 500))
    staff.send("offer-times", **offer)


def _insure(patient: Sender, staff: Sender, whom: dict[str, str], payload: str) -> None:
    name = fit(payload, 100).replace("\n", " ")
    patient.send(
        "submit-coverage", [("front", (f"{name}.png", a_photo(), "text/html"))], **whom, plan_type="ppo",
        relationship="spouse", payer_name=fit(payload, 120), plan_name=fit(payload, 120),
        member_id=fit(payload, 40), group_number=fit(payload, 40), rx_pcn=fit(payload, 20),
        rx_group=fit(payload, 20), holder_name=fit(payload, 120), payer_phone=fit(payload, 30),
    )  # fmt: skip
    newest = "SELECT id FROM coverage WHERE patient_id=? ORDER BY created_at DESC LIMIT 1"
    card = str(UUID(rows(patient.portal, newest, UUID(whom["patient"]).hex)[0][0]))
    staff.send("verify-coverage", coverage=card, verdict="photo-needed", reason=fit(payload, 500))


def tasks(portal: Portal, key: UUID) -> dict[str, list[str]]:
    """The inbox items about a patient, by kind, the newest first."""
    found: dict[str, list[str]] = {}
    statement = "SELECT kind, id FROM task WHERE patient_id=? ORDER BY created_at DESC"
    for kind, task in rows(portal, statement, key.hex):
        found.setdefault(kind, []).append(str(UUID(task)))
    return found


def log_of(portal: Portal) -> str:
    """Everything the server wrote, its logs and what lies beside them."""
    return portal.said() + "".join(
        path.read_text("utf-8", "replace") for path in Path(portal.data_dir).glob("*.log")
    )
