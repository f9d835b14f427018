"""The list of workshops, and their histories."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import factories
from tests.guides.admin.posting import desk, fields_of, messages_of, save
from workshops.models import Workshop

pytestmark = pytest.mark.django_db
LIST = "/admin/workshops/workshop/"
START = datetime(2026, 12, 10, 19, tzinfo=UTC)


def listed(client, query=""):
    return [workshop.title for workshop in client.get(LIST + query).context["cl"].result_list]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries(organiser, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.workshop_date(workshop=factories.workshop(reach="only", councils=[factories.council()]))
    with django_assert_num_queries(7):
        organiser.get(LIST)


def test_list_shows_for_whom_and_the_next_date(organiser):
    workshop = factories.workshop(reach="only", nations=["Wales"])
    for days in (-20, 1, 0):
        factories.workshop_date(workshop=workshop, starts_at=START + timedelta(days=days))
    factories.workshop_date(workshop=workshop, starts_at=START - timedelta(days=1), status="draft")
    page = organiser.get(LIST).content.decode()
    assert '<td class="field-for_whom">Only for Wales</td>' in page
    assert '<td class="field-next_date">10 December 2026, 7pm</td>' in page


def test_list_is_searched_and_narrowed(organiser):
    topic = factories.topic()
    factories.workshop(title="A", topic=topic, body="A word: hippotherapy.")
    factories.workshop(title="B", published=False, reach="only", nations=["Wales"])
    assert listed(organiser, "?q=hippotherapy") == ["A"]
    assert listed(organiser, f"?topic__id__exact={topic.pk}") == ["A"]
    assert listed(organiser, "?published__exact=0") == ["B"]
    assert listed(organiser, "?reach__exact=only") == ["B"]


def test_history_holds_one_entry_a_save_with_the_councils_by_name(organiser):
    hull, leeds = factories.council(name="Hull City Council"), factories.council(name="Leeds City Council")
    workshop = factories.workshop(reach="only", councils=[hull])
    before = workshop.history.count()
    save(organiser, workshop, councils=[leeds.pk], title="New", note="Only Leeds")
    assert workshop.history.count() == before + 1
    page = organiser.get(desk(workshop, "history"))
    changes = {change["field"]: (change["old"], change["new"]) for change in newest_of(page).history_delta_changes}
    assert changes == {
        "Title": (workshop.title, "New"),
        "Councils": ("Hull City Council", "Leeds City Council"),
    }


def newest_of(page):
    return page.context["page_obj"].object_list[0]


def test_old_version_comes_back_with_its_councils(organiser):
    hull, leeds = factories.council(), factories.council()
    workshop = factories.workshop(title="Old", reach="only", councils=[hull])
    version = workshop.history.first()
    save(organiser, workshop, councils=[leeds.pk], title="New")
    address = f"{desk(workshop, 'history')}{version.pk}/"
    response = organiser.post(address, fields_of(organiser.get(address)), follow=True)
    assert response.status_code == 200
    assert Workshop.objects.get().title == "Old"
    assert list(Workshop.objects.get().councils.all()) == [hull]


def test_workshop_with_dates_is_not_deleted(organiser):
    date = factories.workshop_date()
    organiser.post(desk(date.workshop, "delete"), {"post": "yes"})
    assert Workshop.objects.count() == 1


def test_deleting_a_workshop_names_the_links_that_die(organiser):
    workshop = factories.workshop(slug="masking")
    factories.guide(title="Autism", body="[x](/workshops/masking/)")
    words = "Guide “Autism” links to /workshops/masking/"
    page = organiser.get(desk(workshop, "delete")).content.decode()
    assert '<a href="/admin/guides/guide/' in page
    assert "links to /workshops/masking/" in page
    assert words in messages_of(organiser.post(desk(workshop, "delete"), {"post": "yes"}, follow=True))[0]
