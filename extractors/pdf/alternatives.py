"""Other readings of a table of a PDF, for the judge to choose from where the first is in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from extractors.grid import Grid, alternatives
from extractors.grid.joins import begin, extend
from extractors.grid.printed import is_numeric
from extractors.model import Box, Page, Table
from extractors.pdf.askew import askew_pages, box_as_read, tables_as_seen
from extractors.pdf.foreign import FINDERS, foreign_grids
from extractors.pdf.pages import open_pages

FEW = 2  # pages of a table up to which other libraries are asked: they are slow
MOSTLY = 0.75  # share of a table's figures that another reading of it must hold
MOST = 12  # readings of one page's part that are tried; later ones never won in practice


def page_regions(table: Table) -> dict[int, Box]:
    """The part of each page that a table's cells cover, by page number."""
    boxes: dict[int, list[Box]] = {}
    for cell in table.cells:
        for place in cell.places:
            if place.page is not None and place.box is not None:
                boxes.setdefault(place.page, []).append(place.box)
    return {
        page: Box(
            min([box.x0 for box in own]),
            min([box.top for box in own]),
            max([box.x1 for box in own]),
            max([box.bottom for box in own]),
        )
        for page, own in sorted(boxes.items())
    }


def reaches_into(other: Table, own: Mapping[int, Box], taken: Sequence[Mapping[int, Box]]) -> bool:
    """Whether another reading of a table takes cells of its neighbours that the first did not.

    `own` are the `page_regions` of the first reading, `taken` those of the neighbours.
    """
    for cell in other.cells:
        if not cell.text:
            continue
        for place in cell.places:
            if place.page is None or place.box is None:
                continue
            box, region = place.box, own.get(place.page)
            if region is not None and _centre_in(box, region):
                continue
            if any(_centre_in(box, there[place.page]) for there in taken if place.page in there):
                return True
    return False


def _centre_in(box: Box, region: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return region.x0 <= x <= region.x1 and region.top <= y <= region.bottom


def other_readings(path: Path, table: Table) -> Iterator[Iterator[Table]]:
    """The table as other readings of its region see it: ours first, then each other library's.

    Within a group the most promising comes first. A table over several pages is read again
    whole by each reading that sees all of its pages, then with one page's part exchanged at a
    time. A group's readings are made only when somebody asks for them. Number, title, notes
    and surroundings are the table's own; rows and cells are the reading's.
    """
    regions = page_regions(table)
    if not regions:
        return
    pages: list[Page] = []
    parts: list[list[Grid]] = []
    with open_pages(path) as pdf:
        for number, region in regions.items():
            page = pdf[number - 1]
            if not page.words:
                return
            pages.append(page)
            regions[number] = region = box_as_read(region, page)
            parts.append(list(islice(alternatives(page, region), MOST)))
    askew = askew_pages(pages)
    combined = _combinations(parts, table.reader) if all(parts) else ()
    yield _holding((_as_seen(_rebuilt(table, grids), askew) for grids in combined), table)
    if len(pages) > FEW:
        return
    for finder in FINDERS:
        theirs = [
            foreign_grids(finder, path, page, region)[:MOST] + own[:1]
            for page, region, own in zip(pages, regions.values(), parts, strict=True)
        ]
        if all(theirs) and any(
            len(found) > 1 or not own for found, own in zip(theirs, parts, strict=True)
        ):
            combined = _combinations(theirs, finder)
            yield _holding((_as_seen(_rebuilt(table, grids), askew) for grids in combined), table)


def _holding(readings: Iterator[Table], table: Table) -> Iterator[Table]:
    """The readings that hold most of the table's figures, each in a cell of its own."""
    least = MOSTLY * _figures(table)
    return (reading for reading in readings if _figures(reading) >= least)


def _figures(table: Table) -> int:
    return sum(1 for cell in table.cells if is_numeric(cell.text.replace(" ", "")))


def _combinations(parts: Sequence[list[Grid]], reader: str) -> Iterator[list[Grid]]:
    """One grid per page: the same reading throughout, then one page's part exchanged."""
    usual = [next((g for g in part if g.reader == reader), part[0]) for part in parts]
    seen: set[tuple[int, ...]] = set()
    readers = dict.fromkeys(grid.reader for part in parts for grid in part)
    whole = [
        [
            next((grid for grid in part if grid.reader == name), own)
            for part, own in zip(parts, usual, strict=True)
        ]
        for name in readers
    ]
    exchanged = [
        [*usual[:at], grid, *usual[at + 1 :]] for at, part in enumerate(parts) for grid in part
    ]
    for grids in [*whole, *exchanged]:
        key = tuple(id(grid) for grid in grids)
        alike = len({grid.column_count for grid in grids}) == 1
        if alike and key not in seen:
            seen.add(key)
            yield grids


def _as_seen(table: Table, askew: Mapping[int, Page]) -> Table:
    """The table with its new cells where they stand on the page; its notes are there already."""
    [seen] = tables_as_seen([table], askew)
    return replace(seen, notes=table.notes)


def _rebuilt(table: Table, grids: Sequence[Grid]) -> Table:
    growing = begin(grids[0])
    for grid in grids[1:]:
        extend(growing, grid)
    return replace(
        table,
        row_count=growing.row_count,
        column_count=max(grid.column_count for grid in grids),
        cells=tuple(sorted(growing.cells, key=lambda cell: (cell.row, cell.column))),
        header_rows=growing.header_rows,
        repeated_headers=growing.repeated_headers,
        joined_rows=tuple(growing.joined_rows),
        reader=" + ".join(dict.fromkeys(grid.reader for grid in grids)),
        reasons=grids[0].reasons,
        certainty=min(1.0, *(grid.score for grid in grids)),
    )
