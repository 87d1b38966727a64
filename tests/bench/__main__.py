"""``make bench``: one JSON object a line. ``ARGS="click push sqlite"`` for some parts on one database."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib import import_module

from pcc_portal import reflex_internals

reflex_internals.prepare()

from tests.bench.site import KINDS, Line, a_site, databases  # noqa: E402

ON_A_SITE = ("service", "statement", "click", "push", "memory", "load")
ALONE = ("import", "paint")
#: For scale, from public measurements and not ours: server time alone to list 50 of 10,000 conversations.
OTHERS: tuple[Line, ...] = (
    {
        "name": "FreeScout, server time of a list of 50, p95",
        "value": 57,
        "unit": "ms",
        "on": "published figure",
    },
    {
        "name": "django-helpdesk, server time of a list, at least",
        "value": 150,
        "unit": "ms",
        "on": "published figure",
    },
)


def main(wanted: Sequence[str]) -> None:
    """Measure the parts named, or all."""
    from pcc_portal import frontend

    parts = [part for part in (*ON_A_SITE, *ALONE) if part in wanted] or [*ON_A_SITE, *ALONE]
    kinds = [kind for kind in KINDS if kind.lower() in wanted] or list(KINDS)
    served = [part for part in parts if part in ON_A_SITE]
    if served or "paint" in parts:
        frontend.build(say=lambda line: print(line, file=sys.stderr))
    if served:
        with databases(kinds) as addresses:
            for kind in kinds:
                if kind not in addresses:
                    say({"name": "left out", "value": None, "unit": "", "on": f"no {kind} could be started"})
            for kind, address in addresses.items():
                with a_site(kind, address) as site:
                    for part in served:
                        for line in import_module(f"tests.bench.{part}_bench").run(site):
                            say(line)
    for part in (part for part in parts if part in ALONE):
        for line in import_module(f"tests.bench.{part}_bench").run():
            say(line)
    for line in OTHERS:
        say(line)


def say(line: Line) -> None:
    """One figure, at once."""
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
