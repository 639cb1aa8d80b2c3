"""Headings stand over the columns that they name, wherever print sets them."""

from __future__ import annotations

import pytest
from grid_pages import page, right, rows_of, words

from extractors.grid import read_page
from extractors.grid.compose import compose, set_in_columns
from extractors.grid.lines import page_lines
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


def test_headings_that_hang_over_into_the_column_before_are_two() -> None:
    # The columns end where their longest figures do, `2,950 CR`; the headings end before `CR`.
    heads = words("Service", 60, 200)
    figures = words("Fees", 60, 216)
    for text, x in (("Outturn", 280), ("Original Budget", 380), ("Revised Budget", 480)):
        heads += right(text, x, 200)
        figures += words("2,950 CR", x - 24, 216)
    columns = [(60.0, 230.0), (230.0, 325.0), (325.0, 423.0), (423.0, 530.0)]
    setting = set_in_columns(page_lines([*heads, *figures]), columns)
    draft = compose(setting, [0, 1], "space/lines")
    texts = [(c.column, " ".join(w.text for w in c.words)) for c in draft.cells if c.row == 0]
    assert texts == [(0, "Service"), (1, "Outturn"), (2, "Original Budget"), (3, "Revised Budget")]
