"""Themes printed once beside the rows that they group, in a merged first cell.

Such a label stands half way down its rows, so its lines are level with none of them and would
be torn over several. The rows are read without it, and it is put beside them afterwards: where
the merged cell shows, by a fill or by rules in the first column alone, or where the labels so
stand in the middle of rows that all rows are shared out among them.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.grid.columns import Stretch
from extractors.grid.draft import Draft, DraftCell, holds_figure
from extractors.grid.lines import Chunk, Line, is_heading_year
from extractors.grid.rows import Placed, is_number
from extractors.grid.rulings import Ruling, is_shading
from extractors.model import Box, Page, Word

TURNED_AWAY = 60  # points by which words printed sideways may stand left of a table's text
FEW_RULES = 3  # between the rows of a theme
MIDWAY = 0.3  # em by which a label may miss the middle of its rows


@dataclass(frozen=True, slots=True)
class Theme:
    """A merged first cell: from where to where it reaches, and its words."""

    top: float
    bottom: float
    words: list[Word]


def find_themes(
    page: Page, across: Sequence[Ruling], lines: Sequence[Line], placed: Sequence[Placed]
) -> list[Theme]:
    """The merged first cells that fills or rules in the first column alone show, or nothing."""
    if not placed or max(p.last for p in placed) < 2:
        return []
    others = [p for p in placed if p.first > 0]
    figures = [p for p in others if is_number(p.chunk)]
    right = min([p.chunk.x0 for p in others], default=0.0)
    # A border between columns may run through a wide label, where few rows have one.
    labels = [p for p in placed if p.first == 0 and (p.last == 0 or p.chunk.x1 < right)]
    if not labels or not figures:
        return []
    left = min(p.chunk.x0 for p in labels)
    stretches = _filled(page, left, right, figures) or _ruled_off(
        across, left, right, lines, labels, figures
    )
    themes = []
    for top, bottom in stretches:
        own = [p.chunk for p in labels if top < p.chunk.middle < bottom]
        beside = {p.line for p in figures if top < p.chunk.middle < bottom}
        if beside and own and _is_one(own):
            themes.append(Theme(top, bottom, [w for c in own for w in c.words]))
        elif own and len(beside) > 1:
            return []  # each of the rows has a label of its own
    tall = [t for t in themes if _rows_beside(t, figures) > 1]
    return themes if tall else []


def _rows_beside(theme: Theme, figures: Sequence[Placed]) -> int:
    return len({p.line for p in figures if theme.top < p.chunk.middle < theme.bottom})


def _is_one(chunks: Sequence[Chunk]) -> bool:
    """True where the lines of a label stand close below each other."""
    return all(b.top - a.bottom < 0.7 * a.size for a, b in itertools.pairwise(chunks))


def _filled(page: Page, left: float, right: float, figures: Sequence[Placed]) -> list[Stretch]:
    """From where to where fills reach that lie in the first column and beside several rows."""
    shading = [f.box for f in page.fills if is_shading(f, page)]
    level = {(round(b.top), round(b.bottom)) for b in shading if b.x0 > right - 8}
    found: list[Stretch] = []
    for box in sorted(shading, key=lambda b: (b.top, b.x0)):
        if box.x0 > left + 2 or box.x1 > right + 1 or (round(box.top), round(box.bottom)) in level:
            continue
        if found and box.top < found[-1][1] - 2:
            continue
        if any(box.top < p.chunk.middle < box.bottom for p in figures):
            found.append((box.top, box.bottom))
    return found


def _ruled_off(
    across: Sequence[Ruling],
    left: float,
    right: float,
    lines: Sequence[Line],
    labels: Sequence[Placed],
    figures: Sequence[Placed],
) -> list[Stretch]:
    """The stretches between rules drawn in the first column alone, or through it where those
    between rows leave it out, and above and below them."""
    over = [r for r in across if r.start < left + 2 and r.end > left + 0.5 * (right - left)]
    short = [r.at for r in over if r.end < right + 1]
    first, last = figures[0].chunk.top, lines[-1].bottom
    inner = [y for y in short if first < y < last]
    # Or the rules between rows leave the first column out, and those under a theme do not.
    leaving = [r for r in across if right - 8 < r.start < right + 8 and first < r.at < last]
    if not inner and len(leaving) < FEW_RULES:
        return []
    # Above the first row's figures its cells may begin, and so may the theme's label.
    begins = min(
        [x.top for x in lines if x.bottom > first - 2 * x.size and not _names_columns(x, labels)],
        default=first,
    )
    long = [r.at for r in over if r.end >= right + 1 and begins < r.at < last]
    heights = sorted([min(begins, first) - 1, *inner, *long, last + 1])
    return [(a, b) for a, b in itertools.pairwise(heights) if b - a > 2]


def _names_columns(line: Line, labels: Sequence[Placed]) -> bool:
    """True for a line in which the first column and most of the others have words."""
    own = {id(p.chunk) for p in labels}
    return len(line.chunks) > 2 and any(id(c) in own for c in line.chunks)


def sparse_labels(placed: Sequence[Placed], across: Sequence[Ruling] = ()) -> list[Theme]:
    """The labels of the first column where they are fewer than rows of figures, else nothing.

    Those are the labels under the headings; how far their cells reach is not known. No label goes
    on below a rule, of those drawn `across`.
    """
    if not placed or max(p.last for p in placed) < 2:
        return []
    figures = [p for p in placed if p.first > 1 and p.chunk.kind == "number"]
    figures = [p for p in figures if not is_heading_year(p.chunk)]
    if len({p.line for p in figures}) < 4:
        return []
    size = figures[0].chunk.size
    others = sorted((p for p in placed if p.first), key=_top)
    tallest = max(p.chunk.bottom - p.chunk.top for p in others)
    start = figures[0].chunk.top - 1.5 * size
    groups: list[list[Chunk]] = []
    for p in placed:
        if p.first or p.chunk.middle < start or p.chunk.bottom < start + 0.5 * size:
            continue
        if _is_total_label(p, others, tallest):
            continue
        if p.last:
            return []  # a banner over columns
        above = groups[-1][-1] if groups else None
        if (
            above is not None
            and p.chunk.top - above.bottom < 0.5 * size
            and not any(
                above.middle < r.at < p.chunk.middle and r.start < p.chunk.x0 + 2 < r.end
                for r in across
            )
        ):
            groups[-1].append(p.chunk)
        else:
            groups.append([p.chunk])
    lines = {p.line for p in figures}
    if not 2 <= len(groups) <= 0.6 * len(lines):
        return []
    middles = [p.chunk.middle for p in figures]
    if all(any(abs(c.middle - y) < 0.3 * size for y in middles) for g in groups for c in g):
        return []  # nothing is torn: each line is level with a row, as codes are
    return [Theme(g[0].top, g[-1].bottom, [w for c in g for w in c.words]) for g in groups]


def _top(placed: Placed) -> float:
    return placed.chunk.top


def _is_total_label(label: Placed, others: Sequence[Placed], tallest: float) -> bool:
    """Whether nothing but figures stands beside a label: what is grouped has names besides.

    `others` are the chunks of further columns from the top down, none higher than `tallest`.
    """
    reach = 0.6 * label.chunk.size
    top, bottom = label.chunk.top - reach, label.chunk.bottom + reach
    first = bisect_right(others, top - tallest, key=_top)
    last = bisect_left(others, bottom, lo=first, key=_top)
    beside = [p for p in others[first:last] if p.first > label.last and p.chunk.bottom > top]
    return bool(beside) and all(is_number(p.chunk) for p in beside)


def shared_out(draft: Draft, labels: Sequence[Theme]) -> Draft | None:
    """The draft, read without the labels, with each label beside the rows it stands in the
    middle of; None where the rows cannot be so shared out that none is left."""
    spans: list[list[float]] = [[] for _ in range(draft.rows)]
    for cell in draft.cells:
        spans[cell.row] += [y for w in cell.words for y in (w.box.top, w.box.bottom)]
    if not all(spans):
        return None
    row = _first_figure_row(draft)
    full = [sum(bool(c.words) for c in draft.cells if c.row == r) for r in range(draft.rows)]
    stretches: list[Theme] = []
    crooked, least = False, 0
    for label in labels:
        while stretches and row < draft.rows and full[row] < least:
            row += 1  # the total of the rows above
        if row >= draft.rows:
            return None
        middle = (label.top + label.bottom) / 2
        top = min(spans[row])
        off = [abs((top + max(spans[r])) / 2 - middle) for r in range(row, draft.rows)]
        last = row + off.index(min(off))
        if min(off) > MIDWAY * label.words[0].size:
            return None
        crooked = crooked or (last > row and not min(spans[row]) < middle < max(spans[row]))
        stretches.append(Theme(top - 0.5, max(spans[last]) + 0.5, label.words))
        least = min(full[row : last + 1])
        row = last + 1
    if any(full[r] >= least for r in range(row, draft.rows)) or not crooked:
        return None
    return with_themes(draft, stretches)


def _first_figure_row(draft: Draft) -> int:
    rows = [c.row for c in draft.cells if c.column > 1 and holds_figure(c)]
    return min(rows, default=draft.rows)


def without_themes(
    lines: Sequence[Line], placed: Sequence[Placed], themes: Sequence[Theme]
) -> tuple[list[Line], list[Placed]]:
    """The lines and placed chunks without the words of the themes."""
    taken = {id(w) for theme in themes for w in theme.words}
    kept: list[Line] = []
    number: dict[int, int] = {}
    same: dict[int, Chunk] = {}
    for i, line in enumerate(lines):
        chunks = [c for c in line.chunks if id(c.words[0]) not in taken]
        if chunks:
            number[i] = len(kept)
            kept.append(line if len(chunks) == len(line.chunks) else Line(chunks))
            same.update((id(c), c) for c in chunks)
    return kept, [
        Placed(number[p.line], p.first, p.last, p.chunk) for p in placed if id(p.chunk) in same
    ]


def beside_themes(placed: Sequence[Placed]) -> list[Placed]:
    """The chunks as if the column of themes were not there, for the division into rows."""
    return [Placed(p.line, max(0, p.first - 1), max(0, p.last - 1), p.chunk) for p in placed]


def turned_themes(
    page: Page, across: Sequence[Ruling], box: Box, columns: Sequence[Stretch]
) -> list[Theme]:
    """The labels printed sideways left of a box or in its first column, each as far as its fill
    or rules show."""
    end = columns[1][0] if len(columns) > 1 else box.x0
    turned = [
        w
        for w in page.words
        if w.angle
        and box.x0 - TURNED_AWAY < w.box.x0 < w.box.x1 < end + 1
        and box.top < (w.box.top + w.box.bottom) / 2 < box.bottom
    ]
    if not turned:
        return []
    left, right = min(w.box.x0 for w in turned), max(w.box.x1 for w in turned)
    words = (w for w in page.words if not w.angle and box.top < w.box.top < box.bottom)
    beside = min((w.box.x0 for w in words if w.box.x0 > right - 1), default=box.x1)
    fills = {
        (f.box.top, f.box.bottom)
        for f in page.fills
        if is_shading(f, page) and f.box.x0 < left and f.box.x1 < beside + 4
    }
    ends = [r.at for r in across if r.start < left and r.end > beside + 20]
    stretches = sorted(fills) or list(itertools.pairwise(ends))
    themes = []
    for top, bottom in stretches:
        own = [w for w in turned if top < (w.box.top + w.box.bottom) / 2 < bottom]
        if own:
            themes.append(Theme(top, bottom, own))
    return themes if sum(len(t.words) for t in themes) == len(turned) else []


def beside_turned(draft: Draft, themes: Sequence[Theme]) -> Draft | None:
    """The draft with a first column of labels printed sideways; None where that cannot be.

    Labels of headings and totals, which begin where those do, stay in the first column.
    """
    left = min(w.box.x0 for t in themes for w in t.words)
    right = max(w.box.x1 for t in themes for w in t.words)
    first = [c for c in draft.cells if c.column == 0 and c.words]
    if all(min(w.box.x0 for w in c.words) < right for c in first):
        return with_themes(draft, themes)  # that column is there
    cells = []
    for cell in draft.cells:
        if cell.column or not cell.words or min(w.box.x0 for w in cell.words) > right - 1:
            cells.append(replace(cell, column=cell.column + 1))
        else:
            over = cell.column_span > 1 or max(w.box.x1 for w in cell.words) > right
            cells.append(replace(cell, column_span=cell.column_span + over))
    xs = [left, *draft.xs] if draft.xs[0] > right - 1 else [draft.xs[0], right + 1, *draft.xs[1:]]
    return with_themes(replace(draft, xs=xs, cells=cells), themes)


def with_themes(draft: Draft, themes: Sequence[Theme]) -> Draft | None:
    """The draft with each theme in one cell beside its rows; None where that cannot be."""
    middles: list[list[float]] = [[] for _ in range(draft.rows)]
    taken = set()
    for cell in draft.cells:
        middles[cell.row] += [(w.box.top + w.box.bottom) / 2 for w in cell.words]
        if cell.column == 0:
            taken.add(cell.row)
    for theme in themes:
        own = [
            row
            for row, ys in enumerate(middles)
            if ys and theme.top < (min(ys) + max(ys)) / 2 < theme.bottom
        ]
        if not own or any(row in taken for row in range(own[0], own[-1] + 1)):
            return None
        draft.cells.append(DraftCell(own[0], 0, own[-1] - own[0] + 1, 1, None, theme.words))
        taken.update(own)
    draft.cells.sort(key=lambda c: (c.row, c.column))
    return draft
