"""The judge: what proves an amount, what contradicts it, and whose slip it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.budget import read_budget
from pipeline.meaning import interpret
from pipeline.setting import worth_of
from pipeline.sums import closing, judge
from tests.tables import Printed, document, read, table

ROWS = [
    ["Project", "Lead", "2019/20 £"],
    ["Youth club", "X Ltd", "5,000"],
    ["Detached team", "Y Ltd", "7,000"],
    ["Mentors", "Z Ltd", "3,000"],
    ["Total", "", "15,900"],
]


def test_a_slip_is_the_publishers_only_where_both_readings_agree() -> None:
    _, _, judgement = read(table(ROWS))
    assert [t.verdict for t in judgement.totals] == ["publisher"]
    assert {s for s, _ in judgement.statuses.values()} == {"contradicted"}
    assert "£15,000" in (judgement.totals[0].explanation or "")


def test_without_a_second_reading_nobody_can_tell() -> None:
    made = document(table(ROWS))
    budgets = [read_budget(t, worth_of(t, made)) for t in made.tables]
    judgement = judge(interpret(made, budgets, "P"), made, budgets)
    assert [t.verdict for t in judgement.totals] == ["cannot_tell"]


def test_where_readings_differ_it_is_a_misread_and_names_both() -> None:
    made = document(table(ROWS))
    budgets = [read_budget(t, worth_of(t, made)) for t in made.tables]
    second = {(1, r, c): text for r, row in enumerate(ROWS) for c, text in enumerate(row)}
    second[1, 4, 2] = "15,000"
    judgement = judge(interpret(made, budgets, "P"), made, budgets, second)
    assert [t.verdict for t in judgement.totals] == ["misread"]
    assert "“15,000”" in (judgement.totals[0].explanation or "")


def test_pence_against_a_total_in_whole_pounds_is_rounding() -> None:
    _, _, judgement = read(
        table([["Project", "2017/18 £"], ["A hub", "8,683.75"], ["B", "6"], ["Total", "8,690"]])
    )
    assert [t.verdict for t in judgement.totals] == ["rounding"]
    assert {s for s, _ in judgement.statuses.values()} == {"proven"}


def test_millions_with_three_decimals_may_miss_by_a_step() -> None:
    rows = [["Theme", "2016/17 (£m)"], ["A", "1.995"], ["B", "1.185"], ["C", "0.105"]]
    _, _, near = read(table([*rows, ["Total", "3.286"]]))
    assert [t.verdict for t in near.totals] == ["rounding"]
    _, _, far = read(table([*rows, ["Total", "3.298"]]))
    assert [t.verdict for t in far.totals] == ["publisher"]


def test_a_grand_total_may_sum_printed_sub_totals_that_do_not_close() -> None:
    _, _, judgement = read(
        table(
            [
                ["Service", "Lead", "2019/20 £"],
                [("VICTIMS", 3)],
                ["A", "X", "100"],
                ["B", "Y", "200"],
                ["Sub-total", "", "310"],
                [("YOUTH", 3)],
                ["C", "Z", "50"],
                ["D", "W", "60"],
                ["Sub-total", "", "110"],
                ["Grand total", "", "420"],
            ]
        )
    )
    verdicts = {t.section: t.verdict for t in judgement.totals}
    assert verdicts == {"VICTIMS": "publisher", "YOUTH": "agrees", None: "agrees"}
    assert [s for s, _ in judgement.statuses.values()] == ["contradicted"] * 2 + ["proven"] * 2


def test_an_amount_not_yet_known_leaves_its_total_open() -> None:
    rows = [["Project", "Lead", "2019/20 £"], ["A", "X", "5,000"], ["B", "Y", "TBC"]]
    _, _, open_total = read(table([*rows, ["C", "Z", "1,000"], ["Total", "", "9,000"]]))
    assert [t.verdict for t in open_total.totals] == ["cannot_tell"]
    _, _, without = read(table([*rows, ["C", "Z", "1,000"], ["Total", "", "6,000"]]))
    assert [t.verdict for t in without.totals] == ["agrees"]


def test_differences_and_percentages_are_judged_and_explained() -> None:
    _, _, judgement = read(
        table(
            [
                ["Year", "Budget (£)", "Difference (£)", "% increase"],
                ["2018-19", "4,283,405", "", ""],
                ["2019-20", "4,316,550", "33,145", "0.7"],
                ["2020-21", "4,395,961", "79,411", "1.8"],
            ],
            title="Table 1.",
        )
    )
    assert [(c.kind, c.verdict) for c in judgement.checks] == [
        ("difference", "agrees"),
        ("difference", "agrees"),
        ("percentage", "publisher"),
        ("percentage", "agrees"),
    ]
    assert "0.77 %" in judgement.checks[2].explanation


WORDS = ["Hub", "Helpline", "Mentors", "Kicks", "Outreach", "Counselling", "Shelter", "Bikes"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=6, unique=True)
YEARS = ["2018/19", "2019/20", "2020/21"]
SECTIONS = st.lists(
    st.sampled_from(["Victims", "Prevention", "Youth work", "Cross cutting"]),
    min_size=1,
    max_size=4,
    unique=True,
)


@st.composite
def printed_budgets(draw: st.DrawFn):  # type: ignore[no-untyped-def]
    """A budget printed in some style, with the truth of its lines and totals."""
    sections = draw(SECTIONS)
    years = draw(
        st.lists(st.sampled_from(["2018/19", "2019/20", "2020/21"]), min_size=1, unique=True)
    )
    style = draw(st.sampled_from(["{:,}", "£{:,}", "{}", "£{:,}.00"]))
    where = draw(st.sampled_from(["banner", "column"]))
    word = draw(st.sampled_from(["{} sub-total", "Subtotal {}", "Total {}", "Sub-total"]))
    grand = draw(st.sampled_from(["Grand total", "Total", "Overall total", "TOTAL BUDGET"]))
    lead = ["Theme"] if where == "column" else []
    rows: list[list[object]] = [[*lead, "Service", "Provider", *(f"{y} £" for y in years)]]
    truth: list[tuple[str, str, tuple[int, ...]]] = []
    sums: list[tuple[str | None, tuple[int, ...]]] = []
    width = len(rows[0])
    for section in sections:
        if where == "banner":
            rows.append([(section, width)])
        own = []
        for name in draw(NAMES):
            amounts = tuple(draw(st.integers(1000, 900_000)) for _ in years)
            own.append(amounts)
            truth.append((section, name, amounts))
            rows.append(
                [
                    *([section] if lead else []),
                    name,
                    f"{name} Trust",
                    *(style.format(a) for a in amounts),
                ]
            )
        total = tuple(map(sum, zip(*own, strict=True)))
        sums.append((section, total))
        label = word.format(section)
        blank = [""] * (width - 1 - len(years))
        rows.append([label, *blank, *(style.format(a) for a in total)])
    whole = tuple(map(sum, zip(*(t for _, t in sums), strict=True)))
    sums.append((None, whole))
    rows.append([grand, *[""] * (width - 1 - len(years)), *(style.format(a) for a in whole)])
    return rows, truth, sums, years


@settings(max_examples=60, deadline=None)
@given(printed_budgets())
def test_a_budget_in_any_style_is_read_back(made) -> None:  # type: ignore[no-untyped-def]
    rows, truth, sums, _ = made
    _, meaning, judgement = read(table(rows))
    assert [
        (line.section, line.service_printed, tuple((a.pence or 0) // 100 for a in line.amounts))
        for line in meaning.lines
    ] == truth
    found = [(t.section, t.pence // 100) for t in judgement.totals if t.pence is not None]
    if len(sums) > 2:  # with one section its total and the grand total are the same sum
        assert found == [(section, pounds) for section, total in sums for pounds in total]
    assert {t.verdict for t in judgement.totals} == {"agrees"}
    assert {s for s, _ in judgement.statuses.values()} == {"proven"}


@settings(max_examples=60, deadline=None)
@given(printed_budgets(), st.data())
def test_one_altered_digit_is_always_contradicted(made, data) -> None:  # type: ignore[no-untyped-def]
    rows, _, _, years = made
    at = data.draw(
        st.sampled_from([i for i, row in enumerate(rows) if i and len(row) == len(rows[0])])
    )
    row = rows[at]
    column = data.draw(st.integers(len(row) - len(years), len(row) - 1))
    printed = str(row[column]).removesuffix(".00")
    digit = data.draw(st.sampled_from([i for i, c in enumerate(printed) if c.isdigit()]))
    other = data.draw(st.sampled_from([d for d in "123456789" if d != printed[digit]]))
    row[column] = printed[:digit] + other + printed[digit + 1 :]
    made_document = document(table(rows))
    budgets = [read_budget(t, worth_of(t, made_document)) for t in made_document.tables]
    meaning = interpret(made_document, budgets, "P")
    judgement = judge(meaning, made_document, budgets)
    assert {t.verdict for t in judgement.totals} & {"cannot_tell", "rounding"}
    line = next((li for li in meaning.lines if li.row == at), None)
    if line is not None:
        amount = next(a for a in line.amounts if a.column == column)
        by_one_pound = "rounding" in {t.verdict for t in judgement.totals}
        expected = "unproven" if by_one_pound else "contradicted"
        assert judgement.statuses[amount.amount_id][0] == expected


def test_a_section_total_does_not_reach_over_the_total_before_it() -> None:
    made = table(
        [
            ["Service", "Provider", "2018/19 £"],
            [("Youth work", 3)],
            ["Hub", "Hub Trust", "1,000"],  # 3,000 with an altered digit
            ["Bikes", "Bikes Trust", "1,000"],
            ["Total Youth work", "", "4,000"],
            [("Victims", 3)],
            ["Helpline", "Helpline Trust", "1,000"],
            ["Shelter", "Shelter Trust", "1,000"],
            ["Total Victims", "", "2,000"],
            ["Grand total", "", "6,000"],
        ]
    )
    _, _, judgement = read(made)
    standing = [status for status, _ in judgement.statuses.values()]
    assert standing == ["contradicted", "contradicted", "proven", "proven"]


@settings(max_examples=40, deadline=None)
@given(printed_budgets(), st.data(), st.sampled_from([9, 90, 450, -90, 1000]))
def test_a_slip_in_one_total_is_found_named_and_nothing_else(made, data, slip: int) -> None:  # type: ignore[no-untyped-def]
    rows, _, sums, years = made
    totals = [i for i, row in enumerate(rows) if i and len(row) > 1 and row[1] == ""]
    at = data.draw(st.sampled_from(totals))
    column = data.draw(st.integers(len(rows[at]) - len(years), len(rows[at]) - 1))
    printed = str(rows[at][column])
    value = int("".join(c for c in printed.removesuffix(".00") if c.isdigit())) + slip
    rows[at][column] = f"£{value:,}"
    _, _, judgement = read(table(rows))
    wrong = [t for t in judgement.totals if t.verdict != "agrees"]
    assert [(t.row, t.column, t.verdict) for t in wrong] == [(at, column, "publisher")]
    assert (wrong[0].pence or 0) - (wrong[0].computed_pence or 0) == slip * 100
    assert len(judgement.totals) == len(sums) * len(years)


def test_the_reading_that_closes_is_worth_more() -> None:
    good = table([["Project", "2019/20 £"], ["A", "5,000"], ["B", "7,000"], ["Total", "12,000"]])
    bad = table([["Project", "2019/20 £"], ["A", "5,000"], ["B", "1,000"], ["Total", "12,000"]])
    made = document(good)
    worth = worth_of(good, made)
    assert closing(read_budget(good, worth), worth) > closing(read_budget(bad, worth), worth)
    assert closing(read_budget(good, worth), worth).perfect


def test_a_dash_in_both_readings_is_no_misread() -> None:
    rows = [
        ["Service", "2024/25 £", "2025/26 £"],
        ["Clinics", "1,862", "1,899"],
        ["Healthy schools", "54", "–"],
        ["Nursing", "5,041", "5,167"],
        ["Total", "6,957", "7,166"],
    ]
    printed = table(rows)
    made = document(printed)
    budgets = [read_budget(printed, worth_of(printed, made))]
    meaning = interpret(made, budgets, "P")
    second = {(1, c.row, c.column): c.text for c in printed.cells}
    judgement = judge(meaning, made, budgets, second)
    assert [(t.financial_year, t.verdict) for t in judgement.totals] == [
        ("2024-25", "agrees"),
        ("2025-26", "publisher"),
    ]


def test_an_award_that_was_withdrawn_leaves_its_total_known() -> None:
    rows = [
        ["Project", "Award 2024/25"],
        ["Signs", "withdrawn"],
        ["Bells", "£5,000"],
        ["Tower", "£7,000"],
        ["Total", "£11,500"],
    ]
    _, _, judgement = read(table(rows))
    assert [t.verdict for t in judgement.totals] == ["publisher"]


def test_a_total_over_all_sections_is_of_none() -> None:
    rows: list[list[Printed]] = [
        ["Portfolio and budget", "Provider", "2025/26 £m"],
        [("Transport", 3)],
        ["Buses", "Valeline", "41.6"],
        ["Trams", "Valeline", "27.8"],
        ["Transport total", "", "69.4"],
        [("Skills", 3)],
        ["Colleges", "College A", "8.4"],
        ["Bootcamps", "College B", "5.2"],
        ["Skills total", "", "13.6"],
        ["Total programme", "", "83.0"],
        [("Mayoral grants", 3)],
        ["Festival", "Arts Network", "1.8"],
    ]
    _, _, judgement = read(table(rows))
    assert [(t.label, t.section, t.verdict) for t in judgement.totals] == [
        ("Transport total", "Transport", "agrees"),
        ("Skills total", "Skills", "agrees"),
        ("Total programme", None, "agrees"),
    ]


@pytest.mark.parametrize(
    ("total", "verdict"),
    [
        ("13,000", "agrees"),
        ("12,000", "agrees"),
        ("12,400", "cannot_tell"),
        ("13,900", "publisher"),
    ],
)
def test_a_total_may_sum_a_range_by_its_lower_or_its_upper_end(total: str, verdict: str) -> None:
    rows = [["Service", "2019/20 (£)"], ["Bus", "5,000–6,000"], ["Club", "7,000"]]
    _, _, judgement = read(table([*rows, ["Total", total]]))
    assert [t.verdict for t in judgement.totals] == [verdict]


def test_twice_the_total_is_no_slip_of_the_publishers() -> None:
    rows = [["Project", "2019/20 £"], ["Total grants", "15,000"], ["Core grants", "9,000"],
            ["Other grants", "6,000"], ["Youth club", "5,000"], ["Mentors", "4,000"],
            ["Shed", "2,500"], ["Choir", "3,500"]]  # fmt: skip
    _, _, judgement = read(table(rows))
    assert [t.verdict for t in judgement.totals] == ["cannot_tell"]
