"""Arithmetic chooses: where a table's sums do not close, other readings of it are tried."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from extractors.budget import read_budget
from extractors.model import Document, PrintedBudget, Table
from pipeline.setting import is_about_money, worth_of
from pipeline.sums import Closing, closing

# What `extractors.grid` says of a table whose every border is a drawn line.
DRAWN = "every row and column border is drawn"
MOST = 40  # other readings of one table that are tried; they are the most promising first


def in_doubt(budget: PrintedBudget, how: Closing) -> bool:
    """Whether a reading leaves a number unaccounted for or a printed total that does not close."""
    printed_totals = sum(len(total.amounts) for total in budget.totals)
    return how.accounted < 0 or how.balance < printed_totals


def choose_reading(
    document: Document, table: Table, others: Iterable[Table], foreign: Iterable[Table] = ()
) -> tuple[Table, PrintedBudget]:
    """The first of the readings that closes best, the table as first read included.

    Another reading wins only where it closes more sums or accounts for more numbers without
    losing a figure or a printed total, so a slip of the publisher's is never read away. `others`
    is not looked at where the first reading leaves nothing in doubt, or where the publisher
    has drawn every border of the grid: then the doubt is not about the grid. `foreign`, the
    readings of other libraries, are slow; they are looked at only where the sums speak against
    the grid: where another reading has closed better, or no more totals close than fail.
    """
    worth = worth_of(table, document)
    about_money = is_about_money(document)
    budget = read_budget(table, worth, about_money=about_money)
    best = (table, budget)
    first = how = closing(budget, worth)
    if not in_doubt(budget, how) or DRAWN in table.reasons:
        return best
    read = {_print(table)}

    def of_libraries() -> Iterator[Table]:
        if how > first or (budget.totals and how.balance <= 0):
            yield from foreign

    for other in islice(chain(others, of_libraries()), MOST):
        as_printed = _print(other)
        if as_printed in read:
            continue
        read.add(as_printed)
        candidate = read_budget(other, worth, about_money=about_money)
        better = closing(candidate, worth)
        if better > how and _keeps_all(candidate, budget):
            best, how = (_with_reason(other, table), candidate), better
            if not in_doubt(candidate, better):
                break
    return best


def _print(table: Table) -> Hashable:
    """All of a table that its budget lines follow from: readings often differ in boxes alone."""
    return (
        (table.row_count, table.column_count, table.header_rows, table.repeated_headers),
        table.joined_rows,
        tuple(
            (c.row, c.column, c.row_span, c.column_span, c.text, c.marks, c.bold, c.shaded)
            for c in table.cells
        ),
    )


def _figures(budget: PrintedBudget) -> int:
    return sum(len(line.amounts) for line in budget.lines)


def _totals(budget: PrintedBudget) -> int:
    return sum(len(total.amounts) for total in budget.totals)


def _named(budget: PrintedBudget) -> int:
    return sum(1 for line in budget.lines if line.get("service") or line.get("provider"))


def _headed(budget: PrintedBudget) -> int:
    return sum(1 for column in budget.columns if column.heading)


def _keeps_all(candidate: PrintedBudget, budget: PrintedBudget) -> bool:
    """Sums that close are no gain where names or headings are lost for them, or rows are torn."""
    torn = len(candidate.lines) > len(budget.lines) and _figures(candidate) == _figures(budget)
    counts = (_totals, _figures, _named, _headed)
    return not torn and all(count(candidate) >= count(budget) for count in counts)


def _with_reason(other: Table, first: Table) -> Table:
    said = f"chosen over the reading “{first.reader}” because its sums close better"
    return replace(other, reasons=(*other.reasons, said))
