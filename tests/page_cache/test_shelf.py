from sendguide.page_cache.asked import Key
from sendguide.page_cache.pages import OVERHEAD, Page, copies_of
from sendguide.page_cache.shelf import Shelf


def key(path: str) -> Key:
    return Key("https", "sendguide.example", path, "")


def page(body: bytes = b"") -> Page:
    return Page(copies_of(body, '"tag"', [], None), "generation", 0, 60)


def test_all_copies_of_a_page_are_counted():
    made = page(b"x" * 1000)
    shelf = Shelf(100_000)
    shelf.put(key("/"), made)
    assert shelf.size == made.size == OVERHEAD + sum(len(copy.body) for copy in made.copies.values())
    assert made.size > OVERHEAD + 1000


def test_page_in_the_place_of_another_is_counted_once():
    shelf = Shelf(100_000)
    for _ in range(3):
        shelf.put(key("/"), page())
    assert (len(shelf), shelf.size) == (1, page().size)


def test_what_nobody_asked_for_the_longest_goes_first():
    shelf = Shelf(3 * page().size)
    for path in ("/a", "/b", "/c"):
        shelf.put(key(path), page())
    shelf.get(key("/a"))
    shelf.put(key("/d"), page())
    assert [path for path in ("/a", "/b", "/c", "/d") if shelf.get(key(path))] == ["/a", "/c", "/d"]
    assert shelf.size == shelf.most


def test_page_that_is_larger_than_everything_is_not_kept_and_takes_its_forerunner_with_it():
    shelf = Shelf(page().size)
    shelf.put(key("/"), page())
    shelf.put(key("/"), page(bytes(range(256)) * 50))
    assert (shelf.get(key("/")), shelf.size) == (None, 0)
