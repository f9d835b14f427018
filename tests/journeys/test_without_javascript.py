"""Everything can be found and read without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.following import follow, press_enter


@pytest.fixture
def visit_plainly(visit):
    return lambda path, **options: visit(path, java_script_enabled=False, **options)


def is_shown_near_the_top(page, selector: str) -> bool:
    expect(page.locator(selector)).to_be_in_viewport()  # the page scrolls only when it is next drawn
    return 0 <= page.locator(selector).bounding_box()["y"] < 200


def test_situation_on_the_home_page_leads_to_its_answer(visit_plainly):
    page = visit_plainly("/")
    follow(page.get_by_role("link", name="The council said no to an assessment"))
    page.wait_for_url("**/guides/understanding-ehcps/#refused")
    assert is_shown_near_the_top(page, "#refused")


def test_contents_of_a_guide_open_and_lead_to_a_section(visit_plainly):
    page = visit_plainly("/guides/anxiety/")
    page.get_by_text("On this page", exact=True).first.click()
    link = page.locator(".contents-phone a").last
    section = link.get_attribute("href")
    link.click()
    expect(page).to_have_url(re.compile(f"/guides/anxiety/{section}$"))
    expect(page.locator(section)).to_be_in_viewport()


def test_letter_of_the_glossary_leads_to_its_words(visit_plainly):
    page = visit_plainly("/guides/send-glossary/")
    page.get_by_role("link", name="E", exact=True).click()
    assert is_shown_near_the_top(page, "#letter-e")
    follow(page.get_by_role("link", name=re.compile(r"^Education, health and care plan")).first)
    page.wait_for_url("**/guides/send-glossary/ehcp/")
    assert page.locator(".definition").is_visible()


def test_menu_of_a_phone_opens(visit_plainly):
    page = visit_plainly("/help-now/")
    menu = page.locator(".menu nav")
    assert not menu.is_visible()
    page.get_by_text("Menu", exact=True).click()
    links = ["Guides", "Workshops", "Local help", "Book a call", "Search"]
    expect(menu.get_by_role("link")).to_have_text(links)
    follow(menu.get_by_role("link", name="Guides"))
    page.wait_for_url("**/guides/")


def test_local_offer_leads_to_a_council(visit_plainly):
    page = visit_plainly("/guides/the-local-offer/")
    page.get_by_role("navigation", name="Choose where you live").get_by_role("link", name="London").click()
    assert is_shown_near_the_top(page, "#region-london")
    follow(page.get_by_role("link", name="Harrow", exact=True))
    page.wait_for_url("**/guides/the-local-offer/harrow/")
    assert page.get_by_text("Harrow SEND Local Offer").is_visible()


def test_search_finds_the_council(visit_plainly):
    page = visit_plainly("/search/")
    page.get_by_label("What are you looking for?").fill("hull")
    press_enter(page)
    page.wait_for_url("**/search/?q=hull")
    follow(page.get_by_role("link", name="Hull City Council"))
    page.wait_for_url("**/guides/the-local-offer/hull/")
    assert page.get_by_role("heading", name="Local Offer").is_visible()
