"""All the readings of a page's tables that are worth weighing against each other."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.grid.agreement import area, compare, overlap
from extractors.grid.columns import coverage_gaps, cut_flush
from extractors.grid.draft import Draft, within
from extractors.grid.evidence import draft_facts
from extractors.grid.lattice import clusters, lattice, stacked
from extractors.grid.lines import Line, box_of, page_lines
from extractors.grid.regions import (
    grown,
    halves,
    headed_parts,
    is_prose,
    restarted,
    runs,
)
from extractors.grid.rejoined import rejoined
from extractors.grid.rulings import (
    Ruling,
    Rulings,
    is_shading,
    read_rulings,
    with_drawn_bullets,
    with_typed_rules,
)
from extractors.grid.shading import goes_over, headed, shade_bands, shade_bounded
from extractors.grid.sound import is_sound
from extractors.grid.spaces import Desk, divided, space_drafts, wide_gutter
from extractors.grid.twins import read_twins
from extractors.model import Box, Page, Word

BEYOND = 4  # lines over the first rule or under the last that may belong to the table
BUSIEST = 1500  # rulings on a page beyond which shading is a picture, not a table


def ruled_drafts(
    desk: Desk, words: Sequence[Word], rulings: Rulings, reader: str, found: Sequence[Draft]
) -> list[Draft]:
    """Grids drawn on the page; those that are not sound also split by their text."""
    drafts: list[Draft] = []
    for network in stacked(clusters(rulings), words):
        draft = lattice(network, words, reader)
        if draft is None or not any(c.words for c in draft.cells):
            continue
        if any(
            (d.rows, d.columns) == (draft.rows, draft.columns)
            and overlap(d.box, draft.box) > 0.9 * max(area(d.box), area(draft.box))
            for d in found
        ):
            continue
        draft.facts = draft_facts(draft, desk.page, desk.lines, desk.rulings, desk.looks)
        drafts.append(draft)
        if desk.thorough or not is_sound(draft):
            drafts += _split_variants(desk, draft, words, network)
    return drafts


def _split_variants(
    desk: Desk, draft: Draft, words: Sequence[Word], network: Rulings
) -> list[Draft]:
    """A drawn grid read again with white space as further borders, within its frame."""
    inside = within(words, draft.box)
    if not inside:
        return []
    lines = page_lines(inside)
    torn = draft.facts["walled"] > 0  # rules part the cells of some rows only
    if len(lines) < 2 or (len(lines) <= draft.rows and draft.columns > 2 and not torn):
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
    split = space_drafts(desk, lines, "ruled+space", box, hard_xs, hard_ys)
    if torn:
        return split
    # The same rows and columns read from text add nothing and may lose drawn spans.
    return [d for d in split if (d.rows, d.columns) != (draft.rows, draft.columns)]


def open_drafts(desk: Desk, lines: Sequence[Line]) -> list[Draft]:
    """Tables without a drawn grid: runs of lines with columns, with and without headings."""
    if not lines:
        return []
    across = desk.rulings.across
    bands = [Ruling((b.top + b.bottom) / 2, b.x0, b.x1) for b in desk.bands]
    width = max(x.x1 for x in lines) - min(x.x0 for x in lines)
    lines = list(lines)
    for first, last in runs(lines, width):
        lines[first:last] = cut_flush(lines[first:last])
    drafts: list[Draft] = []
    seen: set[tuple[int, int]] = set()
    for tall in (2.6, 1.3):
        whole = [part for a, b in runs(lines, width, tall) for part in restarted(lines, a, b)]
        halved = [h for a, b in whole for h in (*halves(lines, a, b), *headed_parts(lines, a, b))]
        wider = [*_over_empty_bands(desk, lines, whole), *rejoined(lines, whole, across)]
        for first, last in [*whole, *halved, *wider]:
            if (first, last) in seen:
                continue
            spread = divided(desk, lines[first:last], ())
            if not spread:
                continue
            wide = grown(lines, first, last, spread[0])
            wide = wide[0], _with_foot(desk, lines, *wide)
            apart = wide_gutter(lines[first:last], spread[0], [*across, *bands])
            if apart and (first, -1) not in seen:
                seen.add((first, -1))
                drafts += side_by_side(desk, lines[wide[0] : wide[1]], *apart)
            for a, b in dict.fromkeys([wide, (first, last)] if desk.thorough else [wide]):
                if (a, b) in seen or b - a < 2:
                    continue
                seen.add((a, b))
                hard_ys = wide_rules(across, box_of(lines[a:b]))
                drafts += space_drafts(desk, lines[a:b], "space", None, (), hard_ys)
    for part in read_twins(lines, desk.bands):
        drafts += space_drafts(desk, part, "twin", None, (), wide_rules(across, box_of(part)))
    drafts += rule_bounded(desk, lines)
    drafts += shade_bounded(desk, lines)
    drafts += headed(desk, lines)
    return drafts


def _over_empty_bands(
    desk: Desk, lines: Sequence[Line], whole: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Runs as one where a shaded band without words is all that parts them.

    So stand the headings of a strip over its figures: the banner is printed on the first strip.
    """
    merged: list[tuple[int, int]] = []
    for first, last in whole:
        if (
            merged
            and merged[-1][1] == first
            and _is_empty_band(desk, lines[first - 1], lines[first])
        ):
            merged[-1] = merged[-1][0], last
        else:
            merged.append((first, last))
    return [run for run in merged if run not in whole]


def _is_empty_band(desk: Desk, above: Line, below: Line) -> bool:
    left, right = max(above.x0, below.x0), min(above.x1, below.x1)
    gap = below.top - above.bottom
    return any(
        f.box.x0 < left + 3
        and f.box.x1 > right - 3
        and above.middle < f.box.top
        and f.box.bottom < below.middle
        and f.box.bottom - f.box.top > 0.4 * gap
        for f in desk.page.fills
        if is_shading(f, desk.page)
    )


def _with_foot(desk: Desk, lines: Sequence[Line], first: int, last: int) -> int:
    """Where the run ends when lone labels under it count that stand on bands or between rules of
    its width.

    So do the totals of a strip of a spreadsheet whose figures are printed on another page. A total
    with its figures under those of the run may stand on a band further off.
    """
    left, right = min(x.x0 for x in lines[first:last]), max(x.x1 for x in lines[first:last])
    bands = [
        f.box
        for f in desk.page.fills
        if is_shading(f, desk.page) and f.box.x0 < left + 3 and f.box.x1 > right - 3
    ]
    rules = [r.at for r in desk.rulings.across if r.start < left + 3 and r.end > right - 3]
    ruled = sum(lines[first].middle < y < lines[last - 1].middle for y in rules) > 2

    def belongs(line: Line, above: Line) -> bool:
        return any(
            band.top < line.middle < band.bottom
            and band.bottom - band.top < 4 * line.size
            and band.top - above.bottom < (3.5 if _under_figures(line, above) else 1) * line.size
            for band in bands
        ) or (
            any(above.middle < y < line.middle for y in rules)
            and any(line.middle < y < line.bottom + line.size for y in rules)
            and line.top - above.bottom < (2.5 if ruled else 1.5) * line.size
        )

    while last < len(lines) and belongs(lines[last], lines[last - 1]):
        last += 1
    return last + 1 if ends_in_banner(lines, first, last) else last


def ends_in_banner(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether a lone label like others within the run follows it, and nothing close below: its
    rows are on the next page."""
    if last >= len(lines):
        return False
    line, above = lines[last], lines[last - 1]
    after = lines[last + 1].top - line.bottom if last + 1 < len(lines) else float("inf")
    if len(line.chunks) > 1 or line.top - above.bottom > 1.5 * line.size or after < 3 * line.size:
        return False
    word = line.chunks[0].words[0]
    return any(
        len(one.chunks) == 1
        and abs(one.x0 - line.x0) < 2
        and (w := one.chunks[0].words[0]).bold == word.bold
        and w.colour == word.colour
        and abs(w.size - word.size) < 0.2
        for one in lines[first + 1 : last]
    )


def _under_figures(line: Line, above: Line) -> bool:
    """Whether a line is a label and then figures that each end where one above it does."""
    first, *others = line.chunks
    ends = [c.x1 for c in above.chunks if c.kind == "number"]
    return (
        first.kind == "text"
        and bool(others)
        and all(c.kind == "number" and any(abs(c.x1 - x) < line.size for x in ends) for c in others)
    )


def side_by_side(desk: Desk, lines: Sequence[Line], x: float, reader: str) -> list[Draft]:
    """Readings of the two halves of a run of lines, each as a table of its own."""
    drafts = []
    words = [w for line in lines for c in line.chunks for w in c.words]
    for side in ([w for w in words if w.box.x1 <= x], [w for w in words if w.box.x0 >= x]):
        half = page_lines(side)
        if not half:
            continue
        width = max(y.x1 for y in half) - min(y.x0 for y in half)
        for first, last in runs(half, width):
            spread = divided(desk, half[first:last], ())
            if spread:  # the last cell may go on below its figures
                last = grown(half, first, last, spread[0])[1]
            own = half[first:last]
            hard_ys = wide_rules(desk.rulings.across, box_of(own))
            drafts += space_drafts(desk, own, reader, None, (), hard_ys)
    return drafts


def wide_rules(across: Sequence[Ruling], box: Box) -> list[float]:
    """Heights of the rulings that reach across most of the box."""
    width = box.x1 - box.x0
    return [
        r.at
        for r in across
        if box.top < r.at < box.bottom and min(r.end, box.x1) - max(r.start, box.x0) > 0.6 * width
    ]


def rule_bounded(desk: Desk, lines: Sequence[Line]) -> list[Draft]:
    """Tables between horizontal rules of one extent (no vertical rules)."""
    drafts: list[Draft] = []
    groups: list[list[Ruling]] = []
    for rule in desk.rulings.across:
        if rule.end - rule.start < 60:
            continue
        for group in groups:
            if abs(group[0].start - rule.start) < 6 and abs(group[0].end - rule.end) < 6:
                group.append(rule)
                break
        else:
            groups.append([rule])
    for group in [part for g in groups for part in _stacked(g, lines)]:
        if len(group) < 2:
            continue
        top, bottom = group[0].at, group[-1].at
        left, right = group[0].start - 3, group[0].end + 3
        level = [
            i
            for i, line in enumerate(lines)
            if top - 2 < line.middle < bottom + 2 and line.x0 >= left - 8 and line.x1 <= right + 8
        ]
        if len(level) < 2:
            continue
        inside = [lines[i] for i in level]
        drafts += space_drafts(desk, inside, "rules", None, (), [r.at for r in group[1:-1]])
        # Headings above the first rule, a total below the last.
        spread = divided(desk, inside, ())
        if spread and level[-1] - level[0] + 1 == len(level):
            first, last = grown(lines, level[0], level[-1] + 1, spread[0], BEYOND)
            last = _with_foot(desk, lines, first, last)
            if (first, last) != (level[0], level[-1] + 1):
                hard = [r.at for r in group]
                drafts += space_drafts(desk, lines[first:last], "rules", None, (), hard)
    return drafts


def _stacked(group: list[Ruling], lines: Sequence[Line]) -> list[list[Ruling]]:
    """Rules of one extent, apart where running text stands between the tables that they bound."""
    if len(group) < 4:
        return [group]
    left, right = group[0].start, group[0].end
    inside = [
        line
        for line in lines
        if group[0].at < line.middle < group[-1].at and line.x0 >= left - 8 and line.x1 <= right + 8
    ]
    tables = runs(inside, right - left)
    parts: list[list[Ruling]] = [[] for _ in tables]
    apart = False
    for rule in group if tables else ():
        away = [max(inside[a].top - rule.at, rule.at - inside[b - 1].bottom) for a, b in tables]
        nearest = away.index(min(away))
        first, last = inside[tables[nearest][0]], inside[tables[nearest][1] - 1]
        between = [
            line
            for line in inside
            if rule.at < line.middle < first.top or last.bottom < line.middle < rule.at
        ]
        if any(is_prose(line, right - left) for line in between):
            apart = True  # the foot of a box, and running text after it
        else:
            parts[nearest].append(rule)
    parts = [part for part in parts if len(part) >= 2]
    return parts if len(parts) > 1 or (apart and parts) else [group]


def gutter(lines: Sequence[Line]) -> float | None:
    """The x of a blank stripe down the page between two blocks of text or tables, if any."""
    if len(lines) < 8:
        return None
    left, right = min(x.x0 for x in lines), max(x.x1 for x in lines)
    intervals = [(c.x0, c.x1) for line in lines for c in line.chunks]
    best: tuple[float, float] | None = None
    for a, b in coverage_gaps(intervals, len(lines) // 4, left, right):
        x = (a + b) / 2
        if not left + 0.25 * (right - left) < x < left + 0.75 * (right - left):
            continue
        crossed = sum(1 for x0, x1 in intervals if x0 < x < x1)
        both = sum(1 for y in lines if y.x0 < x < y.x1) - crossed + _abreast(lines, x)
        if both >= max(6, 0.3 * len(lines)):
            value = both - 3 * crossed - abs(x - (left + right) / 2) / 40
            if best is None or value > best[0]:
                best = (value, x)
    return best[1] if best else None


def _abreast(lines: Sequence[Line], x: float) -> int:
    """How many lines stand beside each other left and right of x, each at its own height."""
    left = [y for y in lines if y.x1 < x]
    right = [y for y in lines if y.x0 > x]
    if not left or not right:
        return 0
    top = max(left[0].top, right[0].top)
    foot = min(left[-1].bottom, right[-1].bottom)
    return min(sum(top <= y.top and y.bottom <= foot for y in side) for side in (left, right))


def candidates(
    page: Page,
    thorough: bool = False,
    known: list[Line] | None = None,
    carried: Sequence[float] = (),
) -> list[Draft]:
    """Every reading of every possible table on an upright page, each with its facts.

    Where a sound grid is drawn, its words are not read again as open text, unless all
    readings are asked for (`thorough`). `known` are the lines of the page's upright words
    where somebody put them together before, `carried` the column borders of a table that the
    page before leaves open.
    """
    printed = page.words
    page = with_drawn_bullets(with_typed_rules(page))
    words = [w for w in page.words if w.angle == 0]
    if not words:
        return []
    plain = read_rulings(page)
    lines = known if known is not None and page.words is printed else page_lines(words)
    desk = Desk(page, lines, plain, shade_bands(page), thorough, carried)
    drafts = ruled_drafts(desk, page.words, plain, "ruled", ())
    if any(is_shading(f, page) for f in page.fills):
        shaded = read_rulings(page, shading=True)
        if len(shaded.across) + len(shaded.down) < BUSIEST:
            drafts += ruled_drafts(desk, page.words, shaded, "shaded", drafts)
    lines = desk.lines
    sound = [] if thorough else [d.box for d in drafts if d.facts and is_sound(d)]
    if sound:
        inside = {id(w) for box in sound for w in within(words, box)}
        words = [w for w in words if id(w) not in inside]
        lines = page_lines(words)
    drafts += open_drafts(desk, lines)
    x = gutter(lines)
    if x is not None and not goes_over(desk.bands, x, lines):
        drafts += open_drafts(desk, page_lines([w for w in words if w.box.x1 <= x + 1]))
        drafts += open_drafts(desk, page_lines([w for w in words if w.box.x0 >= x - 1]))
    for draft in drafts:
        if not draft.facts:
            draft.facts = draft_facts(draft, page, desk.lines, plain, desk.looks)
    compare(drafts)
    return drafts
