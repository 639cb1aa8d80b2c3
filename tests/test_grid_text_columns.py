"""Pages set in two columns of text: tables stand within a column, or under both."""

import pytest
from grid_pages import across, page, prose, right, rows_of, words

from extractors.grid import read_page
from extractors.grid.lines import page_lines
from extractors.grid.text_columns import text_columns
from extractors.model import Page, Word

LEFT, RIGHT, WIDE = 50.0, 310.0, 230.0
TEXT = "The panel read the report and agreed that the money"
ROWS = [("Advisers", "842.5", "866.0"), ("Alarms", "118.2", "121.4"), ("Support", "36.0", "41.5")]


def text(x: float, top: float, lines: int) -> list[list[Word]]:
    """Lines of running text that fill a column."""
    return [words(TEXT, x, top + 12 * i, 9.0) for i in range(lines)]


def table(x: float, top: float, head: bool = True) -> list[list[Word]]:
    rows = [("£000", "2024/25", "2025/26"), *ROWS] if head else ROWS
    return [
        words(name, x, top + 14 * i, bold=head and not i)
        + right(one, x + 170, top + 14 * i)
        + right(two, x + WIDE, top + 14 * i)
        for i, (name, one, two) in enumerate(rows)
    ]


def read(made: Page) -> list[list[list[str]]]:
    return [rows_of(grid) for grid in read_page(made)]


def halves(made: Page) -> bool:
    return text_columns(made, page_lines(made.words)) is not None


def test_a_table_within_a_column_is_none_of_the_text_beside_it() -> None:
    made = page([*text(LEFT, 100, 12), *text(RIGHT, 100, 5), *table(RIGHT, 175)])
    assert halves(made)
    assert [rows[1:] for rows in read(made)] == [[list(row) for row in ROWS]]


def test_a_table_goes_on_at_the_head_of_the_next_column() -> None:
    more = [(f"{name} again", one, two) for name, one, two in ROWS * 2]
    right_ = [
        words(name, RIGHT, 100 + 14 * i)
        + right(one, RIGHT + 170, 100 + 14 * i)
        + right(two, RIGHT + WIDE, 100 + 14 * i)
        for i, (name, one, two) in enumerate(more)
    ]
    made = page([*text(LEFT, 100, 6), *table(LEFT, 190), *right_, *text(RIGHT, 200, 5)])
    first, second = read_page(made)
    assert (first.goes_on, second.goes_on) == (False, True)
    assert rows_of(second) == [list(row) for row in more]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_under_both_columns_is_read_whole(ruled: bool) -> None:
    wide = [
        words(name, LEFT, 200 + 14 * i, bold=not i)
        + words(who, 180, 200 + 14 * i, bold=not i)
        + right(one, 430, 200 + 14 * i, bold=not i)
        + right(two, 540, 200 + 14 * i, bold=not i)
        for i, (name, who, one, two) in enumerate(
            [("Service", "Provider", "2024/25", "2025/26")]
            + [(name, f"{name} Trust", one, two) for name, one, two in ROWS]
        )
    ]
    rules = [across(198 + 14 * i, 48, 542) for i in range(5)] if ruled else []
    made = page([*text(LEFT, 100, 6), *text(RIGHT, 100, 6), *wide], rules)
    assert halves(made)
    (rows,) = read(made)
    assert rows[1] == ["Advisers", "Advisers Trust", "842.5", "866.0"]


def test_a_table_of_two_columns_of_words_is_no_text() -> None:
    rows = [
        words(f"Service {i}", LEFT, 100 + 14 * i) + words("What it is for", RIGHT, 100 + 14 * i)
        for i in range(8)
    ]
    assert not halves(page([*prose(60, 2), *rows]))
