"""Awards in notices, letters, news and cards: labels with values, sentences, totals told there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_cards import rows as card_rows

from extractors.budget import find_awards, read_awards
from extractors.budget.lists import award_line
from extractors.budget.phrases import read_entry
from extractors.budget.prose import told_awards
from extractors.model import Box, Cell, Document, Page, Passage, Word
from pipeline.award_totals import open_totals
from pipeline.meaning import interpret
from pipeline.setting import document_unit, table_unit
from pipeline.sums import judge
from tests.tables import document, read, table
from tests.test_budget_awards import awards, running

Told = list[tuple[str | None, list[tuple[str, str]]]]


def told(sentence: str) -> Told:
    """Who is paid, and each sum with its year, as a sentence tells it."""
    passage = Passage(1, "paragraph", sentence)
    return [
        (one.award.provider, [(s.text, s.heading) for s in one.award.sums])
        for one in told_awards([passage])
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The largest sum goes to Women’s Aid Vale, which will receive £52,000 to run a line.",
            [("Women’s Aid Vale", [("£52,000", "")])],
        ),
        (
            "The biggest award, £64,500, goes to Northgate Youth Trust to keep its club open.",
            [("Northgate Youth Trust", [("£64,500", "")])],
        ),
        (
            "Safe Haven, a charity that works in Dale, has been awarded £12,500 for its shelter.",
            [("Safe Haven", [("£12,500", "")])],
        ),
        (
            "Marden Parish Council, which holds the money for the group, will receive a single "
            "grant of £38,795 for the three years 2025-28.",
            [("Marden Parish Council", [("£38,795", "2025-28")])],
        ),
        (
            "The Foundation offers Weirside Mediation a grant of £41,000 in 2025/26 and £42,230 "
            "in 2026/27 for Neighbours First.",
            [("Weirside Mediation", [("£41,000", "2025/26"), ("£42,230", "2026/27")])],
        ),
        (
            "A contract worth £120,000 over three years has been let to Hill Ltd for CCTV.",
            [("Hill Ltd", [("£120,000", "")])],
        ),
        (
            "The panel approved £7,250 for Bridge End Football Club towards new goalposts.",
            [("Bridge End Football Club", [("£7,250", "")])],
        ),
        ("The panel approved £7,250 for Christmas Lights towards new lamps.", []),
        ("We approved £9,500 for Housing First to support rough sleepers.", []),
        (
            "In partnership with Kent Police, the Oak Trust in Dale, has been awarded £5,000.",
            [("the Oak Trust", [("£5,000", "")])],
        ),
        ("Hill Trust, who were paid £3,000 too much in error, will give it back.", []),
        # Which of two equal sums has the years cannot be told by the sum.
        (
            "Hill Trust will receive £10,000 in 2024/25 and £12,000 in 2025/26, and Dale Trust "
            "will receive £10,000 for football.",
            [],
        ),
        (
            "Grants were made to Hill Trust (£10,000 in 2024/25 and £12,000 in 2025/26), Dale "
            "Guides (£200) and Hope (£100).",
            [],
        ),
    ],
)
def test_who_is_paid_may_stand_apart_from_the_verb(sentence: str, expected: Told) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            "Banc Bwyd: £9,500 for rent and running costs, and up to £1,000 for a new fridge.",
            [("Banc Bwyd", "£9,500"), ("Banc Bwyd", "up to £1,000")],
        ),
        (
            "£9,500 to Hill Trust for rent and £1,000 for a fridge",
            [("Hill Trust", "£9,500"), ("Hill Trust", "£1,000")],
        ),
        (
            "Hill Trust (£9,500 for rent; £1,000 for a fridge)",
            [("Hill Trust", "£9,500"), ("Hill Trust", "£1,000")],
        ),
        (
            "£975 to the Farm Watch for radios, and Street Angels, £1,300, for a trailer",
            [("Farm Watch", "£975"), ("Street Angels", "£1,300")],
        ),
    ],
)
def test_two_sums_of_one_entry_may_be_of_one_body(
    entry: str, expected: list[tuple[str, str]]
) -> None:
    found = read_entry(entry)
    lines = [award_line(a, Passage(1, "list_item", entry), n, "provider")
             for n, a in enumerate(found)]  # fmt: skip
    assert [(x.get("provider"), x.amounts[0].text) for x in lines] == expected


def test_a_sum_for_another_body_is_not_of_the_first() -> None:
    assert read_entry("£9,500 to Hill Trust for rent and £3,000 for Dale Aid") == []
    assert read_entry("£9,500 to Hill Trust for rent and £1,000 for the panel’s evaluation") == []


@pytest.mark.parametrize("over", ["Safer Streets Grants", "Community Projects"])
def test_a_kind_of_money_before_a_list_is_not_who_gets_it(over: str) -> None:
    texts = [
        ("paragraph", f"In 2025/26 we have awarded {over}:"),
        ("list_item", "Dale Scouts: £300 for tents"),
        ("list_item", "Hill Trust: £400 for ropes"),
    ]
    assert [who or what for who, what, _ in awards(texts)] == ["Dale Scouts", "Hill Trust"]


def test_who_gets_all_that_a_list_says_may_stand_before_it() -> None:
    assert awards(
        [
            ("paragraph", "For the year 2025/26 we will pay Bright Water Trust:"),
            ("list_item", "£33,750 for Canal Wharf Boxing, evening sessions with mentors;"),
            ("list_item", "£27,500 for Girls’ Space, a weekly group."),
        ]
    ) == [
        ("Bright Water Trust", "Canal Wharf Boxing", ["£33,750"]),
        ("Bright Water Trust", "Girls’ Space", ["£27,500"]),
    ]


def test_words_that_announce_awards_stand_over_the_lists_of_several_headings() -> None:
    texts = [
        ("paragraph", "The other awards made for 2025/26 are:"),
        ("heading", "Youth clubs"),
        ("list_item", "£18,750 to Redmoor Boxing Club for a coach"),
        ("list_item", "£11,600 to Wheels Up Trust for floodlights"),
        ("heading", "Rural crime"),
        ("list_item", "Upper Vale Farm Watch, radio handsets: £9,980"),
        ("list_item", "Coombe Valley Riders, hi-vis kit: £6,500"),
    ]
    found = [who for who, _, _ in awards(texts, "Commissioner backs local projects")]
    assert found == ["Redmoor Boxing Club", "Wheels Up Trust", "Upper Vale Farm Watch",
                     "Coombe Valley Riders"]  # fmt: skip


NEWS = [
    ("list_item", "£52,000 to Dale Women’s Aid for a helpline"),
    ("list_item", "£38,500 to Lantern Trust for locks"),
    ("list_item", "£24,750 to Dale Council for cameras"),
]


@pytest.mark.parametrize(
    ("words", "second", "verdict"),
    [
        ("The three awards come to £115,250.", True, "agrees"),
        ("The three awards come to £117,250.", True, "publisher"),
        ("The three awards come to £117,250.", False, "cannot_tell"),
        ("The nine awards come to £117,250.", True, "cannot_tell"),
        ("All awards together come to £117,250.", True, "publisher"),
        ("All awards together come to £187,250.", True, "cannot_tell"),  # others may be meant
    ],
)
def test_a_total_in_running_text_is_a_slip_where_its_words_say_what_it_sums(
    words: str, second: bool, verdict: str
) -> None:
    made = running([*NEWS, ("paragraph", words)], "Awards made in 2025/26")
    found = find_awards(made)
    meaning = interpret(made, [], "A publisher", awards=found.lines, award_totals=found.totals)
    texts = {(0, p.order, 0): p.text for p in made.passages} if second else {}
    (total,) = judge(meaning, made, [], texts).totals
    assert (total.verdict, total.computed_pence) == (verdict, 11_525_000)


@pytest.mark.parametrize(
    ("words", "read_again"),
    [
        ("The three awards come to £115,250.", []),  # it closes
        ("The three awards come to £117,250.", [NEWS[0][1], NEWS[1][1], NEWS[2][1]]),
        ("All awards together come to £187,250.", []),  # whatever another engine reads
    ],
)
def test_only_a_total_that_a_second_reading_can_decide_is_read_again(
    words: str, read_again: list[str]
) -> None:
    made = running([*NEWS, ("paragraph", words)], "Awards made in 2025/26")
    found = find_awards(made)
    meaning = interpret(made, [], "A publisher", awards=found.lines, award_totals=found.totals)
    passages = {p.order: p.text for p in made.passages}
    lines = [line for _, own in open_totals(meaning, made) for line in own]
    assert [passages[line.passage or 0] for line in lines] == read_again


def beside(notices: list[list[tuple[str, str]]], titles: list[str]) -> Page:
    """Notices of labels with their values beside them, each under a larger title."""
    drawn: list[Word] = []
    top = 60.0
    for title, facts in zip(titles, notices, strict=True):
        drawn.append(Word(title, Box(50, top, 50 + 6.0 * len(title), top + 13), 13, True))
        top += 20
        for label, value in facts:
            for x, text, bold in ((50, label, True), (170, value, False)):
                for word in text.split():
                    drawn.append(Word(word, Box(x, top, x + 5 * len(word), top + 10), 10, bold))
                    x += 5 * len(word) + 2.5
            top += 15
        top += 15
    return Page(1, 595, 842, tuple(drawn))


def test_labels_with_their_values_beside_them_are_cards_though_some_come_but_once() -> None:
    page = beside(
        [
            [("Awarded to", "Clearway CIC"), ("Service", "Declutter"), ("Amount", "£96,000"),
             ("Years of account", "2023-26"), ("Paid as", "Contract")],
            [("Awarded to", "Youth Partnership"), ("Service", "Cadets"),
             ("Amount", "£42,500 in 2023/24 and £43,775 in 2024/25"), ("Paid as", "Grant")],
            [("Awarded to", "Hearing Fenland"), ("Service", "Alarms"), ("Amount", "£17,640"),
             ("Year", "2023/24"), ("Paid as", "Grant")],
            [("Decision", "Not to award"), ("Paid as", "None")],
        ],
        ["Hoarding", "Cadets", "Deafness", "Engineers"],
    )  # fmt: skip
    read = card_rows(page)
    assert [one[0] for one in read] == ["", "Hoarding", "Cadets", "Deafness", "Engineers"]
    at = {label: n for n, label in enumerate(read[0])}
    assert [one[at["Amount"]] for one in read[1:]] == [
        "£96,000", "£42,500 in 2023/24 and £43,775 in 2024/25", "£17,640", "",
    ]  # fmt: skip
    assert read[1][at["Years of account"]] == "2023-26"
    assert read[3][at["Year"]] == "2023/24"
    assert read[4][at["Decision"]] == "Not to award"


def test_labels_with_a_colon_that_come_but_once_are_labels_in_the_place_of_the_others() -> None:
    page = beside(
        [
            [("Recipient:", "Hubs CIC"), ("Area:", "Skelby"), ("Award 2024/25:", "£184,000")],
            [("Recipient:", "Penrose College"), ("Area:", "Whole area"),
             ("Award 2024/25:", "£96,500"), ("Award 2025/26:", "£101,300")],
            [("Recipient:", "Moorline Buses"), ("Area:", "Harrock"), ("Award:", "£735,000")],
        ],
        ["Vouchers", "Bootcamps", "Buses"],
    )  # fmt: skip
    read = card_rows(page)
    at = {label: n for n, label in enumerate(read[0])}
    sums = [[one[at[f"{label}:"]] for label in ("Award 2024/25", "Award 2025/26", "Award")]
            for one in read[1:]]  # fmt: skip
    assert sums == [["£184,000", "", ""], ["£96,500", "£101,300", ""], ["", "", "£735,000"]]


@pytest.mark.parametrize(
    ("heading", "cells", "role"),
    [
        ("People reached", ["4,120", "260", "1,075"], "other"),
        ("Residents helped", ["4,120", "260", "1,075"], "other"),
        ("Residents helped", ["£4,120", "£260", "£1,075"], "amount"),
        ("Northshire", ["4,120", "260", "1,075"], "amount"),  # who pays part of it
    ],
)
def test_figures_without_the_pound_sign_of_another_column_are_no_money(
    heading: str, cells: list[str], role: str
) -> None:
    rows = [["Project", "Organisation", "Award", heading]]
    rows += [[f"Project {n}", "Oak Trust", f"£{n}6,300", cell] for n, cell in enumerate(cells, 1)]
    (budget,), _, _ = read(table(rows, title="Awards 2025/26"))
    assert budget.columns[3].role in ({role, "reference"} if role == "other" else {role})


def with_lines(rows: list[tuple[str, str, str]]) -> list[list[str]]:
    return [["£000s", "2024/25", "2025/26"], *([f"{a}\n{b}", c, c] for a, b, c in rows)]


def test_names_on_a_line_of_their_own_under_services_are_who_is_paid() -> None:
    rows = [
        ("Alcohol teams", "NHS Glen", "3,184"),
        ("Rehabilitation", "Inverdell House", "612"),
        ("Prescribing clinics", "NHS Glen", "405"),
        ("Outreach", "Turning Tide", "233"),
    ]
    _, meaning, _ = read(table(with_lines(rows), title="Recovery services"))
    assert [(x.service_printed, x.provider_printed) for x in meaning.lines] == [
        (service, provider) for service, provider, _ in rows
    ]


def test_what_members_asked_for_says_nothing_of_the_sums_below() -> None:
    rows = [
        ["Service", "Provider", "2025/26 £"],
        ["Hub", "Oak Trust", "5,000"],
        ["Shed", "Dale CIC", "700"],
    ]
    plain = table(rows, title="Schedule", intro="Members asked for a separate stalking service.")
    _, meaning, _ = read(plain)
    assert {a.phase for x in meaning.lines for a in x.amounts} == {"budget"}
    asked = replace(plain, intro="The amounts below are the sums that groups asked for.")
    _, meaning, _ = read(asked)
    assert {a.phase for x in meaning.lines for a in x.amounts} == {"requested"}


def sections_of_units() -> Document:
    paths = [("Revenue budget",), ("Capital programme",), ("Partners",)]
    words = ["All amounts in this table are in £000s.", "Amounts in £m", "The payments follow."]
    passages = []
    for n, (path, text) in enumerate(zip(paths, words, strict=True)):
        passages += [Passage(2 * n + 1, "heading", path[0]),
                     Passage(2 * n + 2, "paragraph", text, heading_path=path)]  # fmt: skip
    head = ["Scheme", "2025/26"]
    tables = [
        table([head, ["Fire", "21,842"], ["Pumps", "4,118"]], number=1, title="Revenue budget"),
        table([head, ["Estate", "0.850"], ["Fleet", "1.460"]], number=2, title=None),
        table([head, ["Age Link", "£38,500.00"], ["Lions", "£6,200.00"], ["Rescue", "£9,865.50"]],
              number=3, title="Partners"),
    ]  # fmt: skip
    tables = [replace(t, heading_path=path) for t, path in zip(tables, paths, strict=True)]
    return document(*tables, passages=passages, title="Report of the Treasurer")


def test_a_unit_said_in_few_words_holds_for_its_own_section_after_others() -> None:
    made = sections_of_units()
    assert [table_unit(t, made) for t in made.tables] == [100_000, 100_000_000, 100]
    assert document_unit(made) == 100


def test_a_unit_of_all_figures_holds_below_its_heading_and_after_it() -> None:
    made = sections_of_units()
    passages = tuple(
        replace(p, text="All figures are in £000.") if p.text == "Amounts in £m" else p
        for p in made.passages
        if "this table" not in p.text
    )
    below = ("Capital programme", "Estate")
    tables = [replace(t, heading_path=below) if t.number == 2 else t for t in made.tables[:2]]
    made = replace(made, passages=passages, tables=tuple(tables))
    assert [table_unit(t, made) for t in made.tables] == [100_000, 100_000]


def test_sums_of_pounds_and_pence_are_no_millions() -> None:
    rows = [
        ["Body", "2025/26"],
        ["Age Link", "£38,500.00"],
        ["Lions", "£6,200.00"],
        ["Rescue", "£9,865.50"],
    ]
    note = Passage(1, "paragraph", "All figures in this report are in £m.")
    made = document(table(rows, title="Partners"), passages=[note])
    assert (document_unit(made), table_unit(made.tables[0], made)) == (100_000_000, 100)


@pytest.mark.parametrize(
    "said",
    [
        "All awards are for the financial year 2025/26 unless it is said otherwise.",
        "Three local organisations will share £115,250 from the fund in 2025/26.",
    ],
)
def test_what_all_awards_are_said_to_be_of_is_the_year_of_the_document(said: str) -> None:
    texts = [
        ("paragraph", "In 2022/23 the fund was larger. It will be larger again in 2026/27."),
        *NEWS,
        ("paragraph", said),
    ]
    made = running(texts, "Awards of the Community Fund")
    found = find_awards(made)
    meaning = interpret(made, [], "A publisher", awards=found.lines)
    assert {a.financial_year for x in meaning.lines for a in x.amounts} == {"2025-26"}


def test_a_sum_over_years_begins_in_the_year_of_its_document() -> None:
    made = running([*NEWS, ("list_item", "£9,000 to Oak Trust for mentors, over three years")],
                   "Awards made in 2025/26")  # fmt: skip
    lines = read_awards(made)
    meaning = interpret(made, [], "A publisher", awards=lines)
    assert [x.amounts[0].financial_year for x in meaning.lines] == ["2025-26"] * 3 + ["2025-28"]


@pytest.mark.parametrize(
    ("note", "year"),
    [
        ("over three years", "2025-28"),
        ("Paid over three years", "2025-28"),
        ("Has worked in Dale for over five years", "2025-26"),
        ("Open to children over 5 years old", "2025-26"),
    ],
)
def test_a_note_gives_a_sum_its_years_where_it_begins_so(note: str, year: str) -> None:
    rows = [["Service", "Provider", "Grant £", "Notes"], ["Club", "Oak Trust", "12,400", note],
            ["Shed", "Dale CIC", "700", ""]]  # fmt: skip
    _, meaning, _ = read(table(rows, title="Grants 2025/26"))
    assert meaning.lines[0].amounts[0].financial_year == year


def test_a_layout_tables_last_row_heads_no_section() -> None:
    layout = table([["Adults"], ["All services"]], number=1, header_rows=0, title=None)
    layout = replace(layout, cells=tuple(replace(c, bold=True) for c in layout.cells))
    assert isinstance(layout.cells[0], Cell)
    head = ["Service", "Provider", "2025/26 £"]
    _, meaning, _ = read(
        layout,
        table([head, ["Care", "X Ltd", "100"], ["Meals", "Y", "20"]], number=2, title="Adults"),
        table([head, ["Line", "Z Ltd", "300"], ["School", "Y", "40"]], number=3, title="Carers"),
    )
    assert sorted({line.section or "" for line in meaning.lines}) == ["Adults", "Carers"]


@pytest.mark.parametrize(("sign", "unit"), [("£", 100), ("", 100_000)])
def test_a_unit_said_of_bare_figures_is_not_that_of_sums_with_the_sign(
    sign: str, unit: int
) -> None:
    said = Passage(1, "paragraph", "All figures in £000")
    reserves = table([["Reserve", "2025/26"], ["Estates", "1,840"], ["Fleet", "2,615"]], number=1)
    rows = [["Partner", "2025/26"], ["Age Link", f"{sign}64,500"], ["Lions", f"{sign}8,940"]]
    partners = table(rows, number=2, title="Partnership funding")
    made = document(reserves, partners, passages=[said])
    assert [table_unit(t, made) for t in made.tables] == [100_000, unit]


@pytest.mark.parametrize(
    ("sums", "unit"), [(("12,300", "9,400"), 100_000), (("1,450", "900"), 100_000)]
)
def test_counts_of_people_and_the_same_sums_leave_the_unit_to_sums_with_the_sign(
    sums: tuple[str, str], unit: int
) -> None:
    said = Passage(1, "paragraph", "All figures in £000")
    budget = table([["Service", "2023/24"], ["Waste", "£1,450"], ["Roads", "£12,300"]], number=1)
    head = "2023/24" if "1,450" in sums else "Population"
    other = table([["Ward", head], ["North", sums[0]], ["South", sums[1]]], number=2, title="Ours")
    made = document(budget, other, passages=[said])
    assert table_unit(budget, made) == unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Decided to award the contract to Harbour Light CIC for the whole force area. The "
            "contract runs for three years, 2024/25 to 2026/27, and is worth £318,000.",
            [("Harbour Light CIC", [("£318,000", "2024/25 to 2026/27")])],
        ),
        (
            "Decided to agree a contract extension with Quillan Support Ltd to March, covering "
            "call-outs, at a cost of up to £26,000 in 2024/25.",
            [("Quillan Support Ltd", [("up to £26,000", "2024/25")])],
        ),
        (
            "Decided to make a grant of £42,500 to Stepping Stones for the Companion service.",
            [("Stepping Stones", [("£42,500", "")])],
        ),
        (
            "There is £3,000 for Skelby Academy, which will open a unit in May, and Open Door "
            "has £4,150 for translated leaflets.",
            [("Skelby Academy", [("£3,000", "")]), ("Open Door", [("£4,150", "")])],
        ),
        ("Decided to accept the highest offer, £615,000, for the freehold.", []),
        ("The contract was let in May. It is worth £5,000.", []),
        ("Decided not to support the application by Eastfield Trust for £18,000.", []),
    ],
)
def test_decisions_give_in_their_own_words(text: str, expected: Told) -> None:
    assert told(text) == expected


def test_bullets_under_other_headings_of_a_list_of_awards_are_awards_too() -> None:
    texts = [
        ("heading", "Hollin Vale"),
        ("list_item", "Street Pastors – £3,200 for radios"),
        ("list_item", "Crossgate Gym – £4,950 for coaching"),
        ("list_item", "£1,500 to Weir Lane Group for gates"),
        ("paragraph", "Groups in Hollin Vale shared £9,650."),
        ("heading", "The Coast"),
        ("list_item", "Lifeboat Café, evening openings: £2,475"),
        ("list_item", "Coastline Abuse Support, a helpline worker: £8,600"),
        ("paragraph", "Across both the panel made five awards worth £20,725."),
    ]
    found = find_awards(running(texts, "Who got what in 2024/25"))
    assert [line.get("provider") for line in found.lines] == [
        "Street Pastors",
        "Crossgate Gym",
        "Weir Lane Group",
        "Lifeboat Café",
        "Coastline Abuse Support",
    ]
    assert [(t.label, t.amounts[0].text) for t in found.totals] == [
        ("Groups in Hollin Vale", "£9,650"),
        ("five awards", "£20,725"),
    ]
