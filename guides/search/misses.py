"""Counts of what was looked for in vain, so that editors learn what is missing. Nobody can be known from them.

A word is kept only if it is on a closed list of ordinary words or of what synonyms are typed as. Names, addresses,
numbers and whatever else a person could be known by are on no list, so they are dropped, whatever they look like.
"""

import logging
from collections.abc import Iterable
from datetime import date

from django.db import DatabaseError, transaction
from django.db.models import F

from guides.models import SearchMiss
from guides.search.words import SMALL_WORDS, ordinary_words, words_of
from sendguide.lib.dates import months_after

MOST_WORDS = 6
# Nobody reads more, and a program that types nonsense fills no table.
MOST_A_MONTH = 1000
MONTHS_KEPT = 13

logger = logging.getLogger(__name__)


def keepable(words: Iterable[str]) -> str:
    """Those of ``words`` that may be kept, A to Z: not even their order can tell of anybody."""
    known = ordinary_words() - SMALL_WORDS
    return " ".join(sorted(set(words) & known)[:MOST_WORDS])


def count_miss(query: str, today: date) -> None:
    """Never a reason for a search to fail: what cannot be counted at once is not counted."""
    words = "" if "@" in query else keepable(words_of(query))
    if not words:
        return
    month = today.replace(day=1)
    try:
        with transaction.atomic():
            rows = SearchMiss.objects.filter(month=month)
            if not rows.filter(words=words).update(count=F("count") + 1) and rows.count() < MOST_A_MONTH:
                SearchMiss.objects.create(words=words, month=month, count=1)
    except DatabaseError as error:
        logger.warning("A search without a result was not counted: %s", type(error).__name__)


def forget_old(today: date) -> None:
    SearchMiss.objects.filter(month__lt=months_after(today.replace(day=1), 1 - MONTHS_KEPT)).delete()
