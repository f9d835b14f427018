"""The page of what staff did, and that their acts are on it."""

from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guides.models import Council, Guide
from tests import factories, picture_files
from tests.guides.admin.posting import act_on, desk, save
from tests.staff.people import MANAGER, with_role

pytestmark = pytest.mark.django_db
LIST = "/admin/admin/logentry/"


@pytest.fixture
def manager(client):
    person = with_role(MANAGER, username="mira")
    client.force_login(person)
    return person


def entry(by, row, message="Mended.", flag=2, when=None):
    kind = ContentType.objects.get_for_model(type(row))
    made = LogEntry.objects.create(
        user=by,
        content_type=kind,
        object_id=str(row.pk),
        object_repr=str(row),
        action_flag=flag,
        change_message=message,
    )
    if when:
        LogEntry.objects.filter(pk=made.pk).update(action_time=when)
    return made


def shown(client, query=""):
    page = client.get(LIST + query)
    assert page.status_code == 200
    return [(str(each.user), each.object_repr) for each in page.context["cl"].result_list]


def test_entry_says_who_did_what_when_and_leads_there(client, manager):
    guide = factories.guide(title="Anxiety")
    entry(manager, guide, when=datetime(2026, 12, 1, 10, 30, tzinfo=UTC))
    page = client.get(LIST).content.decode()
    for words in ("What staff did", "mira", "Guide", "Mended.", "1 December", f'<a href="{desk(guide)}">Anxiety</a>'):
        assert words in page


def test_entry_about_a_deleted_row_leads_nowhere(client, manager):
    entry(manager, factories.guide(title="Gone"), flag=3, message="")
    page = client.get(LIST).content.decode()
    assert "Gone" in page
    assert "/admin/guides/guide/" not in page.partition('id="result_list"')[2]


def test_newest_is_first_and_lists_are_narrowed_and_searched(client, manager):
    nia, guide, topic = factories.staff(username="nia"), factories.guide(title="Sleep"), factories.topic(name="Autism")
    entry(manager, guide, when=datetime(2026, 11, 1, tzinfo=UTC))
    entry(nia, topic, message="Drawn anew.", flag=1, when=datetime(2026, 12, 1, tzinfo=UTC))
    assert shown(client) == [("nia", "Autism"), ("mira", "Sleep")]
    kind = ContentType.objects.get_for_model(Guide).pk
    for query in (f"?user__id__exact={manager.pk}", f"?content_type__id__exact={kind}", "?action_flag__exact=2"):
        assert shown(client, query) == [("mira", "Sleep")]
    assert shown(client, "?content_type__isnull=True") == []
    for query in ("?action_time__gte=2026-11-15+00:00:00%2B00:00", "?q=nia", "?q=drawn", "?q=autism"):
        assert shown(client, query) == [("nia", "Autism")]


def test_log_is_only_read(client, manager):
    made = entry(manager, factories.guide())
    assert client.get(f"{LIST}add/").status_code == 403
    data = {"action": "delete_selected", "_selected_action": [made.pk], "post": "yes"}
    for address in (f"{LIST}{made.pk}/change/", f"{LIST}{made.pk}/delete/", LIST):
        client.post(address, data)
    assert LogEntry.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("query", ["action_time__gte=0001-01-01", "user__password=x", "object_repr__regex=("])
def test_log_takes_no_lookups_but_its_own(client, manager, query):
    assert client.get(f"{LIST}?{query}").status_code == 400


def test_start_page_leads_there_for_those_who_may_see_it(client, manager):
    assert f'href="{LIST}"' in client.get(reverse("admin:index")).content.decode()
    client.force_login(factories.staff("view_guide"))
    assert LIST not in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries(client, manager, django_assert_num_queries, rows):
    for _ in range(rows):
        entry(factories.staff(), factories.guide())
    ContentType.objects.clear_cache()
    with django_assert_num_queries(9):
        client.get(LIST)


def logged():
    return sorted(LogEntry.objects.values_list("object_repr", "change_message"))


@pytest.mark.parametrize(
    ("action", "status", "message"),
    [
        ("publish", "draft", "Published from the list."),
        ("withdraw", "published", "Withdrawn from the list: a draft again."),
        ("renew_preview_links", "draft", "Made a new preview link."),
    ],
)
def test_what_is_done_to_many_guides_is_on_the_log(client, manager, action, status, message):
    guides = [factories.guide(title=title, status=status) for title in ("A", "B")]
    act_on(client, guides, action)
    assert logged() == [("A", message), ("B", message)]


def test_guide_that_was_refused_is_not_on_the_log(client, manager):
    act_on(client, [factories.guide(status="draft", body="[x](/nowhere/)\n")], "publish")
    assert logged() == []


def test_checked_links_are_on_the_log(client, manager):
    council = factories.council(name="Hull", local_offer_url="https://hull.example/")
    act_on(client, [council], "mark_links_checked")
    assert Council.objects.get().link_checked_on is not None
    assert logged() == [("Hull", "Opened the Local Offer link: it is right.")]


def test_picture_put_into_a_text_is_on_the_log(client, manager, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = SimpleUploadedFile("a.jpg", picture_files.jpeg(), "image/jpeg")
    assert client.post("/admin/markdown/upload/", {"image": image, "alt": "A child draws"}).status_code == 200
    assert logged() == [("A child draws", "Put into a text.")]


def test_new_password_and_new_role_are_on_the_log(client, manager):
    nia = factories.staff(username="nia")
    password = reverse("admin:auth_user_password_change", args=[nia.pk])
    client.post(
        password, {"password1": "a quite long one 7", "password2": "a quite long one 7", "usable_password": "true"}
    )
    save(client, nia, first_name="Nia")
    assert [str(each) for each in LogEntry.objects.order_by("pk")] == [
        "Changed “nia” — Changed password.",
        "Changed “nia” — Changed First name.",
    ]
