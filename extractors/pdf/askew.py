"""Boxes read on a page that was turned straight, put back where they stand on the page as seen."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.model import Box, Page, Passage, Place, Table


def slopes_of(pages: Sequence[Page]) -> dict[int, Page]:
    """The pages that were read as if turned straight, by number."""
    return {page.number: page for page in pages if page.slope}


def tables_as_seen(tables: Sequence[Table], pages: Mapping[int, Page]) -> tuple[Table, ...]:
    """Tables with the boxes of cells and notes where they stand on the page as seen."""
    return tuple(
        replace(
            table,
            cells=tuple(
                replace(cell, places=tuple(_seen(p, pages) for p in cell.places))
                for cell in table.cells
            ),
            notes=tuple(replace(note, place=_seen(note.place, pages)) for note in table.notes),
        )
        for table in tables
    )


def passages_as_seen(passages: Sequence[Passage], pages: Mapping[int, Page]) -> tuple[Passage, ...]:
    """Passages with their boxes where they stand on the page as seen."""
    return tuple(
        replace(passage, places=tuple(_seen(place, pages) for place in passage.places))
        for passage in passages
    )


def _seen(place: Place, pages: Mapping[int, Page]) -> Place:
    page = pages.get(place.page or 0)
    if page is None or place.box is None:
        return place
    box = place.box
    turn = math.radians(page.slope)
    x, y = (box.x0 + box.x1) / 2 - page.width / 2, (box.top + box.bottom) / 2 - page.height / 2
    across = x * math.cos(turn) - y * math.sin(turn) + page.width / 2
    down = x * math.sin(turn) + y * math.cos(turn) + page.height / 2
    wide, high = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
    high += wide * abs(math.sin(turn))
    return Place(
        place.page,
        Box(
            round(across - wide, 2),
            round(down - high, 2),
            round(across + wide, 2),
            round(down + high, 2),
        ),
        place.paragraph,
    )
