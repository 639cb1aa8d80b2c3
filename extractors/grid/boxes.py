"""Boxes of one size, each with a sum of money and a few words, and no labels: slides, posters.

Read as one table without headings: a row for each box, a column for each kind of type in it
(the name in bold, what it is for, the large sum).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.grid.cells import finished_cell
from extractors.grid.draft import DraftCell
from extractors.grid.joins import Grid
from extractors.grid.lines import page_lines
from extractors.grid.printed import is_money
from extractors.grid.rulings import is_shading
from extractors.model import Box, Page, Word

LEAST = 4  # boxes on a page
_Look = tuple[bool, int, tuple[int, int, int]]


def read_boxes(page: Page) -> list[Grid]:
    """The boxes of a page as a table, or nothing."""
    cards = [(box, _parts(page, box)) for box in _alike(page)]
    cards = [(box, parts) for box, parts in cards if _has_one_sum(parts)]
    if len(cards) < LEAST:
        return []
    looks = Counter(look for _, parts in cards for look in {look for look, _ in parts})
    usual = [look for look, count in looks.items() if count > 0.7 * len(cards)]
    if len(usual) < 2 or any(set(usual) - {look for look, _ in parts} for _, parts in cards):
        return []
    order = sorted(usual, key=lambda look: _height(cards, look))
    cards.sort(key=lambda card: (round(card[0].top / 6), card[0].x0))
    drafts = []
    for row, (box, parts) in enumerate(cards):
        for column, look in enumerate(order):
            words = [w for own, ws in parts if own == look for w in ws]
            drafts.append(DraftCell(row, column, 1, 1, box, words))
    cells = tuple(finished_cell(cell, page.number, page.fills) for cell in drafts)
    whole = cards[0][0]
    for box, _ in cards:
        whole = whole.union(box)
    width, height = whole.x1 - whole.x0, whole.bottom - whole.top
    xs = tuple(whole.x0 + width * i / len(order) for i in range(len(order) + 1))
    ys = tuple(whole.top + height * i / len(cards) for i in range(len(cards) + 1))
    said = f"{len(cards)} boxes of one size, each with one sum of money"
    return [Grid(page.number, whole, xs, ys, cells, 0, "boxes", 1.0, (said,))]


def _alike(page: Page) -> list[Box]:
    """The largest set of shaded boxes of one size that do not overlap."""
    shaded = [f.box for f in page.fills if is_shading(f, page)]
    sizes = Counter((round(b.x1 - b.x0), round(b.bottom - b.top)) for b in shaded)
    best: list[Box] = []
    for (width, height), _ in sizes.most_common():
        if height < 30 or width < 60:  # a row or a cell of a table is lower
            continue
        same: list[Box] = []
        for b in shaded:
            alike = abs(b.x1 - b.x0 - width) < 3 and abs(b.bottom - b.top - height) < 3
            if alike and all(_apart(b, other) for other in same):
                same.append(b)
        best = max(best, same, key=len)
    return best


def _apart(a: Box, b: Box) -> bool:
    return a.x0 >= b.x1 - 1 or b.x0 >= a.x1 - 1 or a.top >= b.bottom - 1 or b.top >= a.bottom - 1


def _parts(page: Page, box: Box) -> list[tuple[_Look, list[Word]]]:
    """The words of a box from top to bottom, those of one kind of type together."""
    inside = [w for w in page.words if w.angle == 0 and box.holds_middle(w.box)]
    parts: list[tuple[_Look, list[Word]]] = []
    for line in page_lines(inside):
        for word in (w for chunk in line.chunks for w in chunk.words):
            look = (word.bold, round(word.size), word.colour)
            if not parts or parts[-1][0] != look:
                parts.append((look, []))
            parts[-1][1].append(word)
    return parts


def _has_one_sum(parts: Sequence[tuple[_Look, list[Word]]]) -> bool:
    """True where one kind of type holds a sum and nothing else, and another holds words."""
    sums = [words for _, words in parts if all(is_money(w.text) for w in words)]
    looks = [look for look, _ in parts]
    return len(sums) == 1 and len(sums[0]) == 1 and len(set(looks)) == len(looks) > 1


def _height(cards: Sequence[tuple[Box, list[tuple[_Look, list[Word]]]]], look: _Look) -> float:
    tops = [
        words[0].box.top - box.top for box, parts in cards for own, words in parts if own == look
    ]
    return sum(tops) / len(tops)
