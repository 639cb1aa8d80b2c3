"""What speaks for and against a draft grid, as numbers between 0 and 1 where they are shares.

A table is judged by what a table must be: columns that hold one type, numbers in line,
rulings and shading respected, every word of the region in one cell, prose around it but not
in it, other readings that agree, and columns that add up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import log

from extractors.grid.draft import Draft, DraftCell
from extractors.grid.lines import Line
from extractors.grid.printed import is_numeric, is_year, plain_number, stands_for_number
from extractors.grid.rulings import Ruling, Rulings
from extractors.model import Box, Page, Word

_OPEN = frozenset(["and", "of", "the", "for", "to", "in", "or", "with", "by", "a", "via", "&"])

# The names of the facts, in the order in which a chooser reads them.
FACTS = (
    "rows",
    "columns",
    "filled",
    "numbers",
    "number_columns",
    "type_holds",
    "aligned",
    "crowded",
    "stacked",
    "long_cells",
    "words_per_cell",
    "lower_starts",
    "lone_rows",
    "no_label",
    "spanned",
    "straddled",
    "ruled_rows",
    "ruled_columns",
    "is_ruled",
    "is_shaded",
    "is_split",
    "is_rules",
    "wrapped",
    "close_above",
    "close_below",
    "crossed_rules",
    "lines_per_row",
    "header_like",
    "leaders",
    "marks",
    "left_words",
    "wide",
    "adds_up",
    "empty_columns",
    "sparse_columns",
    "narrow_gaps",
    "prose_rows",
    "first_row_full",
    "share_of_page",
    "agree_columns",
    "agree_rows",
    "agree_both",
    "covered",
    "contained",
    "walled",
    "crossed_columns",
    "beside",
    "lost_words",
    "splittable",
    "rejoinable",
    "is_side",
    "is_bands",
    "mixed",
    "striped",
    "row_above",
    "row_below",
    "label_first",
)


def draft_facts(
    draft: Draft, page: Page, page_lines_: Sequence[Line], rulings: Rulings
) -> dict[str, float]:
    """The facts of one draft, `agree_*` and `covered` left at 0 until drafts are compared."""
    facts = dict.fromkeys(FACTS, 0.0)
    rows, columns = draft.rows, draft.columns
    cells = draft.cells
    filled = [c for c in cells if c.words]
    words = sum(len(c.words) for c in filled)
    area = rows * columns
    box = draft.box
    facts["rows"] = log(1 + rows)
    facts["columns"] = log(1 + columns)
    facts["filled"] = sum(c.row_span * c.column_span for c in filled) / max(1, area)
    kinds: list[list[str]] = [[] for _ in range(columns)]
    lefts: list[list[float]] = [[] for _ in range(columns)]
    rights: list[list[float]] = [[] for _ in range(columns)]
    values: list[list[tuple[int, float]]] = [[] for _ in range(columns)]
    per_row = [0] * rows
    spread_row = [0] * rows
    numbers_in_row = [0] * rows
    label_in_row = [False] * rows
    crowded = stacked = long_cells = lower = leaders = marks = straddled = prose = 0
    line_total = mixed = 0
    numbers = 0
    first_text = [0] * rows
    for cell in filled:
        line_count, number_lines, tokens = _lines_in(cell)
        line_total = line_total + line_count
        texts = [w.text for w in cell.words]
        numeric = tokens and number_lines == line_count
        per_row[cell.row] += 1
        for r in range(cell.row, min(rows, cell.row + cell.row_span)):
            if cell.column == 0:
                label_in_row[r] = True
        if cell.column_span > 1:
            spread_row[cell.row] += 1
        if number_lines > 1:
            stacked += 1
        elif number_lines == 1 and line_count > 1 and _ends_in_figure(cell.words):
            mixed += 1
        if tokens > line_count and numeric:
            crowded += 1
        if len(texts) > 14:
            long_cells += 1
        if cell.column_span >= max(2, columns * 0.6) and len(texts) > 9:
            prose += 1
        if texts[0][:1].islower() and len(texts[0]) > 1:
            lower += 1
        if texts[-1].endswith("....") or texts[0].startswith("...."):
            leaders += 1
        if cell.column == 0 and texts[0] in "•●▪◦–-":
            marks += 1
        if numeric:
            numbers += 1
            for r in range(cell.row, min(rows, cell.row + cell.row_span)):
                numbers_in_row[r] += 1
        else:
            first_text[cell.row] += 1
        if cell.column_span == 1:
            c = cell.column
            kinds[c].append("n" if numeric else "t")
            lefts[c].append(min(w.box.x0 for w in cell.words))
            rights[c].append(max(w.box.x1 for w in cell.words))
            if numeric and line_count == 1:
                value = plain_number("".join(texts))
                if value is not None:
                    values[c].append((cell.row, value))
            x0, x1 = draft.xs[c], draft.xs[c + 1]
            straddled += sum(1 for w in cell.words if w.box.x0 < x0 - 2.5 or w.box.x1 > x1 + 2.5)
    count = max(1, len(filled))
    facts["numbers"] = numbers / count
    body = [k[1:] if len(k) > 2 else k for k in kinds]
    number_columns = [c for c, k in enumerate(body) if k and k.count("n") > 0.6 * len(k)]
    facts["number_columns"] = len(number_columns) / columns
    holds = [max(k.count("n"), k.count("t")) / len(k) for k in body if k]
    facts["type_holds"] = sum(holds) / len(holds) if holds else 0.0
    facts["aligned"] = _alignment(lefts, rights)
    facts["crowded"] = crowded / count
    facts["stacked"] = stacked / count
    facts["long_cells"] = long_cells / count
    facts["words_per_cell"] = log(1 + words / count)
    facts["lower_starts"] = lower / count
    facts["lone_rows"] = sum(1 for n in per_row if n == 1) / rows
    facts["no_label"] = (
        sum(1 for r in range(1, rows) if numbers_in_row[r] and not label_in_row[r]) / rows
    )
    facts["spanned"] = sum(spread_row) / count
    facts["straddled"] = straddled / max(1, words)
    facts["ruled_rows"] = draft.ruled_rows
    facts["ruled_columns"] = draft.ruled_columns
    kind, _, way = draft.reader.partition("/")
    facts["is_ruled"] = float(kind == "ruled")
    facts["is_shaded"] = float(kind == "shaded")
    facts["is_split"] = float(kind == "ruled+space")
    facts["is_rules"] = float(kind == "rules")
    facts["wrapped"] = float(way in ("wrapped", "eager"))
    above, below = _neighbours(draft, page_lines_)
    facts["close_above"], facts["close_below"] = above, below
    facts["crossed_rules"] = _crossed(draft, rulings.across)
    facts["crossed_columns"] = _crossed_columns(draft, rulings.down)
    facts["walled"] = walled(draft, rulings.down)
    facts["beside"], inside = _beside(draft, page_lines_)
    facts["lost_words"] = 1 - min(1.0, words / max(1, inside))
    facts["splittable"], facts["rejoinable"] = _wraps(draft, rights)
    facts["is_side"] = float(kind == "side")
    facts["mixed"] = mixed / count
    facts["row_above"], facts["row_below"] = _rows_beyond(draft, page_lines_)
    first = body[0] if body else []
    facts["label_first"] = first.count("t") / len(first) if first else 0.0
    facts["striped"] = _stripes(draft) / rows
    facts["is_bands"] = float(kind == "bands")
    facts["lines_per_row"] = log(1 + line_total / count)
    facts["header_like"] = float(
        bool(rows > 1 and not numbers_in_row[0] and sum(numbers_in_row) > 0 and per_row[0] >= 2)
    )
    facts["leaders"] = leaders / count
    facts["marks"] = marks / rows
    facts["wide"] = (box.x1 - box.x0) / page.width
    facts["adds_up"] = _adds_up(values, number_columns)
    facts["empty_columns"] = sum(1 for k in kinds if not k) / columns
    facts["sparse_columns"] = sum(1 for k in kinds if 0 < len(k) <= 0.15 * rows) / columns
    facts["narrow_gaps"] = _narrow(draft, lefts, rights)
    facts["prose_rows"] = prose / rows
    facts["first_row_full"] = per_row[0] / columns
    facts["share_of_page"] = words / max(1, len(page.words))
    return facts


def walled(draft: Draft, down: Sequence[Ruling]) -> float:
    """The share of cells that hold what belongs in several.

    Either words stand on both sides of a vertical line drawn through them, or a spanning cell
    holds runs of words that leave the borders of its columns free twice or more.
    """
    box = draft.box
    down = [r for r in down if box.x0 + 2 < r.at < box.x1 - 2 and r.end - r.start > 4]
    filled = torn = 0
    for cell in draft.cells:
        if not cell.words:
            continue
        filled += 1
        if cell.column_span > 2 and _smeared(cell, draft.xs):
            torn += 1
            continue
        top = min(w.box.top for w in cell.words)
        bottom = max(w.box.bottom for w in cell.words)
        for line in down:
            if line.start > top + 2 or line.end < bottom - 2:
                continue
            left = any(w.box.x1 <= line.at + 1 for w in cell.words)
            if left and any(w.box.x0 >= line.at - 1 for w in cell.words):
                torn += 1
                break
    return torn / max(1, filled)


def _smeared(cell: DraftCell, xs: Sequence[float]) -> bool:
    """True where two or more column borders fall in wide gaps between a cell's words."""
    words = sorted(cell.words, key=lambda w: w.box.x0)
    reach, free = words[0].box.x1, 0
    inner = xs[cell.column + 1 : cell.column + cell.column_span]
    for word in words[1:]:
        start = word.box.x0
        if start - reach > 0.8 * word.size and any(reach - 1 <= x <= start + 1 for x in inner):
            free += 1
        reach = max(reach, word.box.x1)
    return free > 1


def _lines_in(cell: DraftCell) -> tuple[int, int, int]:
    """Lines of a cell, how many of them hold only numbers, and number tokens in all."""
    words = cell.words
    if len(words) == 1:
        text = words[0].text
        n = is_numeric(text) or stands_for_number(text)
        return 1, int(n), int(n)
    lines: list[list[Word]] = []
    bottom = -1e9
    for w in sorted(words, key=lambda w: w.box.top):
        middle = (w.box.top + w.box.bottom) / 2
        if middle > bottom - 1:
            lines.append([])
            bottom = w.box.bottom
        lines[-1].append(w)
    number_lines = tokens = 0
    for line in lines:
        flags = [
            is_numeric(w.text) or w.text in "$£€%()" or stands_for_number(w.text) for w in line
        ]
        if all(flags):
            number_lines += 1
            tokens += max(1, sum(1 for w in line if any(ch.isdigit() for ch in w.text)))
    return len(lines), number_lines, tokens


def _ends_in_figure(words: Sequence[Word]) -> bool:
    """True where the lowest line of a cell is a figure under words: a row not yet split off."""
    low = max(words, key=lambda w: w.box.bottom)
    line = [w.text for w in words if w.box.bottom > low.box.bottom - 0.5 * low.size]
    text = "".join(line)
    return is_numeric(text) and not is_year(text) and text.strip("£$€0'’,.()") != ""


def _stripes(draft: Draft) -> int:
    """Blank stripes across a row, with words above and below them in two or more cells."""
    by_row: dict[int, list[DraftCell]] = {}
    for cell in draft.cells:
        if cell.words and cell.row_span == 1:
            by_row.setdefault(cell.row, []).append(cell)
    stripes = 0
    for row in by_row.values():
        words = sorted((w for c in row for w in c.words), key=lambda w: w.box.top)
        foot = words[0].box.bottom
        for word in words:
            if word.box.top - foot > 0.75 * word.size:
                y = (word.box.top + foot) / 2
                both = sum(
                    1
                    for c in row
                    if any(w.box.bottom < y for w in c.words)
                    and any(w.box.top > y for w in c.words)
                )
                stripes += both >= 2
            foot = max(foot, word.box.bottom)
    return stripes


def _alignment(lefts: Sequence[list[float]], rights: Sequence[list[float]]) -> float:
    """The share of cells whose left, right or middle stands in line with its column's most."""
    good = total = 0
    for left, right in zip(lefts, rights, strict=True):
        if len(left) < 2:
            continue
        middles = [(a + b) / 2 for a, b in zip(left, right, strict=True)]
        most = 0
        for edge in (left, right, middles):
            ordered = sorted(edge)
            at = 0
            for i, value in enumerate(ordered):
                while value - ordered[at] > 2.5:
                    at += 1
                most = max(most, i - at + 1)
        good += most
        total += len(left)
    return good / total if total else 0.0


def _narrow(draft: Draft, lefts: Sequence[list[float]], rights: Sequence[list[float]]) -> float:
    """The share of column borders with hardly any white space beside them."""
    if draft.columns < 2:
        return 1.0
    narrow = 0
    for c in range(draft.columns - 1):
        if rights[c] and lefts[c + 1] and min(lefts[c + 1]) - max(rights[c]) < 3:
            narrow += 1
    return narrow / (draft.columns - 1)


def _neighbours(draft: Draft, lines: Sequence[Line]) -> tuple[float, float]:
    """How near text stands above and below within the draft's width: 1 touching, 0 far."""
    box = draft.box
    up = down = 60.0
    for line in lines:
        if line.x1 < box.x0 or line.x0 > box.x1:
            continue
        middle = line.middle
        if middle < box.top:
            up = min(up, max(0.0, box.top - line.bottom))
        elif middle > box.bottom:
            down = min(down, max(0.0, line.top - box.bottom))
    return 1 / (1 + up / 6), 1 / (1 + down / 6)


def _rows_beyond(draft: Draft, lines: Sequence[Line]) -> tuple[float, float]:
    """The share of the columns that the nearest line above, and below, has a chunk in.

    Counted only where that line stands within two lines of the draft, has several chunks and
    none that crosses a column border: a heading or row that the draft leaves out.
    """
    box = draft.box
    above: Line | None = None
    below: Line | None = None
    for line in lines:
        if line.x1 < box.x0 or line.x0 > box.x1:
            continue
        if line.middle < box.top:
            above = line
        elif line.middle > box.bottom:
            below = line
            break
    shares = []
    for near, gap in (
        (above, box.top - above.bottom if above else 99.0),
        (below, below.top - box.bottom if below else 99.0),
    ):
        share = 0.0
        if near is not None and gap < 2 * near.size:
            inside = [c for c in near.chunks if c.x1 > box.x0 - 2 and c.x0 < box.x1 + 2]
            columns = {bisect_right(draft.xs, (c.x0 + c.x1) / 2) for c in inside}
            crossing = sum(1 for c in inside for x in draft.xs[1:-1] if c.x0 + 2 < x < c.x1 - 2)
            if len(columns) > 1 and not crossing:
                share = len(columns) / draft.columns
        shares.append(share)
    return shares[0], shares[1]


def _crossed_columns(draft: Draft, down: Sequence[Ruling]) -> float:
    """The share of vertical rulings inside the draft on which no column border stands."""
    box = draft.box
    inside = crossed = 0.0
    for at, start, end, _ in down:
        shared = min(end, box.bottom) - max(start, box.top)
        if box.x0 + 3 < at < box.x1 - 3 and shared > 8:
            inside += shared
            if not any(abs(at - x) < 5 for x in draft.xs):
                crossed += shared
    return crossed / inside if inside else 0.0


def _beside(draft: Draft, lines: Sequence[Line]) -> tuple[float, int]:
    """The share of lines level with the draft that have text left or right of it; and the
    number of words whose chunk begins inside it."""
    box = draft.box
    level = beside = inside = 0
    for line in lines:
        if not box.top < line.middle < box.bottom:
            continue
        level += 1
        outside = False
        for chunk in line.chunks:
            if chunk.x1 < box.x0 + 1 or chunk.x0 > box.x1 - 1:
                outside = True
            else:
                inside += len(chunk.words)
        beside += outside
    return beside / max(1, level), inside


def _wraps(draft: Draft, rights: Sequence[list[float]]) -> tuple[float, float]:
    """The share of lines within cells that look like new cells, and of cells that look like
    the wrapped rest of the cell above."""
    pairs = split = starts = rest = 0
    last: dict[int, Word] = {}
    for cell in sorted((c for c in draft.cells if c.words), key=lambda c: (c.row, c.column)):
        if cell.column_span > 1:
            continue
        words = sorted(cell.words, key=lambda w: (round(w.box.top / 3), w.box.x0))
        edge = max(rights[cell.column], default=0.0)
        for before, word in pairwise(words):
            if word.box.x0 < before.box.x0 and word.box.top > before.box.bottom - 2:
                pairs += 1
                need = word.box.x1 - word.box.x0 + 0.7 * word.size
                if edge - before.box.x1 > need and not word.text[:1].islower():
                    split += 1
        above = last.get(cell.column)
        if above is not None:
            starts += 1
            head = words[0]
            near = head.box.top - above.box.bottom < 0.6 * head.size
            if near and (
                (head.text[:1].islower() and len(head.text) > 1)
                or above.text in _OPEN
                or above.text.endswith(("-", "–", ",", "("))
            ):
                rest += 1
        last[cell.column] = words[-1]
    return split / max(1, pairs), rest / max(1, starts)


def _crossed(draft: Draft, rules: Sequence[Ruling]) -> float:
    """The share of long rulings inside the draft on which no row border stands."""
    box = draft.box
    width = box.x1 - box.x0
    inside = crossed = 0
    for at, start, end, _ in rules:
        if (
            box.top + 2 < at < box.bottom - 2
            and min(end, box.x1) - max(start, box.x0) > 0.5 * width
        ):
            inside += 1
            if not any(abs(at - y) < 4 for y in draft.ys):
                crossed += 1
    return crossed / inside if inside else 0.0


def _adds_up(values: Sequence[list[tuple[int, float]]], columns: Sequence[int]) -> float:
    """The share of number columns in which some figure is the sum of those just above it,
    or of those since the last such sum, or of all such sums."""
    closing = tried = 0
    for c in columns:
        figures = [v for _, v in values[c]]
        if len(figures) < 3:
            continue
        tried += 1
        if closes(figures):
            closing += 1
    return closing / tried if tried else 0.0


def closes(figures: Sequence[float]) -> bool:
    """True where a figure equals the sum of two or more figures right above it."""
    for i in range(len(figures) - 1, 1, -1):
        target = figures[i]
        if not target or abs(target) < 10:
            continue
        total = figures[i - 1]
        for j in range(i - 2, -1, -1):
            total += figures[j]
            if abs(total - target) < 0.006 + 1e-9 * abs(target) and figures[j]:
                return True
    return False


def compare(drafts: Sequence[Draft]) -> None:
    """Fills in how far other drafts of the same place agree, and what covers what."""
    boxes = [d.box for d in drafts]
    kinds = [d.reader.partition("/")[0] for d in drafts]
    for i, draft in enumerate(drafts):
        same_columns = same_rows = both = near = 0
        covered = contained = 0.0
        for j, other in enumerate(drafts):
            if i == j:
                continue
            shared = overlap(boxes[i], boxes[j])
            if not shared:
                continue
            mine, theirs = area(boxes[i]), area(boxes[j])
            if shared > 0.75 * max(mine, theirs):
                near += 1
                a = other.columns == draft.columns
                b = other.rows == draft.rows
                same_columns += a
                same_rows += b
                both += a and b
            elif shared > 0.9 * mine and theirs > 1.3 * mine and kinds[j] in ("ruled", "shaded"):
                covered = 1.0
            elif shared > 0.9 * theirs and mine > 1.3 * theirs and kinds[j] == "ruled":
                contained = 1.0
        if near:
            draft.facts["agree_columns"] = same_columns / near
            draft.facts["agree_rows"] = same_rows / near
            draft.facts["agree_both"] = both / near
        draft.facts["covered"] = covered
        draft.facts["contained"] = contained


def area(box: Box) -> float:
    """Square points."""
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)


def overlap(a: Box, b: Box) -> float:
    """Square points that two boxes share."""
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    return width * height if width > 0 and height > 0 else 0.0


__all__ = ["FACTS", "area", "closes", "compare", "draft_facts", "is_year", "overlap"]
