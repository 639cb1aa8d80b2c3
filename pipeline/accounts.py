"""What one document comes to by itself: its rows, its budget lines, how its sums were judged.

An account follows from the reading and the document's row of the register alone. The worker
that read the document draws it up at once, and it is kept beside the reading; what follows from
several documents together (names, history, claims) is left to `pipeline.assembly`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.budget import find_awards
from extractors.model import Document, Problem
from normalizers.model import BudgetLine
from normalizers.narrative import Mention
from normalizers.years import years_in
from pipeline import forms, narrative, priorities, rows
from pipeline.completeness import find_gaps
from pipeline.consultation import consultation_columns
from pipeline.discovery import Found
from pipeline.doubts import with_doubts
from pipeline.facts import document_row
from pipeline.meaning import Meaning, interpret
from pipeline.reading import Reading
from pipeline.records import DocumentRow, Records
from pipeline.register import RegisterRow
from pipeline.restatements import Repeat, repeated_lines
from pipeline.rows import joined
from pipeline.sums import Judgement, judge


@dataclass(frozen=True, slots=True)
class Account:
    """All that one document gives; nothing but its row where it could not be read.

    `reading_problems` were met while reading the file, `problems` in what it prints. `lines` are
    its budget lines, `repeats` those of its tables that repeat another's, `texts` its running
    text, `years` the financial years it covers. What the text mentions is found and kept apart
    from the rest, and added to `mentions` when all is there.
    """

    row: DocumentRow
    reading_problems: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    records: Records = Records()  # noqa: RUF009
    lines: tuple[BudgetLine, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    texts: tuple[narrative.Located, ...] = ()
    years: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


def draw_up(found: Found, register: RegisterRow | None, reading: Reading) -> Account:
    """The account of a document that was read, or of one that could not be."""
    row = document_row(found, reading, register, None)
    document = reading.document
    if document is None:
        return Account(row, reading.problems)
    awards = find_awards(document)
    meaning = interpret(
        document,
        reading.budgets,
        row.publisher or "",
        row.published_on,
        awards=awards.lines,
        award_totals=awards.totals,
        title=row.title,
        layout_years=reading.years_by_layout(),
    )
    judgement = with_doubts(
        judge(meaning, document, reading.budgets, reading.second_reading()),
        meaning,
        document,
        reading.budgets,
    )
    printed = rows.lines_as_printed(document, reading.budgets, awards.lines)
    texts = narrative.running_texts(document, reading.budgets)
    years = _covered_years(meaning, reading)
    budgets = document.file, reading.budgets
    with_lines = frozenset(budget.table for budget in reading.budgets if budget.lines)
    return Account(
        replace(row, financial_years=joined(years)),
        reading.problems,
        tuple(_problems(document, meaning, judgement)),
        Records(
            pages=tuple(rows.page_rows(document)),
            tables=tuple(rows.table_rows(document)),
            cells=tuple(rows.cell_rows(document)),
            cell_places=tuple(rows.cell_place_rows(document)),
            columns=tuple(rows.column_rows(*budgets)),
            numbers=tuple(rows.number_rows(*budgets)),
            lines=tuple(rows.line_rows(meaning, printed)),
            amounts=tuple(
                rows.amount_rows(
                    meaning,
                    printed,
                    judgement.statuses,
                    {table.number: table.reader for table in document.tables},
                )
            ),
            printed_totals=tuple(judgement.totals),
            checks=tuple(judgement.checks),
            passages=tuple(narrative.passage_rows(document, texts)),
            comments=tuple(narrative.comment_rows(document)),
            terms=tuple(narrative.term_rows(document, texts)),
            priorities=tuple(priorities.priority_rows(document, reading.budgets)),
            form_answers=tuple(forms.form_rows(document, with_lines)),
        ),
        meaning.lines,
        repeated_lines(meaning),
        texts,
        years,
    )


def _covered_years(meaning: Meaning, reading: Reading) -> tuple[str, ...]:
    """The financial years that a document's words or its budget lines are of."""
    printed = {a.financial_year for line in meaning.lines for a in line.amounts}
    single = {year for label in printed if label for year in years_in(label)}
    return tuple(sorted(single | {*reading.facts.financial_years}))


def _problems(document: Document, meaning: Meaning, judgement: Judgement) -> Iterator[Problem]:
    yield from document.problems
    yield from meaning.problems
    yield from judgement.problems
    used = {check.table_number for check in judgement.checks}
    used |= {line.table for line in meaning.restated}
    used |= {table.number for table in document.tables if consultation_columns(table)}
    lines_of = {line.table for line in meaning.lines}
    told = {line.passage for line in meaning.lines} | {t.row for t in meaning.award_totals}
    yield from find_gaps(document, lines_of=lines_of, used=used, told=told)
