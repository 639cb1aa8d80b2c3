"""Awards in running text as publishers phrase them: order, ordinals, shared purposes, totals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.budget import find_awards, read_awards
from extractors.budget.phrases import read_entry
from extractors.budget.prose import told_awards
from extractors.model import Passage
from pipeline.meaning import interpret
from pipeline.sums import judge
from tests.tables import document, table
from tests.test_awards_told import entry
from tests.test_budget_awards import awards, running


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dale Scouts £300 and Hill Guides £275, each for camping equipment",
            [
                ("Dale Scouts", "for camping equipment", "£300"),
                ("Hill Guides", "for camping equipment", "£275"),
            ],
        ),
        (
            "Dale Scouts £300, 2nd Hill Guides £275 and 1st Brook Brownies £190",
            [
                ("Dale Scouts", None, "£300"),
                ("2nd Hill Guides", None, "£275"),
                ("1st Brook Brownies", None, "£190"),
            ],
        ),
        (
            "To the Repair Café, £95 for testing equipment",
            [("Repair Café", "for testing equipment", "£95")],
        ),
        (
            "£300 to Dale Scouts for tents and Hill Guides £275 for a stove",
            [("Dale Scouts", "for tents", "£300"), ("Hill Guides", "for a stove", "£275")],
        ),
    ],
)
def test_entries_of_several_awards(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert entry(text) == expected


@pytest.mark.parametrize("text", ["In Year 1 the Fund: £500", "At the Annual Meeting – £5,000"])
def test_when_or_where_is_nobody_who_is_paid(text: str) -> None:
    assert not [a for a in read_entry(text) if a.provider or a.first]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Grants made in 2023/24", "provider"),
        ("Awards for 2023/24", "provider"),
        ("Funding allocated in 2023/24", "service"),
    ],
)
def test_names_with_descriptions_are_paid_where_grants_are_listed(title: str, role: str) -> None:
    texts = [
        ("list_item", "Loud Voices – a theatre tour of schools – £13,000"),
        ("list_item", "Green Corner – clearing an alley – £2,450"),
        ("list_item", "The Shed – woodwork for old men – £9,450"),
        ("paragraph", "Total: £24,900"),
    ]
    found = read_awards(running(texts, title))
    assert [line.get(role) for line in found] == ["Loud Voices", "Green Corner", "The Shed"]


def test_a_list_may_be_announced_by_a_sum() -> None:
    texts = [
        ("paragraph", "Grants were paid from the £2,000 budget:"),
        ("list_item", "Dale Scouts – £300"),
        ("list_item", "Hill Guides – £275"),
        ("list_item", "Brook Brownies – £190"),
    ]
    found = awards(texts, "Minutes of the parish")
    names = [who or what for who, what, _ in found]
    assert names == ["Dale Scouts", "Hill Guides", "Brook Brownies"]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("Six grants were agreed, £27,190 in total.", ["£27,190"]),
        ("Eleven organisations shared the fund, £8,400 altogether.", ["£8,400"]),
        ("We spent £5,000 in total.", []),
        ("Six bids were not supported, £27,190 in total.", []),
        ("Total of awards: £27,190\tCyfanswm y gwobrau: £27,190", ["£27,190"]),
    ],
)
def test_sentences_that_sum_what_they_count(text: str, sums: list[str]) -> None:
    totals = find_awards(running([("paragraph", text)])).totals
    assert [a.text for total in totals for a in total.amounts] == sums


def test_years_may_be_the_labels_below_a_name() -> None:
    texts = []
    for name, who, one, two in (
        ("Helpline", "Kerensa Ltd", "£386,200", "£395,855"),
        ("Refuges", "Lowen Trust", "£271,500", "£280,100"),
        ("Mentors", "Oak Trust", "£12,400", "£12,900"),
    ):
        texts += [("bold", name), ("paragraph", f"Provider: {who}")]
        texts += [("paragraph", f"2023/24: {one}"), ("paragraph", f"2024-25: {two}")]
    found = read_awards(running(texts, "Services under contract"))
    assert [(x.get("service"), [a.heading for a in x.amounts]) for x in found] == [
        ("Helpline", ["2023/24", "2024-25"]),
        ("Refuges", ["2023/24", "2024-25"]),
        ("Mentors", ["2023/24", "2024-25"]),
    ]


@pytest.mark.parametrize("label", ["Total awarded", "Cyfanswm", "All grants"])
def test_a_total_below_cards_is_none_of_their_labels(label: str) -> None:
    texts = []
    for name, who, sum_ in (
        ("Helpline", "Kerensa Ltd", "£200"),
        ("Refuges", "Lowen Trust", "£500"),
    ):
        texts += [("bold", name), ("paragraph", f"Provider: {who}")]
        texts += [("paragraph", f"Sum awarded: {sum_}")]
    found = awards([*texts, ("paragraph", f"{label}: £700")])
    assert found == [("Kerensa Ltd", "Helpline", ["£200"]), ("Lowen Trust", "Refuges", ["£500"])]


@pytest.mark.parametrize(("over", "section"), [("Large grants", "Small grants"), ("", None)])
def test_one_heading_over_awards_is_a_section_beside_tables_under_another(
    over: str, section: str | None
) -> None:
    rows = [["Organisation", "Award"], ["Oak Trust", "£14,100"], ["Aid", "£9,000"]]
    path = ("Awards made in 2021/22", over) if over else ()
    made = running(
        [
            ("heading", "Small grants"),
            ("list_item", "Dale Scouts – £300 for tents"),
            ("list_item", "Hill Guides – £275 for a stove"),
            ("list_item", "Brook Brownies – £190 for flags"),
        ]
    )
    beside = replace(table(rows), heading_path=path)
    whole = document(beside, passages=made.passages[1:], title="Awards made in 2021/22")
    assert {line.section for line in find_awards(whole).lines} == {section}


def test_a_total_of_a_named_group_is_no_award() -> None:
    texts = [
        ("list_item", "Dale Scouts – £300 for tents"),
        ("list_item", "Hill Guides – £275 for a stove"),
        ("list_item", "Brook Brownies – £190 for flags"),
        ("list_item", "Total: Young people – £765"),
    ]
    found = find_awards(running(texts))
    assert len(found.lines) == 3
    assert [(t.label, t.amounts[0].text) for t in found.totals] == [("Total Young people", "£765")]


@pytest.mark.parametrize(
    ("text", "who", "purpose"),
    [
        ("Hill Choir, £400, centenary concert", "Hill Choir", "centenary concert"),
        (
            "Car Link Vale: £960, fuel for 1,300 journeys",
            "Car Link Vale",
            "fuel for 1,300 journeys",
        ),
    ],
)
def test_what_an_award_is_for_may_follow_a_comma(text: str, who: str, purpose: str) -> None:
    (award,) = read_entry(text)
    assert (award.first, award.purpose) == (who, purpose)


@pytest.mark.parametrize(
    ("text", "names", "purpose"),
    [
        (
            "Friends of Hagg Wood and Hill Graziers: £750 each for beaters",
            ["Friends of Hagg Wood", "Hill Graziers"],
            "for beaters",
        ),
        (
            "£750 each to Clwb Rygbi and Clwb Pêl-droed y Bont for kit",
            ["Clwb Rygbi", "Clwb Pêl-droed y Bont"],
            "for kit",
        ),
        (
            "£750 each to Action for Children and Hill Trust",
            ["Action for Children", "Hill Trust"],
            None,
        ),
    ],
)
def test_the_same_sum_for_two_bodies_may_say_what_it_is_for(
    text: str, names: list[str], purpose: str | None
) -> None:
    found = read_entry(text)
    assert [a.provider for a in found] == names
    assert {(a.purpose, a.sums[0].text) for a in found} == {(purpose, "£750")}


def test_a_name_may_have_at_home_within() -> None:
    said = "The Oxygen at Home Network was paid £3,280 for bedding packs."
    (told,) = told_awards([Passage(1, "paragraph", said)])
    assert told.award.provider == "The Oxygen at Home Network"


def test_who_should_have_a_sum_is_paid_it() -> None:
    said = "It was agreed that Later Life should have £23,070 for 2025/26 and Dalesight £15,190."
    found = told_awards([Passage(1, "paragraph", said)])
    assert [one.award.provider for one in found] == ["Later Life", "Dalesight"]


def test_what_is_awarded_under_a_theme_is_summed_under_its_heading() -> None:
    texts = []
    for theme, names, first, printed in (
        ("Feeling safe", ("Dale Scouts", "Hill Guides"), 300, "£700"),
        ("After crime", ("Oak Trust", "Lime Trust"), 450, "£990"),
    ):
        texts.append(("heading", theme))
        texts += [("list_item", f"{name} – £{first + 100 * n}") for n, name in enumerate(names)]
        texts.append(("text_box", f"Awarded under this theme\t{printed}"))
    made = running(texts, "Awards made in 2025/26")
    found = find_awards(made)
    meaning = interpret(made, [], "P", awards=found.lines, award_totals=found.totals)
    seconds = {(0, p.order, 0): p.text for p in made.passages}
    assert [(t.section, t.verdict) for t in judge(meaning, made, [], seconds).totals] == [
        ("Feeling safe", "agrees"),
        ("After crime", "publisher"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Hill Choir, £400, withdrawn",
        "Hill Choir: £400, declined",
        "Council Tax Income, £400k, lower than forecast",
        "Overspend in Waste, £400, higher gate fees",
        "Every household should have £500 in savings",
    ],
)
def test_what_was_refused_and_what_is_no_award_is_none(text: str) -> None:
    assert read_entry(text) == []
    assert not list(told_awards([Passage(1, "paragraph", f"{text}.")]))


@pytest.mark.parametrize(("heading", "found"), [("Small grants", 2), ("Background", 0)])
def test_two_awards_in_a_sentence_count_beside_tables_where_their_heading_says_grants(
    heading: str, found: int
) -> None:
    rows = [["Organisation", "Award"], ["Oak Trust", "£14,100"], ["Aid", "£9,000"]]
    text = (
        "The Chief Executive has also agreed two small grants for 2025/26: £1,500 to Clayland "
        "Angling Club for tackle, and £985 to the St Brannoc Players for a film workshop."
    )
    made = running([("heading", heading), ("paragraph", text)])
    beside = replace(table(rows), heading_path=("Main fund",))
    whole = document(beside, passages=made.passages[1:], title="Awards made in 2025/26")
    assert len(find_awards(whole).lines) == found
