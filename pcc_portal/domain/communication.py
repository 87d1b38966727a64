"""Messages: their categories, what a person may send, and who is on which side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from pcc_portal.domain.form import Answers
from pcc_portal.language import N_

LONGEST_BODY = 8_000
LONGEST_SUBJECT = 120
MOST_FILES = 4


class Category(StrEnum):
    """What a thread is about (the portal's message categories)."""

    GENERAL = "general"
    APPOINTMENTS = "appointments"
    MEDICATIONS = "medications"
    TEST_RESULTS = "test-results"
    EDUCATION = "education"
    INSURANCE = "insurance"
    REFERRAL = "referral"
    CARE_PLAN = "care-plan"
    SUPPORT = "support"


CATEGORY_TEXT = {
    Category.GENERAL: N_("General question"),
    Category.APPOINTMENTS: N_("Appointments"),
    Category.MEDICATIONS: N_("Medicines"),
    Category.TEST_RESULTS: N_("Test results"),
    Category.EDUCATION: N_("Learning about my health"),
    Category.INSURANCE: N_("Insurance and bills"),
    Category.REFERRAL: N_("Referral or approval"),
    Category.CARE_PLAN: N_("My care plan"),
    Category.SUPPORT: N_("Help and support"),
}


class Side(StrEnum):
    """Who wrote a message: the patient's side or the clinic's."""

    PATIENT = "patient"
    CLINIC = "clinic"


@dataclass(frozen=True)
class MessageDraft:
    """A message as typed: a reply when ``thread_id`` is given, else the start of a thread."""

    body: str
    patient_id: UUID | None = None
    thread_id: UUID | None = None
    category: str = Category.GENERAL
    subject: str = ""
    about_kind: str = ""
    about_id: UUID | None = None
    submission: UUID | None = None

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> MessageDraft:
        """From a form; Invalid when something is missing or too long."""
        answers = Answers(form)
        thread_id = answers.key("thread")
        body = answers.text("body", N_("Write your message."), longest=LONGEST_BODY)
        category: str = Category.GENERAL
        subject = ""
        if thread_id is None:
            category = answers.choice("category", set(Category), N_("Choose what this is about."))
            subject = answers.text("subject", N_("Give your message a short title."), longest=LONGEST_SUBJECT)
        draft = cls(
            body=body,
            patient_id=answers.key("patient"),
            thread_id=thread_id,
            category=category,
            subject=subject,
            about_kind=answers.text("about_kind", longest=40),
            about_id=answers.key("about_id"),
            submission=answers.key("submission"),
        )
        answers.done()
        return draft


@dataclass(frozen=True)
class NoteDraft:
    """An internal note as typed."""

    task_id: UUID | None
    body: str
    submission: UUID | None = None

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> NoteDraft:
        """From a form; Invalid when it is empty or too long."""
        answers = Answers(form)
        draft = cls(
            task_id=answers.key("task"),
            body=answers.text("body", N_("Write the note."), longest=LONGEST_BODY),
            submission=answers.key("submission"),
        )
        answers.done()
        return draft
