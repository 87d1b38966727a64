"""Names of things that can change while somebody watches. A topic carries no health data."""

from __future__ import annotations

from uuid import UUID


class Topic:
    """The topics, each made from an opaque id."""

    @staticmethod
    def triage(clinic_id: UUID) -> str:
        """What waits in a clinic's inbox."""
        return f"triage:{clinic_id}"

    @staticmethod
    def patient(patient_id: UUID) -> str:
        """Anything a patient or her trusted people can see."""
        return f"patient:{patient_id}"

    @staticmethod
    def user(user_id: UUID) -> str:
        """A person's own rights: sign-out, grants given and taken."""
        return f"user:{user_id}"
