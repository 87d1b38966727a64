"""The whole kit on one page, each piece in each state; in demo mode only, and in English, for builders."""

from __future__ import annotations

import reflex as rx

from pcc_portal import routes
from pcc_portal.components import kit
from pcc_portal.pages.shell import public_page

COLOURS = (
    *("paper", "sheet", "sunk", "ink", "ink-2", "line", "edge", "deep", "brand", "brand-soft", "sun"),
    *("sun-soft", "stop", "stop-soft", "sky", "sky-soft", "plum", "plum-soft", "focus"),
)


def kit_page() -> rx.Component:
    """Pieces and their states, top to bottom as a page would use them."""
    return public_page(
        "The kit",
        rx.el.p(
            "Every piece a page is made of. All people and numbers here are invented.", class_name="lead"
        ),
        kit.section(
            "Colour", rx.el.ul(*(_colour(name) for name in COLOURS), class_name="plain-list swatches")
        ),
        kit.section("Words", *_words()),
        kit.section("Buttons and links", *_buttons()),
        kit.section("Fields", _fields()),
        kit.section("Choices, dates, files", _choices()),
        kit.section("Steps", _steps()),
        kit.section("Cards and marks", *_cards()),
        kit.section("Whose turn", *_turns()),
        kit.section("Lists, facts, tables", *_lists()),
        kit.section("Tags, banners, what was sent", *_banners()),
        kit.section("Conversation", *_talk()),
        kit.section("Time, numbers, progress", *_time()),
        kit.section("Dialogs and tabs", *_dialogs()),
        kit.section("Nothing yet, and not yet", *_waiting()),
        path=routes.KIT,
        wide=True,
    )


def _colour(name: str) -> rx.Component:
    return rx.el.li(rx.el.span(class_name=f"swatch is-{name}"), rx.el.span(name, class_name="tiny"))


def _words() -> list[rx.Component]:
    return [
        rx.el.p("Heading one is the page's title, drawn above.", class_name="meta"),
        rx.el.h2("Heading two"),
        rx.el.h3("Heading three"),
        rx.el.p("A lead sentence says what a page is for.", class_name="lead"),
        rx.el.p(
            "Body text, at most 42 rem wide: short words, one idea a sentence, numbers like 0O 1lI 5S 8B."
        ),
        rx.el.p(
            "Small text for what is beside the point. ",
            kit.kbd("Ctrl"),
            " ",
            kit.kbd("Enter"),
            class_name="meta",
        ),
    ]


def _buttons() -> list[rx.Component]:
    return [
        rx.el.div(
            kit.button("Primary"),
            kit.button("With icon", icon="send"),
            kit.button("Secondary", "secondary", "phone"),
            kit.button("Quiet", "quiet"),
            kit.button("Danger", "danger", "trash-2"),
            kit.icon_button("x", "Close"),
            class_name="cluster",
        ),
        rx.el.div(
            kit.button("Not now", disabled=True),
            kit.button("Small", "secondary", class_name="small"),
            kit.link_out("A link", "#main"),
            rx.el.div(kit.button("Sending", type="submit"), aria_busy="true"),
            class_name="cluster",
        ),
        rx.el.div(
            kit.link_button("Directions", "#main", "secondary", icon="map-pin", out=True),
            kit.link_button("Add to calendar", "#main", "secondary", icon="calendar-plus", out=True),
            kit.link_button("Change", "#main", "secondary", icon="pencil", out=True),
            class_name="tiles",
        ),
    ]


def _fields() -> rx.Component:
    wrong = kit.field(
        "Member ID",
        kit.text_input("wrong", default_value="EVG 84?", aria_invalid="true", aria_describedby="wrong-error"),
        "wrong",
    )
    return rx.el.div(
        kit.field("Name", kit.text_input("plain"), "plain", hint="As it is printed on the card."),
        kit.field(
            "Phone", kit.text_input("phone", "tel", default_value="617 555 0100"), "phone", optional=True
        ),
        wrong,
        rx.el.div(
            rx.el.p("Use letters and digits only, as on the card.", class_name="field-error"),
            class_name="field",
        ),
        kit.field(
            "Read only", kit.text_input("fixed", read_only=True, default_value="Cannot be changed"), "fixed"
        ),
        kit.field("Kind of plan", kit.select("plan", [("hmo", "HMO"), ("ppo", "PPO")], "Choose"), "plan"),
        kit.field("Message", kit.text_area("area", max_length=200, rows=3, default_value="A" * 130), "area"),
        _summary(),
        class_name="form",
    )


def _summary() -> rx.Component:
    return rx.el.div(
        rx.el.h3("There is something to fix"),
        rx.el.ul(rx.el.li(kit.anchor("Use letters and digits only, as on the card.", href="#wrong"))),
        class_name="error-summary",
    )


def _choices() -> rx.Component:
    ways = [("in-person", "In person", "At the clinic"), ("video", "Video"), ("phone", "Phone")]
    return rx.el.div(
        kit.field("Way to meet", kit.choice("way", ways, value="video"), "way", group=True),
        kit.field(
            "Part of the day",
            kit.choice("part", [("am", "Morning"), ("pm", "Afternoon"), ("eve", "Evening")], compact=True),
            "part",
            group=True,
        ),
        kit.check("earlier", "Tell me if an earlier time opens"),
        kit.field("Day", kit.date_input("day", min="2026-11-26"), "day"),
        kit.field("Photo of the card", kit.file_drop("photo", capture="environment"), "photo"),
        class_name="form",
    )


def _steps() -> rx.Component:
    return rx.el.div(
        rx.el.p("Step 3 of 7", class_name="step-count"),
        rx.el.progress(max=7, value=3, aria_hidden="true", class_name="step-bar"),
        class_name="step-head",
    )


def _cards() -> list[rx.Component]:
    return [
        kit.hero("Hello, Sample", "The greeting of Home: who acts next, and by when."),
        kit.card(
            rx.el.p("Do next", class_name="eyebrow"),
            rx.el.div(
                rx.el.h3("The one thing that matters most", class_name="card-title"),
                rx.el.span(kit.icon("mail"), class_name="next-face"),
                class_name="next-head",
            ),
            rx.el.p("It says why, and by when."),
            kit.button("Do it"),
            class_name="leaf",
        ),
        kit.card(
            rx.el.div(
                kit.day_tile("Nov", "30"),
                rx.el.div(
                    rx.el.h3("Mon, Nov 30, 10:00 AM", class_name="card-title"), rx.el.p("A nurse visit")
                ),
                class_name="visit-head",
            ),
        ),
        kit.card(
            rx.el.div(
                kit.avatar("SP", "staff", class_name="large"),
                rx.el.div(
                    rx.el.p("Sample Person", class_name="card-title"),
                    rx.el.p("Open until 5:00 PM", class_name="presence open"),
                ),
                class_name="person",
            ),
        ),
    ]


def _turns() -> list[rx.Component]:
    names = ("Requested", "Times offered", "Booked")
    texts = (
        ("Your turn: choose a time by Fri, 3:00 PM", "yours"),
        ("We offer you times by Fri, 3:00 PM", "ours"),
        ("We are late. You should have had an answer by Mon, 9:00 AM.", "late"),
        ("Nothing to do now", "settled"),
    )
    return [
        *(kit.stages(names, at, f"How far it has come, {at} of 3") for at in (1, 2, 3)),
        *(kit.status_line(text, turn=turn) for text, turn in texts),
        rx.el.ul(*(rx.el.li(kit.turn(text, turn)) for text, turn in texts), class_name="plain-list stack-s"),
    ]


def _lists() -> list[rx.Component]:
    rows = [
        kit.table_row("Office visit", "2026-11-02", "$20.00", amounts=(2,)),
        kit.table_row("Spacer for the inhaler", "2026-11-09", "$7.50", amounts=(2,)),
    ]
    return [
        rx.el.ul(
            rx.el.li(
                kit.row(
                    "A row that opens something", "#main", kit.turn("Your turn", "yours"), icon_name="shield"
                )
            ),
            rx.el.li(
                kit.row("With a tag and a time", "#main", aside=(kit.tag("New", "info"), rx.el.span("5 h")))
            ),
            class_name="plain-list rows",
        ),
        kit.summary_list([("Kind of care", "A nurse visit"), ("Way to meet", "Video")]),
        kit.table("What you paid", ("For", "Day", "Amount"), *rows, amounts=(2,)),
    ]


def _banners() -> list[rx.Component]:
    return [
        rx.el.div(
            *(kit.tag(name, name) for name in ("neutral", "good", "wait", "warn", "stop", "info", "staff")),
            class_name="cluster",
        ),
        kit.banner("info", "Something to know", rx.el.p("And why.")),
        kit.banner("good", "It worked"),
        kit.banner("warn", "Please look at this", rx.el.p("It still works, but not for long.")),
        kit.banner(
            "stop", "This did not work", rx.el.p("Nothing was sent. Your words are still here."), role="note"
        ),
        rx.el.div("Your message was sent.", class_name="toast"),
        kit.confirmation("We have your request", "We offer you times.", "You choose one.", focus=False),
    ]


def _talk() -> list[rx.Component]:
    return [
        kit.conversation(
            kit.message_bubble(
                "Sample Person", "Mon, 9:02 AM", "May I take it with milk?", mine=True, state="Read"
            ),
            kit.message_bubble("Coordinator", "Mon, 9:40 AM", "Yes. With water is better."),
            kit.note_bubble("Nurse", "Mon, 9:41 AM", "Asked twice this week."),
            label="A conversation",
        )
    ]


def _time() -> list[rx.Component]:
    return [
        kit.timeline(
            kit.timeline_entry("Nov 2", "Asked"),
            kit.timeline_entry("Nov 4", "Times offered"),
            kit.timeline_entry("Nov 30", "Visit", done=False),
        ),
        kit.progress(2, "Goals reached", max=6, fact="2 of 6"),
        kit.sparkline(
            "0,20 40,34 80,30 120,44 160,40 200,52 240,50",
            "Blood sugar",
            "7 values, from 9.1 % in Jan to 7.2 % in Nov",
            target_y=56,
        ),
    ]


def _dialogs() -> list[rx.Component]:
    return [
        kit.tabs("Views", [("Open", "#main", True), ("Done", "#kit", False)]),
        kit.button("Open the dialog", "secondary", data_open_dialog="kit-dialog", aria_haspopup="dialog"),
        kit.dialog_box(
            "kit-dialog",
            "A native dialog",
            rx.el.p("Escape and the cross close it; the focus goes back to where it came from."),
            actions=(kit.button("Keep it", data_close_dialog="true"), kit.button("Throw it away", "danger")),
        ),
        rx.el.details(rx.el.summary("More"), rx.el.p("What few people need is one press away.")),
    ]


def _waiting() -> list[rx.Component]:
    return [
        kit.empty_state(
            "calendar", "No visit is booked", "When one is, you see it here.", kit.button("Ask for one")
        ),
        *(kit.skeleton(shape, 2) for shape in ("cards", "rows", "form", "talk", "lines")),
    ]
