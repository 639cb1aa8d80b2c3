"""Tables of one kind side by side: the same headings come twice or more in one line."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.grid.lines import Line, is_heading_year, page_lines
from extractors.grid.regions import runs
from extractors.grid.shading import goes_over
from extractors.model import Box, Word

FAR = 4.0  # line heights of blank paper that end what stands under the headings

CLOSE = 0.45  # of a line's height: so near below each other stand the lines of one cell


def read_twins(lines: Sequence[Line], bands: Sequence[Box]) -> list[list[Line]]:
    """The lines of each of the tables that stand side by side under headings that repeat.

    Where rows of shading go on over the gap between them, they are one table.
    """
    found: list[list[Line]] = []
    heads = {i: borders for i, line in enumerate(lines) if (borders := _borders(line))}
    for at, borders in heads.items():
        under: list[Line] = [lines[at]]
        for i in range(at + 1, len(lines)):
            line = lines[i]
            crossing = any(c.x0 < x < c.x1 for c in line.chunks for x in borders)
            if i in heads or crossing or line.top - under[-1].bottom > FAR * line.size:
                break
            under.append(line)
        if any(goes_over(bands, x, under) for x in borders):
            continue
        parts = _parts([w for line in under for c in line.chunks for w in c.words], borders)
        if all(_is_table(part) for part in parts):
            found += parts
    return found


def _borders(line: Line) -> list[float]:
    """Where the headings of a line begin again, midway in the gap before them."""
    chunks = line.chunks
    texts = [c.text.casefold() for c in chunks]
    for count in (2, 3, 4):
        width, rest = divmod(len(chunks), count)
        if rest or width < 2 or any(texts[i] != texts[i % width] for i in range(len(texts))):
            continue
        if chunks[0].kind != "text" or is_heading_year(chunks[0]):
            return []
        starts = range(width, len(chunks), width)
        return [(chunks[i - 1].x1 + chunks[i].x0) / 2 for i in starts]
    return []


def _parts(words: Sequence[Word], borders: Sequence[float]) -> list[list[Line]]:
    """The lines between the borders, each part's own: baselines may differ left and right."""
    edges = [float("-inf"), *borders, float("inf")]
    parts = []
    for left, right in itertools.pairwise(edges):
        own = page_lines([w for w in words if left < (w.box.x0 + w.box.x1) / 2 < right])
        width = max(x.x1 for x in own) - min(x.x0 for x in own)
        first, last = next(iter(runs(own, width, FAR)), (0, 0))
        while 0 < last < len(own) and _goes_on(own[last], own[last - 1]):
            last += 1
        parts.append(own[:last] if first == 0 else [])
    return parts


def _goes_on(line: Line, above: Line) -> bool:
    """Whether a lone line close below the label of a row is in its cell."""
    label, *figures = above.chunks
    return (
        len(line.chunks) == 1
        and line.top - above.bottom < CLOSE * line.size
        and abs(line.x0 - label.x0) < 3
        and all(line.x1 < c.x0 for c in figures)
    )


def _is_table(lines: Sequence[Line]) -> bool:
    """True where labels stand under the first heading: no group of columns of a wider table."""
    if len(lines) < 3:
        return False
    heads = lines[0].chunks
    if len(heads) < 2 or sum(len(x.chunks) > len(heads) for x in lines) > 0.1 * len(lines):
        return False  # each heading stands over columns of its own
    edge = heads[1].x0
    labels = [c for line in lines[1:] for c in line.chunks if c.x0 < edge - 1 and c.kind == "text"]
    figures = sum(c.kind == "number" for line in lines[1:] for c in line.chunks)
    return len(labels) >= 2 and figures >= 2
