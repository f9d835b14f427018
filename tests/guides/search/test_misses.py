from datetime import date

import pytest
from django.db import DatabaseError
from django.urls import reverse

from guides.models import SearchMiss
from guides.search import misses
from guides.search.misses import MOST_A_MONTH, count_miss, forget_old, keepable
from guides.search.words import words_of
from tests import factories

TODAY = date(2026, 12, 9)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("trampoline near me", "trampoline"),
        ("Swimming lessons for Jack Smith", "lessons swimming"),
        ("my son Oliver, dob 3/4/2015, hydrotherapy", "hydrotherapy"),
        ("07700 900123", ""),
        ("hu5 2ty", ""),
        ("12 Acacia Avenue", ""),
        ("xq7hjk", ""),
        ("the", ""),
        ("zebra " * 50, "zebra"),
        ("zoo yoga year wrong work word wool wolf", "word work wrong year yoga zoo"),
    ],
)
def test_only_ordinary_words_may_be_kept(typed, kept):
    assert keepable(words_of(typed)) == kept


@pytest.mark.parametrize(
    "name", ["will", "grace", "mark", "rose", "jack", "may", "april", "daisy", "summers", "bill", "hull"]
)
def test_names_are_no_ordinary_words(name):
    assert name not in misses.ordinary_words()


@pytest.mark.django_db
def test_searches_in_vain_are_counted_by_month():
    for day in (TODAY, TODAY.replace(day=31), date(2027, 1, 1)):
        count_miss("Where is a zebra, zebra?", day)
    found = list(SearchMiss.objects.order_by("month").values_list("words", "month", "count"))
    assert found == [("zebra", date(2026, 12, 1), 2), ("zebra", date(2027, 1, 1), 1)]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["anna@zebra.example", "Anna", "xq7hjk", "🙂"])
def test_of_what_may_tell_of_a_person_only_the_number_is_kept(typed):
    count_miss(typed, TODAY)
    count_miss(typed, TODAY)
    assert list(SearchMiss.objects.values_list("words", "count")) == [("", 2)]


def test_any_words_that_are_kept_fit():
    longest = sorted(misses.ordinary_words(), key=len)[-misses.MOST_WORDS :]
    assert len(" ".join(longest)) <= SearchMiss._meta.get_field("words").max_length


@pytest.mark.django_db
def test_count_that_fails_is_no_reason_to_fail(monkeypatch, caplog):
    def fail(**_: object) -> None:
        raise DatabaseError("zebra")

    monkeypatch.setattr(SearchMiss.objects, "filter", fail)
    count_miss("zebra", TODAY)
    assert [record.getMessage() for record in caplog.records] == [
        "A search without a result was not counted: DatabaseError"
    ]


@pytest.mark.django_db
def test_month_that_is_full_takes_each_word_by_itself():
    month = TODAY.replace(day=1)
    SearchMiss.objects.bulk_create(SearchMiss(words=str(n), month=month, count=1) for n in range(MOST_A_MONTH))
    for typed in ("zebra", "yoga zebra", "yoga zebra"):
        count_miss(typed, TODAY)
    count_miss("yoga zebra", date(2027, 1, 1))
    found = SearchMiss.objects.filter(words__regex="[a-z]").order_by("month", "words")
    assert [(str(miss.month), miss.words, miss.count) for miss in found] == [
        ("2026-12-01", "yoga", 2),
        ("2026-12-01", "zebra", 3),
        ("2027-01-01", "yoga zebra", 1),
    ]


@pytest.mark.django_db
def test_old_counts_are_forgotten():
    for month in (date(2025, 11, 1), date(2025, 12, 1)):
        SearchMiss.objects.create(words="zebra", month=month, count=1)
    forget_old(TODAY)
    assert [str(miss.month) for miss in SearchMiss.objects.all()] == ["2025-12-01"]


@pytest.mark.django_db
def test_search_page_counts_what_it_did_not_find(client):
    factories.term(term="Plan")
    for query in ("zebra", "zebra", "plan", ""):
        client.get(reverse("search"), {"q": query})
    client.head(reverse("search"), {"q": "zebra"})
    assert list(SearchMiss.objects.values_list("words", "count")) == [("zebra", 2)]


@pytest.mark.django_db
def test_search_page_counts_what_somebody_did_not_want_put_right(client):
    factories.term(term="Plan", definition="Zebras plann.")
    client.get(reverse("search"), {"q": "zebra plann", "exact": "1"})
    assert list(SearchMiss.objects.values_list("words", "count")) == [("zebra", 1)]
