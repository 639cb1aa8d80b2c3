"""The columns over which a heading stands: told by walls, by its middle, by years shared out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.grid.columns import Stretch
from extractors.grid.lines import Chunk, Line, is_heading_year

_Span = tuple[int, int]  # first and last column
_Extents = Sequence[Stretch | None]  # from where to where a column is filled below the headings
OFF = 1.5  # em that a year may stand off the middle of its columns: no rule shows their borders


def heading_spans(
    heads: Sequence[Line],
    lines: Sequence[Line],
    columns: Sequence[Stretch],
    hard_xs: Sequence[float],
    at: Mapping[int, _Span],
) -> dict[int, _Span]:
    """The columns over which a heading stands centred, by the id of its chunk.

    A heading names several columns where it stands in the middle of them, not of the one
    below it, and nothing else stands over them in its line. Vertical rulings are never
    reached across.
    """
    if not heads or len(columns) < 3:
        return {}
    lefts: list[list[float]] = [[] for _ in columns]
    rights: list[list[float]] = [[] for _ in columns]
    known = {id(line) for line in heads}
    for line in lines:
        if id(line) in known:
            continue
        for chunk in line.chunks:
            first, last = at[id(chunk)]
            if first == last:
                lefts[first].append(chunk.x0)
                rights[first].append(chunk.x1)
    extents = [(min(a), max(b)) if a else None for a, b in zip(lefts, rights, strict=True)]
    spans: dict[int, _Span] = {}
    for number, line in enumerate(heads):
        years = _shared_out(line, heads[number + 1 :], columns, extents, at)
        if years:
            spans |= years
            continue
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
            best: tuple[float, _Span] | None = None
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


def _shared_out(
    line: Line,
    below: Sequence[Line],
    columns: Sequence[Stretch],
    extents: _Extents,
    at: Mapping[int, _Span],
) -> dict[int, _Span]:
    """The columns of each year of a line of years, where more columns are named below than there
    are years, and a year stands over none of them: `2023/24` over `Budget`, `Actual`, `Variance`.

    Together the years take columns that follow each other, each its own and those in whose middle
    it stands; nothing is shared out where no such columns are found.
    """
    own = [at[id(c)] for c in line.chunks]
    if len(own) < 2 or not all(is_heading_year(c) for c in line.chunks):
        return {}
    named = {i for x in below for c in x.chunks for i in range(at[id(c)][0], at[id(c)][1] + 1)}
    first, last = own[0][0], own[-1][1]
    while first - 1 in named and first > 1:
        first -= 1
    while last + 1 in named:
        last += 1
    if not named.issuperset(range(first, last + 1)) or last - first < len(own):
        return {}
    if all(_stands_over(c, extents[i]) for c, (i, _) in zip(line.chunks, own, strict=True)):
        return {}
    # The cheapest way to share out the columns before each one at which a year may begin.
    reached: dict[int, tuple[float, list[_Span]]] = {
        b: (0.0, []) for b in range(first, own[0][0] + 1)
    }
    limits = [*(begin for begin, _ in own[1:]), last + 1]
    for chunk, (_, end), limit in zip(line.chunks, own, limits, strict=True):
        ways: dict[int, tuple[float, list[_Span]]] = {}
        for begin, (cost, spans) in reached.items():
            for after in range(end + 1, limit + 1):
                off = _off(chunk, (begin, after - 1), columns, extents) / chunk.size
                way = cost + off, [*spans, (begin, after - 1)]
                if off < OFF and (after not in ways or way < ways[after]):
                    ways[after] = way
        reached = ways
    if not reached:
        return {}
    _, spans = min(reached.values())
    return {id(c): span for c, span in zip(line.chunks, spans, strict=True)}


def _stands_over(chunk: Chunk, extent: Stretch | None) -> bool:
    """Whether a heading ends or has its middle where the figures below it have."""
    if extent is None:
        return False
    left, right = extent
    off = min(abs(chunk.x1 - right), abs(chunk.x0 + chunk.x1 - left - right) / 2)
    return off < 0.5 * chunk.size


def _off(chunk: Chunk, span: _Span, columns: Sequence[Stretch], extents: _Extents) -> float:
    """How far a heading stands off the middle of columns: of their borders, of what is in them, or
    of cells as wide as their figures end apart."""
    first, last = span
    if first == last and _stands_over(chunk, extents[first]):
        return 0.0
    ends = [columns[first][0] + columns[last][1]]
    left, right, after = extents[first], extents[last], extents[min(first + 1, last)]
    if left and right and after:
        ends += [left[0] + right[1], 2 * left[1] - after[1] + right[1]]
    return min(abs(chunk.x0 + chunk.x1 - both) / 2 for both in ends)


def _between_walls(
    first: int,
    last: int,
    columns: Sequence[Stretch],
    taken: set[int],
    hard_xs: Sequence[float],
) -> _Span | None:
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


def _off_middle(extents: _Extents, first: int, last: int, x: float) -> float | None:
    left, right = extents[first], extents[last]
    return abs((left[0] + right[1]) / 2 - x) if left and right else None


def _walled_off(border: float, hard_xs: Sequence[float]) -> bool:
    return any(abs(border - x) < 3 for x in hard_xs)
