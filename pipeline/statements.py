"""The same thing stated twice: two tables that name it differently, two documents that differ.

Tables of one document that repeat each other are compared line by line; figures of one service
and year in several documents are compared in the order in which the documents were published.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extractors.model import Place, Problem
from normalizers.amounts import format_pounds
from normalizers.model import BudgetLine
from pipeline.figures import Figure, where
from pipeline.leads import Lead
from pipeline.records import CheckRow, DocumentRow, ProviderNameRow
from pipeline.restatements import Repeat

SAME_YEAR = "same service and year in two documents"


def provider_conflicts(
    repeats: Sequence[Repeat], names: Sequence[ProviderNameRow]
) -> tuple[Repeat, ...]:
    """The repeated lines that the two tables give to different providers.

    Two spellings of one organisation are no conflict. That `names` take both for the same is
    not enough to make them so: one may have been put right.
    """
    resolved: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in names:
        if name.provider_id:
            resolved[name.document, name.printed].add(name.provider_id)
    found = []
    for line, source in repeats:
        mine, theirs = line.provider_printed, source.provider_printed
        if not mine or not theirs:
            continue
        same = resolved[line.document, mine] & resolved[line.document, theirs]
        if not _same_name(mine, theirs, taken_for_same=bool(same)):
            found.append((line, source))
    return tuple(found)


def _same_name(one: str, other: str, taken_for_same: bool) -> bool:
    """Whether two names differ by spelling, added words or abbreviation only."""
    first, second = (
        set(re.findall(r"\w+", name.replace("&", "and").replace("’", "'").casefold()))
        for name in (one, other)
    )
    left, right = first - second, second - first
    if not left or not right or "".join(sorted(first)) == "".join(sorted(second)):
        return True
    if not taken_for_same:
        return False
    short = any(len(name.split()) == 1 and name.isupper() for name in (one, other))
    return short or any(a[:4] == b[:4] for a in left for b in right)


def conflict_problems(conflicts: Sequence[Repeat], figures: Sequence[Figure]) -> Iterator[Problem]:
    """An issue for each provider that two tables of a document name differently."""
    for line, source in conflicts:
        place = _place(source, figures)
        yield Problem(
            "provider-named-differently",
            "warning",
            f"{_told(line)} is given to “{line.provider_printed}” in {_table(line)}, and to "
            f"“{source.provider_printed}” in {_table(source)}. Look at both tables; a row in "
            "providers.csv decides which organisation is meant.",
            source.provider_printed,
            place,
            source.table,
        )


def conflict_leads(conflicts: Sequence[Repeat], figures: Sequence[Figure]) -> Iterator[Lead]:
    """A question for each provider that two tables of a document name differently."""
    for line, source in conflicts:
        place = _place(source, figures)
        pence = max((abs(a.pence) for a in line.amounts if a.pence is not None), default=None)
        yield Lead(
            "provider named differently",
            f"Who provides {_told(line)}: “{line.provider_printed}” ({_table(line)}) or "
            f"“{source.provider_printed}” ({_table(source)})?",
            pence,
            (
                f"“{line.provider_printed}” ({_table(line)} of {line.document})",
                f"“{source.provider_printed}” ({where(source.document, place)})",
            ),
            source.document,
            place,
        )


def _told(line: BudgetLine) -> str:
    amounts = ", ".join(
        f"{format_pounds(a.pence)} in {a.financial_year}"
        for a in line.amounts
        if a.pence is not None
    )
    return f"“{line.service_printed or line.provision}” ({amounts})"


def _table(line: BudgetLine) -> str:
    return f"“{line.table_title}”" if line.table_title else f"table {line.table}"


def _place(line: BudgetLine, figures: Sequence[Figure]) -> Place:
    return next((f.place for f in figures if f.row_id == line.line_id), Place())


# --- one service and year in several documents -------------------------------------------------


def same_year_checks(
    figures: Sequence[Figure], services: Mapping[str, str], documents: Sequence[DocumentRow]
) -> Iterator[CheckRow]:
    """One check for each service and year that two documents state, earlier against later.

    `services` gives the service of each line id. The verdict is agrees, restated (the later
    document says that it replaces the earlier, or revises), phase changed, or contradicts.
    """
    rows = {row.document: row for row in documents}
    stated: dict[tuple[str, str], dict[str, list[Figure]]] = {}
    for figure in figures:
        service = services.get(figure.row_id)
        if figure.kind == "line" and service and figure.financial_year:
            key = (service, figure.financial_year)
            stated.setdefault(key, {}).setdefault(figure.document, []).append(figure)
    order = {
        name: at for at, name in enumerate(sorted(rows, key=lambda n: _when(rows[n], figures)))
    }
    for (service, year), by_document in sorted(stated.items()):
        names = sorted(by_document, key=lambda name: order.get(name, len(order)))
        for earlier, later in pairwise(names):
            yield _same_year(service, year, by_document[earlier], by_document[later], rows[later])


def _when(row: DocumentRow, figures: Sequence[Figure]) -> tuple[str, str]:
    """When a document was published, else the first day of the last year that it prints."""
    last = max(
        (f.financial_year for f in figures if f.document == row.document and f.financial_year),
        default="",
    )
    return (row.published_on or (f"{last[:4]}-03" if last else ""), row.document)


def _same_year(
    service: str, year: str, before: Sequence[Figure], after: Sequence[Figure], later: DocumentRow
) -> CheckRow:
    expected, found = sum(f.pence for f in before), sum(f.pence for f in after)
    phases = ({f.phase for f in before}, {f.phase for f in after})
    replaces = later.replaces or ""
    if expected == found:
        verdict, how = "agrees", "both say"
    elif phases[0] != phases[1]:
        verdict = "phase changed"
        how = f"{_spelt(phases[0])} became {_spelt(phases[1])}:"
    elif replaces and (year in replaces or not re.search(r"\d{4}-\d\d", replaces)):
        verdict, how = "restated", f"{later.document} replaces {replaces}:"
    else:
        verdict, how = "contradicts", "the two differ for the same year and kind of figure:"
    first = f"{format_pounds(expected)} ({before[0].what()})"
    second = f"{format_pounds(found)} ({after[0].what()})"
    return CheckRow(
        document=later.document,
        position=0,
        kind=SAME_YEAR,
        scope=f"{service}, {year}",
        expected=expected / 100,
        found=found / 100,
        difference=(found - expected) / 100,
        verdict=verdict,
        explanation=f"“{after[0].name}”, {year}: {how} {first}, then {second}.",
        place=after[0].place,
    )


def _spelt(phases: set[str | None]) -> str:
    return " and ".join(sorted(phase or "an unnamed kind" for phase in phases))


def same_year_leads(checks: Sequence[CheckRow]) -> Iterator[Lead]:
    """A question for each service and year that two documents state differently without a word."""
    for check in checks:
        if check.kind == SAME_YEAR and check.verdict == "contradicts":
            yield Lead(
                "documents disagree",
                f"Which figure holds? {check.explanation}",
                round(abs(check.difference or 0) * 100),
                (check.explanation,),
                check.document,
                check.place,
            )
