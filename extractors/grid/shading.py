"""Tables whose rows are bands of shading."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.grid.draft import Draft
from extractors.grid.lines import Line, holds_figures
from extractors.grid.regions import grown
from extractors.grid.rulings import is_shading
from extractors.grid.spaces import RULED_OVER, Desk, divided, space_drafts
from extractors.model import Box, Page

PLAIN = 6  # lines over the first band or under the last that may belong to the table


def shade_bands(page: Page) -> list[Box]:
    """The bands of shading on a page, from the top; cells shaded one by one are one band."""
    bands: list[Box] = []
    for fill in sorted(page.fills, key=lambda f: (round(f.box.top), f.box.x0)):
        if not is_shading(fill, page):
            continue
        box, last = fill.box, bands[-1] if bands else None
        level = last and abs(last.top - box.top) < 1.5 and abs(last.bottom - box.bottom) < 1.5
        if last and level and box.x0 - last.x1 < 3:
            bands[-1] = last.union(box)
        else:
            bands.append(box)
    return bands


def shade_bounded(desk: Desk, lines: Sequence[Line]) -> list[Draft]:
    """Tables whose rows are bands of shading, every one or every other, without a drawn grid."""
    groups: list[list[Box]] = []
    for band in desk.bands:
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
        room = 0.75 * sorted(b.bottom - b.top for b in group)[len(group) // 2]
        feet = [group[-1].bottom]
        if max(gaps) > 5:  # every other row is shaded: the last one may be a plain one
            feet.append(group[-1].bottom + max(gaps) + 1)
        taken: set[tuple[int, int]] = set()
        for foot in feet:
            inside = [
                line
                for line in lines
                if group[0].top - 1 < line.middle < foot
                and line.x0 > group[0].x0 - 3
                and line.x1 < group[0].x1 + 3
            ]
            while len(inside) > 1 and _is_note(inside, group[-1].bottom):
                inside.pop()
            if len(inside) > 1:
                hard = [y for y in edges if inside[0].middle < y < inside[-1].middle]
                drafts += uncut(space_drafts(desk, inside, "bands", None, (), hard), inside, group)
                spread = divided(desk, inside, ())
                if spread:  # a plain first row and headings, a plain last row
                    begin, end = lines.index(inside[0]), lines.index(inside[-1]) + 1
                    run = grown(lines, begin, end, spread[0], PLAIN, room)
                    run = _without_title(lines, run[0], begin, spread[0][0][0]), run[1]
                    if run not in {(begin, end), *taken}:
                        taken.add(run)
                        wide = lines[run[0] : run[1]]
                        hard = [y for y in edges if wide[0].middle < y < wide[-1].middle]
                        drafts += uncut(
                            space_drafts(desk, wide, "bands", None, (), hard), wide, group
                        )
    return drafts


def goes_over(bands: Sequence[Box], x: float, lines: Sequence[Line]) -> bool:
    """Whether rows of shading go on over an x with words on both sides: one table stands there."""
    whole = 0
    for band in (b for b in bands if b.x0 < x - RULED_OVER and b.x1 > x + RULED_OVER):
        within = [c for y in lines if band.top < y.middle < band.bottom for c in y.chunks]
        sides = {(c.x0 + c.x1) / 2 < x for c in within}
        whole += len(sides) == 2
    return whole > 1


def uncut(drafts: list[Draft], lines: Sequence[Line], bands: Sequence[Box]) -> list[Draft]:
    """The readings that cut no band, if there are any and each band holds one row of figures."""
    rows = [line.middle for line in lines if holds_figures(line)]
    if any(sum(b.top < y < b.bottom for y in rows) > 1 for b in bands):
        return drafts
    whole = [
        d
        for d in drafts
        if not any(b.top + 3 < y < b.bottom - 3 for b in bands for y in d.ys[1:-1])
    ]
    return whole or drafts


def _without_title(lines: Sequence[Line], first: int, band: int, left: float) -> int:
    """Where a run begins without a lone text over the headings that stand above the first band."""
    alone = len(lines[first].chunks) == 1 and abs(lines[first].x0 - left) < lines[first].size
    under = lines[first + 1 : min(first + 2, band)]
    headed = any(len(line.chunks) > 1 and not holds_figures(line) for line in under)
    return first + 1 if alone and headed else first


def _is_note(lines: Sequence[Line], foot: float) -> bool:
    """True where the last line stands under the last band without columns, and not close under
    a row that it could go on with."""
    above, line = lines[-2], lines[-1]
    if line.top < foot or len(line.chunks) > 1:
        return False
    return above.bottom < foot or len(above.chunks) == 1


def headed(desk: Desk, lines: Sequence[Line]) -> list[Draft]:
    """Tables under a row of shaded headings: the headings' own edges are the column borders."""
    bands: list[list[Box]] = []
    for fill in sorted(desk.page.fills, key=lambda f: (round(f.box.top), f.box.x0)):
        if not is_shading(fill, desk.page):
            continue
        box, last = fill.box, bands[-1][-1] if bands else None
        level = last and abs(last.top - box.top) < 1.5 and abs(last.bottom - box.bottom) < 1.5
        if last and level and -1 < box.x0 - last.x1 < 3:
            bands[-1].append(box)
        else:
            bands.append([box])
    bands = [band for band in bands if len(band) > 2]
    if len(bands) > 8:  # every cell is shaded, not the headings alone
        return []
    drafts: list[Draft] = []
    for band in bands:
        top, left, right = band[0].top, band[0].x0, band[-1].x1
        later = [b[0].top for b in bands if b[0].top > top + 5]
        under: list[Line] = []
        for line in lines:
            if not top - 1 < line.middle < min(later, default=desk.page.height):
                continue
            if under and line.top - under[-1].bottom > 2.6 * line.size:
                break
            if line.x0 < left - 3 or line.x1 > right + 3:
                continue
            under.append(line)
        while len(under) > 2 and _stands_off(under[-2], under[-1]):
            under.pop()
        if len(under) > 2:
            hard_xs = [box.x0 for box in band[1:]]
            drafts += space_drafts(desk, under, "headed", None, hard_xs, ())
    return drafts


def _stands_off(above: Line, line: Line) -> bool:
    """True for a lone text a little below the rows: a note, and no wrapped cell."""
    return len(line.chunks) == 1 and line.top - above.bottom > 0.4 * line.size
