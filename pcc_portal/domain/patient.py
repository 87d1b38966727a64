"""Patients: FHIR's words about a person in plain words."""

from __future__ import annotations

from pcc_portal.language import N_

GENDER_TEXT = {"female": N_("Female"), "male": N_("Male"), "other": N_("Other gender")}
