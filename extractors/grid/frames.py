"""Boxes drawn on a page that may hold a card: outlines, corners round or square, and panels."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.grid.rulings import is_shading, seen
from extractors.model import Box, Page

ROUND = 14.0  # points by which the sides of a box may end before its corner
NEAR = 3.0  # points between edges that meet
MANY = 80  # rules one way: a page of tables


def drawn_frames(page: Page) -> list[Box]:
    """The outlines and shaded panels of a page, smallest first, each with the bar on top of it.

    A bar of the panel's own width that touches its upper edge belongs to it: a title stands there.
    """
    panels = [fill.box for fill in page.fills if is_shading(fill, page)]
    panels = [_with_bar(panel, panels) for panel in panels]
    found = dict.fromkeys([*_outlines(page), *panels])
    return sorted(found, key=lambda box: (box.x1 - box.x0) * (box.bottom - box.top))


def _with_bar(panel: Box, panels: Sequence[Box]) -> Box:
    for bar in panels:
        wide = abs(bar.x0 - panel.x0) < NEAR and abs(bar.x1 - panel.x1) < NEAR
        low = bar.bottom - bar.top < 0.5 * (panel.bottom - panel.top)
        if wide and low and abs(bar.bottom - panel.top) < NEAR:
            return panel.union(bar)
    return panel


def _outlines(page: Page) -> list[Box]:
    """The boxes between two upright rules of one height that are closed above and below."""
    rules = [rule for rule in page.rules if seen(rule, page.fills)]
    level = [rule.box for rule in rules if rule.horizontal]
    upright = sorted((rule.box for rule in rules if not rule.horizontal), key=lambda r: r.x0)
    if len(level) > MANY or len(upright) > MANY:
        return []
    boxes: list[Box] = []
    for at, left in enumerate(upright):
        for right in upright[at + 1 :]:
            if abs(left.top - right.top) > NEAR or abs(left.bottom - right.bottom) > NEAR:
                continue
            across = [r for r in level if _spans(r, left.x0, right.x0)]
            above = [r.top for r in across if -NEAR < left.top - r.top < ROUND]
            below = [r.top for r in across if -NEAR < r.top - left.bottom < ROUND]
            if above and below:
                boxes.append(Box(left.x0, min(above), right.x0, max(below)))
                break
    return boxes


def _spans(rule: Box, left: float, right: float) -> bool:
    """Whether a level rule reaches from one side to the other, round corners left out."""
    return -NEAR < rule.x0 - left < ROUND and -NEAR < right - rule.x1 < ROUND
