"""Runs of lines one below the other that are sections of one table."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from extractors.grid.lines import Line, holds_figures
from extractors.grid.printed import is_unit
from extractors.grid.regions import is_headings
from extractors.grid.rulings import Ruling

APART = 4.5  # line heights of blank paper that no table's sections stand apart


def rejoined(
    lines: Sequence[Line], whole: Sequence[tuple[int, int]], across: Sequence[Ruling]
) -> list[tuple[int, int]]:
    """Runs one below the other as one, where their figures end at the same places.

    A wider gap, with no more than a banner in it, parts the sections of a table; headings of its
    own begin another. The rows of a printed spreadsheet are ruled off through the gap.
    """
    found: list[tuple[int, int]] = []
    for first, last in whole:
        if found and (
            _goes_on_below(lines, found[-1], first, last)
            or _ruled_through(lines, found[-1], first, last, across)
        ):
            found[-1] = found[-1][0], last
        else:
            found.append((first, last))
    return [run for run in found if run not in whole]


def _goes_on_below(lines: Sequence[Line], run: tuple[int, int], first: int, last: int) -> bool:
    between = lines[run[1] : first]
    if len(between) > 1 or any(len(line.chunks) > 1 for line in between):
        return False
    size = lines[first].size
    steps = itertools.pairwise(lines[run[1] - 1 : first + 1])
    if any(below.top - above.bottom > APART * size for above, below in steps):
        return False
    if is_headings(lines[first]):
        return False
    above, below = lines[run[0] : run[1]], lines[first:last]
    return _end_alike(above, below) or _stand_alike(above, below)


def _end_alike(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether the figures of some lines, two to a line at least, end where those above them do."""
    ours, theirs = _figure_ends(above), _figure_ends(below)
    return len(theirs) > 1 and all(any(abs(x - y) < 5 for y in ours) for x in theirs)


def _stand_alike(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether some lines' words, three columns of them at least, begin where those of the lines
    above them do, and their figures end there."""
    ours, theirs = _word_starts(above), _word_starts(below)
    ends = _figure_ends(above)
    return (
        len(theirs) > 2
        and all(any(abs(x - y) < 3 for y in ours) for x in theirs)
        and bool(_figure_ends(below))
        and all(any(abs(x - y) < 5 for y in ends) for x in _figure_ends(below))
    )


def _ruled_through(
    lines: Sequence[Line],
    run: tuple[int, int],
    first: int,
    last: int,
    across: Sequence[Ruling],
) -> bool:
    """Whether blank rows are ruled off between two runs as the rows of both are.

    A total without figures and a banner, which are printed on another strip, may stand there.
    """
    between = lines[run[1] : first]
    if len(between) > 2 or any(len(line.chunks) > 1 for line in between):
        return False
    above = lines[run[0] : run[1]]
    starts = [c.x0 for line in above for c in line.chunks]
    flush = sum(any(abs(c.x0 - x) < 2 for x in starts) for c in lines[first].chunks)
    alike = flush > 1 or _end_alike(above, lines[first:last])
    if is_headings(lines[first]) or (last - first < 2 and not alike):
        return False  # another table, or the foot of the page
    own = lines[run[0] : last]
    left, right = min(x.x0 for x in own), max(x.x1 for x in own)
    rules = [r.at for r in across if r.start < left + 3 and r.end > right - 3]

    def ruled(top: float, bottom: float) -> int:
        return sum(top < y < bottom for y in rules)

    rows = [(a.middle, b.middle) for a, b in itertools.pairwise(own) if b is not lines[first]]
    gap = ruled(lines[run[1] - 1].middle, lines[first].middle)
    headings = all(is_unit(c.text) for line in above if holds_figures(line) for c in line.chunks)
    blank = gap > len(between) + (0 if headings else 1)
    return blank and sum(ruled(*row) == 1 for row in rows) > 0.7 * len(rows)


def _figure_ends(lines: Sequence[Line]) -> set[int]:
    """Where figures end, rounded; in more than two lines, where more than one has one."""
    ends = Counter(round(c.x1 / 2) * 2 for line in lines for c in line.chunks if c.kind == "number")
    return {x for x, count in ends.items() if count > 1 or len(lines) < 3}


def _word_starts(lines: Sequence[Line]) -> set[int]:
    """Where words begin below each other in more than one line, rounded."""
    starts = Counter(round(c.x0 / 2) * 2 for x in lines for c in x.chunks if c.kind == "text")
    return {x for x, count in starts.items() if count > 1}
