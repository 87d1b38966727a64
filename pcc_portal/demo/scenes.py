"""What happened in the sample clinic: conversations, requests and cards. All invented.

``hours`` is how long ago something was written; a conversation's last line says whose turn it is.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One message of a conversation: ``side`` is ``p`` (patient) or ``c`` (clinic)."""

    side: str
    hours: float
    body: str


@dataclass(frozen=True)
class Scene:
    """One conversation; ``state`` is new, claimed, answered or done."""

    category: str
    subject: str
    lines: tuple[Line, ...]
    state: str = "new"
    language: str = "en"


def _asked(category: str, subject: str, hours: float, body: str, state: str = "new") -> Scene:
    return Scene(category, subject, (Line("p", hours, body),), state)


def _answered(category: str, subject: str, hours: float, body: str, answer: str, state: str) -> Scene:
    return Scene(category, subject, (Line("p", hours, body), Line("c", hours - 2, answer)), state)


def _es(category: str, subject: str, hours: float, body: str, state: str = "new") -> Scene:
    return Scene(category, subject, (Line("p", hours, body),), state, "es")


SCENES: tuple[Scene, ...] = (
    _asked(
        "general",
        "Feeling tight",
        0.2,
        "Since this morning I have pressure in my chest when I climb the stairs. It goes away when I sit "
        "down. Probably just stress but my daughter says I should tell you.",
    ),
    _asked(
        "medications",
        "Took it twice?",
        0.6,
        "I think I took a double dose of my blood pressure pill. I feel a bit dizzy. What should I do?",
    ),
    _asked(
        "general",
        "Leg after the flight",
        3,
        "My calf is swollen and warm since I came back from my sister. It is only the left one.",
    ),
    _asked(
        "medications",
        "Insulin at the end of the week",
        5,
        "I am out of my insulin on Friday and the pharmacy says there is no refill left. Can you help?",
    ),
    _asked(
        "general",
        "Stitches look different",
        7,
        "The stitches on my thigh are red and one end has a bit of pus. No fever so far.",
        "claimed",
    ),
    _asked("general", "Fever again", 4, "I had a fever of 101 last night and again this morning."),
    _asked(
        "medications",
        "Refill for the water pill",
        20,
        "Could you ask the doctor to refill my hydrochlorothiazide? I have nine tablets left.",
    ),
    _asked(
        "medications",
        "Which pill in the morning",
        26,
        "The new leaflet says to take the tablet in the evening. I always took it in the morning. Which?",
    ),
    _asked(
        "test-results",
        "What does A1c 6.1 mean",
        30,
        "I saw my result, A1c 6.1. Is that good or bad? Do I have to come in before my next visit?",
        "claimed",
    ),
    _asked(
        "test-results",
        "Blood test on Monday",
        44,
        "Has the result of Monday's blood test come in? I would like to know before the weekend.",
    ),
    _asked(
        "insurance",
        "Bill of $214",
        50,
        "I got a bill of $214 for the visit in August. I thought my plan pays that. Whom do I ask?",
    ),
    _asked(
        "insurance",
        "New job, new plan",
        70,
        "I change jobs next month. When should I send you the new card so that nothing gets lost?",
    ),
    _asked(
        "referral",
        "Eye doctor",
        28,
        "The eye doctor's office says they did not get the referral. Could you send it once more?",
    ),
    _asked(
        "referral",
        "Approval for the scan",
        52,
        "Did the insurance approve the scan of my knee? The hospital wants to fix a day.",
        "claimed",
    ),
    _asked(
        "appointments",
        "Running late on Thursday",
        9,
        "My bus arrives at 9:20 on Thursday. Can I still come at 9:15, a bit late?",
    ),
    _asked(
        "appointments",
        "Bring the old pictures?",
        33,
        "Should I bring the old X-ray pictures to the visit with the bone doctor?",
    ),
    _asked(
        "care-plan",
        "Walking every day",
        22,
        "I now walk 20 minutes a day, five days a week. Does that count for my plan?",
    ),
    _asked(
        "care-plan",
        "Salt",
        60,
        "How do I find out how much salt is in bread? The plan says less salt but not how.",
    ),
    _asked(
        "support",
        "Ride to the clinic",
        18,
        "My neighbor can no longer drive me. Is there any help with getting to the clinic?",
    ),
    _asked(
        "support",
        "Someone to talk to",
        36,
        "Since my husband died I sleep badly and I do not go out much. Is there a group I could join?",
    ),
    _asked(
        "education",
        "Low sugar breakfast",
        75,
        "Do you have a list of breakfasts that are good for my blood sugar?",
    ),
    _asked(
        "general",
        "Flu shot",
        27,
        "I have a cold. Can I still get the flu shot next week?",
    ),
    _asked(
        "general",
        "Records for my sister's doctor",
        80,
        "My sister's doctor asks about our family's heart problems. How can I share my record?",
    ),
    _es(
        "general",
        "Dolor de rodilla",
        6,
        "Me duele la rodilla cuando bajo las escaleras. ¿Puedo tomar algo más que el paracetamol?",
    ),
    _es(
        "medications",
        "Receta",
        16,
        "Se me terminan las pastillas para la presión el domingo. ¿Me pueden renovar la receta?",
    ),
    _es(
        "appointments",
        "Intérprete",
        25,
        "Para la cita del jueves necesito un intérprete. ¿Ya está pedido?",
        "claimed",
    ),
    _es("general", "Fiebre", 2, "Tengo fiebre desde anoche y me arde al orinar."),
    _answered(
        "medications",
        "Pill box",
        96,
        "Is there a pill box with days of the week that you recommend?",
        "Yes: our pharmacy gives them out for free. Ask for the large print one at the counter.",
        "answered",
    ),
    _answered(
        "insurance",
        "Copay",
        100,
        "Why did I pay $40 instead of $25 last time?",
        "The visit was with a specialist, and your plan asks $40 there. I can send you the page of your "
        "plan that says so. Would you like it?",
        "answered",
    ),
    _answered(
        "test-results",
        "Copy of the report",
        120,
        "Can I have a copy of the report of my scan?",
        "It is in your record now. Tell me if you cannot open it.",
        "answered",
    ),
    _answered(
        "general",
        "Thank you",
        140,
        "The nurse who did my dressing was very kind. Please tell her.",
        "I told her, and it made her day. Thank you!",
        "done",
    ),
    _answered(
        "referral",
        "Physical therapy",
        160,
        "How many physical therapy visits does my plan pay?",
        "Twenty in a year; you have used six. Your therapist knows, too.",
        "done",
    ),
)


@dataclass(frozen=True)
class Ask:
    """One request for a visit; ``state`` is new, claimed, offered, booked or cancelled."""

    care_type: str
    reason: str
    detail: str
    modality: str
    hours: float
    state: str = "new"


ASKS: tuple[Ask, ...] = (
    Ask("primary-care", "follow-up", "Check of my blood pressure, as we said in spring.", "in-person", 5),
    Ask("primary-care", "new-problem", "My knee gives way when I get up.", "in-person", 21),
    Ask("specialist", "follow-up", "Yearly visit with the eye doctor.", "in-person", 46),
    Ask("nurse", "procedure", "Change of the dressing on my foot.", "in-person", 11, "claimed"),
    Ask("test", "procedure", "Fasting blood test before my next visit.", "in-person", 31),
    Ask("therapy", "new-problem", "I sleep badly and worry a lot.", "video", 29),
    Ask("not-sure", "other", "Form for my employer, needs a signature.", "phone", 64),
    Ask("primary-care", "medication", "The new pill makes me cough at night.", "phone", 8),
    Ask("specialist", "new-problem", "Spot on my arm has grown.", "in-person", 40, "claimed"),
    Ask("primary-care", "follow-up", "Talk about the results of the scan.", "video", 55),
    Ask("nurse", "other", "Learn how to use the inhaler.", "in-person", 70),
    Ask("primary-care", "follow-up", "Diabetes check, every three months.", "in-person", 60, "offered"),
    Ask("specialist", "follow-up", "Heart doctor, once a year.", "in-person", 90, "offered"),
    Ask("primary-care", "follow-up", "Check after the hospital.", "in-person", 130, "booked"),
    Ask("test", "procedure", "Mammogram.", "in-person", 150, "booked"),
    Ask("primary-care", "other", "Travel vaccines.", "in-person", 170, "cancelled"),
)


@dataclass(frozen=True)
class Sent:
    """One insurance card; ``state`` is new, claimed, confirmed or photo."""

    payer: str
    plan: str
    plan_type: str
    member_id: str
    group: str
    card: str
    hours: float
    state: str = "new"


CARDS: tuple[Sent, ...] = (
    Sent("Bluewater Health", "Harbor Silver PPO", "ppo", "BWH884201957", "HB-4471", "0_clean.png", 6),
    Sent("Oak & Iron Mutual", "Choice HMO", "hmo", "OI1O0I7734", "OI-100", "1_clean.png", 24),
    Sent("Bluewater Health", "Harbor Gold PPO", "ppo", "BWH771204485", "HB-4471", "0_photo.jpg", 30),
    Sent("State Medicaid", "", "medicaid", "MA55120984", "", "0_clean.png", 49),
    Sent("Oak & Iron Mutual", "Medicare Plus", "medicare-advantage", "OIM990142", "", "1_photo.jpg", 54),
    Sent("Bluewater Health", "Student EPO", "epo", "BWH665120034", "ST-20", "0_clean.png", 73, "claimed"),
    Sent("Oak & Iron Mutual", "Choice HMO", "hmo", "OI7783O01I", "OI-204", "1_clean.png", 15),
    Sent("Bluewater Health", "Harbor Silver PPO", "ppo", "BWH120077410", "HB-90", "0_photo.jpg", 19),
    Sent("Medicare", "Part A and B", "medicare", "1EG4TE5MK73", "", "1_clean.png", 36),
    Sent("Oak & Iron Mutual", "Choice HMO", "hmo", "OI44O1", "OI-100", "1_blur.png", 80, "photo"),
    Sent("Medicare", "Part A and B", "medicare", "9XK2PW7AR14", "", "0_clean.png", 190, "confirmed"),
    Sent(
        "Bluewater Health", "Harbor Gold PPO", "ppo", "BWH300912277", "HB-12", "0_clean.png", 220, "confirmed"
    ),
)
