from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.server import served_site
from tests.journeys.visits import Noticed
from tests.whole_site.page_types import NOT_FOUND

PHONE = {"width": 360, "height": 740}

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def site_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole site. Journeys read it, and sign up for workshops, of which there is room enough."""
    with served_site(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext], site_url: str) -> Iterator[Visit]:
    """``visit("/guides/", width=1280)`` opens a page; other arguments are those of a browser context.

    ``refusing``: the path of a page that may answer that it does not take what is sent.

    The test fails in the end if a page had an error, asked another host for anything, or missed a file.
    """
    noticed = Noticed(site_url)

    def visit(
        path: str, width: int = PHONE["width"], height: int = PHONE["height"], refusing: str = "", **options: Any
    ) -> Page:
        page = new_context(viewport={"width": width, "height": height}, **options).new_page()
        noticed.watch(page)
        if path in NOT_FOUND.values():
            noticed.expect_refusal(site_url + path)
        if refusing:
            noticed.expect_refusal(site_url + refusing)
        page.goto(site_url + path)
        return page

    yield visit
    assert noticed == []
