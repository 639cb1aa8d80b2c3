"""Headings stand over the columns that they name, wherever print sets them."""

from __future__ import annotations

import pytest
from grid_pages import page, right, rows_of, words

from extractors.grid import read_page
from extractors.model import Word

NAMES = ["Victim First", "Target Hardening", "Hardship fund", "Street Sport", "Kicks", "Total"]


def sheet(heads: list[Word], ends: tuple[float, ...]) -> list[list[str]]:
    """The rows read of a table whose figures end at `ends`, under these headings."""
    drawn = [heads]
    for i, name in enumerate(NAMES):
        figures = [w for n, x in enumerate(ends) for w in right(f"{90 - i}.{n}", x, 220 + 16 * i)]
        drawn.append(words(name, 60, 220 + 16 * i) + figures)
    (grid,) = read_page(page(drawn))
    return rows_of(grid)


@pytest.mark.parametrize("gap", [85, 77])
def test_headings_flush_left_name_the_figures_flush_right_below_their_ends(gap: int) -> None:
    years = ["2022-23 actual", "2023-24 budget", "2024-25 forecast"]
    heads = words("Service", 60, 200)
    for i, year in enumerate(years):
        heads += words(year, 260 + gap * i, 200)
    rows = sheet(heads, (258 + gap, 258 + 2 * gap, 258 + 3 * gap))
    assert rows[0] == ["Service", *years]
    assert rows[1] == ["Victim First", "90.0", "90.1", "90.2"]
