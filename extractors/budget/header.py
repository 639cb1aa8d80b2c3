"""The header of a table: which rows name its columns, and what each heading says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import product

from extractors.budget.rows import Row, joined, plain
from extractors.budget.shapes import looks_like_money, shape
from extractors.budget.vocabulary import roles_of
from extractors.model import Table

YEAR_HEADING = re.compile(
    r"(?:19|20)\d\d|\b\d\d\s?[/–-]\s?\d\d\b|\bfy\s?\d\d|\b(?:year|blwyddyn)\s?\d\b|\b\d\d-\d\d\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Header:
    """The rows that name columns: `rows` are their indexes, `titles` full-width rows among them."""

    rows: tuple[int, ...]
    titles: tuple[str, ...]
    headings: tuple[str, ...]
    spanning: tuple[str, ...]


def read_header(table: Table, rows: tuple[Row, ...]) -> Header:
    """The header of a table: its headings per column, levels joined from top to bottom.

    The reader's own count of header rows is a beginning; rows of headings below it (units,
    years) are taken in, and a table that came without a count is searched for one.
    """
    count = table.header_rows
    while (
        count
        and any(is_money_cell(cell.text) for cell in rows[count - 1].filled)
        and not all(shape(cell.text) != "figure" for cell in rows[count - 1].filled)
    ):
        count -= 1
    if count == 0:
        count = _search_header(rows, table.column_count)
    if count and all(_is_full_width(row, table.column_count) for row in rows[:count]):
        count += _search_header(rows[count:], table.column_count)  # so far only titles
    while count and count < len(rows) - 1 and _continues_header(rows[count], table.column_count):
        count += 1
    while count > 1 and _is_first_banner(rows[count - 1], rows[: count - 1], table.column_count):
        count -= 1
    titles: list[str] = []
    heading_rows: list[Row] = []
    for row in rows[:count]:
        alone = _is_full_width(row, table.column_count) or _is_said_above(row, rows[:count])
        if alone and table.column_count > 1:
            titles.append(joined(cell.text for cell in row.filled))
        else:
            heading_rows.append(row)
    heading_rows = _spread_groups(heading_rows, table.column_count)
    if not heading_rows and table.subtitle:
        lost = _headings_above(table.subtitle, table, rows)
        if lost:
            return Header((), (), lost, tuple("" for _ in lost))
    headings: list[str] = []
    spanning: list[str] = []
    for column in range(table.column_count):
        parts: list[str] = []
        wide: list[str] = []
        for row in heading_rows:
            cell = row.at(column)
            if cell is None or not cell.text.strip():
                continue
            if cell.row == row.index or not parts:
                parts.append(cell.text)
            if cell.column_span > 1:
                wide.append(cell.text)
        headings.append(_with_whole_years(joined(parts)))
        spanning.append(joined(wide))
    return Header(tuple(range(count)), tuple(titles), tuple(headings), tuple(spanning))


_TORN_YEAR = re.compile(r"\b((?:19|20)\d\d)([/–-])(\d{1,3}) (\d{1,3})\b")


def _with_whole_years(heading: str) -> str:
    """A heading with years whole that a narrow column tears: `2014/20 15 budget`."""

    def whole(match: re.Match[str]) -> str:
        first, last = int(match[1]) + 1, match[3] + match[4]
        return f"{match[1]}{match[2]}{last}" if str(first)[-len(last) :] == last else match[0]

    return _TORN_YEAR.sub(whole, heading)


def _is_first_banner(row: Row, above: tuple[Row, ...], column_count: int) -> bool:
    """Whether the last header row is the banner over the first rows: a lone label under headings.

    Its own column has its heading above, and so have most others.
    """
    if len(row.filled) != 1 or column_count < 3:
        return False
    (cell,) = row.filled
    named = {c.column for r in above for c in r.filled if not _is_full_width(r, column_count)}
    return (
        cell.column in named
        and 5 * len(named) >= 4 * column_count
        and cell.text[:1].isupper()
        and not _UNIT_ONLY.fullmatch(cell.text.strip())
        and not YEAR_HEADING.search(cell.text)
        and not any(score >= 2 for score, _, _ in roles_of(cell.text, "text")[:1])
    )


def _is_said_above(row: Row, header: tuple[Row, ...]) -> bool:
    """Whether a header row is a remark over the headings (`All amounts in £000s`), alone in it."""
    if len(row.filled) != 1 or row is header[-1]:
        return False
    (cell,) = row.filled
    below = [c for r in header if r.index > row.index for c in r.filled if c.column == cell.column]
    return bool(below) and len(cell.text.split()) > 2 and bool(_UNIT_WORDS.search(cell.text))


_UNIT_WORDS = re.compile(r"£|\b(?:pounds|thousands?|millions?)\b", re.I)


_YEAR_TOKEN = re.compile(
    r"(?:fy\s?)?(?:(?:19|20)\d\d|\d\d)\s?[/–-]\s?(?:(?:19|20)?\d\d|\d)(?:\s*\(?£[\w’']*\)?)?|"
    r"(?:year|yr|blwyddyn)\s?\d(?:\s*\(?£[\w’']*\)?)?",
    re.I,
)


def _headings_above(line: str, table: Table, rows: tuple[Row, ...]) -> tuple[str, ...]:
    """Headings that came as a line of text over a table without a header, one year a column."""
    years = list(_YEAR_TOKEN.finditer(line))
    figures = [
        column
        for column in range(table.column_count)
        if sum(shape(c.text) == "figure" for r in rows if (c := r.own_at(column))) * 2 > len(rows)
    ]
    if len(years) < 2 or len(years) != len(figures):
        return ()
    headings = [""] * table.column_count
    for column, year in zip(figures, years, strict=True):
        headings[column] = year[0]
    words = line[: years[0].start()].strip()
    if words and figures[0] == 1:
        headings[0] = words
    return tuple(headings)


def _spread_groups(rows: list[Row], column_count: int) -> list[Row]:
    """Header rows in which a heading over a group of columns reaches over all of them.

    Where print centres `2024-25` over `Core | External | Total` without a line, the reader sees it
    over the middle column only. The groups show in the row below, whose labels repeat.
    """
    if len(rows) < 2:
        return rows
    below = [_text_at(rows[-1], column) for column in range(column_count)]
    spread = list(rows)
    for number, row in enumerate(rows[:-1]):
        cells = [cell for cell in row.filled if cell.column_span == 1]
        if len(cells) < 2 or len(cells) != len(row.filled):
            continue
        for start, size in _periods(below):
            groups = range(start, column_count - size + 1, size)
            inside = {
                first: [c for c in cells if first <= c.column < first + size] for first in groups
            }
            if len(inside) >= 2 and all(len(found) == 1 for found in inside.values()):
                wide = {
                    id(found[0]): replace(found[0], column=first, column_span=size)
                    for first, found in inside.items()
                }
                own = tuple(
                    wide.get(id(cell), cell)
                    for cell in row.own
                    if id(cell) in wide or cell.column < start or cell.text.strip()
                )
                spread[number] = Row(row.index, own, row.reaching)
                break
    return spread


def _text_at(row: Row, column: int) -> str:
    cell = row.at(column)
    return plain(cell.text) if cell is not None and cell.column == column else ""


def _periods(labels: list[str]) -> list[tuple[int, int]]:
    """Where and in groups of how many a row of labels repeats to its end: (start, size)."""
    found: list[tuple[int, int]] = []
    for start, size in product(range(min(3, len(labels))), (2, 3, 4)):
        rest = labels[start:]
        group = rest[:size]
        enough = len(rest) >= 2 * size and len(rest) % size == 0
        if (
            enough
            and "" not in group
            and len(set(group)) == size
            and rest == group * (len(rest) // size)
        ):
            found.append((start, size))
    return found


def is_money_cell(text: str) -> bool:
    """Whether a cell is a sum by its looks, not a heading with a sum in it, nor a unit (`£000`)."""
    if len(text) > 24 or _UNIT_ONLY.fullmatch(text.strip()):
        return False
    return shape(text) == "figure" and looks_like_money(text)


def _is_full_width(row: Row, column_count: int) -> bool:
    filled = row.filled
    return len(filled) == 1 and (
        filled[0].column_span >= max(2, column_count - 1)
        or (
            len(row.own) + len(row.reaching) > 1
            and filled[0].column == 0
            and filled[0].column_span > column_count / 2
        )
    )


def _speaks(text: str) -> bool:
    """Whether a cell reads like a heading: a role word, a year, a unit; no figure, no sentence."""
    if len(text) > 90 or shape(text) in {"figure", "percent", "date"}:
        return False
    return bool(
        YEAR_HEADING.search(text)
        or any(score >= 2 for score, _, _ in roles_of(text, "text")[:1])
        or any(score >= 2 for score, _, _ in roles_of(text, "number")[:1])
    )


def _search_header(rows: tuple[Row, ...], column_count: int) -> int:
    """How many leading rows are a header, where the reader of the table did not say."""
    for count, row in enumerate(rows[:4], start=1):
        filled = row.filled
        if any(is_money_cell(cell.text) for cell in filled):
            return 0
        if len(filled) < 2:
            continue
        speaking = sum(_speaks(cell.text) for cell in filled)
        if speaking >= 2 and speaking * 2 >= len(filled):
            return count
        styled = all(cell.bold or cell.shaded for cell in filled)
        below = [cell for later in rows[count : count + 4] for cell in later.filled]
        if styled and len(filled) * 2 > column_count and not all(c.bold or c.shaded for c in below):
            return count
        return 0
    return 0


_UNIT_ONLY = re.compile(r"[(\s]*(?:£|£?['’]?000s?|£['’]?k|£['’]?m|£ ?million|%|no\.?)[)\s]*", re.I)


def _continues_header(row: Row, column_count: int) -> bool:
    """Whether a row right under the header still belongs to it (a row of units or years)."""
    filled = row.filled
    if not filled or _is_full_width(row, column_count):
        return False
    return len(filled) >= 2 and all(
        _UNIT_ONLY.fullmatch(cell.text.strip())
        or shape(cell.text) == "year"
        or (_speaks(cell.text) and (cell.bold or cell.shaded))
        for cell in filled
    )
