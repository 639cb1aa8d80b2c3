"""What columns, banners and totals mean in tables, by what stands in them and beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.budget.entries import total_words
from extractors.budget.vocabulary import roles_of, two_roles, unjoined_roles
from pipeline.doubts import with_doubts
from tests.tables import document, read, table


def roles(rows: list[list[str]], **more: object) -> list[str]:
    (budget,), _, _ = read(table(rows, **more))  # type: ignore[arg-type]
    return [column.role for column in budget.columns]


def test_a_heading_with_the_sign_of_pounds_is_money_though_a_year_is_counted_in_it() -> None:
    rows = [["Service", "Provider", "Year 1 (£)", "Year 2 (£)"]]
    rows += [["Mentors", "Oak Trust", "4,100", "4,250"], ["Shed", "Aid", "900", "950"]]
    assert roles(rows) == ["service", "provider", "amount", "amount"]


GROUPS = ["Oak Trust", "Aid", "Kirk", "Beacon", "Harbour", "Kiln", "Dale Club", "Hill Guides"]
GROUPS += ["Unity Hall", "Mendwell"]


def granted(schemes: list[str]) -> list[list[str]]:
    rows = [["Scheme", "Organisation", "Purpose of grant", "Award 2023/24"]]
    rows += [
        [scheme, group, f"Towards meals number {i}", f"£{i + 1},250"]
        for i, (scheme, group) in enumerate(zip(schemes, GROUPS, strict=True))
    ]
    return rows


def test_a_scheme_that_comes_round_for_organisations_is_how_they_are_paid() -> None:
    found = roles(granted(["Small grants", "Warm places"] * 5))
    assert found == ["mechanism", "provider", "provision", "amount"]


def test_a_scheme_of_its_own_for_each_organisation_is_a_service() -> None:
    found = roles(granted([f"Scheme of {group}" for group in GROUPS]))
    assert found == ["service", "provider", "provision", "amount"]


@pytest.mark.parametrize(
    ("title", "role"), [("Grants made in 2023/24", "provider"), ("Budget 2023/24", "service")]
)
def test_names_without_a_heading_beside_a_purpose_are_of_who_is_paid(title: str, role: str) -> None:
    rows = [["", "Purpose", "2023/24 (£)"], ["Rose Garden", "Meals for old people", "1,250"]]
    rows += [
        ["Loud Voices", "A new boiler", "900"],
        ["Green Corner", "Repair of the hall", "4,100"],
    ]
    assert roles(rows, title=title)[0] == role


def test_a_column_headed_for_tells_what_the_money_is_for() -> None:
    rows = [["Organisation", "For", "Award 2023/24"], ["Oak Trust", "A new boiler", "£1,250"]]
    rows += [["Aid", "Meals for old people", "£900"]]
    assert roles(rows) == ["provider", "provision", "amount"]


def test_programmes_that_come_round_beside_projects_group_them() -> None:
    rows = [["Project", "Programme", "2023/24 (£)"]]
    for i in range(8):
        rows.append(
            [f"Project {'abcdefgh'[i]}", ("Safer streets", "Victims")[i % 2], f"{i + 1},250"]
        )
    _, meaning, _ = read(table(rows))
    assert meaning.lines[0].service_printed == "Project a"
    assert {line.section for line in meaning.lines} == {"Safer streets", "Victims"}


def test_themes_in_merged_cells_without_a_heading_group_the_rows() -> None:
    from dataclasses import replace

    made = table(
        [
            ["", "Provider", "2023/24 (£)"],
            ["Victims", "Oak Trust", "1,250"],
            [None, "Aid", "900"],
            ["Streets", "Kirk", "4,100"],
            [None, "Beacon", "8,650"],
        ]
    )
    cells = []
    for cell in made.cells:
        if cell.row in (2, 4):  # the first column is covered by the theme above
            cell = replace(cell, column=cell.column + 1)
        if cell.column == 0 and cell.row in (1, 3):
            cell = replace(cell, row_span=2)
        cells.append(cell)
    (budget,), meaning, _ = read(replace(made, cells=tuple(cells)))
    assert budget.columns[0].role == "section"
    assert [line.section for line in meaning.lines] == ["Victims", "Victims", "Streets", "Streets"]


def test_a_banner_may_stand_in_one_cell_with_the_first_heading_that_comes_again() -> None:
    rows = [["Service", "Provider", "2023/24 (£)"]]
    rows += [["Mentors", "Oak Trust", "4,100"], ["Shed", "Aid", "900"]]
    rows += [["Small grants\nService", "Provider", "2023/24 (£)"]]
    rows += [["Choir", "Kirk", "750"], ["Clay", "Kiln", "300"]]
    _, meaning, _ = read(table(rows))
    assert [(x.service_printed, x.section) for x in meaning.lines] == [
        ("Mentors", None),
        ("Shed", None),
        ("Choir", "Small grants"),
        ("Clay", "Small grants"),
    ]


@pytest.mark.parametrize("wide", [True, False], ids=["over all columns", "in the first cell"])
def test_a_banner_may_name_a_sum(wide: bool) -> None:
    def banner(text: str) -> list[object]:
        return [(text, 3)] if wide else [text, "", ""]

    rows: list[list[object]] = [["Organisation", "Project", "2023/24 (£)"]]
    rows += [banner("Large grants"), ["Oak Trust", "Mentors", "14,100"], ["Aid", "Shed", "9,000"]]
    rows += [banner("Small grants (under £5,000)")]
    rows += [["Kirk", "Choir", "750"], ["Kiln", "Clay", "300"]]
    _, meaning, _ = read(table(rows))  # type: ignore[arg-type]
    assert [(x.provider_printed, x.section) for x in meaning.lines] == [
        ("Oak Trust", "Large grants"),
        ("Aid", "Large grants"),
        ("Kirk", "Small grants (under £5,000)"),
        ("Kiln", "Small grants (under £5,000)"),
    ]


def test_two_lists_in_one_grid_under_headings_of_their_own() -> None:
    rows = [["Ward", "Group", "Award 2023/24", "Activity", "Provider", "Award 2023/24"]]
    rows += [["North", "Oak Trust", "£4,100", "Choir", "Kirk", "£750"]]
    rows += [["South", "Aid", "£900", "Clay", "Kiln", "£300"]]
    _, meaning, _ = read(table(rows))
    assert [(x.provider_printed, x.amounts[0].pence) for x in meaning.lines] == [
        ("Oak Trust", 410_000),
        ("Aid", 90_000),
        ("Kirk", 75_000),
        ("Kiln", 30_000),
    ]


def test_two_lists_with_a_total_each_are_told_by_their_totals() -> None:
    rows = [["Service", "Budget 2023/24", "Group", "Grant 2023/24"]]
    rows += [["Mentors", "£4,100", "Kirk", "£750"], ["Shed", "£900", "Kiln", "£300"]]
    rows += [["Refuge", "£1,200", "Total", "£1,050"], ["Total", "£6,200", "", ""]]
    _, meaning, judged = read(table(rows))
    assert sorted(x.amounts[0].pence or 0 for x in meaning.lines) == [
        30_000,
        75_000,
        90_000,
        120_000,
        410_000,
    ]
    assert {x.provider_printed for x in meaning.lines} == {None, "Kirk", "Kiln"}
    assert [(t.pence, t.verdict) for t in judged.totals] == [
        (620_000, "agrees"),
        (105_000, "agrees"),
    ]


def test_two_lists_under_signs_of_pounds_are_two() -> None:
    rows = [["Service", "£", "Group", "£"], ["Mentors", "4,100", "Kirk", "750"]]
    rows += [["Shed", "900", "Kiln", "300"]]
    _, meaning, _ = read(table(rows))
    named = [(x.service_printed or x.provider_printed, x.amounts[0].pence) for x in meaning.lines]
    assert named == [
        ("Mentors", 410_000),
        ("Shed", 90_000),
        ("Kirk", 75_000),
        ("Kiln", 30_000),
    ]


def test_one_total_tells_one_list_of_who_spends_and_who_is_paid() -> None:
    rows = [["Service", "Budget 2023/24", "Group", "Grant 2023/24"]]
    rows += [["Mentors", "£4,100", "Kirk", "£750"], ["Shed", "£900", "Kiln", "£300"]]
    rows += [["Total", "£5,000", "", "£1,050"]]
    _, meaning, _ = read(table(rows))
    assert [(x.service_printed, x.provider_printed) for x in meaning.lines] == [
        ("Mentors", "Kirk"),
        ("Shed", "Kiln"),
    ]


@pytest.mark.parametrize("heading", ["Match £", "Match", "Matched 2023/24 (£)"])
def test_what_others_add_is_no_spending(heading: str) -> None:
    rows = [["Project", "Organisation", "Award 2023/24 (£)", heading]]
    rows += [["Mentors", "Oak Trust", "4,100", "1,000"], ["Shed", "Aid", "900", "250"]]
    _, meaning, _ = read(table(rows))
    assert [[a.pence for a in x.amounts] for x in meaning.lines] == [[410_000], [90_000]]


@pytest.mark.parametrize("label", ["All grants", "All awards", "Both funds", "All wards"])
def test_a_label_that_speaks_of_all_is_a_total_though_it_does_not_close(label: str) -> None:
    rows = [["Organisation", "Award 2023/24"], ["Oak Trust", "£4,100"], ["Aid", "£900"]]
    _, meaning, judged = read(table([*rows, [label, "£5,200"]]))
    assert len(meaning.lines) == 2
    assert [(t.label, t.verdict) for t in judged.totals] == [(label, "publisher")]


def test_the_purpose_may_share_a_heading_with_who_is_paid() -> None:
    assert two_roles("Organisation and purpose") == ("provider", "provision")
    rows = [["Group and purpose", "Award 2023/24"]]
    rows += [["Oak Trust\nA new boiler for the hall", "£4,100"], ["Aid\nMeals on Sundays", "£900"]]
    _, meaning, _ = read(table(rows))
    assert [x.provider_printed for x in meaning.lines] == ["Oak Trust", "Aid"]


@pytest.mark.parametrize(
    ("heading", "two"),
    [
        ("Commissioned service What is provided", ("Commissioned service", "What is provided")),
        ("Service provider", None),
        ("Service and provider", None),
        ("Name of Organisation", None),
    ],
)
def test_two_headings_in_one_are_told(heading: str, two: tuple[str, str] | None) -> None:
    assert unjoined_roles(heading) == two


def test_figures_under_two_headings_in_one_are_not_proven() -> None:
    rows = [["Commissioned service What is provided", "2023/24 (£)"]]
    rows += [["Mentors", "4,100"], ["Shed", "900"], ["Total", "5,000"]]
    made = document(table(rows))
    budgets, meaning, judged = read(table(rows))
    for own, expected in (((), "proven"), (budgets, "unproven")):
        statuses = with_doubts(judged, meaning, made, own).statuses.values()
        assert {status for status, _ in statuses} == {expected}


def test_a_choice_of_lines_counts_only_where_it_closes_more_years_than_all_lines() -> None:
    # The first year is misprinted; the second and third line come to it by chance.
    rows = [["Service", "2023/24 (£)", "2024/25 (£)"], ["Mentors", "1,100", "1,050"]]
    rows += [["Shed", "1,200", "TBC"], ["Choir", "1,300", "1,070"], ["Total", "2,500", "2,120"]]
    _, _, judged = read(table(rows))
    assert [(t.pence, t.computed_pence) for t in judged.totals] == [
        (250_000, 360_000),
        (212_000, 212_000),
    ]


def test_merged_cells_of_a_first_column_are_themes_whatever_their_heading() -> None:
    rows = [["Model of care", "Project", "Lead body", "2024/25 (£)"]]
    rows += [["Place-based care", "Connectors", "Merton Council", "1,284"]]
    rows += [["", "Frailty team", "Marches Trust", "2,460"]]
    rows += [["", "Warm hubs", "Dyfnant Aid", "3,650"]]
    rows += [["Home from hospital", "Assessors", "Marches Trust", "9,120"]]
    rows += [["", "Reablement", "Merton Council", "3,075"]]
    made = table(rows)
    merged = [
        replace(c, row_span={1: 3, 4: 2}.get(c.row, 1)) if c.column == 0 else c
        for c in made.cells
        if c.text
    ]
    (budget,), meaning, _ = read(replace(made, cells=tuple(merged)))
    assert [column.role for column in budget.columns][:3] == ["section", "service", "provider"]
    assert [x.section for x in meaning.lines] == ["Place-based care"] * 3 + [
        "Home from hospital"
    ] * 2


@pytest.mark.parametrize(
    ("title", "role"),
    [("Grants to community safety partnerships", "provider"), ("Grants by district", "service")],
)
def test_areas_that_name_the_rows_are_paid_where_the_title_says_so(title: str, role: str) -> None:
    rows = [["District", "2025/26"], ["Applefield", "£34,718"], ["Hythe Marsh", "£30,262"]]
    assert roles(rows, title=title) == [role, "amount"]


@pytest.mark.parametrize("banners", [True, False])
def test_divisions_below_banners_are_areas(banners: bool) -> None:
    rows: list[list[str]] = [["Organisation", "Project", "Division", "Approved 2024/25"]]
    for area, group, place in (("Coastal", "Oak Trust", "Saltmere"), ("Moorland", "Aid", "Tor")):
        rows += [[f"{area} Area Committee", "", "", ""]] if banners else []
        rows.append([group, "Kitchen refit", place, "£3,500.00"])
        rows.append([f"{group} Two", "Safety flooring", f"{place} East", "£1,240.75"])
    assert roles(rows)[2] == ("reach" if banners else "section")


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Main use of the money", "provision"),
        ("Contractor name", "provider"),
        ("Who benefits", "reach"),
        ("Cluster", "reach"),
        ("Type of support", "section"),
        ("Services provided by", "provider"),
    ],
)
def test_a_heading_in_the_publishers_own_words(heading: str, role: str) -> None:
    assert roles_of(heading, "text")[0][1] == role


@pytest.mark.parametrize(
    ("name", "payee"),
    [
        ("Evaluation by Marlow Insight LLP", "Marlow Insight LLP"),
        ("Legal advice (provided by Norvale Council)", "Norvale Council"),
        ("An analyst, seconded from Hill Council", "Hill Council"),
        ("Contribution by Hill Council", None),
        ("Grant from Hill Council", None),
        ("Support by telephone", None),
    ],
)
def test_the_name_of_what_is_paid_for_may_say_who_is_paid(name: str, payee: str | None) -> None:
    rows = [["Budget head", "2024/25"], [name, "£38,000"], ["Data hub", "£22,650"]]
    _, meaning, _ = read(table(rows))
    assert [x.provider_printed for x in meaning.lines] == [payee, None]
    assert meaning.lines[0].service_printed == name


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Total awarded in Round 1", "total"),
        ("Total awarded in 2024/25", "grand"),
        ("Total awarded in the year", "grand"),
        ("Total awarded", "grand"),
    ],
)
def test_a_total_of_a_part_is_none_of_the_whole(label: str, kind: str) -> None:
    assert total_words(label) == kind
