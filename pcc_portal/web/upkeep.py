"""What the portal does by itself while it runs."""

from __future__ import annotations

import asyncio
import logging
from uuid import UUID

from pcc_portal.domain.actor import Actor
from pcc_portal.logs import where
from pcc_portal.services.draft_file import sweep_draft_files
from pcc_portal.services.record_import import clinics

log = logging.getLogger(__name__)
EVERY = 3600.0


async def upkeep() -> None:
    """Once an hour, throw away what was chosen and never sent."""
    while True:
        try:
            for clinic in (await clinics()).values():
                await _keep_up(clinic)
        except Exception as error:
            log.error("the upkeep failed\n%s", where(error))
        await asyncio.sleep(EVERY)


async def _keep_up(clinic: UUID) -> None:
    """One clinic; what fails in it keeps no other one waiting."""
    try:
        await sweep_draft_files(Actor.system(clinic))
    except Exception as error:
        log.error("the upkeep of a clinic failed\n%s", where(error))
