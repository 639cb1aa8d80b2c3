"""Leads: lines that break what their siblings keep, worded as questions, ranked by pounds."""

from dataclasses import replace
from pathlib import Path

from extractors.model import Place
from normalizers.model import Amount, BudgetLine
from pipeline.figures import Figure, stems
from pipeline.leads import (
    Lead,
    broken_patterns,
    ended_without_a_word,
    lead_rows,
    nobody_named,
    printed_twice,
    swapped_digits,
)
from pipeline.meaning import Meaning
from pipeline.records import DocumentRow, ProviderNameRow
from pipeline.restatements import find_restatements, repeated_lines
from pipeline.statements import provider_conflicts, same_year_checks


def figure(name: str, year: str, pounds: float, **facts: str | None) -> Figure:
    document = facts.get("document") or "a.pdf"
    return Figure(
        document=document,
        kind="line",
        name=name,
        section=facts.get("section"),
        provision=facts.get("provision"),
        financial_year=year,
        phase=facts.get("phase") or "budget",
        pence=round(pounds * 100),
        printed=str(pounds),
        words=stems(name),
        more=stems(name),
        table_title="Budget",
        place=Place(page=3),
        provider=facts.get("provider"),
        provider_printed=facts.get("provider"),
        row_id=facts.get("row") or f"{document}/{name}",
    )


GRANTS = [("Alder", 34735, 8683.75), ("Birch", 23800, 5950), ("Cedar", 17612, 4403)]


def grants(last: float) -> list[Figure]:
    rows = [*GRANTS, ("Dogwood", 21585, last)]
    return [
        *(figure(name, "2016-17", then, document="old.docx") for name, then, _ in rows),
        *(figure(name, "2017-18", now, provision="Grants to June") for name, _, now in rows),
    ]


def test_a_grant_that_is_not_a_quarter_as_its_siblings_are() -> None:
    (lead,) = broken_patterns(grants(6366.25), {})
    assert lead.pence == 97000
    assert lead.question.startswith("Why is “Dogwood” £6,366.25 in 2017-18, when 3 other lines")
    assert "A quarter of £21,585 would be £5,396.25." in lead.question
    assert len(lead.receipts) == 4


def test_a_pattern_that_all_keep_gives_no_lead_nor_does_a_thin_one() -> None:
    assert not list(broken_patterns(grants(5396.25), {}))
    assert not list(broken_patterns([f for f in grants(6366.25) if f.name != "Alder"], {}))


def test_standing_still_is_no_pattern() -> None:
    rows = [("Alder", 5, 5), ("Birch", 6, 6), ("Cedar", 7, 7), ("Dogwood", 8, 9)]
    figures = [figure(n, y, p, section="S", row=n) for n, a, b in rows
               for y, p in (("2016-17", a), ("2017-18", b))]  # fmt: skip
    assert not list(broken_patterns(figures, {}))


def test_two_digits_exchanged() -> None:
    rows = [figure("A", "2016-17", 52445, row="r"), figure("A", "2017-18", 54245, row="r")]
    (lead,) = swapped_digits(rows, {})
    assert lead.pence == 180000
    same = [figure("A", "2016-17", 52445, row="r"), figure("A", "2017-18", 52455, row="r")]
    assert not list(swapped_digits(same, {}))


def test_one_line_printed_twice() -> None:
    rows = [figure("Review", "2017-18", 16000, provider=p, row=r)
            for p, r in (("City", "1"), ("County", "2"), ("City", "3"))]  # fmt: skip
    (lead,) = printed_twice(rows)
    assert lead.pence == 1600000


def test_a_line_that_ends_and_is_not_named() -> None:
    rows = [
        figure("Kicks football", "2018-19", 10000, row="1"),
        figure("Kicks football", "2019-20", 0, row="1"),
        figure("Night economy", "2018-19", 20000, row="2"),
        figure("Warning zone", "2019-20", 7, row="3"),
    ]
    said = {"a.pdf": "Kicks football now pays for itself. Nights are long."}
    leads = list(ended_without_a_word(rows, rows, said))
    assert ["Night economy" in lead.question for lead in leads] == [True]
    assert "nothing in 2019-20" in leads[0].question


def test_money_for_nobody_yet() -> None:
    rows = [
        figure("A", "2017-18", 9, provider="To be confirmed"),
        figure("B", "2017-18", 9, provider="Various"),
    ]
    assert [lead.pence for lead in nobody_named(rows)] == [900]


def test_leads_are_ranked_by_pounds_and_asked_once() -> None:
    leads = [Lead("r", q, p, ("x",), None) for q, p in (("a", 5), ("b", 9), ("b", 9), ("c", None))]
    assert [(row.position, row.question) for row in lead_rows(leads)] == [
        (1, "b"), (2, "a"), (3, "c"),
    ]  # fmt: skip


def budget_line(
    table: int, provider: str, row: int = 1, name: str = "Missing coordinator"
) -> BudgetLine:
    key = f"{table}.{row}"
    return BudgetLine(
        key, "a.pdf", "P", None, row, table, f"Table {table}", None, name, provider, None, None,
        None, (), (Amount(key, "2019-20", "budget", 4820000 + row, "48,200"),),
    )  # fmt: skip


def conflicts(mine: str, theirs: str, names: list[ProviderNameRow] | None = None) -> int:
    big = [
        budget_line(2, theirs),
        *(budget_line(2, "X", n, f"Other thing {n}") for n in range(2, 9)),
    ]
    small = budget_line(1, mine)
    repeats = find_restatements([*big, small], [])
    meaning = Meaning("a.pdf", tuple(big), (), repeats, (small,))
    return len(provider_conflicts(repeated_lines(meaning), names or []))


def test_one_line_given_to_two_providers() -> None:
    assert conflicts("Leicester City Council", "Leicester County Council") == 1
    assert conflicts("Princes Trust", "The Princes Trust") == 0
    assert conflicts("Partnership Trust", "Partnership NHS Trust") == 0


def test_a_name_put_right_by_a_rule_is_still_another_name() -> None:
    names = [
        ProviderNameRow(document="a.pdf", printed=printed, position=0, provider_id="one",
                        role="provider", decided_by="rule", reason="")
        for printed in ("Leicester City Council", "Leicester County Council", "LPT", "Leics Police",
                        "Leicestershire Police", "Partnership Trust")
    ]  # fmt: skip
    assert conflicts("Leicester City Council", "Leicester County Council", names) == 1
    assert conflicts("Leics Police", "Leicestershire Police", names) == 0
    assert conflicts("LPT", "Partnership Trust", names) == 0


def test_one_service_and_year_in_two_documents() -> None:
    documents = [
        DocumentRow(document="a.pdf", sha256="", format="pdf", published_on="2018-01-01"),
        DocumentRow(document="b.pdf", sha256="", format="pdf", published_on="2019-01-01"),
    ]

    def verdict(later: float, phase: str = "budget", replaces: str | None = None) -> str:
        rows = [
            figure("A", "2018-19", 100, document="a.pdf", row="1"),
            figure("A", "2018-19", later, document="b.pdf", row="2", phase=phase),
        ]
        known = [documents[0], replace(documents[1], replaces=replaces)]
        (check,) = same_year_checks(rows, {"1": "s", "2": "s"}, known)
        return check.verdict

    assert verdict(100) == "agrees"
    assert verdict(120) == "contradicts"
    assert verdict(120, phase="outturn") == "phase changed"
    assert verdict(120, replaces="Framework for 2018-19") == "restated"


def test_no_rule_of_this_file_names_a_publisher() -> None:
    home = Path(__file__).parent.parent / "pipeline"
    for name in ("leads.py", "claims.py", "verdicts.py", "claims.toml", "leads.toml"):
        assert "eicester" not in (home / name).read_text(encoding="utf-8"), name
