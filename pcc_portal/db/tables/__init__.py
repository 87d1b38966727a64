"""Every table, so that one import knows them all."""

from pcc_portal.db.base import check_references_at_commit
from pcc_portal.db.tables.allergy_intolerance import AllergyIntolerance
from pcc_portal.db.tables.appointment import Appointment, AppointmentOffer
from pcc_portal.db.tables.audit_event import AuditEvent
from pcc_portal.db.tables.care_plan import CarePlan
from pcc_portal.db.tables.care_team import CareTeam
from pcc_portal.db.tables.clinic import Clinic
from pcc_portal.db.tables.communication import Communication, CommunicationThread
from pcc_portal.db.tables.condition import Condition
from pcc_portal.db.tables.consent import Consent
from pcc_portal.db.tables.coverage import Coverage
from pcc_portal.db.tables.document_reference import DocumentReference
from pcc_portal.db.tables.draft import Draft, Submission
from pcc_portal.db.tables.encounter import Encounter
from pcc_portal.db.tables.explanation_of_benefit import ExplanationOfBenefit
from pcc_portal.db.tables.fhir_identifier import FhirIdentifier
from pcc_portal.db.tables.goal import Goal
from pcc_portal.db.tables.immunization import Immunization
from pcc_portal.db.tables.location import Location
from pcc_portal.db.tables.medication_request import MedicationRequest
from pcc_portal.db.tables.observation import Observation
from pcc_portal.db.tables.organization import Organization
from pcc_portal.db.tables.patient import Patient
from pcc_portal.db.tables.pending_reference import PendingReference
from pcc_portal.db.tables.portal_user import PortalSession, PortalUser, SignInAttempt
from pcc_portal.db.tables.practitioner import Practitioner
from pcc_portal.db.tables.practitioner_role import PractitionerRole
from pcc_portal.db.tables.procedure import Procedure
from pcc_portal.db.tables.questionnaire_response import QuestionnaireResponse
from pcc_portal.db.tables.related_person import RelatedPerson
from pcc_portal.db.tables.service_request import ServiceRequest
from pcc_portal.db.tables.stored_file import StoredFile
from pcc_portal.db.tables.task import Note, Task

__all__ = [
    "AllergyIntolerance",
    "Appointment",
    "AppointmentOffer",
    "AuditEvent",
    "CarePlan",
    "CareTeam",
    "Clinic",
    "Communication",
    "CommunicationThread",
    "Condition",
    "Consent",
    "Coverage",
    "DocumentReference",
    "Draft",
    "Encounter",
    "ExplanationOfBenefit",
    "FhirIdentifier",
    "Goal",
    "Immunization",
    "Location",
    "MedicationRequest",
    "Note",
    "Observation",
    "Organization",
    "Patient",
    "PendingReference",
    "PortalSession",
    "PortalUser",
    "Practitioner",
    "PractitionerRole",
    "Procedure",
    "QuestionnaireResponse",
    "RelatedPerson",
    "ServiceRequest",
    "SignInAttempt",
    "StoredFile",
    "Submission",
    "Task",
]

check_references_at_commit()
