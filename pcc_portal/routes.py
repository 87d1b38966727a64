"""Every path of the portal, once."""

from __future__ import annotations

from pcc_portal.domain.actor import Actor, Role

# Pages (compiled once a locale; the default locale without prefix).
HOME = "/"
SIGN_IN = "/sign-in"
CARE_PLAN = "/care-plan"
APPOINTMENTS = "/appointments"
APPOINTMENT_REQUEST = "/appointments/request"
INSURANCE = "/insurance"
INSURANCE_ADD = "/insurance/add"
MESSAGES = "/messages"
MESSAGE_NEW = "/messages/new"
MORE = "/more"
INBOX = "/inbox"

# Our own HTTP routes.
SESSION_START = "/session/start"
SESSION_END = "/session/end"
ACT_AS = "/session/act-as"
DO = "/do/{action}"
DRAFT = "/draft/{slot}"
FILES = "/files"
FILE = "/files/{file_id}"
HEALTH = "/health"


def first_page(actor: Actor) -> str:
    """The page a person lands on: staff at the inbox, patients at home, others at what is left."""
    if actor.gives_care:
        return INBOX
    return HOME if actor.subject_id is not None and actor.role is not Role.ADMIN else MORE
