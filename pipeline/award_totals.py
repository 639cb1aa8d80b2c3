"""Totals of awards printed in running text against the awards that they sum up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.budget.entries import total_words
from extractors.model import Document, Place
from normalizers.model import Amount, BudgetLine
from pipeline.meaning import Meaning, Total
from pipeline.records import PrintedTotalRow
from pipeline.sections import numbered_headings
from pipeline.sums import Comparison, Figure, compare, total_row


def judged_award_totals(
    meaning: Meaning, document: Document
) -> Iterator[tuple[Total, PrintedTotalRow, list[str]]]:
    """Each figure of a total in running text: the total, its row, the ids of what it sums up."""
    for total in meaning.award_totals:
        section = _of_section(total, meaning, document)
        for amount in total.amounts:
            yield (total, *_judged(total, amount, section, meaning, document))


def _of_section(total: Total, meaning: Meaning, document: Document) -> str | None:
    """The section that a total in running text sums up; None where it sums up all awards.

    It names the section, or stands under its heading and comes to the section's sum in each year.
    """
    if total.section:
        return total.section
    passage = next((p for p in document.passages if p.order == total.row), None)
    heading = passage.heading_path[-1] if passage and passage.heading_path else None
    heading = numbered_headings(document).get(heading or "", heading)
    if total_words(total.label) == "sub":
        return heading
    for section in (None, heading):
        found = [_closest(total, amount, section, meaning)[1] for amount in total.amounts]
        if all(result.closes for result in found):
            return section
    return None


def _closest(
    total: Total, amount: Amount, section: str | None, meaning: Meaning
) -> tuple[list[Figure], Comparison]:
    """The figures of a section's awards of a year that a total comes to, or of all its lines."""
    figure = Figure((0, total.row, 0), amount)

    def figures(lines: Iterable[BudgetLine]) -> list[Figure]:
        return [
            Figure((line.table or 0, line.row or 0, a.column or 0), a)
            for line in lines
            for a in line.amounts
            if a.pence is not None
            and a.financial_year == amount.financial_year
            # What was asked for is no part of what was given.
            and (a.phase == "requested") == (amount.phase == "requested")
        ]

    own = [line for line in meaning.lines if section in {None, line.section}]
    awards = figures(line for line in own if line.table is None)
    compared = [(group, compare(figure, group, {})) for group in (awards, figures(own)) if group]
    closing_ones = [pair for pair in compared if pair[1].closes]
    nothing = Comparison(0, figure.pence, "cannot_tell", "no award of its year was found")
    return next(iter(closing_ones or compared), ([], nothing))


def _judged(
    total: Total, amount: Amount, section: str | None, meaning: Meaning, document: Document
) -> tuple[PrintedTotalRow, list[str]]:
    """A total printed in running text against the awards of its year, or all lines of its year."""
    group, result = _closest(total, amount, section, meaning)
    passage = next((p for p in document.passages if p.order == total.row), None)
    place = passage.places[0] if passage and passage.places else Place()
    row = total_row(replace(total, section=section), amount, result, place)
    return row, [f.amount.amount_id for f in group]
