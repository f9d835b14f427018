import gzip

import brotli
import pytest

from sendguide.page_cache.encodings import best_encoding, packed


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;Q=0.8", "gzip"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br ; q=0.000 , gzip ; q=0.1", "gzip"),
        ("gzip;q=0", "identity"),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("identity", "identity"),
        ("identity;q=1, br;q=0.5", "identity"),
        ("gzip;q=0.5", "gzip"),
        ("identity;q=0, *;q=0", "identity"),
        ("zstd, deflate", "identity"),
        ("gzip;q=nonsense", "identity"),
        ("gzip;level=1", "identity"),
        ("br;q=7", "br"),
        (",,;", "identity"),
    ],
)
def test_browser_gets_what_it_likes_best_of_what_there_is(accepted, best):
    assert best_encoding(accepted) == best


def test_copies_unpack_to_the_page():
    body = b"<p>Hello</p>" * 50
    copies = packed(body)
    assert list(copies) == ["br", "gzip", "identity"]
    unpacked = (brotli.decompress(copies["br"]), gzip.decompress(copies["gzip"]), copies["identity"])
    assert unpacked == (body, body, body)
