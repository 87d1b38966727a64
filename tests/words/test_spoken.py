"""What is composed on the server is composed when it is read, in the reader's language and numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pcc_portal.cards.goal import _number
from pcc_portal.domain import moment
from pcc_portal.domain.record import GoalTarget
from pcc_portal.domain.task import View
from pcc_portal.language import DEFAULT, LOCALES, format_locale, language_name, speaking
from pcc_portal.services.appointment import cancel_appointment, offer_times, request_appointment
from pcc_portal.services.patient import patient_context
from pcc_portal.services.task import inbox, open_task
from tests.services.world import World, a_request, a_world, an_offer, the_task

NOON = datetime(2026, 11, 27, 17, tzinfo=UTC)
ZONE = "America/New_York"


@pytest.fixture
async def world(store: str) -> World:
    """The clinic, fresh."""
    return await a_world()


async def _inbox_lines(world: World, locale: str) -> list[tuple[str, str, str]]:
    with speaking(locale):
        return [
            (row.title, row.preview, row.kind_text) for row in (await inbox(world.cora.actor, View.ALL)).rows
        ]


async def test_a_request_is_read_in_the_readers_language(world: World) -> None:
    """Asked in Spanish, read in both; the patient's own words stay hers."""
    with speaking("es"):
        request = await request_appointment(
            world.ana.actor, a_request(world.ana, "Me duele la rodilla: mucho")
        )
    words = "Me duele la rodilla: mucho"
    kinds = {"en": "Appointment request", "es": "Solicitud de cita"}
    titles = {
        "en": "My main clinic: Routine visit or follow-up",
        "es": "Mi clínica de siempre: Cita de rutina o de control",
    }
    for locale in LOCALES:
        assert await _inbox_lines(world, locale) == [(titles[locale], words, kinds[locale])]
        with speaking(locale):
            task = await open_task(world.cora.actor, (await the_task(request)).id)
            beside = await patient_context(world.cora.actor, world.ana.actor.patient_id)  # type: ignore[arg-type]
        assert task.row.title == beside.past[0].title == titles[locale]
        assert task.appointment.title == titles[locale].partition(":")[0]
        assert beside.about.startswith({"en": "Female, ", "es": "Mujer, "}[locale])


async def test_a_cancelled_visit_is_told_in_the_readers_language(world: World) -> None:
    request = await request_appointment(world.ana.actor, a_request(world.ana))
    await offer_times(world.cora.actor, an_offer(request, book=True))
    with speaking("es"):
        await cancel_appointment(world.ana.actor, request, "cost")
    assert await _inbox_lines(world, "en") == [
        ("Visit cancelled by the patient", "Cost", "Appointment request")
    ]
    assert await _inbox_lines(world, "es") == [
        ("El paciente canceló la cita", "El costo", "Solicitud de cita")
    ]


def test_numbers_and_times_are_written_as_in_this_country() -> None:
    """A dot before the decimals and twelve hours, in Spanish too: 7.2 and 72 must never be mistaken."""
    target = GoalTarget("", unit="mg/dL")
    said = {}
    for locale in LOCALES:
        with speaking(locale):
            times = (
                moment.clock(NOON, ZONE),
                moment.day(NOON, ZONE),
                moment.full_day(NOON),
                moment.month(NOON),
            )
            said[locale] = (_number(1234.5, target), *(text.replace("\u202f", " ") for text in times))
    assert said["en"] == ("1,234.5 mg/dL", "12:00 PM", "Fri, Nov 27", "November 27, 2026", "Nov 2026")
    assert said["es"] == (
        "1,234.5 mg/dL",
        "12:00 p.m.",
        "vie, 27 de nov",
        "27 de noviembre de 2026",
        "nov 2026",
    )
    assert format_locale() == "en_US" and DEFAULT == "en"


def test_ages_and_names_of_languages() -> None:
    with speaking("es"):
        ago = [moment.since(NOON - timedelta(minutes=minutes), NOON) for minutes in (0, 12, 300)]
        assert ago == ["ahora mismo", "12 min", "5 h"]
        assert [language_name(code) for code in ("es", "en-US", "zz-x")] == ["español", "inglés", "zz-x"]
    assert language_name("es-MX") == "Spanish"
