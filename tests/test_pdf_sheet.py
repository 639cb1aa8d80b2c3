"""Spreadsheets printed with their frame: column letters above, row numbers beside."""

from __future__ import annotations

from itertools import pairwise

import pytest
from grid_pages import across, down, page, right, words

from extractors.grid import read_tables
from extractors.model import Page, Rule, Word
from extractors.pdf.sheet import without_sheet_frame

BORDERS = (60, 230, 330, 430)


def sheet(
    cells: list[tuple[str, ...]],
    letters: str = "ABC",
    first: int = 1,
    step: int = 1,
    corner: str = "",
    note: str = "",
) -> Page:
    """Rows 18 points high under column letters, each with its number at the left."""
    drawn: list[list[Word]] = [words("Capital programme", 60, 50, bold=True), words(corner, 32, 82)]
    rules: list[Rule] = [across(80, 30, 430), across(98, 30, 430)]
    columns = list(pairwise(BORDERS))[: len(letters)]
    for letter, (x0, x1) in zip(letters, columns, strict=True):
        drawn.append(words(letter, (x0 + x1) / 2 - 3, 84))
        rules += [down(x0, 80, 98), down(x1, 80, 98)]
    for at, row in enumerate(cells):
        top = 102 + 18 * at
        drawn.append(right(str(first + step * at), 50, top))
        drawn.append(words(note, 32, top) if note and at == 2 else [])
        for text, (x0, x1) in zip(row, columns, strict=False):
            figure = text[:1].isdigit() and "/" not in text
            drawn.append(right(text, x1 - 4, top) if figure else words(text, x0 + 4, top))
        rules.append(across(top + 14, 30, 60))
        rules.append(across(top + 14, 60, 430, 0.6))
    foot = 98 + 18 * len(cells)
    rules += [down(30, 80, foot), down(60, 80, foot), down(430, 80, foot)]
    return page(drawn, rules)


ROWS = [
    ("Scheme", "2025/26", "2026/27"),
    ("Drill yard", "1,240", "3,850"),
    ("Roofs and boilers", "320", "320"),
    ("Ladder platform", "275", "150"),
    ("Rescue boats", "54", "58"),
    ("Total", "1,889", "4,378"),
]


def test_column_letters_and_row_numbers_are_no_part_of_the_table() -> None:
    (table,) = read_tables([without_sheet_frame(sheet(ROWS))])
    assert table.column_count == 3
    assert [c.text for c in table.cells if c.row == 0] == ["Scheme", "2025/26", "2026/27"]
    assert [c.text for c in table.cells if c.row == 1] == ["Drill yard", "1,240", "3,850"]


def test_the_lines_of_the_frame_go_with_it() -> None:
    bare = without_sheet_frame(sheet(ROWS))
    assert min(r.box.x0 for r in bare.rules) == 60
    assert min(r.box.top for r in bare.rules) == 98
    assert max(r.box.x1 for r in bare.rules) == 430


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(sheet(ROWS, step=3), id="numbers that do not count"),
        pytest.param(sheet(ROWS, letters="ACF"), id="letters that do not follow each other"),
        pytest.param(sheet(ROWS, note="(a)"), id="other words among the numbers"),
        pytest.param(sheet(ROWS[:4]), id="too few rows to tell"),
        pytest.param(sheet(ROWS, corner="Ref"), id="a heading over the numbers"),
    ],
)
def test_letters_and_numbers_of_a_table_of_its_own_stay(printed: Page) -> None:
    assert without_sheet_frame(printed) is printed
