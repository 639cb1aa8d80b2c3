"""Pages whose text does not lie level: read as if turned straight, boxes put back afterwards.

A scan's slope and text printed sideways are both undone before tables and paragraphs are
looked for; every receipt then says where the words stand on the page as seen.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.model import Box, Page, Passage, Place, Rule, Table, Word

_NEARLY_ALL = 0.8  # of a page's letters


def upright(page: Page) -> Page:
    """The page as a reader turns it where nearly all its text is printed sideways."""
    letters: Counter[int] = Counter()
    for word in page.words:
        letters[word.angle] += len(word.text)
    if not letters:
        return page
    angle, count = max(letters.items(), key=lambda item: (item[1], -item[0]))
    if angle not in (90, 180, 270) or count < _NEARLY_ALL * letters.total():
        return page
    width, height = page.width, page.height

    def turned(box: Box) -> Box:
        return _turn(box, angle, width, height)

    sideways = angle != 180
    return replace(
        page,
        width=height if sideways else width,
        height=width if sideways else height,
        words=tuple(_word(word, turned(word.box), angle) for word in page.words),
        rules=tuple(
            sorted(
                (replace(rule, box=turned(rule.box)) for rule in page.rules),
                key=_rule_order,
            )
        ),
        fills=tuple(replace(fill, box=turned(fill.box)) for fill in page.fills),
        images=tuple(turned(box) for box in page.images),
        turned=angle,
    )


def _rule_order(rule: Rule) -> tuple[bool, float, float]:
    box = rule.box
    return (not rule.horizontal, *((box.top, box.x0) if rule.horizontal else (box.x0, box.top)))


def _word(word: Word, box: Box, angle: int) -> Word:
    return replace(word, box=box, angle=(word.angle - angle) % 360)


def _turn(box: Box, angle: int, width: float, height: float) -> Box:
    """A box on a page of this width and height after the page is turned clockwise by `angle`."""
    match angle:
        case 90:
            found = (height - box.bottom, box.x0, height - box.top, box.x1)
        case 180:
            found = (width - box.x1, height - box.bottom, width - box.x0, height - box.top)
        case _:
            found = (box.top, width - box.x1, box.bottom, width - box.x0)
    x0, top, x1, bottom = (round(value, 2) for value in found)
    return Box(x0, top, x1, bottom)


def size_as_seen(page: Page) -> tuple[float, float]:
    """Width and height of the page before a reader turns it."""
    sideways = page.turned in (90, 270)
    return (page.height, page.width) if sideways else (page.width, page.height)


def askew_pages(pages: Sequence[Page]) -> dict[int, Page]:
    """The pages that were read as if turned straight, by number."""
    return {page.number: page for page in pages if page.slope or page.turned}


def box_as_read(box: Box, page: Page) -> Box:
    """A box on the page as seen, where the reading of the page has it."""
    width, height = size_as_seen(page)
    if page.turned:
        box = _turn(box, page.turned, width, height)
    return _sloped(box, page, -page.slope) if page.slope else box


def box_as_seen(box: Box, page: Page) -> Box:
    """A box in the reading of a page, where it stands on the page as seen."""
    if page.slope:
        box = _sloped(box, page, page.slope)
    if page.turned:
        box = _turn(box, (360 - page.turned) % 360, page.width, page.height)
    return box


def _sloped(box: Box, page: Page, slope: float) -> Box:
    turn = math.radians(slope)
    x, y = (box.x0 + box.x1) / 2 - page.width / 2, (box.top + box.bottom) / 2 - page.height / 2
    across = x * math.cos(turn) - y * math.sin(turn) + page.width / 2
    down = x * math.sin(turn) + y * math.cos(turn) + page.height / 2
    wide, high = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
    high += wide * abs(math.sin(turn))
    return Box(
        round(across - wide, 2),
        round(down - high, 2),
        round(across + wide, 2),
        round(down + high, 2),
    )


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
    return replace(place, box=box_as_seen(place.box, page))
