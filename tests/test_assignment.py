"""Assignment: each row and each column once, and no other matching is worth more."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.assignment import Cell, best_pairs


def worth(scores: dict[Cell, float], cells: list[Cell]) -> float:
    return sum(scores[cell] for cell in cells)


def most(scores: dict[Cell, float], size: int) -> float:
    """The highest sum, by trying all."""
    return max(
        sum(scores.get(cell, 0.0) for cell in enumerate(columns))
        for columns in permutations(range(size))
    )


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 4), st.integers(0, 4)),
        st.integers(2, 24).map(lambda halves: halves / 2),
        max_size=25,
    )
)
def test_no_other_matching_is_worth_more(scores: dict[Cell, float]) -> None:
    found = best_pairs(scores)
    assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found)
    assert worth(scores, found) == pytest.approx(most(scores, 5))


@settings(deadline=None)  # of the import
@given(st.integers(2, 30), st.integers(2, 30), st.randoms(use_true_random=False))
def test_it_is_worth_what_a_numerical_library_finds(rows: int, columns: int, random) -> None:  # type: ignore[no-untyped-def]
    optimize = pytest.importorskip("scipy.optimize")
    scores = {
        (row, column): random.choice((1.0, 1.5, 4.0, 7.5, 12.0))
        for row in range(rows)
        for column in range(columns)
        if random.random() < 0.4
    }
    table = [[scores.get((row, column), 0.0) for column in range(columns)] for row in range(rows)]
    chosen = zip(*optimize.linear_sum_assignment(table, maximize=True), strict=True)
    theirs = sum(table[row][column] for row, column in chosen)
    assert worth(scores, best_pairs(scores)) == pytest.approx(theirs)


def test_two_that_fit_as_well_are_settled_alike_every_time() -> None:
    even = {(0, 0): 7.5, (1, 0): 7.5}
    assert best_pairs(even) == best_pairs(dict(reversed(even.items())))
