"""The one place that knows Reflex's environment variables and private names (Reflex is pinned).

Nothing here imports Reflex at module level: ``rxconfig.py`` calls :func:`prepare` before it does.
"""

from __future__ import annotations

import os
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
WEB = ROOT / ".web"
STATIC = WEB / "build" / "client"
NPM_LOCK = ROOT / "reflex.lock"
#: Styles that even browsers out; Reflex writes them there at each compile.
RESET = WEB / "styles" / "__reflex_style_reset.css"
#: What static files are compressed with, the better first (over plain HTTP browsers take gzip alone).
COMPRESSION = ("brotli", "gzip")

#: The address a build is made for; the emitted script is rewritten to use the page's own origin.
SENTINEL_API = "http://pcc-portal.invalid"

_DEFAULTS = {
    "REFLEX_USE_NPM": "1",
    "REFLEX_CHECK_LATEST_VERSION": "0",
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_SOCKET_INTERVAL": "4",
    "REFLEX_SOCKET_TIMEOUT": "4",
    "REFLEX_STATE_MANAGER_MODE": "memory",
}


def prepare() -> None:
    """Set what Reflex reads from the environment, before it is imported."""
    scripts = sysconfig.get_path("scripts")
    path = os.environ.get("PATH", os.defpath).split(os.pathsep)
    if path[:1] != [scripts]:
        os.environ["PATH"] = os.pathsep.join([scripts, *path])
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("REFLEX_DIR", str(CACHE / "reflex"))
    home = os.environ.get("HOME", "")
    if not (home and os.access(home, os.W_OK)):
        os.environ.setdefault("npm_config_cache", str(CACHE / "npm"))


def export_command(python: str) -> list[str]:
    """The command that compiles the pages and exports the production frontend."""
    return [
        *(python, "-m", "reflex", "export", "--frontend-only", "--no-zip"),
        *("--env", "prod", "--loglevel", "info"),
    ]


def compress_command() -> list[str]:
    """The command that writes the compressed twins of the static files, as Reflex's own export does."""
    return ["node", str(WEB / "compress-static.js"), str(STATIC), *COMPRESSION]


def export_environment(registry: str) -> dict[str, str]:
    """What the export needs on top of the current environment; ``registry`` is npm's own.

    Nothing is compressed yet (a list of no names): that is done when the pages are complete.
    """
    return {
        "REFLEX_API_URL": SENTINEL_API,
        "NPM_CONFIG_REGISTRY": registry,
        "REFLEX_FRONTEND_COMPRESSION_FORMATS": ",",
    }


def prepare_serving() -> None:
    """Serve the frontend that was built before, without compiling anything."""
    prepare()
    os.environ["__REFLEX_SKIP_COMPILE"] = "true"
    os.environ["__REFLEX_MOUNT_FRONTEND_COMPILED_APP"] = "true"
    os.environ["REFLEX_ENV_MODE"] = "prod"


def preload_app() -> None:
    """Import the app in the parent, so that a new worker is a fork that is ready at once."""
    from reflex.utils import exec as reflex_exec

    reflex_exec._preload_for_fork(None)
