"""Tables of one page under the same headings: what parts the columns of one parts those of all."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.grid.agreement import area, overlap
from extractors.grid.choice import ENOUGH
from extractors.grid.draft import Draft, text_of

_SURER = 0.05  # by which another table must promise more for its columns to count

_Heads = tuple[str, ...]


def heed_siblings(drafts: Sequence[Draft]) -> None:
    """Moves down the readings that join two headings, or part one, where the same words over
    another table of the page are columns as a rival reading has them.

    A table of two rows tells little of its columns; its longer sibling tells more.
    """
    named = [(d, _headings(d)) for d in drafts if d.score > ENOUGH and d.columns > 2]
    words = {id(d): sorted(" ".join(heads).split()) for d, heads in named}
    for draft, own in named:
        for rival, theirs in named:
            if (
                ENOUGH < rival.score <= draft.score
                and rival.columns != draft.columns
                and words[id(rival)] == words[id(draft)]
                and _share_place(rival, draft)
                and _support(theirs, rival, named) > _support(own, draft, named) + _SURER
            ):
                draft.score = rival.score - 0.01


def _headings(draft: Draft) -> _Heads:
    """The texts of a reading's first row, by column; blank where nothing stands."""
    texts = {c.column: text_of(c) for c in draft.cells if c.row == 0}
    return tuple(texts.get(column, "") for column in range(draft.columns))


def _share_place(draft: Draft, other: Draft) -> bool:
    return overlap(draft.box, other.box) > 0.6 * max(area(draft.box), area(other.box))


def _support(heads: _Heads, draft: Draft, named: Sequence[tuple[Draft, _Heads]]) -> float:
    """How much the surest reading elsewhere on the page promises that has these headings."""
    elsewhere = (d.score for d, own in named if own == heads and not overlap(d.box, draft.box))
    return max(elsewhere, default=0.0)
