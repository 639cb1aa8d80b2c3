"""What columns hold, in the many ways that publishers head them."""

from dataclasses import replace

import pytest

from extractors.budget.shapes import shape
from extractors.budget.splitting import dated_sum, dated_sums, split_cell
from extractors.budget.vocabulary import head_noun, roles_of
from tests.tables import read, table


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Service name", "service"),
        ("Contract Name /Initiative and description", "service"),
        ("Current delivery organisation", "provider"),
        ("Organisation with whom we have a contract", "provider"),
        ("Who delivers it?", "provider"),
        ("Service provider", "provider"),
        ("Grant recipient", "provider"),
        ("Council", "provider"),
        ("Local authority area", "reach"),
        ("Service and provider", "service"),
        ("What it will do", "provision"),
        ("What is commissioned", "provision"),
        ("Description of service", "provision"),
        ("How service is Commissioned?", "mechanism"),
        ("Procurement route", "mechanism"),
        ("Geographical reach", "reach"),
        ("Area covered", "reach"),
        ("Who it is for", "reach"),
        ("Strategic Theme", "section"),
        ("Primary P&CP Strategic priority", "priority"),
        ("Rationale", "note"),
        ("Registration Number", "reference"),
        ("Start Date", "reference"),
    ],
)
def test_a_heading_tells_the_role_of_a_column_of_words(heading: str, role: str) -> None:
    assert roles_of(heading, "text")[0][1] == role


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Budget (£)", "amount"),
        ("Estimated Annual Value 2017/18", "amount"),
        ("Grant requested", "amount"),
        ("How much", "amount"),
        ("% increase", "percentage"),
        ("Difference (£)", "difference"),
        ("Unrecoverable VAT", "other"),
        ("Cost per head", "other"),
        ("In-kind (£)", "other"),
        ("Number of grants", "reference"),
        ("Page", "reference"),
    ],
)
def test_a_heading_tells_the_role_of_a_column_of_figures(heading: str, role: str) -> None:
    assert roles_of(heading, "number")[0][1] == role


def test_a_heading_is_about_its_head_noun() -> None:
    assert head_noun("Cost of service") == "cost"
    assert head_noun("Service provider") == "provider"
    assert head_noun("Name of organisation") == "organisation"


def test_lists_side_by_side_are_read_one_after_the_other() -> None:
    _, meaning, judgement = read(
        table(
            [
                ["Group", "Project", "Award", "Group", "Project", "Award"],
                ["A Trust", "Safe", "£2,000", "B Trust", "Kick", "£3,000"],
                ["C Trust", "Beat", "£1,000", "D Trust", "Mic", "£500"],
                ["Total", "", "£3,000", "E Trust", "Tea", "£700"],
                ["", "", "", "Total", "", "£4,200"],
            ],
            title="Two funds 2019/20",
        )
    )
    assert [(x.provider_printed, x.amounts[0].pence) for x in meaning.lines] == [
        ("A Trust", 200_000),
        ("C Trust", 100_000),
        ("B Trust", 300_000),
        ("D Trust", 50_000),
        ("E Trust", 70_000),
    ]
    assert len({line.line_id for line in meaning.lines}) == 5
    assert [t.verdict for t in judgement.totals] == ["agrees", "agrees"]


def test_quarters_are_no_amounts_beside_their_year() -> None:
    _, meaning, _ = read(
        table(
            [
                ["Service", "Q1", "Q2", "Q3", "Q4", "Total"],
                ["Hub", "£1,000", "£1,000", "£1,500", "£500", "£4,000"],
                ["Line", "£2,000", "£2,000", "£2,000", "£2,000", "£8,000"],
            ],
            title="Spend 2021/22",
        )
    )
    assert [[a.pence for a in line.amounts] for line in meaning.lines] == [[400_000], [800_000]]


def test_a_year_over_the_middle_of_its_group_reaches_over_all_of_it() -> None:
    budgets, _, _ = read(
        table(
            [
                ["", "", "2024-25", "", "", "2025-26", ""],
                ["Service", "Core", "External", "Total", "Core", "External", "Total"],
                ["Pay", "£10.0", "£5.0", "£15.0", "£11.0", "£5.0", "£16.0"],
                ["Rent", "£20.0", "£1.0", "£21.0", "£22.0", "£2.0", "£24.0"],
            ],
            header_rows=2,
        )
    )
    assert [c.heading for c in budgets[0].columns][1:] == [
        *("2024-25 Core", "2024-25 External", "2024-25 Total"),
        *("2025-26 Core", "2025-26 External", "2025-26 Total"),
    ]
    assert [c.role for c in budgets[0].columns][3::3] == ["other", "other"]


def test_two_facts_of_one_cell_by_heading_or_by_label() -> None:
    _, by_heading, _ = read(
        table([["Organisation and project", "Award"], ["Hill Trust – Garden", "£5,000"]])
    )
    assert by_heading.lines[0].provider_printed == "Hill Trust"
    assert by_heading.lines[0].service_printed == "Garden"
    rows = [["Service and provider", "Funding"]]
    rows += [[f"Team {n}\nProvider: Trust {n}", "£1,000 (2021/22) £2,000 (2022/23)"] for n in "AB"]
    _, by_label, _ = read(table(rows))
    first = by_label.lines[0]
    assert (first.service_printed, first.provider_printed) == ("Team A", "Trust A")
    assert [(a.financial_year, a.pence) for a in first.amounts] == [
        ("2021-22", 100_000),
        ("2022-23", 200_000),
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_two_facts_of_one_cell_by_the_cells_themselves(turned: bool) -> None:
    facts = [("Evening patrols", "Vale Wardens CIC"), ("Taxi marshals", "Corton District Council")]
    facts += [("Exclusion navigators", "In-house")]
    cells = [" – ".join(reversed(two) if turned else two) for two in facts]
    rows = [["", "2024/25 (£)"], *([cell, f"{7 * n},450"] for n, cell in enumerate(cells, 1))]
    _, meaning, _ = read(table(rows))
    assert [(x.service_printed, x.provider_printed) for x in meaning.lines] == facts


def test_a_dash_inside_the_names_of_services_parts_nothing() -> None:
    names = ["Advocacy – adults", "Schools work – Tarn School", "IDVA – hospital"]
    _, meaning, _ = read(table([["Service", "Cost"], *([name, "£1,000"] for name in names)]))
    assert [line.service_printed for line in meaning.lines] == names


def test_a_year_in_the_title_over_all_columns_gives_way_to_the_year_of_a_column() -> None:
    title = "Schedule B. FY25 is the year ending 31 March 2025, and so on. All in £000."
    rows = [[(title, 3), None, None], ["Service", "FY25", "FY26"], ["Refuge", "68", "70"]]
    _, meaning, _ = read(table(rows, header_rows=2))
    assert [(a.financial_year, a.pence) for a in meaning.lines[0].amounts] == [
        ("2024-25", 6_800_000),
        ("2025-26", 7_000_000),
    ]


@pytest.mark.parametrize(("heading", "count"), [("Measure", 0), ("Service", 2)])
def test_measures_of_work_are_no_money_unless_something_says_so(heading: str, count: int) -> None:
    rows = [[heading, "Baseline", "Target"], ["Wardens on duty", "22", "28"],
            ["Young people seen", "1,940", "2,300"]]  # fmt: skip
    _, meaning, _ = read(table(rows, title="What the programme should change"))
    assert len(meaning.lines) == count


@pytest.mark.parametrize("dots", [" ............", ""])
def test_the_pages_of_a_list_of_contents_are_no_money(dots: str) -> None:
    rows = [[f"Table {n} Grants{dots}", page] for n, page in enumerate(["2", "4", "4", "11"], 1)]
    _, meaning, _ = read(table([["Contents", ""], *rows], title="Spending in 2023/24"))
    assert len(meaning.lines) == (0 if dots else 4)


def test_a_unit_over_the_labels_says_that_the_figures_are_money() -> None:
    rows = [["£ million", "2024/25", "2025/26"], ["Safe journeys", "0.223", "0.230"]]
    _, meaning, _ = read(table(rows, title="Violence against women and girls"))
    assert [a.pence for a in meaning.lines[0].amounts] == [22_300_000, 23_000_000]


@pytest.mark.parametrize(("heading", "paid"), [("Award", True), ("Annual value", False)])
def test_titles_over_what_a_grant_is_for_name_who_is_paid(heading: str, paid: bool) -> None:
    cards = [("Toy Library", "Extending winter opening to six days"),
             ("Repair Shed", "Insulating the workshop and a burner")]  # fmt: skip
    rows = [["", "Project", heading], *([*card, f"£{n}72"] for n, card in enumerate(cards, 1))]
    _, meaning, _ = read(table(rows, title="Warm Spaces Fund, 2023/24"))
    who = [(x.provider_printed, x.service_printed, x.provision) for x in meaning.lines]
    assert who == [(a, b, None) if paid else (None, a, b) for a, b in cards]


def test_titles_of_grants_name_who_is_paid_beside_project_and_purpose() -> None:
    cards = [("Clwb Criced", "New nets", "Practice nets and training two coaches"),
             ("Papur Bro", "Talking editions", "Recording the paper for readers")]  # fmt: skip
    rows = [["", "Project", "Purpose", "Award"]]
    rows += [[*card, f"£{n}72"] for n, card in enumerate(cards, 1)]
    _, meaning, _ = read(table(rows, title="Community grants 2025/26"))
    who = [(x.provider_printed, x.service_printed, x.provision) for x in meaning.lines]
    assert who == cards


def test_the_year_beside_a_sum_in_its_cell_is_its_year() -> None:
    rows = [["Title", "Recipient", "Amount and year"],
            ["Drone hangar", "Air Ambulance", "£48,000 in 2024/25"],
            ["Bridge signs", "The Samaritans", "£16,800 in 2025/26"]]  # fmt: skip
    _, meaning, _ = read(table(rows, title="Single awards"))
    assert [a.financial_year for x in meaning.lines for a in x.amounts] == ["2024-25", "2025-26"]
    assert dated_sum("£9,000 in one sum for 2024/25 to 2026/27") == "2024/25 to 2026/27"


def test_the_year_in_a_cell_outranks_the_year_and_keeps_the_unit_of_its_column() -> None:
    rows = [["Project", "Recipient", "2024/25 award (£)"],
            ["Hangar", "Air Ambulance", "£48,000"], ["Signs", "Samaritans", "£16,800 (2025/26)"],
            ["Total", "", "64,800"]]  # fmt: skip
    _, meaning, judged = read(table(rows, title="Single awards"))
    years = [(a.financial_year, a.phase) for x in meaning.lines for a in x.amounts]
    assert years == [("2024-25", "committed"), ("2025-26", "committed")]
    assert [t.computed_pence for t in judged.totals] == [6_480_000]


def test_a_body_before_a_dash_in_the_name_of_a_service_is_not_who_is_paid() -> None:
    names = ["School Crossings – North", "School Crossings – South", "Youth Club Fund – West"]
    _, meaning, _ = read(table([["Service", "Cost"], *([name, "£1,450"] for name in names)]))
    assert [line.service_printed for line in meaning.lines] == names


def test_a_heading_that_says_nothing_over_ways_of_funding_says_how_it_is_paid() -> None:
    rows = [["Service", "Provider", "Agreement", "2025/26 (£)"]]
    rows += [[f"Desk {n}", f"Trust {n}", how, f"{n}71"] for n, how in enumerate(["Grant"] * 3, 1)]
    rows += [["Desk 4", "Trust 4", "Contract", "471"]]
    _, meaning, _ = read(table(rows))
    assert [x.mechanism_printed for x in meaning.lines] == ["Grant"] * 3 + ["Contract"]


@pytest.mark.parametrize(
    ("heading", "section"),
    [("Road safety partnership", "Road safety partnership"), ("Programme", None)],
)
def test_a_heading_that_the_total_repeats_is_the_section(heading: str, section: str | None) -> None:
    rows = [[heading, "2024/25 (£000)"], [f"Total {heading.lower()}", "182"]]
    rows += [["Young driver roadshows", "138"], ["Motorcycle course", "44"]]
    _, meaning, judged = read(table(rows, bold=[1]))
    assert [(x.service_printed, x.section) for x in meaning.lines] == [
        ("Young driver roadshows", section),
        ("Motorcycle course", section),
    ]
    assert [t.verdict for t in judged.totals] == ["agrees"]


def test_several_sums_of_a_cell_are_parted_only_where_each_has_its_year() -> None:
    assert dated_sums("2021/22: £100; 2022/23: £200") == [("£100", "2021/22"), ("£200", "2022/23")]
    assert dated_sums("£100 and £200") == []


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("IOM – Contribution towards management", ("IOM", "Contribution towards management")),
        ("Young Persons – City – Treatment service for young offenders",
         ("Young Persons – City", "Treatment service for young offenders")),
        ("Misuse services – Adults and Young People", None),
        ("Youth prevention and diversion-County", None),
    ],
)  # fmt: skip
def test_a_description_begins_where_the_words_describe(
    cell: str, parts: tuple[str, str] | None
) -> None:
    assert split_cell(cell) == parts


def test_merged_cells_without_a_heading_beside_services_are_sections() -> None:
    rows = [
        ["", "Service", "Provider", "2024/25 (£)"],
        ["Victims", "Helpline", "Oak Trust", "4,100"],
        ["", "Advice", "Beacon", "900"],
        ["Prevention", "Boxing", "Ash Club", "750"],
        ["", "Clay", "Kiln", "300"],
    ]
    made = table(rows)
    cells = [
        replace(c, row_span=2) if c.column == 0 and c.text else c
        for c in made.cells
        if c.text or c.row == 0
    ]
    _, meaning, _ = read(replace(made, cells=tuple(cells)))
    assert [line.section for line in meaning.lines] == ["Victims"] * 2 + ["Prevention"] * 2


def test_a_heading_that_says_nothing_over_nothing_but_organisations_names_who_is_paid() -> None:
    rows = [["Authority", "2023/24 (£)"], ["Arden County Council", "104,000"],
            ["Severn City Council", "137,500"], ["Total", "241,500"]]  # fmt: skip
    _, meaning, _ = read(table(rows))
    assert [line.provider_printed for line in meaning.lines] == [
        "Arden County Council",
        "Severn City Council",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2024/25 only", "year"),
        ("2024/25 to 2026/27", "year"),
        ("Blwyddyn 2", "year"),
        ("2000 to 2500", "text"),
    ],
)
def test_what_is_nothing_but_years_is_a_year(text: str, kind: str) -> None:
    assert shape(text) == kind


def test_facts_on_lines_of_their_own_are_not_parted_at_a_colon_within_one() -> None:
    cells = ["Refuge units\nHarbour Women", "Sanctuary: locks and alarms\nKelder Homes",
             "Lived experience\nSpeak Out CIC", "Furniture fund\nSt Osyn Trust"]  # fmt: skip
    _, meaning, _ = read(
        table([["Service and provider", "2024/25 (£)"], *([c, "1,450"] for c in cells)])
    )
    assert [(x.service_printed, x.provider_printed) for x in meaning.lines] == [
        tuple(cell.split("\n")) for cell in cells
    ]


@pytest.mark.parametrize(
    ("heading", "about", "count"),
    [
        ("Rescues", "Annual review", 0),
        ("Grants (£)", "Annual review", 2),
        ("Rescues", "Grants report", 2),  # in a document about money it may be a head of it
    ],
)
def test_a_comma_alone_makes_no_money_beside_figures_that_no_word_calls_money(
    heading: str, about: str, count: int
) -> None:
    rows = [["Station", heading, "Wildfires"], ["Thornby", "1,204", "6"], ["Skelby", "986", "9"]]
    _, meaning, _ = read(table(rows, title="What was done"), title=about)
    assert len(meaning.lines) == count


def test_a_year_that_a_narrow_column_tears_is_whole_again() -> None:
    rows = [["Project", "2014/20", "2015/201"], ["", "15 budget", "6 budget"],
            ["Refuge", "433", "501"], ["Helpline", "486", "628"]]  # fmt: skip
    _, meaning, _ = read(table(rows, header_rows=2))
    assert [a.financial_year for a in meaning.lines[0].amounts] == ["2014-15", "2015-16"]


def test_rows_of_which_are_totals_of_what_a_column_says() -> None:
    rows: list[list[str]] = [
        ["Paid to", "For", "Fund", "2024/25 Budget", "2025/26 Proposed"],
        ["Total grants", "", "", "24,500", "25,300"],
        ["of which Core funding", "", "", "16,000", "16,400"],
        ["of which Homelessness", "", "", "8,500", "8,900"],
        ["Citizens Advice", "General advice", "Core funding", "9,600", "9,800"],
        ["Voluntary Service", "A centre", "Core funding", "6,400", "6,600"],
        ["Nightstop", "Host families", "Homelessness", "2,700", "3,200"],
        ["Kitchen", "A day centre", "Homelessness", "5,800", "5,700"],
    ]
    _, meaning, judged = read(table(rows, title="Grants"))
    assert [x.section for x in meaning.lines] == ["Core funding"] * 2 + ["Homelessness"] * 2
    assert {(t.label, t.section, t.verdict) for t in judged.totals} == {
        ("Total grants", None, "agrees"),
        ("of which Core funding", "Core funding", "agrees"),
        ("of which Homelessness", "Homelessness", "agrees"),
    }


def test_a_year_of_money_is_no_count_of_years() -> None:
    rows = [["Programme", "Award to March 2026", "Extension year 2026/27"],
            ["Routes", "1,850.0", "640.0"], ["Network", "412.5", "145.0"]]  # fmt: skip
    (budget,), _, _ = read(table(rows, title="Partnership funding (£000)"))
    assert [c.role for c in budget.columns] == ["service", "amount", "amount"]


def test_what_each_household_is_charged_is_no_spending() -> None:
    rows = [["Billing authority", "Precept (£)"], ["Elder Council", "8,971,903.71"]]
    rows += [[f"Band {band}", f"{at}1.05"] for at, band in enumerate("ABCDEFGH", start=6)]
    _, meaning, _ = read(table(rows, title="Precepts 2025/26"))
    assert [x.provider_printed or x.service_printed for x in meaning.lines] == ["Elder Council"]
