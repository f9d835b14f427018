"""“Read on”: from a word or a person to the section of a guide that says what to do."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.next_call import next_free_call
from guides.addresses import Addresses, mentions_of
from guides.nations import NATIONS
from guides.reading_on import NO_GUIDE, ReadOn, fault_of, read_on
from tests import factories

pytestmark = pytest.mark.django_db
MAKERS = [factories.term, factories.role]


def line_on(client, row) -> str:
    """The “Read on” of its page, without spaces between tags; empty if there is none."""
    html = client.get(row.get_absolute_url()).content.decode()
    _, start, rest = html.partition('<p class="read-on">')
    return " ".join(rest.partition("</p>")[0].split()) if start else ""


@pytest.mark.parametrize("make", MAKERS)
def test_page_leads_to_the_section_in_the_words_of_its_heading(client, make):
    factories.guide(slug="plans", title="Plans & more", body="## They said *no* & left {#refused}\n\nAppeal.")
    row = make(read_on="/guides/plans/#refused")
    assert line_on(client, row) == (
        'Read on: <a class="more" href="/guides/plans/#refused">They said no &amp; left</a> '
        "<span>(in Plans &amp; more)</span>"
    )


@pytest.mark.parametrize(("make", "before", "after"), [
    (factories.term, "A meaning.", "In more detail"),
    (factories.role, "They help.", "Questions you can ask"),
])  # fmt: skip
def test_it_follows_the_definition(client, make, before, after):
    factories.guide(slug="plans")
    row = make(read_on="/guides/plans/", **({"detail": {"A": "Views."}} if make is factories.term else {}))
    html = client.get(row.get_absolute_url()).content.decode()
    body = html[html.index("<h1") :]
    assert body.index(before) < body.index('class="read-on"') < body.index(after)


@pytest.mark.parametrize("make", MAKERS)
def test_page_without_it_has_no_line(client, make):
    assert line_on(client, make()) == ""


def test_whole_guide_is_named_once(client):
    factories.guide(slug="plans", title="Plans")
    assert line_on(client, factories.term(read_on="/guides/plans/")) == (
        'Read on: <a class="more" href="/guides/plans/">Plans</a>'
    )


@pytest.mark.parametrize("make", MAKERS)
def test_line_goes_with_the_guide_and_with_the_section_and_comes_back(client, make):
    guide = factories.guide(slug="plans")
    row = make(read_on="/guides/plans/#first")
    assert "First question" in line_on(client, row)
    guide.status = "draft"
    guide.save()
    assert line_on(client, row) == ""
    guide.status, guide.body = "published", "## Other {#other}\n\nText."
    guide.save()
    assert line_on(client, row) == ""
    guide.body = "### Renamed {#first}\n\nText."
    guide.save()
    assert "Renamed" in line_on(client, row)


@pytest.mark.parametrize(
    ("own", "guides", "said"),
    [
        (["England"], ["England"], ""),
        (NATIONS, NATIONS, ""),
        (NATIONS, ["England"], "England"),
        (["England", "Wales"], ["England"], "England"),
        (["Scotland", "Wales"], ["England", "Wales"], "England and Wales"),
        # Whoever the word is for finds it there: nothing to warn of.
        (["England"], NATIONS, ""),
        (["England"], ["England", "Wales"], ""),
    ],
)
def test_nations_are_said_if_the_guide_is_not_for_all_of_the_words(own, guides, said):
    factories.guide(slug="plans", title="Plans", nations=guides)
    assert read_on("/guides/plans/#first", own) == ReadOn("/guides/plans/#first", "First question", "Plans", said)


def test_nations_stand_behind_the_guide(client):
    factories.guide(slug="plans", title="Plans")
    everywhere = factories.term(read_on="/guides/plans/#first", nations=NATIONS)
    assert line_on(client, everywhere).endswith("<span>(in Plans, for England)</span>")
    everywhere.read_on = "/guides/plans/"
    everywhere.save()
    assert line_on(client, everywhere).endswith("Plans</a> <span>(for England)</span>")


@pytest.mark.parametrize("make", MAKERS)
@time_machine.travel(datetime(2026, 12, 1, 9, 1, tzinfo=UTC), tick=False)  # the next free call is kept for minutes
def test_it_costs_one_query(client, make):
    factories.guide(slug="plans")
    with_it, without = make(read_on="/guides/plans/#first"), make()
    next_free_call()
    counts = []
    for row in (without, with_it):
        with CaptureQueriesContext(connection) as queries:
            client.get(row.get_absolute_url())
        counts.append(len(queries))
    assert counts[1] == counts[0] + 1


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/guides/known/", None),
        ("/guides/known/#first", None),
        ("/guides/none/", "The link “/guides/none/” is dead: there is no published page at /guides/none/"),
        ("/guides/draft/", "The link “/guides/draft/” is dead: there is no published page at /guides/draft/"),
        ("/guides/known/#gone", "The link “/guides/known/#gone” is dead: the page has no section “gone”."),
        # The letters of the glossary and the like have no heading to take the words from.
        ("/guides/send-glossary/#letter-a",
         "The link “/guides/send-glossary/#letter-a” is dead: the page has no section “letter-a”."),
        *((other, NO_GUIDE) for other in (
            "guides/known/", "/guides/known", "/guides/", "/help-now/", "/guides/known/changes/", "/guides/known/#",
            "/guides/known/?a=b", "https://elsewhere.example/guides/known/", "//elsewhere.example/", "known",
        )),
    ],
)  # fmt: skip
def test_it_leads_to_a_published_guide_and_to_a_section_that_it_has(address, sentence):
    factories.guide(slug="known")
    factories.guide(slug="draft", status="draft")
    factories.guide(slug="send-glossary")
    assert fault_of(address, Addresses.from_database()) == sentence


def test_staff_learn_which_words_lead_to_a_guide():
    factories.guide(slug="one")
    term = factories.term(read_on="/guides/one/#first")
    role = factories.role(read_on="/guides/one/")
    factories.term(read_on="/guides/one-more/")
    assert [(mention.page, mention.target) for mention in mentions_of("/guides/one/")] == [
        (term, "/guides/one/#first"),
        (role, "/guides/one/"),
    ]
