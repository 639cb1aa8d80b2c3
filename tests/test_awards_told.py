"""How awards are told outside tables: who is paid, what for and how much, in many words."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractors.budget import find_awards, read_awards, read_budget
from extractors.budget.phrases import read_entry
from extractors.budget.prose import told_awards
from extractors.model import Box, Document, Passage, Place
from pipeline.meaning import interpret
from pipeline.setting import worth_of
from pipeline.sums import judge
from tests.tables import document, table
from tests.test_budget_awards import awards, running

Told = tuple[str | None, str | None, str]


def entry(text: str) -> list[Told]:
    """Who is paid (or the name that the list decides about), what for, how much."""
    return [
        (
            award.provider or award.first,
            award.service or award.purpose or award.second,
            ", ".join(one.text for one in award.sums),
        )
        for award in read_entry(text)
    ]


@pytest.mark.parametrize(
    ("text", "who", "what", "amount"),
    [
        (
            "Dale Trust – £86,500 for mentors in schools.",
            "Dale Trust",
            "for mentors in schools",
            "£86,500",
        ),
        (
            "£42,750 to Dale Parents for Strong Roots.",
            "Dale Parents",
            "for Strong Roots",
            "£42,750",
        ),
        (
            "Dale CIC will receive £31,200 to screen pupils.",
            "Dale CIC",
            "to screen pupils",
            "£31,200",
        ),
        ("Dale Hospital: Youth workers, £164,300.", "Dale Hospital", "Youth workers", "£164,300"),
        ("Custody coaches: £97,850 (provider: Fairstart).", "Fairstart", None, "£97,850"),
        (
            "£58,400 has been awarded to Dale Women for therapy.",
            "Dale Women",
            "for therapy",
            "£58,400",
        ),
        (
            "Dale Signal – detached youth work: £72,000.",
            "Dale Signal",
            "detached youth work",
            "£72,000",
        ),
        ("Training will be run by Lantern at a cost of £18,950.", "Lantern", "Training", "£18,950"),
        ("Dale Refuge (£5,650): a helpline", "Dale Refuge", ": a helpline", "£5,650"),
        ("Nacro – Safer Streets (£45,000)", "Nacro", "Safer Streets", "£45,000"),
        ("Nacro, for Safer Streets: £45,000", "Nacro", "for Safer Streets", "£45,000"),
        ("£45,000 for Safer Streets, to be run by Nacro", "Nacro", "Safer Streets", "£45,000"),
        ("£45,000 for Nacro to run Safer Streets", "Nacro", "to run Safer Streets", "£45,000"),
        ("£45,000 – Nacro", "Nacro", None, "£45,000"),
        ("Grant of £45,000 to Nacro", "Nacro", None, "£45,000"),
        ("Nacro is to receive a grant of £45k", "Nacro", None, "£45k"),
        (
            "The contract for lighting was awarded to Hill Ltd (£45,000)",
            "Hill Ltd",
            "lighting",
            "£45,000",
        ),
        (
            "Hill Ltd has been commissioned to run buses at a cost of £4,500",
            "Hill Ltd",
            "buses",
            "£4,500",
        ),
        (
            "We will invest £4,500 in Safe Nights, delivered by Hill Ltd",
            "Hill Ltd",
            "Safe Nights",
            "£4,500",
        ),
        (
            "The Blues Project, led by Dale Fire, receives £0.31m",
            "Dale Fire",
            "The Blues Project",
            "£0.31m",
        ),
        ("Action for Children – £9,000 for a club", "Action for Children", "for a club", "£9,000"),
        ("£9,000 to Action for Children for a club", "Action for Children", "for a club", "£9,000"),
        ("£9,000 goes to the charity Crossbridge", "Crossbridge", None, "£9,000"),
        (
            "Dale Council – £5,000 of the £12,000 cost of kitchens",
            "Dale Council",
            "for kitchens",
            "£5,000",
        ),
        (
            "Dale Council – lights, £17,800 (part-funded; Hill pays the rest).",
            "Dale Council",
            "lights",
            "£17,800",
        ),
        (
            "Nightsafe – a safe space, up to £22,500 depending on need.",
            "Nightsafe",
            "a safe space",
            "up to £22,500",
        ),
        (
            "Deaf Voices – an adviser at £2,750 a month for 12 months (£33,000).",
            "Deaf Voices",
            "an adviser",
            "£33,000",
        ),
        (
            "Deaf Voices – an adviser at £2,750 a month for twelve months",
            "Deaf Voices",
            "an adviser",
            "12 x £2,750",
        ),
        (
            "Dale Refuge – £34,500 for a worker. The post was paid by others.",
            "Dale Refuge",
            "for a worker",
            "£34,500",
        ),
        ("Dale Aid: £20,000 in 2024/25; £21,000 in 2025/26", "Dale Aid", None, "£20,000, £21,000"),
    ],
)
def test_an_entry_says_who_is_paid_and_what_for(
    text: str, who: str, what: str | None, amount: str
) -> None:
    (found,) = entry(text)
    assert (found[0], found[2]) == (who, amount)
    if what is not None:
        assert found[1] == what


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Two grants go to Dale Boxing: £14,000 for weekends and £6,500 for a driver.",
            [("Dale Boxing", "£14,000"), ("Dale Boxing", "£6,500")],
        ),
        (
            "Micro-grants: Dale Skate (£4,800), Hill Aid (£3,250) and The Chapel (£5,000).",
            [("Dale Skate", "£4,800"), ("Hill Aid", "£3,250"), ("The Chapel", "£5,000")],
        ),
        (
            "Fraud clinics: £8,400 to Dale Advice and £9,150 to Hill Advice.",
            [("Dale Advice", "£8,400"), ("Hill Advice", "£9,150")],
        ),
        (
            "£6,000 to Dale Watch for a campaign; £1,250 to Hill Farmers for marking.",
            [("Dale Watch", "£6,000"), ("Hill Farmers", "£1,250")],
        ),
        (
            "Dale Council: cameras (£9,000) and lighting (£4,000)",
            [("Dale Council", "£9,000"), ("Dale Council", "£4,000")],
        ),
        (
            "Dale Aid – £5,000 for boxing and Hill Trust – £3,000 for football",
            [("Dale Aid", "£5,000"), ("Hill Trust", "£3,000")],
        ),
        (
            "Small grants of £500 each to Dale Scouts, Hill Guides and Vale Cadets",
            [("Dale Scouts", "£500"), ("Hill Guides", "£500"), ("Vale Cadets", "£500")],
        ),
        (
            "Grants of £20,000 to Dale Aid, £15,000 to Refuge and £10,000 to Safe Lives",
            [("Dale Aid", "£20,000"), ("Refuge", "£15,000"), ("Safe Lives", "£10,000")],
        ),
    ],
)
def test_an_entry_may_hold_several_awards(text: str, found: list[tuple[str, str]]) -> None:
    assert [(who, amount) for who, _, amount in entry(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "Grants of up to £10,000 are available to groups that apply by 30 September.",
        "The threshold for quotations is £5,000",
        "Council tax for a Band D property rises by £10 to £250",
        "Travel costs rose by £5,000",
        "Locality fund – partnerships share an additional £50k, meant for small groups",
        "Out of court disposals – over £60k pays for programmes",
        "Offender management – funding falls by £50k because it holds reserves",
        "What remains, a forecast £0.339m, goes into a reserve",
        "We received £1.2m from the Home Office",
        "Each ward has £2,000",
        "One in five victims lost more than £5,000",
        "Total income: £4,500,000",
        "Home Office – £12.3m",
        "A sign language adviser at £2,750 a month",
        "Transparency Code Grant (the county’s share £0.013m)",
    ],
)
def test_an_entry_about_money_at_large_is_no_award(text: str) -> None:
    assert entry(text) == []


def told(text: str) -> list[Told]:
    return [
        (one.award.provider, one.award.service or one.award.purpose, one.award.sums[0].text)
        for one in told_awards([Passage(1, "paragraph", text)])
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The pilot, called Clear Choice, will be run by the charity Crossbridge at a cost of "
            "£203,000, and Dale University will study it for £39,500.",
            [
                ("Crossbridge", "Clear Choice", "£203,000"),
                ("Dale University", "study it", "£39,500"),
            ],
        ),
        (
            "In addition, a grant of £12,500 is awarded to Harbour Trust for beds in 2025/26, "
            "funded from the underspend.",
            [("Harbour Trust", "for beds", "£12,500")],
        ),
        (
            "We have agreed to give Haven House £45,000 to run the refuge.",
            [("Haven House", "to run the refuge", "£45,000")],
        ),
        (
            "Our contract with Haven House for the refuge is worth £45,000 a year.",
            [("Haven House", "the refuge", "£45,000 a year")],
        ),
        (
            "Haven House was awarded £45,000 and Dale Women £5,000.",
            [("Haven House", None, "£45,000"), ("Dale Women", None, "£5,000")],
        ),
        (
            "Grants were made to Haven House (£45,000), Dale Women (£5,000) and Hope (£500).",
            [
                ("Haven House", None, "£45,000"),
                ("Dale Women", None, "£5,000"),
                ("Hope", None, "£500"),
            ],
        ),
        (
            "The panel awarded £2,000 to Dale Scouts, £1,500 to Hill Guides, £900 to Hope.",
            [
                ("Dale Scouts", None, "£2,000"),
                ("Hill Guides", None, "£1,500"),
                ("Hope", None, "£900"),
            ],
        ),
        (
            "A contract for counselling, worth £45,000, has been let to Haven House.",
            [("Haven House", "counselling", "£45,000")],
        ),
    ],
)
def test_a_sentence_may_give_in_many_words(text: str, found: list[Told]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Dale Hospital, whose £164,300 is the largest award, will share injury data.",
        "Thanks to a £45,000 grant from the Home Office, Haven House opened a refuge.",
        "The Ministry of Justice awarded Northshire £1.2m for victims.",
        "The Government will provide £4.5m to Dale Council.",
        "Haven House raised £45,000 at its summer fair.",
        "Haven House has saved £45,000 by moving office.",
        "Last year Haven House received £45,000.",
        "If Haven House meets its targets it will receive £45,000.",
        "Haven House applied for £45,000 but was not supported.",
        "A man from Dale was ordered to pay £45,000 to Haven House.",
        "Dale Estate was sold for £1.2m to Hill Properties Ltd.",
        "Members agreed to transfer £45,000 to the General Fund.",
        "We moved £45,000 to Reserves.",
        "The budget allocates £45,000 to Estates and £30,000 to Fleet.",
        "The Chief Constable received a salary of £145,000.",
        "Domestic abuse costs Northshire £45,000,000 a year.",
        "The average cost of a burglary to Northshire residents is £3,400.",
        "Council Tax for Band D will be £263.20 for the year.",
        "The Safer Streets Fund gave the PCC £450,000.",
        "Prices at The Grand start at £45.",
        "£3.4m has been allocated to Regional Collaboration and £1.1m to ICT.",
        "Of this, £2.3m is for Neighbourhood Policing and £1.1m is for Victim Care.",
        "The Commissioner for Northvale has awarded £61,400 to nine groups.",
    ],
)
def test_a_sentence_that_gives_nothing_to_anybody_is_no_award(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "heading", ["Savings", "Where the money comes from", "Our income", "Unsuccessful bids", "Fees"]
)
def test_a_list_under_a_heading_that_speaks_of_other_money_holds_no_awards(heading: str) -> None:
    texts = [
        ("heading", heading),
        ("list_item", "Dale Trust – £6,000"),
        ("list_item", "Hill – £4,000"),
    ]
    assert awards(texts, "Commissioning and grants 2024/25") == []


def test_a_short_list_counts_beside_a_longer_one_and_takes_its_heading_as_section() -> None:
    made = running(
        [
            ("heading", "Early help"),
            ("list_item", "Dale Trust – £6,000 for mentors"),
            ("list_item", "Hill Trust – £4,000 for parents"),
            ("heading", "Places"),
            ("list_item", "Vale Signal – detached youth work: £2,000"),
        ]
    )
    assert [(x.section, x.get("provider"), x.get("provision")) for x in read_awards(made)] == [
        ("Early help", "Dale Trust", "mentors"),
        ("Early help", "Hill Trust", "parents"),
        ("Places", "Vale Signal", "detached youth work"),
    ]


def test_a_few_sums_in_text_far_from_the_tables_of_money_are_narrative() -> None:
    printed = table([["Provider", "2021/22 £"], ["Hill Trust", "£6,000"], ["Quayside", "£2,450"]])
    told_elsewhere = running(
        [
            ("heading", "Joint fund"),
            ("list_item", "The Blues Project, led by Dale Fire, receives £0.31m"),
        ]
    )
    assert not read_awards(document(printed, passages=told_elsewhere.passages))


def meant(made: Document, *rows: list[list[str]], titles: Sequence[str] = ()):  # type: ignore[no-untyped-def]
    """What running text and tables of these rows mean, and what is judged of it."""
    tables = [
        table(own, number=n, **({"title": titles[n - 1]} if titles else {}))
        for n, own in enumerate(rows, start=1)
    ]
    whole = document(*tables, passages=made.passages, title="Plan 2025/26")
    budgets = [read_budget(one, worth_of(one, whole)) for one in tables]
    found = find_awards(whole)
    meaning = interpret(whole, budgets, "P", awards=found.lines, award_totals=found.totals)
    return meaning, judge(meaning, whole, budgets)


PLAN = [
    ("heading", "Early help"),
    ("list_item", "Dale Trust – £6,000 for mentors"),
    ("list_item", "Hill Trust – £4,000 for parents"),
    ("heading", "Places"),
    ("list_item", "Vale Trust – £2,000 for youth work"),
    ("list_item", "£1,000 to Harbour Trust for lights"),
]


def test_a_table_that_sums_up_awards_in_text_is_a_check_and_proves_them() -> None:
    summary = [
        ["Theme", "2025/26"],
        ["Early help", "£10,000"],
        ["Places", "£3,000"],
        ["Total", "£13,000"],
    ]
    meaning, judgement = meant(running(PLAN, "What we will fund"), summary)
    assert sum(a.pence or 0 for line in meaning.lines for a in line.amounts) == 1_300_000
    assert {line.table for line in meaning.lines} == {None}
    assert [(t.label, t.section, t.computed_pence, t.verdict) for t in judgement.totals] == [
        ("Total", None, 1_300_000, "agrees"),
        ("Early help", "Early help", 1_000_000, "agrees"),
        ("Places", "Places", 300_000, "agrees"),
    ]
    assert {status for status, _ in judgement.statuses.values()} == {"proven"}


def test_a_summary_that_names_tables_prints_their_totals_and_makes_them_sections() -> None:
    warm = [["Group", "Awarded 2025/26"], ["Ashgrove Church", "£2,400"], ["Hill Trust", "£3,500"]]
    active = [["Group", "Awarded 2025/26"], ["Netball Club", "£1,260"], ["Skate Park", "£7,000"]]
    summary = [
        ["Fund", "Awarded 2025/26"],
        ["Warm Places", "£5,900"],
        ["Active Lives", "£8,260"],
        ["Both funds", "£14,160"],
    ]
    tables = [
        table(warm, number=1, title="Table 1: Warm Places"),
        table(active, number=2, title="Active Lives (£)"),
        table(summary, number=3, title="At a glance"),
    ]
    whole = document(*tables, title="Community fund 2025/26")
    budgets = [read_budget(one, worth_of(one, whole)) for one in tables]
    meaning = interpret(whole, budgets, "P")
    judgement = judge(meaning, whole, budgets)
    assert [
        (line.provider_printed or line.service_printed, line.section) for line in meaning.lines
    ] == [
        ("Ashgrove Church", "Warm Places"),
        ("Hill Trust", "Warm Places"),
        ("Netball Club", "Active Lives"),
        ("Skate Park", "Active Lives"),
    ]
    assert [(t.label, t.section, t.verdict) for t in judgement.totals] == [
        ("Both funds", None, "agrees"),
        ("Warm Places", "Warm Places", "agrees"),
        ("Active Lives", "Active Lives", "agrees"),
    ]
    assert {status for status, _ in judgement.statuses.values()} == {"proven"}


def test_awards_that_tell_how_a_tables_line_is_shared_out_are_no_more_spending() -> None:
    budget = [["Service", "2025/26"], ["Early help", "£50,000"], ["Estates", "£70,000"]]
    meaning, _ = meant(running(PLAN[:3], "What we will fund"), budget)
    assert [line.service_printed for line in meaning.lines] == ["Early help", "Estates"]


def test_totals_of_awards_are_judged_by_section() -> None:
    made = running(
        [
            *PLAN[:3],
            ("paragraph", "Total for Early help: £10,000"),
            *PLAN[3:],
            ("paragraph", "Total for Places: £3,100"),
            ("paragraph", "All four awards listed above come to £13,000 in all."),
        ],
        "What we will fund in 2025/26",
    )
    _, judgement = meant(made)
    assert [(t.section, t.pence, t.computed_pence) for t in judgement.totals] == [
        ("Early help", 1_000_000, 1_000_000),
        ("Places", 310_000, 300_000),
        (None, 1_300_000, 1_300_000),
    ]


def test_the_number_of_a_heading_is_no_part_of_a_sections_name() -> None:
    made = running(
        [
            *[
                (kind, f"2.{n} {text}" if kind == "heading" else text)
                for n, (kind, text) in enumerate(PLAN)
            ],
            ("paragraph", "Total for Places: £3,000"),
        ],
        "What we will fund in 2025/26",
    )
    numbered = [
        replace(p, number=p.text[:3], text=p.text[4:]) if p.kind == "heading" else p
        for p in made.passages
    ]
    meaning, judgement = meant(replace(made, passages=tuple(numbered)))
    assert {line.section for line in meaning.lines} == {"Early help", "Places"}
    assert [(t.section, t.verdict) for t in judgement.totals] == [("Places", "agrees")]


def test_a_total_may_print_a_sum_for_each_of_several_years() -> None:
    made = running([("paragraph", "Total for Prevent: £170,130 in Year 1 and £148,450 in Year 2")])
    (total,) = find_awards(made).totals
    assert [(a.text, a.heading) for a in total.amounts] == [
        ("£170,130", "Year 1"),
        ("£148,450", "Year 2"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "All figures are rounded to £1,000",
        "In total we spent £5,000",
        "The total cost of the decision is £214,650, of which £169,650 is met from a grant.",
        "All schools had £500",
    ],
)
def test_a_sentence_about_money_at_large_is_no_total_of_awards(text: str) -> None:
    assert find_awards(running([("paragraph", text)])).totals == ()


def test_a_list_that_a_sum_below_it_closes_needs_no_word_of_awards_above() -> None:
    made = running(
        [
            ("heading", "Education"),
            ("paragraph", "School navigators – Bridgewood Trust – £96,000"),
            ("paragraph", "Mentors in referral units – Pathway CIC – £54,000"),
            ("paragraph", "Theatre tour – Loud Voices – £13,000"),
            ("paragraph", "Sub-total: £163,000"),
            ("heading", "Health"),
            ("paragraph", "Youth workers in hospital – Bridgewood NHS Trust – £142,000"),
            ("paragraph", "Data analyst – Bridgewood Council – £48,000"),
            ("paragraph", "Sub-total: £191,000"),
            ("paragraph", "Total: £353,000"),
        ],
        "Serious violence: our plan for 2024/25",
    )
    meaning, judgement = meant(made)
    assert [(x.section, x.provider_printed, x.service_printed) for x in meaning.lines] == [
        ("Education", "Bridgewood Trust", "School navigators"),
        ("Education", "Pathway CIC", "Mentors in referral units"),
        ("Education", "Loud Voices", "Theatre tour"),
        ("Health", "Bridgewood NHS Trust", "Youth workers in hospital"),
        ("Health", "Bridgewood Council", "Data analyst"),
    ]
    apart = [(t.section, (t.pence or 0) - (t.computed_pence or 0)) for t in judgement.totals]
    assert apart == [("Education", 0), ("Health", 100_000), (None, 0)]


def test_label_lines_with_years_below_a_name_and_words_about_it() -> None:
    texts = []
    for name, who, one, two, words in (
        ("Helpline", "Kerensa Ltd", "£386,200", "£395,855", "It runs from 8am to midnight."),
        ("Refuges", "Lowen Trust", "£271,500", "to be agreed", "Two refuges with 19 rooms."),
    ):
        texts += [
            ("bold", name),
            ("paragraph", f"Provider: {who}"),
            ("paragraph", f"Year 1: {one}"),
        ]
        texts += [("paragraph", f"Year 2: {two}"), ("paragraph", words)]
    found = read_awards(running(texts, "Services under contract"))
    assert [
        (x.get("service"), x.get("provider"), x.get("provision"), [a.heading for a in x.amounts])
        for x in found
    ] == [
        ("Helpline", "Kerensa Ltd", "It runs from 8am to midnight.", ["Year 1", "Year 2"]),
        ("Refuges", "Lowen Trust", "Two refuges with 19 rooms.", ["Year 1", "Year 2"]),
    ]


def test_boxes_that_begin_with_their_sum_and_the_year_said_over_them() -> None:
    boxes = [
        ("£3,200", "Lochside Knitters", "Kinmure Kirk Trust", "wool, tea and a paid organiser"),
        ("£4,750", "Boxing for Calm", "Port Errol Boxing Club", "coached sessions for teenagers"),
    ]
    texts = [("heading", "Strand A – Larger projects"), ("list_item", "Hill Trust – £500 for kit")]
    texts += [("list_item", "Dale Trust – £900 for mentors")]
    texts += [("heading", "Strand B – Local projects"), ("paragraph", "Paid in 2025/26 only.")]
    texts += [("text_box", line) for box in boxes for line in box]
    texts += [("paragraph", "Strand B total – £7,950")]
    made = running(texts, "Awards made by the fund")
    told = find_awards(made)
    meaning = interpret(made, [], "Board", awards=told.lines, award_totals=told.totals)
    assert [
        (x.service_printed, x.provider_printed, x.provision, x.amounts[0].financial_year)
        for x in meaning.lines
        if x.section == "Strand B – Local projects"
    ] == [(service, who, what, "2025-26") for _, service, who, what in boxes]
    (total,) = [t for t in judge(meaning, made, []).totals if t.label == "Strand B total"]
    assert (total.section, total.verdict) == ("Strand B – Local projects", "agrees")


def test_the_heading_again_or_together_with_a_sum_is_the_total_of_what_stands_above() -> None:
    texts = [("heading", "Community chest")]
    texts += [("list_item", f"£{n},400 to Harrow {n} Boxing Academy for kit") for n in (2, 5)]
    texts += [("paragraph", "Community chest, 2025/26: £7,400"), ("heading", "Navigators")]
    texts += [("list_item", f"Threshold {n} Ltd – £{n},100 in 2024/25 and £{n},900 in 2025/26")
              for n in (3, 4)]  # fmt: skip
    texts += [("paragraph", "Together: £7,200 in 2024/25; £8,800 in 2025/26")]
    totals = find_awards(running(texts)).totals
    assert [(t.label, [a.text for a in t.amounts]) for t in totals] == [
        ("Community chest", ["£7,400"]),
        ("Together", ["£7,200", "£8,800"]),
    ]
    assert len(awards(texts)) == 4


def test_the_one_sum_under_a_heading_that_it_repeats_is_an_award() -> None:
    texts = []
    for name in ("Victim Support", "Hope Trust", "Age UK"):
        texts += [("heading", name), ("paragraph", f"{name}: £5{len(name)},000")]
    assert find_awards(running(texts, "Grants made")).totals == ()


def years_told(text: str, title: str) -> list[tuple[str | None, str | None]]:
    """Who is paid and the year of the sum, of the awards that a paragraph tells."""
    made = running([("paragraph", text)], title)
    meaning = interpret(made, [], "Board", awards=find_awards(made).lines)
    return [(x.provider_printed, a.financial_year) for x in meaning.lines for a in x.amounts]


def test_later_sums_of_a_passage_are_of_the_one_year_that_it_names() -> None:
    text = (
        "In 2024/25 we paid Kite Street Youth Trust £64,200 for street mediation. A further "
        "£38,750 went to Second Wind Mentoring for work with children. We paid Oldgate Youth "
        "Trust £900 for kit."
    )
    told = years_told(text, "How we spend the grant in 2025/26")
    assert [year for _, year in told] == ["2024-25"] * 3


def test_where_a_body_stands_is_no_part_of_its_name_and_a_term_is_the_year_of_its_sum() -> None:
    text = (
        "Kestrel Academy in Low Pennick has been awarded £36,000 as a single sum for the three "
        "years from April 2025 to March 2028, for its sessions. The Junction Theatre will receive "
        "£7,250 for a play. Hill Scouts may claim up to £3,000 for minibus hire."
    )
    assert years_told(text, "Grants awarded for 2025/26") == [
        ("Kestrel Academy", "2025-28"),
        ("The Junction Theatre", "2025-26"),
        ("Hill Scouts", "2025-26"),
    ]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("In High Peak the Dale Scouts have been given £900 for kit.", "the Dale Scouts"),
        ("In Harmony Choir receives £500 for music.", "In Harmony Choir"),
    ],
)
def test_the_place_before_a_name_is_no_part_of_it(text: str, who: str) -> None:
    assert [told.award.provider for told in told_awards([Passage(1, "paragraph", text)])] == [who]


def test_an_entry_may_end_in_who_does_the_work() -> None:
    entries = ["Interpretation boards by Wharf Heritage Group (£375)",
               "A winter pantomime by Little Owl Theatre (£1,140)"]  # fmt: skip
    assert [entry(text)[0][:2] for text in entries] == [
        ("Wharf Heritage Group", "Interpretation boards"),
        ("Little Owl Theatre", "A winter pantomime"),
    ]


def test_labels_and_values_laid_in_two_columns_end_in_their_sums() -> None:
    texts = []
    for name, project, one, two in (
        ("Hearth and Home", "Furniture reuse", "£15,000", "£15,450"),
        ("Riverside Parents", "Two family workers", "£22,500", "£23,000"),
        ("All partners", "", "£37,500", "£38,450"),
    ):
        texts += [("heading", name)]
        texts += [("paragraph", f"Project:\t{project}")] if project else []
        texts += [
            ("paragraph", f"Payment 2023/24:\t{one}"),
            ("paragraph", f"Payment 2024/25:\t{two}"),
        ]
    made = running(texts, "Our partners and the grants we pay")
    placed = [
        replace(p, places=(Place(1, Box(50, 20.0 * p.order, 300, 20.0 * p.order + 9)),))
        for p in made.passages
    ]
    told = find_awards(replace(made, passages=tuple(placed)))
    meaning = interpret(made, [], "Board", awards=told.lines, award_totals=told.totals)
    assert [(x.provider_printed or x.service_printed) for x in meaning.lines] == [
        "Hearth and Home",
        "Riverside Parents",
    ]
    judged = judge(meaning, made, [])
    assert [(t.label, t.pence, t.verdict) for t in judged.totals] == [
        ("All partners", 3_750_000, "agrees"),
        ("All partners", 3_845_000, "agrees"),
    ]


def test_a_label_that_no_word_explains_keeps_the_cards_apart() -> None:
    texts = [("heading", "Awards"), ("paragraph", "Three groups share the fund.")]
    for who, what, award in (
        ("Halcyon Aid", "Group work", "£22,400"),
        ("Rose Garden", "Counselling", "£14,850"),
        ("Dale Rugby Club", "Training for coaches", "£3,600"),
    ):
        for label, value in (
            ("AWARDED TO", who),
            ("BADGE", "Gold star"),
            ("FOR", what),
            ("GRANT", award),
        ):
            texts += [("text_box", label), ("bold" if label == "AWARDED TO" else "text_box", value)]
    assert awards(texts) == [
        ("Halcyon Aid", "Group work", ["£22,400"]),
        ("Rose Garden", "Counselling", ["£14,850"]),
        ("Dale Rugby Club", "Training for coaches", ["£3,600"]),
    ]


WHOLE = [
    ["Budget head", "2025/26"],
    ["Early help projects", "£10,211"],
    ["Places projects", "£3,405"],
    ["Core team", "£20,000"],
    ["Evaluation", "£6,000"],
    ["Data", "£4,000"],
    ["Total", "£43,616"],
]
ODD = [
    ("heading", "Early help: before harm is done"),
    ("list_item", "Dale Trust – £6,211 for mentors"),
    ("list_item", "Hill Trust – £4,000 for parents"),
    ("heading", "Places: safer streets"),
    ("list_item", "Vale Trust – £2,405 for youth work"),
    ("list_item", "£1,000 to Harbour Trust for lights"),
]


@pytest.mark.parametrize("more", [[], [("heading", "Arts"), ("list_item", "Dale Choir – £900")]])
def test_sums_of_sections_among_other_costs_are_counted_once(more: list[tuple[str, str]]) -> None:
    meaning, judgement = meant(running([*ODD, *more], "What we will fund"), WHOLE)
    pence = sum(a.pence or 0 for line in meaning.lines for a in line.amounts)
    assert pence == 4_361_600 + (90_000 if more else 0)
    assert [(t.label, t.section, t.verdict) for t in judgement.totals] == [
        ("Total", None, "agrees"),
        ("Early help projects", "Early help: before harm is done", "agrees"),
        ("Places projects", "Places: safer streets", "agrees"),
    ]


@pytest.mark.parametrize(
    ("name", "cost"),
    [("Places projects", "£3,406"), ("Cars", "£3,405")],
)
def test_lines_that_sum_up_but_one_section_are_a_budget_of_their_own(name: str, cost: str) -> None:
    rows = [*WHOLE[:2], [name, cost], *WHOLE[3:]]
    meaning, _ = meant(running(ODD, "What we will fund"), rows)
    assert sum(line.table is not None for line in meaning.lines) == 5


def test_round_sums_of_sections_among_other_costs_may_be_chance() -> None:
    rows = [*WHOLE[:1], ["Early help projects", "£10,000"], ["Places projects", "£3,000"]]
    meaning, _ = meant(running(PLAN, "What we will fund"), [*rows, *WHOLE[3:6]])
    assert sum(line.table is not None for line in meaning.lines) == 5
