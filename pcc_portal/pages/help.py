"""Help on every page: what the page is for, what people ask about it, and how to reach a person."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.language import N_, _
from pcc_portal.state.portal import PortalState

Questions = tuple[tuple[str, str], ...]

#: For each page what people ask about it. The first is open.
HELP: dict[str, Questions] = {
    routes.SIGN_IN: (
        (
            N_("I cannot sign in. What now?"),
            N_("Check the e-mail address first. After many tries you have to wait a few minutes."),
        ),
        (
            N_("I forgot my password."),
            N_("Call your clinic. The number is on your letters. They set a new one with you."),
        ),
        (
            N_("Is it safe here?"),
            N_("Only you and the people you trust see your record. Sign out when others use this device."),
        ),
    ),
    routes.ACCESSIBILITY: (
        (
            N_("What is this page?"),
            N_("It says how well this portal works for people with disabilities, and whom to tell."),
        ),
    ),
    routes.HOME: (
        (
            N_("What is this page?"),
            N_("Home shows one thing to do next, your next visit, and what we do for you right now."),
        ),
        (
            N_("What do the small round marks mean?"),
            N_("Yellow: it is your turn. An empty ring: it is our turn. Red: we are late. Full: it is done."),
        ),
    ),
    routes.CARE_PLAN: (
        (
            N_("Where does this come from?"),
            N_("From your medical record. Your care team keeps it. You see it as they do."),
        ),
        (
            N_("Something is wrong here. What can I do?"),
            N_("Press Ask next to it. Your coordinator gets your question with the name of the thing."),
        ),
    ),
    routes.APPOINTMENTS: (
        (
            N_("I asked for a visit. Is it booked?"),
            N_("Not yet. First you ask, then we offer times, then you choose one. Then it says Booked."),
        ),
        (
            N_("How do I change a visit?"),
            N_("Open Cancel this, and ask for a new one. For a visit in the next two days, call us."),
        ),
    ),
    routes.APPOINTMENT_REQUEST: (
        (
            N_("Can I stop and go on later?"),
            N_("Yes. What you type is kept as a draft. Come back to this page and it is here."),
        ),
        (
            N_("What happens when I send it?"),
            N_(
                "Your coordinator looks for times and offers them to you. Nothing is booked until you choose."
            ),
        ),
    ),
    routes.INSURANCE: (
        (
            N_("What do you do with my card?"),
            N_("We ask your insurance company if the plan is active, so that you get no surprise bill."),
        ),
    ),
    routes.INSURANCE_ADD: (
        (
            N_("How do I take a good photo?"),
            N_("Lay the card on a dark table. Turn off the flash. Show all four corners."),
        ),
        (
            N_("Who can see the photo?"),
            N_("You, the people you trust with your insurance, and the clinic. It is stored encrypted."),
        ),
    ),
    routes.MESSAGES: (
        (
            N_("When do I get an answer?"),
            N_("Within one business day. The line under each message says by when."),
        ),
        (
            N_("It can't wait. What now?"),
            N_("Call us. In an emergency call 911. Nobody watches messages at night."),
        ),
    ),
    routes.MESSAGE_NEW: (
        (
            N_("What can I write about?"),
            N_("Anything: a visit, a medicine, a bill, a paper you need, a question about your plan."),
        ),
        (
            N_("Who reads it?"),
            N_("Your coordinator and the care team. It becomes part of your record."),
        ),
    ),
    routes.MORE: (
        (
            N_("How do I help somebody else?"),
            N_("They name you as a trusted person. Then their name is on this page, and you can open it."),
        ),
    ),
    routes.INBOX: (
        (
            N_("What is on top?"),
            N_("What cannot wait: first by urgency, then by the time it is due. It changes by itself."),
        ),
        (
            N_("What does Claim do?"),
            N_("It puts your name on the item, so that nobody else answers the same patient."),
        ),
        (
            N_("Which keys can I use?"),
            N_("Tab and Enter open an item. Ctrl and Enter send an answer. ? opens this help."),
        ),
    ),
}


def help_button() -> rx.Component:
    """Opens the help of the page."""
    return rx.el.button(
        kit.icon("circle-help"),
        rx.el.span(_("Help")),
        type="button",
        data_open_dialog="help",
        aria_haspopup="dialog",
        aria_label=_("Help"),
        class_name="top-action help-button",
    )


def help_panel(path: str, person: bool = True) -> rx.Component:
    """The page's questions with their answers, and how to reach a ``person`` of the clinic."""
    return kit.dialog_box(
        "help",
        _("Help"),
        rx.el.div(
            *(
                rx.el.details(rx.el.summary(_(question)), rx.el.p(_(answer)), open=n == 0)
                for n, (question, answer) in enumerate(HELP.get(path, ()))
            ),
            class_name="questions",
        ),
        *([_person()] if person else []),
        class_name="help-panel",
    )


def _person() -> rx.Component:
    phone = PortalState.clinic_phone
    return rx.el.div(
        rx.el.h3(_("Talk to a person")),
        rx.el.p(_("If something here is hard to use, we do it with you on the phone.")),
        rx.el.div(
            rx.cond(phone != "", kit.link_button(phone, f"tel:{phone}", "secondary", icon="phone", out=True)),
            kit.link_button(_("Write a message"), routes.MESSAGE_NEW, "secondary", icon="message-square"),
            class_name="acts",
        ),
        class_name="stack-s",
    )
