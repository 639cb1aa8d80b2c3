"""Readings become rows: the same facts, flat, with their receipts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from extractors.model import Document, Place, PrintedBudget, PrintedLine, Problem
from pipeline.confidence import confidence_of
from pipeline.meaning import Meaning, line_id_of
from pipeline.records import (
    NO_PLACE,
    AmountRow,
    CellPlaceRow,
    CellRow,
    ColumnRow,
    IssueRow,
    LineRow,
    NumberRow,
    PageRow,
    Status,
    TableRow,
)
from pipeline.tab_laid import tab_laid_tables

PATH_JOINT = " › "


def joined(parts: Iterable[str], joint: str = "; ") -> str | None:
    """The parts as one text, or None where there are none."""
    return joint.join(parts) or None


def first_place(places: tuple[Place, ...]) -> Place:
    """The place where something begins."""
    return places[0] if places else NO_PLACE


def whole_place(places: tuple[Place, ...]) -> Place:
    """One box around all that stands on the first page of `places`, else its first paragraph."""
    if not places or places[0].box is None:
        return first_place(places)
    box = places[0].box
    for place in places[1:]:
        if place.page == places[0].page and place.box is not None:
            box = box.union(place.box)
    return Place(places[0].page, box, places[0].paragraph)


def page_rows(document: Document) -> Iterator[PageRow]:
    """Every page of a PDF."""
    for page in document.pages:
        yield PageRow(
            document=document.file,
            page=page.number,
            width=page.width,
            height=page.height,
            source=page.source,
            words=page.word_count,
        )


def table_rows(document: Document) -> Iterator[TableRow]:
    """Every table of a document, those laid out with tabs after the others."""
    for table in (*document.tables, *tab_laid_tables(document)):
        parent = table.parent or (None, None, None)
        yield TableRow(
            document=document.file,
            table_number=table.number,
            title=table.title,
            subtitle=table.subtitle,
            intro=table.intro,
            heading_path=joined(table.heading_path, PATH_JOINT),
            row_count=table.row_count,
            column_count=table.column_count,
            header_rows=table.header_rows,
            repeated_headers=table.repeated_headers,
            joined_rows=joined(map(str, table.joined_rows), " "),
            reader=table.reader,
            reasons=joined(table.reasons),
            parent_table=parent[0],
            parent_row=parent[1],
            parent_column=parent[2],
            place=whole_place(tuple(place for cell in table.cells for place in cell.places)),
        )


def cell_rows(document: Document) -> Iterator[CellRow]:
    """Every cell of every table."""
    for table in (*document.tables, *tab_laid_tables(document)):
        for cell in table.cells:
            yield CellRow(
                document=document.file,
                table_number=table.number,
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
                text=cell.text,
                raw=cell.raw or cell.text,
                marks=joined(cell.marks, " "),
                is_header=cell.row < table.header_rows,
                confidence=cell.confidence,
                place=first_place(cell.places),
            )


def cell_place_rows(document: Document) -> Iterator[CellPlaceRow]:
    """Every place of the cells that have more than one."""
    for table in (*document.tables, *tab_laid_tables(document)):
        for cell in table.cells:
            for position, place in enumerate(cell.places):
                if len(cell.places) > 1:
                    yield CellPlaceRow(
                        document=document.file,
                        table_number=table.number,
                        row=cell.row,
                        column=cell.column,
                        position=position,
                        place=place,
                    )


def column_rows(file: str, budgets: Iterable[PrintedBudget]) -> Iterator[ColumnRow]:
    """The role of each column of each budget table."""
    for budget in budgets:
        for column in budget.columns:
            yield ColumnRow(
                document=file,
                table_number=budget.table,
                column=column.index,
                role=column.role,
                heading=column.heading,
                evidence=column.evidence,
            )


def number_rows(file: str, budgets: Iterable[PrintedBudget]) -> Iterator[NumberRow]:
    """The numbers of each budget table that are neither an amount nor a total."""
    for budget in budgets:
        seen: dict[tuple[int, int], int] = {}
        for number in budget.numbers:
            cell = (number.row, number.column)
            position = seen[cell] = seen.get(cell, -1) + 1
            yield NumberRow(
                document=file,
                table_number=budget.table,
                row=number.row,
                column=number.column,
                position=position,
                text=number.text,
                reason=number.reason,
            )


def line_rows(meaning: Meaning, printed: Mapping[str, PrintedLine]) -> Iterator[LineRow]:
    """Every budget line of a document, with the box of its row."""
    for line in meaning.lines:
        own = printed[line.line_id]
        yield LineRow(
            line_id=line.line_id,
            document=line.document,
            position=line.order,
            table_number=line.table,
            row=line.row,
            table_title=line.table_title,
            section=line.section,
            service_printed=line.service_printed,
            service_cell=line.service_cell,
            provider_printed=line.provider_printed,
            provision=line.provision,
            mechanism_printed=line.mechanism_printed,
            reach_printed=line.reach_printed,
            priorities=joined(line.priorities),
            note=line.note,
            place=whole_place(own.places),
        )


def amount_rows(
    meaning: Meaning,
    printed: Mapping[str, PrintedLine],
    statuses: Mapping[str, tuple[Status, str]],
    readers: Mapping[int, str],
) -> Iterator[AmountRow]:
    """Every amount of every budget line, with its standing and the box of its cell.

    `readers` names the reading of each table, by its number.
    """
    for line in meaning.lines:
        own = printed[line.line_id]
        by_column = {cell.column: cell for cell in own.amounts}
        for position, amount in enumerate(line.amounts, start=1):
            cell = by_column.get(amount.column if amount.column is not None else -1)
            if cell is None and own.amounts:
                cell = own.amounts[0]
            status, reason = statuses[amount.amount_id]
            yield AmountRow(
                amount_id=amount.amount_id,
                line_id=line.line_id,
                document=line.document,
                position=position,
                column=amount.column,
                financial_year=amount.financial_year,
                phase=amount.phase,
                pence=amount.pence,
                printed=amount.printed,
                unit_pence=amount.unit_pence,
                year_source=amount.year_source,
                phase_source=amount.phase_source,
                note=amount.note,
                flags=joined(amount.flags),
                status=status,
                status_reason=reason,
                confidence=confidence_of(
                    status,
                    readers.get(line.table) if line.table is not None else None,
                    cell.confidence if cell else None,
                ),
                place=first_place(cell.places) if cell else NO_PLACE,
            )


def lines_as_printed(
    document: Document, budgets: Iterable[PrintedBudget], awards: Iterable[PrintedLine]
) -> dict[str, PrintedLine]:
    """The printed lines of a document by line id, those of tables and those of running text.

    Lines that share a row are numbered as `pipeline.meaning` numbers them.
    """
    found = [
        (line_id_of(document, line, budget.table), line)
        for budget in budgets
        for line in budget.lines
    ]
    found += [(line_id_of(document, award), award) for award in awards]
    seen: Counter[str] = Counter()
    lines = {}
    for line_id, line in found:
        seen[line_id] += 1
        lines[f"{line_id}-{seen[line_id]}" if seen[line_id] > 1 else line_id] = line
    return lines


def issue_row(file: str | None, position: int, problem: Problem) -> IssueRow:
    """A problem as an issue of a document."""
    return IssueRow(
        document=file,
        position=position,
        code=problem.code,
        severity=problem.severity,
        message=problem.message,
        printed=problem.printed,
        table_number=problem.table,
        place=problem.place,
    )
