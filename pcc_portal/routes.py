"""Every path of the portal, once."""

from __future__ import annotations

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
ACCESS_LOG = "/who-saw-my-record"
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
