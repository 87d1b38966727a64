"""A patient sends a message: how long until it is in the inboxes of fifty coordinators."""

from __future__ import annotations

import asyncio
import time
from uuid import uuid4

import aiohttp

from tests.bench.site import Line, Site, spread
from tests.bench.sockets import Desks

WARM_UP, SENDS, PAUSE = 4, 40, 0.35
TARGET = 100


def run(site: Site) -> list[Line]:
    """From the moment the form is posted to each socket's receipt of the new row."""
    before = site.processor_seconds()
    arrivals, answers = asyncio.run(_measure(site))
    used = (site.processor_seconds() - before) / (WARM_UP + SENDS)
    name = "message sent to shown in 50 open inboxes"
    return [
        *spread(name, arrivals, site.on, target=TARGET),
        *spread("message sent to acknowledged, 50 inboxes open", answers, site.on),
        {
            "name": "processor time of the server for a message in 50 inboxes",
            "value": round(used * 1000, 1),
            "unit": "ms",
            "on": site.on,
        },
    ]


async def _measure(site: Site) -> tuple[list[float], list[float]]:
    arrivals: list[float] = []
    answers: list[float] = []
    async with Desks(site.portal.origin, site.clinic.coordinators) as desks:
        for number in range(WARM_UP + SENDS):
            await asyncio.sleep(PAUSE)
            mark = f"mark{uuid4().hex}"
            waiting = [inbox.next(mark) for inbox in desks.inboxes]
            start = time.perf_counter()
            await _send(desks.http, site, number, mark)
            answered = time.perf_counter() - start
            seen = await asyncio.wait_for(asyncio.gather(*waiting), 20)
            if number >= WARM_UP:
                arrivals += [moment - start for moment in seen]
                answers.append(answered)
    return arrivals, answers


async def _send(http: aiohttp.ClientSession, site: Site, number: int, mark: str) -> None:
    """A new conversation that is urgent, so that it is on the first page."""
    sender = site.clinic.patients[number % len(site.clinic.patients)]
    form = {
        "patient": sender["patient"], "category": "general", "subject": "It hurts",
        "body": f"{mark} I have chest pain", "submission": str(uuid4()),
    }  # fmt: skip
    headers = {
        "Origin": site.portal.origin, "Cookie": f"sid={sender['cookie']}", "Accept": "application/json",
    }  # fmt: skip
    async with http.post(f"{site.portal.origin}/do/send-message", data=form, headers=headers) as answer:
        assert answer.status == 200, await answer.text()
