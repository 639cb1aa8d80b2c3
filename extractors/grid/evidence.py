"""What speaks for and against a draft grid, as numbers between 0 and 1 where they are shares.

A table is judged by what a table must be: columns that hold one type, numbers in line,
rulings and shading respected, every word of the region in one cell, prose around it but not
in it, other readings that agree, and columns that add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log

from extractors.grid.draft import Draft, DraftCell
from extractors.grid.lines import Line
from extractors.grid.looks import Look, Looks, look_at
from extractors.grid.rulings import Rulings
from extractors.grid.surroundings import beside, crossed, crossed_columns, neighbours, rows_beyond
from extractors.grid.tidiness import alignment, crooked, narrow, stripes, walled, wraps
from extractors.model import Page

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
    xs, rows, columns = draft.xs, draft.rows, draft.columns
    filled = _looked_at(draft, known)
    words = 0
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
        words += look.count
        lines += look.lines
        per_row[row] += 1
        if column == 0:
            for r in range(row, min(rows, row + cell.row_span)):
                label_in_row[r] = True
            marks += look.marked
        if look.count > 1:
            bulleted += look.bulleted
            stacked += look.figure_lines > 1
            mixed += look.mixed
            long_cells += look.count > 14
        lower += look.low
        leaders += look.leading
        if look.numeric:
            numbers += 1
            crowded += look.figures > look.lines
            if cell.row_span == 1:
                numbers_in_row[row] += 1
            else:
                for r in range(row, min(rows, row + cell.row_span)):
                    numbers_in_row[r] += 1
        if cell.column_span > 1:
            spread += 1
            prose += cell.column_span >= max(2, columns * 0.6) and look.count > 9
            continue
        numeric[column].append(look.numeric)
        left, right = look.x0, look.x1
        lefts[column].append(left)
        rights[column].append(right)
        if look.value is not None:
            values[column].append(look.value)
        x0, x1 = xs[column] - 2.5, xs[column + 1] + 2.5
        if left < x0 or right > x1:
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
    facts["aligned"] = alignment(lefts, rights)
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
    facts["walled"] = walled(draft, filled, rulings.down) / count
    facts["beside"], inside = beside(draft, page_lines_)
    facts["lost_words"] = 1 - min(1.0, words / max(1, inside))
    facts["splittable"], facts["rejoinable"] = wraps(filled, rights)
    facts["bulleted"] = bulleted / count
    facts["crooked"] = crooked(filled, rows) / rows
    facts["striped"] = stripes(filled, rows) / rows
    facts["header_like"] = float(
        rows > 1 and not numbers_in_row[0] and any(numbers_in_row) and per_row[0] >= 2
    )
    facts["leaders"] = leaders / count
    facts["marks"] = marks / rows
    facts["wide"] = (box.x1 - box.x0) / page.width
    facts["adds_up"] = _adds_up(values, number_columns)
    facts["empty_columns"] = sum(1 for k in numeric if not k) / columns
    facts["sparse_columns"] = sum(1 for k in numeric if 0 < len(k) <= 0.15 * rows) / columns
    facts["narrow_gaps"] = narrow(draft, lefts, rights)
    facts["prose_rows"] = prose / rows
    facts["first_row_full"] = per_row[0] / columns
    facts["share_of_page"] = words / max(1, len(page.words))
    return facts


def _looked_at(draft: Draft, known: Looks) -> list[tuple[DraftCell, Look]]:
    """The cells with words and what they look like, each look taken once per page."""
    filled = []
    for cell in draft.cells:
        words = cell.words
        if words:
            key = (id(words[0]), id(words[-1]), len(words))
            look = known.get(key)
            if look is None:
                look = known[key] = look_at(words)
            filled.append((cell, look))
    return filled


def _adds_up(values: Sequence[list[float]], columns: Sequence[int]) -> float:
    """The share of number columns in which some figure is the sum of those right above it."""
    tried = [values[c] for c in columns if len(values[c]) >= 3]
    return sum(_closes(tuple(figures)) for figures in tried) / len(tried) if tried else 0.0


@lru_cache(maxsize=1 << 10)  # one column stands in many drafts
def _closes(figures: tuple[float, ...]) -> bool:
    return closes(figures)


def closes(figures: Sequence[float]) -> bool:
    """True where a figure equals the sum of two or more figures right above it."""
    total = 0.0
    sums = [0.0]
    seen: set[int] = set()  # sums up to two figures above, in hundredths
    for i, figure in enumerate(figures):
        if i >= 2:
            seen.add(round(sums[i - 2] * 100))
            if abs(figure) >= 10 and figures[i - 1] and round((total - figure) * 100) in seen:
                return True
        total += figure
        sums.append(total)
    return False
