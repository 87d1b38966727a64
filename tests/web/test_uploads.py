"""Files that are sent in: what is refused is not looked at, and what is looked at is counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from starlette.routing import Route

from pcc_portal.settings import settings
from pcc_portal.web import drafts, forms
from pcc_portal.web.answers import answering
from pcc_portal.web.app import web_app
from tests.factories import Person, a_clinic, a_patient

NOISE = {"file": ("a.png", b"\x89PNG\r\n\x1a\nno picture")}


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the files that were looked at."""
    seen: list[str] = []
    one, several = drafts.prepare, forms.prepare_all

    async def prepare(content: bytes, name: str, **more: Any) -> Any:
        seen.append(name)
        return await one(content, name, **more)

    async def prepare_all(uploads: list[tuple[bytes, str]], **more: Any) -> Any:
        seen.extend(name for _content, name in uploads)
        return await several(uploads, **more)

    monkeypatch.setattr(drafts, "prepare", prepare)
    monkeypatch.setattr(forms, "prepare_all", prepare_all)
    monkeypatch.setenv("PCC_SENDS_AN_HOUR", "10")
    settings.cache_clear()
    yield seen


def browser_of(person: Person, monkeypatch: pytest.MonkeyPatch) -> httpx.AsyncClient:
    """Our routes without the gate, for somebody who is signed in."""

    async def visitor(_request: object) -> object:
        return person.actor

    for module in (drafts, forms):
        monkeypatch.setattr(module, "visitor", visitor)
    app = web_app([Route("/do/{action}", answering(forms.do), methods=["POST"])])
    headers = {"Accept": "application/json"}
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x", headers=headers)


async def test_a_file_for_anothers_record_is_not_looked_at(
    store: str, looked_at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, bo = await a_patient(clinic := await a_clinic()), await a_patient(clinic, "Bo")
    assert ana.patient is not None
    async with browser_of(bo, monkeypatch) as http:
        for patient in (ana.patient.id, uuid4()):
            answer = await http.post("/draft/x/files/files", data={"patient": str(patient)}, files=NOISE)
            assert answer.status_code == 404
    assert looked_at == []


@pytest.mark.parametrize("path", ["/draft/x/files/files", "/do/send-message"])
async def test_files_that_cannot_be_taken_count_too(
    store: str, looked_at: list[str], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """A picture of 160 kB takes seconds of the processor: nobody has as many looked at as she likes."""
    ana = await a_patient(await a_clinic())
    assert ana.patient is not None
    form = {"patient": str(ana.patient.id), "category": "general", "subject": "x", "body": "x"}
    files = {("files" if "send" in path else "file"): NOISE["file"]}
    async with browser_of(ana, monkeypatch) as http:
        said = [(await http.post(path, data=form, files=files)).status_code for _ in range(12)]
    assert said == [422] * 10 + [429] * 2 and len(looked_at) == 10
