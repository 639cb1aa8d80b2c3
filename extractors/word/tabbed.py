"""Tables that are laid with tabs: lines of three columns or more, one of them figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.grid.printed import is_year, stands_for_number
from extractors.model import Cell, Place, Table
from extractors.word.headings import LONG_WORDS, tab_text
from extractors.word.lines import Line, take_marks
from extractors.word.tables import HeaderCell, header_row_count, is_amount

COLUMNS = 3  # a label and one value is a list of awards or a form, and stays running text
LINES = 3


@dataclass(frozen=True, slots=True)
class TabbedLines:
    """A run of lines (`begin` to before `end`) that form one table of so many columns."""

    begin: int
    end: int
    columns: int


def find_tabbed(lines: list[Line | None]) -> list[TabbedLines]:
    """The runs of tab-laid lines that are tables; None stands for anything but a text line.

    A short line without tabs between two of a run is a banner of the table. At least three
    lines must have the same number of columns, with a figure in the last one of most; a year over
    figures, and a dash or `TBC` among them, count as such.
    """
    found: list[TabbedLines] = []
    at = 0
    while at < len(lines):
        end = _run_end(lines, at)
        run = [line for line in lines[at:end] if line is not None and line.text]
        counts = [len(_parts(line)) for line in run]
        columns = max(counts, default=0)
        full = [_parts(line) for line in run if len(_parts(line)) == columns]
        if columns >= COLUMNS and _end_in_figures(full):
            found.append(TabbedLines(at, end, columns))
        at = max(end, at + 1)
    return found


def _end_in_figures(lines: list[list[str]]) -> bool:
    last = [parts[-1] for parts in lines]
    figures = [text for text in last if is_amount(text)]
    beside = [text for text in last if is_year(text) or stands_for_number(text)]
    if len(lines) < LINES or len(figures) < 2:
        return False
    if 3 * len(figures + beside) < 2 * len(lines):
        return False
    more = sum(is_amount(parts[-2]) for parts in lines if is_amount(parts[-1]))
    return 2 * more > len(figures) or not _counts_up(figures)


def _counts_up(figures: list[str]) -> bool:
    """Whether bare figures only rise: pages of a list of contents, times of an agenda."""
    if not all(re.fullmatch(r"\d+(?:\.\d+)?", figure) for figure in figures):
        return False
    values = [float(figure) for figure in figures]
    return values == sorted(values)


def _run_end(lines: list[Line | None], begin: int) -> int:
    end = at = begin
    banners = 0
    while at < len(lines):
        line = lines[at]
        if line is None:
            break
        if line.style.startswith("toc"):
            break
        if "\t" in tab_text(line.text):
            end, banners = at + 1, 0
        elif line.text:
            banners += 1
            if end == begin or banners > 1 or len(line.text.split()) > LONG_WORDS:
                break  # running text
        at += 1
    return end


def _parts(line: Line) -> list[str]:
    label = f"{line.label.text}\t" if line.label is not None and not line.label.bullet else ""
    return [" ".join(part.split()) for part in (label + tab_text(line.text)).split("\t")]


def tabbed_table(number: int, lines: list[Line], columns: int) -> Table:
    """The table of a run's lines; a line with fewer columns has its figures at the right."""
    cells: list[Cell] = []
    grid: list[list[HeaderCell]] = []
    for row, line in enumerate(lines):
        parts = _parts(line)
        span = columns if len(parts) == 1 else 1
        places = (Place(paragraph=line.paragraph),)
        grid.append([])
        for column, part in zip(_columns(parts, columns), parts, strict=True):
            text, typed = take_marks(part)
            marks = line.marks if column == columns - 1 else typed
            cells.append(Cell(row, column, text, 1, span, places, marks, part, line.bold))
            grid[-1].append((column, 1, text, line.bold, False))
    return Table(
        number,
        len(lines),
        columns,
        tuple(cells),
        header_rows=header_row_count(grid, 0),
        reader="tabs",
        reasons=("lines laid in columns with tabs",),
    )


def _columns(parts: list[str], columns: int) -> list[int]:
    missing = columns - len(parts)
    if not missing or len(parts) == 1:
        return list(range(len(parts)))
    words = next((i for i, part in enumerate(parts) if i and is_amount(part)), len(parts))
    return [*range(words), *range(words + missing, columns)]
