"""``/draft/{slot}``: unsent forms with the files chosen for them, for the page's script."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pcc_portal.domain.errors import Denied, NotFound
from pcc_portal.domain.ids import as_uuid
from pcc_portal.domain.permission import role_may
from pcc_portal.integrations.storage.clean import prepare
from pcc_portal.services.draft import draft_of, save_draft
from pcc_portal.services.draft_file import (
    FIELDS,
    add_draft_file,
    admit_draft_file,
    draft_files,
    remove_draft_file,
)
from pcc_portal.services.identity import record_refusal
from pcc_portal.web.visitor import form_of, visitor

_NOT_KEPT = frozenset({"patient", "locale", "draft"})
#: Kept beside what was typed: two tabs with the same words make one send.
_KEY = "submission"
KEPT = "kept-"


async def draft(request: Request) -> Response:
    """What was left unsent, or keep what was typed. ``patient`` names whom it is for."""
    actor = await visitor(request)
    slot = request.path_params["slot"]
    if request.method == "GET":
        patient = _patient(request.query_params.get("patient"))
        fields, files = await draft_of(actor, slot, patient), await draft_files(actor, slot, patient)
        cards = {name: [asdict(card) for card in cards] for name, cards in files.items()}
        return JSONResponse({"fields": fields, "files": cards})
    form = await form_of(request)
    fields = {
        name: value
        for name, value in form.items()
        if isinstance(value, str) and value and name not in _NOT_KEPT and not name.startswith(KEPT)
    }
    await save_draft(actor, slot, _patient(form.get("patient")), fields if fields.keys() - {_KEY} else {})
    return JSONResponse({"saved": True})


async def draft_file(request: Request) -> Response:
    """Keep a ``file`` that was chosen for a field, or ``remove`` one; the field is known before the body."""
    actor = await visitor(request)
    field = FIELDS.get(name := request.path_params["field"])
    if field is None:
        raise NotFound
    if not role_may(actor.role, field.permission):
        await record_refusal(actor, f"draft file {name}")
        raise Denied
    form = await form_of(request)
    if "remove" in form:
        await remove_draft_file(actor, as_uuid(form["remove"]))
        return JSONResponse({"removed": True})
    patient, file = _patient(form.get("patient")), form.get("file")
    if not isinstance(file, UploadFile):
        raise NotFound
    slot = request.path_params["slot"]
    await admit_draft_file(actor, slot, patient, name)
    clean = await prepare(await file.read(), file.filename or "", field=name)
    return JSONResponse(asdict(await add_draft_file(actor, slot, patient, name, clean)))


def _patient(named: object) -> UUID:
    patient = as_uuid(named)
    if patient is None:
        raise NotFound
    return patient
