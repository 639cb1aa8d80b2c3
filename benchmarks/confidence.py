"""How often a figure is right, by its standing and by how its table was read.

    python benchmarks/confidence.py FOLDER DATABASE [FOLDER DATABASE ...]

FOLDER holds documents with their truth (as tests/practice/files does), DATABASE what was read from
them *before* anybody looked at them. Prints what pipeline/confidence.toml holds: of every kind of
figure how many there were, how many were right, and the share to expect: where few were seen, it
is drawn towards the share of all figures of that standing, as if PRIOR more had been seen.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.practice import laid_beside, read_database
from pipeline.confidence import WAYS, way_of

PRIOR = 20  # figures
Counts = Counter[tuple[str, str]]


def count(folder: Path, database: Path, right: Counts, of: Counts) -> None:
    """Add the figures of one set of documents to the counts, by way of reading and status."""
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        rows = read_database(database, truth["document"]["file"], ("spending", "cells"))
        readers = {row["table_number"]: row["reader"] for row in rows["cells"]}
        spending = [row for row in rows["spending"] if row["amount"] is not None]
        _, _, wrong = laid_beside(truth, spending)
        for at, row in enumerate(spending):
            key = way_of(readers.get(row["table_number"])), row["status"]
            of[key] += 1
            right[key] += at not in wrong


def main() -> None:
    right: Counts = Counter()
    of: Counts = Counter()
    names = sys.argv[1:]
    for folder, database in zip(names[::2], names[1::2], strict=True):
        count(Path(folder), Path(database), right, of)
    for way in WAYS:
        print(f"[{way}]")
        for status in ("proven", "unproven", "contradicted"):
            n, k = of[way, status], right[way, status]
            all_of = sum(of[w, status] for w in WAYS)
            usual = (sum(right[w, status] for w in WAYS) + 1) / (all_of + 2)
            share = min(0.999, (k + PRIOR * usual) / (n + PRIOR))
            print(f"{status} = {{ figures = {n}, right = {k}, share = {share:.3f} }}")
        print()


if __name__ == "__main__":
    main()
