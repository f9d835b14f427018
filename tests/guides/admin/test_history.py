import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from guides.models import GlossaryTerm, Guide
from tests import factories
from tests.guides.admin.posting import act_on, desk, errors_of, fields_of, messages_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(factories.staff(is_superuser=True, username="anna"))
    return client


def version_of(row, record):
    return reverse(f"admin:guides_{row._meta.model_name}_simple_history", args=[row.pk, record.pk])


def test_history_says_who_when_why_and_what_line_by_line(editor):
    guide = factories.guide(title="Old", body="One.\n\nTwo <b>.\n\nThree.", nations=["England"])
    save(
        editor,
        guide,
        title="New",
        body="One.\n\n2.\n\nThree.",
        nations=["England", "Wales"],
        note="Shorter",
        status="draft",
    )
    page = editor.get(desk(guide, "history")).content.decode()
    for part in (
        "anna", "Shorter", "Old →", "England →", "England, Wales", "Published →", "Draft",
        "<del><b>Removed: </b>Two &lt;b&gt;.</del>", "<ins><b>Added: </b>2.</ins>",
    ):  # fmt: skip
        assert part in page
    assert "style=" not in page
    assert "Three." not in page


def test_last_version_on_a_page_of_the_history_says_what_changed_too(editor):
    guide = factories.guide(title="Title 0")
    for number in range(1, 22):
        guide.title = f"Title {number}"
        guide.save()
    page = editor.get(desk(guide, "history")).content.decode()
    assert "22 versions" in page
    assert "Title 1 →" in page
    second = editor.get(desk(guide, "history") + "?p=2").content.decode()
    assert "Title 0 →" in second


@pytest.mark.parametrize("edits", [2, 5])
def test_history_takes_the_same_number_of_queries(editor, django_assert_num_queries, edits):
    guide = factories.guide()
    for number in range(edits):
        guide.title = f"Title {number}"
        guide.save()
    editor.get(desk(guide, "history"))  # Django keeps content types from now on
    with django_assert_num_queries(6):
        editor.get(desk(guide, "history"))


def test_going_back_brings_an_old_version_and_keeps_the_newer(editor):
    guide = factories.guide(title="First", body="First text.")
    save(editor, guide, title="Second", body="Second text.")
    old = version_of(guide, guide.history.last())
    form = fields_of(editor.get(old))
    assert form["body"] == "First text."
    assert form["note"][0].startswith("Back to the version of ")
    response = editor.post(old, form, follow=True)
    assert errors_of(response) == {}
    guide.refresh_from_db()
    assert (guide.title, guide.body_html) == ("First", "<p>First text.</p>")
    assert [record.title for record in guide.history.all()] == ["First", "Second", "First"]
    assert guide.history.first().history_change_reason == form["note"][0]


def test_going_back_is_checked_like_any_save(editor):
    page = factories.page(slug="was-there")
    guide = factories.guide(body="[x](/was-there/)")
    save(editor, guide, body="Without.")
    page.delete()
    old = version_of(guide, guide.history.last())
    refused = editor.post(old, fields_of(editor.get(old)))
    assert errors_of(refused)["body"] == [
        "Line 1: The link “/was-there/” is dead: there is no published page at /was-there/"
    ]
    guide.refresh_from_db()
    assert guide.body == "Without."


def test_going_back_notices_that_somebody_saved_in_the_meantime(editor):
    guide = factories.guide(body="First.")
    save(editor, guide, body="Second.")
    old = version_of(guide, guide.history.last())
    form = fields_of(editor.get(old))
    save(editor, guide, body="Third.")
    assert errors_of(editor.post(old, form))["__all__"][0].startswith("Somebody saved this while you had it open")


def test_deleted_guide_can_be_brought_back(editor):
    guide = factories.guide(title="Dear", slug="dear", body="Kept.")
    response = editor.post(desk(guide, "delete"), {"post": "yes"}, follow=True)
    assert messages_of(response)[-1] == (
        "Deleted by mistake? Bring “Dear” back. "
        "Its text comes back; links from other entries and lines of “what changed” do not."
    )
    history = editor.get(desk(guide, "history"))
    assert history.status_code == 200
    old = version_of(guide, guide.history.last())
    response = editor.post(old, fields_of(editor.get(old)), follow=True)
    assert errors_of(response) == {}
    back = Guide.objects.get(slug="dear")
    assert (back.pk, back.body, back.status) == (guide.pk, "Kept.", "published")


def test_renewed_preview_links_stay_renewed_after_going_back(editor):
    guide = factories.guide()
    save(editor, guide, title="New")
    act_on(editor, [guide], "renew_preview_links")
    old = version_of(guide, guide.history.last())
    editor.post(old, fields_of(editor.get(old)))
    guide.refresh_from_db()
    assert guide.preview_version == 2


def test_lists_and_labelled_facts_read_well_in_the_history(editor):
    term = factories.term(aliases=["plan"], detail={"A": "Views"})
    save(editor, term, aliases="plan\nEHC plan", detail="A: Views\nB: Needs", law_check="V")
    page = editor.get(desk(term, "history")).content.decode()
    for part in ("plan →", "plan, EHC plan", "<ins><b>Added: </b>B: Needs</ins>", "Checked against the law"):
        assert part in page


def test_days_and_times_read_in_the_history_as_everywhere(editor):
    guide = factories.guide(status="draft", reviewed_on=date(2026, 2, 1))
    # In summer, when the clocks are not those of UTC.
    guide.status, guide.publish_at, guide.reviewed_on = (
        "scheduled",
        datetime(2027, 7, 1, 8, tzinfo=UTC),
        date(2026, 3, 2),
    )
    guide.save()
    guide.publish_at += timedelta(hours=4, minutes=30)
    guide.save()
    page = editor.get(desk(guide, "history")).content.decode()
    for part in ("1 February 2026 →", "2 March 2026", "(empty) →", "1 July 2027, 9am →", "1 July 2027, 1:30pm"):
        assert part in page
    assert re.findall(r"\d{4}-\d\d-\d\d", strip_tags(page)) == []


def test_tick_reads_as_yes_or_no_in_the_history(editor):
    workshop = factories.workshop(published=False)
    workshop.published = True
    workshop.save()
    page = strip_tags(editor.get(desk(workshop, "history")).content.decode())
    assert "No → Yes" in " ".join(page.split())


@pytest.mark.parametrize("permissions", [(), ("view_topic",)])
def test_history_is_closed_to_those_who_may_not_see_the_page(client, permissions):
    guide = factories.guide()
    client.force_login(factories.staff(*permissions))
    assert client.get(desk(guide, "history")).status_code == 403
    assert client.get(version_of(guide, guide.history.get())).status_code == 403


@pytest.mark.parametrize("make", [factories.guide, factories.page, factories.term, factories.role, factories.council])
def test_history_can_be_read_but_not_used_with_the_right_to_view_only(client, make):
    row = make()
    client.force_login(factories.staff(f"view_{row._meta.model_name}"))
    assert "Look at this version" in client.get(desk(row, "history")).content.decode()
    old = version_of(row, row.history.get())
    page = client.get(old)
    assert page.status_code == 200
    assert 'value="Revert"' not in page.content.decode()
    assert client.post(old, {"title": "Hacked", "_save": "1"}).status_code == 403
    assert type(row).objects.get(pk=row.pk).history.count() == 1


def test_unknown_version_is_not_found(editor):
    term = factories.term()
    assert editor.get(reverse("admin:guides_glossaryterm_simple_history", args=[term.pk, 999])).status_code == 404
    assert editor.get(reverse("admin:guides_glossaryterm_history", args=[999])).status_code == 404
    assert GlossaryTerm.objects.count() == 1
