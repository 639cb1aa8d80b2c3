"""Where on a page a table may stand when no grid is drawn: runs of lines with columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractors.grid.lines import Chunk, Line, holds_figures
from extractors.grid.printed import is_bullet, is_list_mark, is_money

TALL_GAP = 2.6  # line heights of blank paper that end a run
# A caption over a table is none of its headings.
CAPTION = re.compile(r"(?:table|figure|chart)\s+[A-Z]?\d{1,2}(?:\.\d+)?[a-z]?\s*[.:–-]\s", re.I)
LARGER = 1.2  # times a table's type: a heading; with running text under it, the run is over
LOOSE = 4  # lines of one chunk that may stand between two lines with columns


def is_tabular(line: Line) -> bool:
    """True where a line has several chunks that are not a list mark and its text."""
    chunks = line.chunks
    if len(chunks) < 2:
        return False
    if is_bullet(chunks[0].text) or chunks[0].text == "o":
        return len(chunks) > 3
    if is_list_mark(chunks[0].text):
        return len(chunks) > 2 or chunks[1].kind != "text" or len(chunks[1].words) < 3
    return True


def is_prose(line: Line, width: float) -> bool:
    """True for one long run of words that fills most of the width."""
    longest = max(line.chunks, key=lambda c: c.x1 - c.x0)
    return (
        longest.x1 - longest.x0 > 0.6 * width and len(longest.words) >= 7 and not is_tabular(line)
    )


def runs(lines: Sequence[Line], width: float, tall: float = TALL_GAP) -> list[tuple[int, int]]:
    """Runs of lines (first, last + 1) that begin and end with a line of several chunks."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    last = 0
    loose = 0.0
    headed = False
    bottom = 0.0
    for i, line in enumerate(lines):
        if start is not None:
            gap = line.top - bottom
            if gap > tall * line.size:
                found.append((start, last + 1))
                start = None
        if is_tabular(line) or _stands_beside(lines, i):
            if start is None:
                start = i
            last = i
            loose, headed = 0.0, False
        elif start is not None:
            if line.size > LARGER * _usual_size(lines[start : last + 1]):
                loose, headed = loose + 2.5, True
            elif not headed and keeps_step(line, lines[last], lines[max(start, last - 8) : last]):
                loose += 0.3
            else:
                loose += 2 if is_prose(line, width) else 1
            if loose > LOOSE:
                found.append((start, last + 1))
                start = None
        bottom = max(line.bottom, bottom) if start is not None else line.bottom
    if start is not None:
        found.append((start, last + 1))
    return [(a, b) for a, b in found if b > a]


def _usual_size(lines: Sequence[Line]) -> float:
    sizes = sorted(line.size for line in lines)
    return sizes[len(sizes) // 2]


def _stands_beside(lines: Sequence[Line], i: int) -> bool:
    """True where a line stands level with half of the next or last one, in another column.

    Cells centred in their rows have baselines of their own.
    """
    line = lines[i]
    for other in (*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2]):
        level = min(line.bottom, other.bottom) - max(line.top, other.top)
        if level > 0.25 * min(line.size, other.size) and (
            line.x0 - other.x1 > line.size or other.x0 - line.x1 > line.size
        ):
            return True
    return False


def halves(lines: Sequence[Line], first: int, last: int) -> list[tuple[int, int]]:
    """A run cut where its first heading comes again: tables stacked without a title between.

    The heading is the first chunk of the run's first lines that is no number.
    """
    heading = next(
        (
            line.chunks[0]
            for line in lines[first : min(first + 3, last)]
            if line.chunks[0].kind == "text" and len(line.chunks) > 1
        ),
        None,
    )
    if heading is None:
        return []
    starts = [
        i
        for i in range(first + 3, last - 2)
        if lines[i].chunks[0].text == heading.text
        and abs(lines[i].x0 - heading.x0) < 2 * heading.size
        and len(lines[i].chunks) > 1
    ]
    return _cut_at(lines, first, last, starts) if len(starts) <= 6 else []


def restarted(lines: Sequence[Line], first: int, last: int) -> list[tuple[int, int]]:
    """The parts of a run whose headings come again at other places: tables of a kind, each with
    columns of its own; the run itself where they do not."""
    starts = [i for i in range(first + 3, last - 1) if _restarts(lines[first], lines[i])]
    return _cut_at(lines, first, last, starts) or [(first, last)]


def _restarts(heads: Line, line: Line) -> bool:
    """Whether a line has nearly all headings of another, and not all where they stand there."""
    pairs = list(zip(heads.chunks, line.chunks, strict=False))
    same = [a.text == b.text for a, b in pairs]
    return (
        len(heads.chunks) == len(line.chunks) > 2
        and same[0]
        and sum(same) >= 0.7 * len(same)
        and any(abs(a.x0 - b.x0) > a.size for a, b in pairs)
    )


def _cut_at(
    lines: Sequence[Line], first: int, last: int, starts: Sequence[int]
) -> list[tuple[int, int]]:
    if not starts:
        return []
    ends = []
    for i in starts:  # titles above the second table's heading are in neither table
        while len(lines[i - 1].chunks) == 1 and lines[i - 1].top - lines[i - 2].bottom > 3:
            i -= 1
        ends.append(i)
    pieces = zip([first, *starts], [*ends, last], strict=True)
    return [(a, b) for a, b in pieces if b - a > 2]


def headed_parts(lines: Sequence[Line], first: int, last: int) -> list[tuple[int, int]]:
    """A run cut before rows of bold headings inside it: another table, or the title before one.

    Nothing is cut where the run begins with such a row and has no other.
    """
    starts = [
        i
        for i in range(first + 2, last - 1)
        if is_headings(lines[i]) and not is_headings(lines[i - 1])
    ]
    if not starts or len(starts) > 6:
        return []
    ends = []
    for i in starts:  # titles above the headings are in neither part
        while i > first + 1 and len(lines[i - 1].chunks) == 1:
            i -= 1
        ends.append(i)
    pieces = zip([first, *starts], [*ends, last], strict=True)
    return [(a, b) for a, b in pieces if b - a > 1]


def is_headings(line: Line) -> bool:
    """Whether a line names three columns or more in bold or sloping words, years not alone."""
    words = [w for c in line.chunks for w in c.words]
    return (
        len(line.chunks) > 2
        and (all(w.bold for w in words) or all(w.italic for w in words))
        and not holds_figures(line)
        and sum(c.kind == "text" for c in line.chunks) > 1
    )


def keeps_step(line: Line, latest: Line, earlier: Sequence[Line]) -> bool:
    """True where a line of one chunk can be a wrapped cell of the columns above it.

    It begins where a column after the first began, or ends before the second column.
    """
    chunk = line.chunks[0]
    for above in (latest, *earlier):
        starts = [c.x0 for c in above.chunks]
        if any(abs(chunk.x0 - x) < 2.5 for x in starts[1:]):
            return True
        if len(starts) > 1 and abs(chunk.x0 - starts[0]) < 2.5 and chunk.x1 < starts[1] - 2:
            return True
    return False


def grown(
    lines: Sequence[Line],
    first: int,
    last: int,
    columns: Sequence[tuple[float, float]],
    most: int = 400,
    room: float = 0.0,
) -> tuple[int, int]:
    """The run with the lines above and below that keep within its columns, `most` each.

    Above: headings of several lines. Below: the last cell's wrapped lines, a last row. `room` is
    how far apart the lines of rows may stand, where that is known.
    """
    size = lines[first].size
    gaps = _blank(lines[first:last], columns)
    pitch = sorted(max(0.0, b.top - a.bottom) for a, b in itertools.pairwise(lines[first:last]))
    usual = pitch[len(pitch) // 2] if pitch else 0.0
    start, end = first, last
    while first > 0 and start - first < most:
        above = lines[first - 1]
        gap = lines[first].top - above.bottom
        if gap > max(0.9 * size, 1.2 * usual, room):
            break
        if not _keeps(above.chunks, gaps, columns):
            # A banner over several columns, under headings that keep to theirs.
            if not _is_banner(above, columns) or first < 2:
                break
            over = lines[first - 2]
            apart = above.top - over.bottom > max(1.2 * above.size, room)
            if apart or len(over.chunks) < 3 or not _keeps(over.chunks, gaps, columns):
                break
        if len(above.chunks) == 1 and CAPTION.match(above.chunks[0].text):
            break
        if _is_title(above, lines[first], gaps):
            break
        first -= 1
    while last < len(lines) and last - end < most:
        below = lines[last]
        gap = below.top - lines[last - 1].bottom
        is_row = is_tabular(below) or _is_sum_below(lines[last - 1], below)
        near = max(0.45 * size, 1.2 * usual, room) if is_row else 0.45 * size
        if gap > near or not _keeps(below.chunks, gaps, columns):
            break
        last += 1
    return first, last


def _is_sum_below(label: Line, line: Line) -> bool:
    """Whether a line is a lone sum, printed a line below the label that stands alone over it."""
    if len(label.chunks) != 1 or len(line.chunks) != 1 or label.chunks[0].kind != "text":
        return False
    below = line.chunks[0].x0 > label.chunks[0].x1
    return below and len(line.chunks[0].words) == 1 and is_money(line.chunks[0].text)


def _is_title(above: Line, line: Line, gaps: Sequence[tuple[float, float]]) -> bool:
    """Whether a lone line over a row of headings is no first line of the first one.

    A heading is set in one size, and goes on in another line only where it does not fit its column.
    """
    if len(above.chunks) != 1 or not is_headings(line) or abs(above.x0 - line.x0) > 3:
        return False
    if above.size > 1.15 * line.size:
        return True
    (end, start), (first, second) = gaps[0], line.chunks[:2]
    # The column goes as far as the next one only where that is not flush right.
    room = start - line.size if abs(second.x0 - start) < 2 else end
    word = first.words[0].box
    return above.x1 + 0.3 * line.size + (word.x1 - word.x0) < room


def _is_banner(line: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line is a lone text from the first column on that ends well before the last."""
    (left, _), (_, right) = columns[0], columns[-1]
    return (
        len(line.chunks) == 1
        and abs(line.x0 - left) < line.size
        and line.x1 < left + 0.7 * (right - left)
    )


def _blank(
    lines: Sequence[Line], columns: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """The blank stripe between each two columns: a heading may be wider than what it heads."""
    chunks = [chunk for line in lines for chunk in line.chunks]
    found = []
    for (left, x), (y, right) in itertools.pairwise(columns):
        ends = [c.x1 for c in chunks if left < c.x1 <= x + 1]
        starts = [c.x0 for c in chunks if y - 1 <= c.x0 < right]
        found.append((max(ends, default=x), min(starts, default=y)))
    return found


def _keeps(
    chunks: Sequence[Chunk],
    gaps: Sequence[tuple[float, float]],
    columns: Sequence[tuple[float, float]],
) -> bool:
    left, (last, right) = columns[0][0], columns[-1]
    for chunk in chunks:
        # A heading may be centred over figures that are narrower than it.
        centred = chunk.x0 >= last - 3 and (chunk.x0 + chunk.x1) / 2 <= right
        if chunk.x0 < left - 3 or (chunk.x1 > right + 6 and not centred):
            return False
        if any(chunk.x0 < a - 1 and chunk.x1 > b + 1 for a, b in gaps):
            return False
    return True
