"""GET and POST ``/draft/{slot}``: unsent forms, for the page's script."""

from __future__ import annotations

from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pcc_portal.domain.errors import NotFound
from pcc_portal.domain.ids import as_uuid
from pcc_portal.services.draft import draft_of, save_draft
from pcc_portal.web.visitor import form_of, visitor

_NOT_KEPT = frozenset({"patient", "locale", "submission", "draft"})


async def draft(request: Request) -> Response:
    """What was left unsent, or keep what was typed. ``patient`` names whom it is for."""
    actor = await visitor(request)
    slot = request.path_params["slot"]
    if request.method == "GET":
        found = await draft_of(actor, slot, _patient(request.query_params.get("patient")))
        return JSONResponse({"fields": found})
    form = await form_of(request)
    fields = {
        name: value
        for name, value in form.items()
        if isinstance(value, str) and value and name not in _NOT_KEPT
    }
    await save_draft(actor, slot, _patient(form.get("patient")), fields)
    return JSONResponse({"saved": True})


def _patient(named: object) -> UUID:
    patient = as_uuid(named)
    if patient is None:
        raise NotFound
    return patient
