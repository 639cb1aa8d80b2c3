"""How far the lines of a table reach: headings, banners and captions over it, others in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from grid_pages import across, page, prose, right, rows_of, words

from extractors.grid import read_page
from extractors.grid.lines import Line, page_lines
from extractors.grid.regions import grown, headed_parts, restarted
from extractors.grid.rejoined import rejoined
from extractors.grid.rulings import Ruling
from extractors.model import Box, Fill, Word

COLUMNS = [(60.0, 140.0), (220.0, 290.0), (470.0, 500.0)]
BODY = [("Mentors", "Oak Trust", "12,400"), ("Shed", "Aid", "1,750"), ("Pantry", "Kirk", "900")]
HEAD = ("Service", "Provider", "Award")


def lines_of(drawn: list[list[Word]]) -> list[Line]:
    return page_lines(w for line in drawn for w in line)


def row(cells: tuple[str, str, str], top: float, bold: bool = False) -> list[Word]:
    name, who, sum_ = cells
    drawn = words(name, 60, top, bold=bold) + words(who, 220, top, bold=bold)
    return drawn + (right(sum_, 500, top, bold=bold) if sum_ else [])


def table(top: float, *over: list[Word]) -> list[Line]:
    """Lines of a body that begins at a height, under other lines."""
    return lines_of([*over, *(row(one, top + 13 * i) for i, one in enumerate(BODY))])


@pytest.mark.parametrize(
    ("over", "kept"),
    [
        ("Table 1: Awards", 0),
        ("Figure A2 – Awards", 0),
        ("Table 1.2a. Awards", 0),
        ("Awards", 1),
        ("Tables", 1),
    ],
)
def test_a_caption_over_a_table_is_none_of_its_headings(over: str, kept: int) -> None:
    lines = table(113, words(over, 60, 100))
    assert grown(lines, 1, len(lines), COLUMNS) == (1 - kept, len(lines))


@pytest.mark.parametrize(
    ("over", "size", "kept"),
    [
        ("Our awards", 9.0, 0),  # `Our awards Service` would fit: nothing made it wrap
        ("Name of the project or of the", 9.0, 1),
        ("Our project or", 14.0, 0),
    ],
    ids=["short", "wrapped", "larger"],
)
def test_a_bold_title_over_bold_headings_is_no_line_of_the_first(
    over: str, size: float, kept: int
) -> None:
    title = words(over, 60, 113 - 1.3 * size, size, bold=True)
    lines = table(126, title, row(HEAD, 113, bold=True))
    assert grown(lines, 1, len(lines), COLUMNS) == (1 - kept, len(lines))


@pytest.mark.parametrize(
    ("headings", "first"), [(HEAD, 0), (("The panel met and agreed what each", "", ""), 2)]
)
def test_a_banner_over_several_columns_is_kept_under_headings(
    headings: tuple[str, str, str], first: int
) -> None:
    banner = words("Grants to groups in the north and the west of town", 60, 113)
    lines = table(126, row(headings, 100), banner)
    assert grown(lines, 2, len(lines), COLUMNS) == (first, len(lines))


@pytest.mark.parametrize(
    ("x", "first"), [(190, 0), (75, 1)], ids=["into the white space", "over both columns"]
)
def test_headings_may_be_wider_than_what_they_head(x: float, first: int) -> None:
    # A border stands somewhere in the white space; the heading may reach over it, not over all.
    head = words("Name of the provider who is paid in the year", x, 100) + right("Award", 500, 100)
    lines = lines_of([head, *(row(one, 113 + 13 * i) for i, one in enumerate(BODY))])
    columns = [(60.0, 200.0), (202.0, 440.0), (442.0, 500.0)]
    assert grown(lines, 1, len(lines), columns) == (first, len(lines))


def two_tables(bold: bool, title: bool) -> list[Line]:
    drawn = [row(HEAD, 100, bold=True), *(row(one, 113 + 13 * i) for i, one in enumerate(BODY))]
    if title:
        drawn.append(words("Small grants", 60, 152, bold=True))
    drawn.append(row(("Project", "Group", "Grant"), 165, bold=bold))
    drawn += [row(one, 178 + 13 * i) for i, one in enumerate(BODY)]
    return lines_of(drawn)


def test_headings_inside_a_run_begin_another_part() -> None:
    lines = two_tables(bold=True, title=True)
    assert headed_parts(lines, 0, len(lines)) == [(0, 4), (5, 9)]
    lines = two_tables(bold=True, title=False)
    assert headed_parts(lines, 0, len(lines)) == [(0, 4), (4, 8)]


def test_plain_words_inside_a_run_begin_none() -> None:
    lines = two_tables(bold=False, title=True)
    assert headed_parts(lines, 0, len(lines)) == []


def test_a_banner_alone_between_rules_at_the_foot_of_a_page_is_a_row() -> None:
    # The rows of its section follow on the next page; the page's last rule is drawn longer.
    rows = [HEAD, *BODY, *BODY]
    drawn = [row(one, 655 + 18 * i, bold=not i) for i, one in enumerate(rows)]
    rules = [across(650 + 18 * i, 56, 505) for i in range(len(rows) + 1)]
    drawn.append(words("Small grants", 60, 791))
    rules.append(across(806, 46, 515))
    (grid,) = read_page(page([*prose(600), *drawn], rules))
    assert rows_of(grid)[-1][0] == "Small grants"
    assert grid.row_count == 8


@pytest.mark.parametrize("total", ["15,050", ""])
def test_a_total_on_a_band_further_off_is_a_row_where_its_figure_stands_under_others(
    total: str,
) -> None:
    drawn = [row(HEAD, 200, bold=True), *(row(one, 214 + 14 * i) for i, one in enumerate(BODY))]
    drawn.append(words("Total of all awards", 60, 278) + (right(total, 500, 278) if total else []))
    bands = [Fill(Box(56, 275, 505, 291), (220, 230, 230))]
    (grid, *_) = read_page(page([*prose(100), *drawn], fills=bands))
    assert (rows_of(grid)[-1][0] == "Total of all awards") is bool(total)


def sections(*between: list[Word], ends: float = 500) -> list[tuple[int, int]]:
    """The runs of two sections that stand apart by blank paper, those in one made one."""

    def figures(top: float, x: float) -> list[list[Word]]:
        own = [row((name, "", sum_), top + 13 * i) for i, (name, _, sum_) in enumerate(BODY)]
        return [[*line, *right("1,200", x - 80, top + 13 * i)] for i, line in enumerate(own)]

    lower = [[replace(w, box=shifted(w.box, ends - 500)) for w in x] for x in figures(180, 500)]
    lines = lines_of([row(HEAD, 100, bold=True), *figures(113, 500), *between, *lower])
    return rejoined(lines, [(0, 4), (len(lines) - 3, len(lines))], ())


def shifted(box: Box, by: float) -> Box:
    return Box(box.x0 + by, box.top, box.x1 + by, box.bottom)


def test_sections_apart_by_blank_paper_are_one_where_their_figures_end_alike() -> None:
    assert sections() == [(0, 7)]
    assert sections(words("Small grants", 60, 164, bold=True)) == [(0, 8)]


def test_figures_that_end_elsewhere_are_another_tables() -> None:
    assert sections(ends=460) == []
    assert sections(ends=490) == []


def test_figures_in_brackets_end_a_little_further_right() -> None:
    assert sections(ends=504) == [(0, 7)]


def test_a_section_of_two_rows_ends_its_figures_where_either_does() -> None:
    lower = [row(("Choir", "Kirk", "750"), 180), row(("Refund", "Kiln", "(300)"), 193)]
    lower[1] = [*lower[1][:-1], *right("(300)", 503, 193)]
    upper = [row(HEAD, 100, bold=True), *(row(one, 113 + 13 * i) for i, one in enumerate(BODY))]
    lines = lines_of([*upper, *lower])
    assert rejoined(lines, [(0, 4), (4, 6)], ()) == [(0, 6)]


@pytest.mark.parametrize(("shift", "parts"), [(0, [(0, 8)]), (40, [(0, 4), (4, 8)])])
def test_headings_that_come_again_at_other_places_begin_a_table(
    shift: float, parts: list[tuple[int, int]]
) -> None:
    drawn = []
    for n, x in enumerate((0.0, shift)):
        for i, one in enumerate((HEAD, *BODY)):
            y = 100 + 52 * n + 13 * i
            name, who, sum_ = one
            line = words(name, 60, y) + words(who, 220 + x, y) + right(sum_, 500, y)
            drawn.append(line)
    assert restarted(lines_of(drawn), 0, 8) == parts


@pytest.mark.parametrize("ruled", [True, False])
def test_blank_rows_that_are_ruled_off_do_not_end_a_sheet(ruled: bool) -> None:
    # Its banners and totals are printed on another strip; three rows are blank on this one.
    tops = [100 + 18 * n for n in (0, 1, 2, 3, 7, 8, 9, 10)]
    drawn = [right(f"{n}12.4", 300, y) + right("648.0", 400, y) for n, y in enumerate(tops)]
    rules = [Ruling(100 + 18 * n - 4, 200, 400) for n in range(12)] if ruled else []
    runs = [(0, 4), (4, 8)]
    assert rejoined(lines_of(drawn), runs, rules) == ([(0, 8)] if ruled else [])


def test_a_page_number_under_ruled_rows_is_none_of_them() -> None:
    tops = [100 + 18 * n for n in range(5)]
    drawn = [right(f"{n}12.4", 300, y) + right("648.0", 400, y) for n, y in enumerate(tops)]
    drawn.append(words("Budget book", 200, 260) + right("12", 400, 260))
    rules = [Ruling(100 + 18 * n - 4, 200, 400) for n in range(9)]
    assert rejoined(lines_of(drawn), [(0, 5), (5, 6)], rules) == []


def test_a_heading_centred_over_narrower_figures_belongs_to_the_table_below() -> None:
    drawn = [words("How paid", 200, 186) + words("2018 to 2019", 300, 186)]
    for n, name in enumerate(["Tags", "Hub", "Court", "Kicks"]):
        y = 200.0 + 14 * n
        drawn.append(words(name, 60, y) + words("Grant", 200, y) + words(f"{n}41", 316, y))
    lines = page_lines(w for line in drawn for w in line)
    columns = [(60.0, 200.0), (200.0, 300.0), (300.0, 331.0)]
    assert grown(lines, 1, 5, columns) == (0, 5)


@pytest.mark.parametrize(("below", "rows"), [("£15,050", 5), ("3", 4), ("Page", 4)])
def test_a_sum_a_line_below_the_last_label_is_a_row(below: str, rows: int) -> None:
    drawn = [row(one, 113 + 20 * i) for i, one in enumerate(BODY)]
    drawn += [words("Total awarded in Round 2", 60, 166), right(below, 500, 184)]
    lines = lines_of(drawn)
    assert grown(lines, 0, 3, COLUMNS) == (0, rows)
