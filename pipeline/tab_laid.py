"""Labels and values laid out with tabs, as the tables that a reader takes them for.

They stay running text too (glossaries and forms are read from there); here they only join
the `cells`, so that every printed table is found there cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from extractors.model import Cell, Document, Passage, Table

LAID = {"paragraph", "list_item"}


def tab_laid_tables(document: Document) -> Iterator[Table]:
    """Each run of two or more passages with tabs as a table, numbered after the others."""
    number = max((table.number for table in document.tables), default=0)
    for laid, run in groupby(document.passages, key=_is_laid):
        passages = list(run)
        if laid and len(passages) > 1:
            number += 1
            yield _table(number, passages)


def _is_laid(passage: Passage) -> bool:
    return passage.kind in LAID and "\t" in passage.text.strip()


def _table(number: int, passages: list[Passage]) -> Table:
    rows = [re.split(r"\t+", passage.text.strip()) for passage in passages]
    cells = tuple(
        Cell(row, column, text.strip(), places=passages[row].places, raw=text.strip())
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    path = passages[0].heading_path
    return Table(
        number=number,
        row_count=len(rows),
        column_count=max(map(len, rows)),
        cells=cells,
        title=path[-1] if path else None,
        heading_path=path,
        reader="tabs",
        reasons=("lines laid out with tabs",),
    )
