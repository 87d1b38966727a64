"""Care plans and goals: FHIR's statuses in plain words."""

from __future__ import annotations

from pcc_portal.language import N_

ENDED = frozenset({"completed", "revoked"})
OPEN_GOALS = ("proposed", "planned", "accepted", "active")

ACTIVITY_TEXT = {
    "not-started": N_("Not started"),
    "scheduled": N_("Planned"),
    "in-progress": N_("Under way"),
    "on-hold": N_("Paused"),
    "completed": N_("Done"),
    "cancelled": N_("Cancelled"),
    "stopped": N_("Stopped"),
}
ACHIEVEMENT_TEXT = {
    "in-progress": N_("Under way"),
    "improving": N_("Getting better"),
    "worsening": N_("Getting worse"),
    "no-change": N_("No change"),
    "achieved": N_("Reached"),
    "sustaining": N_("Reached and kept"),
    "not-achieved": N_("Not reached"),
    "no-progress": N_("No progress yet"),
    "not-attainable": N_("Cannot be reached"),
}
ACHIEVEMENT_TONE = {
    "improving": "good",
    "achieved": "good",
    "sustaining": "good",
    "worsening": "warn",
    "not-achieved": "warn",
}

# LOINC: what is measured, in plain words.
MEASURE_TEXT = {
    "4548-4": N_("Blood sugar over three months (A1c)"),
    "2339-0": N_("Blood sugar"),
    "8480-6": N_("Blood pressure, upper number"),
    "8462-4": N_("Blood pressure, lower number"),
    "29463-7": N_("Weight"),
    "39156-5": N_("Body mass index"),
    "59408-5": N_("Oxygen in the blood"),
    "18262-6": N_("LDL cholesterol"),
    "2085-9": N_("HDL cholesterol"),
    "2093-3": N_("Total cholesterol"),
    "2571-8": N_("Fats in the blood (triglycerides)"),
    "8867-4": N_("Heart rate"),
}
GOAL_TEXT = {
    "improve and maintenance of optimal foot health": N_(
        "Keep your feet healthy: look at them every day and show us any sore"
    ),
    "address patient knowledge deficit on diabetic self-care": N_("Know how to care for your diabetes"),
    "improved systolic function": N_("A stronger heartbeat"),
    "improved diastolic function": N_("A heart that fills more easily"),
    "reduce sodium intake": N_("Eat less than 2,400 mg of salt's sodium a day"),
}
UNIT_TEXT = {"mm[Hg]": "mmHg", "[lb_av]": "lb", "/min": N_("beats a minute"), "kg/m2": "kg/m²"}
BLOOD_PRESSURE = ("85354-9", "55284-4")


def plain_goal(text: str) -> str:
    """A goal's words made plain where we know them (untranslated), else as they came."""
    lowered = text.lower()
    return next((plain for begin, plain in GOAL_TEXT.items() if lowered.startswith(begin)), text)
