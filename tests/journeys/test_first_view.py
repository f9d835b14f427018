"""The first view of every type of page comes with the first packets, styles included."""

import pytest

from tests.bench.first_view import FIRST_ROUND, OPTIONS, FirstView
from tests.whole_site.page_types import PAGE_TYPES


@pytest.fixture
def view(new_context, site_url):
    return lambda path: FirstView(new_context(**OPTIONS).new_page(), site_url, path)


@pytest.mark.parametrize("path", PAGE_TYPES.values(), ids=PAGE_TYPES.keys())
def test_first_view_is_complete_with_the_first_packets(view, path):
    found = view(path)
    assert found.styles > 1000
    assert found.is_complete_after(FIRST_ROUND - found.styles)


def test_view_that_is_not_complete_is_noticed(view):
    found = view("/guides/understanding-ehcps/")
    assert (found.is_complete_after(1000), found.is_complete_after(len(found.packed))) == (False, True)
    assert 1000 < found.needed() < len(found.packed) / 2
