"""Real documents of other bodies: what is read of each, and how its printed sums stand.

    python benchmarks/corpus.py FOLDER...        every PDF in the folders, one row each
    python benchmarks/corpus.py FOLDER --only 'Appendix-D*'

A total *agrees* or is a *rounding*; where it does not close it is the *publisher*'s slip, a
*misread*, or it *cannot* be told. *Unaccounted* are numbers of tables in no line and no total.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERDICTS = ("agrees", "rounding", "publisher", "cannot_tell", "misread")
STANDING = ("proven", "unproven", "contradicted")


def read(path: Path) -> dict[str, float]:
    """What one document gives: counts of tables, lines, totals by verdict, pounds by standing."""
    sys.path.insert(0, str(ROOT))
    from pipeline.meaning import interpret
    from pipeline.reading import read_document
    from pipeline.sums import judge

    started = time.process_time()
    reading = read_document(path, path.name)
    document = reading.document
    if document is None:
        raise SystemExit(f"{path.name}: {reading.problems[0].message}")
    meaning = interpret(document, reading.budgets, "")
    judgement = judge(meaning, document, reading.budgets, reading.second_reading())
    verdicts: Counter[str] = Counter(total.verdict for total in judgement.totals)
    with_lines = {line.table for line in meaning.lines if line.table is not None}
    found: dict[str, float] = {
        "pages": len(document.pages),
        "tables": len(document.tables),
        "with lines": len(with_lines),
        "lines": len(meaning.lines),
        "amounts": sum(len(line.amounts) for line in meaning.lines),
        **{verdict: verdicts[verdict] for verdict in VERDICTS},
        "unaccounted": sum(n.reason is None for b in reading.budgets for n in b.numbers),
        **dict.fromkeys(STANDING, 0),
    }
    for line in meaning.lines:
        for amount in line.amounts:
            standing, _ = judgement.statuses[amount.amount_id]
            found[standing] += abs(amount.pence or 0) / 100_000_000
    found["seconds"] = time.process_time() - started
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--only", default="*", help="file names to take, as *.pdf")
    said = parser.parse_args()
    files = sorted(p for folder in said.folders for p in folder.rglob("*.pdf"))
    heads = ("pages", "tables", "with lines", "lines", "amounts", *VERDICTS, "unaccounted")
    print(f"{'':34s}" + "".join(f"{head[:10]:>11s}" for head in (*heads, *STANDING, "seconds")))
    print(f"{'':34s}" + " " * 11 * len(heads) + "£m, without sign".center(33))
    for path in files:
        if not fnmatch(path.stem, said.only):
            continue
        found = read(path)
        row = "".join(f"{found[head]:11.0f}" for head in heads)
        row += "".join(f"{found[head]:11.1f}" for head in (*STANDING, "seconds"))
        print(f"{path.stem[:33]:34s}{row}", flush=True)


if __name__ == "__main__":
    main()
