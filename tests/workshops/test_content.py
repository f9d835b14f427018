"""Workshops among the other content: files, links, search."""

import pytest
from django.urls import reverse

from guides.addresses import Addresses, mentions_of
from guides.search.find import find
from tests import factories
from workshops.models import Workshop

pytestmark = pytest.mark.django_db
BODY = "Text.\n\n## Is it for me? {#for-me}\n\nYes: see [autism](/guides/autism/).\n"


def test_texts_may_link_to_a_workshop_and_its_sections_while_it_is_published():
    factories.workshop(slug="masking", body=BODY)
    targets = ["/workshops/masking/", "/workshops/masking/#for-me", "/workshops/masking/#gone", "/workshops/other/"]
    faults = [Addresses.from_database().fault(target) for target in targets]
    assert [fault is None for fault in faults] == [True, True, False, False]
    Workshop.objects.update(published=False)
    assert Addresses.from_database().fault("/workshops/masking/") is not None


def test_links_in_a_workshop_are_known():
    workshop = factories.workshop(body=BODY)
    assert [(mention.page, mention.target) for mention in mentions_of("/guides/autism/")] == [
        (workshop, "/guides/autism/")
    ]


@pytest.mark.parametrize("query", ["workshop", "Workshops", "online workshops", "dates of workshops"])
def test_list_of_workshops_is_found_before_any_of_them(query):
    factories.workshop(title="Masking")
    assert find(query).results[0].address == reverse("workshop_list")


@pytest.mark.parametrize("query", ["masking", "mask workshops", "girls who mask"])
def test_workshop_is_found_and_says_for_whom(query):
    hull = factories.council(short_names=["Hull"])
    topic = factories.topic(name="Autism")
    fields = {"title": "Masking", "slug": "masking", "topic": topic, "body": "Girls who hide how they feel."}
    factories.workshop(**fields, reach="except", councils=[hull])
    factories.workshop(title="Masking, later", published=False)
    found = [(each.kind, each.title, each.address, each.where) for each in find(query).results]
    assert found[0] == ("Workshop", "Masking", "/workshops/masking/", "For all areas outside Hull")
    assert "Masking, later" not in [title for _, title, _, _ in found]
