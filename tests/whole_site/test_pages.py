"""Every page of the public site, with all its content."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import resolve

from tests.whole_site.checks import CHECKS
from tests.whole_site.document import words
from tests.whole_site.page_types import NOT_FOUND, PAGE_TYPES
from tests.whole_site.pages import NO_SUCH_PAGE
from tests.whole_site.quiet_checks import QUIET_CHECKS, scripts_of

# Pages with a form, which nobody keeps. Each has a journey of its own.
FORMS = {"workshop_date", "call_details", "call_waiting_join"}
MOST_SCRIPT_BYTES = 6_000


def test_whole_site_was_read(site):
    """Otherwise the tests below would pass for want of pages."""
    workshops = 2 + 4  # the programme, what is past, and the four themselves
    texts = len(site.guides) + len(site.texts) + len(site.topics) + len(site.terms) + len(site.roles)
    listed = 2 + workshops + texts
    assert len(site.listed) == listed
    assert len(site.html_pages) > listed + len(site.councils) + len(site.guides)


def test_every_page_answers(site):
    answers = {page.address: page.status for page in site.pages.values()}
    assert answers.pop(NO_SUCH_PAGE) == 404
    assert {address: status for address, status in answers.items() if status != 200} == {}


@pytest.mark.parametrize("check", [*CHECKS, *QUIET_CHECKS])
def test_every_page(site, check):
    assert [f"{page.address}: {fault}" for page in site.html_pages for fault in check(page)] == []


def test_scripts_of_all_pages_together_are_small(site):
    """As they are written, before they are packed."""
    scripts = {script.get("src") for page in site.html_pages for script in scripts_of(page)}
    assert "/static/js/site.js" in scripts
    sizes = {script: Path(finders.find(script.removeprefix(settings.STATIC_URL))).stat().st_size for script in scripts}
    assert sum(sizes.values()) <= MOST_SCRIPT_BYTES, sizes


def test_no_file_for_programs_sets_a_cookie(site):
    assert [page.address for page in site.pages.values() if page.cookies and not page.is_html] == []


def test_no_two_pages_have_the_same_title_or_description(site):
    """Searches are one page."""
    pages = {page.path: page.document for page in site.html_pages}.values()
    titles = Counter(words(title) for document in pages for title in document.find("title"))
    descriptions = Counter(text for document in pages for text in document.meta("description"))
    assert [text for text, count in (titles + descriptions).items() if count > 1] == []


def test_pages_that_search_engines_must_not_list_are_these(site):
    unlisted = {page.address for page in site.html_pages if not page.document.is_listed}
    searches = {page.address for page in site.html_pages if page.path == "/search/"}
    searches |= {page.address for page in site.html_pages if page.path == "/guides/the-local-offer/find/"}
    names = {page.address: resolve(page.path).url_name for page in site.html_pages if page.address != NO_SUCH_PAGE}
    forms = {address for address, name in names.items() if name in FORMS}
    assert (len(forms) > 12, set(names.values()) >= FORMS) == (True, True)
    councils = {council.get_absolute_url() for council in site.councils.values()}
    assert unlisted == {NO_SUCH_PAGE, *searches, *forms, *councils}


def test_every_type_of_page_is_among_the_page_types(site):
    """They stand for all pages in the tests with a browser."""
    served = {resolve(page.path).url_name for page in site.html_pages if page.status == 200} - FORMS
    assert {resolve(path.partition("?")[0]).url_name for path in PAGE_TYPES.values()} == served
    assert [path for path in [*PAGE_TYPES.values(), *NOT_FOUND.values()] if path not in site.pages] == []


def test_style_sheets_and_scripts_fetch_nothing_from_others():
    files = [path for path in (settings.BASE_DIR / "static").rglob("*") if path.suffix in {".css", ".js", ".svg"}]
    texts = {path.name: path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "") for path in files}
    assert len(texts) > 3
    assert [name for name, text in texts.items() if "://" in text or "@import" in text or "url(//" in text] == []
