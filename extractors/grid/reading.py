"""From pages to tables: candidates, choice, heading rows, joins over pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.grid.agreement import area, overlap
from extractors.grid.banners import banners_apart
from extractors.grid.before import with_headings_before
from extractors.grid.boxes import read_boxes
from extractors.grid.candidates import candidates
from extractors.grid.cards import labels_of, read_cards
from extractors.grid.cells import finished_cell, overflowing_joined, row_looks
from extractors.grid.centred import join_centred
from extractors.grid.choice import choose, reasons
from extractors.grid.chooser import promises
from extractors.grid.draft import Draft, completed, within
from extractors.grid.headings import header_rows
from extractors.grid.joins import Grid, Growing, begin, continues, extend, repeated
from extractors.grid.lines import Line, page_lines
from extractors.grid.rest import rest_of_table
from extractors.grid.running import without_running
from extractors.grid.settled import Unfinished, settle
from extractors.grid.shading import goes_over, shade_bands
from extractors.grid.sound import is_label_lines, is_sound, label_lines
from extractors.grid.strips import is_strip, widen
from extractors.grid.text_columns import parts_of, text_columns
from extractors.model import CARDS, Box, Cell, Page, Place

# What the tables of a page are read from beside itself: its number, and what the page before
# leaves open, as the column borders of a table that reaches its foot and the labels of cards.
Turn = tuple[int, Unfinished | None, frozenset[str]]
NOTHING_KNOWN: Mapping[Turn, list[Grid]] = {}
MARGIN = 0.085  # share of the page's height in which lone lines are furniture


@dataclass(frozen=True, slots=True)
class GridTable:
    """A table as this room reads it: all of `model.Table` save titles, number and notes.

    `regions` are the places it covers, one per page, top to bottom; `grids` the page pieces
    that were joined, for whoever wants the other readings of one of them.
    """

    row_count: int
    column_count: int
    cells: tuple[Cell, ...]
    header_rows: int
    repeated_headers: int
    joined_rows: tuple[int, ...]
    reader: str
    reasons: tuple[str, ...]
    regions: tuple[Place, ...]
    grids: tuple[Grid, ...]


def judged(
    page: Page,
    expected: Unfinished | None = None,
    thorough: bool = False,
    known: list[Line] | None = None,
) -> list[Draft]:
    """All drafts of a page with their facts and scores.

    `expected` is a table that reaches the foot of the page before, `known` are the lines of the
    page's upright words.
    """
    drafts = candidates(page, thorough, known, expected.xs if expected else ())
    for draft, score in zip(drafts, promises(drafts), strict=True):
        draft.score = score
    settle(drafts, expected)
    return drafts


def finished(draft: Draft, page: Page, rivals: int) -> Grid:
    """A chosen draft with its cells' texts and heading rows."""
    if "/" in draft.reader:  # a drawn grid shows itself where its rows end
        draft = banners_apart(draft)
    whole = overflowing_joined(completed(draft))
    cells = tuple(finished_cell(c, page.number, page.fills) for c in whole)
    headings = header_rows(cells, draft.rows, draft.columns)
    if "/" in draft.reader:  # a drawn grid shows itself which rows a label joins
        cells = join_centred(cells, draft.ys, headings)
    return Grid(
        page.number,
        draft.box,
        tuple(draft.xs),
        tuple(draft.ys),
        cells,
        headings,
        draft.reader,
        round(draft.score, 3),
        reasons(draft, rivals),
        looks=row_looks(draft.cells, draft.rows, page.fills),
    )


def read_page(
    page: Page, expected: Unfinished | None = None, labels: frozenset[str] = frozenset()
) -> list[Grid]:
    """The tables of one page, in reading order, not joined to those of other pages.

    `expected` is a table that reaches the foot of the page before, `labels` those of the cards on
    it.
    """
    lines = page_lines(w for w in page.words if w.angle == 0)
    halves = text_columns(page, lines)
    if halves is None or read_cards(page, lines, labels) or read_boxes(page):
        return _read_part(page, lines, expected, labels)
    grids: list[Grid] = []
    open_: Grid | None = None  # a table that reaches the foot of the column before
    for part in parts_of(page, halves):
        own = page_lines(w for w in part.words if w.angle == 0)
        if not own:
            continue
        ahead = _unfinished(open_) if open_ else expected
        found = _read_part(part, own, ahead, labels)
        if open_ and found and _goes_on(open_, found[0], own):
            found[0] = replace(found[0], goes_on=True)
        grids += found
        expected = None
        last = found[-1] if found else None
        open_ = last if last and not any(x.top > last.box.bottom - 2 for x in own) else None
    return grids


def _goes_on(grid: Grid, following: Grid, lines: Sequence[Line]) -> bool:
    """Whether a table goes on at the head of the next column of text: as wide, as many columns, and
    no headings but its own."""
    above = any(x.bottom < following.box.top + 2 for x in lines)
    wide, other = (g.box.x1 - g.box.x0 for g in (grid, following))
    alike = grid.column_count == following.column_count and abs(wide - other) < 0.08 * wide
    headed = following.header_rows > 0 and not repeated(begin(grid), following)
    return alike and not above and not headed


def _read_part(
    page: Page, lines: list[Line], expected: Unfinished | None, labels: frozenset[str]
) -> list[Grid]:
    """The tables of a page, or of one column of it, with these lines."""
    cards = read_cards(page, lines, labels) or read_boxes(page)
    if cards and _are_cells(cards, page, lines):
        cards = []
    for grid in cards:
        taken = {id(w) for w in within(page.words, grid.box)}
        page = replace(page, words=tuple(w for w in page.words if id(w) not in taken))
    drafts = judged(page, expected, known=None if cards else lines)
    if labelled := label_lines(lines):
        drafts = [d for d in drafts if not is_label_lines(d, lines, labelled)]
    if cards:
        drafts = [d for d in drafts if is_sound(d) or not _among(d.box, cards)]
    grids = [finished(d, page, _rivals(d, drafts)) for d in choose(drafts)]
    rest = rest_of_table(page, expected.xs) if expected else None
    if rest:
        same = [g for g in grids if overlap(g.box, rest.box)]
        if all(
            _lies_in(g.box, rest.box)
            and (g.column_count != rest.column_count or goes_beyond(rest, g))
            for g in same
        ):
            grids = [rest, *(g for g in grids if g not in same)]
    return sorted([*cards, *grids], key=lambda g: (g.box.top, g.box.x0)) if cards else grids


def goes_beyond(rest: Grid, grid: Grid) -> bool:
    """Whether the rows that end the table before are those of a grid of its columns and one or two
    more below it, as total rows stand apart."""
    below = [y for y in rest.ys[:-1] if y > grid.box.bottom - 3]
    level = len(rest.ys) - 1 - len(below)
    return 0 < len(below) < 3 and level <= grid.row_count + 1


def _are_cells(cards: Sequence[Grid], page: Page, lines: list[Line]) -> bool:
    """Whether what looks like cards are the wrapped cells of a table of several columns, drawn or
    with rows of shading that go on beside them."""
    for box in (g.box for g in cards):
        bands = [b for b in shade_bands(page) if b.top < box.bottom and b.bottom > box.top]
        if any(goes_over(bands, x, lines) for x in (box.x0 - 1, box.x1 + 1)):
            return True
    return any(
        d.rows > 3 and d.columns > 2 and d.facts["number_columns"] and is_sound(d)
        and any(_lies_in(g.box, d.box) for g in cards)
        for d in judged(page, known=lines)
    )  # fmt: skip


def _among(box: Box, cards: Sequence[Grid]) -> bool:
    """Whether a box stands between cards or over them: what is left there are headings, totals."""
    top, bottom = min(g.box.top for g in cards), max(g.box.bottom for g in cards)
    between = top < box.top and box.bottom < bottom
    return between or any(overlap(box, g.box) for g in cards)


def _lies_in(box: Box, other: Box) -> bool:
    return overlap(box, other) > 0.6 * area(box)


def _rivals(draft: Draft, drafts: Sequence[Draft]) -> int:
    return sum(1 for d in drafts if d is not draft and overlap(d.box, draft.box) > 0)


def alternatives(page: Page, region: Box, least: float = 0.5) -> list[Grid]:
    """Other readings of a region, most promising first, each named with its reasons.

    A reading counts where it shares at least `least` of the larger of the two areas; equal
    grids are given once.
    """
    drafts = judged(page, thorough=True)
    near = [d for d in drafts if overlap(d.box, region) >= least * max(area(d.box), area(region))]
    near.sort(key=lambda d: (-d.score, d.reader))
    grids: list[Grid] = []
    seen: set[tuple[tuple[int, int, str], ...]] = set()
    for draft in near:
        grid = finished(draft, page, len(near) - 1)
        print_ = tuple((c.row, c.column, c.text) for c in grid.cells if c.text)
        if print_ not in seen:
            seen.add(print_)
            grids.append(grid)
    return grids


@dataclass(frozen=True, slots=True)
class _Margin:
    """Lines outside the tables of a page, as (top, bottom, text without digits).

    `foot` are the last of them above the margin, under the last table.
    """

    page: int
    height: float
    lines: tuple[tuple[float, float, str], ...]
    foot: tuple[Line, ...] = ()


def _margin(page: Page, lines: Sequence[Line]) -> _Margin:
    return _Margin(
        page.number,
        page.height,
        tuple(
            (x.top, x.bottom, re.sub(r"\d+", "#", " ".join(c.text for c in x.chunks)))
            for x in lines
        ),
    )


def _furniture(margin: _Margin, others: Sequence[_Margin]) -> set[int]:
    """Indices of the lines that are page furniture: they come again at the same height on
    a neighbouring page, or stand alone in the margin and are short."""
    found: set[int] = set()
    for i, (top, bottom, text) in enumerate(margin.lines):
        edge = bottom < MARGIN * margin.height or top > (1 - MARGIN) * margin.height
        outer = bottom < 0.3 * margin.height or top > 0.7 * margin.height
        again = any(t == text and abs(y - top) < 4 for other in others for y, _, t in other.lines)
        if (outer and again) or (edge and (len(text) < 14 or ("#" in text and len(text) < 90))):
            found.add(i)
    return found


def _alone(grids: Sequence[Grid], margin: _Margin, others: Sequence[_Margin]) -> list[Grid]:
    """The grids with their `alone_above` and `alone_below` set."""
    furniture = _furniture(margin, others)
    result = []
    for i, grid in enumerate(grids):
        above = any(g.box.bottom <= grid.box.top + 2 for j, g in enumerate(grids) if j != i)
        below = any(g.box.top >= grid.box.bottom - 2 for j, g in enumerate(grids) if j != i)
        for k, (top, bottom, _) in enumerate(margin.lines):
            if k in furniture:
                continue
            middle = (top + bottom) / 2
            above = above or middle < grid.box.top
            below = below or middle > grid.box.bottom
        result.append(replace(grid, alone_above=not above, alone_below=not below))
    return result


def read_in_turn(
    pages: Iterable[Page], known: Mapping[Turn, list[Grid]]
) -> Iterator[tuple[Turn, list[Grid], _Margin]]:
    """For each page its turn, its grids and its margin.

    In `known` are grids that somebody else has read already; they count where their turn comes.
    They may be put there while pages are given out, until their own page is.
    """
    expected: Unfinished | None = None
    labels: frozenset[str] = frozenset()
    for page in without_running(pages):
        turn = page.number, expected, labels
        grids = known[turn] if turn in known else read_page(page, expected, labels)
        labels = labels_of(grids)
        outside = [w for w in page.words if not any(g.box.holds_middle(w.box, 1.0) for g in grids)]
        outer = page_lines(outside)
        margin = _margin(page, outer)
        foot = max((g.box.bottom for g in grids), default=0.0)
        below = [x for x in margin.lines if x[0] > foot and x[1] < (1 - MARGIN) * page.height]
        expected = _unfinished(grids[-1]) if grids and not below else None
        last = [x for x in outer if x.top > foot and x.bottom < (1 - MARGIN) * page.height]
        yield turn, grids, replace(margin, foot=tuple(last[-5:]))


def _unfinished(grid: Grid) -> Unfinished:
    return Unfinished(grid.xs, grid.reader.split("/")[-1])


def read_grids(
    pages: Iterable[Page], known: Mapping[Turn, list[Grid]] = NOTHING_KNOWN
) -> Iterator[list[Grid]]:
    """For each page its grids, knowing which stand alone on it; two pages are held at a time."""
    waiting: tuple[list[Grid], _Margin] | None = None
    before: _Margin | None = None
    for _, grids, margin in read_in_turn(pages, known):
        if waiting is not None and grids:
            first = with_headings_before(grids[0], waiting[1].page, waiting[1].foot)
            grids = [first, *grids[1:]]
        if waiting is not None:
            neighbours = [m for m in (before, margin) if m is not None]
            yield _alone(waiting[0], waiting[1], neighbours)
            before = waiting[1]
        waiting = (grids, margin)
    if waiting is not None:
        yield _alone(waiting[0], waiting[1], [before] if before is not None else [])


def read_tables(
    pages: Iterable[Page], known: Mapping[Turn, list[Grid]] = NOTHING_KNOWN
) -> list[GridTable]:
    """The document's tables in reading order, each joined over its pages.

    For `known` see `read_in_turn`.
    """
    by_page = [grids for grids in read_grids(pages, known) if grids]
    tables: list[Growing] = []
    for grids in _unstripped(by_page):
        for i, grid in enumerate(grids):
            # Only cards may stand beside others over a page break: in two languages.
            open_ = tables if grid.reader == CARDS else tables[-1:] if i == 0 else []
            table = next((t for t in reversed(open_) if continues(t, grid)), None)
            if grid.goes_on:
                table = tables[-1]
            if table:
                extend(table, grid)
            else:
                tables.append(begin(grid))
    return [_table(t) for t in tables]


def _unstripped(by_page: list[list[Grid]]) -> list[list[Grid]]:
    """Pages on which columns go on from earlier pages put beside those (printed in strips)."""
    pages = list(by_page)
    i = 0
    while i < len(pages):
        for width in range(1, min(40, len(pages) - i)):
            block = pages[i : i + width]
            strip = pages[i + width : i + 2 * width]
            if len(strip) < width or not all(
                len(a) == 1 and len(b) == 1 and is_strip(a[0], b[0])
                for a, b in zip(block, strip, strict=True)
            ):
                continue
            pages[i : i + 2 * width] = [
                [widen(a[0], b[0])] for a, b in zip(block, strip, strict=True)
            ]
            break
        else:
            i += 1
    return pages


def _table(growing: Growing) -> GridTable:
    first = growing.grids[0]
    said = list(first.reasons)
    if len(growing.grids) > 1:
        said.append(f"joined over {len(growing.grids)} pages: same columns, nothing between")
    return GridTable(
        growing.row_count,
        growing.column_count,
        tuple(sorted(growing.cells, key=lambda c: (c.row, c.column))),
        growing.header_rows,
        growing.repeated_headers,
        tuple(growing.joined_rows),
        first.reader,
        tuple(said),
        tuple(Place(g.page, g.box) for g in growing.grids),
        tuple(growing.grids),
    )


__all__ = ["GridTable", "alternatives", "read_grids", "read_page", "read_tables", "within"]
