"""Which drafts of a page are its tables: judged by evidence, best first, none overlapping.

The judge is a small set of decision trees in `chooser.json`, made by
`benchmarks/train_chooser.py`; it estimates from a draft's facts the share of neighbouring
cells that the draft has right (0 to 1). Nothing in it knows any document.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from extractors.grid.draft import Draft
from extractors.grid.evidence import FACTS, area, overlap

ENOUGH = 0.4  # a draft that promises less is no table
_TREES = Path(__file__).with_name("chooser.json")


@cache
def chooser() -> tuple[float, float, list[Any]]:
    """Base value, learning rate and trees; a tree is [fact, limit, below, from] or a number."""
    data = json.loads(_TREES.read_text(encoding="utf-8"))
    if data["facts"] != list(FACTS):
        raise ValueError(f"{_TREES.name} was made for other facts: run benchmarks/train_chooser.py")
    return data["base"], data["rate"], data["trees"]


def promise(draft: Draft) -> float:
    """The estimated share of a draft's cell neighbourhoods that are right."""
    base, rate, trees = chooser()
    values = [draft.facts[name] for name in FACTS]
    total = 0.0
    for tree in trees:
        node = tree
        while isinstance(node, list):
            node = node[2] if values[node[0]] < node[1] else node[3]
        total += node
    # No cell reaches through a drawn wall: this is no matter of degree, so no tree weighs it.
    return base + rate * total - min(0.6, 3 * draft.facts.get("walled", 0.0))


def gain(draft: Draft) -> float:
    """What choosing the draft is worth: its promise above the least, weighed by its words."""
    words = sum(len(c.words) for c in draft.cells)
    return max(0.0, draft.score - ENOUGH) * float((words + 4) ** 0.4)


def clash(a: Draft, b: Draft) -> bool:
    """True where two drafts claim the same part of the page."""
    shared = overlap(a.box, b.box)
    return shared > 0.08 * min(area(a.box), area(b.box))


def choose(drafts: Sequence[Draft]) -> list[Draft]:
    """The page's tables, in reading order."""
    for draft in drafts:
        draft.score = promise(draft)
    ranked = sorted(
        (d for d in drafts if d.score > ENOUGH),
        key=lambda d: (-gain(d), d.box.top, d.box.x0, d.reader),
    )
    chosen: list[Draft] = []
    for draft in ranked:
        if not any(clash(draft, other) for other in chosen):
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
