"""Who can sign in to the sample clinic. All invented; the passwords are public on purpose."""

from __future__ import annotations

from typing import NamedTuple

PASSWORD = "harbor-street-sample"  # noqa: S105 - a sample clinic's, printed at every start


class SignIn(NamedTuple):
    """A way in, as printed."""

    role: str
    name: str
    email: str
    password: str


PATIENTS = {"Margery Gibson": "margery@example.org", "Luis Miguel Delarosa": "luis@example.org"}
HELPED = "Margery Gibson"
HELPER = ("Dana Gibson", "dana@example.org")
STAFF = (
    ("coordinator", "Cora Lindqvist", "cora@example.org"),
    ("coordinator", "Marcus Bell", "marcus@example.org"),
    ("lead", "Priya Nair", "priya@example.org"),
    ("admin", "Sam Okafor", "sam@example.org"),
)

SIGN_INS = (
    *(SignIn("patient", name, email, PASSWORD) for name, email in PATIENTS.items()),
    SignIn("helps Margery", *HELPER, PASSWORD),
    *(SignIn(*person, PASSWORD) for person in STAFF),
)
