"""How many SQL statements one click in the inbox takes, over the whole event; and how they are run."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.site import Line, Site

ROOT = Path(__file__).parents[2]
TARGET = 6


def run(site: Site) -> list[Line]:
    """The gate's look-up, the page and what goes on record; then the plan of each statement asked most."""
    who = [*site.clinic.coordinators[:1], site.clinic.patients[0]["cookie"]]
    command = [sys.executable, "-m", "tests.bench.statement_bench", *who]
    done = subprocess.run(command, cwd=ROOT, env=site.portal.env, capture_output=True, check=False, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    counts: list[Line] = [
        {"name": name, "value": value, "unit": "statements", "on": site.kind, "target": TARGET}
        for name, value in found["counts"].items()
    ]
    plans: list[Line] = [
        {"name": f"plan of {name}", "value": plan, "unit": "plan", "on": site.kind}
        for name, plan in found["plans"].items()
    ]
    return counts + plans


async def _measure(coordinator: str, patient: str) -> dict[str, Any]:
    from sqlmodel import select

    from pcc_portal.db import tables as t
    from pcc_portal.db.engine import close_all
    from pcc_portal.services.identity import actor_of
    from tests.bench.plans import plan_of, questions
    from tests.factories import fetch

    first, second = await _event(coordinator, None), await _event(coordinator, None)
    after = await _event(coordinator, "after")
    counts = {
        "statements of a first inbox page, session and audit included": first,
        "statements of the same page within five minutes": second,
        "statements of the next 50": after,
    }
    staff, sender = await actor_of(coordinator), await actor_of(patient)
    assert staff is not None
    assert sender is not None
    thread = t.CommunicationThread
    (found,) = await fetch(select(thread).where(thread.patient_id == sender.patient_id).limit(1))
    asked = questions(staff, sender, found.id)
    plans = {name: " / ".join((await plan_of(question)).splitlines()) for name, question in asked.items()}
    await close_all()
    return {"counts": counts, "plans": plans}


async def _event(cookie: str, paging: str | None) -> int:
    """What a click in the inbox asks: who it is, and the page."""
    from uuid import UUID

    from pcc_portal.domain.task import View
    from pcc_portal.services.identity import actor_of
    from pcc_portal.services.task import inbox
    from tests.statements import statements

    view = View.ALL
    after = None
    if paging:
        actor = await actor_of(cookie)
        assert actor is not None
        after = UUID((await inbox(actor, view)).rows[-1].id)
    with statements() as asked:
        actor = await actor_of(cookie)
        assert actor is not None
        await inbox(actor, view, after)
    return len(asked)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_measure(*sys.argv[1:]))))
