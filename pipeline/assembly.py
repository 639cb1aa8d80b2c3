"""Puts one database's records together from all readings: what is quick and done afresh."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from extractors.budget import find_awards
from extractors.model import Document, PrintedLine, Problem
from normalizers.years import years_in
from pipeline import findings, forms, narrative, priorities, rows
from pipeline.completeness import find_gaps
from pipeline.consultation import consultation_columns
from pipeline.coverage import coverage_rows
from pipeline.discovery import Found, find_duplicates
from pipeline.facts import document_row
from pipeline.meaning import Meaning, interpret
from pipeline.names import add_names
from pipeline.reading import Reading
from pipeline.records import DocumentRow, IssueRow, Records
from pipeline.register import RegisterRow, read_register
from pipeline.rows import joined
from pipeline.sightings import superseded_files
from pipeline.sums import Judgement, judge

if TYPE_CHECKING:
    from pipeline.run import Project

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Read:
    """One document that was read, what its budgets mean, and how its sums were judged."""

    row: DocumentRow
    document: Document
    reading: Reading
    printed: dict[str, PrintedLine]
    texts: tuple[narrative.Located, ...]
    meaning: Meaning
    judgement: Judgement


def assemble(
    project: Project,
    found: tuple[Found, ...],
    readings: dict[str, Reading],
    stage_ends: Callable[[str], None],
) -> Records:
    """Every record of the database, in the order of the documents' names."""
    register = {row.path: row for row in read_register(project.raw)}
    documents, problems = _documents(found, readings, register)
    for path in sorted(register.keys() - {one.file for one in found}):
        if not (project.raw / path).exists():
            problems.append((path, _missing(path)))
    read = [_interpret(row, readings[row.document]) for row in documents if row.is_read]
    covered = {one.document.file: _covered_years(one) for one in read}
    documents = [
        replace(row, financial_years=joined(covered.get(row.document, ()))) for row in documents
    ]
    stage_ends("judge")
    for one in read:
        problems += [(one.document.file, problem) for problem in _problems_of(one)]
    # A version that its publisher replaced keeps its rows, but nothing follows from them any more.
    superseded = superseded_files(project.raw)
    problems += [
        (row.document, _superseded(row.document, superseded[row.document]))
        for row in documents
        if row.document in superseded
    ]
    lines = [
        line for one in read if one.document.file not in superseded for line in one.meaning.lines
    ]
    naming = add_names(lines, replace(_tables(read), documents=tuple(documents)), project.decisions)
    if project.keeps_ids:
        naming.keep_ids(project.judgements)
    problems += naming.problems
    records = replace(
        naming.records,
        amounts=tuple(
            replace(row, is_current=False) if row.document in superseded else row
            for row in naming.records.amounts
        ),
    )
    stage_ends("names")
    found_in_words = findings.find(records, [_narrative(one) for one in read])
    problems += found_in_words.problems
    checks = (*records.checks, *found_in_words.checks)
    records = replace(
        records,
        narrative_amounts=found_in_words.narrative_amounts,
        percentages=found_in_words.percentages,
        mentions=found_in_words.mentions,
        line_priorities=found_in_words.line_priorities,
        leads=found_in_words.leads,
        checks=tuple(replace(row, position=at) for at, row in enumerate(checks, start=1)),
        issues=_issue_rows(problems),
    )
    stage_ends("claims")
    records = replace(records, coverage=coverage_rows(records))
    stage_ends("rows")
    return records


def _documents(
    found: tuple[Found, ...], readings: dict[str, Reading], register: dict[str, RegisterRow]
) -> tuple[list[DocumentRow], list[tuple[str | None, Problem]]]:
    """A row for each document, read or not, and what there is to say about the files."""
    duplicates = find_duplicates(found, register)
    documents: list[DocumentRow] = []
    problems: list[tuple[str | None, Problem]] = []
    for one in found:
        if not one.is_document:
            problems.append((one.file, _not_a_document(one.file)))
            continue
        first = duplicates.get(one.file)
        if first is not None:
            problems.append((one.file, _duplicate(one.file, first)))
        reading = readings.get(one.file, Reading(None))
        documents.append(document_row(one, reading, register.get(one.file), first))
        problems += [(one.file, problem) for problem in reading.problems]
        problems += [(one.file, problem) for problem in _register_problems(one, register)]
    return documents, problems


def _interpret(row: DocumentRow, reading: Reading) -> Read:
    document = reading.document
    assert document is not None  # the row says that it was read
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
    judgement = judge(meaning, document, reading.budgets, reading.second_reading())
    return Read(
        row,
        document,
        reading,
        rows.lines_as_printed(document, reading.budgets, awards.lines),
        narrative.running_texts(document, reading.budgets),
        meaning,
        judgement,
    )


def _covered_years(one: Read) -> tuple[str, ...]:
    """The financial years that a document's words or its budget lines are of."""
    printed = {a.financial_year for line in one.meaning.lines for a in line.amounts}
    single = {year for label in printed if label for year in years_in(label)}
    return tuple(sorted(single | {*one.reading.facts.financial_years}))


def _narrative(one: Read) -> findings.Narrative:
    return findings.Narrative(
        one.document.file, one.texts, one.reading.mentions, _covered_years(one), one.meaning
    )


def _tables(read: list[Read]) -> Records:
    """The records of each document alone, one document after the other."""
    documents = [one.document for one in read]
    budgets = [(one.document.file, one.reading.budgets) for one in read]
    checks = chain.from_iterable(one.judgement.checks for one in read)
    return Records(
        pages=_all(map(rows.page_rows, documents)),
        tables=_all(map(rows.table_rows, documents)),
        cells=_all(map(rows.cell_rows, documents)),
        cell_places=_all(map(rows.cell_place_rows, documents)),
        columns=_all(rows.column_rows(*each) for each in budgets),
        numbers=_all(rows.number_rows(*each) for each in budgets),
        lines=_all(rows.line_rows(one.meaning, one.printed) for one in read),
        amounts=_all(
            rows.amount_rows(one.meaning, one.printed, one.judgement.statuses) for one in read
        ),
        printed_totals=_all(one.judgement.totals for one in read),
        checks=tuple(replace(row, position=at) for at, row in enumerate(checks, start=1)),
        passages=_all(narrative.passage_rows(one.document, one.texts) for one in read),
        comments=_all(map(narrative.comment_rows, documents)),
        terms=_all(narrative.term_rows(one.document, one.texts) for one in read),
        priorities=_all(
            priorities.priority_rows(one.document, one.reading.budgets) for one in read
        ),
        form_answers=_all(
            forms.form_rows(
                one.document, frozenset(b.table for b in one.reading.budgets if b.lines)
            )
            for one in read
        ),
    )


def _all(parts: Iterable[Iterable[Row]]) -> tuple[Row, ...]:
    return tuple(chain.from_iterable(parts))


def _problems_of(one: Read) -> Iterator[Problem]:
    yield from one.document.problems
    yield from one.meaning.problems
    yield from one.judgement.problems
    used = {check.table_number for check in one.judgement.checks}
    used |= {line.table for line in one.meaning.restated}
    used |= {table.number for table in one.document.tables if consultation_columns(table)}
    lines_of = {line.table for line in one.meaning.lines}
    yield from find_gaps(one.document, lines_of=lines_of, used=used)


def _issue_rows(problems: Iterable[tuple[str | None, Problem]]) -> tuple[IssueRow, ...]:
    return tuple(
        rows.issue_row(file, position, problem)
        for position, (file, problem) in enumerate(problems, start=1)
    )


def _register_problems(one: Found, register: dict[str, RegisterRow]) -> Iterator[Problem]:
    row = register.get(one.file)
    if row is None:
        yield Problem(
            "not-registered",
            "info",
            f"{one.file} is not in register.csv; its publisher, title and date are guessed "
            f"from its own words (`spendtrail add 'raw_docs/{one.file}'` registers it)",
        )
    elif row.sha256 and row.sha256 != one.sha256:
        yield Problem(
            "register-other-bytes",
            "warning",
            f"{one.file} is not the file that register.csv speaks of (its sha256 differs); "
            "if it was published anew, add it under another name, else mend the register",
        )


def _superseded(file: str, newer: str) -> Problem:
    return Problem(
        "superseded-version",
        "info",
        f"{file} was replaced under its address by {newer}, whose figures count; its own are kept",
    )


def _missing(path: str) -> Problem:
    return Problem(
        "registered-but-missing",
        "warning",
        f"{path} is in register.csv but not in the folder; fetch it again or drop the row",
    )


def _duplicate(file: str, first: str) -> Problem:
    return Problem(
        "duplicate-document",
        "info",
        f"{file} has the same bytes as {first} and is counted once; remove one of them",
    )


def _not_a_document(file: str) -> Problem:
    return Problem(
        "not-a-document",
        "warning",
        f"{file} is neither a PDF nor a Word file by its ending or content and was left alone; "
        "move it away, or save it as one of these",
    )
