"""What is said round figures tells their section, year and phase; the same money counts once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.model import Passage, Table
from normalizers.amounts import parse_amount
from normalizers.years import phase_of
from tests.tables import Printed, read, table
from tests.test_awards_told import meant
from tests.test_budget_awards import running

HEAD = ["Service", "Provider", "2023/24 (£)"]
FIRST = [["Mentors", "Oak Trust", "4,100"], ["Shed", "Aid", "900"]]
SECOND = [["Choir", "Kirk", "750"], ["Clay", "Kiln", "300"]]


@pytest.mark.parametrize(
    ("banner", "title"),
    [("Priority 1", "Priority 1: Safer streets"), ("Committee", "Amenities Committee")],
)
def test_a_banner_that_abridges_the_title_is_the_section_of_the_title(
    banner: str, title: str
) -> None:
    rows: list[Sequence[Printed]] = [
        HEAD,
        [(banner, 3)],
        *FIRST,
        [f"{banner} total", "", "5,000"],
    ]
    _, meaning, judged = read(table(rows, title=title))
    assert {line.section for line in meaning.lines} == {title}
    assert [(t.section, t.verdict) for t in judged.totals] == [(title, "agrees")]


def test_a_banner_that_only_begins_like_the_title_is_a_section_of_its_own() -> None:
    rows: list[Sequence[Printed]] = [HEAD, [("Safer", 3)], *FIRST]
    _, meaning, _ = read(table(rows, title="Safer streets"))
    assert {line.section for line in meaning.lines} == {"Safer"}


def test_a_title_row_over_the_headings_names_the_section() -> None:
    parts = [("Warm places", FIRST, "5,000"), ("Active lives", SECOND, "1,050")]
    made = [
        table(
            [[(name, 3)], HEAD, *rows, [f"Total {name.lower()}", "", total]],
            number=n,
            title="Our fund",
            header_rows=2,
        )
        for n, (name, rows, total) in enumerate(parts, 1)
    ]
    _, meaning, judged = read(*made)
    assert [x.section for x in meaning.lines] == ["Warm places"] * 2 + ["Active lives"] * 2
    assert [(t.section, t.verdict) for t in judged.totals] == [
        ("Warm places", "agrees"),
        ("Active lives", "agrees"),
    ]


def test_the_words_before_a_list_give_its_year() -> None:
    made = running(
        [
            ("heading", "Small grants"),
            ("paragraph", "In 2022/23 these groups were paid:"),
            ("list_item", "Dale Scouts – £300 for tents"),
            ("list_item", "Hill Guides – £275 for a stove"),
            ("list_item", "Brook Brownies – £190 for flags"),
            ("heading", "Large grants"),
            ("list_item", "Oak Trust – £14,100 for mentors"),
            ("list_item", "Aid – £9,000 for meals"),
        ],
        "Grants made in 2021/22",
    )
    meaning, _ = meant(made)
    years = [line.amounts[0].financial_year for line in meaning.lines]
    assert years == ["2022-23"] * 3 + ["2021-22"] * 2


PLAN = Passage(1, "paragraph", "Year 1 of the plan is 2023/24 and Year 2 is 2024/25.")


@pytest.mark.parametrize(
    ("heads", "printed"),
    [
        (("Year 1 (£)", "Year 2 (£)"), "as Year 1"),
        (("2023/24 (£)", "2024/25 (£)"), "same as for 2023/24"),
        (("2023/24 (£)", "2024/25 (£)"), "As in 2023-24"),
    ],
)
def test_an_amount_may_refer_to_another_year_of_its_line(
    heads: tuple[str, str], printed: str
) -> None:
    rows = [["Service", *heads], ["Mentors", "4,100", printed], ["Shed", "900", "950"]]
    rows += [["Choir", "750", "800"], ["Clay", "300", "350"]]
    _, meaning, _ = read(table(rows, title="Plan"), passages=[PLAN])
    assert [(a.financial_year, a.pence, a.flags) for a in meaning.lines[0].amounts] == [
        ("2023-24", 410_000, ()),
        ("2024-25", 410_000, ("as printed for 2023-24",)),
    ]


@pytest.mark.parametrize("printed", ["as 2022/23", "as 2024/25"])
def test_an_amount_that_refers_elsewhere_stays_open(printed: str) -> None:
    rows = [["Service", "2023/24 (£)", "2024/25 (£)"], ["Mentors", "4,100", printed]]
    rows += [["Shed", "900", "950"], ["Choir", "750", "800"], ["Clay", "300", "350"]]
    _, meaning, _ = read(table(rows, title="Plan"))
    assert [a.pence for a in meaning.lines[0].amounts] == [410_000, None]


def test_a_document_may_say_its_calendar_year_by_its_months() -> None:
    rows = [["Organisation", "Award"], ["Oak Trust", "£4,100"], ["Aid", "£900"]]
    _, meaning, _ = read(
        table(rows, title="Awards"), title="Grants paid 1 January to 31 December 2023"
    )
    assert [line.amounts[0].financial_year for line in meaning.lines] == ["2023", "2023"]


WELSH = [
    ["Gwasanaeth", "Darparwr", "2023/24 (£)"],
    ["Mentora yn yr ysgolion", "Oak Trust", "4,100"],
    ["Cwt y dynion hen", "Aid", "900"],
    ["Côr newydd", "Kirk", "750"],
    ["Cymorth ar y ffordd", "Kiln", "300"],
]
ENGLISH = [
    ["Service", "Provider", "Award 2023/24 (£)"],
    ["Mentors in the schools", "Oak Trust", "4,100"],
    ["Shed for the old men", "Aid", "900"],
    ["New choir", "Kirk", "750"],
    ["Help on the road", "Kiln", "300"],
]


@pytest.mark.parametrize("welsh_first", [True, False])
@pytest.mark.parametrize("paid", [True, False], ids=["who is paid", "no names of those paid"])
def test_a_table_printed_in_two_languages_counts_once_in_english(
    welsh_first: bool, paid: bool
) -> None:
    order = (WELSH, ENGLISH) if welsh_first else (ENGLISH, WELSH)
    made = [[row if paid else [row[0], row[2]] for row in rows] for rows in order]
    _, meaning, _ = read(*(table(rows, n, title="2023/24") for n, rows in enumerate(made, 1)))
    assert [x.service_printed for x in meaning.lines] == [row[0] for row in ENGLISH[1:]]
    assert len(meaning.restated) == 4


def test_who_is_paid_tells_that_a_table_is_printed_in_two_languages() -> None:
    made: list[Table] = []
    groups, sums = ("Oak Trust", "Aid", "Kirk", "Kiln"), ("4,100", "900", "750", "300")
    for heads, names in (
        (["Gwasanaeth", "Darparwr", "2023/24 (£)"], ("Mentora", "Cwt", "Côr", "Clai")),
        (["Service", "Provider", "Award 2023/24 (£)"], ("Mentors", "Shed", "Choir", "Clay")),
    ):
        rows = [list(row) for row in zip(names, groups, sums, strict=True)]
        made.append(table([heads, *rows], len(made) + 1, title="2023/24"))
    _, meaning, _ = read(*made)
    assert len(meaning.lines) == len(meaning.restated) == 4


def test_tables_of_the_same_sums_and_other_names_are_other_money() -> None:
    other = [
        ["Service", "Budget 2023/24 (£)"],
        ["Guides for the parks", "4,100"],
        ["Help with the bills", "900"],
        ["Meals for the old", "750"],
        ["Drivers for the buses", "300"],
    ]
    awards = [[row[0], row[2]] for row in ENGLISH]
    _, meaning, _ = read(table(awards, 1, title="2023/24"), table(other, 2, title="2023/24"))
    assert len(meaning.lines) == 8


def test_a_total_over_the_sections_of_several_tables_has_none_of_them() -> None:
    second = [HEAD, *SECOND, ["Total active lives", "", "1,050"], ["Total", "", "6,050"]]
    _, _, judged = read(
        table([HEAD, *FIRST, ["Total warm places", "", "5,000"]], 1, title="Warm places"),
        table(second, 2, title="Active lives"),
    )
    assert [(t.label, t.section, t.verdict) for t in judged.totals] == [
        ("Total warm places", "Warm places", "agrees"),
        ("Total active lives", "Active lives", "agrees"),
        ("Total", None, "agrees"),
    ]


@pytest.mark.parametrize("printed", ["3.,750", "£3,.750", "3,,750"])
def test_a_doubled_mark_in_a_number_is_one_comma_and_is_told(printed: str) -> None:
    read_ = parse_amount(printed, 100)
    assert read_.pence == 375_000
    assert read_.flags == ("doubled mark in number",)


@pytest.mark.parametrize(
    ("heading", "phase"),
    [
        ("Swm y gofynnwyd amdano", "requested"),
        ("Gwirioneddol 2023/24", "outturn"),
        ("Gwariant", "outturn"),
        ("Swm a ddyfarnwyd / Dyfarniad", "committed"),
        ("Cyllideb ddiwygiedig / diwygiedig", "revised"),
        ("Rhagolwg", "indicative"),
        ("Cyllideb", "budget"),
    ],
)
def test_welsh_headings_tell_the_phase(heading: str, phase: str) -> None:
    assert phase_of(heading) == phase


def test_a_total_tells_the_section_of_a_table_without_a_heading() -> None:
    made = [
        table([HEAD, *rows, [label, "", total]], n, title=None, bold=(3,))
        for n, (rows, label, total) in enumerate(
            ((FIRST, "Capital programme", "5,000"), (SECOND, "Revenue programme", "1,050")), 1
        )
    ]
    _, meaning, judged = read(*made)
    assert [x.section for x in meaning.lines] == ["Capital programme"] * 2 + [
        "Revenue programme"
    ] * 2
    assert [(t.section, t.verdict) for t in judged.totals] == [
        ("Capital programme", "agrees"),
        ("Revenue programme", "agrees"),
    ]


def test_a_net_cost_ends_the_section_that_it_abridges() -> None:
    # Tables of other columns: nothing but its total says that the first is a section.
    first = table(
        [HEAD, *FIRST, ["Net cost of committee", "", "5,000"]],
        title="Amenities Committee",
        bold=(3,),
    )
    second = table(
        [["Grant", "Award 2023/24"], ["Choir", "£750"], ["Clay", "£300"]], 2, title="Gifts"
    )
    _, meaning, judged = read(first, second)
    assert [x.section for x in meaning.lines] == ["Amenities Committee"] * 2 + [None] * 2
    assert [(t.section, t.verdict) for t in judged.totals] == [("Amenities Committee", "agrees")]


def test_a_theme_printed_once_over_blank_cells_is_a_section() -> None:
    rows = [["Theme", "Provider", "2023/24 (£)"], ["Streets", "Oak Trust", "4,100"]]
    rows += [["", "Aid", "900"], ["", "Kirk", "750"], ["Victims", "Kiln", "300"]]
    rows += [["", "Beacon", "650"], ["", "Harbour", "1,200"]]
    _, meaning, _ = read(table(rows))
    assert [x.section for x in meaning.lines] == ["Streets"] * 3 + ["Victims"] * 3


@pytest.mark.parametrize(
    ("intro", "worth"),
    [
        ("All figures £000. The panel agreed the budget for the year.", 1000),
        ("The panel agreed the budget. All figures are in £000s.", 1000),
        ("We gave over £000s to groups that work with young people in the town. It helped.", 1),
        ("The panel agreed the budget for the year.", 1),
    ],
)
def test_a_short_sentence_before_a_table_may_state_its_unit(intro: str, worth: int) -> None:
    _, meaning, _ = read(table([[*HEAD[:2], "2023/24"], *FIRST], intro=intro))
    assert meaning.lines[0].amounts[0].pence == 410_000 * worth


def test_a_banner_read_into_the_total_above_it_is_the_next_section() -> None:
    rows: list[Sequence[Printed]] = [
        HEAD,
        [("Safer streets", 3)],
        *FIRST,
        ["Total Safer streets Victims", "", "5,000"],
        *SECOND,
        ["Total Victims", "", "1,050"],
    ]
    _, meaning, judged = read(table(rows, title="Our fund"))
    assert [x.section for x in meaning.lines] == ["Safer streets"] * 2 + ["Victims"] * 2
    assert [(t.label, t.section, t.verdict) for t in judged.totals] == [
        ("Total Safer streets", "Safer streets", "agrees"),
        ("Total Victims", "Victims", "agrees"),
    ]


def cards(number: int, rows: list[list[str]], title: str | None, section: str) -> Table:
    return table(
        rows, number=number, title=title, reader="cards", heading_path=("Our partners", section)
    )


def test_headings_over_cards_are_their_sections_whatever_labels_some_lack() -> None:
    head = ["", "Delivered by", "Grant 2025/26"]
    made = (
        cards(1, [[*head, "People"], ["Mentors", "Oak Trust", "£4,100", "160"]], "Help", "Help"),
        cards(2, [[*head, "Visits"], ["Choir", "Kirk", "£750", "1,150"]], "Arts", "Arts"),
        # At the head of the next page, with no heading of its own.
        cards(3, [head, ["Clay", "Kiln", "£300"]], None, "Arts"),
    )
    _, meaning, _ = read(*made)
    assert [(x.service_printed, x.section) for x in meaning.lines] == [
        ("Mentors", "Help"),
        ("Choir", "Arts"),
        ("Clay", "Arts"),
    ]
    assert [a.pence for x in meaning.lines for a in x.amounts] == [410_000, 75_000, 30_000]


def test_the_month_in_which_a_round_was_decided_is_no_year_of_its_money() -> None:
    rows: list[Sequence[Printed]] = [
        ["Organisation", "Project", "Award"],
        [("Round 1: awards confirmed July 2024", 3)],
        ["Oak Trust", "Mentors", "£4,100"],
        ["Aid", "Shed", "£900"],
    ]
    _, meaning, _ = read(table(rows, title="Community Fund"), title="Awards made in 2024/25")
    assert {a.financial_year for x in meaning.lines for a in x.amounts} == {"2024-25"}


def test_a_unit_over_some_tables_and_a_summary_of_all_do_not_part_them_from_their_kind() -> None:
    def part(number: int, title: str, unit: str, rows: list[list[str]], total: str) -> Table:
        head = ["Head", f"2023/24 Actual{unit}", "2024/25 Original"]
        return table(
            [head, *rows, ["Net expenditure", total, total]], number, title=title, intro="£'000"
        )

    a = part(
        2,
        "Response",
        " £'000",
        [["Crews", "6,000", "6,100"], ["Stations", "1,500", "1,400"]],
        "7,500",
    )
    b = part(
        3, "Training", "", [["Courses", "1,600", "1,700"], ["Centre", "1,500", "1,400"]], "3,100"
    )
    rows = [["General reserve", "9,250", "9,100"], ["Other", "1,350", "1,300"]]
    summary = part(1, "Summary of reserves", " £'000", rows, "10,600")
    _, meaning, judged = read(summary, a, b)
    assert [(x.service_printed, x.section) for x in meaning.lines if x.table != 1] == [
        ("Crews", "Response"),
        ("Stations", "Response"),
        ("Courses", "Training"),
        ("Centre", "Training"),
    ]
    assert {(t.section, t.verdict) for t in judged.totals if t.label == "Net expenditure"} >= {
        ("Response", "agrees"),
        ("Training", "agrees"),
    }


def test_a_summary_names_the_section_of_a_table_whose_total_is_the_publishers_slip() -> None:
    made = (
        table([HEAD, ["Mentors", "Oak Trust", "4,123"], ["Shed", "Aid", "900"],
               ["Total", "", "5,023"]], 1, title="Warm places"),
        table([["Project", "2023/24 (£)"], ["Oak", "2,017"], ["Ash", "735"]], 4,
              title="Quiet streets awards 2023/24"),
        table([["Grant", "2023/24 (£)"], ["Choir", "750"], ["Clay", "300"], ["Total", "1,150"]], 2,
              title="Active lives"),
        table([["Theme", "2023/24 (£)"], ["Warm places", "5,023"], ["Active lives", "1,150"],
               ["Quiet streets", "2,752"], ["Total", "8,925"]], 3, title="All themes"),
    )  # fmt: skip
    _, meaning, judged = read(*made)
    assert {x.service_printed: x.section for x in meaning.lines if x.table != 3} == {
        "Mentors": "Warm places",
        "Shed": "Warm places",
        "Choir": "Active lives",
        "Clay": "Active lives",
        "Oak": "Quiet streets awards 2023/24",
        "Ash": "Quiet streets awards 2023/24",
    }
    assert ("Active lives", "publisher") in {(t.section, t.verdict) for t in judged.totals}


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("The grant is for the financial year 2024/25 only. It is paid in two parts.", "2024-25"),
        ("This is a single sum for the three years 2024/25 to 2026/27.", "2024-27"),
        ("Your grant is for 2024/25 and 2026/27.", None),
    ],
)
def test_the_rest_of_a_letter_tells_the_year_of_its_award(said: str, year: str | None) -> None:
    texts = []
    for name in ("First Contact", "Clear Waters", "After the Bell"):
        texts += [("heading", f"{name}: offer of grant")]
        texts += [("paragraph", f"I have agreed to award Oak Trust a grant of £27,800 for {name}.")]
        texts += [("paragraph", said)]
    meaning, _ = meant(running(texts, "Award letters"))
    own = {a.financial_year for x in meaning.lines for a in x.amounts if a.year_source == "caption"}
    assert own == ({year} if year else set())
    assert len(meaning.lines) == 3


@pytest.mark.parametrize(
    ("names", "year"),
    [
        (["Mentors", "Shed", "Return of 2022/23 underspend"], "2023-24"),
        (["Mentors 2021/22", "Shed", "Mentors 2022/23"], "2022-23"),
    ],
)
def test_a_year_in_one_service_of_many_is_not_that_of_its_money(
    names: list[str], year: str
) -> None:
    rows = [["Service", "Granted £"], *([name, f"{n},100"] for n, name in enumerate(names, 1))]
    _, meaning, _ = read(table(rows, title="Commissioning budget 2023/24"))
    assert [a.financial_year for a in meaning.lines[-1].amounts] == [year]
