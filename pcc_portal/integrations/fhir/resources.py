"""The resources the portal understands: what FHIR R4 requires of each, and how it is read.

Their order is the order of import: what others point at comes first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from pcc_portal.integrations.fhir import care, events, people
from pcc_portal.integrations.fhir.elements import Malformed, Node

Mapper = Callable[[Node, ZoneInfo], dict[str, Any]]


@dataclass(frozen=True)
class Kind:
    """One resource type. ``patient`` is the element that names the patient, if it is about one.

    ``required`` are the elements of cardinality 1.. in FHIR R4 (hl7.org/fhir/R4); ``x[x]`` is a choice.
    """

    name: str
    columns: Mapper
    required: tuple[str, ...] = ()
    patient: str = ""

    def check(self, node: Node) -> None:
        """Raise ``Malformed`` for the first required element that is missing."""
        for element in self.required:
            if not node.get(element) and not _has(node, element):
                raise Malformed(element, "is missing")


def _has(node: Node, element: str) -> bool:
    """Whether an element is there: a value, or what FHIR says of a missing one (``_element``)."""
    if not element.endswith("[x]"):
        return _says(node.get(element)) or _says(node.get(f"_{element}"))
    stems = (element[:-3], f"_{element[:-3]}")
    return any([_says(node[key]) for key in node if key.startswith(stems)])


def _says(value: Any) -> bool:
    return bool(value) or value is False or value == 0


_ALL = (
    Kind("Organization", people.organization),
    Kind("Location", people.location),
    Kind("Practitioner", people.practitioner),
    Kind("PractitionerRole", people.practitioner_role),
    Kind("Patient", people.patient),
    Kind("RelatedPerson", people.related_person, ("patient",), "patient"),
    Kind("Coverage", events.coverage, ("status", "beneficiary", "payor"), "beneficiary"),
    Kind("Encounter", events.encounter, ("status", "class"), "subject"),
    Kind("Condition", care.condition, ("subject",), "subject"),
    Kind("AllergyIntolerance", care.allergy_intolerance, ("patient",), "patient"),
    Kind("CareTeam", care.care_team, (), "subject"),
    Kind("Goal", care.goal, ("lifecycleStatus", "description", "subject"), "subject"),
    Kind("CarePlan", care.care_plan, ("status", "intent", "subject"), "subject"),
    Kind("ServiceRequest", care.service_request, ("status", "intent", "subject"), "subject"),
    Kind(
        "MedicationRequest",
        care.medication_request,
        ("status", "intent", "medication[x]", "subject"),
        "subject",
    ),
    Kind("Observation", events.observation, ("status", "code"), "subject"),
    Kind("Procedure", events.procedure, ("status", "subject"), "subject"),
    Kind(
        "Immunization",
        events.immunization,
        ("status", "vaccineCode", "patient", "occurrence[x]"),
        "patient",
    ),
    Kind("Appointment", events.appointment, ("status", "participant"), "participant"),
    Kind("QuestionnaireResponse", events.questionnaire_response, ("status",), "subject"),
    Kind("DocumentReference", events.document_reference, ("status", "content"), "subject"),
    Kind(
        "ExplanationOfBenefit",
        events.explanation_of_benefit,
        ("status", "type", "use", "patient", "created", "insurer", "provider", "outcome", "insurance"),
        "patient",
    ),
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
RANK: dict[str, int] = {kind.name: place for place, kind in enumerate(_ALL)}
