"""The second, independent reading of a document's figures, made only where a sum is in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractors.budget.awards import Awards, find_awards
from extractors.budget.told_totals import told_totals
from extractors.model import Document, PrintedBudget
from pipeline.award_totals import open_totals
from pipeline.meaning import interpret
from pipeline.sums import judge

# Verdicts that a second reading can decide.
OPEN = {"cannot_tell", "misread", "publisher"}
SecondText = tuple[int, int, int, str]  # table, row, column, text


def read_again(
    path: Path, document: Document, budgets: tuple[PrintedBudget, ...]
) -> tuple[SecondText, ...]:
    """The figures of the tables in which a sum does not close, as another engine reads them.

    Of totals in running text, and awards there, these are the texts of their passages, by (0,
    passage, 0).
    """
    awards = find_awards(document) if _tells_totals(document) else Awards()
    meaning = interpret(document, budgets, "", awards=awards.lines, award_totals=awards.totals)
    judgement = judge(meaning, document, budgets)
    doubtful = {total.table_number for total in judgement.totals if total.verdict in OPEN}
    doubtful |= {check.table_number for check in judgement.checks if check.verdict in OPEN}
    told: set[int] = set()
    for total, lines in open_totals(meaning, document):
        told |= {total.row, *(x.passage for x in lines if x.passage is not None)}
        doubtful |= {x.table for x in lines if x.table is not None}
    budgets = tuple(budget for budget in budgets if budget.table in doubtful)
    if not budgets and not told:
        return ()
    cells = {
        _in_table(budget, row, amount.column)
        for budget in budgets
        for row, amounts in [
            *((line.row, line.amounts) for line in budget.lines),
            *((total.row, total.amounts) for total in budget.totals),
        ]
        if row is not None
        for amount in amounts
    }
    cells |= {
        _in_table(budget, number.row, number.column)
        for budget in budgets
        for number in budget.numbers
    }
    read = _read_pdf if document.format == "pdf" else _read_word
    return tuple(sorted(read(path, document, cells, told)))


def _tells_totals(document: Document) -> bool:
    return any(True for _ in told_totals([p for p in document.passages if p.text]))


def _in_table(budget: PrintedBudget, row: int, column: int) -> tuple[int, int, int]:
    """Where a figure stands in the table itself, which the budget may have turned."""
    return (budget.table, column, row) if budget.turned else (budget.table, row, column)


def _read_word(
    path: Path, document: Document, cells: set[tuple[int, int, int]], told: set[int]
) -> Iterator[SecondText]:
    from extractors.word.second import second_reading, second_text

    if told:
        whole = "".join(second_text(path).split())
        for passage in document.passages:
            if passage.order in told and "".join(passage.text.split()) in whole:
                yield 0, passage.order, 0, passage.text
    grids = second_reading(path) if cells else {}
    for table, row, column in cells:
        grid = grids.get(table, [])
        if row < len(grid) and column < len(grid[row]):
            yield table, row, column, grid[row][column]


def _read_pdf(
    path: Path, document: Document, cells: set[tuple[int, int, int]], told: set[int]
) -> Iterator[SecondText]:
    from extractors.pdf.second import read_boxes

    places = {
        (table.number, cell.row, cell.column): cell.places
        for table in document.tables
        for cell in table.cells
    }
    wanted = [(cell, place) for cell in sorted(cells) for place in places.get(cell, ())[:1]]
    wanted += [
        ((0, passage.order, 0), place)
        for passage in document.passages
        if passage.order in told
        for place in passage.places
    ]
    texts = read_boxes(path, [place for _, place in wanted])
    found: dict[tuple[int, int, int], str] = {}
    for (cell, _), text in zip(wanted, texts, strict=True):
        if text:  # a scan has no second reading of this kind
            found[cell] = f"{found[cell]} {text}" if cell in found else text
    for cell, text in found.items():
        yield (*cell, text)
