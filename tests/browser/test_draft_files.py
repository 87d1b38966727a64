"""Files that were chosen come back after a reload, and are sent once."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.people import CARD, Screen, describe_the_card, fresh
from tests.servers import Portal

pytestmark = pytest.mark.browser


def stored(portal: Portal, name: str) -> list[str]:
    """What the files with this name belong to."""
    with sqlite3.connect(f"file:{portal.data_dir / 'portal.db'}?mode=ro", uri=True) as base:
        return [row[0] for row in base.execute("SELECT owner_kind FROM stored_file WHERE name = ?", (name,))]


def a_text(name: str) -> dict[str, object]:
    """A small text file to choose."""
    return {"name": name, "mimeType": "text/plain", "buffer": b"what I eat"}


def kept(page: Page, name: str) -> None:
    """The file stands below the form, and the draft has it."""
    row = page.locator(".preview", has_text=name)
    expect(row).to_have_count(1)
    expect(row.locator("input[type=hidden]")).to_have_count(1)


def send(page: Page, body: str) -> None:
    """Fill in the rest, and send."""
    page.locator("#category").select_option("general")
    page.locator("#subject").fill("Files")
    page.locator("#body").fill(body)
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/messages?thread=*")


def never(_route: Route) -> None:
    """A network on which an upload does not end."""


def test_they_survive_a_reload_and_go_with_the_message_once(writer: Screen, portal: Portal):
    page, one, two = writer.page, f"{fresh('food')}.txt", f"{fresh('drinks')}.txt"
    page.locator("#files").set_input_files([a_text(one)])
    kept(page, one)
    page.locator("#files").set_input_files([a_text(two)])
    kept(page, two)
    page.reload()
    kept(page, one)
    page.locator(".preview", has_text=two).get_by_role("button", name="Remove").click()
    expect(page.locator(".preview")).to_have_count(1)
    page.reload()
    kept(page, one)
    expect(page.locator(".preview")).to_have_count(1)
    send(page, fresh("Here is my list"))
    expect(page.locator(".attachment", has_text=one)).to_be_visible()
    assert stored(portal, one) == ["communication"] and stored(portal, two) == []
    writer.open("/messages/new")
    expect(page.locator("#body")).to_have_value("")
    expect(page.locator(".preview")).to_have_count(0)
    assert writer.wrong == []


def test_a_card_is_kept_while_the_rest_is_typed(writer: Screen, portal: Portal):
    page, payer = writer.page, fresh("Elm Health")
    writer.open("/insurance/add")
    page.locator("#front").set_input_files(CARD)
    kept(page, "specimen")
    page.reload()
    kept(page, "specimen")
    picture = page.locator(".preview img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("img => img.naturalWidth") > 100
    describe_the_card(page, payer)
    page.wait_for_url("**/insurance?sent=*")
    expect(page.locator("li", has_text=payer).locator("img").first).to_be_visible()


def test_sent_while_it_is_on_its_way_it_goes_with_the_form(writer: Screen, portal: Portal):
    page, name = writer.page, f"{fresh('slow')}.txt"
    page.route("**/draft/*/files/*", never)
    page.locator("#files").set_input_files([a_text(name)])
    expect(page.locator(".preview progress")).to_be_visible()
    send(page, fresh("It goes along"))
    expect(page.locator(".attachment", has_text=name)).to_be_visible()
    assert stored(portal, name) == ["communication"]


def test_cancelled_it_is_nowhere(writer: Screen, portal: Portal):
    page, name = writer.page, f"{fresh('wrong')}.txt"
    page.route("**/draft/*/files/*", never)
    page.locator("#files").set_input_files([a_text(name)])
    page.locator(".preview").get_by_role("button", name="Cancel").click()
    expect(page.locator(".preview")).to_have_count(0)
    send(page, fresh("Without it"))
    assert stored(portal, name) == []


def test_what_the_draft_cannot_take_says_why(writer: Screen):
    page = writer.page
    page.locator("#files").set_input_files(
        [{"name": "photo.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n no picture"}]
    )
    expect(page.locator("[data-error-for=files]")).to_contain_text("picture")
    expect(page.locator(".preview")).to_have_count(0)


def test_no_line_it_stays_picked_and_is_kept_later(writer: Screen):
    page, name = writer.page, f"{fresh('later')}.txt"
    page.route("**/draft/*/files/*", lambda route: route.abort())
    page.locator("#files").set_input_files([a_text(name)])
    expect(page.locator(".preview", has_text=name).get_by_role("button", name="Remove")).to_be_visible()
    page.unroute("**/draft/*/files/*")
    page.evaluate("""() => document.dispatchEvent(
        new CustomEvent('portal:connection', { detail: { lost: false } }))""")
    kept(page, name)
