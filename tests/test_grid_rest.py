"""The last rows of a table at the head of the next page, where themes stand in its first column."""

from dataclasses import replace

import pytest
from grid_pages import across, page, prose, right, rows_of, words

from extractors.grid.reading import goes_beyond
from extractors.grid.rest import rest_of_table
from extractors.model import Rule, Word

XS = (54.0, 125.0, 237.0, 400.0, 480.0, 531.0)


def test_rows_without_a_theme_of_their_own_are_rows() -> None:
    drawn = [
        words("Cultural Centre", 130, 60) + words("staff training", 240, 60),
        words("British Sign Language", 240, 76),
        words("Deaf Lorne", 130, 82) + right("5,640", 470, 82) + right("5,640", 525, 82),
        words("videos on crime", 240, 88),
        words("Rainbow Coast", 130, 105) + words("Festival stall", 240, 105),
        words("Gateway Learning", 130, 121),
        words("Mate crime workshops", 240, 127) + right("11,200", 470, 127),
        words("Disability Forum", 130, 133),
        words("Total", 60, 152) + right("167,870", 470, 152) + right("139,045", 525, 152),
    ]
    drawn[4] += right("1,950", 470, 105) + right("Nil", 525, 105)
    drawn[6] += right("9,800", 525, 127)
    grid = rest_of_table(page([*drawn, *prose(220)]), XS)
    assert grid is not None
    assert [[text for text in row if text] for row in rows_of(grid)] == [
        ["Cultural Centre", "staff training"],
        ["Deaf Lorne", "British Sign Language videos on crime", "5,640", "5,640"],
        ["Rainbow Coast", "Festival stall", "1,950", "Nil"],
        ["Gateway Learning Disability Forum", "Mate crime workshops", "11,200", "9,800"],
        ["Total", "167,870", "139,045"],
    ]


def test_two_rows_before_the_first_label_are_not_the_end_of_one() -> None:
    drawn = [
        words("Return interviews", 130, 60) + right("78,717", 470, 60) + right("17,182", 525, 60),
        words("Mediation", 130, 76) + right("126,473", 525, 76),
        words("Victims total", 60, 92) + right("288,362", 470, 92) + right("664,206", 525, 92),
        words("Total", 60, 108) + right("988,362", 470, 108) + right("964,206", 525, 108),
    ]
    grid = rest_of_table(page([*drawn, *prose(220)]), XS)
    assert grid is not None
    assert [row[1] for row in rows_of(grid)] == ["Return interviews", "Mediation", "", ""]


def test_a_cell_that_fills_its_column_is_cut_from_the_next_where_others_begin() -> None:
    names = ["Oak Trust", "Ash Trust", "Lime Trust"]
    drawn = [
        words(name, 130, 60 + 16 * n) + words("Northfold", 242, 60 + 16 * n)
        for n, name in enumerate(names)
    ]
    long = words("Larkfield Academy Trust", 130, 108)
    long = [replace(w, box=replace(w.box, x1=240.5)) if w is long[-1] else w for w in long]
    drawn.append(long + words("Saltmoor and the Isles", 242, 108))
    drawn = [line + right(f"1{n},750", 470, 60 + 16 * n) for n, line in enumerate(drawn)]
    grid = rest_of_table(page([*drawn, *prose(220)]), XS)
    assert grid is not None
    assert rows_of(grid)[-1][1:4] == ["Larkfield Academy Trust", "Saltmoor and the Isles", "13,750"]


def totals_apart(gap: float, ruled: bool) -> tuple[list[list[Word]], list[Rule]]:
    """The totals of a section and of all at the head of a page, under headings that come again."""
    drawn = [
        words("Theme", 60, 60, bold=True) + words("Provider", 130, 60, bold=True),
        words("Total victims", 60, 76) + right("167,870", 470, 76) + right("139,045", 525, 76),
    ]
    drawn[0] += right("2024/25", 470, 60, bold=True) + right("2025/26", 525, 60, bold=True)
    y = 86 + gap
    drawn.append(words("Total of all", 60, y) + right("888,000", 470, y) + right("777,000", 525, y))
    return [*drawn, *prose(220)], [across(86 + gap / 2, 54, 531)] if ruled else []


@pytest.mark.parametrize(("ruled", "kept"), [(True, 3), (False, 2)])
def test_a_total_that_stands_apart_below_a_rule_is_a_row(ruled: bool, kept: int) -> None:
    drawn, rules = totals_apart(22.0, ruled)
    grid = rest_of_table(page(drawn, rules), XS)
    assert grid is not None
    assert grid.row_count == kept


def test_the_rows_that_end_a_table_go_beyond_a_reading_without_the_last_total() -> None:
    drawn, rules = totals_apart(22.0, ruled=True)
    rest = rest_of_table(page(drawn, rules), XS)
    assert rest is not None
    short = replace(rest, ys=rest.ys[:-1], box=replace(rest.box, bottom=rest.ys[-2] - 6))
    assert goes_beyond(rest, short)
    assert not goes_beyond(rest, rest)
