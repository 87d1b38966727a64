"""Goals with what was measured: the target, the latest value, the line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from babel.numbers import format_decimal
from sqlmodel import col, select

from pcc_portal.cards.care_plan import GoalCard
from pcc_portal.db import tables as t
from pcc_portal.db.unit_of_work import Work
from pcc_portal.domain import moment, trend
from pcc_portal.domain.care_plan import (
    ACHIEVEMENT_TEXT,
    ACHIEVEMENT_TONE,
    BLOOD_PRESSURE,
    MEASURE_TEXT,
    UNIT_TEXT,
    plain_goal,
)
from pcc_portal.domain.goal_target import DIASTOLIC, SYSTOLIC, goal_targets
from pcc_portal.domain.record import GoalTarget, observation_components
from pcc_portal.domain.trend import Point
from pcc_portal.language import _, format_locale

MOST_MEASUREMENTS = 400
Series = dict[str, list[Point]]


async def goal_cards(work: Work, patient_id: UUID, goals: Sequence[t.Goal]) -> list[GoalCard]:
    """A card for each measure of each goal (one query for all measurements)."""
    targets = [(goal, goal_targets(goal.raw)) for goal in goals]
    codes = {target.code for _goal, found in targets for target in found if target.code}
    series = await _measured(work, patient_id, codes)
    cards: list[GoalCard] = []
    for goal, found in targets:
        measured = [target for target in found if target.code and series.get(target.code)]
        if measured:
            cards += [_measured_card(goal, n, each, series, work) for n, each in enumerate(measured)]
        else:
            known = [target for target in found if target.code in MEASURE_TEXT]
            cards += [_plain_card(goal, n, found, each) for n, each in enumerate(known or [GoalTarget("")])]
    return cards


async def _measured(work: Work, patient_id: UUID, codes: set[str]) -> Series:
    if not codes:
        return {}
    wanted = codes | (set(BLOOD_PRESSURE) if codes & {SYSTOLIC, DIASTOLIC} else set())
    o = t.Observation
    rows = await work.all(
        select(o.code, o.effective_at, o.value_number, o.raw)
        .where(o.patient_id == patient_id, col(o.code).in_(wanted), col(o.effective_at).is_not(None))
        .order_by(col(o.effective_at).desc())
        .limit(MOST_MEASUREMENTS)
    )
    series: Series = defaultdict(list)
    for row_code, at, value, raw in rows:
        if value is not None:
            series[row_code].append(Point(at, value))
        elif row_code in BLOOD_PRESSURE:
            for part in observation_components(raw):
                if part.value is not None:
                    series[part.code].append(Point(at, part.value))
    return series


def _measured_card(goal: t.Goal, n: int, target: GoalTarget, series: Series, work: Work) -> GoalCard:
    points = series[target.code]
    latest = max(points, key=lambda point: point.at)
    met = target.met_by(latest.value)
    bound = target.high if target.high is not None else target.low
    drawn = trend.line(points, bound)
    return GoalCard(
        id=f"{goal.id}-{n}",
        text=_(MEASURE_TEXT[target.code]) if target.code in MEASURE_TEXT else target.text,
        status=_("On target") if met else _("Not there yet"),
        tone="good" if met else "wait",
        target=_aim(target),
        latest=_number(latest.value, target),
        measured=_("Measured {day}", day=moment.full_day(latest.at, work.actor.zone)),
        facts=_facts(points, target, work.actor.zone),
        points=drawn.points,
        target_y=drawn.target_y,
        term=goal.description,
    )


def _plain_card(goal: t.Goal, n: int, found: Sequence[GoalTarget], aim: GoalTarget) -> GoalCard:
    status = goal.achievement_status
    due = next((target.due for target in found if target.due), None)
    by = _("By {day}", day=moment.full_day(due)) if due else ""
    text = _(MEASURE_TEXT[aim.code]) if aim.code else _(plain_goal(goal.description))
    return GoalCard(
        id=f"{goal.id}-{n}",
        text=text,
        status=_(ACHIEVEMENT_TEXT[status]) if status in ACHIEVEMENT_TEXT else "",
        tone=ACHIEVEMENT_TONE.get(status, "wait"),
        target=" · ".join(part for part in (_aim(aim), by) if part),
        latest="",
        facts="",
        term=goal.description if goal.description != text else "",
    )


def _aim(target: GoalTarget) -> str:
    if target.high is not None and target.low is not None:
        return _(
            "Goal: between {low} and {high}",
            low=_number(target.low, target),
            high=_number(target.high, target),
        )
    if target.high is not None:
        return _("Goal: below {value}", value=_number(target.high, target))
    if target.low is not None:
        return _("Goal: above {value}", value=_number(target.low, target))
    return ""


def _facts(points: Sequence[Point], target: GoalTarget, zone: str) -> str:
    """The line in words: how many values, from which to which."""
    first, last = min(points, key=lambda p: p.at), max(points, key=lambda p: p.at)
    if first is last:
        return _("One value so far")
    return _(
        "{n} values, from {first} in {then} to {last} in {now}",
        n=len(points),
        first=_number(first.value, target),
        then=moment.month(first.at),
        last=_number(last.value, target),
        now=moment.month(last.at),
    )


def _number(value: float, target: GoalTarget) -> str:
    unit = UNIT_TEXT.get(target.unit, target.unit)
    number = format_decimal(round(value, 1), locale=format_locale())
    return f"{number} {_(unit)}".strip() if unit else number
