"""A search that finds nothing is answered, although somebody else is writing."""

from datetime import date
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from guides.models import SearchMiss
from guides.search.misses import count_miss

TODAY = date(2026, 12, 9)
# Far longer than a search may take, and shorter than writers wait for each other.
LONG_SECONDS = 2


@pytest.mark.django_db(transaction=True)
def test_count_of_a_search_in_vain_waits_for_nobody(caplog):
    SearchMiss.objects.create(words="zebra", month=TODAY.replace(day=1), count=1)
    holds, counted = Event(), Event()
    was_quick = []

    def hold() -> None:
        try:
            with transaction.atomic():
                SearchMiss.objects.select_for_update().filter(words="zebra").update(count=5)
                holds.set()
                was_quick.append(counted.wait(LONG_SECONDS))
        finally:
            connection.close()

    writer = Thread(target=hold)
    writer.start()
    holds.wait()
    count_miss("zebra", TODAY)
    counted.set()
    writer.join()
    assert (was_quick, SearchMiss.objects.get().count) == ([True], 5)
    assert [record.getMessage() for record in caplog.records] == [
        "A search without a result was not counted: OperationalError"
    ]
    count_miss("zebra", TODAY)
    assert SearchMiss.objects.get().count == 6
