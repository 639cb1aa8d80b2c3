"""How well lines of different years are recognised as one service, and what it costs.

Two labelled sets (tests/bench): the five documents, looked up on the page, and a made-up publisher
with traps. For each, precision and recall of the links made without a person, by the kind of
evidence; then plain name similarity (rapidfuzz, one to one) and, where it is installed, Splink on
the same lines. `--write` keeps the result as the one to compare with; without it, differences
from the kept result are shown and the exit status is 1 where precision or recall fell.

    python benchmarks/names.py [--write] [--scale]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench_lines import grouped_pairs, prepare, read_lines, read_pairs, same_pairs  # noqa: E402

from normalizers.judgements import Judgements  # noqa: E402
from normalizers.matching import match_services  # noqa: E402
from normalizers.model import BudgetLine  # noqa: E402

FROZEN = ROOT / "benchmarks" / "names.txt"
SETS = {
    "five documents": ("lines.csv", "service_pairs.csv"),
    "made-up publisher": ("other_lines.csv", "other_pairs.csv"),
}
Pairs = set[frozenset[str]]


def score(found: Pairs, true: Pairs) -> str:
    """Precision, recall and F1 in a row."""
    right = len(found & true)
    precision = right / len(found) if found else 1.0
    recall = right / len(true) if true else 1.0
    f1 = 2 * right / (len(found) + len(true)) if found or true else 1.0
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def by_rapidfuzz(lines: list[BudgetLine], cutoff: float) -> Pairs:
    """Names alone: token set ratio, one to one for each pair of documents."""
    import numpy as np
    from rapidfuzz.fuzz import token_set_ratio
    from scipy.optimize import linear_sum_assignment

    documents: dict[str, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        documents[line.document].append(line)
    found: Pairs = set()
    for one, other in combinations(documents.values(), 2):
        scores = np.array(
            [[token_set_ratio(a.service_printed, b.service_printed) for b in other] for a in one]
        )
        for row, column in zip(*linear_sum_assignment(scores, maximize=True), strict=True):
            if scores[row, column] >= cutoff:
                found.add(frozenset((one[row].line_id, other[column].line_id)))
    return found


def by_splink(lines: list[BudgetLine], cutoff: float) -> Pairs | None:
    """Splink 5 with its own training, on name, provider, description and place; None without it."""
    try:
        import splink.comparison_library as library
        from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    except ImportError:
        return None
    import logging

    import pandas as pd

    frame = pd.DataFrame(
        {
            "unique_id": line.line_id,
            "source_dataset": line.document,
            "service": (line.service_printed or "").casefold() or None,
            "provider": (line.provider_printed or "").casefold() or None,
            "provision": (line.provision or "").casefold() or None,
            "reach": (line.reach_printed or "").casefold() or None,
        }
        for line in lines
    )
    database = DuckDBAPI()
    frames = [
        database.register(own.drop(columns="source_dataset").reset_index(drop=True))
        for _, own in frame.groupby("source_dataset")
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            library.JaroWinklerAtThresholds("service", [0.95, 0.88, 0.8]),
            library.JaroWinklerAtThresholds("provider", [0.95, 0.88]),
            library.JaccardAtThresholds("provision", [0.9, 0.6]),
            library.ExactMatch("reach"),
        ],
        blocking_rules_to_generate_predictions=["1=1"],
    )
    linker = Linker(frames, settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match([block_on("service")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e5, seed=1)
    for column in ("service", "provider"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(column))
    guessed = linker.inference.predict(threshold_match_probability=cutoff).as_pandas_dataframe()
    return {
        frozenset(pair) for pair in zip(guessed["unique_id_l"], guessed["unique_id_r"], strict=True)
    }


def report(name: str) -> list[str]:
    """The scores of one labelled set, in lines."""
    lines_file, pairs_file = SETS[name]
    lines, labels = read_lines(lines_file), read_pairs(pairs_file)
    ready, _ = prepare(lines)
    matching = match_services(ready, Judgements())
    true, found = same_pairs(labels), grouped_pairs(matching.groups)
    asked = {frozenset(link.ids) for link in matching.questions}
    told = [f"{name}: {len(lines)} lines, {len(true)} pairs of one service"]
    told.append(f"  linked without a person    {score(found, true)}")
    told.append(f"  with a person's answers    {score(found | (asked & true), true)}")
    for evidence in ("strong", "medium", "weak"):
        own = {
            frozenset((label["earlier"], label["later"]))
            for label in labels
            if label["relation"] == "same" and label["evidence"] == evidence
        }
        told.append(f"  evidence {evidence:<7} {len(found & own):>3} of {len(own)} found")
    rules: dict[str, list[bool]] = defaultdict(list)
    for link in matching.links:
        rules[link.rule].append(frozenset(link.ids) in true)
    for rule in sorted(rules):
        told.append(f"  {sum(rules[rule]):>3} of {len(rules[rule]):>3} right: {rule}")
    wrong = {
        frozenset((label["earlier"], label["later"]))
        for label in labels
        if label["relation"] != "same"
    }
    told.append(f"  pairs that are not one service, linked: {len(found & wrong)} of {len(wrong)}")
    best = max(
        (60, 70, 75, 80, 85, 90, 95),
        key=lambda c: (
            len(by_rapidfuzz(lines, c) & true) / (len(by_rapidfuzz(lines, c)) + len(true))
        ),
    )
    told.append(f"  rapidfuzz alone, best at {best}  {score(by_rapidfuzz(lines, best), true)}")
    return told


def tell_splink() -> list[str]:
    """Splink's scores at its best cutoff, told apart: it is no part of the kept result."""
    told = []
    for name, (lines_file, pairs_file) in SETS.items():
        lines, true = read_lines(lines_file), same_pairs(read_pairs(pairs_file))
        results = []
        for cutoff in (0.5, 0.8, 0.9, 0.95, 0.99):
            found = by_splink(lines, cutoff)
            if found is None:
                return ["Splink is not installed (pip install splink); left out"]
            results.append((len(found & true) / (len(found) + len(true)), cutoff, found))
        _, cutoff, found = max(results, key=lambda result: result[0])
        told.append(f"Splink, {name}, best at {cutoff}: {score(found, true)}")
    return told


def tell_scale() -> list[str]:
    """CPU seconds for 1, 4 and 16 times 300 lines of one publisher (at last 5,000 lines)."""
    base = read_lines() + [
        replace(line, publisher=read_lines()[0].publisher) for line in read_lines("other_lines.csv")
    ]
    documents = sorted({line.document for line in base})
    told = []
    for times in (1, 4, 16):
        lines: list[BudgetLine] = []
        copies = round(50 / 16 * times)
        for copy in range(copies):
            document = documents[copy % len(documents)]
            shift = copy // len(documents)
            own = [line for line in base if line.document != document][:100]
            lines += [_aged(line, copy, shift) for line in own]
        start = time.process_time()
        ready, _ = prepare(lines)
        prepared = time.process_time()
        matching = match_services(ready, Judgements())
        end = time.process_time()
        told.append(
            f"{times:>2}x: {len(lines):>5} lines of {copies} documents: "
            f"{prepared - start:.2f} s to prepare, {end - prepared:.2f} s to match, "
            f"{len(matching.groups)} services"
        )
    return told


def _aged(line: BudgetLine, copy: int, shift: int) -> BudgetLine:
    """The line as a later year's document would print it: other year, other sums."""
    year = 1990 + copy
    return replace(
        line,
        line_id=f"{line.line_id}/{copy}",
        document=f"{copy:03}.pdf",
        amounts=tuple(
            replace(
                amount,
                amount_id=f"{amount.amount_id}/{copy}",
                financial_year=f"{year}-{(year + 1) % 100:02}",
                pence=(amount.pence or 0) + 1_700 * copy * (1 + shift),
            )
            for amount in line.amounts[:1]
        ),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help="keep this result to compare with")
    parser.add_argument("--scale", action="store_true", help="measure 1x, 4x and 16x as well")
    wanted = parser.parse_args()
    told = [line for name in SETS for line in report(name)]
    print("\n".join(told))
    print("\n".join(tell_splink()))
    if wanted.scale:
        print("\n".join(tell_scale()))
    text = "\n".join(told) + "\n"
    if wanted.write:
        FROZEN.write_text(text, encoding="utf-8")
        return 0
    kept = FROZEN.read_text(encoding="utf-8") if FROZEN.exists() else ""
    changed = [line for line in told if line not in kept.splitlines()]
    for line in changed:
        print(f"not as kept: {line.strip()}", file=sys.stderr)
    return 1 if changed else 0


if __name__ == "__main__":
    raise SystemExit(main())
