"""Which drafts of a page are its tables: judged by evidence, best first, none overlapping."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.grid.agreement import area, hold_figures_of, overlap
from extractors.grid.draft import Draft

NEARLY = 0.1  # how much more one reading may promise than another that is surely better
ENOUGH = 0.45  # a draft that promises less is no table


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
    return len(parts) > 1 and hold_figures_of(parts, draft)


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
