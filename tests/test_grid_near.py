"""What stands close round a table, or in it, and belongs to it or to another."""

import pytest
from grid_pages import page, right, rows_of, words

from extractors.grid import read_page
from extractors.grid.choice import Unfinished, settle
from extractors.grid.draft import Draft, DraftCell
from extractors.grid.lines import chunk_of, page_lines
from extractors.grid.rows import togetherness
from extractors.grid.surroundings import rows_beyond
from extractors.model import Box, Fill, Word

XS = [56.0, 200.0, 340.0, 500.0]
FACTS = ("walled", "bulleted", "ruled_columns", "numbers", "is_ruled", "is_shaded", "stacked")


def cell(row: int, column: int, text: str, top: float, bold: bool = False) -> DraftCell:
    own = words(text, XS[column] + 4, top, bold=bold)
    return DraftCell(row, column, 1, 1, None, own)


def draft(rows: list[list[str]], top: float, score: float, bold: tuple[int, ...] = ()) -> Draft:
    """A reading of rows 16 points high; of those in `bold` the words are."""
    ys = [top + 16 * i for i in range(len(rows) + 1)]
    cells = [
        cell(i, j, text, ys[i] + 3, i in bold)
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
        if text
    ]
    return Draft("space/rows", list(XS), ys, cells, score=score)


HEAD = ["Service", "Provider", "Award"]
BODY = [["Mentors", "Oak Trust", "12,400"], ["Shed", "Aid", "1,750"], ["Pantry", "Kirk", "900"]]
