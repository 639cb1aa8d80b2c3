"""Years that awards and totals in running text do not name themselves, told by what is near."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.model import Document
from normalizers.model import Amount, BudgetLine
from normalizers.years import year_of, years_in

if TYPE_CHECKING:
    from pipeline.meaning import Total

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
# `The grant is for the financial year 2024/25`; `Membership has grown since 2019/20` says nothing.
_IS_FOR = re.compile(
    r"\b(?:grant|award|contract|funding|sum|payment|money|agreement)\b[^.]{0,60}?"
    r"\b(?:for|covers?|in)\s+(?:the\s+)?(?:\w+\s+){0,3}?(?:19|20)?\d\d",
    re.I,
)


def with_the_one_year(
    lines: list[BudgetLine], totals: list[Total]
) -> tuple[list[BudgetLine], list[Total]]:
    """Amounts without a year take the one year of all the others, where there is but one."""
    years = {a.financial_year for line in lines for a in line.amounts} - {None}
    if len(years) != 1:
        return lines, totals
    year = years.pop()

    def dated(amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
        return tuple(
            a if a.financial_year else replace(a, financial_year=year, year_source="document")
            for a in amounts
        )

    return (
        [replace(line, amounts=dated(line.amounts)) for line in lines],
        [replace(total, amounts=dated(total.amounts)) for total in totals],
    )


def with_years_of_awards(lines: list[BudgetLine], totals: list[Total]) -> list[Total]:
    """Totals in running text that name no year, with the one year of the awards told there, or of
    all lines."""
    told = [line for line in lines if line.table is None]
    return with_the_one_year(told, with_the_one_year(lines, totals)[1])[1]


def with_years_of_passages(told: list[BudgetLine], document: Document) -> list[BudgetLine]:
    """Awards in text whose own words name no year, in the one year that their passage names.

    `In 2024/25 we paid Hill Trust £64,200. A further £38,750 went to …`: where an award beside
    them takes its year from the passage, theirs is no other, whatever a heading above says.
    """
    orders = {x.passage for x in told}
    texts = {p.order: p.text for p in document.passages if p.order in orders}
    named = {order: year_of(text, calendar=False) for order, text in texts.items()}
    # A sum over several years is that one award's.
    years = {order: year for order, year in named.items() if year and len(years_in(year)) == 1}
    said = {
        x.passage
        for x in told
        for a in x.amounts
        if a.year_source == "heading" and a.financial_year == years.get(x.passage or 0)
    }

    def dated(x: BudgetLine, a: Amount) -> Amount:
        year = years.get(x.passage or 0)
        weak = {None, "document", "section", "caption"} if x.passage in said else {None}
        if year is None or a.year_source not in weak:
            return a
        return replace(a, financial_year=year, year_source="caption")

    found = [replace(x, amounts=tuple(dated(x, a) for a in x.amounts)) for x in told]
    return _with_years_under_headings(found, document)


def _with_years_under_headings(told: list[BudgetLine], document: Document) -> list[BudgetLine]:
    """Awards that name no year, each alone under its heading, in the one year that the rest of the
    text there names: `The grant is for the financial year 2024/25 only.`"""
    paths = {p.order: p.heading_path for p in document.passages}
    alone = Counter(paths.get(x.passage or 0, ()) for x in told)
    texts: dict[tuple[str, ...], list[str]] = {}
    for p in document.passages:
        if p.kind in {"paragraph", "list_item"}:
            texts.setdefault(p.heading_path, []).append(p.text)

    def year(x: BudgetLine) -> str | None:
        path = paths.get(x.passage or 0, ())
        mine = path and alone[path] == 1
        said = [
            s for text in texts.get(path, ()) for s in _SENTENCE.split(text) if _IS_FOR.search(s)
        ]
        return year_of(" ".join(said), calendar=False) if mine else None

    return [
        replace(
            x,
            amounts=tuple(
                replace(a, financial_year=found, year_source="caption")
                if a.year_source in {None, "document"} and (found := year(x))
                else a
                for a in x.amounts
            ),
        )
        for x in told
    ]
