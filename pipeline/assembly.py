"""Puts one database's records together from all readings: what is quick and done afresh."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from extractors.model import Problem
from pipeline import rows
from pipeline.completeness import find_gaps
from pipeline.discovery import Found, find_duplicates
from pipeline.facts import document_row
from pipeline.reading import Reading
from pipeline.records import DocumentRow, IssueRow, Records
from pipeline.register import RegisterRow, read_register
from pipeline.run import Project

Row = TypeVar("Row")


def assemble(
    project: Project,
    found: tuple[Found, ...],
    readings: dict[str, Reading],
    stage_ends: Callable[[str], None],
) -> Records:
    """Every record of the database, in the order of the documents' names."""
    register = {row.path: row for row in read_register(project.raw)}
    duplicates = find_duplicates(found)
    document_rows: list[DocumentRow] = []
    problems: list[tuple[str | None, Problem]] = []
    for one in found:
        if not one.is_document:
            problems.append((one.file, _not_a_document(one.file)))
            continue
        if one.file in duplicates:
            problems.append((one.file, _duplicate(one.file, duplicates[one.file])))
        reading = readings.get(one.file, Reading(None))
        document_rows.append(
            document_row(one, reading, register.get(one.file), duplicates.get(one.file))
        )
        problems += [(one.file, problem) for problem in _problems_of(reading)]
        problems += _register_problems(one, register)
    for path in sorted(register.keys() - {one.file for one in found}):
        if not (project.raw / path).exists():
            problems.append((path, _missing(path)))

    read = [(file, r, r.document) for file, r in readings.items() if r.document is not None]
    documents = [document for _, _, document in read]
    records = Records(
        documents=tuple(document_rows),
        pages=_all(map(rows.page_rows, documents)),
        tables=_all(map(rows.table_rows, documents)),
        cells=_all(map(rows.cell_rows, documents)),
        cell_places=_all(map(rows.cell_place_rows, documents)),
        columns=_all(rows.column_rows(file, reading.budgets) for file, reading, _ in read),
        numbers=_all(rows.number_rows(file, reading.budgets) for file, reading, _ in read),
        passages=_all(map(rows.passage_rows, documents)),
    )
    stage_ends("rows")
    return replace(records, issues=_issue_rows(problems))


def _all(parts: Iterable[Iterable[Row]]) -> tuple[Row, ...]:
    return tuple(chain.from_iterable(parts))


def _problems_of(reading: Reading) -> Iterable[Problem]:
    document = reading.document
    if document is None:
        return reading.problems
    return (*document.problems, *reading.problems, *find_gaps(document, reading.budgets))


def _issue_rows(problems: Iterable[tuple[str | None, Problem]]) -> tuple[IssueRow, ...]:
    return tuple(
        rows.issue_row(file, position, problem)
        for position, (file, problem) in enumerate(problems, start=1)
    )


def _register_problems(
    one: Found, register: dict[str, RegisterRow]
) -> list[tuple[str | None, Problem]]:
    row = register.get(one.file)
    if row is None:
        return [
            (
                one.file,
                Problem(
                    "not-registered",
                    "info",
                    f"{one.file} is not in register.csv; its publisher, title and date are "
                    f"guessed from its own words (`spendtrail add {one.file}` registers it)",
                ),
            )
        ]
    if row.sha256 and row.sha256 != one.sha256:
        return [
            (
                one.file,
                Problem(
                    "register-other-bytes",
                    "warning",
                    f"{one.file} is not the file that register.csv speaks of (its sha256 differs); "
                    "if it was published anew, add it under another name, else mend the register",
                ),
            )
        ]
    return []


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
