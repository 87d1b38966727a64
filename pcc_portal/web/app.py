"""Our own HTTP routes, beside Reflex's."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from pcc_portal import routes
from pcc_portal.web import calendar, choose_language, drafts, files, session
from pcc_portal.web.answers import answering


async def health(request: Request) -> Response:
    """Whether the process answers; nothing about what is inside."""
    return JSONResponse({"ok": True})


def web_app(more: Sequence[BaseRoute] = ()) -> Starlette:
    """The application that ``rx.App(api_transformer=[web_app(…), Gate])`` wraps around Reflex's."""
    return Starlette(
        routes=[
            Route(routes.SESSION_START, answering(session.start), methods=["POST"]),
            Route(routes.SESSION_END, answering(session.end), methods=["POST"]),
            Route(routes.ACT_AS, answering(session.switch), methods=["POST"]),
            Route(routes.LANGUAGE, answering(choose_language.choose), methods=["POST"]),
            Route(routes.DRAFT, answering(drafts.draft), methods=["GET", "POST"]),
            Route(routes.DRAFT_FILE, answering(drafts.draft_file), methods=["POST"]),
            Route(routes.FILE, answering(files.download), methods=["GET"]),
            Route(routes.CALENDAR, answering(calendar.download), methods=["GET"]),
            Route(routes.HEALTH, health, methods=["GET"]),
            *more,
        ]
    )
