"""The scorer of table structure tells right from wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from icdar import Piece, TruthCell, check_scorer, documents, relations, score

SHARED = Path(__file__).parent.parent.parent / "shared" / "corpus" / "icdar2013-us"


def cells(*rows: str) -> tuple[TruthCell, ...]:
    return tuple(
        TruthCell(r, c, 1, 1, text.strip())
        for r, row in enumerate(rows)
        for c, text in enumerate(row.split("|"))
    )


def test_neighbours_skip_blanks() -> None:
    found = relations(cells("a||b", "c|d|"))
    assert set(found) == {
        ("A", "B", "right"),
        ("C", "D", "right"),
        ("A", "C", "below"),
    }


def test_a_spanning_cell_is_the_neighbour_of_all_it_spans() -> None:
    found = relations(
        (TruthCell(0, 0, 1, 2, "year"), TruthCell(1, 0, 1, 1, "a"), TruthCell(1, 1, 1, 1, "b"))
    )
    assert set(found) == {("YEAR", "A", "below"), ("YEAR", "B", "below"), ("A", "B", "right")}


def test_a_table_that_is_not_there_costs_precision_and_a_lost_one_recall() -> None:
    truth = [Piece(1, cells("a|b", "c|d"))]
    result = score([*truth, Piece(2, cells("x|y", "z|w"))], truth)
    assert (result.precision, result.recall) == (0.5, 1.0)
    assert score([], truth).recall == 0.0


@pytest.mark.skipif(not SHARED.exists(), reason="the ICDAR files are not beside the checkout")
def test_truth_against_itself_is_one_and_shuffled_near_nothing() -> None:
    itself, shuffled = check_scorer(documents(SHARED, "us-0"))
    assert itself == 1.0
    assert shuffled < 0.1
