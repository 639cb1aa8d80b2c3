"""Labels that all begin with the same words are one column, however wide the space after them."""

import pytest
from grid_pages import page, prose, right, rows_of

from extractors.grid import read_page
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
