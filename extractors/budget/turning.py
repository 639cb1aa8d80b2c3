"""Tables that print services side by side and years downwards, turned to be read like others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.budget.rows import Row
from extractors.budget.shapes import shape
from extractors.budget.vocabulary import role_words
from extractors.model import Column, Table

_NOISE = re.compile(r"[£%()\d/.,'’–-]+|\b(?:000s?|total|sub|of|and|the|in|for|m|k)\b", re.I)


def years_run_down(columns: Sequence[Column], body: Sequence[Row]) -> bool:
    """Whether the first column holds years and the columns beside it are services, not measures."""
    first = [cell.text for row in body if (cell := row.own_at(0)) is not None and cell.text.strip()]
    years = [text for text in first if shape(text) == "year"]
    if len(years) < 2 or len(years) < len(first) - 1:
        return False
    named = [c for c in columns[1:] if c.role in {"amount", "other"} and not _is_measure(c.heading)]
    return len(named) >= 2


def _is_measure(heading: str) -> bool:
    """Whether a heading has no word but those of money, units and years."""
    words = re.findall(r"[^\W\d_]+", _NOISE.sub(" ", heading.lower()))
    known = {noun for entry in role_words("number") for noun in entry.nouns}
    return all(word in known for word in words)


def turn(table: Table) -> Table:
    """The table with rows and columns exchanged; its cells keep their places on the page."""
    cells = tuple(
        replace(
            cell,
            row=cell.column,
            column=cell.row,
            row_span=cell.column_span,
            column_span=cell.row_span,
            text="" if (cell.row, cell.column) == (0, 0) else cell.text,  # `Year` names no service
        )
        for cell in table.cells
    )
    return replace(
        table,
        cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))),
        row_count=table.column_count,
        column_count=table.row_count,
        header_rows=1,
        joined_rows=(),
    )
