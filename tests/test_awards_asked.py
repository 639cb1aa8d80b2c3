"""What was asked for is no award; what stands beside a heading sums up what stands under it."""

from __future__ import annotations

import pytest

from extractors.budget import find_awards
from extractors.budget.phrases import read_entry
from tests.test_awards_told import entry, meant, told
from tests.test_budget_awards import running


@pytest.mark.parametrize(
    "text",
    [
        "Dale Carers asked for £5,000; we were able to award £3,150 for a weekend away.",
        "Dale Carers (registered charity 1098217) requested £5,000 and was given £3,150.",
        "Dale Carers applied for £5,000. We awarded £3,150 for a weekend away.",
    ],
)
def test_what_was_asked_for_and_what_was_given_are_one_award(text: str) -> None:
    (award,) = read_entry(text)
    assert award.provider == "Dale Carers"
    assert [one.text for one in award.sums] == ["£5,000", "£3,150"]


def test_what_was_asked_for_is_of_another_phase_than_what_was_given() -> None:
    made = running(
        [
            ("list_item", "Dale Trust – £6,000 for mentors"),
            ("list_item", "Dale Carers asked for £5,000; we were able to award £3,150 for a trip"),
            ("paragraph", "Total awarded: £9,150"),
        ],
        "Grants we made in 2024/25",
    )
    meaning, judgement = meant(made)
    assert [(a.phase, a.pence) for a in meaning.lines[1].amounts] == [
        ("requested", 500_000),
        ("committed", 315_000),
    ]
    assert [(t.computed_pence, t.verdict) for t in judgement.totals] == [(915_000, "agrees")]


@pytest.mark.parametrize(
    "text",
    [
        "Harbour Festival asked for £12,000.",
        "Harbour Festival asked for £12,000; not supported this year.",
        "Hill Trust requested £5,000 for a van (declined).",
        "Hill Trust applied for £5,000; we could not give £5,000 this year.",
    ],
)
def test_a_request_is_no_award(text: str) -> None:
    assert entry(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Dale Scouts (charity no. 1123456): £500 for tents",
            ("Dale Scouts", "for tents", "£500"),
        ),
        (
            "Dale Nursery – three bursaries of £750 each (£2,250).",
            ("Dale Nursery", "three bursaries", "£2,250"),
        ),
        (
            "Dale Nursery – bursaries of £750 each (£2,000 last year).",
            ("Dale Nursery", "each (£2,000 last year)", "£750"),
        ),
        (
            "£500 to Dale Café at Marsh End for tea",
            ("Dale Café at Marsh End", "for tea", "£500"),
        ),
    ],
)
def test_an_entry_with_a_number_a_rate_or_a_place(text: str, found: tuple[str, str, str]) -> None:
    assert entry(text) == [found]


def test_a_month_is_no_place_of_who_is_paid() -> None:
    (found,) = told("£720 went to Dale Café at Christmas.")
    assert found[0] == "Dale Café"


HEADED = [
    ("heading", "Young people"),
    ("paragraph", "£10,000 in two grants"),
    ("list_item", "Dale Trust – £6,000 for mentors"),
    ("list_item", "Hill Trust – £4,000 for parents"),
    ("heading", "Places"),
    ("paragraph", "£3,000 in two grants"),
    ("list_item", "Vale Trust – £2,000 for youth work"),
    ("list_item", "£1,000 to Harbour Trust for lights"),
]


def test_the_sum_of_some_grants_under_a_heading_is_its_total() -> None:
    _, judgement = meant(running(HEADED, "Where the money went"))
    assert [(t.label, t.section, t.computed_pence, t.verdict) for t in judgement.totals] == [
        ("Young people", "Young people", 1_000_000, "agrees"),
        ("Places", "Places", 300_000, "agrees"),
    ]


def test_a_sum_under_a_heading_makes_it_the_section_of_its_table() -> None:
    arts = [("heading", "Arts"), ("paragraph", "£8,840 in two grants")]
    made = running([*HEADED, *arts], "Where the money went")
    rows = [["Group", "Awarded 2025/26"], ["Dale Choir", "£8,000"], ["Hill Players", "£840"]]
    meaning, judgement = meant(made, rows, titles=["Arts"])
    assert [line.section for line in meaning.lines if line.table] == ["Arts", "Arts"]
    assert ("Arts", 884_000, "agrees") in [
        (t.section, t.computed_pence, t.verdict) for t in judgement.totals
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The trustees made 15 grants worth £36,410.75.", [("15 grants", "£36,410.75")]),
        ("We made six awards totalling £9,000 to groups here.", [("six awards", "£9,000")]),
        ("Last year we made six awards worth £9,000.", []),
        ("Six projects worth £9,000 were not supported.", []),
        ("Worth £9,000", []),
    ],
)
def test_a_sentence_may_say_what_some_grants_are_worth(
    text: str, found: list[tuple[str, str]]
) -> None:
    totals = find_awards(running([("paragraph", text)])).totals
    assert [(total.label, total.amounts[0].text) for total in totals] == found
