"""Bars drawn as SVG: where each of their parts stands. Pure rules: values in, answer out."""

from collections.abc import Sequence
from dataclasses import dataclass

# In units of the drawing: names stand left of the bars, figures right of them.
WIDTH, ROW, THICK = 300, 24, 16
BARS_BEGIN, BARS_WIDTH, GAP = 60, 160, 8
BASELINE = 13


@dataclass(frozen=True, slots=True)
class Part:
    """``kind`` says how it is drawn."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    """``figures`` is what stands beside it, at ``figures_x``."""

    name: str
    figures: str
    y: int
    text_y: int
    figures_x: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    width: int
    height: int
    bars_begin: int = BARS_BEGIN
    thick: int = THICK


def bar_chart(rows: Sequence[tuple[str, str, dict[str, int]]]) -> Chart:
    """A bar for each row: its name, its figures in words, and how long each kind of part is."""
    longest = max((sum(lengths.values()) for _, _, lengths in rows), default=0) or 1
    bars = tuple(
        _bar(name, figures, lengths, number * ROW, BARS_WIDTH / longest)
        for number, (name, figures, lengths) in enumerate(rows)
    )
    return Chart(bars, WIDTH, len(rows) * ROW)


def _bar(name: str, figures: str, lengths: dict[str, int], y: int, unit: float) -> Bar:
    parts, so_far = [], 0
    for kind, length in lengths.items():
        # From one rounded edge to the next, so that there are neither gaps nor overlaps.
        begins, ends = (BARS_BEGIN + round(unit * each) for each in (so_far, so_far + length))
        so_far += length
        if length:
            parts.append(Part(kind, begins, max(ends - begins, 1)))
    ends = parts[-1].x + parts[-1].width if parts else BARS_BEGIN
    return Bar(name, figures, y, y + BASELINE, ends + GAP, tuple(parts))
