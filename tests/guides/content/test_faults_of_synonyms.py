"""What is wrong with the words for search in a content folder."""

import pytest

from guides.models import SearchSynonym
from tests.guides.content.folders import faults, load, write

pytestmark = pytest.mark.django_db
ROW = "- {{slug: a-rest, typed: a rest, kind: everyday, official: short breaks, targets: [{target}]}}\n"


def write_row(folder, target: str, more: str = "") -> None:
    write(folder, "search-synonyms.yaml", ROW.format(target=f"'{target}'") + more)


@pytest.mark.parametrize("target", ["guide:nothing", "glossary:nothing", "guide:autism#no-such-section"])
def test_target_that_is_no_page_is_a_fault(folder, target):
    write_row(folder, target)
    (fault,) = faults(folder)
    assert fault.endswith(f"“{target}” is not a page we have.")


@pytest.mark.parametrize("target", ["nothing", "/guides/", "topic:x", "guide:", "guide:a b"])
def test_target_that_is_not_written_like_a_page_is_a_fault(folder, target):
    write_row(folder, target)
    (fault,) = faults(folder)
    assert f"“{target}” is not written like a page, such as guide:anxiety or glossary:ehcp." in fault


def test_same_words_twice_are_a_fault(folder):
    write_row(folder, "page:about", ROW.format(target="page:about").replace("a-rest", "another"))
    assert any("“typed” is “a rest” twice" in fault for fault in faults(folder))


def test_synonyms_are_loaded(folder):
    write_row(folder, "page:about")
    load(folder)
    assert list(SearchSynonym.objects.values_list("typed", "targets", "whole_query_only")) == [
        ("a rest", ["page:about"], False)
    ]
