"""The labelled lines of `tests/bench`: budget lines as printed, and pairs as people judged them.

`lines.csv` and `service_pairs.csv` are the five documents of `raw_docs`, looked up on the page;
`other_*.csv` are made up, of a publisher and places that do not exist, with traps.
"""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

from normalizers.judgements import Judgements
from normalizers.model import Amount, BudgetLine
from normalizers.providers import PrintedName, ProviderBook, read_providers
from normalizers.publishers import read_publisher
from normalizers.service_names import find_acronyms
from normalizers.services import ServiceLine, read_service_lines

BENCH = Path(__file__).parent / "bench"
LEICESTERSHIRE = "Office of the Police and Crime Commissioner for Leicestershire"
WESTMARCH = "Police and Crime Commissioner for Westmarch"
PUBLISHERS = {"lines.csv": LEICESTERSHIRE, "other_lines.csv": WESTMARCH}
GLOSSARY = {
    LEICESTERSHIRE: {
        "LLR": "Leicester, Leicestershire and Rutland",
        "PLF": "Partnership Locality Fund",
        "CSE": "Child Sexual Exploitation",
        "SV/DV": "Sexual violence/domestic violence",
        "YOS": "Youth Offending Service",
        "IOM": "Integrated Offender Management",
        "OPCC": "Office of the Police and Crime Commissioner",
    },
    WESTMARCH: {
        "ISVA": "Independent Sexual Violence Adviser",
        "CYP": "Children and young people",
        "YOT": "Youth Offending Team",
        "CSP": "Community Safety Partnership",
    },
}


def read_lines(name: str = "lines.csv", publisher: str | None = None) -> list[BudgetLine]:
    """The lines of a bench file as budget lines of one publisher."""
    with (BENCH / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        BudgetLine(
            line_id=row["line"],
            document=row["document"],
            publisher=publisher or PUBLISHERS[name],
            published_on=None,
            order=order,
            table=1,
            table_title=None,
            section=row["section"] or None,
            service_printed=row["service"] or None,
            provider_printed=row["provider"] or None,
            provision=row["provision"] or None,
            mechanism_printed=row["mechanism"] or None,
            reach_printed=row["reach"] or None,
            priorities=(),
            amounts=tuple(
                Amount(
                    amount_id=f"{row['line']}/{year}",
                    financial_year=year,
                    phase="budget",
                    pence=round(float(pounds) * 100),
                    printed=pounds,
                )
                for year, pounds in (part.split("=") for part in row["amounts"].split("; "))
            ),
        )
        for order, row in enumerate(rows)
    ]


def read_pairs(name: str = "service_pairs.csv") -> list[dict[str, str]]:
    """The labelled pairs of a bench file."""
    with (BENCH / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def prepare(
    lines: list[BudgetLine], judgements: Judgements | None = None
) -> tuple[list[ServiceLine], ProviderBook]:
    """The lines ready to be matched, and their providers."""
    publishers = {line.publisher: read_publisher(line.publisher) for line in lines}
    terms = {publishers[p].short: GLOSSARY.get(p, {}) for p in publishers}
    first_years = _first_years(lines)
    names = [
        PrintedName(
            line.document, line.publisher, first_years.get(line.document), line.provider_printed
        )
        for line in lines
        if line.provider_printed
    ]
    book = read_providers(names, terms, judgements or Judgements())
    acronyms = {}
    for publisher in publishers.values():
        own = [line for line in lines if publishers[line.publisher] == publisher]
        texts = [t for line in own for t in (line.service_printed, line.provision) if t]
        acronyms[publisher.short] = find_acronyms(texts, terms[publisher.short])
    return read_service_lines(lines, book, acronyms, terms, publishers), book


def _first_years(lines: list[BudgetLine]) -> dict[str, str]:
    first: dict[str, str] = {}
    for line in lines:
        for amount in line.amounts:
            if amount.financial_year:
                year = first.get(line.document, amount.financial_year)
                first[line.document] = min(year, amount.financial_year)
    return first


def same_pairs(pairs: list[dict[str, str]]) -> set[frozenset[str]]:
    """All pairs that people judged to be one service, those that follow from others included."""
    groups: dict[str, set[str]] = {}
    for pair in pairs:
        if pair["relation"] == "same":
            both = groups.get(pair["earlier"], {pair["earlier"]}) | groups.get(
                pair["later"], {pair["later"]}
            )
            for line in both:
                groups[line] = both
    return {frozenset(pair) for group in groups.values() for pair in combinations(sorted(group), 2)}


def grouped_pairs(groups: tuple[tuple[str, ...], ...]) -> set[frozenset[str]]:
    """All pairs within groups."""
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}
