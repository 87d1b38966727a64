"""Files that were chosen and not sent, by everybody but the one who chose them."""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

import httpx
import pytest

from tests.attack.conftest import Target
from tests.attack.test_http import OTHERS, browser
from tests.attack.world import ANA

pytestmark = pytest.mark.attack


@pytest.mark.parametrize("who", [*OTHERS, "helper", "coordinator"])
async def test_an_unsent_file_is_its_choosers(target: Target, who: str) -> None:
    """Not opened, not removed, not sent as one's own: its name is worth nothing, to her helper neither."""
    before, file = target.everything(), target.ids["ana"]["unsent"]
    own = target.ids["bo" if who in ("bo", "unscoped") else "ana"]["patient"]
    form = {"patient": own, "category": "general", "subject": "x", "body": "intruder", "kept-files": file}
    async with browser(target, who) as http:
        hers, none = await http.get(f"/files/{file}"), await http.get(f"/files/{uuid4()}")
        removed = await http.post("/draft/new/files/files", data={"patient": own, "remove": file})
        sent = await http.post("/do/send-message", data=form | {"submission": str(uuid4())})
    assert (hers.status_code, hers.text) == (none.status_code, none.text)
    assert hers.status_code == (404 if who else 401) and ANA not in hers.text
    assert removed.status_code in (401, 403, 404) and sent.status_code in (401, 403, 404, 422)
    assert target.everything() == before


@pytest.mark.parametrize("who", OTHERS)
async def test_nothing_is_put_into_anothers_draft(target: Target, who: str) -> None:
    """Nor into a field that takes no files."""
    before, patient = target.everything(), {"patient": target.ids["ana"]["patient"]}
    async with browser(target, who) as http:
        for field in ("files", "front", "body"):
            chosen = {"file": ("a.txt", b"intruder")}
            with suppress(httpx.ReadError):  # refused with the body unread, the line may close first
                answer = await http.post(f"/draft/new/files/{field}", data=patient, files=chosen)
                assert answer.status_code in (401, 403, 404)
    assert target.everything() == before
