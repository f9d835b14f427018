"""Everything can be found and read without JavaScript."""

import re

import pytest


@pytest.fixture
def visit_plainly(visit):
    return lambda path, **options: visit(path, java_script_enabled=False, **options)


def is_shown_near_the_top(page, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    return box is not None and 0 <= box["y"] < 200


def test_situation_on_the_home_page_leads_to_its_answer(visit_plainly):
    page = visit_plainly("/")
    page.get_by_role("link", name="The council said no to an assessment").click()
    page.wait_for_url("**/guides/understanding-ehcps/#refused")
    assert is_shown_near_the_top(page, "#refused")


def test_contents_of_a_guide_open_and_lead_to_a_section(visit_plainly):
    page = visit_plainly("/guides/anxiety/")
    page.get_by_text("On this page", exact=True).first.click()
    link = page.locator(".contents-phone a").last
    section = link.get_attribute("href")
    link.click()
    assert page.url.endswith(f"/guides/anxiety/{section}")
    assert page.locator(section).bounding_box()["y"] < page.viewport_size["height"]


def test_letter_of_the_glossary_leads_to_its_words(visit_plainly):
    page = visit_plainly("/guides/send-glossary/")
    page.get_by_role("link", name="E", exact=True).click()
    assert is_shown_near_the_top(page, "#letter-e")
    page.get_by_role("link", name=re.compile(r"^Education, health and care plan")).first.click()
    page.wait_for_url("**/guides/send-glossary/ehcp/")
    assert page.locator(".definition").is_visible()


def test_menu_of_a_phone_opens(visit_plainly):
    page = visit_plainly("/help-now/")
    menu = page.locator(".menu nav")
    assert not menu.is_visible()
    page.get_by_text("Menu", exact=True).click()
    links = ["Guides", "Workshops", "Local help", "Book a call", "Search"]
    assert menu.get_by_role("link").all_inner_texts() == links
    menu.get_by_role("link", name="Guides").click()
    page.wait_for_url("**/guides/")


def test_local_offer_leads_to_a_council(visit_plainly):
    page = visit_plainly("/guides/the-local-offer/")
    page.get_by_role("navigation", name="Choose where you live").get_by_role("link", name="London").click()
    assert is_shown_near_the_top(page, "#region-london")
    page.get_by_role("link", name="Harrow", exact=True).click()
    page.wait_for_url("**/guides/the-local-offer/harrow/")
    assert page.get_by_text("Harrow SEND Local Offer").is_visible()


def test_search_finds_the_council(visit_plainly):
    page = visit_plainly("/search/")
    page.get_by_label("What are you looking for?").fill("hull")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=hull")
    page.get_by_role("link", name="Hull City Council").click()
    page.wait_for_url("**/guides/the-local-offer/hull/")
    assert page.get_by_role("heading", name="Local Offer").is_visible()
