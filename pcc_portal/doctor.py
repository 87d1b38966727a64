"""What ``pcc-portal doctor`` looks at. Every check answers; none stops the others."""

from __future__ import annotations

import os
import platform
import subprocess
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from pcc_portal import frontend
from pcc_portal.settings import Settings


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``missing`` is what keeps the portal from running, ``note`` does not."""

    name: str
    state: Literal["ok", "note", "missing"]
    detail: str


def examine() -> list[Finding]:
    """Look at everything, settings first; the rest needs them."""
    findings = [_python(), _reflex(), _node()]
    try:
        configured = Settings()
    except ValidationError as invalid:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'PCC_…'}: {e['msg']}" for e in invalid.errors())
        return [*findings, Finding("settings", "missing", wrong)]
    findings.append(_settings(configured))
    checks: tuple[Callable[[Settings], Finding], ...] = (_data_dir, _database, _master_key, _address)
    findings += [check(configured) for check in checks]
    return [*findings, _frontend()]


def _python() -> Finding:
    """The interpreter."""
    fits = (3, 11) <= tuple(map(int, platform.python_version_tuple()[:2])) <= (3, 13)
    return Finding("python", "ok" if fits else "missing", platform.python_version())


def _reflex() -> Finding:
    """The framework, and whether it is the pinned version."""
    try:
        return Finding("reflex", "ok", version("reflex"))
    except PackageNotFoundError:
        return Finding("reflex", "missing", "not installed")


def _node() -> Finding:
    """Node, needed to build the frontend and for nothing else."""
    node = Path(sysconfig.get_path("scripts")) / "node"
    try:
        answer = subprocess.run(
            [str(node), "--version"], capture_output=True, text=True, check=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        state: Literal["note", "missing"] = "note" if frontend.is_fresh() else "missing"
        return Finding("node", state, "not in the environment; needed to build the frontend")
    return Finding("node", "ok", answer.stdout.strip())


def _settings(configured: Settings) -> Finding:
    """Which variables are set; never their values, some are secrets."""
    names = sorted(name for name in os.environ if name.startswith("PCC_"))
    return Finding("settings", "ok", f"{configured.environment}; set: {', '.join(names) or 'nothing'}")


def _data_dir(configured: Settings) -> Finding:
    """The folder for files and the embedded database."""
    folder = configured.data_dir.resolve()
    existing = next(part for part in (folder, *folder.parents) if part.exists())
    if not os.access(existing, os.W_OK):
        return Finding("data folder", "missing", f"{folder} is not writable")
    return Finding("data folder", "ok", str(folder))


def _database(configured: Settings) -> Finding:
    """Whether the database answers and is at the newest migration."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import SQLAlchemyError

    from pcc_portal.db import migrate

    url = make_url(configured.database)
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return Finding("database", "missing", f"{shown} does not exist yet: pcc-portal migrate")
    try:
        at = migrate.revision_of(configured.database)
    except (SQLAlchemyError, OSError) as error:
        return Finding("database", "missing", f"{shown} is out of reach ({type(error).__name__})")
    if at != migrate.newest():
        return Finding(
            "database",
            "missing",
            f"{shown} is at {at or 'nothing'}, not {migrate.newest()}: pcc-portal migrate",
        )
    return Finding("database", "ok", f"{shown} at {at}, the newest migration")


def _master_key(configured: Settings) -> Finding:
    """The key that wraps the keys of stored files."""
    if configured.master_key.get_secret_value():
        return Finding("master key", "ok", "set (PCC_MASTER_KEY)")
    if configured.environment == "production":
        return Finding("master key", "missing", "PCC_MASTER_KEY is not set")
    return Finding("master key", "note", "not set; the demo keeps its own in the data folder")


def _address(configured: Settings) -> Finding:
    """Where browsers find the portal; a public one is no place for a demo."""
    if configured.environment == "demo" and configured.secure:
        warning = "this is demo mode: whoever comes can sign in as a sample person (PCC_ENVIRONMENT)"
        return Finding("address", "note", f"{configured.origin}; {warning}")
    if configured.environment == "production" and not configured.secure:
        return Finding("address", "missing", f"{configured.origin} is not https (PCC_PUBLIC_URL)")
    return Finding("address", "ok", configured.origin)


def _frontend() -> Finding:
    """Whether the pages are built from the sources as they are."""
    if frontend.is_fresh():
        return Finding("frontend", "ok", "built, up to date")
    built = frontend.MANIFEST.exists()
    return Finding("frontend", "missing", f"{'out of date' if built else 'not built'}: pcc-portal build")
