"""Staff's own words for search, and the list of what was not found."""

import pytest
from django.urls import reverse

from guides.models import SearchMiss, SearchSynonym
from guides.search.find import find
from tests import factories
from tests.guides.admin.posting import desk, errors_of, fields_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(factories.staff(is_superuser=True))
    return client


def synonym(**fields):
    values = {"slug": "respite", "typed": "respite", "targets": ["glossary:breaks"]}
    return factories.search_synonym(**values | fields)


def test_new_synonym_is_found_by_at_once(editor):
    factories.term(slug="breaks", term="Short breaks")
    factories.guide(slug="plans", title="Plans", body="## A rest {#rest}\n\nx\n")
    response = save(
        editor,
        SearchSynonym,
        typed=" A   Night OFF ",
        official="short breaks",
        page_1="glossary:breaks",
        page_2="guide:plans#rest",
        note="Heard on calls.",
    )
    assert errors_of(response) == {}
    (row,) = SearchSynonym.objects.all()
    assert (row.typed, row.slug, row.kind) == ("a night off", "a-night-off", "everyday")
    assert row.targets == ["glossary:breaks", "guide:plans#rest"]
    titles = [found.title for found in find("a night off").results]
    assert titles[:2] == ["Short breaks", "A rest"]


def test_synonym_may_lead_to_the_list_of_workshops(editor):
    factories.workshop(title="Masking")
    response = save(editor, SearchSynonym, typed="zoom talks", official="workshops", page_1="page:workshops")
    assert errors_of(response) == {}
    assert find("zoom talks").results[0].address == "/workshops/"


def test_pages_of_a_synonym_can_be_changed_and_left_out(editor):
    factories.term(slug="breaks", term="Short breaks")
    factories.role(slug="officer")
    row = synonym(targets=["glossary:breaks", "role:officer"])
    fields = fields_of(editor.get(desk(row)))
    assert (fields["page_1"], fields["page_2"], fields["page_3"]) == (["glossary:breaks"], ["role:officer"], [""])
    assert errors_of(save(editor, row, page_1="role:officer", page_2="")) == {}
    row.refresh_from_db()
    assert (row.targets, row.slug) == (["role:officer"], "respite")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"typed": "RESPITE"}, "typed", "There is an entry for “respite” already. Change that one."),
        ({"typed": "🙂"}, "typed", "Write at least one word."),
        ({"typed": ""}, "typed", "Please fill this in."),
        ({"page_1": ""}, "page_1", "Choose the page that answers it."),
        (
            {"page_1": "glossary:nothing"},
            "page_1",
            "This page is not there any more. Choose another one, or none.",
        ),
        ({"page_2": "glossary:breaks"}, "__all__", "The same page is chosen twice."),
        (
            {"typed": "what is the"},
            "whole_query_only",
            "Such words stand in many searches. Tick “Only when it is the whole search”.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(editor, changes, field, sentence):
    factories.term(slug="breaks", term="Short breaks")
    synonym()
    filled = {"typed": "a rest", "official": "short breaks", "page_1": "glossary:breaks"} | changes
    response = save(editor, SearchSynonym, **filled)
    assert errors_of(response) == {field: [sentence]}
    assert SearchSynonym.objects.count() == 1


def test_same_words_with_another_apostrophe_are_the_same(editor):
    factories.term(slug="breaks", term="Short breaks")
    synonym(typed="won't go")
    response = save(editor, SearchSynonym, typed="wont go", official="x", page_1="glossary:breaks")
    assert errors_of(response) == {"typed": ["There is an entry for “won't go” already. Change that one."]}


def test_page_that_is_gone_is_named(editor):
    row = synonym()
    response = save(editor, row)
    assert errors_of(response) == {"page_1": ["This page is not there any more. Choose another one, or none."]}
    assert 'value="glossary:breaks" selected' in response.text


def test_list_of_synonyms_is_searched(editor):
    synonym()
    assert "respite" in editor.get(desk(SearchSynonym, "changelist"), {"q": "glossary:breaks"}).text
    assert editor.get(desk(SearchSynonym, "changelist"), {"q": "no such"}).status_code == 200


def test_view_right_shows_where_a_synonym_leads(client):
    client.force_login(factories.staff("view_searchsynonym"))
    response = client.get(desk(synonym()))
    assert (response.status_code, "glossary:breaks" in response.text, "<select" in response.text) == (200, True, False)


def test_searches_in_vain_are_listed_with_a_way_to_mend_them(editor):
    factories.search_miss()
    html = editor.get(desk(SearchMiss, "changelist")).text
    assert "December 2026" in html
    address = f"{reverse('admin:guides_searchsynonym_add')}?typed=trampoline"
    assert f'href="{address}"' in html
    assert fields_of(editor.get(address))["typed"] == ["trampoline"]


def test_searches_without_a_word_that_may_be_kept_are_one_row(editor):
    factories.search_miss(words="")
    html = editor.get(desk(SearchMiss, "changelist")).text
    assert ("(no word that we may keep)" in html, "searchsynonym/add/?typed" in html) == (True, False)


def test_searches_in_vain_are_only_read_and_cleared_away(editor):
    miss = factories.search_miss()
    assert editor.get(desk(SearchMiss, "add")).status_code == 403
    assert editor.post(desk(miss), {"words": "x"}).status_code == 403
    editor.post(desk(miss, "delete"), {"post": "yes"})
    assert not SearchMiss.objects.exists()
