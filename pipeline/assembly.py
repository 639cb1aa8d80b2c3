"""Puts one database's records together from the accounts of all documents, afresh each run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from itertools import chain
from typing import TYPE_CHECKING

from extractors.model import Problem
from pipeline import findings, rows
from pipeline.accounts import Account
from pipeline.coverage import coverage_rows
from pipeline.discovery import Found, find_duplicates
from pipeline.facts import document_row
from pipeline.names import add_names
from pipeline.reading import Reading
from pipeline.records import CheckRow, DocumentRow, IssueRow, Records
from pipeline.register import RegisterRow, read_register
from pipeline.sightings import superseded_files

if TYPE_CHECKING:
    from pipeline.run import Project


def assemble(
    project: Project,
    found: tuple[Found, ...],
    accounts: dict[str, Account],
    stage_ends: Callable[[str], None],
) -> Records:
    """Every record of the database, in the order of the documents' names."""
    register = {row.path: row for row in read_register(project.raw)}
    documents, problems = _documents(found, accounts, register)
    for path in sorted(register.keys() - {one.file for one in found}):
        if not (project.raw / path).exists():
            problems.append((path, _missing(path)))
    read = [accounts[row.document] for row in documents if row.is_read]
    for one in read:
        problems += [(one.row.document, problem) for problem in one.problems]
    # A version that its publisher replaced keeps its rows, but nothing follows from them any more.
    superseded = superseded_files(project.raw)
    problems += [
        (row.document, _superseded(row.document, superseded[row.document]))
        for row in documents
        if row.document in superseded
    ]
    lines = [line for one in read if one.row.document not in superseded for line in one.lines]
    naming = add_names(lines, replace(_together(read), documents=documents), project.decisions)
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
        checks=_numbered(checks),
        issues=_issue_rows(problems),
    )
    stage_ends("claims")
    records = replace(records, coverage=coverage_rows(records))
    stage_ends("rows")
    return records


def _documents(
    found: tuple[Found, ...], accounts: dict[str, Account], register: dict[str, RegisterRow]
) -> tuple[tuple[DocumentRow, ...], list[tuple[str | None, Problem]]]:
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
            documents.append(document_row(one, Reading(None), register.get(one.file), first))
        else:
            account = accounts[one.file]
            documents.append(account.row)
            problems += [(one.file, problem) for problem in account.reading_problems]
        problems += [(one.file, problem) for problem in _register_problems(one, register)]
    return tuple(documents), problems


def _narrative(one: Account) -> findings.Narrative:
    return findings.Narrative(one.row.document, one.texts, one.mentions, one.years, one.repeats)


def _together(read: list[Account]) -> Records:
    """The records of each document alone, one document after the other."""
    parts = {
        field.name: tuple(chain.from_iterable(getattr(one.records, field.name) for one in read))
        for field in fields(Records)
    }
    together = Records(**parts)
    return replace(together, checks=_numbered(together.checks))


def _numbered(checks: Iterable[CheckRow]) -> tuple[CheckRow, ...]:
    return tuple(replace(row, position=at) for at, row in enumerate(checks, start=1))


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
