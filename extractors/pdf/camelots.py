"""camelot's readings of a page, as drafts in our coordinates with our words in their cells.

Camelot's origin is the bottom left of the page; its text is not used, for the layer's words
are better placed and one text per document must hold for all candidates.
"""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Any

from extractors.grid.draft import Draft
from extractors.model import Box, Page
from extractors.pdf.plumber import grid_of

# Camelot's ways of reading that differ from our own candidates, with what each is given. The
# vector engine takes rulings from the file and draws no page.
FLAVORS: dict[str, dict[str, Any]] = {
    "lattice": {"engine": "vector"},
    "network": {},
    "hybrid": {"engine": "vector"},
}


def tables_by_camelot(path: Path, page: Page, flavor: str) -> list[Draft]:
    """The tables that one of camelot's readers (`FLAVORS`) sees on a page; none where it fails."""
    import camelot
    from camelot.core import TableList

    for talker in ("camelot", "playa"):
        logging.getLogger(talker).setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tables: TableList = camelot.read_pdf(
                str(path),
                pages=str(page.number),
                flavor=flavor,
                suppress_stdout=True,
                **FLAVORS[flavor],
            )
        except (ValueError, IndexError, KeyError, TypeError, ZeroDivisionError, OSError):
            return []  # its parsers stumble over pages without lines or words; we have others
    drafts = []
    for table in tables:
        cells = _cells(table, page)
        draft = grid_of(cells, page, f"camelot/{flavor}")
        if draft is not None:
            drafts.append(draft)
    return drafts


def _cells(table: Any, page: Page) -> list[Box]:
    """A table's cells on the page as seen, those without a border between them made one."""
    grid = table.cells
    rows, columns = len(grid), len(grid[0]) if grid else 0
    done: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for r in range(rows):
        for c in range(columns):
            if (r, c) in done:
                continue
            across = 1
            while c + across < columns and not grid[r][c + across - 1].right:
                if grid[r][c + across].left or (r, c + across) in done:
                    break
                across += 1
            down = 1
            while r + down < rows and not any(
                grid[r + down - 1][k].bottom for k in range(c, c + across)
            ):
                if any(grid[r + down][k].top for k in range(c, c + across)):
                    break
                down += 1
            if not _bounded(grid[r][c]):
                across = down = 1
            done |= {(r + i, c + k) for i in range(down) for k in range(across)}
            first, last = grid[r][c], grid[r + down - 1][c + across - 1]
            boxes.append(Box(first.x1, page.height - first.y2, last.x2, page.height - last.y1))
    return boxes


def _bounded(cell: Any) -> bool:
    """Whether a cell has any border at all; readers by white space draw none."""
    return bool(cell.left or cell.right or cell.top or cell.bottom)
