"""What parents type finds its answer in the real content. The searches and their answers: tests/guides/search/*.txt."""

import pytest

from guides.search.find import find
from tests.guides.search.judged import HELD_OUT, JUDGED, Judged, read

SEARCHES = [*read(JUDGED), *read(HELD_OUT)]


@pytest.fixture(scope="module")
def results(visitor) -> dict[str, list[str]]:
    return {each.typed: [found.address for found in find(each.typed).results] for each in SEARCHES}


def share(searches: list[Judged], results: dict[str, list[str]], first: int) -> float:
    """Of ``searches``, how many have an answer among the ``first`` results."""
    return sum(not each.answers.isdisjoint(results[each.typed][:first]) for each in searches) / len(searches)


def test_enough_searches_are_judged():
    assert len({each.typed for each in SEARCHES}) == len(SEARCHES)
    assert (len(SEARCHES) >= 80, 3.5 <= len(SEARCHES) / len(read(HELD_OUT)) <= 4.5) == (True, True)


def test_every_answer_is_a_page_and_its_section(visitor):
    answers = sorted({address for each in SEARCHES for address in each.answers})
    pages = {path: visitor.get(path) for path in {address.partition("#")[0] for address in answers}}
    assert {path for path, response in pages.items() if response.status_code != 200} == set()
    sections = (address.partition("#") for address in answers if "#" in address)
    assert [(path, section) for path, _, section in sections if f'id="{section}"' not in pages[path].text] == []


def test_no_search_finds_nothing(results):
    assert [typed for typed, found in results.items() if not found] == []


@pytest.mark.parametrize("typed", ["bullying", "bullied", "my son is being bullied at school"])
def test_what_few_pages_speak_of_finds_few(visitor, typed):
    assert [found.address for found in find(typed).results] == [
        "/guides/anxiety/#why",
        "/guides/send-law-in-scotland/#asn",
        "/guides/send-glossary/disability-discrimination/",
        "/guides/send-glossary/additional-support-needs/",
    ]


@pytest.mark.parametrize("typed", ["sleep", "my child won't sleep", "sleep help"])
def test_sleep_finds_no_other_kind_of_support(visitor, typed):
    addresses = [found.address for found in find(typed).results]
    assert addresses[:3] == ["/workshops/sleep-support/", "/guides/anxiety/#tonight", "/guides/adhd/#tonight"]
    assert "/guides/send-glossary/sen-support/" not in addresses


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("the school is not following the EHCP", "/guides/understanding-ehcps/#not-happening"),
        ("ehcp not being followed", "/guides/understanding-ehcps/#not-happening"),
        ("plan not being followed", "/guides/understanding-ehcps/#not-happening"),
        ("can they refuse to assess?", "/guides/understanding-ehcps/#refused"),
        ("refusal to assess", "/guides/send-glossary/refusal-to-assess/"),
        ("my child was suspended", "/guides/school-meetings/#exclusion"),
        ("suspension", "/guides/send-glossary/suspension/"),
        ("EBSA", "/guides/send-glossary/ebsa/"),
        ("wales", "/guides/send-glossary/additional-learning-needs/"),
        ("special needs wales", "/guides/send-glossary/additional-learning-needs/"),
        ("special needs northern ireland", "/guides/send-glossary/statement-of-sen/"),
        ("camhs refused", "/guides/send-glossary/camhs/"),
        ("free school transport under 16", "/guides/send-glossary/home-to-school-transport/"),
        ("privacy", "/privacy/"),
        ("my data", "/privacy/"),
    ],
)
def test_first_result(visitor, typed, answer):
    assert find(typed).results[0].address == answer


def test_who_pays_for_transport_is_not_about_assessments(visitor):
    assert [found.address for found in find("who pays for transport").results[:2]] == [
        "/guides/send-glossary/home-to-school-transport/",
        "/guides/post-16-education/#transport",
    ]


def test_no_page_is_listed_twice(results):
    assert [typed for typed, found in results.items() if len(set(found)) != len(found)] == []


def test_answer_is_the_first_result(results):
    assert share(SEARCHES, results, first=1) >= 0.85


def test_answer_is_among_the_first_three_results(results):
    assert share(SEARCHES, results, first=3) >= 0.95


def test_searches_that_nothing_was_tuned_for_are_answered_as_well(results):
    held_out = read(HELD_OUT)
    assert (share(held_out, results, first=1) >= 0.80, share(held_out, results, first=3) >= 0.90) == (True, True)
