"""A drawn sheet whose sections stand apart by an empty row is one table, not several."""

import pytest
from grid_pages import across, down, page, prose, right, rows_of, words

from extractors.grid import read_page
from extractors.model import Page, Rule, Word

XS = (56.0, 220.0, 380.0, 505.0)
HIGH = 16.0
Row = tuple[str, str, str]
HEAD = ("Service", "Provider", "2024/25 (£)")
FIRST = [("Mentors", "Oak Trust", "12,400"), ("Helpline", "Beacon", "8,650"), ("Refuge", "", "900")]
SECOND = [("Communities", "", ""), ("Night bus", "Harbour", "4,150"), ("Pantry", "Kirk", "2,300")]


def drawn(rows: list[Row], top: float, bold: bool = False) -> tuple[list[list[Word]], list[Rule]]:
    """Rows in a grid of their own, its first one bold where it says so."""
    lines = []
    for i, (service, provider, amount) in enumerate(rows):
        y, thick = top + HIGH * i + 3, bold and not i
        lines.append(words(service, 60, y, bold=thick) + words(provider, 224, y, bold=thick))
        lines[-1] += right(amount, 500, y, bold=thick)
    foot = top + HIGH * len(rows)
    ys = [top + HIGH * i for i in range(len(rows) + 1)]
    return lines, [across(y, XS[0], XS[-1]) for y in ys] + [down(x, top, foot) for x in XS]


def sheet(second: list[Row], apart: float = HIGH, between: str = "", bold: bool = False) -> Page:
    upper, rules = drawn([HEAD, *FIRST], 200, bold=True)
    foot = 200 + HIGH * 4
    lower, more = drawn(second, foot + apart, bold)
    lines = [*prose(100), *upper, *lower]
    if between:
        lines.append(words(between, 60, foot + apart / 2 - 5))
    return page(lines, [*rules, *more])


def tables(printed: Page) -> list[list[str]]:
    return [[row[0] for row in rows_of(g) if row and row[0]] for g in read_page(printed)]


def names(rows: list[Row]) -> list[str]:
    return [row[0] for row in rows]


def test_sections_that_stand_apart_by_an_empty_row_are_one_table() -> None:
    (grid,) = read_page(sheet(SECOND))
    found = [row for row in rows_of(grid) if any(row)]
    assert [row[0] for row in found] == names([HEAD, *FIRST, *SECOND])
    assert grid.header_rows == 1


@pytest.mark.parametrize(
    "printed",
    [
        sheet([HEAD, *SECOND[1:]], bold=True),
        sheet(SECOND, apart=3 * HIGH),
        sheet(SECOND, apart=1.5 * HIGH, between="Paid by others"),
    ],
    ids=["headings of its own", "far off", "words between"],
)
def test_another_table_below_stays_another(printed: Page) -> None:
    assert len(tables(printed)) == 2


def test_a_section_that_begins_at_once_with_a_figure_goes_on_with_the_table() -> None:
    (grid,) = read_page(sheet(SECOND[1:]))
    found = [row for row in rows_of(grid) if any(row)]
    assert found == [[*HEAD], *([*row] for row in (*FIRST, *SECOND[1:]))]


@pytest.mark.parametrize("year", ["2023/24", "2022"])
def test_a_first_row_that_names_a_year_begins_another_table(year: str) -> None:
    assert len(tables(sheet([("Service", "Provider", year), *SECOND[1:]]))) == 2


def test_a_heading_with_a_digit_over_names_with_digits_is_a_heading() -> None:
    rows = [("Project", "Tier 2 partner", "Grant"), ("Night bus", "Depot B7", "4,150")]
    assert len(tables(sheet([*rows, ("Pantry", "Kirk", "2,300")]))) == 2
