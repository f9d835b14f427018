"""How far the pages are with the glossary; which forms an entry may have; how a text reads."""

import pytest
from django.urls import reverse

from guides.explaining import bring_up_to_date
from tests import factories
from tests.guides.admin.posting import desk, errors_of, save
from tests.whole_site.document import Document, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(factories.staff(is_superuser=True))
    return client


def test_list_and_entry_say_how_many_pages_are_up_to_date(editor):
    factories.guide()
    term = factories.term(term="EHC plan")
    bring_up_to_date()
    for address in (desk(term), desk(type(term), "changelist"), desk(type(term), "add")):
        assert "All 2 pages are up to date with the glossary." in editor.get(address).text
    save(editor, term, definition="Another meaning.")
    for address in (desk(term), desk(type(term), "changelist")):
        assert (
            "0 of 2 pages are up to date with the glossary. The others follow by themselves" in editor.get(address).text
        )


def test_form_of_another_entry_is_refused_unless_it_is_for_search_only(editor):
    factories.term(term="Plan A", abbreviation="EHCP", aliases=["legal plan"], slug="first")
    second = factories.term(term="Plan B", slug="second")
    errors = errors_of(save(editor, second, abbreviation="EHCP", aliases="Legal plan\nother"))
    assert errors.keys() == {"abbreviation", "aliases"}
    assert errors["aliases"][0].startswith("“Legal plan” is a form of another entry already: first.")
    assert errors_of(save(editor, second, abbreviation="EHCP", no_autolink="EHCP")) == {}
    assert errors_of(save(editor, second, definition="Another.", no_autolink="EHCP")) == {}


def preview(client, text):
    return client.post(reverse("markdown_preview"), {"content": text}).text


def test_preview_says_kindly_which_section_is_hard_and_what_is_in_no_glossary(editor):
    factories.term(term="EHCP")
    hard = "Notwithstanding administrative considerations, international organisations coordinate communication "
    page = preview(editor, f"An EHCP.\n\n## Who {{#who}}\n\n{hard * 4}with the QQQ.\n\n## What\n\nMultidisciplinarity.")
    assert "How it reads: hard, for age" in page
    assert ". 1 section to look at" in page
    assert "<strong>Who</strong>: grade" in page
    assert "Could it be two? “Notwithstanding administrative" in page
    assert "Not in the glossary: QQQ." in page
    (by_section,) = (each for each in Document(page).find("ul") if "The opening" in words(each))
    shown = [words(item).partition(": ") for item in by_section.iter("li")]
    assert [(heading, "hard" in grade) for heading, _, grade in shown] == [
        ("The opening", False),
        ("Who", True),
        ("What", False),
    ]
    assert shown[2][2].endswith(". Long words: multidisciplinarity")
    assert "How it reads: well (grade" in preview(editor, "You can ask. We help.")
    assert "to look at" not in preview(editor, "An EHCP. You can ask. We help.")
