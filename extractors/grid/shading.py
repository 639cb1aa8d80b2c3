"""Tables whose rows are bands of shading."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.grid.draft import Draft
from extractors.grid.lines import Line
from extractors.grid.rulings import is_shading
from extractors.grid.spaces import Desk, space_drafts
from extractors.model import Box


def shade_bounded(desk: Desk, lines: Sequence[Line]) -> list[Draft]:
    """Tables whose rows are bands of shading, every one or every other, without a drawn grid."""
    bands: list[Box] = []
    for fill in sorted(desk.page.fills, key=lambda f: (round(f.box.top), f.box.x0)):
        if not is_shading(fill, desk.page):
            continue
        box, last = fill.box, bands[-1] if bands else None
        level = last and abs(last.top - box.top) < 1.5 and abs(last.bottom - box.bottom) < 1.5
        if last and level and box.x0 - last.x1 < 3:
            bands[-1] = last.union(box)
        else:
            bands.append(box)
    groups: list[list[Box]] = []
    for band in bands:
        for group in groups:
            last = group[-1]
            usual = max(b.bottom - b.top for b in group)
            if (
                abs(last.x0 - band.x0) < 3
                and abs(last.x1 - band.x1) < 3
                and -1.5 < band.top - last.bottom < 2.5 * usual
            ):
                group.append(band)
                break
        else:
            groups.append([band])
    drafts: list[Draft] = []
    for group in groups:
        if len(group) < 2:
            continue
        gaps = [b.top - a.bottom for a, b in itertools.pairwise(group)]
        edges = sorted({round(y, 1) for b in group for y in (b.top, b.bottom)})
        feet = [group[-1].bottom]
        if max(gaps) > 5:  # every other row is shaded: the last one may be a plain one
            feet.append(group[-1].bottom + max(gaps) + 1)
        for foot in feet:
            inside = [
                line
                for line in lines
                if group[0].top - 1 < line.middle < foot
                and line.x0 > group[0].x0 - 3
                and line.x1 < group[0].x1 + 3
            ]
            if len(inside) > 1:
                hard = [y for y in edges if inside[0].middle < y < inside[-1].middle]
                drafts += space_drafts(desk, inside, "bands", None, (), hard)
    return drafts
