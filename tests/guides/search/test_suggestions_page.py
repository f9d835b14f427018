from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


def options(client, typed: str) -> str:
    response = client.get(reverse("suggestions"), {"q": typed})
    assert response.status_code == 200
    return response.text


def test_each_suggestion_is_an_option_with_its_kind_and_address(client):
    factories.term(slug="ehcp", term="Plan & more")
    assert options(client, "pla") == (
        '<li id="suggestion_/guides/send-glossary/ehcp/" role="option" aria-selected="false"'
        ' data-address="/guides/send-glossary/ehcp/">Plan &amp; more <small>Glossary</small></li>\n'
    )


@pytest.mark.parametrize("typed", ["", " ", "\0", '"', "<script>", "a" * 10_000, "🙂🙂", "%%", "\u202e\u202e"])
def test_odd_text_suggests_nothing(client, typed):
    factories.term(term="Plan")
    assert options(client, typed).strip() == ""


def test_what_somebody_types_is_kept_by_nobody(client):
    response = client.get(reverse("suggestions"), {"q": "plan"})
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_script_is_small():
    """It comes with the page of somebody on a slow phone who may type nothing at all."""
    assert Path(finders.find("js/suggestions.js")).stat().st_size <= 2048


def test_only_reading_is_answered(client):
    assert client.post(reverse("suggestions"), {"q": "plan"}).status_code == 405


def test_nothing_is_counted_as_searched_in_vain(client, django_assert_num_queries):
    options(client, "plan")
    with django_assert_num_queries(1):
        options(client, "zzzz")
