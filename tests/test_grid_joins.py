"""Tables over page breaks: joined where they go on, left alone where they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from grid_pages import across, down, page, prose, right, rows_of, words

from extractors.grid import read_tables
from extractors.grid.joins import Grid, begin, continues
from extractors.grid.printed import LEFT_OPEN
from extractors.model import Box, Fill, Page, Rule, Word

XS = (50, 100, 300, 500)


def framed(
    number: int,
    rows: list[tuple[str, str, str]],
    head: bool,
    text_above: bool = False,
    top: float = 80,
) -> Page:
    """A ruled table of number, text and amount; every row 20 points high."""
    drawn: list[list[Word]] = [] if not text_above else prose(40, 2)
    lines = ([("No.", "Service", "Budget (£)")] if head else []) + rows
    rules: list[Rule] = []
    for i, (a, b, c) in enumerate(lines):
        y = top + 20 * i
        bold = head and i == 0
        line = words(a, 55, y + 5, bold=bold) if a else []
        line += words(b, 105, y + 5, bold=bold) if b else []
        line += right(c, 495, y + 5, bold=bold) if c else []
        drawn.append(line)
        rules.append(across(y, 50, 500))
    foot = top + 20 * len(lines)
    rules.append(across(foot, 50, 500))
    rules += [down(x, top, foot) for x in XS]
    drawn.append(words(str(number), 300, 810))
    return page(drawn, rules, number=number)


FIRST = [(str(i), f"Service number {i}", f"{i},500") for i in range(1, 6)]
SECOND = [(str(i), f"Service number {i}", f"{i},500") for i in range(6, 10)]


def test_a_repeated_heading_is_dropped_and_counted() -> None:
    (table,) = read_tables([framed(1, FIRST, True), framed(2, SECOND, True)])
    assert (table.row_count, table.header_rows, table.repeated_headers) == (10, 1, 1)
    assert [r.page for r in table.regions] == [1, 2]
    assert rows_of(table)[6] == ["6", "Service number 6", "6,500"]


def test_a_heading_on_the_first_page_only() -> None:
    (table,) = read_tables([framed(1, FIRST, True), framed(2, SECOND, False)])
    assert (table.row_count, table.repeated_headers, table.joined_rows) == (10, 0, ())


def test_a_row_cut_by_the_page_break_is_one_row_in_two_places() -> None:
    cut = [*FIRST, ("6", "Detached youth work in the", "7,250")]
    rest = [("", "northern wards", ""), *SECOND[1:]]
    (table,) = read_tables([framed(1, cut, True), framed(2, rest, False)])
    assert table.joined_rows == (6,)
    cell = next(c for c in table.cells if (c.row, c.column) == (6, 1))
    assert cell.text == "Detached youth work in the northern wards"
    assert [p.page for p in cell.places] == [1, 2]


def test_text_between_two_tables_keeps_them_apart() -> None:
    tables = read_tables([framed(1, FIRST, True), framed(2, SECOND, True, text_above=True)])
    assert [t.row_count for t in tables] == [6, 5]


def test_columns_printed_on_a_later_page_stand_beside_their_rows() -> None:
    names = ["Kicks", "Street Sport", "Mentoring", "Night bus", "Drop-in", "Helpline"]
    labels, years = [], []
    rules_a, rules_b = [], []
    for i in range(7):
        y = 80.0 + 20 * i
        head = i == 0
        labels.append(
            words("Service" if head else names[i - 1], 55, y + 5, bold=head)
            + words("Provider" if head else "The Trust", 255, y + 5, bold=head)
        )
        years.append(
            right("2022/23" if head else f"{i},100", 145, y + 5, bold=head)
            + right("2023/24" if head else f"{i},200", 245, y + 5, bold=head)
        )
        rules_a.append(across(y, 50, 450))
        rules_b.append(across(y, 50, 250))
    rules_a += [across(220, 50, 450), *(down(x, 80, 220) for x in (50, 250, 450))]
    rules_b += [across(220, 50, 250), *(down(x, 80, 220) for x in (50, 150, 250))]
    (table,) = read_tables([page(labels, rules_a), page(years, rules_b, number=2)])
    assert rows_of(table)[1] == ["Kicks", "The Trust", "1,100", "1,200"]
    assert {p.page for c in table.cells for p in c.places} == {1, 2}


def test_columns_found_in_white_space_may_shift_a_little_over_the_page_break() -> None:
    def one(number: int, xs: tuple[float, ...], reader: str) -> Grid:
        box = Box(xs[0], 80, xs[-1], 700)
        return Grid(number, box, xs, (80, 390, 700), (), 0, reader, 1.0, (), True, True)

    for reader, joined in (("space/ruled", True), ("ruled", False)):
        table = begin(one(1, (50, 100, 300, 500), reader))
        assert continues(table, one(2, (50, 106, 296, 500), reader)) is joined


def banded(number: int, top: float, rows: list[tuple[str, str, str]]) -> Page:
    """A table of bold names on bands of light green, its banners white on dark green."""
    drawn, fills = [], []
    for i, (name, purpose, amount) in enumerate(rows):
        y = top + 22 * i
        banner = name.isupper()
        own = words(name, 56, y + 6, bold=True)
        if banner:
            own = [replace(w, colour=(255, 255, 255)) for w in own]
        own += words(purpose, 190, y + 6) if purpose else []
        own += right(amount, 440, y + 6) + right(amount, 530, y + 6) if amount else []
        drawn.append(own)
        if banner or i % 2 == 0:
            dark = (90, 128, 58) if banner else (236, 243, 232)
            fills.append(Fill(Box(45, y, 550, y + 22), dark))
    return page(drawn, fills=fills, number=number)


def test_the_rest_of_a_name_at_the_head_of_a_page_is_no_banner() -> None:
    head = [("Organisation", "Purpose", "2025-26"), ("ADVICE AND MONEY", "", "")]
    first = [("Energy Doctor", "Home visits", "1,500"), ("Law Centre", "Duty scheme", "3,400")]
    cut = ("Christians Against Poverty", "Debt coaching", "6,000")
    second = [("Westerdale", "", ""), ("Age UK", "Form filling", "1,275"), ("OLDER PEOPLE", "", "")]
    lunches = [("Lunch Clubs", "Weekly lunches", "2,730"), ("Memory Café", "Carers", "7,600")]
    pages = [banded(1, 678, [*head, *first, cut]), banded(2, 44, [*second, *lunches, *lunches])]
    (table,) = read_tables(pages)
    assert rows_of(table)[4] == ["Christians Against Poverty Westerdale", *cut[1:], "6,000"]
    assert rows_of(table)[6][0] == "OLDER PEOPLE"


@pytest.mark.parametrize("text", ["Help for", "Trees &", "Audit (", "Advice and", "of"])
def test_words_that_are_left_open_go_on(text: str) -> None:
    assert LEFT_OPEN.search(text)


@pytest.mark.parametrize("text", ["Quayside Drop-in", "Misuse add on", "Outreach", "Stop by-law"])
def test_a_hyphenated_small_word_or_an_add_on_ends_a_name(text: str) -> None:
    assert not LEFT_OPEN.search(text)


def test_sums_a_line_below_their_label_are_whole_at_the_foot_of_a_page() -> None:
    rows = [*FIRST[:2], ("", "Total one", ""), ("", "", "3,000"), *FIRST[2:]]
    first = [*rows, ("", "Total two", ""), ("", "", "12,000")]
    (table,) = read_tables(
        [framed(1, first, True), framed(2, [("", "More services", ""), *SECOND], False)]
    )
    assert table.joined_rows == ()
    assert rows_of(table)[len(first)] == ["", "", "12,000"]
    assert rows_of(table)[len(first) + 1] == ["", "More services", ""]


def test_the_only_sum_a_line_below_its_label_is_whole_at_the_foot_of_a_page() -> None:
    first = framed(1, [*FIRST, ("All", "", ""), ("", "5", "12,000")], True)
    bold = tuple(replace(w, bold=True) if w.box.top > 200 else w for w in first.words)
    pages = [replace(first, words=bold), framed(2, [("More", "", ""), *SECOND], False, top=50)]
    (table,) = read_tables(pages)
    assert table.joined_rows == ()
    assert rows_of(table)[len(FIRST) + 1 : len(FIRST) + 4] == [
        ["All", "", ""],
        ["", "5", "12,000"],
        ["More", "", ""],
    ]


def test_amounts_level_with_the_last_line_of_a_row_follow_it_over_the_page_break() -> None:
    cut = [*FIRST, *SECOND, ("6", "Detached youth work in the", "")]
    (table,) = read_tables(
        [framed(1, cut, True), framed(2, [("", "northern wards", "7,250"), *SECOND], False)]
    )
    assert table.joined_rows == (10,)
    assert rows_of(table)[10] == ["6", "Detached youth work in the northern wards", "7,250"]


@pytest.mark.parametrize("again", [True, False])
def test_columns_set_anew_on_each_page_go_on_under_the_same_headings(again: bool) -> None:
    def drawn(number: int, xs: tuple[int, int, int], names: list[str], head: bool) -> Page:
        texts = [("Scheme", "Awarded to", "Area", "2018/19")] if head else []
        texts += [(name, "Oak Trust", "Northfold", f"{n}12") for n, name in enumerate(names, 1)]
        made = []
        for n, (a, b, c, d) in enumerate(texts):
            y, bold = 60.0 + 14 * n, head and n == 0
            made.append(words(a, 60, y, bold=bold) + words(b, xs[0], y, bold=bold))
            made[-1] += words(c, xs[1], y, bold=bold) + right(d, xs[2], y, bold=bold)
        return page(made, number=number)

    names = ["Shed", "Choir", "Clay", "Pantry", "Mentors", "Helpline"]
    longer = [f"{name} for the county of Arden" for name in names]
    tables = read_tables(
        [drawn(1, (160, 300, 500), names, True), drawn(2, (250, 380, 520), longer, again)]
    )
    assert [t.row_count for t in tables] == ([13] if again else [7, 6])


def test_a_row_whose_words_go_over_beside_a_theme_is_one() -> None:
    def part(number: int, rows: list[tuple[str, str, str]]) -> Page:
        drawn: list[list[Word]] = [] if number > 1 else [words("Reducing crime", 55, 105)]
        rules = [across(80, 50, 500)]
        for i, (name, who, sum_) in enumerate(rows):
            y = 80 + 20 * i
            bold = number == 1 and not i
            line = words("Theme", 55, y + 5, bold=True) if bold else []
            line += words(name, 155, y + 5, bold=bold) + words(who, 265, y + 5, bold=bold)
            drawn.append(line + (right(sum_, 495, y + 5, bold=bold) if sum_ else []))
            rules.append(across(y + 20, 50 if bold or i + 1 == len(rows) else 150, 500))
        rules += [down(x, 80, 80 + 20 * len(rows)) for x in (50, 150, 260, 380, 500)]
        return page([*drawn, words(str(number), 300, 810)], rules, number=number)

    body = [(f"Service {i}", f"Provider {i}", f"{i},500") for i in range(1, 6)]
    first = part(1, [("Service", "Provider", "2023/24 £"), *body, ("", "", "97,495")])
    more = [(f"Service {i}", f"Provider {i}", f"{i},500") for i in range(7, 9)]
    (table,) = read_tables([first, part(2, [("Through the Gate", "NHS Trust", ""), *more])])
    row = {c.column: c.text for c in table.cells if c.row == 6 and c.text}
    assert {"Through the Gate", "NHS Trust", "97,495"} <= set(row.values())
