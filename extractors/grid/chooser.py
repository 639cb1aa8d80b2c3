"""What a draft promises: the share of neighbouring cells that it has right (0 to 1), estimated.

The judge is a small set of decision trees in `chooser.json`, made by
`benchmarks/train_chooser.py`. Nothing in it knows any document.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from extractors.grid.draft import Draft
from extractors.grid.evidence import FACTS

_TREES = Path(__file__).with_name("chooser.json")


@dataclass(frozen=True, slots=True)
class Chooser:
    """Decision trees whose values are added up: names of facts, base value, learning rate.

    Each tree has `depth` questions on every way down; those of all trees stand in two tables,
    fact and limit, a row for a tree and a column for a place in it: from place i the way goes
    to 2i + 1 where the fact is below the limit, else to 2i + 2.
    """

    facts: tuple[str, ...]
    base: float
    rate: float
    depth: int
    fact: np.ndarray[Any, Any]
    limit: np.ndarray[Any, Any]
    value: np.ndarray[Any, Any]


@cache
def chooser() -> Chooser:
    """The trees of `chooser.json`, where a tree is [number of the fact, limit, tree below it,
    tree from it on] or a value."""
    data = json.loads(_TREES.read_text(encoding="utf-8"))
    if not set(data["facts"]) <= set(FACTS):
        raise ValueError(f"{_TREES.name} was made for other facts: run benchmarks/train_chooser.py")
    trees = data["trees"]
    depth = max(_depth(tree) for tree in trees)
    inner = 2**depth - 1
    fact = np.zeros((len(trees), inner), dtype=np.int64)
    limit = np.zeros((len(trees), inner))
    value = np.zeros((len(trees), inner + 1))
    for row, tree in enumerate(trees):
        level = [tree]
        for _ in range(depth):
            first = len(level) - 1
            for at, node in enumerate(level, start=first):
                if isinstance(node, list):
                    fact[row, at], limit[row, at] = node[:2]
            level = [
                below
                for node in level
                for below in (node[2:] if isinstance(node, list) else (node, node))
            ]
        value[row] = level
    return Chooser(tuple(data["facts"]), data["base"], data["rate"], depth, fact, limit, value)


def _depth(tree: Any) -> int:
    return 1 + max(_depth(tree[2]), _depth(tree[3])) if isinstance(tree, list) else 0


def promises(drafts: Sequence[Draft]) -> list[float]:
    """For each draft the estimated share of its cell neighbourhoods that are right."""
    trees = chooser()
    facts = np.array([[draft.facts[name] for name in trees.facts] for draft in drafts])
    if not len(facts):
        return []
    draft, tree = np.arange(len(drafts))[:, None], np.arange(len(trees.fact))
    at = np.zeros((len(drafts), len(trees.fact)), dtype=np.int64)
    for _ in range(trees.depth):
        below = facts[draft, trees.fact[tree, at]] < trees.limit[tree, at]
        at = 2 * at + 2 - below
    values = trees.value[tree, at - trees.fact.shape[1]]
    totals = np.cumsum(values, axis=1)[:, -1]  # added up one after the other, as printed
    found: list[float] = (trees.base + trees.rate * totals).tolist()
    return found
