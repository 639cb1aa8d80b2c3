"""Awards that are printed outside tables: bullets, cards, label lines, sentences."""

from collections.abc import Sequence

import pytest

from extractors.budget import find_awards, read_awards
from extractors.model import Passage
from pipeline.meaning import interpret
from pipeline.sums import judge
from tests.tables import document, read, table

Text = tuple[str, str]


def running(texts: Sequence[Text], title: str = "Awards made in 2021/22"):  # type: ignore[no-untyped-def]
    """A document of running text: (kind, text), headings above what follows them."""
    passages, heading = [], ""
    for number, (kind, text) in enumerate(texts, start=1):
        path = (title, heading) if heading else (title,)
        if kind == "heading":
            heading, path = text, (title,)
        bold = kind == "bold"
        passages.append(
            Passage(
                number,
                "paragraph" if bold else kind,  # type: ignore[arg-type]
                text,
                heading_path=path,
                bold=bold,
            )
        )
    return document(passages=passages, title=title)


def awards(texts: Sequence[Text], title: str = "Awards made in 2021/22") -> list[tuple]:  # type: ignore[type-arg]
    return [
        (line.get("provider"), line.get("service"), [a.text for a in line.amounts])
        for line in read_awards(running(texts, title))
    ]


def test_the_amount_may_stand_after_or_before_the_name() -> None:
    assert awards(
        [
            ("heading", "Large grants"),
            ("list_item", "Hill NHS Trust – £6,000 for Kick Off, a weekly league."),
            ("list_item", "Quayside Drop-in – £2,450 for Green Corner, clearing an alley."),
            ("heading", "Small grants"),
            ("list_item", "£2,250 to New Leaf towards online safety for people over 65 (Tea)"),
            ("list_item", "£700 to Advice Centre towards talks about the estate (Doorstep)"),
        ]
    ) == [
        ("Hill NHS Trust", "Kick Off", ["£6,000"]),
        ("Quayside Drop-in", "Green Corner", ["£2,450"]),
        ("New Leaf", "Tea", ["£2,250"]),
        ("Advice Centre", "Doorstep", ["£700"]),
    ]


def test_one_bullet_may_hold_several_awards() -> None:
    found = awards([("list_item", "Town YMCA (£5,650, Speak Up) and Civic Panel (£9,300, Cycles)")])
    assert found == [
        ("Town YMCA", "Speak Up", ["£5,650"]),
        ("Civic Panel", "Cycles", ["£9,300"]),
    ]


def test_headings_followed_by_label_lines() -> None:
    one = [
        ("heading", "The Shed"),
        ("paragraph", "Organisation: Riverside Carers"),
        ("paragraph", "Purpose: Woodwork mentoring"),
        ("paragraph", "Amount awarded: £9,450"),
        ("paragraph", "Reference: TCF/2/107"),
    ]
    two = [("heading", "Splash"), ("paragraph", "Organisation: Hill Police")]
    assert awards([*one, *two, ("paragraph", "Amount awarded: £4,975")]) == [
        ("Riverside Carers", "The Shed", ["£9,450"]),
        ("Hill Police", "Splash", ["£4,975"]),
    ]


def test_label_lines_may_share_one_paragraph() -> None:
    cards = [
        "Project: Safe Taxi\nRecipient: Night Partnership\nCharity no.: 199904\nAward: £18,600",
        "Project: Walk Together\nRecipient: Women’s Centre\nAward: £9,480.60",
    ]
    assert awards([("paragraph", text) for text in cards]) == [
        ("Night Partnership", "Safe Taxi", ["£18,600"]),
        ("Women’s Centre", "Walk Together", ["£9,480.60"]),
    ]


def test_cards_with_labels_above_their_values() -> None:
    cards = []
    for name, project, amount in (
        ("Lantern Project", "Mic Nights", "£48,780"),
        ("Family Support", "Speak Up", "£53,840"),
        ("Larkfield Trust", "Splash", "£68,280"),
    ):
        cards += [("heading", "Organisation"), ("text_box", name), ("heading", "Project")]
        cards += [("text_box", project), ("heading", "Award"), ("text_box", amount)]
    assert awards(cards) == [
        ("Lantern Project", "Mic Nights", ["£48,780"]),
        ("Family Support", "Speak Up", ["£53,840"]),
        ("Larkfield Trust", "Splash", ["£68,280"]),
    ]


def test_a_page_in_two_languages_counts_each_sum_once() -> None:
    welsh = ["Clwb Derwen: £9,800 – Gweithdai", "Canolfan Deulu: £6,850 – Cymorth i deuluoedd"]
    english = [
        "Clwb Derwen: £9,800 – Workshops for people",
        "Canolfan Deulu: £6,850 – Support for families",
    ]
    texts = [("list_item", text) for text in (*welsh, *english)]
    found = read_awards(running(texts, "Cronfa / Grants to organisations 2022/23"))
    assert [line.get("provision") for line in found] == [
        "Workshops for people",
        "Support for families",
    ]


def test_sentences_that_give_to_somebody_by_name_are_awards() -> None:
    assert awards(
        [
            ("paragraph", "Six groups share the fund, which is worth £40,000 in all this year."),
            ("paragraph", "Riverside Carers has been awarded £3,500 for Tea and Tech, a drop-in."),
            ("paragraph", "The Commissioner gave £9,700 to Hill Mediation for The Shed; and "
                          "£8,300 to Salt County Council for Doorstep Debates."),
            ("paragraph", "The manager said: “This £3,500 means we can open all summer.”"),
        ],
        "Grants awarded 2022/23",
    ) == [
        ("Riverside Carers", "Tea and Tech", ["£3,500"]),
        ("Hill Mediation", "The Shed", ["£9,700"]),
        ("Salt County Council", "Doorstep Debates", ["£8,300"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The budget for grants rises from £330,000 to £450,000 in 2016/17.",
        "It was agreed to provide up to £2m for victims' services, a saving of £50k.",
        "The total commissioning budget for 2014/15 is £3.8m. Details are in the framework.",
        "A further £20,000 was found to support the fund after a reduction of £12,000.",
        "Grants of up to £10,000 are available to groups that apply by 30 September.",
    ],
)
def test_a_sum_in_ordinary_prose_is_no_award(text: str) -> None:
    said = [("paragraph", text), ("list_item", text), ("paragraph", text), ("list_item", text)]
    assert awards(said, "Commissioning grants 2016/17") == []


def test_a_total_under_the_list_proves_the_awards() -> None:
    made = running(
        [
            ("list_item", "Hill NHS Trust – £6,000 for Kick Off"),
            ("list_item", "Quayside Drop-in – £2,450 for Green Corner"),
            ("paragraph", "Total awarded: £8,450"),
        ]
    )
    found = find_awards(made)
    meaning = interpret(made, (), "P", awards=found.lines, award_totals=found.totals)
    judgement = judge(meaning, made, ())
    assert [(t.label, t.verdict) for t in judgement.totals] == [("Total awarded", "agrees")]
    assert {status for status, _ in judgement.statuses.values()} == {"proven"}


def test_an_award_that_a_table_prints_as_well_is_counted_once() -> None:
    printed = table([["Provider", "2021/22 £"], ["Hill Trust", "6,000"], ["Quayside", "2,450"]])
    made = running([("list_item", "Hill Trust – £6,000"), ("list_item", "Quayside – £2,450")])
    _, alone, _ = read(printed)
    both = document(printed, passages=made.passages)
    from extractors.budget import read_budget
    from pipeline.setting import worth_of

    budgets = [read_budget(printed, worth_of(printed, both))]
    meaning = interpret(both, budgets, "P", awards=read_awards(made))
    assert len(meaning.lines) == len(alone.lines) == 2
