from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from guides.models import Guide
from tests import factories
from tests.guides.admin.posting import act_on, desk, messages_of

pytestmark = pytest.mark.django_db
LIST = "/admin/guides/guide/"


@pytest.fixture
def editor(client):
    client.force_login(factories.staff(is_superuser=True))
    return client


def listed(client, query=""):
    return [guide.title for guide in client.get(LIST + query).context["cl"].result_list]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries(editor, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.guide()
    with django_assert_num_queries(6):
        editor.get(LIST)


def test_list_does_not_read_the_texts(editor, django_assert_num_queries):
    factories.guide()
    with django_assert_num_queries(6) as captured:
        editor.get(LIST)
    assert not any("body_html" in query["sql"] for query in captured.captured_queries)


def test_list_shows_what_staff_look_for(editor):
    moment = datetime(2030, 7, 1, 8, tzinfo=UTC)
    old = date(2020, 1, 31)
    factories.guide(title="A", order=1, nations=["England", "Wales"], status="draft", reviewed_on=old, review_every=1)
    factories.guide(title="B", order=2, status="scheduled", publish_at=moment)
    factories.guide(title="C", order=3, status="scheduled", publish_at=timezone.now() - timedelta(days=1))
    page = editor.get(LIST).content.decode()
    for words in ("England and Wales", "Draft", "Due since 29 February 2020", "Scheduled for 1 July 2030, 9am",
                  "Published (was scheduled)", "Searches titles, summaries and texts."):  # fmt: skip
        assert words in page


def test_list_is_searched_and_narrowed(editor):
    today = timezone.localdate()
    sleep = factories.topic(name="Sleep", slug="sleep")
    factories.guide(title="Due", reviewed_on=today - timedelta(days=31), review_every=1, body="A word: hippotherapy.")
    factories.guide(title="Soon", reviewed_on=today - timedelta(days=15), review_every=1, topic=sleep)
    factories.guide(title="Later", reviewed_on=today, review_every=6, status="draft")
    assert listed(editor, "?q=hippotherapy") == ["Due"]
    assert listed(editor, "?q=soon") == ["Soon"]
    assert listed(editor, f"?topic__id__exact={sleep.pk}") == ["Soon"]
    assert listed(editor, "?status__exact=draft") == ["Later"]
    assert [listed(editor, f"?review={value}") for value in ("due", "soon", "later")] == [["Due"], ["Soon"], ["Later"]]
    assert len(listed(editor, "?review=nonsense")) == 3


def test_publishing_many_publishes_the_faultless_and_says_of_each_other_why_and_where(editor):
    good = factories.guide(title="Good", status="draft")
    bad = factories.guide(title="Bad", status="draft", body="One.\n\n[x](/nowhere/) ![](/y.png)", sources="[y](y)")
    response = act_on(editor, [good, bad], "publish")
    assert messages_of(response) == [
        "“Bad” was not published. "
        "Line 3: The picture “/y.png” has no description. Write between the square brackets what is to be seen. "
        "Line 3: The picture “/y.png” is not among the uploaded pictures. "
        "Line 3: The link “/nowhere/” is dead: there is no published page at /nowhere/ "
        "In the sources: Line 1: The link “y” leads nowhere: start with /, #, https://, law: or mailto:.",
        "1 guide published.",
    ]
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.status, bad.status) == ("published", "draft")
    record = good.history.first()
    assert (record.history_user, record.history_change_reason) == (
        response.context["user"],
        "Set to published from the list",
    )
    assert bad.history.count() == 1


def test_withdrawing_warns_of_the_links_that_die(editor):
    guide = factories.guide(title="Old", slug="old")
    factories.guide(title="New", body="[x](/guides/old/)")
    situation = factories.situation(words="It's hard", address="/guides/old/#first")
    assert messages_of(act_on(editor, [guide], "withdraw")) == [
        "1 guide withdrawn. Readers no longer see them.",
        "Links on other pages lead nowhere now. Mend them or bring the page or its section back: "
        "Guide “New” links to /guides/old/ Situation “It&#x27;s hard” links to /guides/old/#first",
    ]
    assert situation.published
    assert not Guide.objects.get(pk=guide.pk).is_published()


def test_list_of_guides_says_nothing_to_publish_without_the_right_to_change(client):
    client.force_login(factories.staff("view_guide"))
    guide = factories.guide(status="draft")
    assert client.get(desk(Guide, "changelist")).context["action_form"] is None
    act_on(client, [guide], "publish")
    guide.refresh_from_db()
    assert guide.status == "draft"


@pytest.mark.parametrize("lookup", ["body__regex", "title__iregex"])
def test_pattern_in_the_address_of_a_list_is_refused(editor, lookup):
    assert editor.get("/admin/guides/guide/", {lookup: "("}).status_code == 400


@pytest.mark.parametrize("ticked", ["", "x", "1.5", "-1", "٣", "9" * 30])
def test_ticked_row_that_is_no_number_is_passed_over(editor, ticked):
    guide = factories.guide(status="draft")
    address = desk(Guide, "changelist")
    answer = editor.post(address, {"action": "publish", "_selected_action": [ticked, guide.pk]})
    guide.refresh_from_db()
    assert (answer.status_code, guide.status) == (302, "published")
