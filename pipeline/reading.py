"""The reading step, done once per document in a worker: pages, tables, passages, budget lines.

What it gives back follows from the document's bytes and name, its layout file and the reading
code alone, so it is kept in the cache; names, dates and decisions come later, afresh each run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.model import Box, Document, PrintedBudget, Problem, Table
from normalizers.facts import Facts
from pipeline.discovery import layout_path

if TYPE_CHECKING:
    from pipeline.layout import Layout

# Of the readings of a table those that keep off the document's other tables.
Apart = Callable[[Iterator[Table], Table], Iterator[Table]]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one document; `document` is None where it cannot be read at all.

    `second` holds (table, row, column, text) of figures that another engine read as well,
    because a sum over them did not close.
    """

    document: Document | None
    budgets: tuple[PrintedBudget, ...] = ()
    facts: Facts = Facts()  # noqa: RUF009
    problems: tuple[Problem, ...] = ()
    second: tuple[tuple[int, int, int, str], ...] = ()
    layout_years: tuple[tuple[int, int, str], ...] = ()  # table, column, year

    @property
    def is_whole(self) -> bool:
        """Whether the document, and every page of it, could be read."""
        told = self.problems + (self.document.problems if self.document else ())
        return self.document is not None and all(p.severity != "error" for p in told)

    def second_reading(self) -> dict[tuple[int, int, int], str]:
        """The texts of the second reading by table, row and column."""
        return {(table, row, column): text for table, row, column, text in self.second}

    def years_by_layout(self) -> dict[int, dict[int, str]]:
        """The years that a layout file gives to columns, by table and column."""
        years: dict[int, dict[int, str]] = {}
        for table, column, year in self.layout_years:
            years.setdefault(table, {})[column] = year
        return years


def read_document(path: Path, file: str, processes: int = 1) -> Reading:
    """What the document at `path` prints, with the reading of each table that closes its sums."""
    import extractors
    from extractors.model import UnreadableDocument
    from normalizers.facts import infer
    from pipeline.layout import LayoutError, load_layout
    from pipeline.narrative import fact_texts
    from pipeline.second import read_again

    try:
        document = extractors.read(path, file, processes)
    except UnreadableDocument as error:
        return Reading(None, problems=(error.problem,))
    try:
        layout = load_layout(layout_path(path))
        apart = _neighbours(document)
        chosen = [_read_table(path, document, table, layout, apart) for table in document.tables]
        years = tuple(_layout_years(chosen, layout))
    except LayoutError as error:
        return Reading(None, problems=(Problem("layout-fault", "error", f"{error}; mend it"),))
    document = replace(document, tables=tuple(table for table, _ in chosen))
    budgets = tuple(budget for _, budget in chosen)
    return Reading(
        document,
        budgets,
        infer(fact_texts(document, budgets), dict(document.properties), path.name),
        second=read_again(path, document, budgets),
        layout_years=years,
    )


def _read_table(
    path: Path, document: Document, table: Table, layout: Layout, apart: Apart
) -> tuple[Table, PrintedBudget]:
    """The table and its budget lines: as a person says in a layout file, else as sums choose."""
    from extractors.budget import read_budget
    from pipeline.choice import choose_reading
    from pipeline.layout import apply_to_columns, apply_to_table
    from pipeline.setting import is_about_money, worth_of

    said = layout.of(table)
    if said is None:
        return choose_reading(document, table, *_others(path, document, table, apart))
    if said.ignore:
        return table, PrintedBudget(table.number, (), ())
    table = apply_to_table(said, table)
    worth = worth_of(table, document)
    budget = read_budget(table, worth, about_money=is_about_money(document))
    columns = apply_to_columns(said, budget.columns, layout.file)
    if columns is not None:
        budget = read_budget(table, worth, columns, about_money=True)
    return table, budget


def _layout_years(
    chosen: list[tuple[Table, PrintedBudget]], layout: Layout
) -> Iterator[tuple[int, int, str]]:
    from pipeline.layout import years_of

    for table, budget in chosen:
        years = years_of(layout.of(table), budget.columns, layout.file)
        for column, year in sorted(years.items()):
            yield table.number, column, year


def _others(
    path: Path, document: Document, table: Table, apart: Apart
) -> tuple[Iterator[Table], Iterator[Table]]:
    """Our other readings of a table, then other libraries', made when somebody asks for the next.

    A reading that reaches into another table of the page is left out: it would count figures twice.
    """
    if document.format != "pdf":
        return iter(()), iter(())
    from extractors.pdf.alternatives import other_readings

    groups = other_readings(path, table)
    ours, theirs = chain.from_iterable(islice(groups, 1)), chain.from_iterable(groups)
    return apart(ours, table), apart(theirs, table)


def _neighbours(document: Document) -> Apart:
    """What leaves out of a table's readings those that reach into other tables of the document."""

    @cache
    def regions() -> dict[int, dict[int, Box]]:
        from extractors.pdf.alternatives import page_regions

        return {table.number: page_regions(table) for table in document.tables}

    def apart(others: Iterator[Table], table: Table) -> Iterator[Table]:
        from extractors.pdf.alternatives import reaches_into

        for other in others:
            taken = [there for number, there in regions().items() if number != table.number]
            if not reaches_into(other, regions()[table.number], taken):
                yield other

    return apart


def failed_reading(file: str, fault: str, words: str) -> Reading:
    """The reading of a document that the reader did not come back from."""
    codes = {
        "crashed": ("reader-crashed", "fetch the document again, or report it"),
        "too_slow": ("reader-too-slow", "split the document, or report it"),
        "too_big": ("reader-too-big", "split the document, or report it"),
    }
    code, advice = codes[fault]
    return Reading(
        None, problems=(Problem(code, "error", f"{file} could not be read: {words}; {advice}"),)
    )
