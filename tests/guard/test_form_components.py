"""The components of public forms: what they say to whom, and in a real browser at every width and in both palettes."""

import re

import pytest
from django.test import RequestFactory
from playwright.sync_api import expect

from tests.following import follow
from tests.guard.gallery import GalleryForm, gallery
from tests.journeys.axe import CONTRAST_RULES, violations
from tests.journeys.test_small_screens import TOO_SMALL, TOO_WIDE

FIELDS = ("name", "email", "phone", "area", "caller", "needs", "about", "agreed")


def shown(**data: str) -> str:
    """The form as it is shown after ``data`` was sent; none: as it is asked for."""
    form = GalleryForm(data or None)
    return re.sub(r"\s+", " ", form.render())


def part(html: str, start: str, end: str) -> str:
    return html[html.index(start) :].partition(end)[0] + end


def test_field_has_its_label_above_and_its_hint_below_the_label():
    assert part(shown(), '<div class="field"> <label for="id_email">', "</div>") == (
        '<div class="field"> <label for="id_email">E-mail address </label> '
        '<p class="field-hint" id="id_email_helptext">We will e-mail you the link to join.</p> '
        '<input type="email" name="email" autocomplete="email" maxlength="320" aria-describedby="id_email_helptext" '
        'id="id_email"> </div>'
    )


def test_field_that_is_wrong_keeps_what_was_typed_and_says_what_is_wrong():
    html = part(shown(email="ada@"), '<div class="field field-wrong"> <label for="id_email">', 'id_email"> </div>')
    assert html.endswith(
        '<div id="id_email_error"> <p class="field-error"><span class="visually-hidden">Error: </span>'
        "Enter an e-mail address like name@example.com</p> </div> "
        '<input type="email" name="email" value="ada@" autocomplete="email" maxlength="320" aria-invalid="true" '
        'aria-describedby="id_email_helptext id_email_error" id="id_email"> </div>'
    )


def test_summary_leads_to_each_field_that_is_wrong_and_to_the_first_of_its_choices():
    summary = part(shown(name="Ada"), '<section class="error-summary"', "</section>")
    assert re.findall(r'<li>(?:<a href="([^"]*)">)?([^<]*)', summary)[-4:] == [
        ("#id_email", "Enter your e-mail address"),
        ("#id_area", "Choose your council"),
        ("#id_caller_0", "Choose whether we may say who is calling"),
        ("#id_agreed", "Tick that you have read that this is not an emergency line"),
    ]


def test_sentence_about_the_whole_form_stands_in_the_summary_without_link():
    form = GalleryForm({"name": "Ada"})
    form.add_error(None, "That time has just been taken")
    assert "<li>That time has just been taken</li>" in form.render()


def test_form_without_faults_has_no_summary():
    assert "error-summary" not in shown()


def test_group_of_choices_is_named_and_described_as_a_whole():
    html = part(shown(name="Ada"), '<fieldset class="field field-wrong"', "</label>")
    assert html.startswith(
        '<fieldset class="field field-wrong" aria-describedby="id_caller_helptext id_caller_error"> '
        "<legend>May we say who is calling if someone else answers? </legend> "
        '<p class="field-hint" id="id_caller_helptext">If not, we say that it is a personal call.</p>'
    )
    assert html.endswith(
        '<label class="choice" for="id_caller_0"><input type="radio" name="caller" value="yes" id="id_caller_0" '
        'aria-invalid="true"><span>Yes, say that it is SEND Guide</span></label>'
    )


def test_only_what_may_be_left_empty_is_marked():
    marked = re.findall(r"([^<>]+?) <span class=\"field-optional\">\(optional\)</span>", shown())
    assert marked == ["Phone number", "What would help you on the call", "What would you like to talk about?"]


def test_choices_that_were_made_stay():
    html = shown(caller="no", area="leeds", agreed="on")
    assert re.findall(r"<(?:input|option)[^>]*value=\"(\w+)\"[^>]* (?:checked|selected)", html) == ["leeds", "no"]
    assert re.search(r'<input type="checkbox" name="agreed"[^>]* checked', html)


def test_long_text_is_not_cut_off_by_the_browser():
    assert "maxlength" not in part(shown(), "<textarea", "</textarea>")


def test_what_is_typed_is_shown_as_text():
    assert '<script>"' not in shown(name='<script>"')


@pytest.mark.django_db
def test_gallery_answers():
    answer = gallery(RequestFactory().get("/gallery/"))
    assert answer.status_code == 200
    assert all(f'name="{name}"' in answer.content.decode() for name in FIELDS)


@pytest.fixture
def open_gallery(live_server, new_context):
    """``open_gallery(width=1280)`` opens the page; other arguments are those of a browser context."""

    def opened(width=360, **options):
        page = new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", **options).new_page()
        page.goto(f"{live_server.url}/gallery/")
        return page

    return opened


def send(page):
    follow(page.get_by_role("button", name="Book this call"))
    expect(page.locator(".error-summary")).to_be_visible()


@pytest.mark.urls("tests.guard.gallery")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_components_break_no_rule(open_gallery, width):
    page = open_gallery(width)
    found = {"asked for": violations(page)}
    send(page)
    found["wrong"] = violations(page)
    page.emulate_media(color_scheme="dark")
    found["wrong and dark"] = violations(page, CONTRAST_RULES)
    assert {look: faults for look, faults in found.items() if faults} == {}
    assert (page.evaluate(TOO_WIDE), page.evaluate(TOO_SMALL)) == ([], [])


@pytest.mark.urls("tests.guard.gallery")
@pytest.mark.django_db(transaction=True)
def test_whoever_sent_something_wrong_starts_at_the_summary_and_gets_to_the_field(open_gallery):
    page = open_gallery(java_script_enabled=False)
    page.get_by_label("Your name").fill("Ada")
    send(page)
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page).to_have_title("Error: Form components – SEND Guide")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Enter your e-mail address")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("E-mail address")).to_be_focused()
    expect(page.get_by_label("Your name")).to_have_value("Ada")


@pytest.mark.urls("tests.guard.gallery")
@pytest.mark.django_db(transaction=True)
def test_trap_is_neither_seen_nor_reached(open_gallery):
    page = open_gallery(1280)
    trap = page.locator("[name=other_reason]")
    assert trap.bounding_box()["x"] < -1000
    assert page.get_by_role("textbox", name="Leave this box empty").count() == 0
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || ''"))
    assert "other_reason" not in reached
    assert set(FIELDS) <= set(reached)
