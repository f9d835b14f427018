"""The browser works side by side with the database, in one thread."""

from guides.models import Topic
from tests import factories


def test_browser_sees_what_the_test_wrote(page, live_server):
    topic = factories.topic(name="Sleeping well")
    page.goto(f"{live_server.url}{topic.get_absolute_url()}")
    assert page.locator("h1").inner_text() == "Sleeping well"
    assert Topic.objects.count() == 1
