"""What speaks for and against a draft grid, as numbers between 0 and 1 where they are shares.

A table is judged by what a table must be: columns that hold one type, numbers in line,
rulings and shading respected, every word of the region in one cell, prose around it but not
in it, other readings that agree, and columns that add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from extractors.grid.draft import Draft, DraftCell
from extractors.grid.lines import Line
from extractors.grid.looks import Look, Looks, look_at
from extractors.grid.printed import is_bullet
from extractors.grid.rulings import Ruling, Rulings
from extractors.grid.surroundings import beside, crossed, crossed_columns, neighbours, rows_beyond
from extractors.model import Page, Word

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
    "crooked",
    "bulleted",
)


def draft_facts(
    draft: Draft,
    page: Page,
    page_lines_: Sequence[Line],
    rulings: Rulings,
    known: Looks,
) -> dict[str, float]:
    """The facts of one draft; `agree_*`, `covered` and `contained` wait for `compare`."""
    facts = dict.fromkeys(FACTS, 0.0)
    rows, columns = draft.rows, draft.columns
    filled = [(c, look_at(c.words, known)) for c in draft.cells if c.words]
    words = sum(look.count for _, look in filled)
    count = max(1, len(filled))
    box = draft.box
    numeric: list[list[bool]] = [[] for _ in range(columns)]
    lefts: list[list[float]] = [[] for _ in range(columns)]
    rights: list[list[float]] = [[] for _ in range(columns)]
    values: list[list[float]] = [[] for _ in range(columns)]
    per_row = [0] * rows
    numbers_in_row = [0] * rows
    label_in_row = [False] * rows
    crowded = stacked = mixed = long_cells = lower = leaders = marks = straddled = prose = 0
    spread = lines = numbers = area = bulleted = 0
    for cell, look in filled:
        row, column = cell.row, cell.column
        area += cell.row_span * cell.column_span
        lines += look.lines
        per_row[row] += 1
        first = look.first
        if column == 0:
            for r in range(row, min(rows, row + cell.row_span)):
                label_in_row[r] = True
            marks += first in "•●▪◦–-"
        bulleted += look.count > 1 and first not in "-–—" and is_bullet(first)
        if look.figure_lines > 1:
            stacked += 1
        mixed += look.mixed
        long_cells += look.count > 14
        lower += first[:1].islower() and len(first) > 1
        leaders += look.last.endswith("....") or first.startswith("....")
        if look.numeric:
            numbers += 1
            crowded += look.figures > look.lines
            for r in range(row, min(rows, row + cell.row_span)):
                numbers_in_row[r] += 1
        if cell.column_span > 1:
            spread += 1
            prose += cell.column_span >= max(2, columns * 0.6) and look.count > 9
            continue
        numeric[column].append(look.numeric)
        lefts[column].append(look.x0)
        rights[column].append(look.x1)
        if look.value is not None:
            values[column].append(look.value)
        x0, x1 = draft.xs[column] - 2.5, draft.xs[column + 1] + 2.5
        if look.x0 < x0 or look.x1 > x1:
            straddled += sum(1 for w in cell.words if w.box.x0 < x0 or w.box.x1 > x1)
    body = [k[1:] if len(k) > 2 else k for k in numeric]
    number_columns = [c for c, k in enumerate(body) if k and sum(k) > 0.6 * len(k)]
    holds = [max(sum(k), len(k) - sum(k)) / len(k) for k in body if k]
    kind, _, way = draft.reader.partition("/")
    first_column = body[0] if body else []
    facts["rows"] = log(1 + rows)
    facts["columns"] = log(1 + columns)
    facts["filled"] = area / max(1, rows * columns)
    facts["numbers"] = numbers / count
    facts["number_columns"] = len(number_columns) / columns
    facts["type_holds"] = sum(holds) / len(holds) if holds else 0.0
    facts["label_first"] = 1 - sum(first_column) / len(first_column) if first_column else 0.0
    facts["aligned"] = _alignment(lefts, rights)
    facts["crowded"] = crowded / count
    facts["stacked"] = stacked / count
    facts["mixed"] = mixed / count
    facts["long_cells"] = long_cells / count
    facts["words_per_cell"] = log(1 + words / count)
    facts["lines_per_row"] = log(1 + lines / count)
    facts["lower_starts"] = lower / count
    facts["lone_rows"] = per_row.count(1) / rows
    facts["no_label"] = (
        sum(1 for r in range(1, rows) if numbers_in_row[r] and not label_in_row[r]) / rows
    )
    facts["spanned"] = spread / count
    facts["straddled"] = straddled / max(1, words)
    facts["ruled_rows"] = draft.ruled_rows
    facts["ruled_columns"] = draft.ruled_columns
    facts["is_ruled"] = float(kind == "ruled")
    facts["is_shaded"] = float(kind == "shaded")
    facts["is_split"] = float(kind == "ruled+space")
    facts["is_rules"] = float(kind == "rules")
    facts["is_side"] = float(kind in ("side", "uneven"))
    facts["is_bands"] = float(kind == "bands")
    facts["wrapped"] = float(way in ("wrapped", "eager"))
    facts["close_above"], facts["close_below"] = neighbours(draft, page_lines_)
    facts["row_above"], facts["row_below"] = rows_beyond(draft, page_lines_)
    facts["crossed_rules"] = crossed(draft, rulings.across)
    facts["crossed_columns"] = crossed_columns(draft, rulings.down)
    facts["walled"] = _walled(draft, filled, rulings.down) / count
    facts["beside"], inside = beside(draft, page_lines_)
    facts["lost_words"] = 1 - min(1.0, words / max(1, inside))
    facts["splittable"], facts["rejoinable"] = _wraps(filled, rights)
    facts["bulleted"] = bulleted / count
    facts["crooked"] = _crooked(filled, rows) / rows
    facts["striped"] = _stripes(filled, rows) / rows
    facts["header_like"] = float(
        rows > 1 and not numbers_in_row[0] and any(numbers_in_row) and per_row[0] >= 2
    )
    facts["leaders"] = leaders / count
    facts["marks"] = marks / rows
    facts["wide"] = (box.x1 - box.x0) / page.width
    facts["adds_up"] = _adds_up(values, number_columns)
    facts["empty_columns"] = sum(1 for k in numeric if not k) / columns
    facts["sparse_columns"] = sum(1 for k in numeric if 0 < len(k) <= 0.15 * rows) / columns
    facts["narrow_gaps"] = _narrow(draft, lefts, rights)
    facts["prose_rows"] = prose / rows
    facts["first_row_full"] = per_row[0] / columns
    facts["share_of_page"] = words / max(1, len(page.words))
    return facts


def _walled(draft: Draft, filled: Sequence[tuple[DraftCell, Look]], down: Sequence[Ruling]) -> int:
    """How many cells hold what belongs in several.

    Either words stand on both sides of a vertical line drawn through them, or a spanning cell
    holds runs of words that leave the borders of its columns free twice or more.
    """
    box = draft.box
    lines = [r for r in down if box.x0 + 2 < r.at < box.x1 - 2 and r.end - r.start > 4]
    torn = 0
    for cell, look in filled:
        if cell.column_span > 2 and _smeared(cell, draft.xs):
            torn += 1
            continue
        for line in lines:
            if not look.x0 + 1 < line.at < look.x1 - 1:
                continue
            if line.start > look.top + 2 or line.end < look.bottom - 2:
                continue
            left = any(w.box.x1 <= line.at + 1 for w in cell.words)
            if left and any(w.box.x0 >= line.at - 1 for w in cell.words):
                torn += 1
                break
    return torn


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


def _crooked(filled: Sequence[tuple[DraftCell, Look]], rows: int) -> int:
    """How many rows hold cells that share neither top nor middle nor foot with the tallest."""
    by_row: list[list[Look]] = [[] for _ in range(rows)]
    for cell, look in filled:
        if cell.row_span == 1:
            by_row[cell.row].append(look)
    crooked = 0
    for row in by_row:
        if len(row) < 2:
            continue
        tall = max(row, key=lambda x: x.bottom - x.top)
        slack = 0.28 * tall.begins.size
        crooked += any(
            min(
                abs(x.top - tall.top),
                abs(x.bottom - tall.bottom),
                abs(x.top + x.bottom - tall.top - tall.bottom) / 2,
            )
            > slack
            for x in row
        )
    return crooked


def _stripes(filled: Sequence[tuple[DraftCell, Look]], rows: int) -> int:
    """Blank stripes across a row, with words above and below them in two or more cells."""
    by_row: list[list[DraftCell]] = [[] for _ in range(rows)]
    deep = [0] * rows
    for cell, look in filled:
        if cell.row_span == 1:
            by_row[cell.row].append(cell)
            deep[cell.row] += look.lines > 1
    stripes = 0
    for row, several in zip(by_row, deep, strict=True):
        if several < 2:
            continue
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


def _wraps(
    filled: Sequence[tuple[DraftCell, Look]], rights: Sequence[list[float]]
) -> tuple[float, float]:
    """The share of lines within cells that look like new cells, and of cells that look like
    the wrapped rest of the cell above."""
    edges = [max(r, default=0.0) for r in rights]
    pairs = split = starts = rest = 0
    last: dict[int, tuple[Word, bool]] = {}
    for cell, look in filled:  # row by row
        column = cell.column
        if cell.column_span > 1:
            continue
        pairs += look.wraps
        edge = edges[column]
        split += sum(1 for reach in look.roomy if reach < edge)
        above = last.get(column)
        if above is not None:
            starts += 1
            head = look.begins
            if head.box.top - above[0].box.bottom < 0.6 * head.size and (
                above[1] or (head.text[:1].islower() and len(head.text) > 1)
            ):
                rest += 1
        last[column] = (look.ends, look.open_end)
    return split / max(1, pairs), rest / max(1, starts)


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


def _adds_up(values: Sequence[list[float]], columns: Sequence[int]) -> float:
    """The share of number columns in which some figure is the sum of those right above it."""
    tried = [values[c] for c in columns if len(values[c]) >= 3]
    return sum(closes(figures) for figures in tried) / len(tried) if tried else 0.0


def closes(figures: Sequence[float]) -> bool:
    """True where a figure equals the sum of two or more figures right above it."""
    total = 0.0
    sums = [0.0]
    seen: set[int] = set()  # sums up to two figures above, in hundredths
    for i, figure in enumerate(figures):
        if i >= 2:
            seen.add(round(sums[i - 2] * 100))
            if abs(figure) >= 10 and round((total - figure) * 100) in seen and figures[i - 1]:
                return True
        total += figure
        sums.append(total)
    return False
