"""The production frontend: built once, rebuilt when one of its inputs changes, bound to no address."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pcc_portal import frontend_files, frontend_pages
from pcc_portal import reflex_internals as reflex

MANIFEST = reflex.WEB / "build" / "pcc-frontend.json"
BUILD_LOG = reflex.CACHE / "frontend-build.log"

#: Parts of the package that no page is compiled from.
_NOT_COMPILED = frozenset(
    {
        *("commands", "db", "demo", "integrations", "services", "web", "worker"),
        *("cli.py", "doctor.py", "logs.py", "serve.py"),
    }
)


class BuildFailed(RuntimeError):
    """The frontend could not be built; the message says why."""


def fingerprint() -> str:
    """A digest of the sources and the lock that the built frontend depends on."""
    return f"{_digest(_sources())}:{_digest(_files(reflex.NPM_LOCK))}"


def _digest(paths: Iterable[Path]) -> str:
    """One digest of many files and their names."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(reflex.ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_fresh() -> bool:
    """Whether what is built is what the sources say now."""
    return bool(_manifest()) and _manifest().get("fingerprint") == fingerprint()


def inline_hashes() -> dict[str, dict[str, list[str]]]:
    """For each page path (and ``404``) the CSP hashes of what is inside its HTML: ``script``, ``style``."""
    found: dict[str, dict[str, list[str]]] = _manifest().get("inline", {})
    return found


def public_files() -> frozenset[str]:
    """The addresses of everything built that is nobody's: scripts, styles, pictures; pages are apart."""
    files = (path.relative_to(reflex.STATIC).as_posix() for path in _files(reflex.STATIC))
    return frozenset(f"/{name}" for name in files if not name.endswith((".html", ".gz", ".br")))


def build(*, force: bool = False, say: Callable[[str], object] = print) -> bool:
    """Build unless it is fresh; True when something was built. ``say`` gets one line at the start."""
    if not force and is_fresh():
        return False
    with _lock():
        if not force and is_fresh():
            return False
        say("Building the frontend …")
        sources = _digest(_sources())
        _export()
        frontend_files.use_page_origin(reflex.STATIC, reflex.SENTINEL_API)
        frontend_files.name_languages(reflex.STATIC)
        frontend_pages.write_in(reflex.STATIC, reflex.RESET.read_text("utf-8"), _minified)
        _compress()
        _write_manifest(f"{sources}:{_digest(_files(reflex.NPM_LOCK))}")
    return True


def _sources() -> Iterator[Path]:
    """The files that the frontend is built from, in a stable order; the npm lock is apart."""
    package = reflex.ROOT / "pcc_portal"
    roots = [entry for entry in sorted(package.iterdir()) if entry.name not in _NOT_COMPILED]
    for name in ("assets", "rxconfig.py", ".npmrc", "uv.lock", "tools/minify.mjs"):
        roots.append(reflex.ROOT / name)
    for root in roots:
        yield from _files(root)


def _files(root: Path) -> Iterator[Path]:
    """A file, or the files in a folder, in a stable order."""
    for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
        if path.is_file() and path.suffix != ".pyc" and "external" not in path.parts:
            yield path


def _manifest() -> dict:
    """What the last build recorded; empty when there is none."""
    try:
        return json.loads(MANIFEST.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def _write_manifest(built_from: str) -> None:
    """Record what was built; written last, so that half a build is no build."""
    inline = frontend_files.inline_parts(reflex.STATIC)
    if "/" not in inline:
        raise BuildFailed("the build made no page for /")
    text = json.dumps({"fingerprint": built_from, "inline": inline}, indent=1)
    partial = MANIFEST.with_suffix(".tmp")
    partial.write_text(text, "utf-8")
    partial.replace(MANIFEST)


def _export() -> None:
    """Let Reflex compile and export, in a process of its own; its output goes to a log."""
    reflex.prepare()
    MANIFEST.unlink(missing_ok=True)
    BUILD_LOG.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **reflex.export_environment(_npm_registry())}
    with BUILD_LOG.open("w", encoding="utf-8") as log:
        code = subprocess.run(
            reflex.export_command(sys.executable),
            cwd=reflex.ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
    if code:
        tail = "\n".join(BUILD_LOG.read_text("utf-8").splitlines()[-40:])
        raise BuildFailed(f"reflex export ended with status {code}:\n{tail}")


def _minified(kind: str, text: str) -> str:
    """A style sheet (``css``) or a script (``js``), shorter."""
    done = subprocess.run(
        ["node", reflex.ROOT / "tools" / "minify.mjs", kind, reflex.WEB],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or not done.stdout:
        raise BuildFailed(f"the {kind} could not be made shorter:\n{done.stderr}")
    return done.stdout


def _compress() -> None:
    """Write each file's compressed twins."""
    done = subprocess.run(reflex.compress_command(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildFailed(f"the pages could not be compressed:\n{done.stderr}")


def _npm_registry() -> str:
    """The registry that npm is configured for; told to Reflex, which would otherwise probe mirrors."""
    answer = subprocess.run(
        ["npm", "config", "get", "registry"],
        cwd=reflex.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode or not answer.stdout.strip():
        raise BuildFailed(f"npm does not run: {answer.stderr.strip() or 'no answer'}")
    return answer.stdout.strip()


@contextmanager
def _lock() -> Iterator[None]:
    """Only one build at a time in this checkout."""
    reflex.CACHE.mkdir(parents=True, exist_ok=True)
    with (reflex.CACHE / "frontend.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
