"""GET ``/calendar/{id}``: a booked visit as a calendar file (RFC 5545): when and where, not why."""

from __future__ import annotations

from icalendar import Calendar, Event
from starlette.requests import Request
from starlette.responses import Response

from pcc_portal.cards.appointment import VisitDates
from pcc_portal.domain.ids import as_uuid
from pcc_portal.language import _
from pcc_portal.services.appointment import visit_dates
from pcc_portal.web.visitor import visitor


async def download(request: Request) -> Response:
    """The file; opening it again replaces the same entry of a calendar."""
    visit = await visit_dates(await visitor(request), as_uuid(request.path_params["appointment_id"]))
    headers = {
        "content-disposition": 'attachment; filename="visit.ics"',
        "cache-control": "no-store, private",
    }
    return Response(calendar_file(visit), media_type="text/calendar; charset=utf-8", headers=headers)


def calendar_file(visit: VisitDates) -> bytes:
    """The one event of a visit, as the bytes of a file."""
    event = Event()
    event.add("uid", f"{visit.id}@pcc-portal")
    event.add("dtstamp", visit.updated)
    event.add("dtstart", visit.start)
    event.add("dtend", visit.end)
    event.add("summary", _("Visit at {clinic}", clinic=visit.clinic))
    if visit.place:
        event.add("location", visit.place)
    if visit.phone:
        event.add("description", _("To change it, sign in or call {phone}.", phone=visit.phone))
    calendar = Calendar()
    calendar.add("prodid", "-//pcc_portal//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()
