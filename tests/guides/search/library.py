"""A small library for tests of the rules: made-up documents, no database."""

from collections.abc import Iterable

from guides.search.answers import answer
from guides.search.asking import Library
from guides.search.index import Document
from guides.search.synonyms import Synonym, Synonyms

KINDS = ["Situation", "Guide", "Glossary", "Council"]


def document(title: str, address: str = "", **fields: object) -> Document:
    return Document(**{"kind": "Glossary", "title": title, "address": address or f"/{title.casefold()}/"} | fields)


def library(documents: Iterable[Document], synonyms: Iterable[Synonym] = ()) -> Library:
    made = Library(synonyms=Synonyms.of(synonyms))
    made.index.kinds = KINDS
    for each in documents:
        made.index.add(each)
    made.refresh()
    return made


def titles(query: str, made: Library, **options: bool) -> list[str]:
    return [found.title for found in answer(query, made, **options).results]
