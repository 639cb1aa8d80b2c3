"""Make `extractors/grid/chooser.json`: the decision trees that judge draft grids.

For every draft of a page the target is the F of its adjacency relations against the true table
it fits best (see `icdar.py`); gradient boosting fits small trees to it from the draft's facts.
Pages: made ones (`made_pages.py`, thousands of styles) and, where the folder is given, the
ICDAR 2013 files. `--check` prints what a chooser gets that never saw the document it judges:
each fourth of the ICDAR files is held back in turn.

    python benchmarks/train_chooser.py --made 220 --icdar FOLDER [--check]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from icdar import Piece, Score, doc_measure, documents, pool_measure, relations
from icdar import TruthCell as Cell
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from extractors.grid.candidates import candidates
from extractors.grid.choice import choose
from extractors.grid.draft import Draft
from extractors.grid.evidence import FACTS
from extractors.grid.lines import baselines
from extractors.grid.printed import glue
from extractors.grid.settled import settle
from extractors.model import Page

CHOOSER = Path(__file__).parent.parent / "extractors" / "grid" / "chooser.json"
TREES, RATE, DEPTH, LEAF, SHARE = 150, 0.07, 4, 15, 0.7
MADE_WEIGHT = 0.5  # of a made page beside a real one

Floats = NDArray[np.float64]


@dataclass
class Example:
    """A draft: its facts, its F against the best true table, which one, relations in common."""

    draft: Draft
    facts: list[float]
    target: float
    truth: int
    common: int
    found: int


@dataclass
class Sample:
    """A page of drafts; `true` counts the relations of each of its tables."""

    document: str
    examples: list[Example]
    true: list[int]
    weight: float


def text_of(draft: Draft) -> tuple[Cell, ...]:
    """The draft's cells with their words in reading order."""
    return tuple(
        Cell(
            c.row,
            c.column,
            c.row_span,
            c.column_span,
            " ".join(glue(line) for line in baselines(c.words)),
        )
        for c in draft.cells
    )


def sample(document: str, page: Page, pieces: Iterable[Piece], weight: float) -> Sample:
    """All drafts of a page with their facts and targets."""
    drafts = candidates(page)
    truths = [relations(p.cells) for p in pieces if p.page == page.number]
    examples = []
    for draft in drafts:
        ours = relations(text_of(draft))
        count = sum(ours.values())
        best = (0.0, -1, 0)
        for number, theirs in enumerate(truths):
            common = sum((ours & theirs).values())
            best = max(best, (2 * common / max(1, count + sum(theirs.values())), number, common))
        facts = [draft.facts[name] for name in FACTS]
        examples.append(Example(draft, facts, *best, count))
    return Sample(document, examples, [sum(t.values()) for t in truths], weight)


def made(count: int) -> list[Sample]:
    """Samples of made pages."""
    from made_pages import made_page

    return [sample(f"made-{n}", *made_page(n), MADE_WEIGHT) for n in range(count)]


def real(folder: Path) -> list[Sample]:
    """Samples of the ICDAR files."""
    from extractors.pdf.layer import read_pages

    return [
        sample(path.stem, page, pieces, 1.0)
        for path, pieces in documents(folder, "")
        for page in read_pages(path)
    ]


def grow(
    facts: Floats, rest: Floats, weight: Floats, limits: Sequence[Floats], depth: int
) -> list[Any] | float:
    """One tree fitted to what is left to explain: [fact, limit, below, from] or a value."""
    total, mass = float((rest * weight).sum()), float(weight.sum())
    value = total / (mass + 2.0)
    if depth == 0 or len(rest) < 2 * LEAF:
        return value
    best = (1e-9, -1, 0.0)
    for number, cuts in enumerate(limits):
        if not len(cuts):
            continue
        place = np.searchsorted(cuts, facts[:, number], side="right")
        size = len(cuts) + 1
        sums = np.bincount(place, rest * weight, size).cumsum()[:-1]
        masses = np.bincount(place, weight, size).cumsum()[:-1]
        counts = np.bincount(place, minlength=size).cumsum()[:-1]
        gains = sums**2 / (masses + 2) + (total - sums) ** 2 / (mass - masses + 2)
        gains -= total**2 / (mass + 2)
        gains[(counts < LEAF) | (len(rest) - counts < LEAF)] = -1
        at = int(gains.argmax())
        if gains[at] > best[0]:
            best = (float(gains[at]), number, float(cuts[at]))
    if best[1] < 0:
        return value
    below = facts[:, best[1]] < best[2]
    return [
        best[1],
        best[2],
        grow(facts[below], rest[below], weight[below], limits, depth - 1),
        grow(facts[~below], rest[~below], weight[~below], limits, depth - 1),
    ]


def values(tree: list[Any] | float, facts: Floats) -> Floats:
    """What a tree says of each row of facts."""
    if not isinstance(tree, list):
        return np.full(len(facts), tree)
    below = facts[:, tree[0]] < tree[1]
    said = np.empty(len(facts))
    said[below] = values(tree[2], facts[below])
    said[~below] = values(tree[3], facts[~below])
    return said


def fit(samples: Sequence[Sample]) -> tuple[float, list[Any]]:
    """Base value and trees; the same samples give the same trees."""
    used = [s for s in samples if s.examples]
    facts = np.array([e.facts for s in used for e in s.examples])
    target = np.array([e.target for s in used for e in s.examples])
    # A page with many drafts weighs more than one with few, but not in proportion.
    weight = np.array([s.weight / len(s.examples) ** 0.5 for s in used for _ in s.examples])
    limits = [
        np.unique(np.quantile(facts[:, i], np.linspace(0.03, 0.97, 32)))
        for i in range(facts.shape[1])
    ]
    dice = np.random.default_rng(0)
    base = float((target * weight).sum() / weight.sum())
    said = np.full(len(target), base)
    trees = []
    for _ in range(TREES):
        some = dice.random(len(target)) < SHARE
        tree = grow(facts[some], (target - said)[some], weight[some], limits, DEPTH)
        trees.append(tree)
        said += RATE * values(tree, facts)
    return base, trees


def judge(samples: Sequence[Sample], base: float, trees: Sequence[Any]) -> dict[str, Score]:
    """The scores of documents when drafts are chosen by these trees."""
    tallies: dict[str, list[int]] = {}
    for page in samples:
        tally = tallies.setdefault(page.document, [0, 0, 0])
        tally[2] += sum(page.true)
        if not page.examples:
            continue
        facts = np.array([e.facts for e in page.examples])
        said = base + RATE * sum((values(t, facts) for t in trees), np.zeros(len(facts)))
        drafts = [e.draft for e in page.examples]
        for draft, score in zip(drafts, said, strict=True):
            draft.score = float(score)
        settle(drafts)
        known = {id(e.draft): e for e in page.examples}
        used: set[int] = set()
        for draft in choose(drafts):
            example = known[id(draft)]
            tally[1] += example.found
            if example.truth >= 0 and example.truth not in used:
                used.add(example.truth)
                tally[0] += example.common
    return {name: Score(*tally) for name, tally in tallies.items()}


def rounded(tree: list[Any] | float) -> list[Any] | float:
    """The tree as it is written."""
    if isinstance(tree, list):
        return [tree[0], round(tree[1], 4), rounded(tree[2]), rounded(tree[3])]
    return round(tree, 5)


def write(base: float, trees: Sequence[Any]) -> None:
    """Writes the chooser, one tree to a line."""
    head = json.dumps(list(FACTS))
    lines = ",\n".join(json.dumps(rounded(tree)) for tree in trees)
    CHOOSER.write_text(
        f'{{"facts": {head},\n"base": {base:.5f},\n"rate": {RATE},\n"trees": [\n{lines}\n]}}\n',
        encoding="utf-8",
    )


def main() -> None:
    """Check by holding documents back, or train on everything and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--made", type=int, default=220, help="number of made pages")
    parser.add_argument("--icdar", type=Path, help="folder of the ICDAR 2013 files")
    parser.add_argument("--check", action="store_true", help="hold documents back; write nothing")
    options = parser.parse_args()
    practice = made(options.made)
    files = real(options.icdar) if options.icdar else []
    if options.check:
        names = sorted({s.document for s in files})
        scores: dict[str, Score] = {}
        for part in range(4):
            held = set(names[part::4])
            trees = fit([*practice, *(s for s in files if s.document not in held)])
            scores |= judge([s for s in files if s.document in held], *trees)
        for name, result in sorted(scores.items()):
            print(f"  {name:10} P {result.precision:.2f} R {result.recall:.2f}")
        found = list(scores.values())
        print(f"held back: doc {doc_measure(found):.3f} pool {pool_measure(found):.3f}")
        return
    write(*fit([*practice, *files]))
    print(f"wrote {CHOOSER.name} from {len(practice)} made and {len(files)} real pages")


if __name__ == "__main__":
    main()
