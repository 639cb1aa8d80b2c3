"""Readings of one place that begin or end elsewhere: which of them holds the whole table.

Each rule moves scores by what is no matter of degree; see `settled`.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence, Set

from extractors.grid.agreement import divides_alike, figure_heights, hold_figures_of
from extractors.grid.choice import ENOUGH, NEARLY
from extractors.grid.draft import Draft, DraftCell, holds_figure, text_of
from extractors.grid.printed import is_money, is_year

SENTENCE = 25  # words of a cell that is a paragraph of running text
WORDS = 9  # words of a lone line under a title that is running text, at least
NEXT_ROW = 1.6  # of the usual distance between figures: a page number stands further off


def heed_text_above(drafts: Sequence[Draft]) -> None:
    """Moves down the readings that hold running text over the headings at which another begins."""
    for draft in drafts:
        if draft.rows < 3 or draft.score <= ENOUGH:
            continue
        long_ = [c for c in draft.cells if c.row < draft.rows / 2 and len(c.words) > SENTENCE]
        if not long_:
            continue
        over = Counter(c.row for c in draft.cells if c.words and c.row < long_[0].row)
        if any(count > 2 for count in over.values()):
            continue  # the text stands under the headings, as a note does
        foot = max(w.box.bottom for c in long_ for w in c.words)
        for below in drafts:
            if (
                below.score > draft.score - NEARLY
                and below.columns >= draft.columns
                and foot < below.ys[0] + 2
                and below.rows > 2
                and hold_figures_of([below], draft)
            ):
                draft.score -= 0.5
                break


def heed_headings_within(drafts: Sequence[Draft]) -> None:
    """Moves down the readings that lie over the title and headings at which another table begins.

    Headings that repeat the first row go on with the table.
    """
    for draft in drafts:
        start = _other_headings(draft) if draft.score > ENOUGH else None
        if start is None:
            continue
        names = _said(draft, start)
        if any(
            below.ys[0] > draft.ys[start - 1]
            and _said(below, 0) == names
            and below.score > draft.score - 2 * NEARLY
            # One heading may stand over two columns of the table above.
            and draft.columns - 2 < below.columns <= draft.columns
            and abs(_foot(below) - _foot(draft)) < 6
            for below in drafts
        ):
            draft.score -= 0.5


def _said(draft: Draft, row: int) -> str:
    return "".join(w.text for c in draft.cells if c.row == row for w in c.words)


def _other_headings(draft: Draft) -> int | None:
    """The row of a draft that names its columns under a lone title, if there is one further down
    and it does not repeat the first row: in bold words, or under running text after the title."""
    rows: list[list[DraftCell]] = [[] for _ in range(draft.rows)]
    for cell in draft.cells:
        if cell.words:
            rows[cell.row].append(cell)
    first = [text_of(c) for c in rows[0]] if rows else []
    for row in range(2, draft.rows - 1):
        cells, above = rows[row], _lone_rows_above(rows, row)
        if (
            len(cells) > 2
            and any(_is_bold(own) for own in above)
            and (_is_bold(cells) or any(len(own[0].words) > WORDS for own in above))
            and not any(holds_figure(c) for c in cells)
            and [text_of(c) for c in cells] != first
        ):
            return row
    return None


def _lone_rows_above(rows: Sequence[list[DraftCell]], row: int) -> list[list[DraftCell]]:
    """The few rows above that have one cell each: a title, and lines of words under it."""
    above = rows[max(0, row - 4) : row]
    return [own for n, own in enumerate(above) if all(len(r) == 1 for r in above[n:])]


def _is_bold(cells: Sequence[DraftCell]) -> bool:
    return all(w.bold for c in cells for w in c.words)


def heed_figures_left_out(drafts: Sequence[Draft]) -> None:
    """Moves down the readings that leave out a few rows of figures, where another with as many
    columns has them and promises nearly as much."""
    known: dict[int, Counter[int]] = {}

    def heights(draft: Draft) -> Counter[int]:
        if id(draft) not in known:
            known[id(draft)] = Counter(map(round, figure_heights(draft)))
        return known[id(draft)]

    for draft in drafts:
        for whole in drafts:
            if (
                whole.columns == draft.columns
                and ENOUGH < whole.score <= draft.score < whole.score + NEARLY
                and whole.ys[0] < draft.ys[0] + 6
                and whole.ys[-1] > draft.ys[-1] - 6
                and whole.ys[-1] - whole.ys[0] > draft.ys[-1] - draft.ys[0] + 6
                and whole.facts["stacked"] + whole.facts["mixed"] == 0
                and _has_a_few_more(
                    heights(whole), heights(draft), whole.rows - draft.rows, _full_rows(whole)
                )
                and _other_headings(whole) is None
            ):
                draft.score = whole.score - 0.01


def _full_rows(draft: Draft) -> set[int]:
    """The heights of rows that fill nearly all columns and hold money, be it no bare figure: `up to
    15,000`."""
    filled: dict[int, list[float]] = {}
    paying = set()
    for cell in draft.cells:
        if cell.words:
            filled.setdefault(cell.row, []).append(cell.words[0].box.top + 1)
            if any(is_money(word.text) for word in cell.words):
                paying.add(cell.row)
    full = [row for row, tops in filled.items() if len(tops) > 0.7 * draft.columns]
    return {round(max(filled[row])) for row in full if row in paying}


def _has_a_few_more(
    theirs: Counter[int], own: Counter[int], more_rows: int, full_rows: Set[int]
) -> bool:
    """Whether there are rows of figures besides a reading's own, as near and as full as these.

    The counts are figures by their height on the page, `full_rows` where rows stand whatever their
    cells hold. A page number at the foot is no such row, nor is another table.
    """
    more = {y for y in theirs if not any(abs(y - z) < 3 for z in own)}
    if not 0 < len(more) <= 0.5 * len(own) or more_rows > len(more) + 4:
        return False
    steps = sorted(b - a for a, b in itertools.pairwise(sorted(own))) or [0]
    far = NEXT_ROW * steps[len(steps) // 2]
    span = itertools.pairwise(sorted({*own, *more, *full_rows}))
    full = sorted(own.values())[len(own) // 2]
    return all(b - a < far for a, b in span if a in more or b in more) and all(
        2 * theirs[y] > full for y in more
    )


def heed_headings(drafts: Sequence[Draft]) -> None:
    """Moves up the readings that keep the headings over a table that others begin below them."""
    best: dict[tuple[int, int], Draft] = {}
    keys = {id(draft): (draft.columns, round(_foot(draft) / 4)) for draft in drafts}
    for draft in drafts:
        key = keys[id(draft)]
        if key not in best or draft.score > best[key].score:
            best[key] = draft
    for draft in drafts:
        below = best[keys[id(draft)]]
        if draft is below or draft.box.top > below.box.top - 4:
            continue
        if not divides_alike(draft.xs, below):
            continue
        bare = _bare_row(below)
        if draft.rows == below.rows and _keeps_more_headings(draft, below):
            draft.score = max(draft.score, below.score + 0.02)
            continue
        line = below.ys[bare if bare is not None else 0] + 6
        above = sum(y < line for y in draft.ys[1:])
        body = below.rows - (bare or 0)
        if not 0 < above <= 5 or draft.rows - above not in (body, body - 1):
            continue
        top = [c for c in draft.cells if draft.ys[c.row + 1] < line and c.words]
        first = [c for c in top if c.row == 0]
        texts = [" ".join(w.text for w in c.words) for c in top]
        if not first or not all(len(t) < 45 for t in texts):
            continue
        years = sum(is_year(w.text) for c in first for w in c.words) >= max(1, len(first) - 1)
        named = len({c.column for c in top}) > 0.6 * draft.columns and len(top) > 1
        # `Indicative` over the columns of some years, none over the first.
        over_some = all(c.column > 0 and c.column_span > 1 for c in first)
        if (
            years
            or over_some
            or (named and not any(holds_figure(c) for c in top) and bare is not None)
        ):
            draft.score = max(draft.score, below.score + 0.02)


def _foot(draft: Draft) -> float:
    """Where the words of the last row end: a drawn frame reaches further."""
    last = draft.rows - 1
    ends = [w.box.bottom for c in draft.cells if c.row + c.row_span > last for w in c.words]
    return max(ends, default=draft.box.bottom)


def _bare_row(draft: Draft) -> int | None:
    """The first row of several cells, where figures stand in it: nothing names the columns."""
    for row in range(min(draft.rows, 4)):
        cells = [c for c in draft.cells if c.row == row and c.words]
        if len(cells) > 1:
            return row if any(holds_figure(c) for c in cells) else None
    return None


def _keeps_more_headings(draft: Draft, below: Draft) -> bool:
    """Whether the first row of a draft has the lines that another one leaves out above its own."""
    first, theirs = (
        [c for c in d.cells if c.row == 0 and c.words and c.column_span == 1]
        for d in (draft, below)
    )
    counts = {c.column: len(c.words) for c in theirs}
    gained = [c for c in first if len(c.words) > counts.get(c.column, 0)]
    # A title over a heading would be words of that one cell alone.
    more = len(gained) > 1 or any(is_year(w.text) for c in gained for w in c.words)
    size = max((w.size for c in first for w in c.words), default=0.0)
    return (
        more
        and below.ys[0] - draft.ys[0] < 2.5 * size
        and {c.column for c in first} >= {c.column for c in theirs}
        and len(theirs) > 2
        and not any(holds_figure(c) for c in first)
        and all(len(c.words) < 8 for c in first)
    )
