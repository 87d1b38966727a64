"""The rx.App and nothing else."""

from __future__ import annotations

import reflex as rx
from starlette.routing import Route

from pcc_portal import routes
from pcc_portal.components.boundary import error_boundary
from pcc_portal.pages import shell
from pcc_portal.pages.register import add_pages
from pcc_portal.state.gate import guard, on_backend_error, on_frontend_error
from pcc_portal.web.answers import answering
from pcc_portal.web.app import web_app
from pcc_portal.web.forms import do
from pcc_portal.web.gate import Gate
from pcc_portal.web.upkeep import upkeep

app = rx.App(
    toaster=None,
    app_wraps={(55, "ErrorBoundary"): lambda stateful: error_boundary()},
    head_components=shell.head(),
    api_transformer=[web_app([Route(routes.DO, answering(do), methods=["POST"])]), Gate],
    backend_exception_handler=on_backend_error,
    frontend_exception_handler=on_frontend_error,
)
guard(app)
add_pages(app)
app.register_lifespan_task(upkeep)
