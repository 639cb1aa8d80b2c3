"""Pages drawn by hand for tests of reading tables: words, rules and shading where one says."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase.pdfmetrics import stringWidth

from extractors.model import Box, Fill, Page, Rule, Word

SIZE = 9.0


def words(text: str, x: float, top: float, size: float = SIZE, bold: bool = False) -> list[Word]:
    """The words of one line of Helvetica, its left end at x."""
    font = "Helvetica-Bold" if bold else "Helvetica"
    drawn = []
    for part in text.split():
        width = stringWidth(part, font, size)
        drawn.append(Word(part, Box(x, top, x + width, top + 1.12 * size), size, bold=bold))
        x += width + stringWidth(" ", font, size)
    return drawn


def right(text: str, x: float, top: float, size: float = SIZE, bold: bool = False) -> list[Word]:
    """The words of one line, its right end at x."""
    font = "Helvetica-Bold" if bold else "Helvetica"
    return words(text, x - stringWidth(text, font, size), top, size, bold)


def sideways(text: str, x: float, bottom: float) -> list[Word]:
    """The words of one line that reads upwards from `bottom`."""
    turned = []
    for word in words(text, 0, 0, bold=True):
        box = Box(x, bottom - word.box.x1, x + 10, bottom - word.box.x0)
        turned.append(Word(word.text, box, word.size, bold=True, angle=90))
    return turned


def across(y: float, x0: float, x1: float, grey: float = 0.0) -> Rule:
    return Rule(Box(x0, y, x1, y), 0.5, grey)


def down(x: float, y0: float, y1: float, grey: float = 0.0) -> Rule:
    return Rule(Box(x, y0, x, y1), 0.5, grey)


def page(
    drawn: Sequence[Sequence[Word]],
    rules: Sequence[Rule] = (),
    fills: Sequence[Fill] = (),
    number: int = 1,
) -> Page:
    return Page(
        number, 595.0, 842.0, tuple(w for line in drawn for w in line), tuple(rules), tuple(fills)
    )


def prose(top: float, lines: int = 4, x: float = 56.0) -> list[list[Word]]:
    """A paragraph over the width of the page."""
    text = "The panel considered the report and agreed that the funding should go on as before"
    return [words(text, x, top + 12 * i, 10.0) for i in range(lines)]


def rows_of(grid: object) -> list[list[str]]:
    """A grid's texts by row; a spanning cell stands once."""
    return [
        [c.text for c in grid.cells if c.row == row]  # type: ignore[attr-defined]
        for row in range(grid.row_count)  # type: ignore[attr-defined]
    ]
