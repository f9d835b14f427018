"""Which links are looked at when, and what becomes of those that cannot be reached."""

from datetime import UTC, datetime, timedelta

import pytest

from guides.models import Guide, OutsideLink
from guides.outside import checking
from guides.outside.asking import Unreached
from guides.outside.checking import check_one
from guides.outside.listing import list_links
from sendguide import jobs
from tests import factories

# Half past two at night in London, where it is summer.
NIGHT = datetime(2026, 7, 2, 1, 30, tzinfo=UTC)
DAY = timedelta(days=1)
LINK = "https://hull.example/send"

pytestmark = pytest.mark.django_db


@pytest.fixture
def hull():
    return factories.council(slug="hull", name="Hull", local_offer_url=LINK, sendiass_url=f"{LINK}#part")


def gone(address):
    raise Unreached("The other site has no such page (404).")


def there(address):
    pass


def test_links_of_public_pages_are_listed_with_where_they_stand(hull):
    body = "## A\n\n[x](https://a.example/?a=1&b=2#c) [y](/guides/) [z](mailto:a@b.example)"
    guide = factories.guide(title="One", body=body)
    factories.guide(title="Draft", status=Guide.Status.DRAFT, body="[x](https://draft.example/)")
    assert list_links(NIGHT.date()) == 2
    assert dict(OutsideLink.objects.values_list("address", "used_by")) == {
        "https://a.example/?a=1&b=2": [["One", guide.get_absolute_url()]],
        LINK: [["Hull", "/guides/the-local-offer/hull/"]],
    }
    hull.delete()
    OutsideLink.objects.update(nights=2)
    assert list_links(NIGHT.date() + DAY) == 1
    assert OutsideLink.objects.get().nights == 2


def test_each_link_is_looked_at_once_a_night(hull):
    factories.council(council_url="https://york.example/")
    looked = []
    while check_one(NIGHT, looked.append):
        pass
    assert sorted(looked) == [LINK, "https://york.example/"]
    assert check_one(NIGHT + timedelta(hours=1), looked.append) is False
    assert check_one(NIGHT + DAY, looked.append) is True
    assert set(OutsideLink.objects.values_list("reached_on", "nights", "problem")) == {
        (NIGHT.date(), 0, ""),
        (NIGHT.date() + DAY, 0, ""),
    }


@pytest.mark.parametrize("hours", [-2, 4, 12])
def test_by_day_nothing_is_looked_at(hull, hours):
    assert check_one(NIGHT + timedelta(hours=hours), gone) is False
    assert not OutsideLink.objects.exists()


def test_three_nights_in_a_row_mark_a_link_and_a_good_one_ends_it(hull):
    for night in range(3):
        assert not OutsideLink.objects.unreached().exists()
        check_one(NIGHT + night * DAY, gone)
    link = OutsideLink.objects.unreached().get()
    assert (link.nights, link.failing_since, link.checked_on) == (3, NIGHT.date(), NIGHT.date() + 2 * DAY)
    assert link.problem == "The other site has no such page (404)."
    check_one(NIGHT + 3 * DAY, there)
    link.refresh_from_db()
    assert (link.nights, link.failing_since, link.problem) == (0, None, "")


def test_one_good_night_between_bad_ones_begins_anew(hull):
    for night, look in enumerate([gone, gone, there, gone]):
        check_one(NIGHT + night * DAY, look)
    link = OutsideLink.objects.get()
    assert (link.nights, link.failing_since) == (1, NIGHT.date() + 3 * DAY)


def test_look_that_is_killed_counts_for_nothing_and_comes_again_the_next_night(hull):
    class Killed(BaseException):
        pass

    def killed(address):
        raise Killed

    with pytest.raises(Killed):
        check_one(NIGHT, killed)
    assert OutsideLink.objects.get().nights == 0
    looked = []
    check_one(NIGHT + DAY, looked.append)
    assert looked == [LINK]


def test_two_machines_never_look_at_the_same_link(hull):
    def meanwhile(address):
        assert check_one(NIGHT, gone) is False

    check_one(NIGHT, meanwhile)
    assert OutsideLink.objects.get().nights == 0


def test_no_more_than_so_many_a_night(hull, monkeypatch):
    factories.council(council_url="https://york.example/")
    monkeypatch.setattr(checking, "MOST_A_NIGHT", 1)
    looked = []
    assert [check_one(NIGHT, looked.append), check_one(NIGHT, looked.append)] == [True, False]
    # The other one has its turn first.
    check_one(NIGHT + DAY, looked.append)
    assert sorted(looked) == [LINK, "https://york.example/"]


def test_what_an_editor_wants_is_looked_at_by_day_and_is_no_night(hull):
    list_links(NIGHT.date())
    OutsideLink.objects.update(look_again=True, nights=2)
    noon = NIGHT + timedelta(hours=10)
    assert check_one(noon, gone) is True
    assert check_one(noon, gone) is False
    link = OutsideLink.objects.get()
    assert (link.nights, link.problem, link.look_again) == (2, "The other site has no such page (404).", False)


def test_job_does_one_link_and_comes_again_soon(hull, settings, monkeypatch, time_machine):
    monkeypatch.setattr(jobs, "check_one", lambda now: check_one(now, there))
    time_machine.move_to(NIGHT, tick=False)
    settings.LINK_CHECK = False
    assert jobs.check_links() is None
    assert not OutsideLink.objects.exists()
    settings.LINK_CHECK = True
    assert [jobs.check_links(), jobs.check_links()] == [timedelta(seconds=1), None]


def unreached(council_page):
    return council_page.count("We could not reach this link when we last looked (2 July 2026).")


def test_council_page_says_so_in_plain_words(client, hull):
    page = lambda: client.get("/guides/the-local-offer/hull/").content.decode()  # noqa: E731 - short
    list_links(NIGHT.date())
    OutsideLink.objects.update(nights=2, checked_on=NIGHT.date())
    assert unreached(page()) == 0
    OutsideLink.objects.update(nights=3)
    # Both of its links lead to the same page.
    assert unreached(page()) == 2
    assert "If it does not, search the web for “Hull SEND Local Offer”." in page()


def test_editors_find_it_and_can_answer(client, hull):
    list_links(NIGHT.date())
    OutsideLink.objects.update(nights=3, failing_since=NIGHT.date(), problem="The other site has no such page (404).")
    link = OutsideLink.objects.get()
    address = "/admin/guides/outsidelink/"
    client.force_login(factories.staff("view_outsidelink"))
    page = client.get(address).content.decode()
    assert f'<a href="{LINK}" rel="noreferrer">{LINK}</a>' in page
    assert '<a href="/guides/the-local-offer/hull/">Hull</a>' in page
    assert "The other site has no such page (404)." in page
    assert "it_is_fine" not in page
    assert '<p class="number">1</p>' in client.get("/admin/").content.decode()
    client.force_login(factories.staff("view_outsidelink", "change_outsidelink"))
    client.post(address, {"action": "look_again", "_selected_action": link.pk})
    assert OutsideLink.objects.get().look_again
    client.post(address, {"action": "it_is_fine", "_selected_action": link.pk})
    assert not OutsideLink.objects.unreached().exists()
    today = OutsideLink.objects.get().reached_on
    assert not OutsideLink.objects.due(today + 90 * DAY).exists()
    assert OutsideLink.objects.due(today + 91 * DAY).exists()
    assert LINK not in client.get(address).content.decode()
    assert LINK in client.get(f"{address}?is=all").content.decode()


def test_list_tells_those_that_failed_once(client, hull):
    list_links(NIGHT.date())
    OutsideLink.objects.update(nights=1, failing_since=NIGHT.date())
    client.force_login(factories.staff("view_outsidelink"))
    address = "/admin/guides/outsidelink/"
    assert LINK not in client.get(address).content.decode()
    assert LINK in client.get(f"{address}?is=unsure").content.decode()
