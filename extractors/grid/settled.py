"""Scores moved by what is no matter of degree: walls, drawn grids, tables side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.grid.agreement import area, divides_alike, overlap, same_columns
from extractors.grid.choice import ENOUGH, NEARLY
from extractors.grid.draft import Draft, DraftCell, holds_figure
from extractors.grid.extent import (
    heed_figures_left_out,
    heed_headings,
    heed_headings_within,
    heed_text_above,
)
from extractors.grid.printed import CURRENCY, is_bullet, is_numeric
from extractors.grid.siblings import heed_siblings
from extractors.grid.sound import is_ruled_off, is_sound

FEW = 8  # rows at the head of a page that tell little by themselves
HEADINGS_APART = 2.0  # em of white space that no words of one heading have between them


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
    forms = [d for d in drafts if _holds_table(d, drafts)]
    sound = [d for d in drafts if is_sound(d) and d not in forms]
    for draft in forms:
        draft.score -= 0.5
    for draft in drafts:
        facts = draft.facts
        draft.score -= min(0.6, 3 * facts["walled"])
        if facts["bulleted"] > 0.25 and not facts["ruled_columns"] and not facts["numbers"]:
            draft.score -= 0.5  # lists side by side
        if draft in sound:
            draft.score = max(draft.score, 0.55 + 0.1 * facts["filled"])
            continue
        for other in sound:
            shared = overlap(draft.box, other.box)
            if shared > 0.5 * area(draft.box):
                draft.score -= 0.3
                break
    _heed_lists_beside(drafts)
    if not sound:
        _heed_lines(drafts)
    _heed_rivals(drafts)
    heed_headings(drafts)
    _heed_stripes(drafts)
    heed_siblings(drafts)
    _heed_twins(drafts)
    heed_text_above(drafts)
    heed_headings_within(drafts)
    heed_figures_left_out(drafts)
    _heed_halves(drafts)
    if expected is not None:
        _heed_page_before(drafts, expected)


def _holds_table(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """True for a drawn form whose only figures stand in a table that is drawn within one cell."""
    if not draft.facts["is_ruled"] or any(holds_figure(c) for c in draft.cells):
        return False
    return any(
        inner is not draft
        and inner.facts["is_ruled"] + inner.facts["is_split"] > 0
        and inner.rows > 2
        and inner.columns > 1
        and inner.facts["number_columns"] > 0
        and any(_within_cell(inner, draft, cell) for cell in draft.cells)
        for inner in drafts
    )


def _within_cell(inner: Draft, draft: Draft, cell: DraftCell) -> bool:
    x0, x1 = draft.xs[cell.column], draft.xs[cell.column + cell.column_span]
    top, bottom = draft.ys[cell.row], draft.ys[cell.row + cell.row_span]
    box = inner.box
    return x0 < box.x0 and box.x1 < x1 and top < box.top and box.bottom < bottom


def _heed_lists_beside(drafts: Sequence[Draft]) -> None:
    """Moves down the readings that take a list of bullets beside a table for one of its columns,
    where another reads the table alone."""
    for draft in drafts:
        if draft.score < ENOUGH or not draft.facts["bulleted"] or draft.columns < 3:
            continue
        for column in (0, draft.columns - 1):
            own = [c for c in draft.cells if c.column == column and c.words]
            listed = sum(is_bullet(c.words[0].text) for c in own)
            if listed < 3 or listed < 0.3 * len(own):
                continue
            x0, x1 = draft.xs[column], draft.xs[column + 1]
            if any(
                alone.score > ENOUGH
                and alone.facts["number_columns"] > 0
                and (alone.box.x0 > x1 - 3 or alone.box.x1 < x0 + 3)
                and overlap(alone.box, draft.box) > 0.9 * area(alone.box)
                for alone in drafts
            ):
                draft.score -= 0.5
                break


def _heed_page_before(drafts: Sequence[Draft], expected: Unfinished) -> None:
    """Moves up the readings at the head of a page that have the columns of the one before."""
    top = min((d.box.top for d in drafts), default=0.0)
    going_on = [d for d in drafts if d.box.top < top + 40 and _has_columns(d, expected.xs)]
    for draft in going_on:
        drawn = draft.facts["is_ruled"] + draft.facts["is_shaded"]
        draft.score = max(draft.score + 0.15, 0.6 if drawn else 0.0)
    foot = max((d.box.bottom for d in going_on if d.score > ENOUGH), default=0.0)
    for draft in going_on:
        # They are told as those before, where they are too few to weigh, or promise nearly as much
        # as taking each line for a row; or are all ruled off.
        if draft.facts["stacked"]:
            continue
        rivals = [d for d in going_on if abs(d.box.bottom - draft.box.bottom) < 6]
        if any(d.columns == draft.columns and d.box.top < draft.box.top - 6 for d in rivals):
            continue  # it leaves out the headings, or rows
        best = max(rivals, key=lambda d: d.score)
        alike = draft.reader.split("/")[-1] == expected.division != "lines" or (
            expected.division == "ruled" and draft.ruled_rows > 0.99
        )
        split = best.reader.endswith("/lines") and draft.score > best.score - NEARLY
        if (
            alike
            and (draft.rows <= FEW or split)
            and draft.facts["lone_rows"] <= best.facts["lone_rows"]
        ):
            draft.score = max(draft.score, best.score + 0.01)
        if 1 < draft.rows < 5 and draft.ruled_rows > 0.99 and draft.box.bottom > foot - 6:
            draft.score += 0.2


def _has_columns(draft: Draft, expected: Sequence[float]) -> bool:
    """Whether a draft has these columns: to the point where they are drawn."""
    drawn = draft.facts["is_ruled"] + draft.facts["is_shaded"]
    return same_columns(expected, draft.xs, 4.0 if drawn else 12.0) or (
        not drawn and draft.columns > 2 and divides_alike(expected, draft)
    )


def _heed_halves(drafts: Sequence[Draft]) -> None:
    """Moves up halves of a page, and down what lies over one and reaches further.

    What stands at different heights left and right is two tables, not one.
    """
    halves = [d for d in drafts if d.reader.startswith("uneven")]
    for half in halves:
        half.score += 0.15
    tables = [h for h in halves if h.score > ENOUGH]
    for draft in drafts:
        if draft in halves:
            continue
        inside = [h for h in tables if overlap(h.box, draft.box) > 0.9 * area(h.box)]
        if inside and area(draft.box) > 1.3 * max(area(h.box) for h in inside):
            draft.score -= 0.45


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


def _cuts(draft: Draft, whole: Draft) -> int:
    """How many row borders of the draft lie between the lines that rule off the whole table."""
    return sum(
        1
        for y in draft.ys[1:-1]
        if whole.ys[0] < y < whole.ys[-1] and min(abs(y - own) for own in whole.ys) > 4
    )


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


def _heed_stripes(drafts: Sequence[Draft]) -> None:
    """Moves up the readings that part a column where words begin below each other in every row.

    The narrower the gap between two columns, the more they look like one; but words that
    begin at one place in all rows, on both sides of a free stripe, are two columns.
    """
    for fine in drafts:
        if fine.rows < 3 or fine.facts["straddled"] > 0.03:
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
            if fine.rows > 5 and all(_parts(fine, x) for x in new):
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
    if len(heads) != 2 or any(holds_figure(c) or c.column_span > 1 for c in heads):
        return False
    (left, other), size = (c.words for c in heads), heads[0].words[0].size
    return min(w.box.x0 for w in other) - max(w.box.x1 for w in left) > HEADINGS_APART * size
