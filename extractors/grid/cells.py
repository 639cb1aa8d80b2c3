"""The text of a cell from its words: wrapped lines joined, footnote marks taken out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.grid.draft import DraftCell, holds_figure
from extractors.grid.lines import baselines
from extractors.grid.printed import (
    TOTAL,
    glue,
    is_bullet,
    is_list_mark,
    is_raised_mark,
    take_marks,
)
from extractors.model import RAISED_DIGITS, Box, Cell, Fill, Place, Word

_Colour = tuple[int, int, int]
RowLook = tuple[bool, _Colour, int, _Colour | None] | None


def _is_cut_year(above: str, below: str) -> bool:
    """True where a column too narrow for `2012/2013` has cut it: `2012/201` and `3`."""
    first, last = above.split()[-1], below.split()[0]
    if _LONG_YEAR.fullmatch(first) and len(first) != 7:
        return False
    return _LONG_YEAR.fullmatch(first + last) is not None


_LONG_YEAR = re.compile(r"(?:FY)?20\d\d[/–-]20\d\d|FY\d\d/\d\d|(?:FY)?20\d\d[/–-]\d\d")


def join_lines(above: str, below: str) -> str:
    """Two lines of one wrapped text: no space after a hyphen that a word breaks at."""
    if above.endswith("\u00ad"):
        return above[:-1] + below
    head = below[:1]
    if head.isdigit() and _is_cut_year(above, below):
        return above + below
    if (
        above.endswith(("-", "‐"))
        and len(above) > 1
        and above[-2].isalnum()
        and (head.islower() or head.isdigit())
    ):
        return above + below
    return f"{above} {below}"


def overflowing_joined(cells: Sequence[DraftCell]) -> list[DraftCell]:
    """The cells, a banner that runs over its cell's border into the next made one again.

    So a spreadsheet prints a long text beside an empty cell: the two hold one line of one type,
    its words no further apart than others, and nothing else stands in their row; or nothing but
    figures, where it is a total's label or the next column's words begin elsewhere.
    """
    filled: dict[int, list[DraftCell]] = {}
    for cell in cells:
        if cell.words:
            filled.setdefault(cell.row, []).append(cell)
    joined = list(cells)
    for row in filled.values():
        if len(row) < 2:
            continue
        first, second, *others = sorted(row, key=lambda c: c.column)
        is_label = TOTAL.match(first.words[0].text) or _is_out_of_line(second, cells)
        if others and not (is_label and all(map(holds_figure, others))):
            continue
        beside = first.column + first.column_span == second.column
        if beside and first.row_span == second.row_span and _is_one_line(first.words, second.words):
            box = first.box.union(second.box) if first.box and second.box else None
            span = first.column_span + second.column_span
            words = [*first.words, *second.words]
            joined[joined.index(first)] = replace(first, column_span=span, box=box, words=words)
            joined.remove(second)
    return joined


def _is_out_of_line(cell: DraftCell, cells: Sequence[DraftCell]) -> bool:
    """Whether a cell begins elsewhere than nearly all others of its column, which stand in line."""
    lefts = sorted(
        min(w.box.x0 for w in c.words)
        for c in cells
        if c.column == cell.column and c.column_span == 1 and c.words and c is not cell
    )
    usual = lefts[len(lefts) // 2] if lefts else 0.0
    in_line = sum(abs(x - usual) < 1.5 for x in lefts)
    return len(lefts) > 1 and in_line > 0.8 * len(lefts) and abs(cell.words[0].box.x0 - usual) > 3


def _is_one_line(words: Sequence[Word], others: Sequence[Word]) -> bool:
    last = max(words, key=lambda w: w.box.x1)
    first = min(others, key=lambda w: w.box.x0)
    return (
        len({(w.bold, w.italic, w.colour, round(w.size, 1)) for w in (*words, *others)}) == 1
        and len({round(w.box.bottom) for w in (*words, *others)}) == 1
        and -0.1 * last.size < first.box.x0 - last.box.x1 < 0.4 * last.size
        and not any(ch.isdigit() for w in others for ch in w.text)
    )


def paragraphs(words: Sequence[Word]) -> tuple[str, str, tuple[str, ...]]:
    """Text, raw text and marks of the words of one cell.

    A new line begins where a list item or a paragraph begins: at a bullet or list number, at
    a line that goes back to the left of a list's text, after more than the usual leading,
    where one line is set in other type than the one above (a provider under a service).
    """
    if len(words) == 1:
        raw = words[0].text
        text, found = take_marks(raw)
        return text, raw, found
    lines = baselines(words)
    leadings = sorted(_middle(b) - _middle(a) for a, b in itertools.pairwise(lines))
    usual = leadings[len(leadings) // 4] if leadings else 0.0
    parts: list[str] = []
    raws: list[str] = []
    marks: list[str] = []
    indent: float | None = None  # where the text of the current list item stands
    before: list[Word] | None = None
    for line in lines:
        kept, raised = line, []
        if any(w.rise for w in line):
            kept = [w for i, w in enumerate(line) if not is_raised_mark(line, i)]
            raised = [w.text for i, w in enumerate(line) if is_raised_mark(line, i)]
        first = line[0]
        size = first.size
        item = (
            len(line) > 1 and is_list_mark(first.text) and (is_bullet(first.text) or len(lines) > 1)
        )
        fresh = before is None
        if before is not None:
            gap = _middle(line) - _middle(before)
            if item and not is_bullet(first.text):
                fresh = abs(first.box.x0 - before[0].box.x0) < 2 * size
            else:
                back = indent is not None and first.box.x0 < indent - 0.4 * size
                apart = gap > 1.45 * usual and gap > 1.6 * size
                fresh = item or back or apart or _in_other_type(before, line)
        if item and is_bullet(first.text) and first.text not in "-–—*":
            text = "• " + glue(kept[1:])
        else:
            text = glue(kept)
        raw = glue(_with_raised_digits(line) if raised else line)
        if item and fresh:
            indent = line[1].box.x0
        elif fresh:
            indent = None
        text, found = take_marks(text)
        marks += [*found, *raised]
        if fresh:
            parts.append(text)
            raws.append(raw)
        else:
            parts[-1] = join_lines(parts[-1], text)
            raws[-1] = join_lines(raws[-1], raw)
        before = line
    return "\n".join(p for p in parts if p), "\n".join(raws), tuple(marks)


def _with_raised_digits(line: Sequence[Word]) -> list[Word]:
    """The words of a line, the digits of raised marks as such: `438,000¹` is not 4,380,001."""
    return [
        replace(w, text=w.text.translate(RAISED_DIGITS)) if is_raised_mark(line, i) else w
        for i, w in enumerate(line)
    ]


def _in_other_type(above: Sequence[Word], line: Sequence[Word]) -> bool:
    """True where a line of words changes as a whole: to or from italics, to smaller type, from
    bold words to plain ones."""
    first, last = line[0], above[-1]
    if not first.text[:1].isupper() or any(w.rise for w in (*above, *line)):
        return False
    for own in (above, line):
        alike = all(
            (w.italic, w.bold, w.colour) == (own[0].italic, own[0].bold, own[0].colour)
            and abs(w.size - own[0].size) < 0.2
            for w in own
        )
        if not alike or sum(c.isalpha() for w in own for c in w.text) < 4:
            return False
    paler = last.bold and not first.bold
    return first.italic != last.italic or first.size < 0.92 * last.size or paler


def _middle(line: Sequence[Word]) -> float:
    heights = [(w.box.top + w.box.bottom) / 2 for w in line if not w.rise] or [
        (w.box.top + w.box.bottom) / 2 for w in line
    ]
    return sum(heights) / len(heights)


def turned_text(words: Sequence[Word]) -> str:
    """The text of words printed sideways, in reading order."""
    upwards = words[0].angle == 90
    columns: dict[int, list[Word]] = {}
    for word in words:
        x = (word.box.x0 + word.box.x1) / 2
        key = next((k for k in columns if abs(k - x) < 0.5 * word.size), round(x))
        columns.setdefault(key, []).append(word)
    ordered = sorted(columns, reverse=not upwards)
    parts = []
    for key in ordered:
        line = sorted(columns[key], key=lambda w: -w.box.bottom if upwards else w.box.top)
        parts.append(glue(line))
    text = parts[0]
    for part in parts[1:]:
        text = join_lines(text, part)
    return text


def finished_cell(cell: DraftCell, page: int, fills: Sequence[Fill]) -> Cell:
    """The cell as it leaves this room; its place is its words' box, or its own where blank."""
    text = raw = ""
    marks: tuple[str, ...] = ()
    assert cell.box is not None  # `completed` sees to it
    box = cell.box
    bold = False
    confidence = None
    if cell.words:
        upright = [w for w in cell.words if w.angle == 0]
        if upright:
            text, raw, marks = paragraphs(upright)
        turned = [w for w in cell.words if w.angle]
        if turned:
            side = turned_text(turned)
            text, raw = f"{text} {side}".strip(), f"{raw} {side}".strip()
        boxes = [w.box for w in cell.words]
        box = Box(
            min([b.x0 for b in boxes]),
            min([b.top for b in boxes]),
            max([b.x1 for b in boxes]),
            max([b.bottom for b in boxes]),
        )
        letters = sum(len(w.text) for w in cell.words)
        bold = sum(len(w.text) for w in cell.words if w.bold) > 0.6 * letters
        sure = [w.confidence for w in cell.words if w.confidence is not None]
        confidence = min(sure) if sure else None
    return Cell(
        cell.row,
        cell.column,
        text,
        cell.row_span,
        cell.column_span,
        (Place(page, box),),
        marks,
        raw,
        bold,
        is_shaded(cell.box, fills),
        confidence,
    )


def row_looks(cells: Sequence[DraftCell], rows: int, fills: Sequence[Fill]) -> tuple[RowLook, ...]:
    """How the first words of each row are printed, and on what ground; None for a blank row."""
    looks: list[RowLook] = [None] * rows
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        if cell.words and looks[cell.row] is None:
            word = cell.words[0]
            looks[cell.row] = (word.bold, word.colour, round(word.size), ground(word.box, fills))
    return tuple(looks)


def is_shaded(box: Box, fills: Sequence[Fill]) -> bool:
    """True where the middle of the box lies on an area that is filled and not white."""
    colour = ground(box, fills)
    return colour is not None and min(colour) < 250


def ground(box: Box, fills: Sequence[Fill]) -> tuple[int, int, int] | None:
    """The colour of the filled area on which the middle of the box lies, if any."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    colour: tuple[int, int, int] | None = None
    for fill in fills:
        f = fill.box
        if f.x0 <= x <= f.x1 and f.top <= y <= f.bottom:
            colour = fill.colour  # painted in order: the last one is on top
    return colour
