"""All the readings of a page's tables that are worth weighing against each other."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from extractors.grid.columns import Stretch, find_columns, membership, merge_shy
from extractors.grid.compose import compose, split_at
from extractors.grid.draft import Draft
from extractors.grid.lattice import clusters, lattice
from extractors.grid.lines import Line, chunk_of, page_lines
from extractors.grid.regions import grown, is_tabular, runs
from extractors.grid.rows import row_breaks
from extractors.grid.rulings import Ruling, Rulings, is_shading, read_rulings
from extractors.model import Box, Page, Word


def within(words: Sequence[Word], box: Box, slack: float = 1.0) -> list[Word]:
    """The words whose middle lies in the box."""
    return [
        w
        for w in words
        if box.x0 - slack <= (w.box.x0 + w.box.x1) / 2 <= box.x1 + slack
        and box.top - slack <= (w.box.top + w.box.bottom) / 2 <= box.bottom + slack
    ]


def column_choices(lines: Sequence[Line], hard: Sequence[float]) -> list[list[Stretch]]:
    """Different divisions into columns: strict, and letting banners cross the gaps."""
    body = [line for line in lines if is_tabular(line)] or list(lines)
    choices: list[list[Stretch]] = []
    allowances = sorted({0, 1, max(1, len(body) // 12), max(1, len(body) // 5)})
    for crossings in allowances:
        columns = merge_shy(find_columns(body, crossings, hard), body, hard)
        if len(columns) > 1 and all(
            len(columns) != len(c)
            or any(abs(a[0] - b[0]) > 3 for a, b in zip(columns, c, strict=True))
            for c in choices
        ):
            choices.append(columns)
    fine = fine_columns(body, hard)
    if len(fine) > 1 and all(len(fine) != len(c) for c in choices):
        choices.append(fine)
    if not choices and hard:
        columns = find_columns(lines, 0, hard)
        if len(columns) > 1:
            choices.append(columns)
    return choices


def fine_columns(lines: Sequence[Line], hard: Sequence[float]) -> list[Stretch]:
    """Columns from gaps between words that go through all lines, however narrow.

    Over several lines, spaces between words do not stand below each other by chance.
    """
    if len(lines) < 5:
        return []
    words = [Line([chunk_of([w])]) for line in lines for c in line.chunks for w in c.words]
    columns = find_columns(words, 0, hard)
    # A border counts where words stand on both sides of it in most lines, a column where
    # words stand in a good share of them.
    kept = columns[:1]
    for column in columns[1:]:
        both = sum(1 for line in lines if line.x0 < column[0] < line.x1)
        if both >= max(4, 0.5 * len(lines)):
            kept.append(column)
        else:
            kept[-1] = (kept[-1][0], column[1])
    cut = split_at(kept, lines)
    filled = Counter(i for row in membership(kept, cut) for i in row)
    columns = []
    for i, column in enumerate(kept):
        if columns and min(filled[i], filled[i - 1]) < max(3, 0.2 * len(lines)):
            columns[-1] = (columns[-1][0], column[1])
        else:
            columns.append(column)
    return merge_shy(columns, split_at(columns, lines), hard)


def wide_gutter(lines: Sequence[Line], columns: Sequence[Stretch]) -> float | None:
    """The middle of the gap between two tables side by side, if one gap is far the widest."""
    if len(columns) < 4:
        return None
    gaps = []
    for i, (_, x) in enumerate(columns[:-1]):
        if 0 < i < len(columns) - 2:
            left = max((c.x1 for line in lines for c in line.chunks if c.x0 < x), default=x)
            right = min((c.x0 for line in lines for c in line.chunks if c.x0 > x), default=x)
            gaps.append((right - min(left, x), x))
    if not gaps:
        return None
    widest = max(gaps)
    return widest[1] if widest[0] > 1.2 * lines[0].size else None


def row_choices(
    lines: Sequence[Line],
    columns: Sequence[Stretch],
    hard: Sequence[float],
    zebra: Sequence[float],
) -> list[tuple[str, list[int]]]:
    """Different divisions into rows: wrapped cells joined, every line, rulings only."""
    choices = [("wrapped", row_breaks(lines, columns, hard, zebra))]
    choices.append(("eager", row_breaks(lines, columns, hard, zebra, eager=1.2)))
    choices.append(("lines", list(range(len(lines)))))
    if len(hard) >= 2:
        marks = [0]
        for i in range(1, len(lines)):
            if any(lines[i - 1].middle < y <= lines[i].middle for y in hard):
                marks.append(i)
        choices.append(("ruled", marks))
    unique: list[tuple[str, list[int]]] = []
    for name, breaks in choices:
        if all(breaks != b for _, b in unique):
            unique.append((name, breaks))
    return unique


def zebra_edges(page: Page, box: Box) -> list[float]:
    """Heights at which row shading begins or ends inside the box."""
    width = box.x1 - box.x0
    heights = set()
    for fill in page.fills:
        f = fill.box
        if not is_shading(fill, page) or min(f.x1, box.x1) - max(f.x0, box.x0) < 0.5 * width:
            continue
        for y in (f.top, f.bottom):
            if box.top < y < box.bottom:
                heights.add(round(y, 1))
    return sorted(heights)


def ruled_drafts(page: Page, words: Sequence[Word], rulings: Rulings, reader: str) -> list[Draft]:
    """Grids drawn on the page, each also with its rows and columns split by the text."""
    drafts: list[Draft] = []
    for network in clusters(rulings):
        draft = lattice(network, words, reader)
        if draft is None or not any(c.words for c in draft.cells):
            continue
        drafts.append(draft)
        drafts += _split_variants(page, draft, words, network)
    return drafts


def _split_variants(
    page: Page, draft: Draft, words: Sequence[Word], network: Rulings
) -> list[Draft]:
    """A drawn grid read again with white space as further borders, within its frame."""
    inside = within(words, draft.box)
    if not inside:
        return []
    lines = page_lines(inside)
    if len(lines) < 2 or (len(lines) <= draft.rows and draft.columns > 2):
        return []
    box = draft.box
    height = box.bottom - box.top
    tall = [v for v in network.down if v.end - v.start > 0.5 * height]
    hard_xs = [v.at for v in tall if box.x0 + 3 < v.at < box.x1 - 3]
    hard_ys = [
        h.at
        for h in network.across
        if h.end - h.start > 0.6 * (box.x1 - box.x0) and box.top + 3 < h.at < box.bottom - 3
    ]
    split = space_drafts(page, lines, network.across, "ruled+space", box, hard_xs, hard_ys)
    # The same rows and columns read from text add nothing and may lose drawn spans.
    return [d for d in split if (d.rows, d.columns) != (draft.rows, draft.columns)]


def space_drafts(
    page: Page,
    lines: Sequence[Line],
    across: Sequence[Ruling],
    reader: str,
    frame: Box | None = None,
    hard_xs: Sequence[float] = (),
    hard_ys: Sequence[float] = (),
) -> list[Draft]:
    """Readings of one run of lines as a table by white space."""
    drafts = []
    for columns in column_choices(lines, hard_xs):
        first, last = (0, len(lines))
        cut = split_at(columns, lines[first:last])
        box = frame or Box(
            min(x.x0 for x in cut), cut[0].top, max(x.x1 for x in cut), cut[-1].bottom
        )
        zebra = zebra_edges(page, box)
        for name, breaks in row_choices(cut, columns, hard_ys, zebra):
            if len(breaks) < 2:
                continue
            drafts.append(compose(cut, columns, breaks, f"{reader}/{name}", across, hard_xs, frame))
    return drafts


def open_drafts(page: Page, words: Sequence[Word], rulings: Rulings) -> list[Draft]:
    """Tables without a drawn grid: runs of lines with columns, with and without headings."""
    lines = page_lines(words)
    if not lines:
        return []
    width = max(x.x1 for x in lines) - min(x.x0 for x in lines)
    drafts: list[Draft] = []
    seen: set[tuple[int, int]] = set()
    for tall in (2.6, 1.3):
        for first, last in runs(lines, width, tall):
            spread = column_choices(lines[first:last], ())
            if not spread:
                continue
            wide = grown(lines, first, last, spread[0])
            x = wide_gutter(lines[first:last], spread[0])
            if x is not None and (first, -1) not in seen:
                seen.add((first, -1))
                drafts += side_by_side(page, lines[wide[0] : wide[1]], x, rulings)
            for a, b in dict.fromkeys([wide, (first, last)]):
                if (a, b) in seen or b - a < 2:
                    continue
                seen.add((a, b))
                box = Box(
                    min(x.x0 for x in lines[a:b]),
                    lines[a].top,
                    max(x.x1 for x in lines[a:b]),
                    max(x.bottom for x in lines[a:b]),
                )
                hard_ys = wide_rules(rulings.across, box)
                drafts += space_drafts(page, lines[a:b], rulings.across, "space", None, (), hard_ys)
    drafts += rule_bounded(page, lines, rulings)
    drafts += shade_bounded(page, lines, rulings)
    return drafts


def side_by_side(page: Page, lines: Sequence[Line], x: float, rulings: Rulings) -> list[Draft]:
    """Readings of the two halves of a run of lines, each as a table of its own."""
    drafts = []
    words = [w for line in lines for c in line.chunks for w in c.words]
    for side in ([w for w in words if w.box.x1 <= x], [w for w in words if w.box.x0 >= x]):
        half = page_lines(side)
        spans = (
            [r for r in runs(half, max(y.x1 for y in half) - min(y.x0 for y in half))]
            if half
            else []
        )
        for first, last in spans:
            drafts += space_drafts(page, half[first:last], rulings.across, "side", None, (), ())
    return drafts


def wide_rules(across: Sequence[Ruling], box: Box) -> list[float]:
    """Heights of the rulings that reach across most of the box."""
    width = box.x1 - box.x0
    return [
        r.at
        for r in across
        if box.top < r.at < box.bottom and min(r.end, box.x1) - max(r.start, box.x0) > 0.6 * width
    ]


def rule_bounded(page: Page, lines: Sequence[Line], rulings: Rulings) -> list[Draft]:
    """Tables between horizontal rules of one extent (no vertical rules)."""
    drafts: list[Draft] = []
    groups: list[list[Ruling]] = []
    for rule in rulings.across:
        if rule.end - rule.start < 60:
            continue
        for group in groups:
            if abs(group[0].start - rule.start) < 6 and abs(group[0].end - rule.end) < 6:
                group.append(rule)
                break
        else:
            groups.append([rule])
    for group in groups:
        if len(group) < 2:
            continue
        top, bottom = group[0].at, group[-1].at
        left, right = group[0].start - 3, group[0].end + 3
        inside = [
            line
            for line in lines
            if top - 2 < line.middle < bottom + 2 and line.x0 >= left - 8 and line.x1 <= right + 8
        ]
        if len(inside) < 2:
            continue
        hard = [r.at for r in group[1:-1]]
        drafts += space_drafts(page, inside, rulings.across, "rules", None, (), hard)
    return drafts


def shade_bounded(page: Page, lines: Sequence[Line], rulings: Rulings) -> list[Draft]:
    """Tables whose rows are bands of shading, every one or every other, without a drawn grid."""
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
                drafts += space_drafts(page, inside, rulings.across, "bands", None, (), hard)
    return drafts


def gutter(lines: Sequence[Line]) -> float | None:
    """The x of a blank stripe down the page between two blocks of text or tables, if any."""
    if len(lines) < 8:
        return None
    left, right = min(x.x0 for x in lines), max(x.x1 for x in lines)
    best: tuple[float, float] | None = None
    step = 3.0
    x = left + 0.25 * (right - left)
    while x < left + 0.75 * (right - left):
        crossed = sum(1 for line in lines if any(c.x0 < x < c.x1 for c in line.chunks))
        both = sum(
            1
            for line in lines
            if line.x0 < x < line.x1 and not any(c.x0 < x < c.x1 for c in line.chunks)
        )
        if both >= 6 and crossed <= 0.25 * len(lines):
            value = both - 3 * crossed - abs(x - (left + right) / 2) / 40
            if best is None or value > best[0]:
                best = (value, x)
        x += step
    return best[1] if best else None


def candidates(page: Page) -> list[Draft]:
    """Every reading of every possible table on an upright page."""
    words = [w for w in page.words if w.angle == 0]
    turned = [w for w in page.words if w.angle]
    plain = read_rulings(page)
    drafts = ruled_drafts(page, [*words, *turned], plain, "ruled")
    if any(is_shading(f, page) for f in page.fills):
        shaded = read_rulings(page, shading=True)
        if len(shaded.across) + len(shaded.down) < 1500:
            drafts += ruled_drafts(page, words, shaded, "shaded")
    drafts += open_drafts(page, words, plain)
    lines = page_lines(words)
    x = gutter(lines)
    if x is not None:
        left = [w for w in words if w.box.x1 <= x + 1]
        right = [w for w in words if w.box.x0 >= x - 1]
        for side in (left, right):
            drafts += open_drafts(page, side, plain)
    return drafts
