"""Every handler and every route there is, found by walking the app, not by a list that somebody keeps."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_WALK = """
import json
from pcc_portal import reflex_internals
reflex_internals.prepare_serving()
import reflex as rx
from pcc_portal.pcc_portal import app
from pcc_portal.domain.actor import Role
from pcc_portal.domain.permission import role_may
from pcc_portal.state import framework, gate
from pcc_portal.state.access import access_of
rows = []
for name, found in framework.handlers().items():
    access = access_of(found.fn)
    roles = [role for role in Role if access and access.permission and role_may(role, access.permission)]
    hints = {key: str(getattr(hint, "__name__", hint)) for key, hint in framework.hints_of(found).items()}
    rows.append([name, access is not None, bool(access and access.permission is None), roles, hints])
routes = [[route.path, sorted(route.methods or ())] for route in app.api_transformer[0].routes]
allowed = sorted(gate.FRAMEWORK | {framework.HYDRATE_AND_LOAD})
print(json.dumps({"handlers": rows, "routes": routes, "framework": allowed}))
"""


@dataclass(frozen=True)
class Handler:
    """One registered handler, as the gate sees it."""

    name: str
    marked: bool
    public: bool
    roles: tuple[str, ...]
    arguments: dict[str, str]

    @property
    def ours(self) -> bool:
        """Whether a State of the portal has it, and not the framework."""
        return ".pcc_portal___" in self.name and not self.name.endswith(".setvar")


@lru_cache(maxsize=1)
def walk() -> dict[str, Any]:
    """The handlers, the routes, and what the gate lets the framework do."""
    done = subprocess.run(
        [sys.executable, "-c", _WALK], cwd=Path(__file__).parents[2], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def handlers() -> list[Handler]:
    """Every registered handler."""
    return [
        Handler(name, marked, public, tuple(roles), hints)
        for name, marked, public, roles, hints in walk()["handlers"]
    ]


def ours() -> list[Handler]:
    """The handlers of the portal's own States."""
    return [handler for handler in handlers() if handler.ours]
