"""What one cell's words look like; the same words stand in many drafts and are judged once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.grid.printed import is_numeric, is_year, plain_number, stands_for_number
from extractors.model import Word

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
    first: str
    last: str
    begins: Word
    ends: Word
    open_end: bool
    wraps: int
    roomy: tuple[float, ...]

    @property
    def numeric(self) -> bool:
        """True where every line is figures."""
        return self.figures > 0 and self.figure_lines == self.lines


Looks = dict[tuple[int, int, int], Look]


def look_at(words: Sequence[Word], known: Looks) -> Look:
    """What the words of a cell look like, from what is known where they were seen before."""
    key = (id(words[0]), id(words[-1]), len(words))
    found = known.get(key)
    if found is None:
        found = known[key] = _look(words)
    return found


def _look(words: Sequence[Word]) -> Look:
    first, last = words[0], words[-1]
    if len(words) == 1:
        text, box = first.text, first.box
        figure = is_numeric(text) or stands_for_number(text)
        value = plain_number(text) if figure else None
        shut = text in _OPEN or text.endswith(("-", "–", ",", "("))
        return Look(
            1, 1, int(figure), int(figure), False, value,
            box.x0, box.x1, box.top, box.bottom, text, text, first, first, shut, 0, (),
        )  # fmt: skip
    lines: list[list[Word]] = []
    foot = -1e9
    for w in sorted(words, key=lambda w: w.box.top):
        if (w.box.top + w.box.bottom) / 2 > foot - 1:
            lines.append([])
            foot = w.box.bottom
        lines[-1].append(w)
    figure_lines = figures = 0
    for line in lines:
        if all(is_numeric(w.text) or w.text in "$£€%()" or stands_for_number(w.text) for w in line):
            figure_lines += 1
            figures += max(1, sum(1 for w in line if any(ch.isdigit() for ch in w.text)))
    value = None
    if figure_lines == len(lines) == 1:
        value = plain_number("".join(w.text for w in words))
    wraps = 0
    roomy: list[float] = []
    ordered = [w for line in lines for w in sorted(line, key=lambda w: w.box.x0)]
    for before, word in pairwise(ordered):
        if word.box.x0 < before.box.x0 and word.box.top > before.box.bottom - 2:
            wraps += 1
            if not word.text[:1].islower():
                roomy.append(before.box.x1 + word.box.x1 - word.box.x0 + 0.7 * word.size)
    begins, ends = ordered[0], ordered[-1]
    return Look(
        len(words),
        len(lines),
        figure_lines,
        figures,
        figure_lines == 1 and len(lines) > 1 and _ends_in_figure(lines[-1]),
        value,
        min(w.box.x0 for w in words),
        max(w.box.x1 for w in words),
        min(w.box.top for w in words),
        max(w.box.bottom for w in words),
        first.text,
        last.text,
        begins,
        ends,
        ends.text in _OPEN or ends.text.endswith(("-", "–", ",", "(")),
        wraps,
        tuple(roomy),
    )


def _ends_in_figure(line: Sequence[Word]) -> bool:
    """True where the lowest line of a cell is a figure under words: a row not yet split off."""
    text = "".join(w.text for w in line)
    return is_numeric(text) and not is_year(text) and text.strip("£$€0'’,.()") != ""
