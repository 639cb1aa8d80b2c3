"""Where one table of a page ends and another begins, and what goes on from the page before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from grid_pages import across, down, page, prose, right, rows_of, sideways, words

from extractors.grid import read_page, read_tables
from extractors.grid.candidates import ends_in_banner
from extractors.grid.lines import cut_line, page_lines
from extractors.grid.regions import runs
from extractors.grid.rows import row_breaks
from extractors.model import Box, Fill, Page, Word

BODY = [
    ("Mentors in schools", "Oak Trust", "12,400"),
    ("Repair shed", "Dale Aid", "1,750"),
    ("Food pantry", "Kirk Hall", "900"),
    ("Night bus", "Vale Buses Ltd", "8,300"),
]
HEAD = ("Service", "Provider", "Award")


def row(cells: tuple[str, str, str], top: float, bold: bool = False) -> list[Word]:
    name, who, sum_ = cells
    drawn = words(name, 60, top, bold=bold) + words(who, 220, top, bold=bold)
    return drawn + right(sum_, 500, top, bold=bold)


def ruled_table(top: float) -> tuple[list[list[Word]], list[float]]:
    """The lines of a table with its headings, rows 18 points apart, and its rules' heights."""
    rows = [row(HEAD, top, bold=True), *(row(one, top + 18 * n) for n, one in enumerate(BODY, 1))]
    return rows, [top - 5 + 18 * n for n in range(len(rows) + 1)]


@pytest.mark.parametrize(
    ("size", "last", "tables"),
    [(13.0, 9.0, 2), (9.0, 9.0, 1), (11.5, 10.0, 2)],  # the last row may be set larger, too
)
def test_a_heading_in_larger_type_over_running_text_ends_a_run(
    size: float, last: float, tables: int
) -> None:
    first, _ = ruled_table(100)
    first[-1] = [replace(w, size=last) for w in first[-1]]
    second, _ = ruled_table(250)
    between = [
        words("Supporting victims", 60, 205, size=size, bold=True),
        words("Victims told us that they want one place to go, and that it should be", 60, 224),
        words("where they live, with an option of two more.", 60, 236),
    ]
    lines = [*first, *between, *second]
    found = runs(page_lines(w for line in lines for w in line), 440)
    assert len(found) == tables


GROUPS = [
    (["Leadership", "and delivery"], [("Programme team", "Vale Police", "842,000"),
                                      ("Evaluation", "Eskmouth College", "165,000")]),
    (["Early help"], [("Nurture groups", "Eskmouth Council", "398,500"),
                      ("Speech pathway", "Vale Health Trust", "214,000"),
                      ("Training", "Ripple CIC", "96,750")]),
]  # fmt: skip
MORE = [
    (["Young people", "at risk"], [("Street doctors", "Pulse Medics", "58,200"),
                                   ("Custody coaches", "Upturn Coaching", "447,300"),
                                   ("Hospital workers", "Reach North", "529,000")]),
    (["Communities"], [("Connectors", "Vale Action", "276,400"),
                       ("Faith network", "Interfaith Forum", "31,500")]),
]  # fmt: skip


def grouped(groups: list, top: float, number: int, head: bool, total: str = "") -> Page:  # type: ignore[type-arg]
    """Rows of three wrapped lines in white space, a theme half way down each group, sub-totals."""
    drawn: list[list[Word]] = []
    y = top
    if head:
        for x, text in ((56, "Theme"), (140, "Programme"), (250, "Partner"), (350, "What it does")):
            drawn.append(words(text, x, y, bold=True))
        drawn.append(right("2025/26", 530, y, bold=True))
        y += 24
    for label, rows in groups:
        begins = y
        for name, who, amount in rows:
            about = ("Workers and training", "for schools and homes", "in the whole area")
            drawn += [words(text, 350, y + 11 * n) for n, text in enumerate(about)]
            drawn += [words(name, 140, y + 11), words(who, 250, y + 11)]
            drawn.append(right(amount, 530, y + 11))
            y += 46
        middle = (begins + y - 13 - 11 * len(label)) / 2
        drawn += [words(text, 56, middle + 11 * n, bold=True) for n, text in enumerate(label)]
        drawn.append(words("Sub-total", 140, y, bold=True) + right("1,007", 530, y, bold=True))
        y += 36
    if total:
        drawn.append(words(total, 56, y - 14, bold=True) + right("3,178", 530, y - 14, bold=True))
    return page(drawn, number=number)


def test_groups_apart_by_blank_paper_go_on_over_the_page_in_the_columns_of_the_first() -> None:
    tables = read_tables(
        [grouped(GROUPS, 420, 1, True), grouped(MORE, 60, 2, False, "Total three-year awards")]
    )
    (table,) = tables
    assert table.column_count == 5
    themes = [(c.row_span, c.text) for c in table.cells if c.column == 0 and c.text]
    assert themes == [
        (1, "Theme"), (2, "Leadership and delivery"), (3, "Early help"),
        (3, "Young people at risk"), (2, "Communities"), (1, "Total three-year awards"),
    ]  # fmt: skip
    amounts = [c.text for c in table.cells if c.column == 4 and c.text[:1].isdigit()][1:]
    expected = [amount for _, rows in (*GROUPS, *MORE) for _, _, amount in rows]
    assert [a for a in amounts if a not in {"1,007", "3,178"}] == expected


def test_a_sideways_theme_stands_in_the_column_that_its_heading_names() -> None:
    drawn = [words("Theme", 52, 200, bold=True) + words("Organisation", 125, 200, bold=True)]
    drawn[0] += words("Project", 240, 200, bold=True) + right("Approved £", 500, 200, bold=True)
    fills, rules = [], [across(214, 50, 505)]
    names = ["Aspire Trust", "Bridge Unit", "Kite Theatre", "Detached CIC", "Urban Roots"]
    for n, name in enumerate(names):
        y = 220 + 24 * n
        drawn.append(words(name, 125, y) + words(f"Project {n}", 240, y) + right("4,800", 500, y))
        rules.append(across(y + 17, 115, 505, 0.7))
    for text, top, bottom in (("Safe", 215, 285), ("Street", 287, 335)):
        fills.append(Fill(Box(50, top, 113, bottom), (220, 230, 215)))
        drawn.append(sideways(text, 62, bottom - 10))
    drawn.append(words("All projects", 52, 345, bold=True) + right("24,000", 500, 345, bold=True))
    (grid,) = read_page(page([*prose(100), *drawn], rules, fills))
    assert rows_of(grid)[0] == ["Theme", "Organisation", "Project", "Approved £"]
    first = [(c.row, c.row_span, c.text) for c in grid.cells if c.column == 0 and c.text]
    assert first == [(0, 1, "Theme"), (1, 3, "Safe"), (4, 2, "Street"), (6, 1, "All projects")]


def test_signs_of_pounds_under_several_headings_are_chunks_of_their_own() -> None:
    line = [*right("£", 300, 100), *right("£", 350, 100), *right("£", 400, 100)]
    assert [chunk.text for chunk in cut_line(line)] == ["£", "£", "£"]
    apart = [*words("£", 300, 100), *right("4,800", 360, 100)]
    assert [chunk.text for chunk in cut_line(apart)] == ["£ 4,800"]


def test_the_same_words_below_each_other_are_two_rows() -> None:
    drawn = [
        words("Lions Club", 60, 60) + words("Grant", 250, 60),
        right("6,200.00", 500, 71.5),
        words("Cadets Trust", 60, 86) + words("Grant", 250, 86) + right("27,940.00", 500, 86),
        words("Water Rescue", 60, 99) + words("Grant", 250, 99),
        words("CIO", 60, 110.5) + right("9,865.50", 500, 110.5),
        words("University", 60, 123.5)
        + words("Contract", 250, 123.5)
        + right("14,250.00", 500, 123.5),
    ]
    lines = page_lines(w for line in drawn for w in line)
    assert row_breaks(lines, [(60, 122), (250, 300), (450, 500)]) == [0, 2, 3, 5]


def test_a_code_half_way_down_its_row_is_no_banner_over_the_rest() -> None:
    drawn = []
    printed = [
        ("4001", "Salaries and", "pensions"),
        ("4010", "Training and", "conferences"),
        ("4022", "Insurance of", "buildings"),
    ]
    for n, (code, upper, lower) in enumerate(printed):
        y = 100 + 36 * n
        grey = [replace(w, colour=(120, 120, 120)) for w in words(code, 60, y + 5)]
        drawn += [words(upper, 90, y), grey, words(lower, 90, y + 11) + right("1,365", 500, y + 11)]
    lines = page_lines(w for line in drawn for w in line)
    assert row_breaks(lines, [(60, 80), (90, 150), (450, 500)]) == [0, 3, 6]


def test_a_line_in_another_type_close_below_a_label_is_of_its_row_as_others_have_one() -> None:
    drawn = []
    printed = [
        ("Victim Hub", "Together CIC"),
        ("Advisers", "The Alder Centre"),
        ("Outreach", "Haven Refuge"),
        ("Conversations", "Mend Trust"),
        ("Stories", "Little Oak"),
        ("Companions", "Citizens Advice"),
    ]
    for n, (name, who) in enumerate(printed):
        y = 100 + 34 * n
        label = [replace(w, bold=True) for w in words(name, 60, y)]
        small = [
            replace(w, italic=True, colour=(85, 85, 85)) for w in words(who, 60, y + 11, size=7.2)
        ]
        # One stands alone on its line: nothing else of its row is as deep.
        deep = words("in all wards", 220, y + 11) if n != 1 else []
        drawn += [label + words("First contact", 220, y) + right("9,750", 500, y), small + deep]
    lines = page_lines(w for line in drawn for w in line)
    assert row_breaks(lines, [(60, 130), (220, 290), (450, 500)]) == list(range(0, 12, 2))


def strip(texts: list[tuple[str, ...]], xs: list[float], top: float, number: int) -> Page:
    """A drawn strip of a sheet, rows 20 points high."""
    drawn = [
        words(text, x + 4, top + 20 * n + 5)
        for n, one in enumerate(texts)
        for x, text in zip(xs, one, strict=False)
        if text
    ]
    foot = top + 20 * len(texts)
    rules = [across(top + 20 * n, xs[0], xs[-1]) for n in range(len(texts) + 1)]
    return page(drawn, [*rules, *(down(x, top, foot) for x in xs)], number=number)


def test_a_strip_of_words_and_one_of_figures_down_to_the_same_foot_are_one_table() -> None:
    names = [(f"P{n}", f"Project {'ABCDEF'[n]}", "Six drop-in hubs") for n in range(6)]
    words_ = [("Ref", "Project", "What it delivers"), *names, ("", "Total", "")]
    money = [("College", "Contract", f"{n}40", f"{n}50") for n in range(1, 7)]
    figures = [("Delivery body", "Route", "2024/25", "2025/26"), *money, ("", "", "2,140", "2,160")]
    first = strip(words_, [50, 90, 250, 500], 100, 1)
    second = strip(figures, [50, 200, 320, 400, 480], 100, 2)
    (table,) = read_tables([first, second])
    assert table.column_count == 7
    last = [c.text for c in table.cells if c.row == table.row_count - 1 and c.text]
    assert last == ["Total", "2,140", "2,160"]


@pytest.mark.parametrize(("after", "rows"), [(60, 7), (16, 6)])
def test_a_banner_at_the_foot_of_a_page_is_of_the_table_whose_rows_follow(
    after: float, rows: int
) -> None:
    drawn = [row(HEAD, 500, bold=True), words("Employees", 60, 518, bold=True)]
    drawn += [row(one, 536 + 16 * n) for n, one in enumerate(BODY)]
    drawn += [words("Income", 60, 602, bold=True), words("Page notes", 60, 613 + after)]
    desk_lines = page_lines(w for line in drawn for w in line)
    assert (7 if ends_in_banner(desk_lines, 0, 6) else 6) == rows


def test_a_banner_under_a_total_is_none_of_its_words_though_the_next_row_is_high() -> None:
    drawn = [words("Service", 60, 100) + words("Details", 200, 100) + right("2024/25", 500, 100)]
    top = 116.0
    for part in (("Rural watch", "Youth bus", "Helpline"), ("Advocacy", "Mentors", "Refuge")):
        for n, name in enumerate(part):
            drawn += [words("Mediation between", 200, top), words("neighbours and", 200, top + 10)]
            drawn[-1] += words(name, 60, top + 10) + right(f"{n + 2},450", 500, top + 10)
            drawn.append(words("their children", 200, top + 20))
            top += 30
        label = "Prevention total" if part[0] == "Rural watch" else "Recovery total"
        drawn.append(words(label, 60, top, bold=True) + right("10,350", 500, top, bold=True))
        if label == "Prevention total":
            drawn.append(words("Recovery", 60, top + 12, bold=True))
        top += 24
    (grid,) = read_page(page([*prose(40), *drawn]))
    firsts = [row[0] for row in rows_of(grid)]
    assert "Prevention total" in firsts and "Recovery" in firsts
