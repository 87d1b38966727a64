"""What people send: every form goes by HTTP to ``/do/<action>``, once.

A click on a websocket can be lost in silence while the line is dead; a post is answered or it is not, and
the browser sends it again with the same key (docs/decisions/0002-forms-are-posts.md).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from pcc_portal import routes
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.appointment import AppointmentDraft, OfferDraft
from pcc_portal.domain.communication import MessageDraft, NoteDraft
from pcc_portal.domain.coverage import CoverageDraft, VerificationDraft
from pcc_portal.domain.errors import Denied, Invalid, NotFound
from pcc_portal.domain.ids import as_uuid, utc_now
from pcc_portal.domain.moment import local_day
from pcc_portal.domain.permission import Permission, role_may
from pcc_portal.integrations.storage.clean import MOST_FILES, TOGETHER, CleanFile, prepare_all
from pcc_portal.language import _, localized
from pcc_portal.services import appointment, communication, coverage, task
from pcc_portal.services.draft import save_draft
from pcc_portal.services.draft_file import discard_draft_files
from pcc_portal.services.file import count_upload
from pcc_portal.services.identity import record_refusal
from pcc_portal.web.answers import wants_json
from pcc_portal.web.drafts import KEPT
from pcc_portal.web.visitor import form_of, page_of, visitor


@dataclass(frozen=True)
class Typed:
    """A form as it came in: its texts by name (the first of each), its files by name.

    ``kept`` are the ids of files that were chosen before and are kept with the draft, by field.
    """

    texts: Mapping[str, str]
    files: Mapping[str, Sequence[UploadFile]]
    kept: Mapping[str, Sequence[UUID]]

    async def attached(self, name: str) -> list[CleanFile | UUID]:
        """The files of a field: kept ones, and new ones, checked and cleaned; Invalid names the field."""
        chosen = [file for file in self.files.get(name, ()) if file.filename]
        kept = list(dict.fromkeys(self.kept.get(name, ())))
        if len(chosen) + len(kept) > MOST_FILES:
            raise Invalid({name: TOGETHER})
        uploads = [(await file.read(), file.filename or "") for file in chosen]
        return [*kept, *await prepare_all(uploads, field=name)]


@dataclass(frozen=True)
class Sent:
    """What a form answers: a sentence, and the page to go to (None to stay)."""

    say: str
    next: str | None = None


Take = Callable[[Actor, Typed], Awaitable[Sent]]


@dataclass(frozen=True)
class Action:
    """One form: the permission without which it is not even read, and what takes it."""

    permission: Permission
    take: Take


async def _send_message(actor: Actor, typed: Typed) -> Sent:
    draft = MessageDraft.parse(typed.texts)
    thread = await communication.send_message(actor, draft, await typed.attached("files"))
    if draft.thread_id is not None or actor.gives_care:
        return Sent(_("Your message was sent."))
    return Sent(_("Your message was sent."), f"{localized(routes.MESSAGES)}?thread={thread}&sent=1")


async def _request_appointment(actor: Actor, typed: Typed) -> Sent:
    draft = AppointmentDraft.parse(typed.texts, today=local_day(utc_now(), actor.zone))
    request = await appointment.request_appointment(actor, draft)
    return Sent(_("Your request was sent."), f"{localized(routes.APPOINTMENTS)}?sent={request}")


async def _accept_offer(actor: Actor, typed: Typed) -> Sent:
    offer = as_uuid(typed.texts.get("offer"))
    await appointment.accept_offer(actor, offer, _key(typed))
    return Sent(_("Your visit is booked."))


async def _decline_offers(actor: Actor, typed: Typed) -> Sent:
    request = as_uuid(typed.texts.get("appointment"))
    await appointment.decline_offers(actor, request, typed.texts.get("why", "")[:500], _key(typed))
    return Sent(_("We look for other times."))


async def _cancel_appointment(actor: Actor, typed: Typed) -> Sent:
    request = as_uuid(typed.texts.get("appointment"))
    await appointment.cancel_appointment(actor, request, typed.texts.get("reason", ""), _key(typed))
    return Sent(_("It is cancelled."))


async def _submit_coverage(actor: Actor, typed: Typed) -> Sent:
    draft = CoverageDraft.parse(typed.texts)
    front, back = await typed.attached("front"), await typed.attached("back")
    card = await coverage.submit_coverage(actor, draft, _only(front), _only(back))
    return Sent(_("Your card was sent. We check it for you."), f"{localized(routes.INSURANCE)}?sent={card}")


async def _add_note(actor: Actor, typed: Typed) -> Sent:
    await task.add_note(actor, NoteDraft.parse(typed.texts))
    return Sent(_("The note was added."))


async def _offer_times(actor: Actor, typed: Typed) -> Sent:
    draft = OfferDraft.parse(typed.texts, zone=actor.zone, now=utc_now())
    await appointment.offer_times(actor, draft)
    return Sent(_("The visit is booked.") if draft.book else _("The times were sent to the patient."))


async def _verify_coverage(actor: Actor, typed: Typed) -> Sent:
    await coverage.verify_coverage(actor, VerificationDraft.parse(typed.texts))
    return Sent(_("The patient can see the result."))


def _key(typed: Typed) -> UUID | None:
    return as_uuid(typed.texts.get("submission"))


def _only(files: Sequence[CleanFile | UUID]) -> CleanFile | UUID | None:
    return files[-1] if files else None


ACTIONS: dict[str, Action] = {
    "send-message": Action(Permission.COMMUNICATION_SEND, _send_message),
    "request-appointment": Action(Permission.APPOINTMENT_REQUEST, _request_appointment),
    "accept-offer": Action(Permission.APPOINTMENT_REQUEST, _accept_offer),
    "decline-offers": Action(Permission.APPOINTMENT_REQUEST, _decline_offers),
    "cancel-appointment": Action(Permission.APPOINTMENT_REQUEST, _cancel_appointment),
    "submit-coverage": Action(Permission.COVERAGE_SUBMIT, _submit_coverage),
    "add-note": Action(Permission.NOTE_WRITE, _add_note),
    "offer-times": Action(Permission.APPOINTMENT_TRIAGE, _offer_times),
    "verify-coverage": Action(Permission.COVERAGE_VERIFY, _verify_coverage),
}


async def do(request: Request) -> Response:
    """Take one form. Who may not, is told before a byte of it is read; its draft goes when it is taken."""
    name = request.path_params["action"]
    action = ACTIONS.get(name)
    if action is None:
        raise NotFound
    actor = await visitor(request)
    if not role_may(actor.role, action.permission):
        await record_refusal(actor, f"form {name}")
        raise Denied
    typed = _typed(await form_of(request))
    if any(file.filename for files in typed.files.values() for file in files):
        await count_upload(actor)
    sent = await action.take(actor, typed)
    patient, slot = as_uuid(typed.texts.get("patient")), typed.texts.get("draft", "")
    if patient is not None and slot:
        await save_draft(actor, slot, patient, {})
        await discard_draft_files(actor, slot, patient)
    if wants_json(request):
        return JSONResponse({"ok": True, "say": sent.say, "next": sent.next})
    path, query = page_of(request)
    return RedirectResponse(sent.next or (f"{path}?{query}" if query else path), 303)


def _typed(form: FormData) -> Typed:
    texts: dict[str, str] = {}
    files: dict[str, list[UploadFile]] = {}
    kept: dict[str, list[UUID]] = {}
    for name, value in form.multi_items():
        if name.startswith(KEPT) and (key := as_uuid(value)) is not None:
            kept.setdefault(name.removeprefix(KEPT), []).append(key)
        elif isinstance(value, str):
            texts.setdefault(name, value)
        else:
            files.setdefault(name, []).append(value)
    return Typed(texts, files, kept)
