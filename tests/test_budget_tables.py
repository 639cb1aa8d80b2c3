"""What the rows and columns of printed tables mean, however a publisher lays them out."""

import pytest

from extractors.budget import numbers_found, read_budget
from extractors.model import Passage
from pipeline.setting import worth_of
from tests.tables import document, read, table


def pounds(meaning) -> list[tuple]:  # type: ignore[type-arg, no-untyped-def]
    """Each amount of each line: service, provider, year, pounds."""
    return [
        (line.service_printed, line.provider_printed, a.financial_year, a.pence and a.pence / 100)
        for line in meaning.lines
        for a in line.amounts
    ]


def test_sections_sub_totals_and_a_grand_total_are_told_apart() -> None:
    _, meaning, judgement = read(
        table(
            [
                ["Service name", "Delivered by", "2018/19 £", "2019/20 £", "Area"],
                [("VICTIMS", 5)],
                ["Support", "Catch 22", "573,925", "", "All"],
                ["Locks", "24/7 Locks", "87,500", "90,000", "All"],
                ["Victims sub-total", "", "661,425", "90,000", ""],
                [("PREVENTION", 5)],
                ["Kicks", "Football Trust", "10,000", "0", "City"],
                ["Prevention sub-total", "", "10,000", "0", ""],
                ["Grand total", "", "671,425", "90,000", ""],
            ]
        )
    )
    assert [line.section for line in meaning.lines] == ["VICTIMS", "VICTIMS", "PREVENTION"]
    assert pounds(meaning) == [
        ("Support", "Catch 22", "2018-19", 573925),
        ("Locks", "24/7 Locks", "2018-19", 87500),
        ("Locks", "24/7 Locks", "2019-20", 90000),
        ("Kicks", "Football Trust", "2018-19", 10000),
        ("Kicks", "Football Trust", "2019-20", 0),
    ]
    assert [(t.label, t.section, t.verdict) for t in judgement.totals][::2] == [
        ("Victims sub-total", "VICTIMS", "agrees"),
        ("Prevention sub-total", "PREVENTION", "agrees"),
        ("Grand total", None, "agrees"),
    ]
    assert {status for status, _ in judgement.statuses.values()} == {"proven"}


def test_an_unlabelled_row_that_closes_is_a_total() -> None:
    _, meaning, judgement = read(
        table(
            [
                ["Turning Point", "Support for adults who drink", "£120,000", "Grant"],
                ["Catch 22", "Support for victims of crime", "£80,500", "Contract"],
                ["Anytown Council", "Contribution to youth services", "£10,000", "Grant"],
                ["", "", "£210,500", ""],
            ],
            header_rows=0,
        )
    )
    assert [line.provider_printed for line in meaning.lines] == [
        "Turning Point",
        "Catch 22",
        "Anytown Council",
    ]
    assert meaning.lines[0].provision == "Support for adults who drink"
    assert meaning.lines[0].service_printed is None
    assert [t.verdict for t in judgement.totals] == ["agrees"]


def test_a_line_called_total_is_a_line_where_arithmetic_says_so() -> None:
    _, meaning, judgement = read(
        table(
            [
                ["Project", "2019/20 £"],
                ["Total Respect Project", "5,000"],
                ["Youth club", "7,000"],
                ["Detached team", "3,000"],
                ["Total", "15,000"],
            ]
        )
    )
    assert len(meaning.lines) == 3
    assert [t.verdict for t in judgement.totals] == ["agrees"]


def test_numbers_that_are_no_money_are_no_amounts() -> None:
    budgets, meaning, _ = read(
        table(
            [
                ["Ref", "Organisation", "Charity number", "Date", "Beneficiaries", "Amount"],
                ["101", "Hill Trust", "1134793", "13-Dec-16", "120", "3,000"],
                ["102", "St James", "1157767", "14-Dec-16", "45", "10,000"],
                ["103", "Home Start", "8858885", "15-Dec-16", "12", "800"],
                ["", "", "", "", "Total", "13,800"],
            ],
            title="Grants 2016/17",
        )
    )
    assert pounds(meaning) == [
        (None, "Hill Trust", "2016-17", 3000),
        (None, "St James", "2016-17", 10000),
        (None, "Home Start", "2016-17", 800),
    ]
    assert numbers_found(budgets[0]) == {
        "used": 3,
        "totals": 1,
        "ignored": 12,
        "unaccounted": 0,
    }


def test_measures_of_one_year_are_kept_apart() -> None:
    budgets, meaning, _ = read(
        table(
            [
                ["Service", "Budget 2020/21", "Spend", "Variance", "% spent"],
                ["A hub", "10,000", "9,500", "(500)", "95%"],
                ["B help", "5,000", "5,500", "500", "110%"],
                ["Total", "15,000", "15,000", "0", "100%"],
            ]
        )
    )
    assert [(a.phase, a.pence) for a in meaning.lines[0].amounts] == [
        ("budget", 1_000_000),
        ("outturn", 950_000),
    ]
    assert [c.role for c in budgets[0].columns][3:] == ["difference", "percentage"]


def test_a_spanning_year_stands_over_its_measures() -> None:
    _, meaning, _ = read(
        table(
            [
                ["Service", ("2021/22", 2), ("2022/23", 2)],
                ["", "Budget", "Actual", "Budget", "Actual"],
                ["A hub", "10,000", "9,500", "12,000", "11,000"],
                ["B help", "5,000", "5,500", "6,000", "6,000"],
            ],
            header_rows=2,
        )
    )
    assert [(a.financial_year, a.phase) for a in meaning.lines[0].amounts] == [
        ("2021-22", "budget"),
        ("2021-22", "outturn"),
        ("2022-23", "budget"),
        ("2022-23", "outturn"),
    ]


@pytest.mark.parametrize(
    ("where", "more"),
    [
        ("heading", {"rows": [["Service", "Budget £000"]]}),
        ("over the labels", {"rows": [["£000", "2023/24"]]}),
        ("subtitle", {"subtitle": "£000s"}),
        ("document", {"passages": [Passage(1, "paragraph", "All figures are shown in £000s.")]}),
    ],
)
def test_a_unit_is_found_wherever_it_is_stated(where: str, more: dict) -> None:  # type: ignore[type-arg]
    rows = more.pop("rows", [["Service", "Budget"]])
    passages = more.pop("passages", ())
    printed = table([*rows, ["A hub", "120"], ["B help", "80.5"], ["Total", "200.5"]], **more)
    _, meaning, judgement = read(printed, passages=passages)
    assert [line.amounts[0].pence for line in meaning.lines] == [12_000_000, 8_050_000]
    assert [t.verdict for t in judgement.totals] == ["agrees"]


def test_sections_nest() -> None:
    _, meaning, judgement = read(
        table(
            [
                ["Service", "Provider", "2019/20"],
                [("PEOPLE", 3)],
                [("Victims", 3)],
                ["A", "X Ltd", "100,000"],
                ["B", "Y Ltd", "50,000"],
                ["Sub-total Victims", "", "150,000"],
                [("Youth", 3)],
                ["C", "Z Ltd", "30,000"],
                ["D", "W Ltd", "20,000"],
                ["Sub-total Youth", "", "50,000"],
                ["Total People", "", "200,000"],
                [("PLACES", 3)],
                [("Roads", 3)],
                ["E", "X Ltd", "7,000"],
                ["F", "Q Ltd", "3,000"],
                ["Sub-total Roads", "", "10,000"],
                ["Total Places", "", "10,000"],
                ["Grand total", "", "210,000"],
            ],
            bold=(1, 11),
        )
    )
    assert [line.section for line in meaning.lines] == [
        *["Victims"] * 2,
        *["Youth"] * 2,
        *["Roads"] * 2,
    ]
    assert [(t.label, t.section, t.verdict) for t in judgement.totals] == [
        ("Sub-total Victims", "Victims", "agrees"),
        ("Sub-total Youth", "Youth", "agrees"),
        ("Total People", "PEOPLE", "agrees"),
        ("Sub-total Roads", "Roads", "agrees"),
        ("Total Places", "PLACES", "agrees"),
        ("Grand total", None, "agrees"),
    ]


def test_totals_may_stand_before_their_lines() -> None:
    _, meaning, judgement = read(
        table(
            [
                ["Programme", "Delivered by", "2023/24 £m"],
                ["All community safety", "", "0.030"],
                ["Supporting victims", "", "0.019"],
                ["Hub", "X Ltd", "0.010"],
                ["Helpline", "Y Ltd", "0.009"],
                ["Young people", "", "0.011"],
                ["Mentors", "Z Ltd", "0.006"],
                ["Football", "W Ltd", "0.005"],
            ]
        )
    )
    assert [(line.section, line.service_printed) for line in meaning.lines] == [
        ("Supporting victims", "Hub"),
        ("Supporting victims", "Helpline"),
        ("Young people", "Mentors"),
        ("Young people", "Football"),
    ]
    assert [(t.label, t.section, t.verdict) for t in judgement.totals] == [
        ("All community safety", None, "agrees"),
        ("Supporting victims", "Supporting victims", "agrees"),
        ("Young people", "Young people", "agrees"),
    ]


@pytest.mark.parametrize(
    ("years", "slip"), [(1, "11,800"), (2, "18,000")], ids=["near", "another year closes"]
)
def test_a_slip_in_a_total_before_its_lines_is_judged_by_them(years: int, slip: str) -> None:
    _, meaning, judgement = read(
        table(
            [
                ["Programme", "Delivered by", "2023/24 £", "2024/25 £"][: 2 + years],
                ["Supporting victims", "", "19,000", "20,000"][: 2 + years],
                ["Hub", "X Ltd", "10,000", "11,000"][: 2 + years],
                ["Helpline", "Y Ltd", "9,000", "9,000"][: 2 + years],
                ["Young people", "", slip, "12,000"][: 2 + years],  # 10,800
                ["Mentors", "Z Ltd", "6,000", "7,000"][: 2 + years],
                ["Football", "W Ltd", "4,800", "5,000"][: 2 + years],
                ["Roads", "", "8,000", "8,500"][: 2 + years],
                ["Signs", "V Ltd", "3,000", "3,200"][: 2 + years],
                ["Lights", "U Ltd", "5,000", "5,300"][: 2 + years],
            ],
            bold=[1, 4, 7],
        )
    )
    assert [(line.section, line.service_printed) for line in meaning.lines][1:4] == [
        ("Supporting victims", "Helpline"),
        ("Young people", "Mentors"),
        ("Young people", "Football"),
    ]
    told = [(t.label, t.computed_pence) for t in judgement.totals if t.verdict == "publisher"]
    assert told == [("Young people", 1_080_000)]


@pytest.mark.parametrize(
    ("figure", "bold"), [("2,000", [1, 4, 7]), ("10,000", [1, 7])], ids=["far off", "plain"]
)
def test_what_is_far_from_the_lines_below_it_or_not_printed_as_a_total_is_a_line(
    figure: str, bold: list[int]
) -> None:
    _, meaning, _ = read(
        table(
            [
                ["Programme", "Delivered by", "2023/24 £"],
                ["Supporting victims", "", "19,000"],
                ["Hub", "X Ltd", "10,000"],
                ["Helpline", "Y Ltd", "9,000"],
                ["Audit", "", figure],
                ["Mentors", "Z Ltd", "6,000"],
                ["Football", "W Ltd", "4,800"],
                ["Roads", "", "8,000"],
                ["Signs", "V Ltd", "3,000"],
                ["Lights", "U Ltd", "5,000"],
            ],
            bold=bold,
        )
    )
    assert "Audit" in [line.service_printed for line in meaning.lines]


def test_a_title_over_the_headings_names_the_section_of_the_total_that_says_it() -> None:
    _, meaning, judgement = read(
        table(
            [
                ["Organisation", "2023/24 £", "2024/25 £"],
                ["All agreements – young people", "19,000", "20,000"],
                ["Hub Trust", "10,000", "11,000"],
                ["Helpline Trust", "9,000", "9,000"],
                [("Unpaid carers", 3)],
                ["All agreements – unpaid carers", "18,000", "18,500"],
                ["Carers Trust", "12,000", "12,500"],
                ["Respite Trust", "6,000", "6,000"],
            ],
            title="Young People",
            bold=[1, 4, 5],
        )
    )
    assert [line.section for line in meaning.lines][1:3] == ["Young People", "Unpaid carers"]
    assert {t.verdict for t in judgement.totals} == {"agrees"}


def test_a_column_that_sums_its_row_is_a_check_whatever_its_heading_speaks_of() -> None:
    made = table(
        [
            ["Programme", "Year 1", "Year 2", "Three years"],
            ["Hub", "10,000", "11,000", "21,000"],
            ["Helpline", "9,000", "9,400", "18,400"],
            ["Mentors", "6,000", "7,000", "13,000"],
        ]
    )
    budgets, meaning, judgement = read(made)
    assert budgets[0].columns[3].evidence == "the sum of the columns beside it"
    assert [len(line.amounts) for line in meaning.lines] == [2, 2, 2]
    assert [c.verdict for c in judgement.checks if c.kind == "sum across a row"] == ["agrees"] * 3


def test_name_and_description_of_one_cell_are_split_and_kept_whole() -> None:
    _, meaning, _ = read(
        table(
            [
                ["Name/description of provision", "16/17 cost"],
                ["Think Family – A contribution to the approach of the council", "£89,250"],
                ["Youth diversion – City – Targeted activities for offenders", "£10,000"],
                ["Substance misuse services – Adults and Young People", "£5,000"],
                ["DASH – A partnership approach to medium – low risk cases", "£1,000"],
            ]
        )
    )
    assert [(line.service_printed, line.provision) for line in meaning.lines] == [
        ("Think Family", "A contribution to the approach of the council"),
        ("Youth diversion – City", "Targeted activities for offenders"),
        ("Substance misuse services – Adults and Young People", None),
        ("DASH", "A partnership approach to medium – low risk cases"),
    ]
    assert meaning.lines[0].service_cell.startswith("Think Family – A")  # type: ignore[union-attr]
    assert meaning.lines[2].service_cell is None


def test_years_downwards_and_services_side_by_side() -> None:
    budgets, meaning, judgement = read(
        table(
            [
                ["Year", "Victim hub", "Youth grants pot", "Total"],
                ["2018/19", "53,362", "85,708", "139,070"],
                ["2019/20", "142,027", "201,439", "343,466"],
            ],
            title="Spend on services, £",
        )
    )
    assert budgets[0].turned
    assert pounds(meaning) == [
        ("Victim hub", None, "2018-19", 53362),
        ("Victim hub", None, "2019-20", 142027),
        ("Youth grants pot", None, "2018-19", 85708),
        ("Youth grants pot", None, "2019-20", 201439),
    ]
    assert [t.verdict for t in judgement.totals] == ["agrees", "agrees"]


def test_a_total_column_is_a_check_and_no_further_amount() -> None:
    _, meaning, judgement = read(
        table(
            [
                ["Service", "2022/23", "2023/24", "Total"],
                ["Hub", "£100", "£150", "£250"],
                ["Helpline", "£200", "£250", "£450"],
                ["Total", "£300", "£400", "£700"],
            ]
        )
    )
    assert all(len(line.amounts) == 2 for line in meaning.lines)
    assert [c.verdict for c in judgement.checks if c.kind == "sum across a row"] == ["agrees"] * 3


@pytest.mark.parametrize(
    "rows",
    [
        [["Section", "Page"], ["Introduction", "3"], ["Budget 2019/20", "12"]],
        [["Crime type", "2017/18", "2018/19"], ["Burglary", "1,234", "1,300"]],
        [["Financial", "There are no implications."], ["Legal", "None"]],
        [["Question", "Answer"], ["Do you agree?", "No = 9"], ["Why?", "It costs £5,000 a year"]],
    ],
)
def test_tables_that_are_no_budgets_give_no_lines(rows: list[list[str]]) -> None:
    printed = table(rows, title="Contents")
    budget = read_budget(printed, worth_of(printed, document(printed)))
    assert budget.lines == ()
    assert budget.totals == ()


def test_a_summary_restates_and_is_not_counted_twice() -> None:
    detail = table(
        [
            ["Service", "Provider", "2020/21 £"],
            [("VICTIMS", 3)],
            ["Hub", "X Ltd", "1,394,707"],
            ["Helpline", "Y Ltd", "1,000"],
            ["Victims sub-total", "", "1,395,707"],
            [("CROSS CUTTING", 3)],
            ["Emergent issues and ideas", "Various", "307,463"],
            ["Locality fund", "Districts", "935,138"],
            ["Cross cutting sub-total", "", "1,242,601"],
            ["Grand total", "", "2,638,308"],
        ],
        number=2,
    )
    summary = table(
        [
            ["Strategic area", "2020/21 budget (£m)"],
            ["Victims", "1.396"],
            ["Cross cutting", "0.935"],
            ["Emergent issues", "0.307"],
            ["Totals", "2.638"],
        ],
        title="Table 1",
    )
    _, meaning, judgement = read(summary, detail)
    assert [line.table for line in meaning.lines] == [2] * 4
    assert [line.service_printed for line in meaning.restated] == [
        "Victims",
        "Cross cutting",
        "Emergent issues",
    ]
    assert {t.table_number for t in judgement.totals} == {2}
    checks = {c.scope: c.verdict for c in judgement.checks if c.kind == "restated figure"}
    assert set(checks.values()) <= {"agrees", "rounding"}


def test_themes_over_alike_tables_are_sections_and_kinds_of_money_are_not() -> None:
    def two(first: str, second: str) -> list[tuple[str | None, str | None]]:
        head = ["Service", "Provider", "2019/20 £"]
        rows = [["A", "X Ltd", "100"], ["B", "Y Ltd", "200"], ["Total", "", "300"]]
        more = [["C", "X Ltd", "10"], ["D", "Y Ltd", "20"], ["Total", "", "30"]]
        _, meaning, judgement = read(
            table([head, *rows], number=1, title=first),
            table([head, *more], number=2, title=second),
        )
        return [(meaning.lines[0].section, judgement.totals[0].section)]

    assert two("Theme 1: Victims", "Theme 2: Youth") == [("Theme 1: Victims", "Theme 1: Victims")]
    assert two("Grants 2019/20", "Contracts 2019/20") == [(None, None)]


@pytest.mark.parametrize(
    ("numbers", "sections"),
    [
        (("4.", "5."), ["Victims", "Youth work"]),
        (("4.1", "4.2"), ["Victims", "Youth work"]),
        (("401", "402"), ["401 Victims", "402 Youth work"]),  # codes of cost centres
        (("20", "30"), ["20 Victims", "30 Youth work"]),
    ],
)
def test_a_section_over_a_table_goes_without_its_chapters_number(
    numbers: tuple[str, str], sections: list[str]
) -> None:
    head = ["Service", "Provider", "2019/20 £"]
    names = ("Victims", "Youth work")
    paths = [(f"{number} {name}",) for number, name in zip(numbers, names, strict=True)]
    _, meaning, judgement = read(
        *(
            table(
                [
                    head,
                    [f"A{n}", "X Ltd", f"{n}"],
                    [f"B{n}", "Y", "20"],
                    ["Total", "", f"{20 + n}"],
                ],
                number=n,
                title=path[0],
                heading_path=path,
            )
            for n, path in enumerate(paths, 1)
        ),
        passages=[
            Passage(n, "heading", name, number, heading_path=())
            for n, (name, number) in enumerate(zip(names, numbers, strict=True), 1)
        ],
    )
    assert sorted({line.section or "" for line in meaning.lines}) == sections
    assert [total.section for total in judgement.totals] == sections


def test_a_grand_total_may_stand_under_the_last_of_several_tables() -> None:
    head = ["Service", "Provider", "2019/20 £"]
    rows = [["A", "X Ltd", "100"], ["B", "Y Ltd", "200"], ["Total", "", "300"]]
    more = [["C", "X", "10"], ["D", "Y", "20"], ["Total", "", "30"], ["Grand total", "", "330"]]
    _, _, judgement = read(
        table([head, *rows], number=1, title="Theme 1: Victims"),
        table([head, *more], number=2, title="Theme 2: Youth"),
    )
    assert [(t.label, t.section, t.verdict) for t in judgement.totals] == [
        ("Total", "Theme 1: Victims", "agrees"),
        ("Total", "Theme 2: Youth", "agrees"),
        ("Grand total", None, "agrees"),
    ]


def test_a_table_in_two_languages_is_counted_once() -> None:
    welsh = [["Prosiect", "2022/23 £"], ["Gweithdai i bobl ifanc", "9,800"]]
    welsh += [["Cymorth i deuluoedd", "6,850"], ["Goleuadau", "4,700"], ["Caffi cof", "4,650"]]
    english = [["Project", "2022/23 £"], ["Workshops for young people", "9,800"]]
    english += [["Support for families", "6,850"], ["Lights", "4,700"], ["Memory café", "4,650"]]
    _, meaning, judgement = read(
        table(welsh, number=1, title="Cyllid"), table(english, number=2, title="Funding")
    )
    assert [line.service_printed for line in meaning.lines] == [
        "Workshops for young people",
        "Support for families",
        "Lights",
        "Memory café",
    ]
    assert {c.verdict for c in judgement.checks if c.kind == "restated figure"} == {"agrees"}


def test_the_last_row_named_after_the_budget_is_its_total_even_with_a_slip() -> None:
    _, meaning, judgement = read(
        table(
            [
                ["Service", "Provider", "2023/24 £"],
                [("PREVENTION", 3)],
                ["Navigators", "A Trust", "142,000"],
                ["Panels", "B Ltd", "55,250"],
                ["Sub-total", "", "197,250"],
                [("PLACE", 3)],
                ["Hotspots", "C CIC", "73,800"],
                ["Summer fund", "D Ltd", "25,000"],
                ["Sub-total", "", "98,800"],
                ["Total VRU budget", "", "297,050"],
            ]
        )
    )
    assert [line.service_printed for line in meaning.lines][-1] == "Summer fund"
    last = judgement.totals[-1]
    assert (last.label, last.section, last.verdict == "agrees") == (
        "Total VRU budget",
        None,
        False,
    )


def test_figures_below_the_label_of_a_total_are_its_own_though_a_count_ends_the_row() -> None:
    rows = [["Provider", "What was provided", "Awarded 2023/24", "People helped"]]
    rows += [
        ["Rape Crisis", "Counselling", "£52,600", "127"],
        ["Men Together", "Helpline", "£19,275", "54"],
    ]
    rows += [["Total uplift", "", "", ""], ["", "", "£71,875", "181"]]
    rows += [["Total grant", "", "", ""], ["", "", "£1,200,154", "13,432"]]
    (budget,), meaning, _ = read(table(rows))
    assert [(x.label, [a.text for a in x.amounts]) for x in budget.totals] == [
        ("Total uplift", ["£71,875"]),
        ("Total grant", ["£1,200,154"]),
    ]
    assert len(meaning.lines) == 2


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("Table 2: Community grants, 2019/20", "Community grants, 2019/20"),
        ("Grants 2019/20", None),  # of the kind of money, no group of services
    ],
)
def test_a_bare_total_of_one_of_several_tables_is_that_of_its_heading(
    title: str, section: str | None
) -> None:
    first = [["Service", "Provider", "2019/20 (£)"], ["Bus", "Oak Ltd", "5,000"]]
    first += [["Club", "Aid", "7,000"], ["Total", "", "12,000"]]
    second = [["Project", "2019/20 (£)"], ["Shed", "300"], ["Pantry", "900"], ["Total", "1,200"]]
    _, meaning, _ = read(
        table(first, number=1, title="Targeted interventions"),
        table(second, number=2, title=title),
    )
    assert [t.section for t in meaning.totals] == ["Targeted interventions", section]
    _, alone, _ = read(table(second, title=title))
    assert [t.section for t in alone.totals] == [None]


def test_a_total_that_closes_to_the_last_digit_is_over_the_rows_where_it_does() -> None:
    rows = [["Arrangement", "2023/24 (£m)", "2024/25 (£m)"]]
    rows += [["Prevention", "0.341", "0.389"], ["Safe visits", "0.257", "0.304"]]
    rows += [["Firesetters", "0.084", "0.085"], ["Road safety", "0.105", "0.109"]]
    rows += [["Headsets", "0.075", "0.075"], ["Throwlines", "0.030", "0.034"]]
    rows += [["Resilience", "0.106", "0.110"]]  # a thousandth more than the lines above it
    rows += [["Secretariat", "0.131", "0.135"], ["Councils", "(0.025)", "(0.025)"]]
    (budget,), _, _ = read(table(rows, bold=(1, 4, 7), title="Partnership arrangements"))
    assert [(total.label, total.rows) for total in budget.totals] == [
        ("Prevention", (2, 3)),
        ("Road safety", (5, 6)),
        ("Resilience", (8, 9)),
    ]


def test_a_row_without_a_label_is_a_line_though_a_count_stands_behind_its_sum() -> None:
    rows = [["Provider", "Amount 2023/24", "People helped"], ["Hill Trust", "£500", "10"]]
    rows += [["", "£300", "5"], ["Dale Aid", "£200", "4"], ["Total", "£1,000", "19"]]
    _, meaning, judgement = read(table(rows))
    assert len(meaning.lines) == 3
    assert [t.verdict for t in judgement.totals] == ["agrees"]
