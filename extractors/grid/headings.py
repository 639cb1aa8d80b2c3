"""Which leading rows of a grid name its columns."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.grid.printed import is_numeric, is_unit, is_year, stands_for_number
from extractors.model import Cell

DEEPEST = 6  # heading rows at most


def header_rows(cells: Sequence[Cell], row_count: int, column_count: int) -> int:
    """The number of leading rows that name columns; 0 where none does.

    A heading row holds no figure (years are names), and differs from the body in weight or
    shading, or stands over columns of figures, or its words are short over long text. A
    title over the whole width counts where a heading row follows it.
    """
    if row_count < 2:
        return 0
    rows: list[list[Cell]] = [[] for _ in range(row_count)]
    for cell in cells:
        rows[cell.row].append(cell)
    limit = min(DEEPEST, row_count - 1)
    body = [c for row in rows[min(limit, max(1, row_count // 3)) :] for c in row if c.text]
    bold_body = _share(c.bold for c in body)
    shaded_body = _share(c.shaded for c in body)
    figures = [_figure_share(rows[1:], c) for c in range(column_count)]
    count = 0
    reach = 0
    while count < limit:
        row = [c for c in rows[count] if c.text]
        if not row or any(_is_figure(c.text) for c in row):
            break
        banner = len(row) == 1 and (
            row[0].column_span > 0.6 * column_count or (row[0].column == 0 and column_count > 2)
        )
        if banner:
            following = [c for c in rows[count + 1] if c.text] if count + 1 < row_count else []
            if (
                count >= max(reach, 1)
                or len(following) < 2
                or not _names(following, bold_body, shaded_body, figures, rows, count + 1)
            ):
                if count < reach:
                    count += 1
                    continue
                break
            count += 1
            continue
        if count == 0 and limit > 1 and _stands_over(row, rows[1], figures):
            count = 2
        elif count < reach or _names(row, bold_body, shaded_body, figures, rows, count):
            reach = max(reach, max(c.row + c.row_span for c in row))
            count += 1
        else:
            break
    count = _second_lines(rows, count, limit, figures)
    # A title over the width alone, or a banner left at the end, names no column.
    while count and len([c for c in rows[count - 1] if c.text]) == 1 and count > 1:
        only = next(c for c in rows[count - 1] if c.text)
        if only.column_span > 0.6 * column_count and only.column_span > 1:
            count -= 1
        else:
            break
    return max(count, 0) if count < row_count else 0


def _stands_over(row: Sequence[Cell], below: Sequence[Cell], figures: Sequence[float]) -> bool:
    """True for words over figures only, where the row beneath them names the other columns."""
    names = [c for c in below if c.text]
    return (
        all(c.column > 0 and figures[c.column] > 0.4 for c in row)
        and len(names) > 1
        and names[0].column == 0
        and not any(_is_figure(c.text) for c in names)
    )


def _second_lines(
    rows: Sequence[Sequence[Cell]], count: int, limit: int, figures: Sequence[float]
) -> int:
    """The count with what headings go on with: words over figures in rows without a label.

    A unit, `Budget` and `Actual` under a year, `indicative`; a label that stands half way down
    between two such rows (`Service`) comes with them.
    """
    for at in range(count, limit) if count else ():
        row = [c for c in rows[at] if c.text]
        if not row or any(_is_figure(c.text) for c in row):
            break
        if all(c.column > 0 and figures[c.column] > 0.5 for c in row):
            count = at + 1
        elif len(row) > 1 or row[0].column > 0 or at + 1 >= limit:
            break
    return count


def _share(flags: object) -> float:
    values = list(flags)  # type: ignore[call-overload]
    return sum(values) / len(values) if values else 0.0


def _is_figure(text: str) -> bool:
    squeezed = text.replace(" ", "")
    if is_unit(squeezed):
        return False
    return (is_numeric(squeezed) or stands_for_number(squeezed)) and not is_year(squeezed)


def _figure_share(rows: Sequence[Sequence[Cell]], column: int) -> float:
    texts = [c.text for row in rows for c in row if c.column == column and c.text]
    return sum(_is_figure(t) for t in texts) / len(texts) if texts else 0.0


def _names(
    row: Sequence[Cell],
    bold_body: float,
    shaded_body: float,
    figures: Sequence[float],
    rows: Sequence[Sequence[Cell]],
    at: int,
) -> bool:
    bold = _share(c.bold for c in row)
    shaded = _share(c.shaded for c in row)
    if shaded > 0.8 and shaded_body < 0.6:
        return True
    if bold > 0.8 and bold_body < 0.6:
        return len(row) > 1 or at > 0 or row[0].column > 0
    over = [c for c in row if any(figures[c.column : c.column + c.column_span])]
    over = [c for c in over if max(figures[c.column : c.column + c.column_span]) > 0.5]
    if over and len(row) >= 2 - (at > 0):
        return True
    if at == 0 and len(row) >= 2 and bold_body < 0.6:
        lengths = [len(c.text) for r in rows[1:] for c in r if c.text]
        longest = max(len(c.text) for c in row)
        mean = sum(lengths) / len(lengths) if lengths else 0
        return longest <= 45 and mean > 2.2 * (sum(len(c.text) for c in row) / len(row))
    return False
