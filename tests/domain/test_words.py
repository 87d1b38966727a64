"""Times, terms and lines as people see them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pcc_portal.domain import glossary, moment, trend
from pcc_portal.domain.care_plan import plain_goal
from pcc_portal.domain.trend import Point
from pcc_portal.language import locale_of, localized, speaking

NOON = datetime(2026, 11, 27, 17, tzinfo=UTC)


def test_times_are_the_clinics():
    assert moment.day_and_time(NOON, "America/New_York").replace("\u202f", " ") == "Fri, Nov 27, 12:00 PM"
    with speaking("es"):
        assert "12:00" in moment.day_and_time(NOON, "America/New_York")
        assert "nov" in moment.day(NOON, "America/New_York")


def test_how_long_ago():
    ago = [moment.since(NOON - timedelta(minutes=m), NOON) for m in (0, 12, 300, 60 * 24 * 3)]
    assert ago == ["just now", "12 min", "5 h", "3 d"]


def test_terms_lose_their_kind_and_gain_words():
    assert glossary.term("Anemia (disorder)") == "Anemia"
    assert glossary.condition("38341003") == "High blood pressure"
    assert glossary.condition("nothing") == ""
    assert "water pill" in glossary.medicine("Hydrochlorothiazide 25 MG")
    assert glossary.medicine("Unobtainium 5 MG") == ""
    assert plain_goal("Improve and maintenance of optimal foot health: aim at …").startswith("Keep your feet")
    assert plain_goal("Run a mile") == "Run a mile"


def test_a_line_fits_its_box():
    series = [Point(NOON + timedelta(days=n), 100 + n % 5) for n in range(40)]
    drawn = trend.line(series, 90)
    points = [tuple(map(float, pair.split(","))) for pair in drawn.points.split()]
    assert len(points) == trend.MOST_POINTS
    assert all(0 <= x <= trend.WIDTH and 0 <= y <= trend.HEIGHT for x, y in points)
    assert 0 <= float(drawn.target_y) <= trend.HEIGHT
    assert trend.line(series[:1], 90).points == ""
    assert trend.line([Point(NOON, 5.0), Point(NOON, 5.0)], None).target_y == ""


def test_paths_and_languages():
    assert locale_of("/es/messages") == "es"
    assert locale_of("/messages") == "en"
    assert localized("/", "es") == "/es"
    assert localized("/messages", "es") == "/es/messages"
    assert localized("/messages", "en") == "/messages"
