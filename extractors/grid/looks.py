"""What one cell's words look like; the same words stand in many drafts and are judged once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from extractors.grid.printed import is_bullet, is_numeric, is_year, plain_number, stands_for_number
from extractors.model import Word

_TOP, _LEFT = attrgetter("box.top"), attrgetter("box.x0")
_MARKS = "•●▪◦–-"
_OPEN = frozenset(["and", "of", "the", "for", "to", "in", "or", "with", "by", "a", "via", "&"])


@dataclass(slots=True)
class Look:
    """A cell's words: lines, figures, extent, and how the text begins and ends.

    `wraps` counts line ends inside; `roomy` holds, for each next line that does not begin in
    lower case, the x up to which its first word would have reached on the line above.
    """

    count: int
    lines: int
    figure_lines: int
    figures: int
    mixed: bool
    value: float | None
    x0: float
    x1: float
    top: float
    bottom: float
    begins: Word
    ends: Word
    open_end: bool
    wraps: int
    roomy: tuple[float, ...]
    numeric: bool  # every line is figures
    small: bool  # begins with a word in small letters
    low: bool  # the first word as it comes is one in small letters
    marked: bool  # begins with a list mark
    bulleted: bool  # so, and more follows
    leading: bool  # dot leaders begin or end it


Looks = dict[tuple[int, int, int], Look]  # by first and last word and their number


def look_at(words: Sequence[Word]) -> Look:
    """What the words of a cell look like."""
    first, last = words[0], words[-1]
    if len(words) == 1:
        text, box = first.text, first.box
        figure = is_numeric(text) or stands_for_number(text)
        value = plain_number(text) if figure else None
        low = text[:1].islower() and len(text) > 1
        shut = text in _OPEN or text.endswith(("-", "–", ",", "("))
        return Look(
            1, 1, int(figure), int(figure), False, value,
            box.x0, box.x1, box.top, box.bottom, first, first, shut, 0, (),
            figure, low, low, text in _MARKS, False,
            text.startswith("....") or text.endswith("...."),
        )  # fmt: skip
    lines: list[list[Word]] = []
    foot = -1e9
    if any(w.rise == 1 for w in words):  # marks of footnotes say nothing about the cell
        words = [w for w in words if w.rise != 1] or words
        first, last = words[0], words[-1]
    for w in sorted(words, key=_TOP):
        if (w.box.top + w.box.bottom) / 2 > foot - 1:
            lines.append([])
            foot = w.box.bottom
        lines[-1].append(w)
    figure_lines = figures = 0
    for line in lines:
        for w in line:
            text = w.text
            if not (is_numeric(text) or text in "$£€%()" or stands_for_number(text)):
                break
        else:
            figure_lines += 1
            figures += max(1, sum(1 for w in line if any(ch.isdigit() for ch in w.text)))
    value = None
    if figure_lines == len(lines) == 1:
        value = plain_number("".join(w.text for w in words))
    wraps = 0
    roomy: list[float] = []
    ordered = [w for line in lines for w in sorted(line, key=_LEFT)]
    for before, word in pairwise(ordered):
        if word.box.x0 < before.box.x0 and word.box.top > before.box.bottom - 2:
            wraps += 1
            if not word.text[:1].islower():
                roomy.append(before.box.x1 + word.box.x1 - word.box.x0 + 0.7 * word.size)
    begins, ends = ordered[0], ordered[-1]
    boxes = [w.box for w in words]
    return Look(
        len(words),
        len(lines),
        figure_lines,
        figures,
        figure_lines == 1 and len(lines) > 1 and _ends_in_figure(lines[-1]),
        value,
        min([b.x0 for b in boxes]),
        max([b.x1 for b in boxes]),
        min([b.top for b in boxes]),
        max([b.bottom for b in boxes]),
        begins,
        ends,
        ends.text in _OPEN or ends.text.endswith(("-", "–", ",", "(")),
        wraps,
        tuple(roomy),
        figures > 0 and figure_lines == len(lines),
        begins.text[:1].islower() and len(begins.text) > 1,
        first.text[:1].islower() and len(first.text) > 1,
        first.text in _MARKS,
        first.text not in "-–—" and is_bullet(first.text),
        first.text.startswith("....") or last.text.endswith("...."),
    )


def _ends_in_figure(line: Sequence[Word]) -> bool:
    """True where the lowest line of a cell is a figure under words: a row not yet split off."""
    text = "".join(w.text for w in line)
    return is_numeric(text) and not is_year(text) and text.strip("£$€0'’,.()") != ""
