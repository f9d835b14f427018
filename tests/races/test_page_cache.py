"""What one process saves every other one shows within a second, also from memory."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from urllib.request import urlopen

import pytest
from django.db import connection
from django.test import Client

from guides.models import Guide
from sendguide.freshness import changes, generation
from sendguide.freshness.stores import DatabaseStore, FileStore, Store
from tests import factories
from tests.guides.admin.posting import save
from tests.outbox.processes import Process
from tests.races.crowd import Site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def guide(transactional_db: None) -> Guide:
    return factories.guide(slug="xylophones", title="Xylophones")


@pytest.fixture
def server(production_site: Site, guide: Guide, monkeypatch) -> Iterator[Process]:
    """Its processes keep the guide already. What tells them of changes is what this process uses, too."""
    with production_site.served() as served:
        monkeypatch.setattr(generation, "store", lambda: _store_of(production_site))
        titles(served, production_site)
        yield served
        # Its address is that of the next test's: no process of this one may still answer there.
        served.popen.terminate()
        served.popen.wait(60)


def _store_of(site: Site) -> Store:
    """As the settings choose it for production."""
    if connection.vendor == "sqlite":
        return FileStore(site.data_dir / "generation")
    return DatabaseStore()


def titles(server: Process, site: Site) -> set[str]:
    """What the guide is called, for a visitor of each process: the other ones stand still."""
    processes = server.children
    assert len(processes) > 1
    found = set()
    for process in processes:
        others = [other for other in processes if other != process]
        try:
            for other in others:
                os.kill(other, signal.SIGSTOP)
            found.add(_read(f"{site.address}/guides/xylophones/").partition("<h1>")[2].partition("</h1>")[0])
        finally:
            for other in others:
                os.kill(other, signal.SIGCONT)
    return found


def _read(address: str) -> str:
    with urlopen(address, timeout=30) as answer:
        assert "X-Request-ID" not in answer.headers
        return answer.read().decode()


def titles_a_second_after(server: Process, site: Site, change: Callable[[], object]) -> set[str]:
    """People go on reading while it is made and for a second after it."""
    assert titles(server, site) == {"Xylophones"}
    change()
    end = time.monotonic() + 1
    while time.monotonic() < end:
        titles(server, site)
    return titles(server, site)


def test_what_is_saved_in_the_admin_is_shown_by_every_process_within_a_second(
    server: Process, production_site: Site, guide: Guide, admin_client: Client
):
    found = titles_a_second_after(server, production_site, lambda: save(admin_client, guide, title="Narwhals"))
    assert found == {"Narwhals"}


def test_change_of_many_rows_at_once_is_shown_too(server: Process, production_site: Site, guide: Guide):
    assert titles_a_second_after(server, production_site, lambda: Guide.objects.update(title="Narwhals")) == {
        "Narwhals"
    }


def test_without_another_generation_the_old_page_is_shown(
    server: Process, production_site: Site, guide: Guide, monkeypatch
):
    """If this fails, the tests above prove nothing."""
    monkeypatch.setattr(changes, "renew", lambda: None)
    found = titles_a_second_after(server, production_site, lambda: Guide.objects.update(title="Narwhals"))
    assert found == {"Xylophones"}
