"""How well the words of a draft stand in its cells: in line, in one cell each, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from extractors.grid.draft import Draft, DraftCell
from extractors.grid.looks import Look
from extractors.grid.printed import is_money
from extractors.grid.rulings import Ruling

_TOP = attrgetter("box.top")


def walled(draft: Draft, filled: Sequence[tuple[DraftCell, Look]], down: Sequence[Ruling]) -> int:
    """How many cells hold what belongs in several.

    Either words stand on both sides of a vertical line drawn through them, or a spanning cell
    holds runs of words that leave the borders of its columns free twice or more, or once before
    a lone figure, as where only every other row has upright rules.
    """
    box = draft.box
    lines = [r for r in down if box.x0 + 2 < r.at < box.x1 - 2 and r.end - r.start > 4]
    torn = 0
    for cell, look in filled:
        if cell.column_span > 1 and _smeared(cell, draft.xs):
            torn += 1
            continue
        for line in lines:
            if not look.x0 + 1 < line.at < look.x1 - 1:
                continue
            if line.start > look.top + 2 or line.end < look.bottom - 2:
                continue
            left = any(w.box.x1 <= line.at + 1 for w in cell.words)
            if left and any(w.box.x0 >= line.at - 1 for w in cell.words):
                torn += 1
                break
    return torn


def _smeared(cell: DraftCell, xs: Sequence[float]) -> bool:
    """True where two or more column borders fall in wide gaps between a cell's words, or one
    before a figure that ends them."""
    words = sorted(cell.words, key=lambda w: w.box.x0)
    reach, free = words[0].box.x1, 0
    inner = xs[cell.column + 1 : cell.column + cell.column_span]
    figure = False
    for word in words[1:]:
        start = word.box.x0
        if start - reach > 0.8 * word.size and any(reach - 1 <= x <= start + 1 for x in inner):
            free += 1
            apart = start - reach > 2 * word.size
            figure = apart and is_money(word.text) and word is words[-1]
        reach = max(reach, word.box.x1)
    return free > 1 or figure


def crooked(filled: Sequence[tuple[DraftCell, Look]], rows: int) -> int:
    """How many rows hold cells that share neither top nor middle nor foot with the tallest."""
    by_row: list[list[Look]] = [[] for _ in range(rows)]
    for cell, look in filled:
        if cell.row_span == 1:
            by_row[cell.row].append(look)
    crooked = 0
    for row in by_row:
        if len(row) < 2:
            continue
        tall, height = row[0], row[0].bottom - row[0].top
        for look in row:
            if look.bottom - look.top > height:
                tall, height = look, look.bottom - look.top
        slack, top, bottom = 0.28 * tall.begins.size, tall.top, tall.bottom
        for look in row:
            if (
                abs(look.top - top) > slack
                and abs(look.bottom - bottom) > slack
                and abs(look.top + look.bottom - top - bottom) / 2 > slack
            ):
                crooked += 1
                break
    return crooked


def stripes(filled: Sequence[tuple[DraftCell, Look]], rows: int) -> int:
    """Blank stripes across a row, with words above and below them in two or more cells."""
    deep = [0] * rows
    for cell, look in filled:
        if look.lines > 1 and cell.row_span == 1:
            deep[cell.row] += 1
    by_row: dict[int, list[DraftCell]] = {at: [] for at, several in enumerate(deep) if several > 1}
    if not by_row:
        return 0
    for cell, _ in filled:
        if cell.row in by_row and cell.row_span == 1:
            by_row[cell.row].append(cell)
    stripes = 0
    for row in by_row.values():
        words = sorted((w for c in row for w in c.words), key=_TOP)
        foot = words[0].box.bottom
        for word in words:
            if word.box.top - foot > 0.75 * word.size:
                y = (word.box.top + foot) / 2
                both = sum(
                    1
                    for c in row
                    if any(w.box.bottom < y for w in c.words)
                    and any(w.box.top > y for w in c.words)
                )
                stripes += both >= 2
            if word.box.bottom > foot:
                foot = word.box.bottom
    return stripes


def wraps(
    filled: Sequence[tuple[DraftCell, Look]], rights: Sequence[list[float]]
) -> tuple[float, float]:
    """The share of lines within cells that look like new cells, and of cells that look like
    the wrapped rest of the cell above."""
    edges = [max(r, default=0.0) for r in rights]
    pairs = split = starts = rest = 0
    last: list[Look | None] = [None] * len(rights)
    for cell, look in filled:  # row by row
        column = cell.column
        if cell.column_span > 1:
            continue
        if look.wraps:
            pairs += look.wraps
            edge = edges[column]
            split += sum(1 for reach in look.roomy if reach < edge)
        above = last[column]
        if above is not None:
            starts += 1
            if above.open_end or look.small:
                head = look.begins
                rest += head.box.top - above.ends.box.bottom < 0.6 * head.size
        last[column] = look
    return split / max(1, pairs), rest / max(1, starts)


def alignment(lefts: Sequence[list[float]], rights: Sequence[list[float]]) -> float:
    """The share of cells whose left, right or middle stands in line with its column's most."""
    good = total = 0
    for left, right in zip(lefts, rights, strict=True):
        if len(left) < 2:
            continue
        count = len(left)
        most = _in_line(left)
        if most < count:
            most = max(most, _in_line(right))
        if most < count:
            most = max(most, _in_line([(a + b) / 2 for a, b in zip(left, right, strict=True)]))
        good += most
        total += count
    return good / total if total else 0.0


def _in_line(edges: Sequence[float]) -> int:
    """The most edges that stand within two and a half points."""
    ordered = sorted(edges)
    at = 0
    for value in ordered:  # the stretch from `at` never gets shorter again
        if value - ordered[at] > 2.5:
            at += 1
    return len(ordered) - at


def narrow(draft: Draft, lefts: Sequence[list[float]], rights: Sequence[list[float]]) -> float:
    """The share of column borders with hardly any white space beside them."""
    if draft.columns < 2:
        return 1.0
    narrow = 0
    for c in range(draft.columns - 1):
        if rights[c] and lefts[c + 1] and min(lefts[c + 1]) - max(rights[c]) < 3:
            narrow += 1
    return narrow / (draft.columns - 1)
