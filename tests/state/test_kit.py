"""The kit: native elements, nothing a strict content policy blocks, names and slots the script relies on."""

from __future__ import annotations

from typing import Any

import pytest
import reflex as rx

from pcc_portal.components import kit
from pcc_portal.language import speaking
from pcc_portal.pages.shell import desk_page, patient_page, public_page


def rendered(component: rx.Component) -> str:
    return str(component.render())


def imports(component: rx.Component) -> set[str]:
    return {library for library in component._get_all_imports() if library}


A_VAR = rx.Var("name", _var_type=str).to(str)
PIECES: dict[str, rx.Component] = {
    "button": kit.button("Go", "danger", "x"),
    "banner": kit.banner("warn", "Careful", rx.el.p("Why")),
    "chart": kit.sparkline("0,0 1,1", "Weight", "81 kg, down 2", target_y=3),
    "choice": kit.field("How?", kit.choice("how", [("a", "A", "hint")]), "how", group=True),
    "date": kit.field("When?", kit.date_input("when", min="2026-01-01"), "when", hint="A weekday"),
    "dialog": kit.dialog_box("d", "Cancel?", rx.el.p("It goes."), actions=[kit.button("Yes")]),
    "empty": kit.empty_state("inbox", "Nothing", "Yet", kit.link_button("Write", "/messages/new")),
    "files": kit.file_drop("card", capture="environment"),
    "list": kit.summary_list([("Payer", A_VAR)]),
    "message": kit.message_bubble("Ana", "9:12", A_VAR, mine=rx.Var("mine", _var_type=bool).to(bool)),
    "note": kit.note_bubble("Sam", "9:12", "Call back"),
    "progress": kit.progress(4, "Walks", max=5, fact="4 of 5"),
    "select": kit.select("topic", [("a", "A")], placeholder="Choose"),
    "status": kit.status_line("Requested", A_VAR, "by Friday"),
    "tabs": kit.tabs("Views", [("Next", "/appointments", True)]),
    "text": kit.text_area("body", max_length=1000, required=True),
    "timeline": kit.timeline(kit.timeline_entry("Nov 2", "Asked")),
    "desk": desk_page("inbox", "Inbox", person_name=A_VAR, unread=3),
    "patient": patient_page("home", "Home", viewing_as=A_VAR, unread=rx.Var("n", _var_type=int).to(int)),
    "public": public_page("Sign in"),
}


@pytest.mark.parametrize("name", PIECES)
def test_a_piece_needs_no_style_tag_and_no_component_library(name: str) -> None:
    piece = PIECES[name]
    assert "css:" not in rendered(piece)
    assert "style:" not in rendered(piece)
    assert not any("radix" in library or "emotion" in library for library in imports(piece))


def test_a_form_is_sent_by_the_browser_itself() -> None:
    form = rendered(kit.post_form(kit.submit("Send"), action="/do/send", draft="message", stay=True))
    assert "onSubmit" not in form
    for wanted in (
        'method:"post"',
        'action:"/do/send"',
        '"data-draft":"message"',
        '"data-stay"',
        'name:"submission"',
    ):
        assert wanted in form


def test_a_field_ties_its_label_hint_and_error_to_the_control() -> None:
    field = rendered(kit.field("Phone", kit.text_input("phone", "tel"), "phone", hint="With area code"))
    for wanted in (
        'htmlFor:"phone"',
        '"aria-describedby":"phone-hint"',
        '"data-error-for":"phone"',
        'id:"phone"',
    ):
        assert wanted in field


def test_links_speak_the_language_of_the_page_and_ways_out_stay_as_they_are() -> None:
    with speaking("es"):
        assert 'to:"/es/messages"' in rendered(kit.link_to("Mensajes", "/messages"))
        assert 'to:"/es/messages"' in rendered(kit.link_to("Mensajes", "/es/messages"))
        out = rendered(kit.link_out("Archivo", "/files/1"))
    assert 'href:"/files/1"' in out
    assert "ReactRouterLink" not in out


def test_an_icon_is_silent_unless_it_is_named() -> None:
    assert '"aria-hidden":"true"' in rendered(kit.icon("house"))
    assert '"aria-label":"Home"' in rendered(kit.icon("house", "Home"))


def children(component: Any) -> list[Any]:
    return [component, *(deep for child in component.children for deep in children(child))]


def test_the_shell_has_one_heading_one_main_and_a_way_past_the_bar() -> None:
    page = patient_page("home", "Good morning")
    tags = [part.tag for part in children(page) if getattr(part, "tag", None)]
    assert tags.count("h1") == tags.count("main") == 1
    assert "Skip to main content" in rendered(page)
    assert 'href:"#main"' in rendered(page)
    assert "tel:911" in rendered(page)
    assert "tel:988" in rendered(page)


def test_a_control_with_an_id_of_its_own_keeps_its_label() -> None:
    field = rendered(kit.field("Note", kit.text_area("body", id="note-body"), "body", hint="Staff only"))
    for wanted in ('htmlFor:"note-body"', '"aria-describedby":"note-body-hint"', '"data-error-for":"body"'):
        assert wanted in field
