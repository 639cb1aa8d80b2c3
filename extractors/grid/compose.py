"""A draft grid put together from lines, columns and row breaks."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.grid.columns import Stretch, column_of
from extractors.grid.draft import Draft, DraftCell
from extractors.grid.lines import Chunk, Line, chunk_of
from extractors.grid.rulings import Ruling
from extractors.model import Box


def split_at(columns: Sequence[Stretch], lines: Sequence[Line]) -> list[Line]:
    """Lines whose chunks are cut where a word gap falls on a column border.

    Only in lines that have cells in other columns too, or between numbers, so that a banner
    or a title that happens to have a space there stays whole.
    """
    borders = [x0 for x0, _ in columns[1:]]
    if not borders:
        return list(lines)
    result = []
    for line in lines:
        pieces: list[Chunk] = []
        changed = False
        for chunk in line.chunks:
            inside = [x for x in borders if chunk.x0 + 1 < x < chunk.x1 - 1]
            if not inside or len(chunk.words) == 1:
                pieces.append(chunk)
                continue
            groups = [[chunk.words[0]]]
            crowded = len(line.chunks) > 0.5 * len(columns)
            for before, word in itertools.pairwise(chunk.words):
                gap = word.box.x0 - before.box.x1
                cut = (
                    not word.glued
                    and gap > (0.15 if len(line.chunks) > 1 else 0.45) * chunk.size
                    and any(before.box.x1 - 1.0 <= x <= word.box.x0 + 1.0 for x in inside)
                )
                if not cut and crowded and not word.glued and gap > 0.33 * chunk.size:
                    # Headings set close: one word over each of two columns.
                    left = (before.box.x0 + before.box.x1) / 2
                    right = (word.box.x0 + word.box.x1) / 2
                    cut = any(left < x < right for x in inside)
                if cut:
                    groups.append([])
                    changed = True
                groups[-1].append(word)
            pieces += [chunk_of(g) for g in groups]
        result.append(Line(pieces) if changed else line)
    return result


def compose(
    lines: Sequence[Line],
    columns: Sequence[Stretch],
    breaks: Sequence[int],
    reader: str,
    across: Sequence[Ruling] = (),
    hard_xs: Sequence[float] = (),
    frame: Box | None = None,
) -> Draft:
    """The grid whose rows begin at `breaks`; spans follow text and the rules under headings."""
    starts = [*breaks, len(lines)]
    groups = [lines[a:b] for a, b in itertools.pairwise(starts)]
    left = frame.x0 if frame else min(line.x0 for line in lines)
    right = frame.x1 if frame else max(line.x1 for line in lines)
    xs = [left, *[x0 for x0, _ in columns[1:]], right]
    tops = [min(line.top for line in g) for g in groups]
    bottoms = [max(line.bottom for line in g) for g in groups]
    ys = [frame.top if frame else tops[0]]
    ruled_rows = 0
    for i in range(1, len(groups)):
        low, high = bottoms[i - 1], tops[i]
        y = (low + high) / 2
        line = next(
            (
                r
                for r in across
                if min(low, high) - 2 <= r.at <= max(low, high) + 2
                and r.end - r.start > 0.5 * (right - left)
            ),
            None,
        )
        if line:
            y = line.at
            ruled_rows += 1
        ys.append(max(y, ys[-1] + 0.1))
    ys.append(max(frame.bottom if frame else bottoms[-1], ys[-1] + 0.1))
    cells: list[DraftCell] = []
    for row, group in enumerate(groups):
        cells += _row_cells(row, group, columns, xs, ys, across)
    ruled_columns = sum(any(abs(x - h) < 2 for h in hard_xs) for x in xs[1:-1])
    return Draft(
        reader,
        xs,
        ys,
        cells,
        ruled_rows / max(1, len(groups) - 1),
        ruled_columns / max(1, len(xs) - 2),
    )


def _row_cells(
    row: int,
    group: Sequence[Line],
    columns: Sequence[Stretch],
    xs: list[float],
    ys: list[float],
    across: Sequence[Ruling],
) -> list[DraftCell]:
    placed: list[tuple[int, int, Chunk]] = []
    for line in group:
        own = [column_of(columns, chunk) for chunk in line.chunks]
        spans = [
            _ruled_span(chunk, *at, columns, across)
            for chunk, at in zip(line.chunks, own, strict=True)
        ]
        for chunk, at, span in zip(line.chunks, own, spans, strict=True):
            # A rule under several chunks is the rule of a sum, not of one heading over many.
            placed.append((*(span if spans.count(span) == 1 else at), chunk))
    singles = {first for first, last, _ in placed if first == last}
    wide = [(first, last) for first, last, _ in placed if last > first]
    owner: dict[int, DraftCell] = {}
    cells: list[DraftCell] = []
    for first, last in sorted(set(wide), key=lambda s: (s[0] - s[1], s)):
        clash = any(c in singles or c in owner for c in range(first, last + 1))
        if clash:
            continue
        cell = DraftCell(
            row, first, 1, last - first + 1, Box(xs[first], ys[row], xs[last + 1], ys[row + 1])
        )
        cells.append(cell)
        for c in range(first, last + 1):
            owner[c] = cell
    for column in range(len(columns)):
        if column not in owner:
            cell = DraftCell(
                row, column, 1, 1, Box(xs[column], ys[row], xs[column + 1], ys[row + 1])
            )
            owner[column] = cell
            cells.append(cell)
    for first, last, chunk in placed:
        if first != last and owner[first].column_span < last - first + 1:
            x = (chunk.x0 + chunk.x1) / 2 if owner[first].column_span == 1 else chunk.x0
            shared = [
                min(chunk.x1, xs[c + 1]) - max(chunk.x0, xs[c]) for c in range(first, last + 1)
            ]
            first = first + shared.index(max(shared)) if x else first
        owner[first].words.extend(chunk.words)
    cells.sort(key=lambda c: c.column)
    return cells


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
