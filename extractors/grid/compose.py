"""A draft grid put together from lines, columns and row breaks."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.grid.columns import Stretch
from extractors.grid.draft import Draft, DraftCell
from extractors.grid.lines import Chunk, Line, holds_figures
from extractors.grid.rows import Placed, place_chunks
from extractors.grid.rulings import Ruling
from extractors.grid.spans import heading_spans
from extractors.model import Box, Word

_RowWords = list[tuple[int, int, list[Word]]]  # column, column span and words of its cells


@dataclass(slots=True)
class Setting:
    """Lines set in columns, before they are divided into rows.

    `at` tells the columns of each chunk by its id; `figure` the first line with a figure (a
    year is none). `rows` keeps what several divisions have in common, by their top, bottom and
    heading lines: the columns that headings span, and the rows of cells by their lines.
    """

    lines: Sequence[Line]
    columns: Sequence[Stretch]
    across: Sequence[Ruling]
    hard_xs: Sequence[float]
    frame: Box | None
    at: dict[int, tuple[int, int]]
    xs: list[float]
    figure: int
    rows: dict[
        tuple[float, float, int],
        tuple[dict[int, tuple[int, int]], dict[tuple[int, int], _RowWords]],
    ]


def set_in_columns(
    lines: Sequence[Line],
    columns: Sequence[Stretch],
    across: Sequence[Ruling] = (),
    hard_xs: Sequence[float] = (),
    frame: Box | None = None,
    placed: Sequence[Placed] | None = None,
) -> Setting:
    """Lines set in columns; `placed` tells the columns of each chunk where they are known."""
    at = {id(p.chunk): (p.first, p.last) for p in placed or place_chunks(lines, columns)}
    left = frame.x0 if frame else min([line.x0 for line in lines])
    right = frame.x1 if frame else max([line.x1 for line in lines])
    figure = next((i for i, line in enumerate(lines) if holds_figures(line)), len(lines))
    xs = [left, *[x0 for x0, _ in columns[1:]], right]
    return Setting(lines, columns, across, hard_xs, frame, at, xs, figure, {})


def compose(setting: Setting, breaks: Sequence[int], reader: str) -> Draft:
    """The grid whose rows begin at `breaks`; spans follow text and the rules under headings."""
    lines, columns, frame, xs = setting.lines, setting.columns, setting.frame, setting.xs
    starts = [*breaks, len(lines)]
    groups = [lines[a:b] for a, b in itertools.pairwise(starts)]
    tops = [g[0].top if len(g) == 1 else min([line.top for line in g]) for g in groups]
    bottoms = [g[0].bottom if len(g) == 1 else max([line.bottom for line in g]) for g in groups]
    across = [r for r in setting.across if tops[0] - 3 < r.at < bottoms[-1] + 3]
    full = 0.5 * (xs[-1] - xs[0])
    top, bottom = (frame.top, frame.bottom) if frame else (tops[0], bottoms[-1])
    long = [r for r in across if r.end - r.start > full]
    inner, ruled_rows = _row_borders(top, tops, bottoms, long)
    ys = [top, *inner, max(bottom, (inner[-1] if inner else top) + 0.1)]
    # Leading rows without a figure are headings, six at most.
    heads = bisect_right(breaks, setting.figure) - 1
    if heads > 5 or setting.figure == len(lines):
        heads = min(len(groups) - 1, 6)
    short = [r for r in across if r.end - r.start <= 1.7 * full]
    key = (tops[0], bottoms[-1], starts[heads])
    if key not in setting.rows:
        headings = lines[: starts[heads]]
        wide = heading_spans(headings, lines, columns, setting.hard_xs, setting.at)
        setting.rows[key] = wide, {}
    wide, known = setting.rows[key]
    cells: list[DraftCell] = []
    for row, span in enumerate(itertools.pairwise(starts)):
        found = known.get(span)
        if found is None:
            found = known[span] = _row_words(groups[row], setting, short, wide)
        cells += [DraftCell(row, column, 1, over, None, words) for column, over, words in found]
    ruled_columns = sum(any(abs(x - h) < 2 for h in setting.hard_xs) for x in xs[1:-1])
    return Draft(
        reader,
        list(xs),
        ys,
        cells,
        ruled_rows / max(1, len(groups) - 1),
        ruled_columns / max(1, len(xs) - 2),
    )


def _row_borders(
    top: float, tops: Sequence[float], bottoms: Sequence[float], long: Sequence[Ruling]
) -> tuple[list[float], int]:
    """The borders between rows, midway or on a long ruling, and how many stand on one."""
    ys: list[float] = []
    last = top
    ruled = 0
    for low, high in zip(bottoms, tops[1:], strict=False):
        y = (low + high) / 2
        least, most = (low, high) if low < high else (high, low)
        for rule in long:
            if least - 2 <= rule.at <= most + 2:
                y = rule.at
                ruled += 1
                break
        last = max(y, last + 0.1)
        ys.append(last)
    return ys, ruled


def _row_words(
    group: Sequence[Line],
    setting: Setting,
    across: Sequence[Ruling],
    heading: Mapping[int, tuple[int, int]],
) -> _RowWords:
    """The cells with words of one row of lines, left to right."""
    at, columns, xs = setting.at, setting.columns, setting.xs
    placed: list[tuple[int, int, Chunk]] = []
    spread = False
    for line in group:
        own = [at[id(chunk)] for chunk in line.chunks]
        top, bottom = line.top - 2, line.bottom + 0.9 * line.size
        near = [r for r in across if top <= r.at <= bottom]
        if near or not heading.keys().isdisjoint(map(id, line.chunks)):
            spans = [
                heading.get(id(chunk)) or _ruled_span(chunk, *ends, columns, near)
                for chunk, ends in zip(line.chunks, own, strict=True)
            ]
            # A rule under several chunks is the rule of a sum, not of one heading over many.
            own = [
                span if spans.count(span) == 1 else ends
                for ends, span in zip(own, spans, strict=True)
            ]
        own = _apart(own, line.chunks, xs)
        for (first, last), chunk in zip(own, line.chunks, strict=True):
            placed.append((first, last, chunk))
            spread = spread or last > first
    found: dict[int, list[Word]] = {}
    if not spread:
        for first, _, chunk in placed:
            words = found.get(first)
            found[first] = chunk.words if words is None else words + chunk.words
        return [(column, 1, found[column]) for column in sorted(found)]
    singles = {first for first, last, _ in placed if first == last}
    owner: dict[int, tuple[int, int]] = {}  # first column and span of the wide cell over each
    wide = {(first, last) for first, last, _ in placed if last > first}
    for first, last in sorted(wide, key=lambda s: (s[0] - s[1], s)):
        if not any(c in singles or c in owner for c in range(first, last + 1)):
            owner |= dict.fromkeys(range(first, last + 1), (first, last - first + 1))
    for first, last, chunk in placed:
        column, span = owner.get(first, (first, 1))
        if span < last - first + 1:
            best = _most_in(chunk, first, last, xs)
            column, span = owner.get(best, (best, 1))
        found[column] = [*found.get(column, ()), *chunk.words]
    return [(column, owner.get(column, (0, 1))[1], found[column]) for column in sorted(found)]


def _apart(
    own: list[tuple[int, int]], chunks: Sequence[Chunk], xs: Sequence[float]
) -> list[tuple[int, int]]:
    """The columns of a line's chunks, where none reaches into a column that the next one begins.

    Headings wider than the figures under them hang over into the column beside: `Original Budget`
    and `Revised Budget` in one line are two, each of the column that holds most of it.
    """
    for i in range(len(own) - 1):
        left, right = own[i], own[i + 1]
        if right[0] <= left[1] and left != right:
            a, b = _most_in(chunks[i], *left, xs), _most_in(chunks[i + 1], *right, xs)
            if a != b:
                own[i : i + 2] = [(a, a), (b, b)]
    return own


def _most_in(chunk: Chunk, first: int, last: int, xs: Sequence[float]) -> int:
    """The column, of those from `first` to `last`, in which most of a chunk stands."""
    shared = [min(chunk.x1, xs[c + 1]) - max(chunk.x0, xs[c]) for c in range(first, last + 1)]
    return first + shared.index(max(shared))


def _ruled_span(
    chunk: Chunk, first: int, last: int, columns: Sequence[Stretch], across: Sequence[Ruling]
) -> tuple[int, int]:
    """The columns that the rule drawn right under a heading reaches over."""
    for rule in across:
        if not chunk.bottom - 2 <= rule.at <= chunk.bottom + 0.9 * chunk.size:
            continue
        if rule.start - 2 <= chunk.x0 and chunk.x1 <= rule.end + 2:
            if rule.end - rule.start > 0.85 * (columns[-1][1] - columns[0][0]):
                continue
            under = [
                i
                for i, (a, b) in enumerate(columns)
                if min(b, rule.end) - max(a, rule.start) > 0.5 * (b - a)
            ]
            if under and under[0] <= first and under[-1] >= last and len(under) < len(columns):
                return under[0], under[-1]
    return first, last
