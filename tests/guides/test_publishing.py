"""What keeps a text from the public, which addresses exist, and who links to them."""

import pytest

from guides.addresses import Addresses, mentions_of, pages_with_picture
from guides.publishing import dead_mentions, guide_faults, in_words, page_faults
from tests import factories

pytestmark = pytest.mark.django_db


def sentences(guide):
    return in_words(guide_faults(guide, Addresses.from_database()))


def test_faultless_guide_has_no_faults():
    picture = factories.picture()
    other = factories.guide(slug="other", body="## Here {#here}")
    factories.page(slug="workshops")
    factories.page(slug="support-call")
    term, role, council, topic, page = (
        factories.term(), factories.role(), factories.council(), factories.topic(), factories.page(slug="about")
    )  # fmt: skip
    links = [
        *(other.get_absolute_url() + "#here", other.get_absolute_url() + "changes/", term.get_absolute_url()),
        *(role.get_absolute_url(), council.get_absolute_url(), topic.get_absolute_url(), page.get_absolute_url()),
        *("/", "/guides/", "/search/?q=help", "/workshops/", "/support-call/", "#own", "https://www.gov.uk/"),
    ]
    body = "\n".join(f"[x]({link})" for link in links) + f"\n\n{picture.markdown}\n\n## Own {{#own}}"
    assert sentences(factories.guide(body=body)) == []


@pytest.mark.parametrize(
    "path", ["/guides/draft/", "/guides/no/", "/nothing/", "/a/b/", "/guides/send-glossary/no/", "/media/x"]
)
def test_page_that_is_not_there_makes_a_dead_link(path):
    factories.guide(slug="draft", status="draft")
    assert sentences(factories.guide(body=f"Text.\n\n[x]({path})")) == [
        f"Line 3: The link “{path}” is dead: there is no published page at {path}"
    ]


LISTED = {"send-glossary": "letter-a", "whos-who-in-send": "sector-health", "the-local-offer": "region-london"}


@pytest.mark.parametrize("slug", LISTED)
def test_sections_of_structured_guides_are_known_there_and_nowhere_else(slug):
    for each in LISTED:
        factories.guide(slug=each)
    links = {section: f"[x](/guides/{slug}/#{section})" for section in LISTED.values()}
    assert sentences(factories.guide(body=links.pop(LISTED[slug]))) == []
    for section, link in links.items():
        assert f"has no section “{section}”" in sentences(factories.guide(body=link))[0]


def test_faults_come_by_field_and_line():
    guide = factories.guide(body="[x](/no/)\n\n# One", sources="- [a](b)", illustration="anxiety")
    assert sentences(guide) == [
        "Line 1: The link “/no/” is dead: there is no published page at /no/",
        "Line 3: “One” is a main heading. The title is the main heading: write ## here.",
        "In the sources: Line 1: The link “b” leads nowhere: start with /, #, https://, law: or mailto:.",
        "The illustration has no description. Write what is to be seen.",
    ]


def test_site_page_faults():
    page = factories.page(body="[x](/no/)")
    assert [str(fault) for fault in page_faults(page, Addresses.from_database())["body"]] == [
        "Line 1: The link “/no/” is dead: there is no published page at /no/"
    ]
    assert page_faults(factories.page(), Addresses.from_database()) == {}


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_all_addresses_takes_eight_queries(django_assert_num_queries, rows):
    for _ in range(rows):
        factories.guide()
        factories.picture()
    with django_assert_num_queries(8):
        Addresses.from_database()


def test_everything_public_that_links_to_a_page_is_found():
    guide = factories.guide(slug="one", body="[myself](/guides/one/)")
    linking = [
        factories.guide(body="[a](/guides/one/) [b](/guides/one/#x) [again](/guides/one/)"),
        factories.guide(body="Text.", sources="- [x](/guides/one/?q=1)"),
        factories.page(body="[x](/guides/one/)"),
        factories.term(law="[x](/guides/one/)"),
        factories.role(law="[x](/guides/one/)"),
        factories.situation(address="/guides/one/#y"),
    ]
    factories.guide(body="[draft](/guides/one/)", status="draft")
    factories.guide(body="[longer](/guides/one/changes/) `/guides/one/` [other](/guides/one-more/)")
    factories.situation(address="/guides/one/", published=False)
    factories.situation(address="/guides/one/changes/")
    found = mentions_of(guide.get_absolute_url())
    assert [(mention.page, mention.target) for mention in found] == [
        (linking[0], "/guides/one/"),
        (linking[0], "/guides/one/#x"),
        (linking[1], "/guides/one/?q=1"),
        (linking[2], "/guides/one/"),
        (linking[3], "/guides/one/"),
        (linking[4], "/guides/one/"),
        (linking[5], "/guides/one/#y"),
    ]


def test_dead_mentions_are_those_whose_page_or_section_is_gone():
    guide = factories.guide(slug="one", body="## Here {#here}")
    other = factories.guide(body="[a](/guides/one/#here) [b](/guides/one/#gone) [c](/guides/one/)")
    addresses = Addresses.from_database()
    assert dead_mentions(guide.get_absolute_url(), addresses) == [(other, "/guides/one/#gone")]
    addresses.remove_guide("one")
    assert [target for _, target in dead_mentions(guide.get_absolute_url(), addresses)] == [
        "/guides/one/#here", "/guides/one/#gone", "/guides/one/"
    ]  # fmt: skip


def test_texts_that_show_a_picture_are_found_drafts_too():
    picture, other = factories.picture(), factories.picture()
    makers = (factories.guide, factories.page, factories.workshop)
    pages = [make(body=picture.markdown) for make in makers]
    pages.append(factories.workshop(body=picture.markdown, published=False, title="Z"))
    pages.insert(1, factories.guide(body=picture.markdown, status="draft", title="Z"))
    assert pages_with_picture(picture) == pages
    assert pages_with_picture(other) == []
