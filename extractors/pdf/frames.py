"""Drawn boxes that hold text: shaded panels and ruled frames that are no tables."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.model import Box, Page
from extractors.pdf.paths import grey_of

_SLACK = 3.0


def text_frames(page: Page, tables: Sequence[Box]) -> list[Box]:
    """The boxes of text panels on a page, outermost only, top to bottom."""
    found = [
        fill.box
        for fill in page.fills
        if grey_of(fill.colour) < 0.985 and _holds_text(fill.box, page)
    ]
    found += [box for box in _ruled(page) if _holds_text(box, page)]
    found = [box for box in found if not any(_meets(box, table) for table in tables)]
    found.sort(key=lambda box: (-(box.x1 - box.x0) * (box.bottom - box.top), box.top, box.x0))
    kept: list[Box] = []
    for box in found:
        if not any(_meets(box, other) for other in kept):
            kept.append(box)
    return sorted(kept, key=lambda box: (box.top, box.x0))


def _holds_text(box: Box, page: Page) -> bool:
    across, down = box.x1 - box.x0, box.bottom - box.top
    return across > 60 and down > 24 and across * down < 0.6 * page.width * page.height


def _meets(one: Box, two: Box) -> bool:
    return (
        min(one.x1, two.x1) - max(one.x0, two.x0) > 2
        and min(one.bottom, two.bottom) - max(one.top, two.top) > 2
    )


def _ruled(page: Page) -> list[Box]:
    """Rectangles of two level and two upright rules that meet at their corners."""
    level = [rule.box for rule in page.rules if rule.horizontal]
    upright = [rule.box for rule in page.rules if not rule.horizontal]
    if len(level) > 60 or len(upright) > 60:  # a page of tables
        return []
    boxes: list[Box] = []
    for i, top in enumerate(level):
        for bottom in level[i + 1 :]:
            if abs(top.x0 - bottom.x0) > _SLACK or abs(top.x1 - bottom.x1) > _SLACK:
                continue
            sides = [
                rule
                for rule in upright
                if abs(rule.top - top.top) < _SLACK and abs(rule.bottom - bottom.top) < _SLACK
            ]
            if any(abs(r.x0 - top.x0) < _SLACK for r in sides) and any(
                abs(r.x0 - top.x1) < _SLACK for r in sides
            ):
                boxes.append(Box(top.x0, top.top, top.x1, bottom.top))
                break
    return boxes
