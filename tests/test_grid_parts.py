"""What is printed close together and is two, and what stands apart and goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from grid_pages import across, down, page, prose, right, rows_of, words

from extractors.grid import read_page
from extractors.grid.cells import overflowing_joined, paragraphs
from extractors.grid.draft import DraftCell
from extractors.grid.joins import Grid, begin, repeated
from extractors.grid.lines import cut_line, page_lines
from extractors.grid.rows import place_chunks
from extractors.grid.rulings import Ruling
from extractors.grid.spaces import wide_gutter
from extractors.grid.strips import labels_again, widen
from extractors.grid.themes import sparse_labels
from extractors.model import Box, Cell, Fill, Place, Word

Rows = list[list[str]]
XS = (50.0, 200.0, 350.0, 500.0)


def grid(number: int, rows: Rows, headings: int) -> Grid:
    """A grid of rows 20 points high, of this many heading rows."""
    xs, ys = XS[: len(rows[0]) + 1], tuple(80.0 + 20 * i for i in range(len(rows) + 1))
    cells = tuple(Cell(i, j, text) for i, row in enumerate(rows) for j, text in enumerate(row))
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    return Grid(number, box, xs, ys, cells, headings, "ruled", 1.0, ())


HEAD, UNITS = ["Service", "2023/24", "2024/25"], ["", "£000", "(£000s)"]
BODY = [["Mentors", "4,100", "4,250"], ["Shed", "900", "950"]]
MORE = [["Choir", "750", "800"], ["Clay", "300", "350"]]


@pytest.mark.parametrize(
    ("second", "count"),
    [([HEAD, UNITS, *MORE], 2), ([HEAD, *MORE], 1), ([UNITS, *MORE], 0), (MORE, 0)],
    ids=["headings and units", "headings", "units alone", "neither"],
)
def test_units_under_headings_that_come_again_go_with_them(second: Rows, count: int) -> None:
    first = begin(grid(1, [HEAD, UNITS, *BODY], 1))
    assert repeated(first, grid(2, second, 1)) == count


@pytest.mark.parametrize(
    ("first", "headings"),
    [(["Total", "", "5,000", "5,200"], 0), (["Service", "Provider", "2023/24", "2024/25"], 1)],
    ids=["a total", "headings"],
)
def test_a_bold_total_at_the_head_of_a_strip_names_no_column(
    first: list[str], headings: int
) -> None:
    labels = grid(1, [first[:2], ["Mentors", "Oak Trust"], ["Shed", "Aid"]], 1)
    figures = grid(2, [first[2:], ["4,100", "4,250"], ["900", "950"]], 1)
    assert widen(labels, figures).header_rows == headings


def test_figures_under_the_blank_of_a_banner_stand_in_the_row_below_it() -> None:
    rows = [["Service"], ["Mentors"], ["Young people"], ["Choir"], ["Clay"]]
    ys = (80.0, 100.0, 120.0, 140.0, 160.0, 180.0)
    labels = replace(grid(1, rows, 1), ys=ys, cells=placed([row[0] for row in rows], ys))
    below = (80.0, 100.0, 120.0, 160.0, 180.0)  # no line is drawn under the blank
    figures = replace(
        grid(2, [["2024/25"], ["4,100"], ["750"], ["300"]], 1),
        ys=below,
        cells=placed(["2024/25", "4,100", "750", "300"], (80.0, 100.0, 140.0, 160.0)),
    )
    assert rows_of(widen(labels, figures))[2:] == [
        ["Young people"],
        ["Choir", "750"],
        ["Clay", "300"],
    ]


def placed(texts: list[str], tops: tuple[float, ...]) -> tuple[Cell, ...]:
    """One cell to a row, its words this far from the top."""
    return tuple(
        Cell(row, 0, text, places=(Place(1, Box(60, top + 5, 120, top + 15)),))
        for row, (text, top) in enumerate(zip(texts, tops, strict=False))
    )


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("2017-18 budget 2018-19 budget", ["2017-18 budget", "2018-19 budget"]),
        ("Budget 2017/18 Budget 2018/19", ["Budget 2017/18", "Budget 2018/19"]),
        ("Budget 2017/18 Spend 2018/19", ["Budget 2017/18 Spend 2018/19"]),
        ("2017-18 and 2018-19", ["2017-18 and 2018-19"]),
        ("Budget 2017-18", ["Budget 2017-18"]),
    ],
)
def test_headings_that_say_the_same_of_several_years_are_two(
    printed: str, parts: list[str]
) -> None:
    assert [chunk.text for chunk in cut_line(words(printed, 60, 100))] == parts


def stacked(upper: list[Word], lower: list[Word]) -> str:
    text, _, _ = paragraphs([*upper, *lower])
    return text


def test_a_bold_line_over_a_plain_one_is_a_paragraph_of_its_own() -> None:
    bold, plain = words("Oak Trust", 60, 100, bold=True), words("Mentors in schools", 60, 111)
    assert stacked(bold, plain) == "Oak Trust\nMentors in schools"


@pytest.mark.parametrize("lower", ["and Mentors", "in schools"])
def test_a_plain_line_that_begins_small_goes_on(lower: str) -> None:
    bold = words("Oak Trust", 60, 100, bold=True)
    assert stacked(bold, words(lower, 60, 111)) == f"Oak Trust {lower}"


def themed(rule: bool) -> list[str]:
    """The labels of a first column set close, with a rule between the second and third line."""
    drawn = [words("Theme", 60, 80) + words("Service", 160, 80) + words("Award", 300, 80)]
    for i in range(8):
        drawn.append(words(f"Service {'abcdefgh'[i]}", 160, 104 + 12 * i))
        drawn[-1] += right(f"{i + 1},250", 340, 104 + 12 * i)
    lines = (("Helping", 122), ("victims", 133), ("Safer", 144), ("streets", 155))
    drawn += [words(text, 60, top) for text, top in lines]
    placed = place_chunks(
        page_lines(w for line in drawn for w in line), [(60, 120), (160, 220), (300, 340)]
    )
    rules = (Ruling(143.5, 50, 140),) if rule else ()
    return [" ".join(w.text for w in theme.words) for theme in sparse_labels(placed, rules)]


def test_no_label_goes_on_below_a_rule() -> None:
    assert themed(rule=True) == ["Helping victims", "Safer streets"]
    assert themed(rule=False) == []


def labelled(tops: list[float], labels: list[str]) -> list[str]:
    """The labels of a first column beside nine services, three under each of three banners."""
    drawn = []
    for i in range(9):
        top = 104 + 12 * (i + i // 3)
        drawn.append(words(f"Service {'abcdefghi'[i]}", 160, top) + right(f"{i + 1},250", 340, top))
    drawn += [words(banner, 160, 92 + 48 * i) for i, banner in enumerate(("One", "Two", "Three"))]
    drawn += [words(text, 60, top) for text, top in zip(labels, tops, strict=True)]
    placed = place_chunks(
        page_lines(w for line in drawn for w in line), [(60, 120), (160, 220), (300, 340)]
    )
    return [" ".join(w.text for w in theme.words) for theme in sparse_labels(placed)]


def test_codes_each_level_with_its_row_are_no_themes() -> None:
    tops = [104.0 + 12 * (i + i // 3) for i in range(9)]
    assert labelled(tops, [f"{4100 + 10 * i}" for i in range(9)]) == []


def test_labels_between_rows_are_themes() -> None:
    tops = [top + by for top in (110.0, 158.0, 206.0) for by in (0, 11)]
    named = ["Helping", "victims", "Safer", "streets", "Green", "spaces"]
    assert labelled(tops, named) == ["Helping victims", "Safer streets", "Green spaces"]


def test_the_wrapped_cells_of_a_drawn_table_are_no_cards() -> None:
    # The same words level in each row, and under them names and sums, as labels and values stand.
    rows = [("Mentors", "to Oak Trust", "£4,100"), ("Shed", "to Aid", "£900")]
    rows += [("Choir", "to Kirk", "£750"), ("Clay", "to Kiln", "£300"), ("Pantry", "to Sea", "£80")]
    drawn = [words("Service", 54, 205, bold=True) + words("Kind of award", 174, 205, bold=True)]
    drawn[0] += words("Area", 304, 205, bold=True) + right("£", 525, 205, bold=True)
    ys = [200.0, 220.0]
    for service, provider, award in rows:
        y = ys[-1]
        drawn.append(words("Small grant", 174, y + 5) + words("Countywide", 304, y + 5))
        drawn.append(words(service, 54, y + 11))
        drawn.append(words(provider, 174, y + 17) + right(award, 525, y + 17))
        ys.append(y + 34)
    rules = [across(y, 50, 530) for y in ys]
    rules += [down(x, ys[0], ys[-1]) for x in (50, 170, 300, 420, 530)]
    (read,) = read_page(page([*prose(100), *drawn], rules))
    assert rows_of(read)[1:] == [[a, f"Small grant {b}", "Countywide", c] for a, b, c in rows]


def spread(second: str, apart: float) -> list[tuple[int, int, str]]:
    """A row of two cells whose words stand on one line, this far apart."""
    first = words("Grants to groups", 60, 104)
    x = first[-1].box.x1 + apart
    cells = [
        DraftCell(0, 0, 1, 1, Box(50, 100, 130, 120), first),
        DraftCell(0, 1, 1, 1, Box(130, 100, 250, 120), words(second, x, 104)),
    ]
    joined = overflowing_joined(cells)
    return [(c.column, c.column_span, " ".join(w.text for w in c.words)) for c in joined]


def test_a_banner_that_runs_over_its_cells_border_is_one_text() -> None:
    assert spread("and clubs", 2.5) == [(0, 2, "Grants to groups and clubs")]


@pytest.mark.parametrize(("second", "apart"), [("and clubs", 12.0), ("900", 2.5)])
def test_what_stands_apart_or_is_a_figure_is_a_cell_of_its_own(second: str, apart: float) -> None:
    assert spread(second, apart) == [(0, 1, "Grants to groups"), (1, 1, second)]


@pytest.mark.parametrize(
    ("label", "kept"),
    [("Total of the three", 1), ("Grants of the three", 2)],
    ids=["a total", "a name in line"],
)
def test_a_total_that_runs_over_its_border_beside_its_sum_is_one_text(
    label: str, kept: int
) -> None:
    first = words(label, 60, 104)
    x = first[-1].box.x1 + 2.5
    cells = [
        DraftCell(0, 0, 1, 1, Box(50, 100, x - 1, 120), first),
        DraftCell(0, 1, 1, 1, Box(x - 1, 100, 350, 120), words("priorities", x, 104)),
        DraftCell(0, 2, 1, 1, Box(350, 100, 450, 120), words("6,171,750", 400, 104)),
        DraftCell(1, 1, 1, 1, Box(x - 1, 120, 350, 140), words("Oak Trust", x, 124)),
        DraftCell(2, 1, 1, 1, Box(x - 1, 140, 350, 160), words("Aid", x, 144)),
    ]
    joined = [c for c in overflowing_joined(cells) if c.row == 0 and c.column < 2]
    assert len(joined) == kept


@pytest.mark.parametrize("crossing", [True, False], ids=["rules over both", "rules end between"])
def test_rules_tell_two_tables_side_by_side_from_one(crossing: bool) -> None:
    drawn, rules = [], []
    left = [("Arden Forest", "48,200"), ("Henbury Vale", "61,500"), ("Upper Tame", "39,900")]
    right_ = [("Arden Council", "104,000"), ("Severn Council", "137,500"), ("All", "241,500")]
    for n, ((a, b), (c, d)) in enumerate(
        zip([("Partnership", "\u00a3"), *left], [("Authority", "\u00a3"), *right_], strict=True)
    ):
        y = 200.0 + 16 * n
        drawn.append(words(a, 60, y) + right(b, 270, y) + words(c, 320, y) + right(d, 530, y))
        ends = [(56, 534)] if crossing else [(56, 274), (316, 534)]
        rules += [across(y + 12, x0, x1) for x0, x1 in ends]
    grids = read_page(page([*prose(100), *drawn], rules))
    assert [g.column_count for g in grids] == ([4] if crossing else [2, 2])


@pytest.mark.parametrize("crossing", [True, False], ids=["bands over both", "bands end between"])
def test_bands_tell_two_tables_side_by_side_from_one(crossing: bool) -> None:
    names = ["Eastmere", "Fenside", "Marsh", "West", "Tarn"]
    left = [("Partnership", "£"), *((name, f"{n}8,100") for n, name in enumerate(names, 1))]
    names = ["Boatshed", "Rugby", "Skate", "Carers", "Studio"]
    other = [("Club", "£"), *((name, f"{n},750") for n, name in enumerate(names, 4))]
    drawn, fills = [], []
    for n, ((a, b), (c, d)) in enumerate(zip(left, other, strict=True)):
        y = 200.0 + 20 * n
        drawn.append(words(a, 60, y) + right(b, 270, y) + words(c, 320, y) + right(d, 530, y))
        if n % 2 == 0:
            ends = [(54, 536)] if crossing else [(54, 276), (314, 536)]
            fills += [Fill(Box(x0, y - 5, x1, y + 15), (230, 240, 230)) for x0, x1 in ends]
    grids = read_page(page([*prose(100), *drawn], fills=fills))
    assert [g.column_count for g in grids] == ([4] if crossing else [2, 2])


@pytest.mark.parametrize("labels", [True, False], ids=["labels on both sides", "on one"])
def test_rules_that_end_between_columns_part_tables_where_both_have_labels(labels: bool) -> None:
    drawn, rules = [], []
    for n, name in enumerate(["Spending", "Savings", "Reserves", "Grants", "Total"]):
        y = 200.0 + 16 * n
        drawn.append(words(name, 60, y) + right(f"{n}0.2", 200, y))
        drawn[-1] += words(name, 260, y) if labels else right(f"{n}1.3", 290, y)
        drawn[-1] += right(f"{n}8.9", 400, y)
        rules += [Ruling(y + 12, 56, 204), Ruling(y + 12, 256, 404)]
    columns = [(60.0, 150.0), (150.0, 230.0), (256.0, 330.0), (330.0, 400.0)]
    lines = page_lines(w for line in drawn for w in line)
    found = wide_gutter(lines, columns, rules)
    assert (found is not None and found[1] == "uneven") is labels


def test_labels_printed_again_on_the_next_strip_count_once_though_a_note_is_not() -> None:
    rows = [["", "Project", "2025-26"], ["1", "Roads", "12"], ["2", "Bridges", "14"],
            ["3", "Depots", "9"], ["4", "Signs", "7"]]  # fmt: skip
    first = grid(1, [*rows, ["", "Figures are rounded", ""]], 1)
    other = grid(2, [[a, b, "8"] if a else ["", "Project", "2026-27"] for a, b, _ in rows], 1)
    assert labels_again(first, other) == 2
