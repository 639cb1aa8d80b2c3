"""The columns of a table that reached the foot of a page, as they stand on the next one."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from extractors.grid.columns import Stretch, column_of
from extractors.grid.lines import Chunk, Line

HEAD = 0.12  # share of the page's height within which the first row must stand
FITTING = 0.85  # of the words of some lines that stand in one of the columns, at least


def carried_columns(xs: Sequence[float], lines: Sequence[Line]) -> list[Stretch] | None:
    """The columns between the borders `xs` of the table before, by the text of some lines.

    None where the lines do not stand in them.
    """
    columns = flush(list(itertools.pairwise(xs)), lines)
    places = [(carried_column(columns, c), c) for line in lines for c in line.chunks]
    own = [(first, c) for (first, last), c in places if first == last]
    ends = {n: max((c.x1 for first, c in own if first == n), default=0.0) for n in range(len(xs))}
    filled = sum(end > 0 for end in ends.values())
    if len(own) < FITTING * len(places) or filled < len(columns):
        return None
    return [(x0, ends[n]) for n, (x0, _) in enumerate(columns)]


def flush(columns: Sequence[Stretch], lines: Sequence[Line]) -> list[Stretch]:
    """The columns with their left borders where words begin below each other on this page.

    A border read from white space stands anywhere in it, and a longer word may reach over it.
    """
    starts = [x0 for x0, _ in columns]
    for n in range(1, len(columns)):
        chunks = [c for line in lines for c in line.chunks if carried_column(columns, c) == (n, n)]
        lefts = Counter(round(c.x0, 1) for c in chunks if c.kind == "text")
        x, count = next(iter(lefts.most_common(1)), (0.0, 0))
        starts[n] = x - 0.5 if count > 1 else starts[n]
    return list(itertools.pairwise([*starts, columns[-1][1]]))


def carried_column(columns: Sequence[Stretch], chunk: Chunk) -> tuple[int, int]:
    """First and last column of a chunk; a sum wider than those above it stands in one."""
    if chunk.kind != "number":
        return column_of(columns, chunk)
    shares = [min(chunk.x1, x1) - max(chunk.x0, x0) for x0, x1 in columns]
    best = shares.index(max(shares))
    return best, best
