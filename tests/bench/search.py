"""Search: what is found of what was judged, how long it takes, and what an index costs, today's and a large one."""

import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from guides.models import GlossaryTerm
from guides.search.answers import answer
from guides.search.asking import Library
from guides.search.documents import SOURCES
from guides.search.find import find
from guides.search.fresh import KEEPER
from guides.search.index import Document
from guides.search.synonyms import Synonyms
from tests.bench.printing import figure, heading
from tests.guides.search.judged import HELD_OUT, JUDGED, Judged, read

MANY = 5_000


def measure() -> None:
    call_command("load_content", stdout=StringIO())
    heading("Search: judged searches")
    for name, path in (("tuned for", JUDGED), ("held out", HELD_OUT)):
        _judge(name, read(path))
    searches = [each.typed for each in (*read(JUDGED), *read(HELD_OUT))]
    with KEEPER.library() as library:
        synonyms = library.synonyms
    documents = [document for source in SOURCES for document in source.documents(timezone.now())]
    heading(f"Search: today's {len(documents)} pages and sections")
    _latency("A search, database asked whether all is fresh", searches, lambda typed: find(typed), "p95 ≤ 5 ms")
    figure("Read again after a term was saved", f"{_after_a_change() * 1000:.0f} ms", "≤ 150 ms")
    many = [_copy(documents[number % len(documents)], number // len(documents)) for number in range(MANY)]
    heading(f"Search: {MANY:,} pages and sections")
    library = _built(many, synonyms)
    _latency("A search", searches, lambda typed: answer(typed, library), "p95 ≤ 20 ms")


def _judge(name: str, searches: list[Judged]) -> None:
    found = [[result.address for result in find(each.typed).results] for each in searches]
    for first, aim in ((1, "≥ 85 %"), (3, "≥ 95 %")):
        hits = sum(not each.answers.isdisjoint(there[:first]) for each, there in zip(searches, found, strict=True))
        share = f"{hits / len(searches):.1%}"
        figure(f"{len(searches)} {name}: an answer among the first {first}", share, aim)
    figure("… that find nothing", f"{sum(not there for there in found)}", "0")


def _latency(what: str, searches: list[str], search: Callable[[str], object], aim: str) -> None:
    times = []
    for typed in searches:
        search(typed)  # once before: a site that is visited has its texts taken apart
    for typed in searches:
        start = time.process_time()
        search(typed)
        times.append((time.process_time() - start) * 1000)
    median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    figure(f"{what}: median, p95, of the processor", f"{median:.1f}, {p95:.1f} ms", aim)


def _after_a_change() -> float:
    term = GlossaryTerm.objects.get(slug="ehcp")
    times = []
    for _ in range(5):
        term.save()
        start = time.process_time()
        find("ehcp")
        times.append(time.process_time() - start)
    return min(times)


def _copy(document: Document, number: int) -> Document:
    if not number:
        return document
    return replace(document, title=f"{document.title} {number}", address=f"{document.address}-{number}")


def _built(documents: list[Document], synonyms: Synonyms) -> Library:
    tracemalloc.start()
    first = _library(documents, synonyms)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del first
    start = time.process_time()
    library = _library(documents, synonyms)
    figure("Building the index, of the processor", f"{time.process_time() - start:.1f} s", "≤ 2 s")
    figure("Memory that it takes in each process", f"{size / 1e6:.0f} MB", "≤ 60 MB")
    return library


def _library(documents: list[Document], synonyms: Synonyms) -> Library:
    library = Library(synonyms=synonyms)
    for document in documents:
        library.index.add(document)
    library.refresh()
    return library
