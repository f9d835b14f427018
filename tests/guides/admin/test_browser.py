"""The staff site in a real browser: security policy, accessibility, the editor."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import expect

from guides import models
from guides.models import Guide, Picture
from tests import factories
from tests.following import follow
from tests.guides.admin.posting import desk
from tests.picture_files import jpeg
from tests.staff_browser import faults_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def pages():
    """One address of every kind."""
    topic = factories.topic(illustration="anxiety")
    guide = factories.guide(
        topic=topic, status="draft", body="## One\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n\n!!! key\n    Yes."
    )
    factories.guide(topic=topic, body=f"[x]({guide.get_absolute_url()})")
    guide.title, guide.body = "New", "## Two\n\n[x](/no/)"
    guide.save()
    rows = [
        *(guide, factories.page(), factories.term(), factories.role(), factories.council(), topic),
        *(factories.testimonial(), factories.situation()),
    ]
    found = [
        "/admin/",
        "/admin/guides/",
        "/admin/password_change/",
        "/admin/auth/user/",
        "/admin/auth/user/add/",
        "/admin/auth/group/add/",
        "/admin/admin/logentry/",
        "/admin/troubles/trouble/",
    ]
    for row in rows:
        found += [
            desk(type(row), "changelist"),
            desk(type(row), "add"),
            desk(row),
            desk(row, "delete"),
            desk(row, "history"),
        ]
    found.append(f"{desk(guide, 'history')}{guide.history.last().pk}/")
    found += [desk(Picture, "changelist"), desk(Picture, "add")]
    factories.search_miss()
    found += [desk(models.SearchMiss, "changelist"), desk(models.SearchSynonym, "changelist")]
    found += [desk(factories.search_synonym()), desk(factories.staff())]
    return found


def test_every_page_is_safe_accessible_and_no_wider_than_a_phone(desk_page):
    # Of rows that are edited alike the colours are looked at in the dark once.
    kinds = ("SitePage", "GlossaryTerm", "Role", "Council", "Testimonial", "Situation")
    alike = tuple(desk(getattr(models, kind), "changelist") for kind in kinds)
    found = {address: faults_of(desk_page, address, dark=not address.startswith(alike)) for address in pages()}
    desk_page.context.clear_cookies()
    found["login"] = faults_of(desk_page, "/admin/login/")
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.fixture
def editor(desk_page):
    """The page of a draft, its preview shown."""
    guide = factories.guide(status="draft", body="## One")
    desk_page.goto(desk_page.base + desk(guide))
    desk_page.locator(".markdownx-preview h2").wait_for()
    return desk_page


def test_advice_that_was_unfolded_stays_so_while_the_text_changes(editor):
    editor.locator(".how-it-reads summary").click()
    editor.locator(".markdownx-editor").fill("## Two")
    editor.locator(".markdownx-preview h2", has_text="Two").wait_for()
    expect(editor.locator(".how-it-reads p").first).to_be_visible()
    assert editor.complaints == []


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def test_tab_key_leaves_the_editor_both_ways_and_changes_nothing(editor):
    editor.focus("#id_body")
    editor.keyboard.press("Tab")
    assert focused(editor) == "markdownx-preview"
    editor.keyboard.press("Shift+Tab")
    assert focused(editor) == "id_body"
    editor.keyboard.press("Shift+Tab")
    assert focused(editor) != "id_body"
    assert editor.input_value("#id_body") == "## One"


@pytest.mark.parametrize("keys", ["Control+d", "Control+[", "Control+]"])
def test_no_hidden_shortcut_changes_the_text(editor, keys):
    editor.focus("#id_body")
    editor.keyboard.press(keys)
    assert editor.input_value("#id_body") == "## One"


def test_preview_follows_what_is_typed(editor):
    editor.fill("#id_body", "## Two\n\n[x](/nowhere/)")
    editor.locator(".markdownx-preview h2", has_text="Two").wait_for()
    expect(editor.locator(".preview-faults")).to_contain_text("Line 3: The link “/nowhere/” is dead")
    assert editor.complaints == []


def test_picture_is_put_in_the_text_with_its_description(editor):
    editor.set_input_files(".add-picture [type=file]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    editor.fill(".add-picture [type=text]", "A child draws")
    editor.keyboard.press("Enter")
    editor.locator(".markdownx-preview img[alt='A child draws']").wait_for()
    assert Picture.objects.get().markdown in editor.input_value("#id_body")
    expect(editor.locator(".add-picture output")).to_have_text("The picture is in the text.")
    assert editor.evaluate("document.querySelector('.markdownx-preview img').decode().then(() => 'shown')") == "shown"


def test_refused_picture_leaves_the_text_alone_and_says_why(editor):
    editor.set_input_files(
        ".add-picture [type=file]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<script>"}
    )
    editor.click(".add-picture button")
    editor.locator(
        ".add-picture output", has_text="Not uploaded. This file is not a JPEG, PNG or WebP picture."
    ).wait_for()
    assert editor.input_value("#id_body") == "## One"


def test_who_was_logged_out_is_told_before_saving_and_can_go_on_after_logging_in(editor, live_server):
    address = editor.url
    cookies = editor.context.cookies()
    editor.context.clear_cookies()
    editor.fill("#id_body", "## Long work")
    editor.locator(".preview-lost", has_text="still logged in").wait_for()
    # Logged in again in another tab, with new cookies.
    other = editor.context.new_page()
    client = Client()
    client.force_login(get_user_model().objects.get())
    assert cookies != []
    name = settings.SESSION_COOKIE_NAME
    editor.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    other.goto(address)
    follow(editor.locator("input[name=_save]").first)
    expect(editor.locator(".messagelist .success")).to_be_visible()
    assert Guide.objects.get().body == "## Long work"


@pytest.fixture
def bound_cookies(settings):
    """As where there is https: markdownx does not know the name."""
    settings.CSRF_COOKIE_NAME, settings.CSRF_COOKIE_SECURE = "__Host-csrftoken", True


def test_preview_follows_a_new_log_in_also_where_cookies_are_bound_to_the_host(bound_cookies, editor):
    token = "a" * 32
    bound = [each for each in editor.context.cookies() if each["name"] == "__Host-csrftoken"]
    assert len(bound) == 1
    editor.context.add_cookies([bound[0] | {"value": token}])
    editor.fill("#id_body", "## Seen in the preview")
    editor.locator(".markdownx-preview h2", has_text="Seen in the preview").wait_for()
    assert editor.input_value("[name=csrfmiddlewaretoken] >> nth=-1") == token


def test_leaving_with_unsaved_words_asks_first(editor):
    asked = []
    editor.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    editor.locator("#id_summary").press_sequentially("More")
    with editor.expect_event("dialog"):
        editor.click("#site-name a", no_wait_after=True)
    assert asked == ["beforeunload"]
    follow(editor.locator("input[name=_save]").first)
    expect(editor.locator(".messagelist .success")).to_be_visible()
    assert asked == ["beforeunload"]
