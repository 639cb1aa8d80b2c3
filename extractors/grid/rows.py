"""Rows from printed lines: which lines of a region belong to one row of cells.

Each pair of lines that stand one above the other in a column votes for being one wrapped
cell or two cells (leading, whether the next word would have fitted, capitals, numbers,
rulings). The best division into rows is found over all columns at once, so cells may stand
at the top, middle or foot of their row.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from extractors.grid.columns import Stretch, column_ends
from extractors.grid.lines import Chunk, Line, is_heading_year
from extractors.grid.printed import TOTAL

LONGEST = 16  # lines of one row at most
_OPEN_ENDS = (
    "-",
    "–",
    "—",
    ",",
    "&",
    "/",
    "(",
    " and",
    " of",
    " the",
    " for",
    " to",
    " in",
    " or",
    " with",
    " by",
    " a",
    " via",
)
_SMALL_NUMBER = re.compile(r"\d{1,3}\+?|(?:19|20)\d\d")  # `for people over 65`, `to March 2024`
_OPEN_YEAR = re.compile(r"(?:.*\s)?(?:FY)?(?:20)?\d\d ?[-–/]")
_CUTS = ("-", "–", "/")  # where a year may be cut
_REST_OF_YEAR = re.compile(r"(?:20)?\d\d\b")
DEEP = 4  # lines of a row within which its label and figures begin
CLOSE = 0.35  # of a line's height between the lines of one label
SEVERAL = 3  # rows that show how the rows of a table are printed
UNLIKE = 1.2  # so much against one wrapped cell tells two
NEVER = 10.0  # so much against joining lines is never made good by those below

Look = tuple[bool, tuple[int, int, int]]  # weight and colour


class Placed(NamedTuple):
    """A chunk in its line and columns (first to last)."""

    line: int
    first: int
    last: int
    chunk: Chunk


def place_chunks(lines: Sequence[Line], columns: Sequence[Stretch]) -> list[Placed]:
    """Every chunk with the columns it stands in, in reading order."""
    chunks = [(i, chunk) for i, line in enumerate(lines) for chunk in line.chunks]
    ends = column_ends(columns, [chunk for _, chunk in chunks])
    return [
        Placed(i, first, last, chunk)
        for (i, chunk), (first, last) in zip(chunks, ends, strict=True)
    ]


def is_number(chunk: Chunk) -> bool:
    """True where a number or what stands for one is printed."""
    return chunk.figure


def usual_leading(pairs: Sequence[tuple[Chunk, Chunk]]) -> float:
    """The line distance within a cell: the small end of the distances seen, in em."""
    ratios = sorted((b.middle - a.middle) / max(a.size, b.size) for a, b in pairs)
    ratios = [r for r in ratios if r > 0.8]
    if not ratios:
        return 1.2
    return min(max(ratios[len(ratios) // 10], 0.95), 1.6)


def togetherness(
    above: Chunk, below: Chunk, right: float, leading: float, among_words: bool = False
) -> float:
    """How much speaks against one wrapped cell (positive) or for it (negative).

    `among_words` says that the column holds words: a number there may end them.
    """
    text = above.text
    if text.endswith(_CUTS) and _OPEN_YEAR.fullmatch(text) and _REST_OF_YEAR.match(below.text):
        return -5.0
    ends_words = among_words and len(above.words) > 2 and _SMALL_NUMBER.fullmatch(below.text)
    if above.figure or (below.figure and not ends_words):
        return 7.0 if above.figure and below.figure else 3.0
    if text == below.text:
        return 3.0  # `Grant` below `Grant`: nobody wraps so
    size = above.size if above.size > below.size else below.size
    ratio = (below.middle - above.middle) / size / leading
    cost = -0.9 if ratio < 1.12 else min(4.0, -0.9 + 6.0 * (ratio - 1.12))
    first = below.words[0]
    room = right - above.x1
    need = first.box.x1 - first.box.x0 + 0.28 * size
    if room > need + 0.5 * size:
        cost += min(2.0, 0.5 + 0.25 * (room - need) / size)
    elif room < need:
        cost -= 1.3
    head = first.text.lstrip("(‘“'\"")[:1]
    if head.islower():
        cost -= 2.2
    elif below.kind == "mark":
        cost += 0.6
    elif head.isupper() or head.isdigit():
        cost += 0.4
    if text.endswith(_OPEN_ENDS):
        cost -= 2.0
    if "(" in text and text.count("(") > text.count(")"):
        cost -= 1.5
    if above.words[-1].bold != first.bold:
        cost += 1.2
    if abs(above.size - below.size) > 0.12 * size:
        cost += 1.5
    return cost


def row_breaks(
    lines: Sequence[Line],
    columns: Sequence[Stretch],
    hard: Sequence[float] = (),
    zebra: Sequence[float] = (),
    eager: float = 0.0,
) -> list[int]:
    """Indices of the lines at which a row begins (the first is 0).

    `hard` are heights of rulings across the region: no row crosses one. `zebra` are heights
    where the shading changes. `eager` above 0 favours joining lines.
    """
    placed = place_chunks(lines, columns)
    return divisions(lines, placed, len(columns), hard, zebra, (eager,))[0]


def divisions(
    lines: Sequence[Line],
    placed: Sequence[Placed],
    columns: int,
    hard: Sequence[float],
    zebra: Sequence[float],
    eagers: Sequence[float],
) -> list[list[int]]:
    """For each eagerness to join lines, the lines at which a row begins (see `row_breaks`)."""
    count = len(lines)
    by_column: dict[int, list[Placed]] = {}
    by_line: list[list[Placed]] = [[] for _ in range(count)]
    for p in placed:
        by_column.setdefault(p.first, []).append(p)
        by_line[p.line].append(p)
    rights = {
        c: max((p.chunk.x1 for p in ps if p.first == p.last), default=0.0)
        for c, ps in by_column.items()
    }
    pairs: list[tuple[Placed, Placed]] = []
    for ps in by_column.values():
        pairs += itertools.pairwise(ps)
    textual = [(a.chunk, b.chunk) for a, b in pairs if not a.chunk.figure]
    leading = usual_leading(textual)
    numeric = _numeric(by_column)
    names = _name_column(numeric, columns)
    below = _looks_below(by_line, names)
    delta: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for a, b in pairs:
        if a.line == b.line:
            continue
        among_words = a.first not in numeric and a.last == b.last
        cost = togetherness(a.chunk, b.chunk, rights[a.first], leading, among_words)
        if a.first == names and _is_below(a.chunk, b.chunk, below):
            cost = min(cost, -1.0)
        if a.last > a.first or b.last > b.first:
            # A banner over several columns is a row of its own, save when both span alike.
            cost += 0.0 if (a.first, a.last) == (b.first, b.last) else 2.5
        elif columns > 1 and a.first in numeric and not b.chunk.figure:
            cost += 1.0
        if zebra:
            middle_a, middle_b = a.chunk.middle, b.chunk.middle
            if any(middle_a < y < middle_b for y in zebra):
                cost += 2.5
        delta[b.line].append((a.line, cost))
    walls = [False] * (count + 1)
    for y in hard:
        for i in range(1, count):
            if lines[i - 1].middle < y <= lines[i].middle:
                walls[i] = True
                break
    figures = _figured(by_line, numeric)
    for i in _sure_starts(lines, by_line, by_column.get(names, ()), figures, names, numeric, below):
        walls[i] = True
    # What a line holds, for the cost of rows: its columns, and whether figures are among them.
    held = [[p.first for p in row] for row in by_line]
    groups: list[tuple[int, int, float, int]] = []  # first line, line after, cost, pairs joined
    least = min(eagers, default=0.0)
    for start in range(count):
        cost, joined = 0.0, 0
        bottom = lines[start].bottom
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        figured = False
        for end in range(start, min(count, start + LONGEST)):
            if end > start:
                if walls[end]:
                    break
                met = 0
                for i, change in delta[end]:
                    if i >= start:
                        cost += change
                        met += 1
                joined += met
                if not met:
                    # Nothing above it in its own column: it stands beside the other cells.
                    gap = lines[end].top - bottom
                    cost += 0.25 if gap < 0.35 * lines[end].size else 2.5
                bottom = max(bottom, lines[end].bottom)
            if cost - least * joined > NEVER:
                break
            for column in held[end]:
                first.setdefault(column, end)
                last[column] = end
            figured = figured or figures[end]
            price = cost + _row_cost(first, last, figured, start, end, numeric, names)
            groups.append((start, end + 1, price, joined))
    return [_cheapest(groups, count, eager) for eager in eagers]


def ruled_starts(
    lines: Sequence[Line], placed: Sequence[Placed], heights: Sequence[float]
) -> list[int]:
    """The lines at which a row begins where rules at these heights divide the rows.

    A banner has no rule under it as often as not, so it ends its own row.
    """
    by_column: dict[int, list[Placed]] = {}
    by_line: list[list[Placed]] = [[] for _ in lines]
    for p in placed:
        by_column.setdefault(p.first, []).append(p)
        by_line[p.line].append(p)
    numeric = _numeric(by_column)
    figures = _figured(by_line, numeric)
    names = _name_column(numeric, max((p.last for p in placed), default=0) + 1)
    below = _looks_below(by_line, names)
    sure = set(
        _sure_starts(lines, by_line, by_column.get(names, ()), figures, names, numeric, below)
    )
    return [0] + [
        i
        for i in range(1, len(lines))
        if i in sure or any(lines[i - 1].middle < y <= lines[i].middle for y in heights)
    ]


def _name_column(numeric: set[int], columns: int) -> int:
    """The column of the labels: the first, or the one beside codes."""
    return 1 if 0 in numeric and 1 not in numeric and columns > 2 else 0


def _below_roomy(
    by_line: Sequence[Sequence[Placed]],
    labels: Sequence[Placed],
    figures: Sequence[bool],
    names: int,
    below: Set[Look],
) -> list[int]:
    """Rows under a lone label that had room for their first word: it was not wrapped.

    Where several rows have a line of one type over one of another, all such lines are theirs.
    """
    right = max((p.chunk.x1 for p in labels if p.first == p.last), default=0.0)
    leading = usual_leading([(a.chunk, b.chunk) for a, b in itertools.pairwise(labels)])
    over: list[tuple[int, Chunk, Chunk]] = []
    rows = 0
    for i, row in enumerate(by_line):
        if not figures[i]:
            continue
        rows += 1
        above = by_line[i - 1] if i else ()
        label = next((p for p in row if p.first == names), None)
        if len(above) == 1 and label and above[0].first == above[0].last == names:
            over.append((i, above[0].chunk, label.chunk))
    looks = Counter((_type(a), _type(b)) for _, a, b in over)
    two = {pair for pair, count in looks.items() if count >= SEVERAL and pair[0] != pair[1]}
    found = [
        i
        for i, a, b in over
        if (_type(a), _type(b)) not in two
        and not _is_below(a, b, below)
        and togetherness(a, b, right, leading) > UNLIKE
    ]
    return found if len(found) <= 0.5 * rows else []


def _numeric(by_column: Mapping[int, Sequence[Placed]]) -> set[int]:
    """The columns that hold figures at least as often as words."""
    counts = {c: sum(is_number(p.chunk) for p in ps) for c, ps in by_column.items()}
    return {c for c, n in counts.items() if n >= 2 and n >= 0.5 * len(by_column[c])}


def _figured(by_line: Sequence[Sequence[Placed]], numeric: set[int]) -> list[bool]:
    """For each line whether a figure stands in it where figures belong."""
    return [any(p.chunk.figure and p.first in numeric for p in row) for row in by_line]


def _sure_starts(
    lines: Sequence[Line],
    by_line: Sequence[Sequence[Placed]],
    labels: Sequence[Placed],
    figures: Sequence[bool],
    names: int,
    numeric: Set[int],
    below: Set[Look],
) -> list[int]:
    """Lines that begin a row whatever else is weighed: those round banners, those under years.

    `names` is the column of the labels, `numeric` those of figures, `below` the types that stand
    below labels (`_looks_below`).
    """
    return [
        *_below_banners(by_line, figures, names, below),
        *_below_roomy(by_line, labels, figures, names, below),
        *_below_totals(by_line, figures, names),
        *_below_years(by_line, {c for c in numeric if c > names}),
        *_lone_labels(lines, by_line, figures),
    ]


def _cheapest(groups: Sequence[tuple[int, int, float, int]], count: int, eager: float) -> list[int]:
    """The division into groups of lines with the least cost in all."""
    best = [0.0] + [float("inf")] * count
    came = [0] * (count + 1)
    for start, after, price, joined in groups:
        total = best[start] + price - eager * joined
        if total < best[after]:
            best[after] = total
            came[after] = start
    breaks = []
    at = count
    while at > 0:
        at = came[at]
        breaks.append(at)
    return breaks[::-1]


def _below_banners(
    by_line: Sequence[Sequence[Placed]], figures: Sequence[bool], names: int, below: Set[Look]
) -> list[int]:
    """Lines under a lone label that looks otherwise than the next one: a banner, no name's start.

    The row under it has figures in one of its lines. Where most rows have such a pair of
    lines, it is a name over its description instead.
    """
    found: list[int] = []
    for i in range(1, len(by_line)):
        above = by_line[i - 1]
        if len(above) != 1 or above[0].first > names or not any(figures[i : i + DEEP]):
            continue
        if _type(above[0].chunk) in below:
            continue  # the second line of the row above, as others have one
        if above[0].first < names and is_number(above[0].chunk):
            continue  # a code half way down its row
        if all(p.first > names and p.chunk.text[:1].islower() for p in by_line[i]):
            continue  # the last line of a longer cell beside a name that is centred
        # What is level with figures, or above them, is their label; below them is the next one.
        last = figures.index(True, i) + 1
        label = next((p.chunk for row in by_line[i:last] for p in row if p.first == names), None)
        if label is None or _is_below(above[0].chunk, label, below):
            continue  # a service over who is paid for it
        # Capitals tell only a label level with its figures: names may end in some (IDVA).
        level = any(label is p.chunk for p in by_line[i])
        told = 3 if figures[i] and level else 2
        if _look(above[0].chunk)[:told] != _look(label)[:told]:
            found.append(i)
    return found if len(found) <= 0.5 * sum(figures) else []


def _looks_below(by_line: Sequence[Sequence[Placed]], names: int) -> set[Look]:
    """The types in which several labels have a line close below one of another type: who is paid,
    under a service."""
    labels = [p.chunk for row in by_line for p in row if p.first == names]
    pairs = list(itertools.pairwise(labels))
    under = Counter(_type(b) for a, b in pairs if _is_close(a, b) and _type(a) != _type(b))
    first = {_type(b) for a, b in pairs if not _is_close(a, b)}
    return {look for look, count in under.items() if count > SEVERAL and look not in first}


def _is_close(above: Chunk, label: Chunk) -> bool:
    return label.top - above.bottom < CLOSE * label.size


def _is_below(above: Chunk, label: Chunk, below: Set[Look]) -> bool:
    """Whether a label stands close under one of another type, as several of its type do."""
    return _is_close(above, label) and _type(label) in below and _type(above) != _type(label)


def _below_totals(
    by_line: Sequence[Sequence[Placed]], figures: Sequence[bool], names: int
) -> list[int]:
    """Lone labels under a row that calls itself a total: the next section's banner.

    Such a label may itself be a wrapped one, so what begins small or is left open goes on.
    """
    found = []
    for i in range(1, len(by_line)):
        above, row = by_line[i - 1], by_line[i]
        if len(row) != 1 or row[0].first > names or not above or above[0].first > names:
            continue
        label, text = above[0].chunk.text, row[0].chunk.text
        if (
            figures[i - 1]
            and TOTAL.search(label)
            and not label.endswith(_OPEN_ENDS)
            and text[:1].isupper()
            and any(is_number(p.chunk) for line in by_line[i + 1 : i + DEEP] for p in line)
        ):
            found.append(i)
    return found


def _below_years(by_line: Sequence[Sequence[Placed]], numeric: Set[int]) -> list[int]:
    """The line of headings under a line of years alone, where it names columns besides theirs: a
    year that stands over several columns is no first line of the heading of one."""
    for i, (years, below) in enumerate(itertools.pairwise(by_line), start=1):
        if any(p.chunk.figure or is_heading_year(p.chunk) for p in below):
            break
        named = {p.first for p in below} & numeric
        if len(named) > len(years) > 1 and all(is_heading_year(p.chunk) for p in years):
            return [i]
    return []


def _lone_labels(
    lines: Sequence[Line], by_line: Sequence[Sequence[Placed]], figures: Sequence[bool]
) -> list[int]:
    """Lone labels as far below a row of figures as rows stand apart: they begin a row.

    Only where rows are set wider than lines: a wrapped label's second line is closer.
    """
    is_row = [known and row[0].first == 0 for known, row in zip(figures, by_line, strict=True)]
    steps = sorted(
        (b.middle - a.middle) / max(a.size, b.size)
        for i, (a, b) in enumerate(itertools.pairwise(lines))
        if is_row[i] and is_row[i + 1]
    )
    usual = steps[len(steps) // 2] if len(steps) > 2 else 0.0
    if usual < 1.45:
        return []
    return [
        i
        for i in range(1, len(lines))
        if len(by_line[i]) == 1
        and by_line[i][0].first == 0
        and is_row[i - 1]
        and not by_line[i - 1][0].chunk.text.endswith(_OPEN_ENDS)
        and not by_line[i][0].chunk.text[:1].islower()
        and (lines[i].middle - lines[i - 1].middle) / lines[i].size > 0.93 * usual
    ]


def _type(chunk: Chunk) -> Look:
    return _look(chunk)[:2]


def _look(chunk: Chunk) -> tuple[bool, tuple[int, int, int], bool]:
    text = chunk.text
    return all(w.bold for w in chunk.words), chunk.words[0].colour, text.isupper() and len(text) > 4


def _row_cost(
    first: Mapping[int, int],
    last: Mapping[int, int],
    figured: bool,
    start: int,
    end: int,
    numeric: set[int],
    names: int,
) -> float:
    """What speaks against these lines as one row: no label, no number, crooked cells.

    `first` and `last` tell the lines between which each column is filled, `figured` whether
    figures stand where they belong; `names` is the column of the labels.
    """
    if start == end:
        if not numeric:
            return 0.35
        if names not in first and names not in numeric:
            return 1.55
        return 0.35 if figured else 1.05
    cost = 0.35
    if numeric:
        if names not in first and names not in numeric:
            cost += 1.2
        elif not figured:
            cost += 0.7
    # Cells of one row share their top, their middle or their foot.
    for column, low in first.items():
        above, below = low - start, end - last[column]
        if above and below:
            crooked = min(above, below, abs(above - below) / 2)
            if crooked > 0.6:
                cost += 0.8 * min(crooked, 2)
    return cost
