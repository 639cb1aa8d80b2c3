"""Running text: every amount with its value, qualifier and sentence, whatever its printed form."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from extractors.model import Box, Cell, Document, Passage, Place, PrintedBudget, PrintedLine, Table
from normalizers.amounts import format_pounds
from normalizers.model import Text
from normalizers.narrative import (
    Mention,
    _mentions,
    needs_grammar,
    pipeline,
    read_mentions,
    sentences,
)
from normalizers.narrative_amounts import find_dates, find_years
from pipeline.narrative import Located, running_texts

GOLD = Path(__file__).parent.parent.parent / "shared" / "gold"


def mentions(text: str, kind: str = "money") -> list[Mention]:
    return [m for m in read_mentions([Text("p1", "paragraph", "", None, text)]) if m.kind == kind]


@pytest.mark.parametrize(
    ("text", "printed", "pounds"),
    [
        ("The budget is £4.668m.", "£4.668m", 4668000),
        ("another £50k", "£50k", 50000),
        ("spent £1,234.56 on it", "£1,234.56", 1234.56),
        ("a value of £5’000, I am sure", "£5’000", 5000),
        ("a total of £20,000pa of support", "£20,000pa", 20000),
        ("the £310,000 fund", "£310,000", 310000),
        ("costs of £1114 a year", "£1114", 1114),
        ("budget of £2.5 million", "£2.5 million", 2500000),
        ("a saving of £1.2bn nationally", "£1.2bn", 1200000000),
        ("a grant of £ 5,000", "£ 5,000", 5000),
        ("a fund of £4 395 000 in all", "£4 395 000", 4395000),
        ("a balance of -£5,000 remains", "-£5,000", -5000),
        ("Funding of 0.310m has been agreed", "0.310m", 310000),
        ("two million pounds of funding", "two million pounds", 2000000),
        ("they paid 500 pounds", "500 pounds", 500),
        ("twenty-five thousand pounds", "twenty-five thousand pounds", 25000),
        ("half a million pounds", "half a million pounds", 500000),
        ("a quarter of a million pounds", "quarter of a million pounds", 250000),
        ("two and a half million pounds", "two and a half million pounds", 2500000),
        ("£1½m was found", "£1½m", 1500000),
        ("the sum of £12 345 was paid", "£12 345", 12345),
        ("at £100-£150k", "£100-£150k", 100000),
        ("£4.668m1 which is a footnote glued", "£4.668m", 4668000),
        ("GBP 12,000 was paid", "GBP 12,000", 12000),
        ("a fee of 50p is charged", "50p", 0.5),
        ("priced at £3.", "£3", 3),
    ],
)
def test_printed_forms(text: str, printed: str, pounds: float) -> None:
    assert [(m.printed, (m.pence or 0) / 100) for m in mentions(text)] == [(printed, pounds)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a top up of 8-10k to plug the deficit", [(8000, 10000)]),
        ("between £5-10k", [(5000, 10000)]),
        ("£1-2m over three years", [(1000000, 2000000)]),
        ("from £330,000 to £450,000", [(330000, None), (450000, None)]),
        ("£5,000 to 10,000 for each", [(5000, 10000)]),
        ("£450,000 - 3 years of mentoring", [(450000, None)]),
        ("£50,000 to 3 groups", [(50000, None)]),
    ],
)
def test_ranges(text: str, values: list[tuple[int, int | None]]) -> None:
    assert [
        (m.pence and m.pence / 100, m.pence_to and m.pence_to / 100) for m in mentions(text)
    ] == (values)


@pytest.mark.parametrize(
    "text",
    [
        "amounts in £000s",
        "the £m column",
        "a 10k run raised funds for the grant",
        "a grant for 8-10k residents",
        "70 applications were received",
        "young people aged 16-24",
        "call 0116 229 8704 about the budget",
        "a 5.5m wide road",
        "26 applications in 2014/15",
        "see paragraph 3.2",
    ],
)
def test_what_is_no_money(text: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize(
    ("text", "qualifiers"),
    [
        ("an investment of over £60k in programmes", ["over"]),
        ("funding of more than £1.2m", ["more than"]),
        ("a new fund up to the value of £2m", ["up to"]),
        ("a maximum of £50,000 per application", ["up to"]),
        ("no more than £50,000 each", ["up to"]),
        ("an additional £50k", ["increase"]),
        ("a further £0.5m", [None]),
        ("A £50k reduction in funding", ["reduction"]),
        ("funding falls by £50k", ["reduction"]),
        ("has increased to £4m, an increase of £98,911 from then", [None, "increase"]),
        ("that is £98,911 more than the first figure", ["increase"]),
        ("The increase from £330,000 to £450,000 is positive", [None, None]),
        ("The reduction of funding grants from £50k to £25k", [None, None]),
        ("below the £25k limit", [None]),
        ("£450,000 over 3 years", [None]),
        ("savings in the Office of £20,000", ["reduction"]),
        ("£20k of additional funding", ["increase"]),
    ],
)
def test_a_qualifier_belongs_to_its_amount(text: str, qualifiers: list[str | None]) -> None:
    assert [m.qualifier for m in mentions(text)] == qualifiers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("an increase of 2.3%", [(2.3, "increase")]),
        (
            "Budgets went up: by 0.7 % in one year, and by 1.8% later",
            [(0.7, "increase"), (1.8, "increase")],
        ),
        ("up to 10 per cent", [(10.0, "up to")]),
        ("a 3% cut", [(3.0, "reduction")]),
        ("5-10% of clients", [(5.0, None), (10.0, None)]),
        ("ten percent of it", [(10.0, None)]),
        ("twenty-five per cent", [(25.0, None)]),
        ("a hundred per cent", [(100.0, None)]),
    ],
)
def test_percentages(text: str, found: list[tuple[float, str | None]]) -> None:
    assert [(m.percent, m.qualifier) for m in mentions(text, "percentage")] == found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It is £4.668m. That is more.", ["It is £4.668m.", "That is more."]),
        ("Longer funding (i.e. 2 years plus) helps. So we do.", None),
        ("See paragraph 3.2 for £1,000.50. Thanks.", None),
        ("Mr. Down and Dr. Smith met. They agreed.", None),
        (
            "First line\n• an item. With two\n• another",
            ["First line", "• an item.", "With two", "• another"],
        ),
        ("Financial\tThe total is £3.8m. Details follow.", None),
        ("He said “yes.” Then he left.", ["He said “yes.”", "Then he left."]),
    ],
)
def test_sentences_survive_amounts_abbreviations_and_lists(
    text: str, parts: list[str] | None
) -> None:
    found = list(sentences(text))
    if parts is None:
        assert len(found) == (3 if "\t" in text else 2)
    else:
        assert found == parts


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("for 2017/18 and 2018-19", ["2017-18", "2018-19"]),
        ("the 16/17 Refresh", ["2016-17"]),
        ("Framework 2017-2018", ["2017-18"]),
        ("Plan 2013 - 2017", ["2013-17"]),
        ("16/17 year olds", []),
        ("9/10 people", []),
        ("on 02/11/2015", []),
        ("tel 0116 2298704", []),
    ],
)
def test_years(text: str, years: list[str]) -> None:
    assert [found.value for found in find_years(text)] == years


def test_dates() -> None:
    text = "MONDAY 9 JUNE 2014, 30th September 2017, December 2013 and 02/11/15"
    assert [d.value for d in find_dates(text)] == [
        "2014-06-09", "2017-09-30", "2013-12", "2015-11-02",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("CI013a and CI004", "intention", ["CI013a", "CI004"]),
        ("Commissioning Intention (CI) 004 and C1020", "intention", ["CI004", "CI020"]),
        ("SP5/6 and SP17", "priority", ["SP5; SP6", "SP17"]),
        ("from the Partnership Locality Fund and the PCC Grant", "fund",
         ["Partnership Locality Fund", "PCC Grant"]),
    ],
)  # fmt: skip
def test_codes_and_funds(text: str, kind: str, values: list[str]) -> None:
    assert [m.value for m in mentions(text, kind)] == values


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.json")), ids=lambda path: path.stem)
def test_every_sentence_of_the_gold_gives_its_amounts(path: Path) -> None:
    printed = json.loads(path.read_text(encoding="utf-8"))
    for key, kind in (("money_mentions", "money"), ("percentages", "percentage")):
        expected: dict[str, list[tuple[Any, ...]]] = {}
        for entry in printed[key]:
            row = (
                entry["printed"],
                float(entry["value"]),
                entry.get("value_to"),
                entry["qualifier"],
            )
            expected.setdefault(entry["sentence"], []).append(row)
        for sentence, rows in expected.items():
            found = [
                (
                    m.printed,
                    (m.pence or 0) / 100 if kind == "money" else m.percent,
                    m.pence_to and m.pence_to / 100,
                    m.qualifier,
                )
                for m in mentions(sentence, kind)
            ]
            assert sorted(found, key=str) == sorted(
                ((p, v, to and float(to), q) for p, v, to, q in rows), key=str
            )


def passage(order: int, text: str, **facts: Any) -> Passage:
    return Passage(order, facts.pop("kind", "paragraph"), text, **facts)


def test_a_bullet_and_a_paragraph_below_belong_to_the_number_above() -> None:
    path = ("6. Funding",)
    document = Document(
        "a.docx", "", "docx",
        passages=(
            passage(1, "6. Funding", kind="heading"),
            passage(2, "Locality Fund (LF) – via the partnerships", number="c)", heading_path=path),
            passage(3, "There will be £450,000.", heading_path=path),
            passage(4, "an item", number="•", heading_path=path, kind="list_item"),
            passage(5, "3", kind="page_number"),
        ),
    )  # fmt: skip
    found = running_texts(document)
    assert [(t.text.key, t.paragraph, t.lead) for t in found] == [
        ("p1", None, None),
        ("p2", "c)", None),
        ("p3", "c)", "Locality Fund (LF)"),
        ("p4", "c)", "Locality Fund (LF)"),
    ]


def test_budget_cells_are_no_running_text_and_others_are() -> None:
    words = "Support for young people within a school setting"
    table = Table(
        1,
        2,
        2,
        (
            Cell(0, 0, "Financial:"),
            Cell(0, 1, words),
            Cell(1, 0, "£5"),
        ),
    )
    document = Document("a.pdf", "", "pdf", tables=(table,))
    assert [(t.text.key, t.text.heading) for t in running_texts(document)] == [
        ("t1r0c1", "Financial")
    ]
    line = PrintedLine(0, None, (("service", "x"),), ())
    assert running_texts(document, [PrintedBudget(1, (), (line,))]) == ()


def test_an_amount_in_a_cell_cut_by_a_page_break_is_on_the_page_of_its_words() -> None:
    first = Place(1, Box(0, 700, 100, 720))
    second = Place(2, Box(0, 50, 100, 130))
    located = Located(Text("t1r1c1", "comment", "", None, "x" * 100), (first, second))
    assert [located.place(at).page for at in (0, 19, 20, 99)] == [1, 1, 2, 2]


@given(some.integers(1, 10**12))
@settings(max_examples=60, deadline=None)
def test_an_amount_as_people_print_it_is_read_back(pence: int) -> None:
    text = f"In all {format_pounds(pence)}, or so, was spent. More follows."
    assert [m.pence for m in mentions(text)] == [pence]


def test_the_language_library_is_loaded_only_to_read() -> None:
    code = "import pipeline.assembly, pipeline.findings, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "text",
    [
        "Priorities of the Plan for 2019/20",
        "  • Agreed on 4 June 2018 and 12 July 2018, by CI004.",
        "2018-19  2019-20 ",
        "In 2019/20, we listen...",
        "“Last reviewed in March 2020”",
    ],
)
def test_a_plain_sentence_is_read_without_spacy_as_with_it(text: str) -> None:
    assert not needs_grammar(text)
    plain = read_mentions([Text("p1", "paragraph", "", None, text)])
    assert plain == tuple(_mentions(pipeline()(text), "p1"))
    assert plain


@pytest.mark.parametrize(
    "text", ["£5,000 in 2019/20", "The 2019/20 Victims Fund", "In 2019/20. Then", "A\t2019/20"]
)
def test_amounts_funds_and_several_sentences_need_grammar(text: str) -> None:
    assert needs_grammar(text)
