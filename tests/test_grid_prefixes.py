"""Labels that all begin with the same words are one column, however wide the space after them."""

import pytest
from grid_pages import page, prose, right, rows_of, words
from reportlab.pdfbase.pdfmetrics import stringWidth

from extractors.grid import read_page
from extractors.grid.columns import cut_flush
from extractors.grid.lines import page_lines
from extractors.model import Box, Word

PLACES = ["Abbey", "Castle Hill", "Weir Lane", "Tollgate", "Moorgate and Priory", "Minster"]
PLACES += ["Bridge Street", "Park"]


def typed(text: str, x: float, top: float, space: float, bold: bool = False) -> list[Word]:
    """Words of a monospaced fount, `space` em apart."""
    drawn = []
    for part in text.split():
        width = len(part) * 5.4
        drawn.append(Word(part, Box(x, top, x + width, top + 10), 9.0, bold=bold))
        x += width + space * 9
    return drawn


@pytest.mark.parametrize("prefix", ["PCC", "Friends of", "Ward budget:"])
@pytest.mark.parametrize("space", [0.28, 0.6])
@pytest.mark.parametrize("years", [["2024/25"], ["2024/25", "2025/26", "2026/27", "2027/28"]])
@pytest.mark.parametrize("headed", [False, True])
def test_a_repeated_prefix_is_no_column(
    prefix: str, space: float, years: list[str], headed: bool
) -> None:
    drawn: list[list[Word]] = []
    rows: list[list[str]] = []
    if headed:
        drawn.append(typed("Scheme", 60, 186, space, bold=True))
        for i, year in enumerate(years):
            drawn[0] += right(year, 340 + 70 * i, 186, bold=True)
        rows.append(["Scheme", *years])
    for i, place in enumerate(PLACES):
        y = 200 + 14 * i
        sums = [f"{3 + i + n},250" for n in range(len(years))]
        drawn.append(typed(f"{prefix} {place}", 60, y, space))
        for n, printed in enumerate(sums):
            drawn[-1] += right(printed, 340 + 70 * n, y)
        rows.append([f"{prefix} {place}", *sums])
    (grid,) = read_page(page([*prose(90), *drawn]))
    assert rows_of(grid) == rows


def test_a_cell_that_fills_its_column_leaves_no_gap_before_the_next() -> None:
    routes = ["Grant", "Contract", "Direct award", "Jointly funded by partners", "Contract"]
    areas = ["Force-wide", "County only", "Eastmere", "Saltmoor and the Isles", "Northfold"]
    edge = 130 + stringWidth("Jointly funded by partners ", "Helvetica", 9.0)
    drawn, expected = [], []
    for n, (route, area) in enumerate(zip(routes, areas, strict=True)):
        y = 200.0 + 14 * n
        drawn.append(words(f"Service {n}", 60, y) + words(route, 130, y) + words(area, edge, y))
        drawn[-1] += right(f"{n}1,750", 500, y)
        expected.append([f"Service {n}", route, area, f"{n}1,750"])
    (grid,) = read_page(page([*prose(100), *drawn]))
    assert rows_of(grid) == expected


def test_words_of_one_cell_are_not_cut_where_a_few_others_begin() -> None:
    lines = page_lines(
        w
        for n in range(6)
        for w in words("Mentors for young people", 60, 100 + 14 * n)
        + (words("Grant", 240, 100 + 14 * n) if n % 3 else words("Award", 241.5, 100 + 14 * n))
    )
    assert [len(line.chunks) for line in cut_flush(lines)] == [2] * 6
