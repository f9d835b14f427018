"""Whoever searches a list need not spell as it is written there."""

import pytest
from django.db import connection

from guides.models import GlossaryTerm, Guide
from sendguide.lib.spellings import pattern_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(client):
    client.force_login(factories.staff(is_superuser=True))
    return lambda address, words: client.get(address, {"q": words}).context["cl"].result_count


@pytest.mark.parametrize("words", ["o'neill", "O’NEILL", "aoife o'neill", "Ó'Neill"])
def test_people_are_found_however_their_names_are_spelt(found, words):
    date = factories.workshop_date()
    factories.sign_up(date=date, name="Aoife O’Neill")
    factories.sign_up(date=date, name="Neil Oakes")
    assert found("/admin/workshops/signup/", words) == 1


@pytest.mark.parametrize(
    ("words", "expected"), [("zoe's", 1), ("ZOË’S", 1), ("zoe.s", 0), ("(", 0), ("\\", 0), ("%", 0)]
)
def test_guides_are_found_by_words_and_not_by_patterns(found, words, expected):
    factories.guide(title="Zoë’s guide", body="One.")
    factories.guide(title="Another", body="Two.")
    assert found("/admin/guides/guide/", words) == expected


@pytest.mark.parametrize(
    ("alias", "words"),
    [("Carer’s child", "carer's child"), ("Carer's child", "carer’s child"), ("Ynys Môn", "ynys mon"), ("Mon", "MÔN")],
)
def test_forms_of_a_term_are_found(found, alias, words):
    factories.term(term="Young carer", aliases=[alias, "carer"])
    factories.term(term="Another", aliases=["u00f4", "u2019"])
    assert found("/admin/guides/glossaryterm/", words) == 1


def test_long_words_are_no_fault(found):
    factories.guide(title="One")
    assert found("/admin/guides/guide/", "é'" * 900) == 0


def test_database_and_python_read_the_pattern_alike():
    factories.guide(title="Siobhán’s twenty‑one words (50%) a.b [c] #1 & more", slug="words")
    for typed in ("SIOBHÁN'S", "twenty-one", "(50%)", "a.b", "[c]", "#1 &"):
        assert Guide.objects.filter(title__spelt=typed).count() == 1, (connection.vendor, pattern_of(typed))
    assert not Guide.objects.filter(title__spelt="a?b").exists()
    assert not GlossaryTerm.objects.filter(aliases__spelt="none").exists()
