"""Which drafts of a page are its tables: judged by evidence, best first, none overlapping."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from extractors.grid.agreement import area, overlap
from extractors.grid.draft import Draft, DraftCell
from extractors.grid.printed import CURRENCY, is_numeric, is_year
from extractors.grid.sound import is_ruled_off, is_sound

NEARLY = 0.1  # how much more one reading may promise than another that is surely better
SENTENCE = 25  # words of a cell that is a paragraph of running text
NEXT_ROW = 1.6  # of the usual distance between figures: a page number stands further off
HEADINGS_APART = 2.0  # em of white space that no words of one heading have between them
ENOUGH = 0.45  # a draft that promises less is no table


class Unfinished(NamedTuple):
    """A table that reaches the foot of a page: its column borders, and how its rows were told."""

    xs: tuple[float, ...]
    division: str


def settle(drafts: Sequence[Draft], expected: Unfinished | None = None) -> None:
    """Moves the drafts' scores by what is no matter of degree, so no tree weighs it.

    No cell reaches through a drawn wall. A grid that is drawn in full, with one figure to a
    cell and text in most of them, is a table, and no reading of its text alone is better.
    `expected` is a table that reaches the foot of the page before: a grid with its columns at the
    head of this page goes on with it.
    """
    sound = [d for d in drafts if is_sound(d)]
    for draft in drafts:
        facts = draft.facts
        draft.score -= min(0.6, 3 * facts["walled"])
        if facts["bulleted"] > 0.25 and not facts["ruled_columns"] and not facts["numbers"]:
            draft.score -= 0.5  # lists side by side
        if any(d is draft for d in sound):
            draft.score = max(draft.score, 0.55 + 0.1 * facts["filled"])
            continue
        for other in sound:
            shared = overlap(draft.box, other.box)
            if shared > 0.5 * area(draft.box):
                draft.score -= 0.3
                break
    if not sound:
        _heed_lines(drafts)
    _heed_rivals(drafts)
    _heed_headings(drafts)
    _heed_stripes(drafts)
    _heed_twins(drafts)
    _heed_text_above(drafts)
    _heed_headings_within(drafts)
    _heed_figures_left_out(drafts)
    halves = [d for d in drafts if d.reader.startswith("uneven")]
    for draft in drafts:
        if not draft.reader.startswith("uneven"):
            # What stands at different heights left and right is two tables, not one.
            inside = [h for h in halves if overlap(h.box, draft.box) > 0.9 * area(h.box)]
            if inside and area(draft.box) > 1.3 * max(area(h.box) for h in inside):
                draft.score -= 0.45
        else:
            draft.score += 0.15
    if expected is None:
        return
    top = min((d.box.top for d in drafts), default=0.0)
    going_on = [d for d in drafts if d.box.top < top + 40 and _has_columns(d, expected.xs)]
    foot = max((d.box.bottom for d in going_on), default=0.0)
    for draft in going_on:
        drawn = draft.facts["is_ruled"] + draft.facts["is_shaded"]
        draft.score = max(draft.score + 0.15, 0.6 if drawn else 0.0)
    for draft in going_on:
        # Too few rows to weigh: they are told as those before, or are all ruled off.
        if draft.rows > 8 or draft.facts["stacked"]:
            continue
        rivals = [d for d in going_on if abs(d.box.bottom - draft.box.bottom) < 6]
        best = max(rivals, key=lambda d: d.score)
        alike = draft.reader.split("/")[-1] == expected.division != "lines"
        if alike and draft.facts["lone_rows"] <= best.facts["lone_rows"]:
            draft.score = max(draft.score, best.score + 0.01)
        if 1 < draft.rows < 5 and draft.ruled_rows > 0.99 and draft.box.bottom > foot - 6:
            draft.score += 0.2


def _has_columns(draft: Draft, expected: Sequence[float]) -> bool:
    """Whether a draft has these columns: to the point where they are drawn."""
    drawn = draft.facts["is_ruled"] + draft.facts["is_shaded"]
    return same_columns(expected, draft.xs, 4.0 if drawn else 12.0) or (
        not drawn and draft.columns > 2 and _divides_alike(expected, draft)
    )


def _heed_text_above(drafts: Sequence[Draft]) -> None:
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
                and _has_most_figures(below, draft)
            ):
                draft.score -= 0.5
                break


def _has_most_figures(draft: Draft, other: Draft) -> bool:
    """Whether nearly all figures of another draft stand within this one."""
    middles = _figure_heights(other)
    inside = sum(draft.box.top < y < draft.box.bottom for y in middles)
    return inside >= 0.9 * len(middles)


def _figure_heights(draft: Draft) -> list[float]:
    return [c.words[0].box.top + 1 for c in draft.cells if c.words and _has_figure(c)]


def _heed_headings_within(drafts: Sequence[Draft]) -> None:
    """Moves down the readings that lie over the title and headings at which another table begins.

    Headings that repeat the first row go on with the table.
    """
    for draft in drafts:
        start = _other_headings(draft) if draft.score > ENOUGH else None
        if start is None:
            continue
        names = [_text(c) for c in draft.cells if c.row == start and c.words]
        if any(
            below.ys[0] > draft.ys[start - 1]
            and [_text(c) for c in below.cells if c.row == 0 and c.words] == names
            and below.score > draft.score - 2 * NEARLY
            and below.columns == draft.columns
            and abs(below.ys[-1] - draft.ys[-1]) < 6
            for below in drafts
        ):
            draft.score -= 0.5


def _heed_figures_left_out(drafts: Sequence[Draft]) -> None:
    """Moves down the readings that leave out a few rows of figures, where another with as many
    columns has them and promises nearly as much."""
    known: dict[int, Counter[int]] = {}

    def heights(draft: Draft) -> Counter[int]:
        if id(draft) not in known:
            known[id(draft)] = Counter(map(round, _figure_heights(draft)))
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
                and _has_a_few_more(heights(whole), heights(draft), whole.rows - draft.rows)
                and _other_headings(whole) is None
            ):
                draft.score = whole.score - 0.01


def _has_a_few_more(theirs: Counter[int], own: Counter[int], more_rows: int) -> bool:
    """Whether there are rows of figures besides a reading's own, as near and as full as these.

    The counts are figures by their height on the page. A page number at the foot is no such row,
    nor is another table.
    """
    more = {y for y in theirs if not any(abs(y - z) < 3 for z in own)}
    if not 0 < len(more) <= 0.5 * len(own) or more_rows > len(more) + 4:
        return False
    steps = sorted(b - a for a, b in itertools.pairwise(sorted(own))) or [0]
    far = NEXT_ROW * steps[len(steps) // 2]
    span = itertools.pairwise(sorted({*own, *more}))
    full = sorted(own.values())[len(own) // 2]
    return all(b - a < far for a, b in span if a in more or b in more) and all(
        2 * theirs[y] > full for y in more
    )


def _other_headings(draft: Draft) -> int | None:
    """The row of a draft that names its columns in bold words under a lone title, if there is one
    further down and it does not repeat the first row."""
    rows: list[list[DraftCell]] = [[] for _ in range(draft.rows)]
    for cell in draft.cells:
        if cell.words:
            rows[cell.row].append(cell)
    first = [_text(c) for c in rows[0]] if rows else []
    for row in range(2, draft.rows - 1):
        cells = rows[row]
        if (
            len(cells) > 2
            and any(_is_bold(own) for own in _lone_rows_above(rows, row))
            and _is_bold(cells)
            and not any(_has_figure(c) for c in cells)
            and [_text(c) for c in cells] != first
        ):
            return row
    return None


def _lone_rows_above(rows: Sequence[list[DraftCell]], row: int) -> list[list[DraftCell]]:
    """The one or two rows above that have one cell each: a title, and words under it."""
    above = rows[max(0, row - 2) : row]
    return [own for n, own in enumerate(above) if all(len(r) == 1 for r in above[n:])]


def _is_bold(cells: Sequence[DraftCell]) -> bool:
    return all(w.bold for c in cells for w in c.words)


def _text(cell: DraftCell) -> str:
    return " ".join(w.text for w in cell.words)


def _heed_twins(drafts: Sequence[Draft]) -> None:
    """Moves up tables under headings that come twice in a line, and down what lies over both."""
    twins = [d for d in drafts if d.reader.startswith("twin")]
    for draft in drafts:
        if draft.reader.startswith("twin"):
            draft.score = max(draft.score, 0.6 + 0.1 * draft.score)
            continue
        across = [d for d in twins if overlap(d.box, draft.box) > 0.1 * area(d.box)]
        if any(a.box.x1 < b.box.x0 for a in across for b in across):
            draft.score -= 0.6


def _heed_lines(drafts: Sequence[Draft]) -> None:
    """Moves down the readings that cut rows where a whole table is ruled off row by row."""
    for whole in [d for d in drafts if is_ruled_off(d)]:
        width = whole.box.x1 - whole.box.x0
        rivals = [
            d
            for d in drafts
            if d.rows > whole.rows / 2 and overlap(d.box, whole.box) > 0.5 * area(d.box)
        ]
        if any(d.box.x1 - d.box.x0 > 1.15 * width for d in rivals):
            continue
        cutting = [d for d in rivals if not is_ruled_off(d) and _cuts(d, whole) > 1]
        for rival in cutting:
            rival.score = min(rival.score, whole.score - 0.05)
        if cutting:
            whole.score = max(whole.score, 0.55 + 0.1 * whole.facts["filled"])


def _heed_rivals(drafts: Sequence[Draft]) -> None:
    """Moves down readings of a place that put two sums into a cell, tear a wrapped one, or part
    rows elsewhere than rules or bands of shading do, where another with the same columns does not
    and promises nearly as much."""
    for draft in drafts:
        facts = draft.facts
        for rival in drafts:
            theirs = rival.facts
            if (
                rival is draft
                or rival.columns != draft.columns
                or not rival.score <= draft.score < rival.score + NEARLY
                or theirs["stacked"] > 0
                or theirs["mixed"] > 0
                or any(abs(a - b) > 6 for a, b in zip(rival.xs, draft.xs, strict=True))
                or abs(rival.ys[0] - draft.ys[0]) > 6
                or abs(rival.ys[-1] - draft.ys[-1]) > 6
            ):
                continue
            shaded = (
                rival.rows == draft.rows
                and rival.reader.startswith("bands")
                and not draft.reader.startswith("bands")
            )
            stacked = rival.rows > draft.rows and facts["stacked"] > 0 and _stacks_sums(draft)
            less = facts["no_label"] - theirs["no_label"]  # rows of figures without a label
            torn = (
                rival.rows < draft.rows
                and theirs["splittable"] == 0
                and (
                    less > 0.15
                    or (
                        less >= 0
                        and theirs["rejoinable"] < facts["rejoinable"]
                        and theirs["lone_rows"] < facts["lone_rows"]
                    )
                )
            )
            ruled = (
                rival.rows > 4
                and rival.ruled_rows > 0.99 > draft.ruled_rows
                and (
                    (rival.rows < draft.rows and theirs["no_label"] == 0 < facts["lone_rows"])
                    or (rival.rows == draft.rows and _moved_borders(rival, draft) < 3)
                )
            )
            if stacked or torn or shaded or ruled:
                draft.score = rival.score - 0.01


def _moved_borders(draft: Draft, other: Draft) -> int:
    return sum(abs(a - b) > 3 for a, b in zip(draft.ys, other.ys, strict=True))


def _stacks_sums(draft: Draft) -> bool:
    """True where a cell holds two whole sums; a last digit gone to the next line is none."""
    for cell in draft.cells:
        numbers = [w.text for w in cell.words if is_numeric(w.text)]
        whole = [t for t in numbers if sum(c.isdigit() for c in t) > 2 or "£" in t]
        if len(whole) > 1 and len(whole) == len(numbers):
            return True
    return False


def _heed_headings(drafts: Sequence[Draft]) -> None:
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
        if not _divides_alike(draft.xs, below):
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
            or (named and not any(_has_figure(c) for c in top) and bare is not None)
        ):
            draft.score = max(draft.score, below.score + 0.02)


def _foot(draft: Draft) -> float:
    """Where the words of the last row end: a drawn frame reaches further."""
    last = draft.rows - 1
    ends = [w.box.bottom for c in draft.cells if c.row + c.row_span > last for w in c.words]
    return max(ends, default=draft.box.bottom)


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
        and not any(_has_figure(c) for c in first)
        and all(len(c.words) < 8 for c in first)
    )


def _divides_alike(xs: Sequence[float], draft: Draft) -> bool:
    """True where the draft's words fall into the same columns between these borders.

    Borders read from white space stand anywhere in it.
    """
    if same_columns(xs[1:-1], draft.xs[1:-1], 15.0):
        return True
    if len(xs) != len(draft.xs):
        return False
    moved = [
        (min(a, b), max(a, b)) for a, b in zip(xs[1:-1], draft.xs[1:-1], strict=True) if a != b
    ]
    return not any(
        a < (w.box.x0 + w.box.x1) / 2 < b
        for c in draft.cells
        if c.column_span == 1
        for w in c.words
        for a, b in moved
    )


def _heed_stripes(drafts: Sequence[Draft]) -> None:
    """Moves up the readings that part a column where words begin below each other in every row.

    The narrower the gap between two columns, the more they look like one; but words that
    begin at one place in all rows, on both sides of a free stripe, are two columns.
    """
    for fine in drafts:
        if fine.rows < 6 or fine.facts["straddled"] > 0.03:
            continue
        for coarse in drafts:
            if coarse.score <= fine.score or coarse.score - fine.score > 0.12:
                continue
            if coarse.rows != fine.rows or coarse.columns >= fine.columns:
                continue
            if any(abs(a - b) > 4 for a, b in zip(fine.ys, coarse.ys, strict=True)):
                continue
            new = [x for x in fine.xs if min(abs(x - own) for own in coarse.xs) > 20]
            if len(new) != fine.columns - coarse.columns:
                continue
            if all(_parts(fine, x) for x in new):
                fine.score = coarse.score + 0.02
            elif all(_has_two_headings(fine, x) for x in new):
                coarse.score = fine.score - 0.01


def _parts(draft: Draft, border: float) -> bool:
    """True where the columns on both sides of a border are filled, the right one in line."""
    right = min(range(draft.columns), key=lambda i: abs(draft.xs[i] - border))
    sides = [
        [c for c in draft.cells if c.column == column and c.column_span == 1 and c.words]
        for column in (right - 1, right)
    ]
    if right == 0 or min(len(side) for side in sides) < 0.6 * draft.rows:
        return False
    if all(w.text in CURRENCY for c in sides[0] for w in c.words):
        return False  # a pound sign far left of its sum
    if {0} != {0} & {c.row for c in sides[0]} & {c.row for c in sides[1]}:
        return False  # each column has its heading
    lefts = sorted(min(w.box.x0 for w in c.words) for c in sides[1])
    middle = lefts[len(lefts) // 2]
    ends = [max(w.box.x1 for w in c.words) for c in sides[0]]
    size = max(w.size for c in sides[1] for w in c.words)
    if middle - max(ends) < 0.38 * size:
        # No wider than the space between two words, save that most rows end well before it.
        wide = sum(middle - end > size for end in ends)
        if middle - max(ends) < 0.1 * size or wide < 0.6 * len(ends):
            return False
    return sum(abs(x - middle) < 1.5 for x in lefts) > 0.85 * len(lefts)


def _has_two_headings(draft: Draft, border: float) -> bool:
    """True where headings stand wide apart on both sides of a border, over themes or not."""
    right = min(range(draft.columns), key=lambda i: abs(draft.xs[i] - border))
    heads = [c for c in draft.cells if c.row == 0 and c.column in (right - 1, right) and c.words]
    if len(heads) != 2 or any(_has_figure(c) or c.column_span > 1 for c in heads):
        return False
    (left, other), size = (c.words for c in heads), heads[0].words[0].size
    return min(w.box.x0 for w in other) - max(w.box.x1 for w in left) > HEADINGS_APART * size


def _has_figure(cell: DraftCell) -> bool:
    text = "".join(w.text for w in cell.words)
    return is_numeric(text) and not is_year(text)


def _bare_row(draft: Draft) -> int | None:
    """The first row of several cells, where figures stand in it: nothing names the columns."""
    for row in range(min(draft.rows, 4)):
        cells = [c for c in draft.cells if c.row == row and c.words]
        if len(cells) > 1:
            return row if any(_has_figure(c) for c in cells) else None
    return None


def _cuts(draft: Draft, whole: Draft) -> int:
    """How many row borders of the draft lie between the lines that rule off the whole table."""
    return sum(
        1
        for y in draft.ys[1:-1]
        if whole.ys[0] < y < whole.ys[-1] and min(abs(y - own) for own in whole.ys) > 4
    )


def same_columns(xs: Sequence[float], others: Sequence[float], slack: float) -> bool:
    """True where the borders agree, a shift of the whole table (other margins) allowed."""
    if len(xs) != len(others):
        return False
    if all(abs(a - b) <= slack for a, b in zip(xs, others, strict=True)):
        return True
    shift = others[0] - xs[0]
    return all(abs(b - a - shift) <= slack / 2 for a, b in zip(xs, others, strict=True))


def gain(draft: Draft) -> float:
    """What choosing the draft is worth: its promise above the least, weighed by its words."""
    words = sum(len(c.words) for c in draft.cells)
    return max(0.0, draft.score - ENOUGH) * float((words + 4) ** 0.5)


def clash(a: Draft, b: Draft) -> bool:
    """True where two drafts claim the same part of the page."""
    shared = overlap(a.box, b.box)
    return shared > 0.08 * min(area(a.box), area(b.box))


def _is_several(draft: Draft, ranked: Sequence[Draft]) -> bool:
    """Whether readings of parts of a draft each promise far more, and together have its figures."""
    parts: list[Draft] = []
    for other in ranked:
        if (
            other.score > draft.score + NEARLY
            and other.columns >= draft.columns
            and overlap(other.box, draft.box) > 0.9 * area(other.box)
            and not any(clash(other, part) for part in parts)
        ):
            parts.append(other)
    if len(parts) < 2:
        return False
    middles = _figure_heights(draft)
    held = sum(any(p.box.top < y < p.box.bottom for p in parts) for y in middles)
    return held >= 0.9 * len(middles)


def choose(drafts: Sequence[Draft]) -> list[Draft]:
    """The page's tables by the scores of its drafts, in reading order."""
    ranked = sorted(
        (d for d in drafts if d.score > ENOUGH),
        key=lambda d: (-gain(d), d.box.top, d.box.x0, d.reader),
    )
    chosen: list[Draft] = []
    for draft in ranked:
        if any(clash(draft, other) for other in chosen) or _is_several(draft, ranked):
            continue
        chosen.append(draft)
    return sorted(chosen, key=lambda d: (d.box.top, d.box.x0))


def reasons(draft: Draft, rivals: int) -> tuple[str, ...]:
    """Why a draft was chosen, in words."""
    facts = draft.facts
    said = [f"estimated {draft.score:.2f} of cell neighbours right, best of {rivals + 1} readings"]
    if facts["ruled_rows"] > 0.9 and facts["ruled_columns"] > 0.9:
        said.append("every row and column border is drawn")
    if facts["type_holds"] > 0.9:
        said.append("columns hold one type")
    if facts["aligned"] > 0.9:
        said.append("cells stand in line")
    if facts["adds_up"] > 0:
        said.append(f"{facts['adds_up']:.0%} of number columns add up")
    if facts["agree_both"] > 0.4:
        said.append("other readings agree on rows and columns")
    return tuple(said)
