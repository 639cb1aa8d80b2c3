"""A draft grid put together from lines, columns and row breaks."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from extractors.grid.columns import Stretch
from extractors.grid.draft import Draft, DraftCell
from extractors.grid.lines import Chunk, Line, chunk_of, is_heading_year
from extractors.grid.rows import Placed, place_chunks
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
    placed: Sequence[Placed] | None = None,
) -> Draft:
    """The grid whose rows begin at `breaks`; spans follow text and the rules under headings.

    `placed` tells the columns of each chunk where they are known already.
    """
    at = {id(p.chunk): (p.first, p.last) for p in placed or place_chunks(lines, columns)}
    starts = [*breaks, len(lines)]
    groups = [lines[a:b] for a, b in itertools.pairwise(starts)]
    left = frame.x0 if frame else min(line.x0 for line in lines)
    right = frame.x1 if frame else max(line.x1 for line in lines)
    xs = [left, *[x0 for x0, _ in columns[1:]], right]
    tops = [min(line.top for line in g) for g in groups]
    bottoms = [max(line.bottom for line in g) for g in groups]
    ys = [frame.top if frame else tops[0]]
    ruled_rows = 0
    across = [r for r in across if tops[0] - 3 < r.at < bottoms[-1] + 3]
    full = 0.5 * (right - left)
    long = [r for r in across if r.end - r.start > full]
    short = [r for r in across if r.end - r.start <= 1.7 * full]
    for i in range(1, len(groups)):
        low, high = bottoms[i - 1], tops[i]
        y = (low + high) / 2
        line = next(
            (r for r in long if min(low, high) - 2 <= r.at <= max(low, high) + 2),
            None,
        )
        if line:
            y = line.at
            ruled_rows += 1
        ys.append(max(y, ys[-1] + 0.1))
    ys.append(max(frame.bottom if frame else bottoms[-1], ys[-1] + 0.1))
    cells: list[DraftCell] = []
    heads = heading_groups(groups)
    wide = heading_spans([x for g in groups[:heads] for x in g], lines, columns, hard_xs, at)
    for row, group in enumerate(groups):
        cells += _row_cells(row, group, columns, xs, ys, short, wide, at)
    ruled_columns = sum(any(abs(x - h) < 2 for h in hard_xs) for x in xs[1:-1])
    return Draft(
        reader,
        xs,
        ys,
        cells,
        ruled_rows / max(1, len(groups) - 1),
        ruled_columns / max(1, len(xs) - 2),
    )


def heading_groups(groups: Sequence[Sequence[Line]]) -> int:
    """How many leading rows hold no figure (a year is none), six at most."""
    for i, group in enumerate(groups[:6]):
        for line in group:
            if any(c.kind == "number" and not is_heading_year(c) for c in line.chunks):
                return i
    return min(len(groups) - 1, 6)


def heading_spans(
    heads: Sequence[Line],
    lines: Sequence[Line],
    columns: Sequence[Stretch],
    hard_xs: Sequence[float],
    at: Mapping[int, tuple[int, int]],
) -> dict[int, tuple[int, int]]:
    """The columns over which a heading stands centred, by the id of its chunk.

    A heading names several columns where it stands in the middle of them, not of the one
    below it, and nothing else stands over them in its line. Vertical rulings are never
    reached across.
    """
    if not heads or len(columns) < 3:
        return {}
    extents: list[list[float]] = [[] for _ in columns]
    known = {id(line) for line in heads}
    for line in lines:
        if id(line) in known:
            continue
        for chunk in line.chunks:
            first, last = at[id(chunk)]
            if first == last:
                extents[first] += (chunk.x0, chunk.x1)
    spans: dict[int, tuple[int, int]] = {}
    for line in heads:
        placed = [(at[id(c)], c) for c in line.chunks]
        taken = {i for (a, b), _ in placed for i in range(a, b + 1)}
        for (first, last), chunk in placed:
            middle = (chunk.x0 + chunk.x1) / 2
            alone = _off_middle(extents, first, last, middle)
            if alone is None:
                continue
            walled = _between_walls(first, last, columns, taken, hard_xs)
            if walled:
                off = _off_middle(extents, *walled, middle)
                if off is not None and off < 1.2 * chunk.size and line is not heads[-1]:
                    spans[id(chunk)] = walled
                    continue
            if alone < 0.9 * chunk.size:
                continue
            best: tuple[float, tuple[int, int]] | None = None
            for a in range(first, max(-1, first - 6), -1):
                if a < first and (a in taken or _walled_off(columns[a + 1][0], hard_xs)):
                    break
                for b in range(last, min(len(columns), last + 6)):
                    if b > last and (b in taken or _walled_off(columns[b][0], hard_xs)):
                        break
                    off = _off_middle(extents, a, b, middle)
                    if (a, b) != (first, last) and off is not None:
                        best = min(best or (9e9, (0, 0)), (off, (a, b)))
            if best is not None and best[0] < 0.6 * chunk.size:
                spans[id(chunk)] = best[1]
    return spans


def _between_walls(
    first: int,
    last: int,
    columns: Sequence[Stretch],
    taken: set[int],
    hard_xs: Sequence[float],
) -> tuple[int, int] | None:
    """The columns between the nearest vertical rulings on both sides, if nothing else of the
    line stands in them and they are more than the heading's own."""
    if not hard_xs:
        return None
    a, b = first, last
    while a > 0 and not _walled_off(columns[a][0], hard_xs):
        a -= 1
    while b < len(columns) - 1 and not _walled_off(columns[b + 1][0], hard_xs):
        b += 1
    if (a, b) == (first, last) or (a, b) == (0, len(columns) - 1):
        return None
    others = set(range(a, b + 1)) - set(range(first, last + 1))
    return None if others & taken else (a, b)


def _off_middle(
    extents: Sequence[Sequence[float]], first: int, last: int, x: float
) -> float | None:
    if not extents[first] or not extents[last]:
        return None
    return abs((min(extents[first]) + max(extents[last])) / 2 - x)


def _walled_off(border: float, hard_xs: Sequence[float]) -> bool:
    return any(abs(border - x) < 3 for x in hard_xs)


def _row_cells(
    row: int,
    group: Sequence[Line],
    columns: Sequence[Stretch],
    xs: list[float],
    ys: list[float],
    across: Sequence[Ruling],
    heading: dict[int, tuple[int, int]],
    at: Mapping[int, tuple[int, int]],
) -> list[DraftCell]:
    placed: list[tuple[int, int, Chunk]] = []
    for line in group:
        own = [at[id(chunk)] for chunk in line.chunks]
        if not across and not heading:
            placed += [(a, b, chunk) for (a, b), chunk in zip(own, line.chunks, strict=True)]
            continue
        spans = [
            heading.get(id(chunk)) or _ruled_span(chunk, *ends, columns, across)
            for chunk, ends in zip(line.chunks, own, strict=True)
        ]
        for chunk, ends, span in zip(line.chunks, own, spans, strict=True):
            # A rule under several chunks is the rule of a sum, not of one heading over many.
            a, b = span if spans.count(span) == 1 else ends
            placed.append((a, b, chunk))
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
