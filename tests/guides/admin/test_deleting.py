import pytest

from guides.models import Guide, Topic
from tests import factories
from tests.guides.admin.posting import act_on, desk, messages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(factories.staff(is_superuser=True))
    return client


PAGES = [factories.guide, factories.page, factories.term, factories.role, factories.council, factories.topic]


@pytest.mark.parametrize("make", PAGES)
def test_deleting_a_page_names_the_links_that_die_before_and_after(editor, make):
    page = make()
    other = factories.guide(title="Links <b>", body=f"[x]({page.get_absolute_url()})")
    words = f"Guide “Links &lt;b&gt;”</a> links to {page.get_absolute_url()}"
    before = editor.get(desk(page, "delete")).content.decode()
    assert "Other pages link here. Their links will lead nowhere:" in before
    assert words in before
    assert desk(other) in before
    after = editor.post(desk(page, "delete"), {"post": "yes"}, follow=True)
    assert words in after.content.decode()
    assert not type(page).objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("make", PAGES)
def test_deleting_a_page_that_nobody_links_to_says_nothing_of_links(editor, make):
    page = make()
    assert "Other pages link here" not in editor.get(desk(page, "delete")).content.decode()
    after = editor.post(desk(page, "delete"), {"post": "yes"}, follow=True)
    assert not any("lead nowhere" in message for message in messages_of(after))


def test_deleting_many_names_the_links_too(editor):
    pages = [factories.guide(slug="a"), factories.guide(slug="b")]
    factories.guide(title="Other", body="[x](/guides/a/) [y](/guides/b/)")
    words = ["Guide “Other”</a> links to /guides/a/", "Guide “Other”</a> links to /guides/b/"]
    before = act_on(editor, pages, "delete_selected").content.decode()
    assert all(word in before for word in words)
    after = act_on(editor, pages, "delete_selected", post="yes").content.decode()
    assert all(word in after for word in words)
    assert Guide.objects.count() == 1


def test_pages_that_are_deleted_together_may_link_to_each_other(editor):
    pages = [factories.guide(slug="a", body="[x](/guides/b/)"), factories.guide(slug="b", body="[x](/guides/a/)")]
    after = act_on(editor, pages, "delete_selected", post="yes")
    assert not any("lead nowhere" in message for message in messages_of(after))


def test_topic_with_guides_cannot_be_deleted(editor):
    topic = factories.guide(title="Needs it").topic
    page = editor.get(desk(topic, "delete")).content.decode()
    assert "cannot be deleted, because these need it" in page
    assert "Needs it" in page
    editor.post(desk(topic, "delete"), {"post": "yes"})
    assert Topic.objects.filter(pk=topic.pk).exists()
