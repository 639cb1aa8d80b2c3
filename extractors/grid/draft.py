"""A reading of one table on one page that is not yet chosen: rows, columns, words in cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.model import Box, Word


@dataclass(slots=True, eq=False)
class DraftCell:
    """One cell of a draft with the words printed in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Draft:
    """A candidate grid. `xs` and `ys` are the borders of columns and rows, in points.

    `reader` names how it was made; `ruled_rows` and `ruled_columns` give the share of inner
    borders that a drawn line or an edge of shading stands on.
    """

    reader: str
    xs: list[float]
    ys: list[float]
    cells: list[DraftCell]
    ruled_rows: float = 0.0
    ruled_columns: float = 0.0
    facts: dict[str, float] = field(default_factory=dict)
    score: float = 0.0

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])
