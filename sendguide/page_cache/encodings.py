"""Packed copies of a page, and which of them a browser gets."""

import gzip
from functools import lru_cache

import brotli

# Best first, where a browser likes several as much.
BROTLI, GZIP, IDENTITY = ENCODINGS = ("br", "gzip", "identity")
# Two thirds of the time of a page is packing it at most: the best of Brotli takes a hundred times as long.
QUALITY = 5
LEVEL = 6


def packed(body: bytes) -> dict[str, bytes]:
    """``body`` in each of ENCODINGS."""
    return {
        BROTLI: brotli.compress(body, mode=brotli.MODE_TEXT, quality=QUALITY),
        GZIP: gzip.compress(body, LEVEL, mtime=0),
        IDENTITY: body,
    }


@lru_cache(maxsize=500)
def best_encoding(accepted: str) -> str:
    """For an Accept-Encoding header (RFC 9110, 12.5.3). Who accepts nothing that we have gets the page as it is."""
    weights = dict(filter(None, map(_weight, accepted.lower().split(","))))
    others = weights.get("*", 0.0)
    wanted = {name: weights.get(name, others) for name in ENCODINGS}
    # Accepted unless it says no; yet whoever names others asks for these.
    wanted[IDENTITY] = weights.get(IDENTITY, weights.get("*", 0.001))
    best = max(ENCODINGS, key=wanted.__getitem__)
    return best if wanted[best] else IDENTITY


def _weight(part: str) -> tuple[str, float] | None:
    """None for what is no weight: it counts as not said."""
    name, _, parameter = part.partition(";")
    key, _, value = parameter.partition("=")
    if not parameter.strip():
        return name.strip(), 1.0
    try:
        return (name.strip(), min(max(float(value), 0.0), 1.0)) if key.strip() == "q" else None
    except ValueError:
        return None
