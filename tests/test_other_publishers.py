"""What other publishers print that a first reader gets wrong: headings, codes, remarks, totals."""

from __future__ import annotations

import pytest

from normalizers.amounts import parse_amount
from normalizers.years import defined_years
from tests.tables import read, table


def roles(rows: list[list[str]], **more: object) -> list[str]:
    (budget,), _, _ = read(table(rows, **more))  # type: ignore[arg-type]
    return [column.role for column in budget.columns]


def test_account_codes_before_the_names_are_no_money() -> None:
    rows = [
        ["", "", "2024/25 £"],
        ["4000", "Salaries", "118,400"],
        ["4010", "Training", "1,500"],
        ["", "Total", "119,900"],
    ]
    _, meaning, judged = read(table(rows))
    assert [line.service_printed for line in meaning.lines] == ["Salaries", "Training"]
    assert [len(line.amounts) for line in meaning.lines] == [1, 1]
    assert {t.verdict for t in judged.totals} == {"agrees"}


def test_codes_under_the_heading_of_the_names_beside_them_are_no_money() -> None:
    rows = [
        ["Cost centre", "", "Budget 2025/26 £000s"],
        ["31010", "Home care", "11,275"],
        ["31020", "Day centres", "1,864"],
        ["31030", "Libraries", "2,210"],
    ]
    _, meaning, _ = read(table(rows))
    assert [line.service_printed for line in meaning.lines] == [
        "Home care",
        "Day centres",
        "Libraries",
    ]
    assert [len(line.amounts) for line in meaning.lines] == [1, 1, 1]


def test_a_lead_officer_is_not_who_is_paid() -> None:
    rows = [["Project", "2025/26 £", "Lead officer"], ["Careers hub", "5,000", "J. Okafor"]]
    assert roles(rows) == ["service", "amount", "reference"]


def test_a_programme_that_groups_projects_is_a_section() -> None:
    rows = [
        ["Programme", "Project", "2025/26 £"],
        *(["Skills", f"Project {name}", "5,000"] for name in ("A", "B", "C")),
        *(["Growth", f"Scheme {name}", "7,000"] for name in ("D", "E", "F")),
    ]
    assert roles(rows) == ["section", "service", "amount"]


def test_a_budget_heading_that_groups_nothing_names_the_lines() -> None:
    rows = [
        ["Budget heading", "Supplier", "2025/26 £"],
        ["Insurance", "Clearpath Mutual", "4,750"],
        ["Audit fees", "", "1,500"],
    ]
    assert roles(rows) == ["service", "provider", "amount"]


def test_a_column_of_pounds_is_money_whatever_its_heading_counts() -> None:
    rows = [
        ["Organisation", "Three years 2023-24 to 2025-26", "Extension 2026-27"],
        ["Hospice", "£612,000", "£210,500"],
        ["Carers", "£96,000", "£34,200"],
    ]
    _, meaning, _ = read(table(rows))
    assert [a.financial_year for a in meaning.lines[0].amounts] == ["2023-26", "2026-27"]


def test_over_and_under_is_a_difference() -> None:
    rows = [
        ["Budget head", "Budget 2024/25 £m", "Over (+) / under (−)"],
        ["Estates", "3.05", "+0.29"],
        ["Fleet", "2.07", "−0.05"],
    ]
    assert roles(rows)[2] == "difference"


@pytest.mark.parametrize(
    "printed",
    [
        "Hospice Care Registered charity 1088214",
        "Hospice Care (registered charity no. 1088214)",
        "Hospice Care, company number 01088214",
        "Hospice Care - Charity No: SC012345",
    ],
)
def test_a_register_number_is_no_part_of_a_name(printed: str) -> None:
    rows = [["Organisation", "Award 2024/25"], [printed, "£5,000"], ["Carers", "£2,000"]]
    _, meaning, _ = read(table(rows))
    assert meaning.lines[0].provider_printed == "Hospice Care"


def test_a_charity_keeps_its_own_name() -> None:
    rows = [["Organisation", "Award 2024/25"], ["Oxleas Charity", "£5,000"], ["Carers", "£2,000"]]
    _, meaning, _ = read(table(rows))
    assert meaning.lines[0].provider_printed == "Oxleas Charity"


def test_the_first_banner_is_no_part_of_the_headings() -> None:
    rows = [
        ["Ref", "Budget head", "Delivered by", "2024/25 £"],
        ["", "Older People", "", ""],
        ["101", "Care at home", "Homecare CIC", "2,413"],
        ["102", "Lunch clubs", "Transport Trust", "155"],
    ]
    _, meaning, _ = read(table(rows, header_rows=2))
    assert [line.section for line in meaning.lines] == ["Older People", "Older People"]


def test_a_unit_said_over_the_headings_holds_for_the_table() -> None:
    rows = [
        ["All amounts in £000s", "", ""],
        ["Service", "2023/24 actual", "2024/25 budget"],
        ["Home care", "9,412", "9,870"],
        ["Day care", "1,286", "1,310"],
    ]
    _, meaning, _ = read(table(rows, header_rows=2))
    assert [a.pence for a in meaning.lines[0].amounts] == [941_200_000, 987_000_000]


def test_the_months_of_a_calendar_year_date_an_award() -> None:
    rows = [
        ["Organisation", "Period", "Award"],
        ["Boxing club", "Jan–Dec 2024", "£2,850"],
        ["Sea cadets", "Jan–Dec 2025", "£1,260"],
    ]
    _, meaning, _ = read(table(rows, title="Register of awards"))
    assert [line.amounts[0].financial_year for line in meaning.lines] == ["2024", "2025"]


def test_a_total_of_a_named_year_sums_the_lines_of_that_year() -> None:
    rows = [
        ["Organisation", "Period", "Award"],
        ["Boxing club", "Jan–Dec 2024", "£2,850"],
        ["Youth theatre", "Jan–Dec 2024", "£6,725"],
        ["Sea cadets", "Jan–Dec 2025", "£1,260"],
        ["Mountain rescue", "Jan–Dec 2025", "£4,995"],
        ["Awards for 2024", "", "£9,575"],
        ["Awards for 2025", "", "£6,255"],
    ]
    _, meaning, judged = read(table(rows, title="Register of awards", bold=(5, 6)))
    assert len(meaning.lines) == 4
    assert [(t.financial_year, t.verdict) for t in judged.totals] == [
        ("2024", "agrees"),
        ("2025", "agrees"),
    ]


def test_a_portfolio_that_announces_its_parts_is_their_total() -> None:
    rows = [
        ["Portfolio and budget", "2025/26 £m"],
        ["Transport of which:", "69.4"],
        ["Buses", "41.6"],
        ["Travel passes", "27.8"],
        ["Skills of which:", "13.6"],
        ["Colleges", "8.4"],
        ["Bootcamps", "5.2"],
    ]
    _, meaning, judged = read(table(rows))
    assert [line.service_printed for line in meaning.lines] == [
        "Buses",
        "Travel passes",
        "Colleges",
        "Bootcamps",
    ]
    assert [(t.label, t.verdict) for t in judged.totals] == [
        ("Transport", "agrees"),
        ("Skills", "agrees"),
    ]


def test_tables_that_their_totals_name_are_sections() -> None:
    heads = ["Organisation", "2025-26"]
    core = [heads, ["Mind", "£64,500"], ["Age", "£88,200"], ["Total core grants", "£152,700"]]
    small = [heads, ["Shed", "£2,850"], ["Club", "£3,175"], ["Total small grants", "£6,025"]]
    _, meaning, judged = read(
        table(core, title="Core grants"), table(small, number=2, title="Small grants")
    )
    assert [line.section for line in meaning.lines] == ["Core grants"] * 2 + ["Small grants"] * 2
    assert [t.section for t in judged.totals] == ["Core grants", "Small grants"]


@pytest.mark.parametrize(
    ("printed", "pounds"),
    [
        ("2,400CR", -2400),
        ("4,155 CR", -4155),
        ("1,200DR", 1200),
        ("36 weeks × £950", 34200),
        ("£2,750 a month for 12 months", 33000),
        ("dim", 0),
        ("£72,000 (3 × £24,000)", 72000),
    ],
)
def test_credits_and_products_as_printed(printed: str, pounds: int) -> None:
    assert parse_amount(printed, 100).pence == pounds * 100


def test_year_one_of_a_plan_is_defined_in_its_text() -> None:
    said = "Year 1 of the Plan is 2024/25, Year 2 is 2025/26 and Year 3 is 2026/27."
    assert {n: y for n, y in defined_years([said]).items() if n < 4} == {1: 2024, 2: 2025, 3: 2026}


def test_a_table_at_a_glance_is_no_more_money() -> None:
    awards = [
        ["Organisation", "Project", "Requested 2023/24", "Awarded 2023/24"],
        ["Church", "Soup", "£2,400", "£2,400"],
        ["Temple", "Meals", "£4,800", "£3,500"],
        ["Netball club", "Back to netball", "£1,260", "£1,260"],
        ["Canoe club", "Adapted canoes", "£9,999", "£6,000"],
    ]
    glance = [
        ["Fund", "Requested 2023/24", "Awarded 2023/24"],
        ["Warm places", "£7,200", "£5,900"],
        ["Active lives", "£11,259", "£7,260"],
        ["Both funds", "£18,459", "£13,160"],
    ]
    _, meaning, judged = read(
        table(awards, title="Awards"), table(glance, number=2, title="At a glance")
    )
    assert [line.service_printed for line in meaning.lines] == [row[1] for row in awards[1:]]
    assert len(meaning.restated) == 2
    said = [c for c in judged.checks if c.kind == "restated figure"]
    assert [(c.table_number, c.expected, c.found, c.verdict) for c in said] == [
        (2, 18459, 18459, "agrees"),
        (2, 13160, 13160, "agrees"),
    ]
    assert all("table 1" in c.explanation for c in said)


def test_tables_whose_round_sums_are_the_same_by_chance_are_both_money() -> None:
    head = ["Organisation", "Project", "Awarded 2023/24"]
    large = [["Church", "Soup", "£500"], ["Temple", "Meals", "£700"], ["Club", "Netball", "£300"]]
    large.append(["Canoe club", "Canoes", "£1,000"])
    small = [["Scouts", "Camp", "£1,500"], ["Guides", "Tents", "£1,000"]]
    _, meaning, _ = read(
        table([head, *large], title="Warm places"), table([head, *small], 2, title="Active lives")
    )
    assert [a.pence for x in meaning.lines for a in x.amounts] == [
        50_000, 70_000, 30_000, 100_000, 150_000, 100_000,
    ]  # fmt: skip
    assert not meaning.restated


def test_one_total_of_two_lists_in_a_grid_sums_both() -> None:
    rows = [
        ["District", "2025/26", "District", "2025/26"],
        ["Applefield", "\u00a334,718", "Hythe Marsh", "\u00a330,262"],
        ["Castlebridge", "\u00a337,195", "Maidenstone", "\u00a341,608"],
        ["Gravenhurst", "\u00a340,263", "Tenterbourne", "\u00a324,677"],
        ["", "", "Total", "\u00a3208,723"],
    ]
    _, meaning, judged = read(table(rows, title="Grants to community safety partnerships"))
    assert len(meaning.lines) == 6
    assert [t.verdict for t in judged.totals] == ["agrees"]
    assert {status for status, _ in judged.statuses.values()} == {"proven"}


def test_a_title_is_the_first_section_where_headings_come_again_under_the_others() -> None:
    head = ["Provider", "Service", "2025/26 (\u00a3)"]
    rows: list[list[str | tuple[str, int]]] = [
        [*head],
        ["Oak Trust", "Mentors", "4,100"],
        ["Total", "", "4,100"],
        [("Theme 2: Communities", 3)],
        [*head],
        ["Kirk", "Choir", "750"],
        ["Total", "", "750"],
    ]
    _, meaning, judged = read(table(rows, title="Theme 1: Families", bold=(4,)))
    assert [x.section for x in meaning.lines] == ["Theme 1: Families", "Theme 2: Communities"]
    assert [t.section for t in judged.totals] == ["Theme 1: Families", "Theme 2: Communities"]


def test_a_line_whose_amounts_are_blank_is_no_rest_of_the_one_above() -> None:
    rows = [
        ["Section", "Service", "Provider", "Type of award", "2015/16 (\u00a3)"],
        ["Victims", "Counselling", "Rape Crisis", "Procured", "807"],
        ["", "Adult ISVA", "Fairwell Centre", "Grant", ""],
        ["", "Night Bus", "Council", "Grant", "190"],
    ]
    _, meaning, _ = read(table(rows))
    assert [(x.service_printed, x.provider_printed) for x in meaning.lines] == [
        ("Counselling", "Rape Crisis"),
        ("Adult ISVA", "Fairwell Centre"),
        ("Night Bus", "Council"),
    ]
