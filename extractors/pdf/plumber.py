"""pdfplumber's table finder at work on our page layer, as a candidate for the judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.grid.draft import Draft, DraftCell
from extractors.model import Box, Page


@dataclass(slots=True)
class _Drawn:
    """What pdfplumber's table finder asks of a page, filled from our layer."""

    bbox: tuple[float, float, float, float]
    edges: list[dict[str, Any]]
    words: list[dict[str, Any]] = field(default_factory=list)

    def extract_words(self, **_: Any) -> list[dict[str, Any]]:
        return self.words


_STRATEGIES = {
    "pdfplumber/lines": ("lines", "lines"),
    "pdfplumber/level": ("text", "lines"),
    "pdfplumber/text": ("text", "text"),
}


def tables_by_pdfplumber(page: Page) -> list[Draft]:
    """The tables that pdfplumber's finder sees on a page of our layer, by three strategies."""
    from pdfplumber.table import TableFinder

    edges = [
        {
            "x0": rule.box.x0,
            "x1": rule.box.x1,
            "top": rule.box.top,
            "bottom": rule.box.bottom,
            "width": rule.box.x1 - rule.box.x0,
            "height": rule.box.bottom - rule.box.top,
            "orientation": "h" if rule.horizontal else "v",
            "object_type": "line",
        }
        for rule in page.rules
    ]
    for fill in page.fills:
        edges += _fill_edges(fill.box)
    words = [
        {
            "text": word.text,
            "x0": word.box.x0,
            "x1": word.box.x1,
            "top": word.box.top,
            "bottom": word.box.bottom,
        }
        for word in page.words
        if word.angle == 0
    ]
    stand_in = _Drawn((0.0, 0.0, page.width, page.height), edges, words)
    drafts: list[Draft] = []
    for name, (vertical, horizontal) in _STRATEGIES.items():
        finder = TableFinder(
            stand_in, {"vertical_strategy": vertical, "horizontal_strategy": horizontal}
        )
        for table in finder.tables:
            draft = grid_of([Box(*cell) for cell in table.cells], page, name)
            if draft is not None:
                drafts.append(draft)
    return drafts


def _fill_edges(box: Box) -> list[dict[str, Any]]:
    level = [(box.x0, box.x1, y, y, "h") for y in (box.top, box.bottom)]
    upright = [(x, x, box.top, box.bottom, "v") for x in (box.x0, box.x1)]
    return [
        {
            "x0": x0,
            "x1": x1,
            "top": top,
            "bottom": bottom,
            "width": x1 - x0,
            "height": bottom - top,
            "orientation": turn,
            "object_type": "rect_edge",
        }
        for x0, x1, top, bottom, turn in level + upright
    ]


def grid_of(cells: Sequence[Box], page: Page, reader: str) -> Draft | None:
    """Cells' boxes as a draft with the page's own words; None for less than two by two."""
    xs = _levels([x for box in cells for x in (box.x0, box.x1)])
    ys = _levels([y for box in cells for y in (box.top, box.bottom)])
    if len(xs) < 3 or len(ys) < 3:
        return None
    made: dict[tuple[int, int], DraftCell] = {}
    taken: set[tuple[int, int]] = set()
    for box in sorted(cells, key=lambda b: (b.top, b.x0)):
        column, row = _at(xs, box.x0), _at(ys, box.top)
        across = max(1, _at(xs, box.x1) - column)
        down = max(1, _at(ys, box.bottom) - row)
        spots = {(row + r, column + c) for r in range(down) for c in range(across)}
        if spots & taken:
            continue
        taken |= spots
        made[row, column] = DraftCell(row, column, down, across, box, [])
    boxes = [(cell.box, cell.words) for cell in made.values() if cell.box]
    for word in page.words:
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
        for box, words in boxes:
            if box.x0 <= x < box.x1 and box.top <= y < box.bottom:
                words.append(word)
                break
    return Draft(reader, xs, ys, [made[spot] for spot in sorted(made)])


def _levels(values: list[float], near: float = 1.5) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > near:
            levels.append(round(value, 2))
    return levels


def _at(levels: Sequence[float], value: float) -> int:
    return min(range(len(levels)), key=lambda i: abs(levels[i] - value))
