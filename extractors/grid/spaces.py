"""Readings of a run of lines by white space: divisions into columns, times those into rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.grid.aside import placed_with_headings
from extractors.grid.carried import HEAD, carried_columns
from extractors.grid.columns import (
    Stretch,
    between,
    column_of,
    coverage_gaps,
    find_columns,
    membership,
    merge_shy,
    split_at,
)
from extractors.grid.compose import compose, set_in_columns
from extractors.grid.draft import Draft
from extractors.grid.lines import Chunk, Line, box_of
from extractors.grid.looks import Looks
from extractors.grid.printed import CURRENCY
from extractors.grid.regions import is_tabular
from extractors.grid.rows import Placed, divisions, ruled_starts
from extractors.grid.rulings import Ruling, Rulings, is_shading
from extractors.grid.themes import (
    beside_themes,
    beside_turned,
    find_themes,
    shared_out,
    sparse_labels,
    turned_themes,
    with_themes,
    without_themes,
)
from extractors.model import Box, Page

MOST = 2  # divisions into columns that are tried, those with the most columns
RULED_OVER = 8  # points: a rule that reaches further over a gap goes on over it
EAGER = 1.2  # how much more the second division into rows is bent on joining lines


@dataclass(slots=True)
class Desk:
    """A page while its tables are read: lines, rulings, bands of shading, what was read already."""

    page: Page
    lines: list[Line]
    rulings: Rulings
    bands: Sequence[Box] = ()
    thorough: bool = False
    carried: Sequence[float] = ()  # column borders of a table that the page before leaves open
    done: set[tuple[object, ...]] = field(default_factory=set)
    looks: Looks = field(default_factory=dict)
    divided: dict[tuple[object, ...], tuple[list[Line], list[list[Stretch]]]] = field(
        default_factory=dict
    )


def column_choices(lines: Sequence[Line], hard: Sequence[float]) -> list[list[Stretch]]:
    """Different divisions into columns: strict, and letting banners cross the gaps."""
    body = [line for line in lines if is_tabular(line)] or list(lines)
    choices: list[list[Stretch]] = []
    allowances = sorted({0, 1, max(1, len(body) // 12), max(1, len(body) // 5)})
    for found in find_columns(body, allowances, hard):
        columns = merge_shy(found, body, hard)
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
        [columns] = find_columns(lines, [0], hard)
        if len(columns) > 1:
            choices.append(columns)
    return choices


def divided(desk: Desk, lines: Sequence[Line], hard: Sequence[float]) -> list[list[Stretch]]:
    """The column choices of some lines, found once per page."""
    key = (id(lines[0]), id(lines[-1]), len(lines), *hard)
    if key not in desk.divided:
        # The lines are kept, too: their ids must not pass to others.
        desk.divided[key] = (list(lines), column_choices(lines, hard))
    return desk.divided[key][1]


def _inseparable(chunk: Chunk) -> list[Stretch]:
    """Where the words of a chunk stand; a currency sign and its number are one."""
    parts: list[Stretch] = []
    after_sign = False
    for word in chunk.words:
        if after_sign:
            parts[-1] = (parts[-1][0], word.box.x1)
        else:
            parts.append((word.box.x0, word.box.x1))
        after_sign = word.text in CURRENCY
    return parts


def fine_columns(lines: Sequence[Line], hard: Sequence[float]) -> list[Stretch]:
    """Columns from gaps between words that go through all lines, however narrow.

    Over several lines, spaces between words do not stand below each other by chance.
    """
    if len(lines) < 5:
        return []
    words = [part for line in lines for c in line.chunks for part in _inseparable(c)]
    start, end = min(a for a, _ in words), max(b for _, b in words)
    columns = between(coverage_gaps(words, 0, start, end), start, end, hard)
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
    columns = _without_prefixes(columns, lines)
    return merge_shy(columns, split_at(columns, lines), hard)


def _without_prefixes(columns: Sequence[Stretch], lines: Sequence[Line]) -> list[Stretch]:
    """The columns, one that says the same in each line made one with what follows it closely.

    Labels that all begin with the same words (`Grant to …`) have a space below a space.
    """
    cut = split_at(columns, lines)
    texts: list[Counter[str]] = [Counter() for _ in columns]
    ends = [0.0] * len(columns)
    starts = [float("inf")] * len(columns)
    for line in cut:
        for chunk in line.chunks:
            first, last = column_of(columns, chunk)
            if first == last:
                texts[first][chunk.text if chunk.kind == "text" else ""] += 1
                ends[first] = max(ends[first], chunk.x1)
                starts[first] = min(starts[first], chunk.x0)
    kept = list(columns[:1])
    for i, column in enumerate(columns[1:], start=1):
        text, count = next(iter(texts[i - 1].most_common(1)), ("", 0))
        near = starts[i] - ends[i - 1] < 0.7 * lines[0].size
        if near and text and count > 0.7 * sum(texts[i - 1].values()):
            kept[-1] = (kept[-1][0], column[1])
        else:
            kept.append(column)
    return kept


def wide_gutter(
    lines: Sequence[Line], columns: Sequence[Stretch], across: Sequence[Ruling]
) -> tuple[float, str] | None:
    """The middle of the gap between two tables side by side, and what tells: the halves are
    set at different heights or no rule goes on over the gap (`uneven`), or it is far the widest
    (`side`). Rules that go on over a gap make one table of both sides."""
    if len(columns) < 4:
        return None
    top, bottom = lines[0].top, lines[-1].bottom
    rules = [r for r in across if top < r.at < bottom]
    x = _uneven(lines, columns)
    if (
        x is not None
        and sum(r.start < x - RULED_OVER and r.end > x + RULED_OVER for r in rules) > 2
    ):
        return None
    x = x or _parted_by_rules(lines, columns, rules)
    if x is not None:
        return x, "uneven"
    gaps: list[tuple[float, int, float]] = []
    chunks = [c for line in lines for c in line.chunks]
    for i, (_, x) in enumerate(columns[:-1]):
        left = max((c.x1 for c in chunks if c.x0 < x and c.x1 < x + 2), default=x)
        right = min((c.x0 for c in chunks if c.x0 > x - 2), default=x)
        gaps.append((right - left, i, x))
    gaps.sort(reverse=True)
    width, at, x = gaps[0]
    lonely = len(gaps) < 2 or width > 1.5 * gaps[1][0]
    if width > 1.2 * lines[0].size and lonely and 0 < at < len(columns) - 2:
        return x, "side"
    return None


def _parted_by_rules(
    lines: Sequence[Line], columns: Sequence[Stretch], rules: Sequence[Ruling]
) -> float | None:
    """A column border at which the rules of both sides end, and over which none goes on.

    Each side has labels of its own, or it is no table: years are boxed apart in one table, too.
    """
    for border in range(2, len(columns) - 1):
        x, after = columns[border][0], columns[border][1]
        left = [r for r in rules if r.end <= x + 4 and r.end > columns[border - 1][0]]
        right = [r for r in rules if x - RULED_OVER < r.start < after]
        if min(len(left), len(right)) < 3 or len(left) + len(right) < len(rules):
            continue
        sides = (
            [[c for c in line.chunks if c.x0 >= x - 4] for line in lines],
            [[c for c in line.chunks if c.x0 < x - 4] for line in lines],
        )
        first = [[own[0].kind == "text" for own in side if own] for side in sides]
        if all(sum(texts) > 0.6 * len(texts) for texts in first):
            return x
    return None


def _uneven(lines: Sequence[Line], columns: Sequence[Stretch]) -> float | None:
    """A column border over which few lines go on: the halves are set at different heights."""
    members = membership(columns, lines)
    for border in range(2, len(columns) - 1):
        left = [{c for c in row if c < border} for row in members]
        right = [{c for c in row if c >= border} for row in members]
        full = min(sum(len(s) > 1 for s in left), sum(len(s) > 1 for s in right))
        both = sum(1 for a, b in zip(left, right, strict=True) if a and b)
        if full >= 4 and both < 0.5 * full:
            return columns[border][0]
    return None


def row_choices(
    lines: Sequence[Line],
    placed: Sequence[Placed],
    columns: int,
    hard: Sequence[float],
    zebra: Sequence[float],
) -> list[tuple[str, list[int]]]:
    """Different divisions into rows: wrapped cells joined, every line, rulings only."""
    plain, eager = divisions(lines, placed, columns, hard, zebra, (0.0, EAGER))
    choices = [("wrapped", plain), ("eager", eager)]
    choices.append(("lines", list(range(len(lines)))))
    if len(hard) >= 2:
        choices.append(("ruled", ruled_starts(lines, placed, hard)))
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


def space_drafts(
    desk: Desk,
    lines: Sequence[Line],
    reader: str,
    frame: Box | None = None,
    hard_xs: Sequence[float] = (),
    hard_ys: Sequence[float] = (),
) -> list[Draft]:
    """Readings of one run of lines as a table by white space; each only once per page."""
    drafts = []
    choices = divided(desk, lines, hard_xs)
    if not desk.thorough:
        choices = sorted(choices, key=len, reverse=True)[:MOST]
        choices = [c for c in choices if len(c) >= 0.7 * len(choices[0]) or len(choices[0]) < 5]
    if desk.carried and lines[0].top < HEAD * desk.page.height:
        choices += [c for c in [carried_columns(desk.carried, lines)] if c]
    for columns in choices:
        cut = split_at(columns, lines)
        box = frame or box_of(cut)
        key = (
            len(cut),
            round(box.top),
            round(box.bottom),
            tuple(round(a) for a, _ in columns),
            round(columns[-1][1]),
            len(hard_ys),
        )
        if key in desk.done:
            continue
        desk.done.add(key)
        zebra = zebra_edges(desk.page, box)
        walls = hard_ys
        if reader in ("space", "rules") and hard_ys:
            # A band of headings ends their row, be there a rule or not.
            walls = [*(y for y in zebra[:1] if y < hard_ys[0] - 2), *hard_ys]
        cut, placed = placed_with_headings(cut, columns)
        themes = find_themes(desk.page, desk.rulings.across, cut, placed)
        if themes:
            cut, placed = without_themes(cut, placed, themes)
        setting = set_in_columns(cut, columns, desk.rulings.across, hard_xs, frame, placed)
        if themes:
            setting.xs[0] = min(box.x0, setting.xs[0])
            placed = beside_themes(placed)
        turned = [] if themes else turned_themes(desk.page, desk.rulings.across, box, columns)
        for name, breaks in row_choices(cut, placed, len(columns), walls, zebra):
            if len(breaks) > 1 and (name != "lines" or reader == "space" or desk.thorough):
                draft = compose(setting, breaks, f"{reader}/{name}")
                whole = with_themes(draft, themes) if themes else draft
                whole = beside_turned(draft, turned) if turned else whole
                drafts += [whole] if whole else []
        labels = () if themes else sparse_labels(placed, desk.rulings.across)
        if labels:
            cut, placed = without_themes(cut, placed, labels)
            setting = set_in_columns(cut, columns, desk.rulings.across, hard_xs, frame, placed)
            setting.xs[0] = min(box.x0, setting.xs[0])
            for name, breaks in row_choices(cut, beside_themes(placed), len(columns), walls, zebra):
                whole = shared_out(compose(setting, breaks, f"{reader}/{name}"), labels)
                drafts += [whole] if whole else []
    return drafts
