"""The numbers of a goal: those of Goal.target, and those that are only in its words.

Synthea writes targets as text ("Hemoglobin A1c total in Blood < 7.0"). Codes are LOINC (loinc.org):
4548-4 hemoglobin A1c, 2339-0 glucose in blood, 8480-6 and 8462-4 systolic and diastolic pressure,
29463-7 body weight, 39156-5 body mass index, 59408-5 oxygen saturation by pulse oximetry, 18262-6 LDL,
2085-9 HDL, 2093-3 total cholesterol, 2571-8 triglycerides, 8867-4 heart rate. Units are UCUM.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pcc_portal.domain.fhir_json import Raw, code, inner, loaded, number, objects, string, words

SYSTOLIC, DIASTOLIC = "8480-6", "8462-4"
_MEASURES: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), loinc, unit)
    for pattern, loinc, unit in (
        (r"\b(hemoglobin a1c|hba1c|a1c)\b", "4548-4", "%"),
        (r"\bglucose\b", "2339-0", "mg/dL"),
        (r"\boxygen saturation\b", "59408-5", "%"),
        (r"\b(body mass index|bmi)\b", "39156-5", "kg/m2"),
        (r"\bweight\b", "29463-7", "kg"),
        (r"\b(ldl|low density lipoprotein)\b", "18262-6", "mg/dL"),
        (r"\b(hdl|high density lipoprotein)\b", "2085-9", "mg/dL"),
        (r"\btriglycerides?\b", "2571-8", "mg/dL"),
        (r"\bcholesterol\b", "2093-3", "mg/dL"),
        (r"\bheart rate\b", "8867-4", "/min"),
        (r"\bsystolic\b", SYSTOLIC, "mm[Hg]"),
        (r"\bdiastolic\b", DIASTOLIC, "mm[Hg]"),
    )
)
_PRESSURE = re.compile(
    r"blood pressure\D{0,30}?(?P<how>below|under|less than|<=?|at most)"
    r"\s*(?P<high>\d{2,3})\s*/\s*(?P<low>\d{2,3})",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"(?P<how><=|>=|<|>|≤|≥|\b(?:below|under|less than|above|over|more than|at most|at least)\b)\s*"
    r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>kg|lbs?|pounds|%|mg/dL|mmol/L)?",
    re.IGNORECASE,
)
_UPPER = ("<", "<=", "≤", "below", "under", "less than", "at most")
_STRICT = ("<", ">", "below", "under", "less than", "above", "over", "more than")
_UNITS = {"lb": "[lb_av]", "lbs": "[lb_av]", "pounds": "[lb_av]"}


@dataclass(frozen=True)
class GoalTarget:
    """A number to reach: between ``low`` and ``high`` (either may be open), in ``unit`` (UCUM).

    ``code`` is the LOINC code of what is measured. ``strict``: the bound itself is not reached yet.
    """

    text: str
    code: str = ""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    due: date | None = None
    strict: bool = False

    def met_by(self, value: float) -> bool:
        """Whether a measurement in the same unit is where it should be."""
        if self.high is not None and (value > self.high or (self.strict and value == self.high)):
            return False
        return not (self.low is not None and (value < self.low or (self.strict and value == self.low)))


def goal_targets(raw: Raw) -> tuple[GoalTarget, ...]:
    """The targets of a goal; a target without a number gives its due date to those in the words."""
    node = loaded(raw)
    said = words(inner(node, "description"))
    listed = [_listed(each, said) for each in objects(node, "target")]
    numbered = tuple(each for each in listed if each.low is not None or each.high is not None)
    if numbered:
        return numbered
    due = next((each.due for each in listed if each.due), None)
    written = targets_in_words(said)
    if written:
        return tuple(replace(each, due=due) for each in written)
    return (GoalTarget(said, code=listed[0].code, due=due),) if listed else ()


def targets_in_words(said: str) -> tuple[GoalTarget, ...]:
    """The targets a sentence holds: what is measured, the bound, and its unit (UCUM)."""
    pressure = _PRESSURE.search(said)
    if pressure:
        strict = pressure["how"].lower() in _STRICT
        return (
            GoalTarget(said, SYSTOLIC, high=float(pressure["high"]), unit="mm[Hg]", strict=strict),
            GoalTarget(said, DIASTOLIC, high=float(pressure["low"]), unit="mm[Hg]", strict=strict),
        )
    bound = _BOUND.search(said)
    measure = next(((loinc, unit) for pattern, loinc, unit in _MEASURES if pattern.search(said)), None)
    if not bound or not measure:
        return ()
    how, value = bound["how"].lower(), float(bound["number"])
    given = (bound["unit"] or "").lower()
    unit = _UNITS.get(given) or bound["unit"] or measure[1]
    target = GoalTarget(said, measure[0], unit=unit, strict=how in _STRICT)
    return (replace(target, high=value) if how in _UPPER else replace(target, low=value),)


def _listed(target: dict[str, Any], said: str) -> GoalTarget:
    """One Goal.target: its measure, and detailQuantity or detailRange."""
    measure = inner(target, "measure")
    common = GoalTarget(words(measure) or said, code(measure), due=_day(string(target, "dueDate")))
    span = inner(target, "detailRange")
    if span:
        low, high = inner(span, "low"), inner(span, "high")
        unit = _unit(high) or _unit(low)
        return replace(common, low=number(low, "value"), high=number(high, "value"), unit=unit)
    quantity = inner(target, "detailQuantity")
    value, how = number(quantity, "value"), string(quantity, "comparator")
    common = replace(common, unit=_unit(quantity), strict=how in _STRICT)
    if how in (">", ">="):
        return replace(common, low=value)
    return replace(common, high=value)


def _unit(quantity: dict[str, Any]) -> str:
    return string(quantity, "code") or string(quantity, "unit")


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
