"""What stands close round a table is seen whole: rows left out, plain rows, totals, banners."""

import pytest
from grid_pages import page, prose, right, rows_of, words

from extractors.grid import read_page
from extractors.grid.draft import Draft
from extractors.grid.lines import page_lines
from extractors.grid.rows import row_breaks
from extractors.grid.surroundings import rows_beyond
from extractors.model import Box, Fill, Word

XS = [56.0, 200.0, 340.0, 500.0]


def row(name: str, who: str, sum_: str, top: float, bold: bool = False) -> list[Word]:
    drawn = words(name, 60, top, bold=bold) + words(who, 220, top, bold=bold)
    return drawn + right(sum_, 500, top, bold=bold)


@pytest.mark.parametrize("below", [False, True], ids=["above", "below"])
def test_a_centred_row_left_out_counts_whole(below: bool) -> None:
    # Its label has two lines, and what stands beside it is level with neither.
    draft = Draft("space/rows", XS, [200.0, 216.0, 232.0], [])
    top = 238.0 if below else 170.0
    drawn = [*words("Mentors in", 60, top), *words("schools", 60, top + 11)]
    drawn += [*words("Oak Trust", 220, top + 5.5), *words("12,400", 400, top + 5.5)]
    assert rows_beyond(draft, page_lines(drawn))[below] == 1


def test_a_row_further_off_does_not_count_with_the_nearest() -> None:
    draft = Draft("space/rows", XS, [200.0, 216.0, 232.0], [])
    drawn = [*words("Mentors", 60, 170), *words("Oak Trust", 220, 184), *words("12,400", 400, 184)]
    assert rows_beyond(draft, page_lines(drawn))[0] == pytest.approx(2 / 3)


BODY = [("Mentors", "Oak Trust", "12,400"), ("Shed", "Aid", "1,750"), ("Pantry", "Kirk", "900")]
BODY += [("Helpline", "Beacon", "8,650"), ("Refuge", "Harbour", "23,100")]
HEAD = ("Service", "Provider", "Award")


@pytest.mark.parametrize("title", ["", "Grants to groups"])
def test_plain_rows_before_the_first_band_and_after_the_last_are_rows(title: str) -> None:
    rows = [HEAD, *BODY]
    drawn = [row(*one, 200 + 24 * i, bold=not i) for i, one in enumerate(rows)]
    if title:
        drawn.insert(0, words(title, 60, 174, bold=True))
    bands = [Fill(Box(56, 193 + 24 * i, 505, 217 + 24 * i), (230, 240, 240)) for i in (2, 4)]
    (grid,) = read_page(page([*prose(100), *drawn], fills=bands))
    assert rows_of(grid) == [list(one) for one in rows]


def small_number(last: str) -> list[int]:
    """The rows of a table of which one label ends on a line of its own with a number."""
    drawn = [words("Service", 60, 100, bold=True) + right("Award", 300, 100, bold=True)]
    top = 116.0
    for name, sum_ in (("Mentors in all the schools", "4,100"), ("Refuges for families", "900")):
        drawn.append(words(name, 60, top) + right(sum_, 300, top))
        top += 18
    drawn += [words("Lunches for people over", 60, top) + right("12,400", 300, top)]
    drawn += [words(last, 60, top + 11)]
    top += 29
    for name, sum_ in (("Helplines in the evenings", "8,650"), ("Sheds and gardens", "23,100")):
        drawn.append(words(name, 60, top) + right(sum_, 300, top))
        top += 18
    lines = page_lines(w for line in drawn for w in line)
    return row_breaks(lines, [(60, 190), (260, 300)])


@pytest.mark.parametrize("last", ["65", "2024"])
def test_a_small_number_or_a_year_ends_the_words_above_it(last: str) -> None:
    assert small_number(last) == [0, 1, 2, 3, 5, 6]


def test_a_sum_does_not_go_on_with_words() -> None:
    assert 4 in small_number("12,650")


@pytest.mark.parametrize("label", ["Net cost of committee", "Total cost of halls"])
def test_a_lone_label_below_a_net_cost_begins_a_section(label: str) -> None:
    rows = [("Halls", "4,100"), ("Parks", "900"), (label, "5,000"), ("Community", "")]
    rows += [("Grants and gifts", "8,650"), ("Events", "23,100")]
    drawn = [
        words(n, 60, 100 + 12 * i) + right(s, 300, 100 + 12 * i) for i, (n, s) in enumerate(rows)
    ]
    lines = page_lines(w for line in drawn for w in line)
    assert 3 in row_breaks(lines, [(60, 190), (260, 300)])
