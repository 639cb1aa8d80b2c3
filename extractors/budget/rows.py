"""A table as rows, each knowing which cells are its own and which reach in from above."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from extractors.model import Cell, Place, Table


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `own` cells begin in it; `reaching` cells began above and span down into it."""

    index: int
    own: tuple[Cell, ...]
    reaching: tuple[Cell, ...] = ()

    @property
    def filled(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.own if cell.text.strip())

    def at(self, column: int) -> Cell | None:
        """The cell of this row that covers a column, its own first."""
        for cell in (*self.own, *self.reaching):
            if cell.column <= column < cell.column + cell.column_span:
                return cell
        return None

    def own_at(self, column: int) -> Cell | None:
        """The cell that begins in this row and covers the column."""
        for cell in self.own:
            if cell.column <= column < cell.column + cell.column_span:
                return cell
        return None

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(place for cell in self.own for place in cell.places)


def rows_of(table: Table) -> tuple[Row, ...]:
    """Every row of the table in order, empty ones included."""
    own: dict[int, list[Cell]] = {index: [] for index in range(table.row_count)}
    reaching: dict[int, list[Cell]] = {index: [] for index in range(table.row_count)}
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        own.setdefault(cell.row, []).append(cell)
        for below in range(cell.row + 1, cell.row + cell.row_span):
            reaching.setdefault(below, []).append(cell)
    return tuple(
        Row(index, tuple(own[index]), tuple(reaching.get(index, ()))) for index in sorted(own)
    )


@lru_cache(maxsize=1 << 14)  # a label is compared with many others
def plain(text: str) -> str:
    """Text for comparing: lower case, letters and digits only."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def joined(parts: Iterable[str]) -> str:
    """Parts as one line of text, repeated neighbours once."""
    kept: list[str] = []
    for part in parts:
        part = " ".join(part.split())
        if part and (not kept or kept[-1] != part):
            kept.append(part)
    return " ".join(kept)
