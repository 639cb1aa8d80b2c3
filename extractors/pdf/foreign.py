"""Readings of a table by other libraries' table finders, with our words in their cells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from extractors.grid import Grid
from extractors.grid.agreement import area, compare, overlap
from extractors.grid.chooser import promises
from extractors.grid.draft import Draft
from extractors.grid.evidence import draft_facts
from extractors.grid.lines import page_lines
from extractors.grid.reading import finished
from extractors.grid.rulings import read_rulings
from extractors.model import Box, Page
from extractors.pdf.camelots import tables_by_camelot
from extractors.pdf.plumber import tables_by_pdfplumber

# In the order in which they are asked: pdfplumber works on our layer and is quick, camelot
# parses the page anew and takes about a tenth of a second.
FINDERS: dict[str, Callable[[Path, Page], list[Draft]]] = {
    "pdfplumber": lambda path, page: tables_by_pdfplumber(page),
    "camelot/lattice": lambda path, page: tables_by_camelot(path, page, "lattice"),
    "camelot/network": lambda path, page: tables_by_camelot(path, page, "network"),
    "camelot/hybrid": lambda path, page: tables_by_camelot(path, page, "hybrid"),
}


def foreign_grids(finder: str, path: Path, page: Page, region: Box) -> list[Grid]:
    """What one of FINDERS makes of a region of a page, most promising first.

    A reading counts where it shares at least half of the larger of the two areas.
    """
    near = [
        draft
        for draft in FINDERS[finder](path, page)
        if overlap(draft.box, region) >= 0.5 * max(area(draft.box), area(region))
    ]
    lines = page_lines([word for word in page.words if word.angle == 0])
    rulings = read_rulings(page)
    for draft in near:
        draft.facts = draft_facts(draft, page, lines, rulings, {})
    compare(near)
    for draft, score in zip(near, promises(near), strict=True):
        draft.score = score
    near.sort(key=lambda draft: (-draft.score, draft.reader))
    return [finished(draft, page, len(near) - 1) for draft in near]
