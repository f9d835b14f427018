from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from guides.actions import MUST_STAY
from guides.addresses import Addresses
from guides.models import Guide, GuideChange, SitePage
from tests import factories
from tests.guides.admin.posting import desk, errors_of, fields_of, messages_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(factories.staff(is_superuser=True))
    return client


def test_new_guide_is_saved_as_typed(editor):
    topic = factories.topic()
    response = save(
        editor, Guide, title="Sleep", slug="sleep", topic=topic.pk, nations=["Wales", "England"], summary="Nights.",
        body="## One\n\nText.", reviewed_on="24/11/2026", note="First version",
        **{"changes-0-date": "24/11/2026", "changes-0-note": "New."},
    )  # fmt: skip
    guide = Guide.objects.get(slug="sleep")
    assert errors_of(response) == {}
    assert (guide.nations, guide.status, guide.reviewed_on) == (["England", "Wales"], "draft", date(2026, 11, 24))
    assert guide.body_html == '<h2 id="one">One</h2>\n<p>Text.</p>'
    assert [change.note for change in guide.changes.all()] == ["New."]
    record = guide.history.get()
    assert (record.history_user, record.history_change_reason) == (response.context["user"], "First version")


# Text and what is said about it. The fixture ``surroundings`` makes what they name.
BAD_TEXTS = {
    "picture without description": (
        "Hello.\n\n![](/media/pictures/abc-960.webp)",
        "Line 3: The picture “/media/pictures/abc-960.webp” has no description. "
        "Write between the square brackets what is to be seen.",
    ),
    "unknown picture": (
        "![A cat](/media/pictures/cat-480.webp)",
        "Line 1: The picture “/media/pictures/cat-480.webp” is not among the uploaded pictures.",
    ),
    "dead link": (
        "Hello.\n\nSee [this](/guides/nothing/).",
        "Line 3: The link “/guides/nothing/” is dead: there is no published page at /guides/nothing/",
    ),
    "link to a draft": (
        "See [this](/guides/draft/).",
        "Line 1: The link “/guides/draft/” is dead: there is no published page at /guides/draft/",
    ),
    "dead section": (
        "See [this](/guides/other/#gone).",
        "Line 1: The link “/guides/other/#gone” is dead: the page has no section “gone”.",
    ),
    "dead section of its own": (
        "See [this](#gone).",
        "Line 1: The link “#gone” is dead: the page has no section “gone”.",
    ),
    "script": (
        "[x](javascript:alert(1))",
        "Line 1: The link “javascript:alert(1)” leads nowhere: start with /, #, https://, law: or mailto:.",
    ),
    "heading that skips a level": (
        "## One\n\n#### Two",
        "Line 3: The heading “Two” skips a level: write ### here.",
    ),
    "no text": ("", "The guide has no text yet."),
}


@pytest.fixture
def surroundings():
    factories.picture(name="abc", widths=[480, 960])
    factories.guide(slug="draft", status=Guide.Status.DRAFT)
    factories.guide(slug="other")


@pytest.mark.parametrize("kind", BAD_TEXTS)
def test_guide_with_a_fault_cannot_be_published_and_the_message_says_where(editor, surroundings, kind):
    text, sentence = BAD_TEXTS[kind]
    guide = factories.guide(title="Before")
    response = save(editor, guide, title="After", body=text)
    assert errors_of(response) == {"body": [sentence]}
    assert (fields_of(response)["body"], fields_of(response)["title"]) == (text, ["After"])
    guide.refresh_from_db()
    assert guide.title == "Before"


@pytest.mark.parametrize("kind", BAD_TEXTS)
def test_draft_with_a_fault_is_saved_and_staff_are_told(editor, surroundings, kind):
    text, sentence = BAD_TEXTS[kind]
    guide = factories.guide(status=Guide.Status.DRAFT)
    response = save(editor, guide, body=text)
    assert errors_of(response) == {}
    assert messages_of(response)[0] == f"Saved as a draft. Before it can be published: {sentence}"
    guide.refresh_from_db()
    assert guide.body == text


@pytest.mark.parametrize("status", Guide.Status)
def test_unknown_law_is_an_error_even_in_a_draft(editor, status):
    guide = factories.guide(status=Guide.Status.DRAFT)
    later = {"publish_at_0": "01/12/2030", "publish_at_1": "9am"} if status == Guide.Status.SCHEDULED else {}
    response = save(editor, guide, status=status, body="Hello.\n\n[x](law:cfa/999)", **later)
    assert errors_of(response)["body"] == ["Line 3: “law:cfa/999”: Children and Families Act 2014 has no section 999."]
    guide.refresh_from_db()
    assert "law:" not in guide.body


def test_fault_in_the_sources_stands_at_the_sources(editor):
    response = save(editor, factories.guide(), sources="- [A](https://a.example/)\n- [B](b.example)")
    assert errors_of(response) == {
        "sources": ["Line 2: The link “b.example” leads nowhere: start with /, #, https://, law: or mailto:."]
    }


def test_drawing_needs_a_description_before_publishing(editor):
    response = save(editor, factories.guide(), illustration="anxiety", illustration_alt="")
    assert errors_of(response) == {
        "illustration_alt": ["The illustration has no description. Write what is to be seen."]
    }


def test_guide_may_link_to_its_own_new_sections(editor):
    guide = factories.guide(status=Guide.Status.DRAFT)
    body = f"[a](#new) [b]({guide.get_absolute_url()}#new) [c]({guide.get_absolute_url()}changes/)\n\n## New"
    assert errors_of(save(editor, guide, status="published", body=body)) == {}


def test_all_that_was_typed_is_still_there_after_an_error(editor):
    typed = {
        "title": [""], "summary": "New summary", "body": "New text [x](/nowhere/)", "sources": "- [N](https://n.example/)",
        "nations": ["Scotland"], "reviewed_on": ["31/02/2026"], "note": ["Why"], "changes-0-note": ["For readers"],
        "illustration_alt": ["A house"], "publish_at_0": ["tomorrow"], "publish_at_1": ["noon"], "order": ["7"],
    }  # fmt: skip
    response = save(editor, factories.guide(), **typed)
    found = fields_of(response)
    assert {name: found[name] for name in typed} == typed
    errors = errors_of(response)
    assert sorted(errors) == ["body", "publish_at", "reviewed_on", "title"]
    assert errors["publish_at"] == ["Enter a date such as 01/12/2026.", "Enter a time such as 9:30am or 14:00."]


def test_address_is_written_once(editor):
    guide = factories.guide(slug="stays")
    page = editor.get(desk(guide))
    assert "slug" not in fields_of(page)
    save(editor, guide, slug="other", title="New")
    guide.refresh_from_db()
    assert (guide.slug, guide.title) == ("stays", "New")


def test_two_guides_never_share_an_address(editor):
    other = factories.guide(slug="taken")
    response = save(editor, Guide, title="T", slug="taken", topic=other.topic.pk, nations=["England"], summary="S.",
                    body="x", reviewed_on="24/11/2026")  # fmt: skip
    assert errors_of(response) == {"slug": ["Guide with this Address already exists."]}


def test_scheduled_guide_needs_a_time_and_a_time_needs_the_status(editor):
    guide = factories.guide(status=Guide.Status.DRAFT)
    response = save(editor, guide, status="scheduled")
    assert errors_of(response) == {"publish_at": ["Say when it is to be published: a date and a time."]}
    response = save(editor, guide, publish_at_0="01/12/2030", publish_at_1="09:00")
    assert errors_of(response) == {
        "status": ["You gave a time for publishing: choose “Scheduled”, or take the time out."]
    }
    assert (fields_of(response)["publish_at_0"], fields_of(response)["publish_at_1"]) == (["01/12/2030"], ["09:00"])


@pytest.mark.parametrize("typed", ["09:00", "9am", "9:00 AM", "9.00am", "09.00"])
def test_scheduling_reads_uk_time_as_people_write_it(editor, typed):
    guide = factories.guide(status=Guide.Status.DRAFT)
    assert errors_of(save(editor, guide, status="scheduled", publish_at_0="01/07/2030", publish_at_1=typed)) == {}
    guide.refresh_from_db()
    assert guide.publish_at == datetime(2030, 7, 1, 8, tzinfo=UTC)


def test_taking_back_a_scheduled_guide_forgets_its_time(editor):
    guide = factories.guide(status=Guide.Status.SCHEDULED, publish_at=timezone.now() + timedelta(days=1))
    assert errors_of(save(editor, guide, status="draft")) == {}
    guide.refresh_from_db()
    assert (guide.status, guide.publish_at) == ("draft", None)


def test_second_of_two_editors_is_told_loses_nothing_and_can_save_again(editor):
    guide = factories.guide(body="Old.")
    address = desk(guide)
    mine = fields_of(editor.get(address)) | {"body": "Mine.", "note": "My reason"}
    save(editor, guide, body="Theirs.")
    refused = editor.post(address, mine)
    assert errors_of(refused)["__all__"][0].startswith("Somebody saved this while you had it open (")
    assert (fields_of(refused)["body"], fields_of(refused)["note"]) == ("Mine.", ["My reason"])
    guide.refresh_from_db()
    assert guide.body == "Theirs."
    saved = editor.post(address, fields_of(refused), follow=True)
    assert errors_of(saved) == {}
    guide.refresh_from_db()
    assert guide.body == "Mine."
    assert [record.body for record in guide.history.all()] == ["Mine.", "Theirs.", "Old."]


def test_line_for_readers_that_somebody_else_deleted_does_not_block_saving(editor):
    guide = factories.guide()
    GuideChange.objects.create(guide=guide, note="Old line")
    address = desk(guide)
    mine = fields_of(editor.get(address)) | {"title": "Mine"}
    guide.changes.all().delete()
    assert errors_of(editor.post(address, mine | {"title": ""})) == {"title": ["Please fill this in."]}
    assert errors_of(editor.post(address, mine, follow=True)) == {}
    guide.refresh_from_db()
    assert guide.title == "Mine"


def test_guide_that_stops_being_public_warns_of_the_links_to_it(editor):
    guide = factories.guide(slug="gone")
    factories.guide(title="The other", body="See [it](/guides/gone/#first).")
    response = save(editor, guide, status="draft")
    assert messages_of(response)[0] == (
        "Links on other pages lead nowhere now. Mend them or bring the page or its section back: "
        "Guide “The other” links to /guides/gone/#first"
    )


def test_section_that_goes_away_warns_of_the_links_to_it(editor):
    guide = factories.guide(slug="long", body="## One\n\n## Two")
    factories.page(title="Help", body="[a](/guides/long/#one) [b](/guides/long/#two)")
    response = save(editor, guide, body="## One")
    assert "Site page “Help” links to /guides/long/#two" in messages_of(response)[0]
    assert "#one" not in messages_of(response)[0]


def test_text_that_is_far_too_long_is_refused_and_kept(editor):
    guide = factories.guide()
    response = save(editor, guide, body="word " * 50_000)
    assert errors_of(response)["body"][0] == "This text has 249,999 characters. At most 200,000 fit on a page."
    assert len(fields_of(response)["body"]) > 249_000


def test_saving_reads_all_addresses_once(editor, monkeypatch):
    calls = []
    read = Addresses.from_database
    monkeypatch.setattr(Addresses, "from_database", lambda: calls.append(1) or read())
    save(editor, factories.guide(), body="[x](/guides/)")
    assert calls == [1]


@pytest.mark.parametrize("slug", ["guides", "admin", "search"])
def test_site_page_cannot_take_the_address_of_another_part_of_the_site(editor, slug):
    response = save(editor, SitePage, title="T", slug=slug, summary="S.", body="x")
    assert errors_of(response) == {
        "slug": [f"The address /{slug}/ is taken by another part of the site. Choose another one."]
    }


@pytest.mark.parametrize("slug", sorted(SitePage.FIXED))
def test_page_that_the_menus_lead_to_can_be_made_again_but_not_deleted(editor, slug):
    assert errors_of(save(editor, SitePage, title="T", slug=slug, summary="S.", body="x")) == {}
    page = SitePage.objects.get()
    assert editor.post(desk(page, "delete"), {"post": "yes"}).status_code == 403
    assert SitePage.objects.count() == 1


def test_guide_that_the_menus_lead_to_stays_published(editor):
    guide = factories.guide(slug="the-local-offer")
    assert errors_of(save(editor, guide, status="draft")) == {"status": [MUST_STAY]}
    assert editor.post(desk(guide, "delete"), {"post": "yes"}).status_code == 403


def test_site_page_is_public_so_a_fault_is_an_error(editor):
    page = factories.page(body="Text.")
    assert "is dead" in errors_of(save(editor, page, body="[x](/nowhere/)"))["body"][0]
    assert errors_of(save(editor, page, body="[x](#here)\n\n## Here", note="Clearer")) == {}
    assert page.history.first().history_change_reason == "Clearer"


def test_scheduling_for_a_time_that_has_passed_is_refused(editor):
    guide = factories.guide(status="draft")
    response = save(editor, guide, status="scheduled", publish_at_0="01/12/2020", publish_at_1="09:00")
    assert errors_of(response) == {
        "publish_at": ["This time has passed. Choose a later one, or the status “Published”."]
    }
