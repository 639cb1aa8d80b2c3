"""Budget papers of councils: groups of columns, tables above each other, sums of sums."""

from dataclasses import replace

import pytest

from extractors.grid.lattice import lattice
from extractors.grid.rulings import Ruling, Rulings
from extractors.model import Box, Cell, Place, Table, Word
from extractors.pdf.alternatives import page_regions, reaches_into
from normalizers.amounts import parse_unit
from normalizers.model import Amount
from normalizers.years import names_a_month, year_within
from pipeline.restated import _counterpart
from tests.tables import read, table


def roles(budget) -> list[str]:  # type: ignore[no-untyped-def]
    return [column.role for column in budget.columns]


def test_a_total_column_over_its_own_group_is_no_amount_and_nor_are_totals_of_all_groups() -> None:
    headings = ["Service", "Core £000s", "External £000s", "Total £000s", "Adults Core £000s"]
    headings += ["Health External £000s", "Core £000s", "Children External £000s", "Total £000s"]
    rows = [
        ["Prices", "7.0", "4.0", "11.0", "3.0", "2.0", "4.0", "2.0", "6.0"],
        ["Pay", "9.0", "6.0", "15.0", "4.0", "1.0", "5.0", "5.0", "10.0"],
        ["Demand", "13.0", "4.0", "17.0", "6.0", "3.0", "7.0", "1.0", "8.0"],
        ["Policy", "-2.0", "-3.0", "-5.0", "-1.0", "-2.0", "-1.0", "-1.0", "-2.0"],
    ]
    (budget,), meaning, _ = read(table([headings, *rows], title="Budget 2025-26"))
    summing = [c.heading for c in budget.columns if c.role == "other"]
    assert summing == ["Core £000s", "External £000s", "Total £000s", "Total £000s"]
    assert [a.printed for a in meaning.lines[0].amounts] == ["3.0", "2.0", "4.0", "2.0"]


def test_columns_of_one_measure_that_do_not_add_up_in_every_row_stay_amounts() -> None:
    headings = ["Service", "Core £000s", "Adults Core £000s", "Children Core £000s"]
    rows = [
        ["Prices", "7.0", "3.0", "4.0"],
        ["Pay", "9.0", "4.0", "5.0"],
        ["Demand", "13.0", "6.0", "7.0"],
        ["Policy", "5.0", "1.0", "1.0"],
    ]
    (budget,), _, _ = read(table([headings, *rows], title="Budget 2025-26"))
    assert roles(budget) == ["service", "amount", "amount", "amount"]


def boxed(number: int, top: float, texts: list[str]) -> Table:
    cells = tuple(
        Cell(row, 0, text, places=(Place(1, Box(50, top + 20 * row, 200, top + 20 * row + 15)),))
        for row, text in enumerate(texts)
    )
    return Table(number, len(texts), 1, cells)


def test_a_reading_that_takes_in_the_table_above_is_told() -> None:
    above = boxed(1, 100, ["Service", "Prices"])
    below = boxed(2, 200, ["Service", "Pay"])
    swallowing = replace(below, row_count=4, cells=(*above.cells, *below.cells))
    grown = replace(below, cells=(*boxed(2, 180, ["Funded by"]).cells, *below.cells))
    assert reaches_into(swallowing, page_regions(below), [page_regions(above)])
    assert not reaches_into(grown, page_regions(below), [page_regions(above)])
    assert not reaches_into(below, page_regions(below), [page_regions(above)])


def amount(name: str, year: str, pence: int, phase: str = "budget") -> Amount:
    return Amount(name, year, phase, pence, str(pence))  # type: ignore[arg-type]


def test_a_restated_row_of_several_measures_is_compared_measure_by_measure() -> None:
    row = tuple(amount(f"r{n}", "2025-26", n) for n in (3, 4, 7))
    source = tuple(amount(f"s{n}", "2025-26", n) for n in (3, 5, 8))
    assert _counterpart(source, row[1], row) is source[1]
    assert _counterpart(source[:2], row[1], row) is None
    later = amount("r9", "2026-27", 9)
    assert _counterpart((*source, later), later, (*row, later)) is later


@pytest.mark.parametrize("heading", ["Kent £’m", "Budget £'m", "Plan (£‘m)"])
def test_a_unit_with_an_apostrophe_is_millions(heading: str) -> None:
    assert parse_unit(heading) == 100_000_000


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("2025-28 Draft plan 2026-27", "2026-27"),
        ("2025-28 Draft plan 2026-27 £m", "2026-27"),
        ("2025-28 Draft plan 2028-29", None),
        ("2018-21 with revised figures for 2020-21 and later", None),
        ("2024-25 over 2025-26", None),
    ],
)
def test_a_year_below_the_period_of_its_plan_is_the_years(heading: str, year: str | None) -> None:
    assert year_within(heading) == year


def test_the_date_of_a_draft_is_no_year_of_money() -> None:
    assert names_a_month("Initial draft (Nov 2024)")
    assert not names_a_month("January to December 2024")
    assert not names_a_month("Spending 2024")
    headings = ["Service", "Initial draft (Nov 2024)", "Final draft (Feb 2025)"]
    rows = [["Refuge", "£10,000", "£12,000"], ["Helpline", "£4,000", "£5,000"]]
    _, meaning, _ = read(table([headings, *rows], title="Changes of the budget 2025-26"))
    assert {a.financial_year for line in meaning.lines for a in line.amounts} == {"2025-26"}


def test_a_change_column_that_is_the_difference_of_two_others_is_no_amount() -> None:
    headings = ["Block", "2025-26 £m", "2024-25 £m", "Change £m"]
    rows = [
        ["Schools", "1,384.1", "1,275.7", "108.4"],
        ["Central", "12.2", "12.3", "-0.1"],
        ["High needs", "345.5", "322.7", "22.8"],
    ]
    (budget,), meaning, _ = read(table([headings, *rows]))
    assert roles(budget)[3] == "difference"
    assert [len(line.amounts) for line in meaning.lines] == [2, 2, 2]


def test_savings_beside_a_budget_stay_amounts() -> None:
    headings = ["Service", "Budget £m", "Savings £m"]
    rows = [["Adults", "84.1", "5.7"], ["Children", "12.2", "1.3"], ["Roads", "45.5", "2.7"]]
    (budget,), _, _ = read(table([headings, *rows]))
    assert roles(budget)[1:] == ["amount", "amount"]


def test_a_tax_base_is_a_count() -> None:
    headings = ["District", "2025-26 Band D Equivalent Taxbase", "2025-26 Precept £000s"]
    rows = [["North", "49,332.00", "83,429.8"], ["South", "55,053.98", "93,106.7"]]
    (budget,), _, _ = read(table([headings, *rows]))
    assert roles(budget)[1:] == ["reference", "amount"]


def test_where_a_row_prints_only_its_sum_that_is_its_amount() -> None:
    headings = ["Service", "Core £000s", "External £000s", "Total £000s"]
    rows = [
        ["Prices", "7.0", "4.0", "11.0"],
        ["Pay", "9.0", "6.0", "15.0"],
        ["Grant", "", "", "5.0"],
        ["Levy", "", "", "21.0"],
        ["Total funding", "", "", "26.0"],
    ]
    (budget,), meaning, _ = read(table([headings, *rows]))
    assert [[a.printed for a in line.amounts] for line in meaning.lines] == [
        ["7.0", "4.0"],
        ["9.0", "6.0"],
        ["5.0"],
        ["21.0"],
    ]
    assert not [n for n in budget.numbers if n.row in {3, 4, 5}]


def test_the_lower_level_of_the_headings_again_on_the_next_page_is_no_line() -> None:
    rows = [
        ["", ("2024-25", 2), ("2025-26", 2)],
        ["Service", "Core £000s", "External £000s", "Core £000s", "External £000s"],
        ["Prices", "7.0", "4.0", "11.0", "2.0"],
        ["", "Core £000s", "2024-25 External £000s", "Core £000s", "External £000s"],
        ["Pay", "9.0", "6.0", "15.0", "1.0"],
    ]
    (budget,), meaning, _ = read(table(rows, header_rows=2))
    assert [line.service_printed for line in meaning.lines] == ["Prices", "Pay"]
    assert {n.reason for n in budget.numbers} <= {"a repeated heading", "part of a heading"}


def test_a_row_that_only_spanned_cells_reach_into_stays_in_a_drawn_grid() -> None:
    """Short double rules over the sums of the last row divide no column."""
    across = [Ruling(y, 50, 450, 1.0) for y in (100, 120, 300)]
    across.insert(2, Ruling(270, 220, 245, 1.0))
    down = [Ruling(x, 100, 300, 1.0) for x in (50, 250, 450)]

    def word(text: str, x: float, top: float) -> Word:
        return Word(text, Box(x, top, x + 40, top + 10), 10)

    words = [word("Service", 60, 105), word("Budget", 300, 105), word("Pay", 60, 200)]
    words += [word("9.0", 300, 200), word("Total", 60, 280), word("9.0", 300, 280)]
    draft = lattice(Rulings(tuple(across), tuple(down)), words, "ruled")
    assert draft is not None
    assert draft.ys[-1] == 300
    assert sum(len(cell.words) for cell in draft.cells) == len(words)


PLAN = [
    ["Plan", "Core £000s", "External £000s"],
    ["SPENDING", "", ""],
    ["Prices", "7.0", "4.0"],
    ["Pay", "9.0", "6.0"],
    ["TOTAL SPENDING", "16.0", "10.0"],
    ["SAVINGS", "", ""],
    ["Policy", "-2.0", "-1.0"],
    ["Income", "-3.0", "-1.5"],
    ["TOTAL SAVINGS", "-5.0", "-2.5"],
    ["MEMORANDUM", "", ""],
    ["Reversals", "4.0", "1.0"],
    ["New savings", "-9.0", "-3.5"],
    ["", "-5.0", "-2.5"],
    ["Brought forward", "-1.5", "-0.5"],
    ["TOTAL savings to deliver", "-10.5", "-4.0"],
    ["NET CHANGE", "11.0", "7.5"],
]


def test_a_bold_row_that_sums_totals_is_a_total_and_a_total_may_sum_across_another() -> None:
    (_,), meaning, judged = read(table(PLAN, bold=[1, 4, 5, 8, 9, 14, 15]))
    assert [line.service_printed for line in meaning.lines] == [
        "Prices",
        "Pay",
        "Policy",
        "Income",
        "Reversals",
        "New savings",
        "Brought forward",
    ]
    assert {t.verdict for t in judged.totals} == {"agrees"}
    assert [t.label for t in judged.totals[-2:]] == ["NET CHANGE", "NET CHANGE"]


def test_a_plain_row_that_happens_to_equal_totals_stays_a_line() -> None:
    (_,), meaning, _ = read(table(PLAN, bold=[1, 4, 5, 8, 9, 14]))
    assert meaning.lines[-1].service_printed == "NET CHANGE"


def test_a_summary_that_repeats_totals_and_adds_them_up_agrees() -> None:
    """The last table prints no lines but one: its totals stand in the tables before."""
    first = [
        ["Service", "Staff £000s", "Net £000s"],
        ["Adults", "30.0", "50.0"],
        ["Roads", "12.0", "20.0"],
        ["Budget requirement", "42.0", "70.0"],
    ]
    last = [
        ["Service", "Staff £000s", "Net £000s"],
        ["Total budget requirement", "42.0", "70.0"],
        ["Funding", "-2.0", "-70.0"],
        ["Total budget", "40.0", "0.0"],
    ]
    one = table(first, title="Net budget 2025-26")
    two = table(last, number=2, title="Budget and funding 2025-26")
    _, _, judged = read(one, two)
    assert {check.verdict for check in judged.checks} == {"agrees"}


def test_total_dash_name_is_never_a_line() -> None:
    rows = [
        ["Ref", "Key service", "Budget £000s", "Description"],
        ["1", "Technology", "28.0", "Systems and networks"],
        ["2", "Total - Deputy Chief Executive's Department", "81.0", ""],
    ]
    (_,), meaning, _ = read(table(rows))
    assert [line.service_printed for line in meaning.lines] == ["Technology"]


def test_a_minus_that_a_total_lacks_is_a_slip_when_its_other_columns_close() -> None:
    rows = [
        ["Project", "2024-25 £000s", "2025-26 £000s", "2026-27 £000s"],
        ["Feasibility fund", "1,634", "-1,655", "3,994"],
        ["Total", "1,634", "1,655", "3,994"],
    ]
    _, _, judged = read(table(rows))
    assert [t.verdict for t in judged.totals] == ["agrees", "publisher", "agrees"]


def test_a_total_that_says_what_it_leaves_out_sums_the_other_lines() -> None:
    rows = [
        ["Service", "Staff £000s", "Net £000s"],
        ["Adults", "30.0", "50.0"],
        ["Schools' budgets", "8.0", "9.0"],
        ["Roads", "12.0", "20.0"],
        ["Budget requirement", "50.0", "79.0"],
        ["Budget requirement (excluding Schools' budgets)", "42.0", "70.0"],
    ]
    _, meaning, judged = read(table(rows))
    assert len(meaning.lines) == 3
    assert [t.verdict for t in judged.totals] == ["agrees"] * 4
