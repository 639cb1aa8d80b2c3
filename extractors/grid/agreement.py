"""How drafts of one page stand to each other: who agrees, who covers whom."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.grid.draft import Draft
from extractors.model import Box


def compare(drafts: Sequence[Draft]) -> None:
    """Fills in how far other drafts of the same place agree, and what covers what."""
    boxes = [d.box for d in drafts]
    kinds = [d.reader.partition("/")[0] for d in drafts]
    for i, draft in enumerate(drafts):
        same_columns = same_rows = both = near = 0
        covered = contained = 0.0
        for j, other in enumerate(drafts):
            if i == j:
                continue
            shared = overlap(boxes[i], boxes[j])
            if not shared:
                continue
            mine, theirs = area(boxes[i]), area(boxes[j])
            if shared > 0.75 * max(mine, theirs):
                near += 1
                a = other.columns == draft.columns
                b = other.rows == draft.rows
                same_columns += a
                same_rows += b
                both += a and b
            elif shared > 0.9 * mine and theirs > 1.3 * mine and kinds[j] in ("ruled", "shaded"):
                covered = 1.0
            elif shared > 0.9 * theirs and mine > 1.3 * theirs and kinds[j] == "ruled":
                contained = 1.0
        if near:
            draft.facts["agree_columns"] = same_columns / near
            draft.facts["agree_rows"] = same_rows / near
            draft.facts["agree_both"] = both / near
        draft.facts["covered"] = covered
        draft.facts["contained"] = contained


def area(box: Box) -> float:
    """Square points."""
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)


def overlap(a: Box, b: Box) -> float:
    """Square points that two boxes share."""
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    return width * height if width > 0 and height > 0 else 0.0
