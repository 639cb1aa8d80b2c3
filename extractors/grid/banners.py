"""Lines of another type read into a row, put into a row of their own.

Where rows stand close and nothing is drawn between them, a banner looks like a line of the label
next to it, or of the first heading, and the rest of a cut row like a line of the headings over it.
It is set in another type, or need not be in another line, and stands level with nothing.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.grid.draft import Draft, DraftCell, box_around
from extractors.grid.lines import Line, holds_figures, page_lines
from extractors.model import Word

FEW = 0.4  # share of rows: where more change their type, each cell says two things
SLACK = 0.3  # em by which lines that are set close reach into one another

_Look = tuple[bool, tuple[int, int, int]]


def banners_apart(draft: Draft) -> Draft:
    """The draft with the banners in its first column's cells, and what stands under its headings
    in another type, in rows of their own."""
    rows: list[list[DraftCell]] = [[] for _ in range(draft.rows)]
    for cell in draft.cells:
        if cell.words and cell.row_span == 1:
            rows[cell.row].append(cell)
    heads = next((n for n, own in enumerate(rows) if any(map(_has_figure, own))), draft.rows)
    firsts = [own[0].words for own in rows[heads:] if len(own) > 1 and own[0].column == 0]
    looks = Counter(_look(words[0]) for words in firsts)
    changing = sum(len({_look(w) for w in words}) > 1 for words in firsts)
    few = changing <= FEW * len(firsts)
    usual = looks.most_common(1)[0][0] if looks and few else None
    found: dict[int, float] = {}
    for n, own in enumerate(rows):
        if len(own) < 2:
            continue
        if n < max(heads, 1):  # even where the first row of figures is read into them
            y = _end_of_headings([w for cell in own for w in cell.words])
            if y is None and own[0].column == 0 and _has_banner(rows[n + 1 :], own[0].words[0]):
                others = [w for cell in own[1:] for w in cell.words]
                y = _unforced_break(own[0], others, draft.xs[1])
        elif usual and own[0].column == 0:
            y = _edge_of_banner(own[0], [w for cell in own[1:] for w in cell.words], usual)
        else:
            y = None
        if y is not None:
            found[n] = y
    return _parted(draft, found) if found else draft


def _end_of_headings(words: Sequence[Word]) -> float | None:
    """Where headings that are set in one type end, if words in another stand under them all."""
    look = _look(min(words, key=lambda w: w.box.top))
    heads = [w for w in words if _look(w) == look]
    return _between(heads, [w for w in words if _look(w) != look])


def _has_banner(rows: Sequence[Sequence[DraftCell]], like: Word) -> bool:
    """Whether one of the rows is a lone label in the type of a word."""
    return any(
        len(own) == 1 and own[0].column == 0 and {_look(w) for w in own[0].words} == {_look(like)}
        for own in rows
    )


def _unforced_break(heading: DraftCell, others: Sequence[Word], right: float) -> float | None:
    """Where a heading would go on in another line though that line's first word fits beside it.

    A heading is broken where it does not fit its column, which ends at `right`; what stands under
    the `others` and need not be there is the first banner.
    """
    lines = page_lines(heading.words)
    for above, below in itertools.pairwise(lines):
        word = below.chunks[0].words[0]
        fits = above.x1 + (word.box.x1 - word.box.x0) + above.size < right
        if fits and word.text[:1].isupper():
            return _between([*_words_of(above), *others], _words_of(below))
    return None


def _words_of(line: Line) -> list[Word]:
    return [w for chunk in line.chunks for w in chunk.words]


def _edge_of_banner(label: DraftCell, others: Sequence[Word], usual: _Look) -> float | None:
    """Where a label and a banner meet that stands over or under it and all the `others`."""
    lines = [_words_of(line) for line in page_lines(label.words)]
    plain = [w for line in lines for w in line if _look(w) == usual]
    banner = [w for line in lines if all(_look(w) != usual for w in line) for w in line]
    if not plain or len(plain) + len(banner) < len(label.words):
        return None
    beside = [*plain, *others]
    below, above = _between(beside, banner), _between(banner, beside)
    return below if below is not None else above


def _between(above: Sequence[Word], below: Sequence[Word]) -> float | None:
    """The height midway between words, if there are such and the one stand under the others."""
    if not above or not below:
        return None
    bottom, top = box_around(above).bottom, box_around(below).top
    return (bottom + top) / 2 if top > bottom - SLACK * below[0].size else None


def _parted(draft: Draft, found: dict[int, float]) -> Draft:
    """The draft with the rows in `found` in two, at the given heights."""
    ys, start = [draft.ys[0]], {}
    for row, bottom in enumerate(draft.ys[1:]):
        start[row] = len(ys) - 1
        if row in found:
            ys.append(max(ys[-1] + 0.1, found[row]))
        ys.append(max(ys[-1] + 0.1, bottom))
    start[draft.rows] = len(ys) - 1
    cells = []
    for cell in draft.cells:
        row, y = start[cell.row], found.get(cell.row)
        span = start[cell.row + cell.row_span] - row
        if y is None or cell.row_span > 1:
            cells.append(replace(cell, row=row, row_span=span))
            continue
        for n, words in enumerate(_halves(cell.words, y)):
            if words:
                cells.append(replace(cell, row=row + n, words=words))
    cells.sort(key=lambda c: (c.row, c.column))
    return replace(draft, ys=ys, cells=cells)


def _halves(words: Iterable[Word], y: float) -> tuple[list[Word], list[Word]]:
    halves: tuple[list[Word], list[Word]] = ([], [])
    for word in words:
        halves[(word.box.top + word.box.bottom) / 2 > y].append(word)
    return halves


def _look(word: Word) -> _Look:
    return word.bold, word.colour


def _has_figure(cell: DraftCell) -> bool:
    return any(holds_figures(line) for line in page_lines(cell.words))
