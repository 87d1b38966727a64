"""Reflex's configuration: one port, memory state, no telemetry, no plugin that adds a page or a style.

The one plugin takes things away (``lean_pages``)."""

from pcc_portal import reflex_internals

reflex_internals.prepare()

import reflex as rx  # noqa: E402
from reflex.plugins.sitemap import SitemapPlugin  # noqa: E402

from pcc_portal.lean_pages import LeanPages  # noqa: E402
from pcc_portal.settings import settings  # noqa: E402

config = rx.Config(
    app_name="pcc_portal",
    telemetry_enabled=False,
    state_manager_mode="memory",
    transport="websocket",
    cors_allowed_origins=[settings().origin],
    show_built_with_reflex=False,
    frontend_compression_formats=list(reflex_internals.COMPRESSION),
    plugins=[LeanPages()],
    disable_plugins=[SitemapPlugin],
)
