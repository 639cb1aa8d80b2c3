"""What was asked for is no award; what stands beside a heading sums up what stands under it."""

from __future__ import annotations

import pytest

from extractors.budget import find_awards, read_awards
from extractors.budget.phrases import read_entry
from extractors.budget.told_totals import told_totals
from extractors.model import Passage
from pipeline.award_totals import open_totals
from tests.tables import document
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Altogether the ten services above cost £970,900 in 2024/25 and £901,925 in 2025/26.",
            [("£970,900", "2024/25"), ("£901,925", "2025/26")],
        ),
        (
            "The three services for victims received £551,050 in 2024/25, and £566,900 has been "
            "set aside for them in 2025/26.",
            [("£551,050", "2024/25"), ("£566,900", "2025/26")],
        ),
        (
            "The Committee made nine grants, making a total of ten thousand and fifty pounds "
            "(£10,050).",
            [("£10,050", "")],
        ),
        ("Reducing reoffending, total for 2023-26: £526,500.", [("£526,500", "2023-26")]),
        ("The ten services above cost £970,900 and a crime costs £7,200 in 2024/25.", []),
    ],
)
def test_a_total_is_told_in_a_sentence(text: str, found: list[tuple[str, str]]) -> None:
    (total,) = list(told_totals([Passage(1, "paragraph", text)])) or (None,)
    read = [(a.text, a.heading) for a in total.amounts] if total else []
    assert [sum_ for sum_, _ in read] == [sum_ for sum_, _ in found]
    assert all(year in told for (_, year), (_, told) in zip(found, read, strict=True))


def test_a_slip_in_one_year_of_a_total_is_told_by_the_other_that_closes() -> None:
    rows = [["Card", "Award 2024/25", "Award 2025/26"], ["Mentors", "£1,200", "£1,300"],
            ["Shed", "£900", "TBC"], ["Choir", "£750", "£800"]]  # fmt: skip
    said = "The three services above cost £2,850 in 2024/25 and £2,010 in 2025/26."
    meaning, _ = meant(running([("paragraph", said)]), rows)
    (total,) = meaning.award_totals
    found = [line for _, lines in open_totals(meaning, document()) for line in lines]
    assert [a.pence for a in total.amounts] == [285_000, 201_000]
    assert len(found) == 2  # the lines of 2025/26 that are known


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "£600 each to Seindorf Arian and to Cantorion y Bont for new music.",
            [
                ("Seindorf Arian", "for new music", "£600"),
                ("Cantorion y Bont", "for new music", "£600"),
            ],
        ),
        (
            "£1,425.50 to Men’s Shed Aberllechau: a wood lathe.",
            [("Men’s Shed Aberllechau", ": a wood lathe", "£1,425.50")],
        ),
        (
            "£500 to Books by the Bed for a trolley",
            [("Books by the Bed", "for a trolley", "£500")],
        ),
        (
            "Three schemes have bought trackers: Upper Dale Watch (£1,250), Marsh Edge Watch "
            "(£1,250) and Lower Dale Watch (£975).",
            [
                ("Upper Dale Watch", None, "£1,250"),
                ("Marsh Edge Watch", None, "£1,250"),
                ("Lower Dale Watch", None, "£975"),
            ],
        ),
        (
            "£4,400 – Horsewatch Wexmoor – property marking; saddle thefts cost owners an "
            "estimated £62,000 last year.",
            [("Horsewatch Wexmoor", "– property marking", "£4,400")],
        ),
    ],
)
def test_an_entry_in_other_words(text: str, found: list[tuple[str, str | None, str]]) -> None:
    assert entry(text) == found


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        (
            "It was resolved to give the Charter Fair Committee £1,850 for road closures.",
            [("the Charter Fair Committee", "£1,850")],
        ),
        (
            "Ambry Café was awarded £1,100 towards rent; Stoke Advice Centre, £3,200 for a debt "
            "adviser.",
            [("Ambry Café", "£1,100"), ("Stoke Advice Centre", "£3,200")],
        ),
        (
            "Resolved: £485 to the Repair Shed for a drill, and £260.75 to Ambry Beekeepers.",
            [("the Repair Shed", "£485"), ("Ambry Beekeepers", "£260.75")],
        ),
        ("It was resolved that the precept be £386,000.", []),
    ],
)
def test_minutes_resolve_to_give(sentence: str, who: list[tuple[str, str]]) -> None:
    assert [(a, b) for a, _, b in told(sentence)] == who


@pytest.mark.parametrize(
    ("value", "amounts"),
    [
        ("£84,000 (2024-25); £86,520 (2025-26)", [("£84,000", "2024-25"), ("£86,520", "2025-26")]),
        ("£192,000 over three years, 2023-26", [("£192,000 over three years, 2023-26", "2023-26")]),
        ("£4,000", [("£4,000", "Funding")]),
    ],
)  # fmt: skip
def test_a_label_may_hold_sums_of_several_years(value: str, amounts: list[tuple[str, str]]) -> None:
    texts = []
    for name in ("A Place to Breathe", "Night Helpline"):
        texts += [("heading", name), ("paragraph", f"Provider: {name} Trust")]
        texts += [("paragraph", f"Funding: {value}")]
    lines = read_awards(running(texts))
    assert [[(a.text, a.heading) for a in line.amounts] for line in lines] == [amounts] * 2


def test_cards_in_two_languages_count_once_whatever_words_stand_round_the_sums() -> None:
    texts = []
    for welsh in (True, False):
        for name, sum_ in (("Camau", "£192,000"), ("Hwb", "£15,900")):
            term = "am y tair blynedd 2023-26" if welsh else "for the three years 2023-26"
            texts += [("heading", f"{name} {'Bach' if welsh else 'Hub'}")]
            texts += [("paragraph", f"{'Darparwr' if welsh else 'Provider'}: Enfys CIC")]
            texts += [("paragraph", f"{'Cyllid' if welsh else 'Funding'}: {sum_} {term}")]
            what = "Diben: Therapi chwarae" if welsh else "Purpose: Support for the young"
            texts += [("paragraph", what)]
    assert [line.get("service") for line in read_awards(running(texts))] == ["Camau Hub", "Hwb Hub"]


def test_the_foot_of_a_list_is_no_award_of_its_own() -> None:
    texts = [
        ("list_item", "Dale Scouts – £300 for tents"),
        ("list_item", "Hill Guides – £275 for a stove"),
        ("list_item", "Brook Brownies – £190 for flags"),
        ("paragraph", "That makes three awards, £765 in all."),
    ]
    found = find_awards(running(texts, "Awards made in 2024/25"))
    assert len(found.lines) == 3
    assert [t.amounts[0].text for t in found.totals] == ["£765"]


def test_a_total_of_two_years_sums_the_same_tables_in_both() -> None:
    rows = [["Organisation", "2024/25 £", "2025/26 £"], ["Oak", "1,200", "1,300"],
            ["Aid", "900", "950"]]  # fmt: skip
    more = [["Group", "Winter award 2025/26"], ["Dale Choir", "£40"], ["Hill Hall", "£25"]]
    said = "Together the agreements are worth £2,100 in 2024/25 and £2,250 in 2025/26."
    _, judgement = meant(running([("paragraph", said)]), rows, more)
    told = [(t.financial_year, t.verdict) for t in judgement.totals if "Together" in t.label]
    assert told == [("2024-25", "agrees"), ("2025-26", "agrees")]
