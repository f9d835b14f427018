"""Counts of what was looked for in vain, so that editors learn what is missing. Nobody can be known from them.

A word is kept only if it is on a closed list of ordinary words. Names, addresses, numbers and whatever else a person
could be known by are on no list, so they are dropped, whatever they look like. Of a search without such a word it is
only counted that there was one.
"""

import logging
from collections.abc import Iterable
from datetime import date

from django.db import DatabaseError
from django.db.models import F

from guides.models import SearchMiss
from guides.search.words import SMALL_WORDS, ordinary_words, words_of
from sendguide.impatient import impatient_transaction
from sendguide.lib.dates import months_after

MOST_WORDS = 6
# Nobody reads more, and a program that types nonsense fills no table. Then each word is counted by itself: the list of
# words has an end.
MOST_A_MONTH = 1000
MONTHS_KEPT = 13

logger = logging.getLogger(__name__)


def keepable(words: Iterable[str]) -> str:
    """Those of ``words`` that may be kept, A to Z: not even their order can tell of anybody."""
    known = ordinary_words() - SMALL_WORDS
    return " ".join(sorted(set(words) & known)[:MOST_WORDS])


def count_miss(query: str, today: date) -> None:
    """Never a reason for a search to fail or to be slow: what cannot be counted at once is not counted."""
    words = "" if "@" in query else keepable(words_of(query))
    try:
        with impatient_transaction():
            _count(words, today.replace(day=1))
    except DatabaseError as error:
        logger.warning("A search without a result was not counted: %s", type(error).__name__)


def _count(words: str, month: date) -> None:
    rows = SearchMiss.objects.filter(month=month)
    if rows.filter(words=words).update(count=F("count") + 1):
        return
    one_by_one = words.split() if " " in words and rows.count() >= MOST_A_MONTH else [words]
    for each in one_by_one:
        if not rows.filter(words=each).update(count=F("count") + 1):
            SearchMiss.objects.create(words=each, month=month, count=1)


def forget_old(today: date) -> None:
    SearchMiss.objects.filter(month__lt=months_after(today.replace(day=1), 1 - MONTHS_KEPT)).delete()
