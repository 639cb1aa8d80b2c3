"""Headings that the page break left alone at the foot of the page before belong to the table."""

from dataclasses import replace

import pytest
from grid_pages import across, page, prose, right, rows_of, words

from extractors.grid import read_grids
from extractors.model import Page, Word

ROWS = (
    ("Partnership Manager", "54,200", "56,100"),
    ("Case Officers", "78,640", "80,900"),
    ("Data Analyst", "26,300", "27,150"),
    ("Sanctuary scheme", "31,500", "31,500"),
    ("Safe lodging", "45,000", "46,350"),
    ("Total staffing", "235,640", "242,000"),
)


def headings(top: float, bold: bool = True) -> list[list[Word]]:
    lines = [
        words("All figures in £", 60, top, bold=bold)
        + right("2024/25", 400, top, bold=bold)
        + right("2025/26", 500, top, bold=bold)
    ]
    return [*lines, words("Staffing", 60, top + 20, bold=True)]


def two_pages(foot: list[list[Word]]) -> tuple[Page, Page]:
    first = page([*prose(100), *prose(300), *foot])
    drawn = [
        words(name, 60, 60 + 18 * n) + right(a, 400, 60 + 18 * n) + right(b, 500, 60 + 18 * n)
        for n, (name, a, b) in enumerate(ROWS)
    ]
    rules = [across(57 + 18 * n, 56, 505) for n in range(len(ROWS) + 1)]
    second = page([*drawn, *prose(420)], rules)
    return first, replace(second, number=2)


def test_headings_and_banner_at_the_foot_of_a_page_head_the_table_on_the_next() -> None:
    _, (grid, *_) = read_grids(two_pages(headings(700)))
    shown = rows_of(grid)
    assert shown[0] == ["All figures in £", "2024/25", "2025/26"]
    assert shown[1][0] == "Staffing"
    assert shown[2] == ["Partnership Manager", "54,200", "56,100"]
    assert grid.header_rows == 1
    assert {c.places[0].page for c in grid.cells if c.row == 0} == {1}


@pytest.mark.parametrize(
    "foot",
    [
        headings(700, bold=False),
        [words("The figures for 2024/25 are on the next page", 60, 700, bold=True)],
        [*headings(680)[:1], *prose(720, lines=2)],
    ],
    ids=["in plain type", "a sentence", "with running text after them"],
)
def test_other_words_at_the_foot_of_a_page_head_nothing(foot: list[list[Word]]) -> None:
    _, (grid, *_) = read_grids(two_pages(foot))
    assert rows_of(grid)[0] == ["Partnership Manager", "54,200", "56,100"]
