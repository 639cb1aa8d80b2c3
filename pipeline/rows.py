"""Readings become rows: the same facts, flat, with their receipts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractors.model import Document, Place, PrintedBudget, Problem
from pipeline.records import (
    NO_PLACE,
    CellPlaceRow,
    CellRow,
    ColumnRow,
    IssueRow,
    NumberRow,
    PageRow,
    PassageRow,
    TableRow,
)

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
    """Every table of a document."""
    for table in document.tables:
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
    for table in document.tables:
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
    for table in document.tables:
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


def passage_rows(document: Document) -> Iterator[PassageRow]:
    """Every passage of running text."""
    for passage in document.passages:
        yield PassageRow(
            document=document.file,
            key=f"p{passage.order}",
            position=passage.order,
            heading=joined(passage.heading_path, PATH_JOINT),
            number=passage.number,
            kind=passage.kind,
            text=passage.text,
            place=whole_place(passage.places),
        )


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
