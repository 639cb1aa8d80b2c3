"""Two lists side by side in one grid (`Group | Project | Award | Group | Project | Award`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from extractors.budget.entries import total_words
from extractors.budget.rows import plain, rows_of
from extractors.budget.vocabulary import roles_of
from extractors.model import (
    Cell,
    Column,
    NumberSeen,
    PrintedAmount,
    PrintedBudget,
    PrintedLine,
    PrintedTotal,
    Role,
    Table,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the lists: its cells as a table of its own, and how far to the left it was moved."""

    table: Table
    offset: int


def parts_beside(table: Table, headings: Sequence[str], header_rows: Sequence[int]) -> list[Part]:
    """The lists that stand side by side in a table; none where it is one list."""
    if not header_rows:
        return []
    rows = rows_of(table)
    shown = [_label(rows[header_rows[-1]].at(c)) for c in range(table.column_count)]
    labels = [plain(text) or text for text in shown]
    for size in range(2, table.column_count // 2 + 1):
        times, over = divmod(len(labels), size)
        group = labels[:size]
        if over or "" in group or labels != group * times or not _names(group, {"reach"}):
            continue
        return [_part(table, size * n, size) for n in range(times)]
    at = _where_another_begins(labels) or _where_totals_part(table, labels)
    return [_part(table, 0, at), _part(table, at, len(labels) - at)] if at else []


def _where_another_begins(labels: Sequence[str]) -> int:
    """The column after which another list stands, which ends in the same heading of money; else 0.

    `Ward | Group | Award | Activity | Provider | Award` is two lists.
    """
    if labels.count(labels[-1]) != 2 or "" in labels:
        return 0
    at = labels.index(labels[-1]) + 1
    money = roles_of(labels[-1], "number")[:1]
    sides = labels[:at], labels[at:]
    distinct = len(set(labels)) == len(labels) - 1
    if not money or money[0][1] != "amount" or not distinct or not all(map(_names, sides)):
        return 0
    return at


def _where_totals_part(table: Table, labels: Sequence[str]) -> int:
    """The column at which a second list begins that has a total of its own; else 0.

    Names stand after a column of money, and a total is printed on both sides of them.
    """
    if "" in labels:
        return 0
    for at in range(2, len(labels) - 1):
        money, names = roles_of(labels[at - 1], "number")[:1], roles_of(labels[at], "text")[:1]
        if not (money and money[0][1] == "amount" and names) or not _names(labels[at:]):
            continue
        sides = [
            {c.row for c in table.cells if (c.column < at) is left and total_words(c.text)}
            for left in (True, False)
        ]
        if all(sides):
            return at
    return 0


def _label(cell: Cell | None) -> str:
    return cell.text if cell is not None else ""


def _names(labels: Sequence[str], besides: Collection[Role] = ()) -> bool:
    """Whether one of the headings names what a line is about: figures alone may well repeat."""
    return any(
        role in {"service", "provider", *besides} and score >= 2
        for label in labels
        for score, role, _ in roles_of(label, "text")[:1]
    )


def _part(table: Table, start: int, size: int) -> Part:
    cells = [
        replace(
            cell,
            column=max(cell.column, start) - start,
            column_span=min(cell.column + cell.column_span, start + size) - max(cell.column, start),
        )
        for cell in table.cells
        if cell.column < start + size and cell.column + cell.column_span > start
    ]
    return Part(replace(table, cells=tuple(cells), column_count=size), start)


def put_together(table: Table, parts: Sequence[tuple[Part, PrintedBudget]]) -> PrintedBudget:
    """The budgets of the parts as one of the whole table, columns counted as printed."""

    def moved(amounts: Sequence[PrintedAmount], offset: int) -> tuple[PrintedAmount, ...]:
        return tuple(replace(amount, column=amount.column + offset) for amount in amounts)

    lines: list[PrintedLine] = []
    totals: list[PrintedTotal] = []
    columns: list[Column] = []
    numbers: list[NumberSeen] = []
    for part, budget in parts:
        by = part.offset
        lines += [replace(line, amounts=moved(line.amounts, by)) for line in budget.lines]
        totals += [replace(total, amounts=moved(total.amounts, by)) for total in budget.totals]
        columns += [replace(column, index=column.index + by) for column in budget.columns]
        numbers += [replace(number, column=number.column + by) for number in budget.numbers]
    return PrintedBudget(table.number, tuple(columns), tuple(lines), tuple(totals), tuple(numbers))
