"""Totals of awards printed in running text against the awards that they sum up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extractors.budget.clauses import COUNT, counted
from extractors.budget.entries import total_words
from extractors.budget.rows import plain
from extractors.budget.vocabulary import award_words
from extractors.model import Document, Place
from normalizers.model import Amount, BudgetLine
from pipeline.meaning import Meaning, Total
from pipeline.records import PrintedTotalRow
from pipeline.sections import numbered_headings
from pipeline.sums import Comparison, Figure, SecondReading, compare, total_row

SLIP = 0.05  # of a total of all awards: a gap beyond it is no slip, other sums are meant
_OF_HEADING = re.compile(r"\bthis (?:heading|theme|section|priority|area|strand|part)\b", re.I)
_OF_ALL = re.compile(r"\b(?:all|total|totals|altogether|together)\b", re.I)


@cache
def _counted() -> re.Pattern[str]:
    """`The ten awards come to …`: the number before is no year."""
    awards = award_words("awards").pattern
    return re.compile(
        rf"(?<![\d/–-])\b(?P<count>(?!\d{{4}}){COUNT})\s+(?:\w+\s+)?(?:{awards})", re.I
    )


def judged_award_totals(
    meaning: Meaning, document: Document, second: SecondReading | None = None
) -> Iterator[tuple[Total, PrintedTotalRow, list[str]]]:
    """Each figure of a total in running text: the total, its row, the ids of what it sums up.

    `second` has, by (0, passage, 0), the text of passages as another engine reads them, and by
    (table, row, column) that of figures in tables. A total that does not close is the publisher's
    slip only where its words say what it sums.
    """
    for total in meaning.award_totals:
        section = _of_section(total, meaning, document)
        for amount in total.amounts:
            yield (total, *_judged(total, amount, section, meaning, document, second or {}))


def open_totals(meaning: Meaning, document: Document) -> Iterator[tuple[Total, list[BudgetLine]]]:
    """The totals in running text that a second reading can decide, each with what it sums up."""
    for total in meaning.award_totals:
        section = _of_section(total, meaning, document)
        for amount in total.amounts:
            group, result = _closest(total, amount, section, meaning)
            if _is_open(total, amount, section, meaning, group, result):
                yield total, [line for line, _ in group]


def _of_section(total: Total, meaning: Meaning, document: Document) -> str | None:
    """The section that a total in running text sums up; None where it sums up all awards.

    It names the section, or stands under its heading and comes to the section's sum in each year,
    as at least others that are called like it do under theirs.
    """
    if total.section:
        return total.section
    heading = _heading(total, document)
    if total_words(total.label) == "sub" or _OF_HEADING.search(total.label):
        return heading
    for section in (None, heading):
        if _closes_over(total, section, meaning):
            return section
    named = heading in {line.section for line in meaning.lines}
    return heading if named and _others_close(total, meaning, document) else None


def _heading(total: Total, document: Document) -> str | None:
    passage = next((p for p in document.passages if p.order == total.row), None)
    heading = passage.heading_path[-1] if passage and passage.heading_path else None
    return numbered_headings(document).get(heading or "", heading)


def _beside_tables(total: Total, meaning: Meaning, document: Document) -> bool:
    """Whether all awards stand under the heading of their total, and other money in tables: it is
    no total of the document."""
    headings = {p.order: p.heading_path for p in document.passages}
    own = {headings.get(line.passage or 0) for line in meaning.lines if line.table is None}
    tabled = any(line.table is not None for line in meaning.lines)
    return tabled and own == {headings.get(total.row)}


def _closes_over(total: Total, section: str | None, meaning: Meaning) -> bool:
    found = [_closest(total, amount, section, meaning)[1] for amount in total.amounts]
    return all(result.closes for result in found)


def _others_close(total: Total, meaning: Meaning, document: Document) -> bool:
    """Whether other totals of the same name each come to the sum of their own section."""
    others = [
        t for t in meaning.award_totals if t is not total and plain(t.label) == plain(total.label)
    ]
    sections = [(t, _heading(t, document)) for t in others]
    return any(section and _closes_over(t, section, meaning) for t, section in sections)


_Line = tuple[BudgetLine, Amount]


def _closest(
    total: Total, amount: Amount, section: str | None, meaning: Meaning
) -> tuple[list[_Line], Comparison]:
    """The figures of a section's awards of a year that a total comes to, or of all its lines.

    Where its sum of another year closes over the lines of some tables, it is these that it sums.
    """
    figure = Figure((0, total.row, 0), amount)
    compared = _compared(total, amount, section, meaning)
    closing = [pair for pair in compared if pair[1].closes]
    if compared and not closing:
        for other in (a for a in total.amounts if a is not amount):
            for group, result in _compared(total, other, section, meaning):
                tables = {line.table for line, _ in group}
                alike = [x for x in compared[-1][0] if x[0].table in tables]
                if result.closes and alike:
                    return alike, compare(figure, _figures(alike), {})
    nothing = Comparison(0, figure.pence, "cannot_tell", "no award of its year was found")
    return next(iter(closing or compared), ([], nothing))


def _compared(
    total: Total, amount: Amount, section: str | None, meaning: Meaning
) -> list[tuple[list[_Line], Comparison]]:
    """A total's sum of a year beside those of the awards in text, and of all lines."""
    own = [
        (line, a)
        for line in meaning.lines
        if section in {None, line.section}
        for a in line.amounts
        if a.pence is not None
        and a.financial_year == amount.financial_year
        # What was asked for is no part of what was given.
        and (a.phase == "requested") == (amount.phase == "requested")
    ]
    awards = [(line, a) for line, a in own if line.table is None]
    figure = Figure((0, total.row, 0), amount)
    return [(group, compare(figure, _figures(group), {})) for group in (awards, own) if group]


def _figures(group: list[_Line]) -> list[Figure]:
    """The figures, those of awards in text by passage and number."""
    return [
        Figure(
            (line.table, line.row or 0, a.column or 0) if line.table else (0, line.passage or 0, n),
            a,
        )
        for n, (line, a) in enumerate(group, start=1)
    ]


def _judged(
    total: Total,
    amount: Amount,
    section: str | None,
    meaning: Meaning,
    document: Document,
    second: SecondReading,
) -> tuple[PrintedTotalRow, list[str]]:
    """A total printed in running text against the awards of its year, or all lines of its year."""
    group, result = _closest(total, amount, section, meaning)
    figures, figure = _figures(group), Figure((0, total.row, 0), amount)
    if _is_open(total, amount, section, meaning, group, result):
        result = compare(figure, figures, _again((figure, *figures), second))
    passage = next((p for p in document.passages if p.order == total.row), None)
    place = passage.places[0] if passage and passage.places else Place()
    if section is None and result.closes and _beside_tables(total, meaning, document):
        section = _heading(total, document)
    row = total_row(replace(total, section=section), amount, result, place)
    return row, [f.amount.amount_id for f in figures]


def _is_open(
    total: Total,
    amount: Amount,
    section: str | None,
    meaning: Meaning,
    group: list[_Line],
    result: Comparison,
) -> bool:
    """Whether a total does not close, though it sums these awards: its words say so, by their
    count, or, but for a slip, as a section or all of them; or its sum of another year closes."""
    awards = len({line.line_id for line, _ in group})
    if not awards or result.verdict != "cannot_tell":
        return False
    near = awards > 1 and abs(result.difference) <= SLIP * abs(result.computed)
    others = [a for a in total.amounts if a is not amount]
    if near and any(r.closes for a in others for _, r in _compared(total, a, section, meaning)):
        return True
    count = _counted().search(total.label)
    if count:
        return counted(count["count"]) == awards
    return near and (section is not None or bool(_OF_ALL.search(total.label)))


def _again(figures: tuple[Figure, ...], second: SecondReading) -> dict[tuple[int, int, int], str]:
    """What another engine has for each figure; of a figure in text, whether its passage has it."""
    found = {}
    for figure in figures:
        table, row, _ = figure.key
        text = second.get(figure.key if table else (0, row, 0))
        if text:
            has = not table and _squeezed(figure.amount.printed) in _squeezed(text)
            found[figure.key] = figure.amount.printed if has else text
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())
