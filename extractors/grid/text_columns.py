"""Running text set in two columns, as magazines are: each is read for tables by itself.

Nothing tells two columns of text from two of a table but what fills them: lines of several words
over nearly their whole width, in halves of one width, with no rule drawn over both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractors.grid.lines import Chunk, Line
from extractors.model import Box, Page

WORDS = 5  # of a line of running text, at least
FULL = 0.75  # of its column's width that such a line fills, at least
LEAST = 4  # such lines in each column
ALIKE = 0.12  # of their width by which the columns may differ
GUTTER = 8.0  # points between them, at least
TALL = 200.0  # points: what is drawn as high is a ground of text, no row of a table
NARROW = 90.0  # points: a column of a table


class Halves(NamedTuple):
    """Two columns of text: where the right one begins, and the band that they fill."""

    at: float
    top: float
    bottom: float


def text_columns(page: Page, lines: Sequence[Line]) -> Halves | None:
    """The two columns of running text of a page with these lines; None where it has none."""
    long_ = [c for line in lines for c in line.chunks if len(c.words) >= WORDS and c.kind == "text"]
    found = (_halves(page, lines, long_, at) for at in _lefts(long_))
    return next((halves for halves in found if halves), None)


def _lefts(long_: Sequence[Chunk]) -> Iterator[float]:
    """Where several lines of running text begin, but for the leftmost."""
    lefts = sorted(c.x0 for c in long_)
    first = lefts[0] if lefts else 0.0
    for at in sorted({round(x) for x in lefts if x > first + NARROW}):
        if sum(abs(x - at) < 2 for x in lefts) >= LEAST:
            yield at


def _halves(page: Page, lines: Sequence[Line], long_: Sequence[Chunk], at: float) -> Halves | None:
    boxes = [*(rule.box for rule in page.rules), *(fill.box for fill in page.fills)]
    drawn = [
        (box.top + box.bottom) / 2
        for box in boxes
        if box.x0 < at - GUTTER and box.x1 > at + GUTTER and box.bottom - box.top < TALL
    ]
    told = {id(c) for c in long_}
    band: list[Line] = []
    best: list[Line] = []
    for line in (*lines, None):
        cut = line is None or (band and any(band[-1].middle < y < line.middle for y in drawn))
        if cut or (line is not None and _is_over_both(line, at)):
            while line and band and not any(id(c) in told for c in band[-1].chunks):
                band.pop()  # what stands under the text may be of what stands over both
            best = max(best, band, key=len)
            band = []
        if line is not None and not _is_over_both(line, at):
            band.append(line)
    if len(best) < LEAST:
        return None
    top, bottom = min(x.top for x in best), max(x.bottom for x in best)
    chunks = [c for line in best for c in line.chunks]
    within = [c for c in long_ if top - 1 < c.middle < bottom + 1]
    widths = []
    for right in (False, True):
        own = [c for c in chunks if (c.x0 >= at - 3) is right]
        left, end = min((c.x0 for c in own), default=0.0), max((c.x1 for c in own), default=0.0)
        full = [
            c
            for c in within
            if (c.x0 >= at - 3) is right and c.x1 - c.x0 > FULL * (end - left) and c.x0 < left + 12
        ]
        if len(full) < LEAST or end - left < NARROW:
            return None
        widths.append(end - left)
    if abs(widths[0] - widths[1]) > ALIKE * max(widths):
        return None
    return Halves(at - 3, top - 1, bottom + 1)


def _is_over_both(line: Line, at: float) -> bool:
    """Whether a line goes on over the gutter: in words, or as a row whose figures stand there."""
    if any(c.x0 < at - 3 and c.x1 > at - GUTTER for c in line.chunks):
        return True
    right = [c for c in line.chunks if c.x0 >= at - 3]
    return len(right) < len(line.chunks) and bool(right) and all(c.figure for c in right)


def parts_of(page: Page, halves: Halves) -> list[Page]:
    """The page in parts, in the order in which they are read: what stands over the columns, the
    left one, the right one, and what stands under them."""

    def part(left: float, top: float, right: float, bottom: float) -> Page:
        def inside(box: Box) -> bool:
            x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
            return left <= x < right and top <= y < bottom

        return replace(
            page,
            words=tuple(w for w in page.words if inside(w.box)),
            rules=tuple(r for r in page.rules if inside(r.box)),
            fills=tuple(f for f in page.fills if inside(f.box)),
        )

    at, top, bottom = halves
    far = float("inf")
    return [
        part(-far, -far, far, top),
        part(-far, top, at, bottom),
        part(at, top, far, bottom),
        part(-far, bottom, far, far),
    ]
