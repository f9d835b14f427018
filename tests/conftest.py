import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect

from tests import template_variables
from tests.browsers import chromium_options, chromium_path
from tests.staff_browser import log_in

BROWSER_FIXTURES = {"playwright", "browser", "context", "page", "new_context"}
NO_BROWSER = "there is no Chromium here"

template_variables.install()
# How long an example takes says how busy the computer is.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
# A page that takes long is not wrong: where everything is busy it may need more than Playwright's five seconds.
expect.set_options(timeout=20_000)


# What these fixtures make is dear, and made once by each worker that needs it: tests with the same one stay together.
DEAR_FIXTURES = {
    "site": "whole site read",
    "visitor": "whole site asked",
    "site_url": "site served",
    "rows_and_people": "addresses walked",
    "production_site": "site served as in production",
}
# Single tests that take long. xdist hands out big groups first and single tests in their order: at the end no worker
# may be left alone with one of these.
LONG = BROWSER_FIXTURES | {"production_site"}


@pytest.hookimpl(tryfirst=True, wrapper=True)  # before xdist looks at the groups, and after the order was shuffled
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None, None, None]:
    for item in items:
        names = fixtures_of(item)
        in_races = item.path.parent.name == "races"
        groups = [group for name, group in DEAR_FIXTURES.items() if name in names and not (in_races and name == "site")]
        if groups:
            item.add_marker(pytest.mark.xdist_group(groups[0]))
        if BROWSER_FIXTURES & names and not chromium_path():
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
    yield
    grouped = [item for item in items if item.get_closest_marker("xdist_group")]
    if config.getoption("loadgroup", default=False) and not all("@" in item.nodeid for item in grouped):
        raise pytest.UsageError("xdist does not keep groups of tests together with this version of pytest.")
    items.sort(key=lambda item: not (LONG & fixtures_of(item) or takes_long(item.path)))


def takes_long(path: Path) -> bool:
    return path.parent.name == "races" or path.name == "test_launcher.py"


def fixtures_of(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out = [report for report in terminalreporter.stats.get("skipped", ()) if NO_BROWSER in str(report.longrepr)]
    if left_out:
        terminalreporter.section("BROWSER TESTS WERE LEFT OUT", red=True, bold=True)
        terminalreporter.line(
            f"{len(left_out)} tests did not run: {NO_BROWSER}. Install it (Debian and Ubuntu: apt install chromium), "
            "or name another one with CHROMIUM=.",
            red=True,
        )


def pytest_sessionstart() -> None:
    if os.environ.get("REQUIRE_BROWSER") and not chromium_path():
        pytest.exit(f"REQUIRE_BROWSER is set and {NO_BROWSER}.", returncode=1)


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_test_to_test() -> None:
    cache.clear()


@pytest.fixture(scope="session")
def base_url() -> None:
    """Replaces pytest-playwright's, which pytest 9 warns about; addresses are written whole here."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | chromium_options()


@pytest.fixture(scope="session")
def playwright(playwright: Any) -> Iterator[Any]:
    """Playwright keeps an event loop in this thread, from its first test to the end of the run.

    Django takes that for asynchronous code and would refuse to read the database, in all later tests as well.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield playwright
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def desk_page(page: Any, live_server: Any) -> Any:
    """A page of the browser, logged in as somebody who may do everything, and what it complained about."""
    log_in(page, live_server.url)
    return page
