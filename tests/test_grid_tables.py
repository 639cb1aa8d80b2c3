"""What stands in rows and columns on a page comes back in the same rows and columns."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from grid_pages import across, down, page, prose, right, rows_of, words

from extractors.grid import alternatives, read_page
from extractors.model import Box, Fill, Page, Word

LINES = [
    ("Victim First", "Catch 22", "307,849"),
    ("Target Hardening", "24/7 Locks", "43,636"),
    ("Hardship fund", "Catch 22", "5,000"),
    ("Street Sport", "Community Projects", "5,950"),
    ("Kicks", "Football Trust", "10,000"),
    ("Total", "", "372,435"),
]
HEAD = ("Service", "Provider", "Budget (£)")


def listing(top: float = 200.0, step: float = 16.0) -> list[list[Word]]:
    """A header and six lines of three columns."""
    drawn = [
        words(HEAD[0], 60, top, bold=True)
        + words(HEAD[1], 220, top, bold=True)
        + right(HEAD[2], 500, top, bold=True)
    ]
    for i, (service, provider, amount) in enumerate(LINES, start=1):
        y = top + step * i
        drawn.append(
            words(service, 60, y)
            + (words(provider, 220, y) if provider else [])
            + right(amount, 500, y)
        )
    return drawn


EXPECTED = [list(HEAD), *(list(line) for line in LINES)]
YS = [197.0 + 16.0 * i for i in range(8)]


def full_rules(grey: float = 0.0) -> list[object]:
    return [across(y, 56, 505, grey) for y in YS] + [
        down(x, YS[0], YS[-1], grey) for x in (56, 215, 420, 505)
    ]


STYLES = {
    "white space only": page([*prose(100), *listing()]),
    "full rulings": page([*prose(100), *listing()], full_rules()),  # type: ignore[arg-type]
    "light grey hairlines": page([*prose(100), *listing()], full_rules(0.85)),  # type: ignore[arg-type]
    "horizontal rules only": page([*prose(100), *listing()], [across(y, 56, 505) for y in YS]),
    "rules at head and foot": page(
        [*prose(100), *listing()], [across(y, 56, 505) for y in (YS[0], YS[1], YS[-1])]
    ),
    "body in one ruled row": page(
        [*prose(100), *listing()],
        [across(y, 56, 505) for y in (YS[0], YS[1], YS[-1])]
        + [down(x, YS[0], YS[-1]) for x in (56, 215, 420, 505)],
    ),
    "zebra shading": page(
        [*prose(100), *listing()],
        fills=[Fill(Box(56, y, 505, y + 16), (235, 235, 235)) for y in YS[1:-1:2]],
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_the_same_table_in_every_house_style(style: str) -> None:
    grids = read_page(STYLES[style])
    assert [rows_of(g) for g in grids] == [EXPECTED]
    assert grids[0].header_rows == 1
    assert grids[0].reasons


def test_wrapped_cells_are_one_cell_and_amounts_may_stand_level_with_any_line() -> None:
    drawn = [words("Service", 60, 100, bold=True) + right("2023/24", 500, 100, bold=True)]
    labels = ["Sexual and domestic violence", "information and support service"]
    for i, level in enumerate((0, 1, 0.5, 0, 1, 0.5)):
        top = 120.0 + 30 * i
        drawn += [words(labels[0], 60, top), words(labels[1], 60, top + 11)]
        drawn.append(right(f"{i + 1},000", 500, top + 11 * level))
    (grid,) = read_page(page(drawn))
    assert rows_of(grid)[1:] == [[" ".join(labels), f"{i + 1},000"] for i in range(6)]


def test_two_tables_side_by_side_are_two() -> None:
    drawn = []
    services = ["Kicks", "Street Sport", "Night bus volunteers", "Mentoring", "Helpline"]
    services += ["Rural Crime Watch", "Hardship fund", "Youth work", "Victim First"]
    for x, names, step in ((50, "Grant", 17.0), (320, "Contract", 19.0)):
        drawn.append(words(names, x, 100, bold=True) + right("Amount", x + 220, 100, bold=True))
        for i in range(9):
            y = 100 + step * (i + 1)
            drawn.append(words(services[i], x, y) + right(f"{i + 3},500", x + 220, y))
    grids = read_page(page(drawn))
    assert [(g.row_count, g.column_count) for g in grids] == [(10, 2), (10, 2)]


def below_headings(heads: Sequence[tuple[str, float]]) -> list[list[Word]]:
    """A line of headings, each over figures that end where it does, and six rows."""
    drawn = [words("Service", 60, 114, bold=True)]
    drawn[0] += [w for text, x in heads for w in right(text, x, 114, bold=True)]
    for i in range(6):
        y = 132.0 + 15 * i
        line = words(f"Service number {i}", 60, y)
        for j, (_, x) in enumerate(heads):
            line += right(f"{i + j + 1},250", x, y)
        drawn.append(line)
    return drawn


def test_headings_of_two_levels_span_their_columns() -> None:
    drawn = [words("2021/22", 240, 100, bold=True) + words("2022/23", 410, 100, bold=True)]
    drawn += below_headings([("Budget", 250), ("Actual", 330), ("Budget", 420), ("Actual", 500)])
    rules = [across(111, 215, 330), across(111, 385, 500)]
    (grid,) = read_page(page(drawn, rules))
    spans = {c.text: (c.column, c.column_span) for c in grid.cells if c.row == 0 and c.text}
    assert spans == {"2021/22": (1, 2), "2022/23": (3, 2)}
    assert grid.header_rows == 2


def test_merged_cells_stand_once_with_their_spans() -> None:
    # A theme over three rows, a banner over all columns.
    xs, ys = (50, 150, 300, 400), (100, 118, 136, 154, 172, 190)
    rules = [across(ys[0], 50, 400), across(ys[1], 50, 400), across(ys[2], 50, 400)]
    rules += [across(y, 150, 400) for y in ys[3:5]] + [across(ys[5], 50, 400)]
    rules += [down(x, ys[0], ys[1]) for x in xs] + [down(x, ys[1], ys[2]) for x in (50, 400)]
    rules += [down(x, ys[2], ys[5]) for x in xs]
    drawn = [
        words("Theme", 55, 104) + words("Service", 155, 104) + right("Amount", 395, 104),
        words("PREVENTION", 55, 122),
        words("Youth", 55, 140) + words("Kicks", 155, 140) + right("10,000", 395, 140),
        words("Mentoring", 155, 158) + right("12,500", 395, 158),
        words("Sport", 155, 176) + right("9,000", 395, 176),
    ]
    (grid,) = read_page(page(drawn, rules))
    spans = {c.text: (c.row_span, c.column_span) for c in grid.cells}
    assert spans["PREVENTION"] == (1, 3)
    assert spans["Youth"] == (3, 1)
    assert sum(c.text == "Youth" for c in grid.cells) == 1


def numbered(top: float) -> list[list[Word]]:
    drawn = []
    for i, line in enumerate(prose(top, 6, x=90)):
        drawn.append((words(f"{i}.1", 56, top + 12 * i) if i % 2 == 0 else []) + line)
    return drawn


def two_columns() -> list[list[Word]]:
    text = "The scheme goes on and partners said they would report"
    other = "what was achieved with the money in the second year of"
    return [words(text, 56, 100 + 12.0 * i) + words(other, 310, 100 + 12.0 * i) for i in range(40)]


def bullets() -> list[list[Word]]:
    drawn = []
    for i in range(8):
        text = "Assessment of proposals made by partners including grants"
        drawn.append(words("•", 70, 100 + 13.0 * i) + words(text, 90, 100 + 13.0 * i))
    return drawn


NO_TABLES = {
    "prose": page([*prose(100, 20)]),
    "prose in two columns": page(two_columns()),
    "numbered paragraphs": page(numbered(100)),
    "a bulleted list": page(bullets()),
    "a frame round a text": page(
        [*prose(110)],
        [across(100, 50, 500), across(170, 50, 500), down(50, 100, 170), down(500, 100, 170)],
    ),
    "an empty page": page([]),
}


@pytest.mark.parametrize("kind", NO_TABLES)
def test_what_is_no_table_gives_none(kind: str) -> None:
    assert read_page(NO_TABLES[kind]) == []


def test_marks_leave_the_text_and_subscripts_stay() -> None:
    cells = [
        words("Safeguarding", 60, 116) + right("52,445*", 395, 116),
        [
            Word("C", Box(60, 132, 66, 142), 9),
            Word("2", Box(66, 136, 70, 143), 6, rise=-1, glued=True),
            Word("ARA", Box(70, 132, 90, 142), 9, glued=True),
            *right("19,800", 380, 132),
            Word("1", Box(380, 130, 383, 136), 5, rise=1, glued=True),
        ],
    ]
    ys = (98, 112, 128, 146)
    rules = [across(y, 50, 400) for y in ys] + [down(x, 98, 146) for x in (50, 250, 400)]
    drawn = [words("Service", 60, 101, bold=True) + right("Amount", 395, 101, bold=True), *cells]
    (grid,) = read_page(page(drawn, rules))
    by_place = {(c.row, c.column): c for c in grid.cells}
    assert (by_place[1, 1].text, by_place[1, 1].marks, by_place[1, 1].raw) == (
        "52,445",
        ("*",),
        "52,445*",
    )
    assert by_place[2, 0].text == "C2ARA"
    assert (by_place[2, 1].text, by_place[2, 1].marks) == ("19,800", ("1",))


def test_alternatives_offer_other_readings_of_a_region_with_their_reasons() -> None:
    sheet: Page = STYLES["body in one ruled row"]
    (grid,) = read_page(sheet)
    others = alternatives(sheet, grid.box)
    assert rows_of(others[0]) == EXPECTED
    assert len(others) > 1
    assert all(o.reader and o.reasons for o in others)
    assert len({(o.row_count, o.column_count) for o in others}) > 1


def test_every_word_of_a_table_is_in_one_cell() -> None:
    for sheet in STYLES.values():
        (grid,) = read_page(sheet)
        inside = [w.text for w in sheet.words if grid.box.top - 1 < w.box.top < grid.box.bottom]
        printed = " ".join(c.raw for c in grid.cells).split()
        assert sorted(printed) == sorted(inside)


LABELS = (
    "Early Help Coordinators",
    "CCTV Monitoring",
    "Hate Crime Champions",
    "Safe Taxi Marshals",
    "Road Safety Roadshow",
    "Neighbourhood Grants Pot",
    "Parenting Teens",
    "Alcohol Tagging Support",
    "Missing Children Interviews",
    "Street Football Fridays",
    "Housing First",
    "Community Mediation",
)


def test_a_pound_sign_far_left_of_its_sum_is_no_column_of_its_own() -> None:
    """Accounting style: the sign at the left of the cell, the sum at its right."""
    heading = [*words("Budget line", 52, 43, bold=True), *words("2022/23", 392, 43, bold=True)]
    drawn = [[*heading, *words("2023/24", 482, 43, bold=True)]]
    rules = []
    for number in range(12):
        y = 60.0 + 17 * number
        row = words(LABELS[number], 52, y)
        for x, value in ((390, 55_240 + 977 * number), (480, 19_506 + 311 * number)):
            row += [*words("£", x + 2, y), *right(f"{value:,}", x + 78, y)]
        drawn.append(row)
        rules.append(across(y + 13, 50, 560, 0.0))
    (table,) = read_page(page(drawn, rules))
    assert len(rows_of(table)) == 13
    assert rows_of(table)[1] == ["Early Help Coordinators", "£ 55,240", "£ 19,506"]


def test_a_table_drawn_within_a_cell_is_read_though_only_every_other_row_has_upright_rules() -> (
    None
):
    names = ["Victim service", "Refuge work", "Helpline", "Outreach", "Recovery"]
    inner = [words("Service", 180, 230) + right("2025/26", 440, 230) + right("2026/27", 520, 230)]
    rules = [across(y, 54, 530) for y in (100, 200, 400, 440)]
    rules += [down(x, 100, 440) for x in (54, 168, 530)]
    rules += [across(225 + 20 * n, 174, 525, 0.5) for n in range(7)]
    rules += [down(x, 225, 345, 0.5) for x in (174, 525)]
    for n, name in enumerate(names, 1):
        y = 230.0 + 20 * n
        inner.append(
            words(name, 180, y) + right(f"{n}42,000", 440, y) + right(f"{n}56,840", 520, y)
        )
        if n % 2:
            rules += [down(x, y - 5, y + 15, 0.5) for x in (300, 450)]
    outer = [
        words("Background", 60, 110) + words("Five services are due to end on 31 March", 174, 110),
        words("Financial", 60, 210) + words("The cost of extending each service is:", 174, 210),
        words("Decision", 60, 410) + words("To extend the five agreements to 2027.", 174, 410),
    ]
    grids = read_page(page([outer[0], outer[1], *inner, outer[2]], rules))
    (grid,) = [g for g in grids if g.column_count == 3]
    assert rows_of(grid)[0] == ["Service", "2025/26", "2026/27"]
    assert [row[0] for row in rows_of(grid)[1:]] == names


def test_lines_of_labels_and_values_that_come_again_are_no_table() -> None:
    drawn = []
    for n, name in enumerate(["Hearth and Home", "Riverside Parents", "Talkback"]):
        y = 200.0 + 90 * n
        drawn.append(words(name, 60, y, 12, bold=True))
        pairs = [("Project:", "Furniture for tenants"), ("Payment 2023/24:", f"£1{n},000")]
        pairs += [("Payment 2024/25:", f"£2{n},450"), ("Area:", "Wharf")]
        pairs = [pair for i, pair in enumerate(pairs) if i != n + 1]
        for i, (label, value) in enumerate(pairs, 1):
            drawn.append(words(label, 60, y + 16 * i) + words(value, 200, y + 16 * i))
    assert read_page(page(drawn)) == []


def test_rows_without_the_upright_rule_of_their_neighbours_keep_their_figures() -> None:
    names = ["Victims grant", "Serious Violence Duty grant", "Police fund", "Reserve", "Total"]
    drawn = [words("Source", 60, 205) + right("2024/25", 500, 205)]
    rules = [across(200 + 20 * n, 54, 506) for n in range(7)]
    rules += [down(x, 200, 320) for x in (54, 506)]
    for n, name in enumerate(names, 1):
        drawn.append(words(name, 60, 205 + 20 * n) + right(f"£{n}18,400", 500, 205 + 20 * n))
        if n % 2:
            rules.append(down(280, 200 + 20 * n, 220 + 20 * n))
    (grid,) = read_page(page(drawn, rules))
    assert rows_of(grid)[1:] == [[name, f"£{n}18,400"] for n, name in enumerate(names, 1)]


def years_over_measures(at: float) -> list[list[Word]]:
    """`2023/24` in the middle of three columns, no rule below it, and `2024/25` over one."""
    years = words("2023/24", at, 100, bold=True) + right("2024/25", 520, 100, bold=True)
    heads = [("Budget", 330), ("Actual", 390), ("Variance", 450), ("Budget", 520)]
    return [years, *below_headings(heads)]


def test_a_year_stands_over_the_columns_in_whose_middle_it_is_without_a_rule() -> None:
    (grid,) = read_page(page(years_over_measures(344.0)))
    spans = {c.text: (c.column, c.column_span) for c in grid.cells if c.row == 0 and c.text}
    assert spans == {"2023/24": (1, 3), "2024/25": (4, 1)}
    assert [c.text for c in grid.cells if c.row == 1] == [
        *("Service", "Budget", "Actual", "Variance", "Budget")
    ]


def test_years_over_some_headings_of_three_lines_are_no_row_of_their_own() -> None:
    heads = [(330, "", "2023/24", "Actual"), (400, "2024/25", "Original", "Budget"),
             (470, "2024/25", "Revised", "Budget"), (540, "", "2025/26", "Budget")]  # fmt: skip
    drawn = []
    for line in (1, 2, 3):
        y = 88.0 + 12 * line
        named = words("Service", 60, y, bold=True) if line == 2 else []
        drawn.append(
            named + [w for h in heads if h[line] for w in right(h[line], h[0], y, bold=True)]
        )
    for i in range(6):
        y = 145.0 + 15 * i
        figures = [right(f"{i + j + 1},250", h[0], y) for j, h in enumerate(heads)]
        drawn.append(words(f"Service number {i}", 60, y) + [w for f in figures for w in f])
    (grid,) = read_page(page(drawn))
    assert all(c.column_span == 1 for c in grid.cells if c.row < grid.header_rows)
