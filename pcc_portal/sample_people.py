"""Who can sign in to the sample clinic. All invented; the passwords are public on purpose."""

from __future__ import annotations

from typing import NamedTuple

from pcc_portal.language import N_

PASSWORD = "harbor-street-sample"  # noqa: S105 - a sample clinic's, printed at every start


def is_sample(password: str) -> bool:
    """Whether a password is the sample clinic's, or as good as that."""
    return password.strip().casefold() == PASSWORD


class SignIn(NamedTuple):
    """A way in, as printed."""

    role: str
    name: str
    email: str
    password: str
    what: str = ""


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
    SignIn("patient", "Margery Gibson", PATIENTS["Margery Gibson"], PASSWORD, N_("Patient with diabetes")),
    SignIn(
        "patient",
        "Luis Miguel Delarosa",
        PATIENTS["Luis Miguel Delarosa"],
        PASSWORD,
        N_("Patient who reads Spanish"),
    ),
    SignIn("helps Margery", *HELPER, PASSWORD, N_("Helps her mother Margery")),
    SignIn(*STAFF[0], PASSWORD, N_("Care coordinator: the inbox")),
    SignIn(*STAFF[1], PASSWORD, N_("Care coordinator, too")),
    SignIn(*STAFF[2], PASSWORD, N_("Leads the coordinators")),
    SignIn(*STAFF[3], PASSWORD, N_("Runs the portal")),
)
