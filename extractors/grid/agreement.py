"""How drafts of one page stand to each other: who agrees, who covers whom."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.grid.draft import Draft, holds_figure
from extractors.model import Box


def compare(drafts: Sequence[Draft]) -> None:
    """Fills in how far other drafts of the same place agree, and what covers what."""
    known = [(d.box, area(d.box), d.columns, d.rows, d.reader.partition("/")[0]) for d in drafts]
    tallies = [[0, 0, 0, 0] for _ in drafts]  # near, same columns, same rows, both
    for draft in drafts:
        draft.facts["covered"] = draft.facts["contained"] = 0.0
    for i, (box, mine, columns, rows, kind) in enumerate(known):
        x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
        for j in range(i + 1, len(known)):
            other, theirs, their_columns, their_rows, their_kind = known[j]
            if other.x0 >= x1 or other.x1 <= x0 or other.top >= bottom or other.bottom <= top:
                continue
            width = min(x1, other.x1) - max(x0, other.x0)
            height = min(bottom, other.bottom) - max(top, other.top)
            if width <= 0 or height <= 0:
                continue
            shared = width * height
            if shared > 0.75 * mine and shared > 0.75 * theirs:
                a, b = columns == their_columns, rows == their_rows
                for tally in (tallies[i], tallies[j]):
                    tally[0] += 1
                    tally[1] += a
                    tally[2] += b
                    tally[3] += a and b
            elif shared > 0.9 * mine and theirs > 1.3 * mine:
                _cover(drafts[i], kind, drafts[j], their_kind)
            elif shared > 0.9 * theirs and mine > 1.3 * theirs:
                _cover(drafts[j], their_kind, drafts[i], kind)
    for draft, (near, same_columns, same_rows, both) in zip(drafts, tallies, strict=True):
        if near:
            draft.facts["agree_columns"] = same_columns / near
            draft.facts["agree_rows"] = same_rows / near
            draft.facts["agree_both"] = both / near


def _cover(inner: Draft, inner_kind: str, outer: Draft, outer_kind: str) -> None:
    if outer_kind in ("ruled", "shaded"):
        inner.facts["covered"] = 1.0
    if inner_kind == "ruled":
        outer.facts["contained"] = 1.0


def area(box: Box) -> float:
    """Square points."""
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)


def overlap(a: Box, b: Box) -> float:
    """Square points that two boxes share."""
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    return width * height if width > 0 and height > 0 else 0.0


def same_columns(xs: Sequence[float], others: Sequence[float], slack: float) -> bool:
    """True where the borders agree, a shift of the whole table (other margins) allowed."""
    if len(xs) != len(others):
        return False
    if all(abs(a - b) <= slack for a, b in zip(xs, others, strict=True)):
        return True
    shift = others[0] - xs[0]
    return all(abs(b - a - shift) <= slack / 2 for a, b in zip(xs, others, strict=True))


def divides_alike(xs: Sequence[float], draft: Draft) -> bool:
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


def hold_figures_of(drafts: Sequence[Draft], other: Draft) -> bool:
    """True where nearly all figures of another draft stand within these."""
    heights = figure_heights(other)
    held = sum(any(d.box.top < y < d.box.bottom for d in drafts) for y in heights)
    return held >= 0.9 * len(heights)


def figure_heights(draft: Draft) -> list[float]:
    """Where the cells that hold a figure begin, in points from the top of the page."""
    return [c.words[0].box.top + 1 for c in draft.cells if c.words and holds_figure(c)]
