"""Grids drawn with lines: cells bounded by rulings or by edges of shading."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractors.grid.draft import Draft, DraftCell, within
from extractors.grid.printed import is_money, is_numeric, is_year
from extractors.grid.rulings import Ruling, Rulings
from extractors.model import Box, Word

TOUCH = 3.5  # points: how near the end of a line must come to cross another
THIN = 3.4  # points: rows and columns narrower than this are double lines


def clusters(rulings: Rulings) -> list[Rulings]:
    """Rulings that hang together by crossing or touching, as separate networks."""
    across, down = rulings
    if not across or not down:
        return []
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    heights = [r.at for r in across]
    for j, (x, top, bottom, _) in enumerate(down):
        first = bisect_left(heights, top - TOUCH)
        last = bisect_right(heights, bottom + TOUCH)
        for i in range(first, last):
            if across[i].start - TOUCH <= x <= across[i].end + TOUCH:
                a, b = root(i), root(len(across) + j)
                if a != b:
                    parent[b] = a
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, ruling in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(ruling)
    for j, ruling in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(ruling)
    return [Rulings(tuple(a), tuple(d)) for a, d in groups.values() if len(a) >= 2 and len(d) >= 1]


def stacked(networks: Sequence[Rulings], words: Sequence[Word]) -> list[Rulings]:
    """Networks of the same columns, one close below the other with nothing between, made one.

    So a spreadsheet is printed whose sections stand apart by an empty row. One that begins with
    headings of its own stays a table of its own.
    """
    found: list[Rulings] = []
    for network in sorted(networks, key=lambda n: n.across[0].at):
        for at, above in enumerate(found):
            if _goes_on(above, network, words):
                across = tuple(sorted((*above.across, *network.across)))
                found[at] = Rulings(across, tuple(sorted((*above.down, *network.down))))
                break
        else:
            found.append(network)
    return found


def _goes_on(above: Rulings, below: Rulings, words: Sequence[Word]) -> bool:
    (xs, ys), (under, later) = borders(above), borders(below)
    if len(xs) < 3 or len(xs) != len(under):
        return False
    if any(abs(a - b) > THIN for a, b in zip(xs, under, strict=True)):
        return False
    usual = sorted(b - a for a, b in pairwise(ys))[(len(ys) - 1) // 2]
    if not 0 < later[0] - ys[-1] < 2.2 * usual:
        return False
    between = [w for w in words if ys[-1] < (w.box.top + w.box.bottom) / 2 < later[0]]
    if any(xs[0] < (w.box.x0 + w.box.x1) / 2 < xs[-1] for w in between):
        return False
    return not _has_headings(under, later, words)


def _has_headings(xs: Sequence[float], ys: Sequence[float], words: Sequence[Word]) -> bool:
    """Whether the first row names several columns in words, over rows that hold figures."""
    first: dict[int, bool] = {}
    figures: set[int] = set()  # columns
    for word in words:
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
        if not (xs[0] < x < xs[-1] and ys[0] < y < ys[-1]):
            continue
        digits = any(ch.isdigit() for ch in word.text)
        column = bisect_right(xs, x)
        if y < ys[1]:
            first[column] = first.get(column, False) or digits
        elif digits and is_money(word.text):
            figures.add(column)
    if any(digits for column, digits in first.items() if column in figures):
        return _names_years(first, xs, ys, words)
    return bool(figures) and len(first) > 1 and sum(first.values()) * 2 < len(first)


def _names_years(
    first: dict[int, bool], xs: Sequence[float], ys: Sequence[float], words: Sequence[Word]
) -> bool:
    """Whether a first row holds no number but years: `2025-26 £000s` names a column."""
    numbers = [
        w.text
        for w in words
        if xs[0] < (w.box.x0 + w.box.x1) / 2 < xs[-1]
        and ys[0] < (w.box.top + w.box.bottom) / 2 < ys[1]
        and is_numeric(w.text)
    ]
    return len(first) > 1 and all(is_year(text) for text in numbers)


def positions(values: Sequence[float], tolerance: float) -> list[float]:
    """Sorted positions, those nearer than the tolerance made one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(g) / len(g) for g in groups]


def borders(network: Rulings) -> tuple[list[float], list[float]]:
    """Column and row borders of a network, open sides closed where lines reach beyond."""
    xs = positions([r.at for r in network.down], THIN)
    ys = positions([r.at for r in network.across], THIN)
    left, right = min(r.start for r in network.across), max(r.end for r in network.across)
    top, bottom = min(r.start for r in network.down), max(r.end for r in network.down)
    if left < xs[0] - 8:
        xs.insert(0, left)
    if right > xs[-1] + 8:
        xs.append(right)
    if top < ys[0] - 7:
        ys.insert(0, top)
    if bottom > ys[-1] + 7:
        ys.append(bottom)
    return xs, ys


def drawn(lines: Sequence[Ruling], at: float, start: float, end: float) -> bool:
    """True where lines at this position cover most of the stretch."""
    covered = 0.0
    for line in lines:
        if abs(line.at - at) <= THIN:
            covered += max(0.0, min(line.end, end) - max(line.start, start))
    return covered >= 0.6 * (end - start)


def spans(xs: list[float], ys: list[float], network: Rulings) -> list[tuple[int, int, int, int]]:
    """Cells as (row, column, row span, column span): the fields no line divides."""
    rows, columns = len(ys) - 1, len(xs) - 1
    by_x = [[v for v in network.down if abs(v.at - x) <= THIN] for x in xs]
    by_y = [[h for h in network.across if abs(h.at - y) <= THIN] for y in ys]
    runs: dict[tuple[int, int], tuple[int, int]] = {}  # (row, first column) -> (last column, open)
    owner: dict[tuple[int, int, int], int] = {}
    cells: list[list[int]] = []
    for row in range(rows):
        column = 0
        while column < columns:
            last = column
            while last + 1 < columns and not drawn(
                by_x[last + 1], xs[last + 1], ys[row], ys[row + 1]
            ):
                last += 1
            above = owner.get((row - 1, column, last))
            joined = above is not None and not any(
                drawn(by_y[row], ys[row], xs[c], xs[c + 1]) for c in range(column, last + 1)
            )
            if joined and above is not None:
                cells[above][2] += 1
                owner[(row, column, last)] = above
            else:
                owner[(row, column, last)] = len(cells)
                cells.append([row, column, 1, last - column + 1])
            runs[(row, column)] = (last, 0)
            column = last + 1
    return [(a, b, c, d) for a, b, c, d in cells]


def fill_cells(
    cells: list[DraftCell], xs: list[float], ys: list[float], words: Sequence[Word]
) -> int:
    """Puts each word into the cell that holds its middle; returns how many found none."""
    owner: dict[tuple[int, int], DraftCell] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                owner[(row, column)] = cell
    lost = 0
    for word in words:
        x = (word.box.x0 + word.box.x1) / 2
        y = (word.box.top + word.box.bottom) / 2
        found = owner.get((bisect_right(ys, y) - 1, bisect_right(xs, x) - 1))
        if found is None:
            lost += 1
        else:
            found.words.append(word)
    return lost


def lattice(network: Rulings, words: Sequence[Word], reader: str) -> Draft | None:
    """The grid that a network of rulings draws, with its words; None where there is no grid."""
    xs, ys = borders(network)
    if len(xs) < 2 or len(ys) < 2 or len(xs) > 80 or len(ys) > 400:
        return None
    cells = [
        DraftCell(r, c, rs, cs, Box(xs[c], ys[r], xs[c + cs], ys[r + rs]), [])
        for r, c, rs, cs in spans(xs, ys, network)
    ]
    fill_cells(cells, xs, ys, within(words, Box(xs[0], ys[0], xs[-1], ys[-1])))
    return tidy(Draft(reader, xs, ys, cells, 1.0, 1.0))


def tidy(draft: Draft) -> Draft | None:
    """The draft without rows and columns that hold no word and separate nothing.

    A row or column goes where no cell of its own stands in it with words, and it is
    thinner than a line of text or every cell in it is blank.
    """
    keep_rows = _kept(draft, True)
    keep_columns = _kept(draft, False)
    if not keep_rows or not keep_columns:
        return None
    if len(keep_rows) == draft.rows and len(keep_columns) == draft.columns:
        return draft
    row_at = {r: i for i, r in enumerate(keep_rows)}
    column_at = {c: i for i, c in enumerate(keep_columns)}
    cells = []
    for cell in draft.cells:
        rows = [row_at[r] for r in range(cell.row, cell.row + cell.row_span) if r in row_at]
        columns = [
            column_at[c]
            for c in range(cell.column, cell.column + cell.column_span)
            if c in column_at
        ]
        if rows and columns:
            cells.append(
                DraftCell(rows[0], columns[0], len(rows), len(columns), cell.box, cell.words)
            )
    boxes = [w.box for cell in cells for w in cell.words]
    right = _reach(draft.xs, keep_columns[-1] + 1, [(b.x0 + b.x1) / 2 for b in boxes])
    bottom = _reach(draft.ys, keep_rows[-1] + 1, [(b.top + b.bottom) / 2 for b in boxes])
    draft.xs = [draft.xs[c] for c in keep_columns] + [right]
    draft.ys = [draft.ys[r] for r in keep_rows] + [bottom]
    draft.cells = cells
    return draft


def _reach(borders_: Sequence[float], last: int, middles: Sequence[float]) -> float:
    """The last border, moved on to hold words of cells that reach over the rows dropped there."""
    return borders_[
        max(last, min(bisect_left(borders_, max(middles, default=0.0)), len(borders_) - 1))
    ]


def _kept(draft: Draft, rows: bool) -> list[int]:
    """Rows (or columns) worth keeping: some cell with words begins or lies wholly in it.

    A cell that spans several counts for the first of them only where no other cell keeps it,
    so a grid line that only some far part of the page needs adds nothing.
    """
    count = draft.rows if rows else draft.columns
    borders_ = draft.ys if rows else draft.xs
    alone = [0] * count
    begins = [0] * count
    blanks = [0] * count
    for cell in draft.cells:
        first, span = (cell.row, cell.row_span) if rows else (cell.column, cell.column_span)
        if cell.words:
            begins[first] += 1
            if span == 1:
                alone[first] += 1
        elif span == 1 and not (rows and cell.column_span == draft.columns > 1):
            blanks[first] += 1
    kept = []
    for i in range(count):
        size = borders_[i + 1] - borders_[i]
        if alone[i] or (begins[i] and size >= THIN) or (blanks[i] >= 1 and size >= 9):
            kept.append(i)
    return kept
