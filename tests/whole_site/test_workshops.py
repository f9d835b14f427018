"""The four workshops as content/ has them, and the drawings: plain, whole, and true to what the site does."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from guides.models import Topic
from sendguide.lib.readability import HARDEST_GRADE, prose, reading
from tests.whole_site.document import Document, words
from workshops.models import Workshop

WORKSHOPS = {
    "Demand Avoidance": ("Autism", "For all areas"),
    "Masking": ("Autism", "For all areas"),
    "Autism & ADHD": ("ADHD", "For all areas"),
    "Sleep Support": ("Sleep", "For all areas outside Hull, ERYC, N & NE Lincs"),
}
FEWEST_WORDS, MOST_WORDS = 120, 220
UNKIND = re.compile(r"\bsuffer|\bsimply\b|\bjust\b|\bchallenging\b|\bnormal", re.IGNORECASE)
DRAWINGS = sorted((settings.BASE_DIR / "static/illustrations").glob("*.svg"))
HEAVIEST_DRAWING = 4096
COLOUR = re.compile(r'\b(?:fill|stroke)="([^"]*)"')
OURS = re.compile(r"var\(--(?:block-[1-5]|card|line|paper|ink)\)|none")


@pytest.fixture
def workshops(visitor) -> list[Workshop]:
    return list(Workshop.objects.published().with_area())


def test_the_four_workshops_are_there_for_whom_they_are_meant(workshops):
    assert {w.title: (w.topic.name, w.for_whom) for w in workshops} == WORKSHOPS


def test_every_workshop_is_plain_to_read_and_says_enough(workshops):
    readings = {workshop.slug: reading(prose(workshop.body)) for workshop in workshops}
    assert {slug: r.grade for slug, r in readings.items() if not 0 < r.grade <= HARDEST_GRADE} == {}
    assert {slug: r.words for slug, r in readings.items() if not FEWEST_WORDS <= r.words <= MOST_WORDS} == {}


def test_no_workshop_has_an_unkind_word(workshops):
    assert [found for w in workshops for found in UNKIND.findall(f"{w.title} {w.summary} {w.body}")] == []


def test_every_workshop_has_a_drawing_of_its_own_that_its_page_describes(visitor, workshops):
    assert len({workshop.illustration for workshop in workshops}) == len(workshops)
    for workshop in workshops:
        document = Document(visitor.get(workshop.get_absolute_url()).text)
        drawings = document.find("{http://www.w3.org/2000/svg}svg", role="img")
        assert [drawing.get("aria-label") for drawing in drawings] == [workshop.illustration_alt], workshop
        assert workshop.illustration_alt


def test_every_link_in_a_workshop_leads_to_a_section_that_is_there(visitor, workshops):
    for workshop in workshops:
        document = Document(visitor.get(workshop.get_absolute_url()).text)
        links = [a.get("href", "") for text in document.with_class("prose") for a in text.iter("a")]
        assert len(links) >= 3, workshop
        for link in links:
            path, _, section = link.partition("#")
            response = visitor.get(path)
            assert response.status_code == 200, link
            assert not section or section in Document(response.text).ids, link


def test_every_topic_has_a_drawing(visitor):
    files = {path.stem for path in DRAWINGS}
    assert [topic.slug for topic in Topic.objects.all() if topic.illustration not in files] == []


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_drawing_is_light_and_follows_the_colours_of_the_page(path: Path):
    text = path.read_text("utf-8")
    assert len(text) < HEAVIEST_DRAWING
    assert [colour for colour in COLOUR.findall(text) if not OURS.fullmatch(colour)] == []


def test_privacy_page_is_right_about_the_cookie_and_about_when_details_go(visitor):
    text = " ".join(words(main) for main in Document(visitor.get("/privacy/").text).find("main"))
    assert f"one cookie, called {settings.CSRF_COOKIE_NAME}." in text
    assert "It stays in your browser for up to a year" in text
    assert 300 < settings.CSRF_COOKIE_AGE / 60 / 60 / 24 <= 366
    assert f"We delete what you gave us {settings.PLACE_KEPT_DAYS} days after the workshop." in text
    assert f"our copy of each e-mail {settings.EMAIL_KEPT_DAYS} days after we sent it" in text
