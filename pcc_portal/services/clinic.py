"""Clinics: the first thing a new installation needs."""

from __future__ import annotations

import re
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.exc import IntegrityError

from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import unit_of_work
from pcc_portal.domain.actor import Actor
from pcc_portal.domain.errors import Denied, Invalid
from pcc_portal.language import N_

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,58}[a-z0-9]")


async def create_clinic(
    actor: Actor, *, slug: str, name: str, zone: str, phone: str = "", address: str = ""
) -> UUID:
    """Set up a clinic under the id of the system actor's clinic; ``zone`` is an IANA name."""
    if not actor.is_system:
        raise Denied
    problems = {}
    if not _SLUG.fullmatch(slug):
        problems["slug"] = N_("Use 3 to 60 small letters, digits and dashes.")
    if not name.strip():
        problems["name"] = N_("Enter a name.")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        problems["zone"] = N_("Enter a time zone, like America/New_York.")
    if problems:
        raise Invalid(problems)
    try:
        async with unit_of_work(actor) as work:
            clinic = t.Clinic(id=actor.clinic_id, slug=slug, name=name.strip(), zone=zone)
            clinic.phone, clinic.address = phone, address.strip()
            work.add(clinic)
            work.record("C", "Clinic")
    except IntegrityError:
        raise Invalid({"slug": N_("A clinic of this name is there already.")}) from None
    return actor.clinic_id
