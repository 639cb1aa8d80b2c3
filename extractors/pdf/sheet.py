"""The frame of a printed spreadsheet: column letters over the table, row numbers beside it.

A spreadsheet printed with its headings has them on every page, as the screen shows them. They are
addresses of cells: read as part of the table, the letters would name its columns and the numbers
would be figures of every row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.grid.lines import baselines
from extractors.model import Box, Page, Rule, Word

ROWS = 5  # numbered rows, at least, that make a frame
NEAR = 3.0  # row heights at most between the letters and the first number
APART = 1.5  # points by which a rule may miss the edge of the frame
_LAST = 3  # letters in the name of a column, at most


@dataclass(frozen=True, slots=True)
class _Frame:
    """The words of a frame, and the point where the sheet itself begins."""

    words: frozenset[int]
    left: float
    top: float


def without_sheet_frame(page: Page) -> Page:
    """The page without the column letters and row numbers that a spreadsheet was printed with."""
    frame = _frame(page)
    if frame is None:
        return page
    return replace(
        page,
        words=tuple(w for w in page.words if id(w) not in frame.words),
        rules=tuple(cut for rule in page.rules if (cut := _inside(rule, frame)) is not None),
    )


def _frame(page: Page) -> _Frame | None:
    if sum(w.text.isdigit() for w in page.words) < ROWS:
        return None
    if sum(_is_column_letter(w) for w in page.words) < 2:
        return None
    lines = baselines([w for w in page.words if w.angle == 0])
    for at, line in enumerate(lines):
        if len(line) < 2 or not _runs(_column_numbers(line)):
            continue
        numbers = _row_numbers(lines[at + 1 :], line)
        if len(numbers) >= ROWS:
            return _Frame(
                frozenset(id(w) for w in (*line, *numbers)),
                _edge(page, numbers, line[0].box.x0),
                _top(page, line),
            )
    return None


def _is_column_letter(word: Word) -> bool:
    text = word.text
    return len(text) <= _LAST and text.isascii() and text.isalpha() and text.isupper()


def _column_numbers(line: Sequence[Word]) -> list[int]:
    """The numbers of the columns that words name (`A` is 1, `AA` 27); none where one does not."""
    found = []
    for word in line:
        if not _is_column_letter(word):
            return []
        number = 0
        for letter in word.text:
            number = 26 * number + ord(letter) - ord("A") + 1
        found.append(number)
    return found


def _runs(numbers: Sequence[int]) -> bool:
    """Whether numbers follow each other; a hidden row or column may be left out here and there."""
    steps = [b - a for a, b in pairwise(numbers)]
    return bool(steps) and min(steps) > 0 and steps.count(1) >= 0.8 * len(steps)


def _row_numbers(lines: Sequence[Sequence[Word]], letters: Sequence[Word]) -> list[Word]:
    """The words left of all letters, where each is a row's number in their type."""
    reach = letters[0].box.x0
    beside = [w for line in lines for w in line if w.box.x1 < reach]
    alike = [
        w
        for w in beside
        if w.text.isascii()
        and w.text.isdigit()
        and abs(w.size - letters[0].size) < 0.2
        and w.bold == letters[0].bold
    ]
    if not alike:
        return []
    right = max(w.box.x1 for w in alike)
    middle = (min(w.box.x0 for w in alike) + right) / 2
    numbers = sorted((w for w in alike if w.box.x0 <= middle <= w.box.x1), key=lambda w: w.box.top)
    within = [w for w in beside if w.box.x0 < right and numbers[0].box.top < w.box.bottom]
    foot = numbers[-1].box.bottom
    if any(w.box.top < foot and all(w is not n for n in numbers) for w in within):
        return []
    step = min((b.box.top - a.box.top for a, b in pairwise(numbers)), default=0.0)
    near = numbers[0].box.top - letters[0].box.top <= NEAR * step
    return numbers if near and _runs([int(w.text) for w in numbers]) else []


def _edge(page: Page, numbers: Sequence[Word], reach: float) -> float:
    """Where the numbers' column ends: at the rule drawn there, else at its widest number."""
    right = max(w.box.x1 for w in numbers)
    drawn = [r.box.x0 for r in page.rules if not r.horizontal and right <= r.box.x0 <= reach]
    return min(drawn, default=right + 1)


def _top(page: Page, letters: Sequence[Word]) -> float:
    """Where the letters' row ends: at the rule drawn under it, else at the letters' foot."""
    foot = max(w.box.bottom for w in letters)
    height = letters[0].box.bottom - letters[0].box.top
    drawn = [r.box.top for r in page.rules if r.horizontal and -1 <= r.box.top - foot <= height]
    return min(drawn, default=foot + 1)


def _inside(rule: Rule, frame: _Frame) -> Rule | None:
    """The part of a rule that is drawn in the sheet itself, if any."""
    box = rule.box
    if rule.horizontal:
        if box.top < frame.top - APART or box.x1 < frame.left + APART:
            return None
        return replace(rule, box=Box(max(box.x0, frame.left), box.top, box.x1, box.bottom))
    if box.x0 < frame.left - APART or box.bottom < frame.top + APART:
        return None
    return replace(rule, box=Box(box.x0, max(box.top, frame.top), box.x1, box.bottom))
