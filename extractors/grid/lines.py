"""Words put together into printed lines, and lines cut into chunks at wide gaps.

A chunk is what stands together within one column on one baseline. Text in columns whose
baselines differ (vertically centred cells) gives lines of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from extractors.grid.printed import (
    CURRENCY,
    glue,
    is_bullet,
    is_leader,
    is_list_mark,
    is_money,
    is_numeric,
    is_year,
    stands_for_number,
    without_raised,
)
from extractors.model import Box, Word

WIDE_GAP = 0.78  # em: no word space is that wide, save in badly justified text
NUMBER_GAP = 0.42  # em: between two numbers even this is a column gap


@dataclass(slots=True, eq=False)
class Chunk:
    """Words side by side without a wide gap, on one baseline."""

    words: list[Word]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    text: str
    kind: str  # text, number, blank (a dash or the like), mark (bullet, list number)
    middle: float
    figure: bool  # a number, or what stands for one


@dataclass(slots=True, eq=False)
class Line:
    """The chunks on one baseline, left to right."""

    chunks: list[Chunk]
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    middle: float = 0.0

    def __post_init__(self) -> None:
        chunks = self.chunks
        first = chunks[0]
        x0, x1, top, bottom, size = first.x0, first.x1, first.top, first.bottom, first.size
        for c in chunks[1:]:
            x0 = c.x0 if c.x0 < x0 else x0
            x1 = c.x1 if c.x1 > x1 else x1
            top = c.top if c.top < top else top
            bottom = c.bottom if c.bottom > bottom else bottom
            size = c.size if c.size > size else size
        self.x0, self.x1, self.top, self.bottom, self.size = x0, x1, top, bottom, size
        self.middle = (top + bottom) / 2


def box_of(lines: Sequence[Line]) -> Box:
    """The box round some lines, the highest first: at least one."""
    return Box(
        min(x.x0 for x in lines),
        lines[0].top,
        max(x.x1 for x in lines),
        max(x.bottom for x in lines),
    )


@dataclass(slots=True)
class _Row:
    middle: float
    height: float
    words: list[Word]


_LEFT = attrgetter("box.x0")


def baselines(words: Iterable[Word]) -> list[list[Word]]:
    """Words grouped by baseline, top to bottom, each group left to right."""
    rows: list[_Row] = []
    ordered = sorted(words, key=lambda w: (w.box.top + w.box.bottom, w.box.x0))
    raised: list[Word] = []
    for word in ordered:
        if word.rise:
            raised.append(word)
            continue
        box = word.box
        middle = (box.top + box.bottom) / 2
        height = box.bottom - box.top
        # Only the last few rows can be level with this word: the input goes downwards.
        for row in rows[-1:-4:-1]:
            lower = height if height < row.height else row.height
            if abs(middle - row.middle) <= 0.36 * lower:
                row.words.append(word)
                break
        else:
            rows.append(_Row(middle, height, [word]))
    for word in raised:
        middle = (word.box.top + word.box.bottom) / 2
        best = min(
            (r for r in rows if abs(r.middle - middle) < r.height),
            key=lambda r: (
                min(
                    abs(w.box.x1 - word.box.x0)
                    if w.box.x0 <= word.box.x0
                    else abs(w.box.x0 - word.box.x1)
                    for w in r.words
                )
                + abs(r.middle - middle)
            ),
            default=None,
        )
        if best is None:
            rows.append(_Row(middle, word.box.bottom - word.box.top, [word]))
        else:
            best.words.append(word)
    rows.sort(key=lambda r: r.middle)
    return [sorted(row.words, key=_LEFT) for row in rows]


def chunk_of(words: list[Word]) -> Chunk:
    """One chunk of words that stand together."""
    first = words[0]
    box = first.box
    x1, top, bottom, size = box.x1, box.top, box.bottom, first.size
    if len(words) == 1:
        text = first.text
    else:
        text = glue(words)
        for word in words:
            other = word.box
            x1 = other.x1 if other.x1 > x1 else x1
            top = other.top if other.top < top else top
            bottom = other.bottom if other.bottom > bottom else bottom
            size = word.size if word.size > size else size
    own = without_raised(words)
    middle, kind = (top + bottom) / 2, _kind(text if own is words else glue(own))
    figure = kind in ("number", "blank")
    return Chunk(words, box.x0, top, x1, bottom, size, text, kind, middle, figure)


@lru_cache(maxsize=1 << 14)
def _kind(text: str) -> str:
    squeezed = text.replace(" ", "")
    if is_numeric(squeezed):
        return "number"
    if squeezed in {"-", "–", "—", "*"} or (
        stands_for_number(squeezed) and not is_bullet(squeezed)
    ):
        return "blank"
    return "mark" if is_list_mark(squeezed) else "text"


def cut_line(
    words: list[Word], wide: float = WIDE_GAP, cuts: tuple[float, ...] = ()
) -> list[Chunk]:
    """The chunks of one line: cut at gaps of `wide` em, and where a vertical rule stands.

    A currency sign stays with the number after it, however far (accounting style).
    """
    before = words[0]
    chunks: list[list[Word]] = [[before]]
    numeric = is_numeric(before.text)
    for word in words[1:]:
        gap = word.box.x0 - before.box.x1
        size = before.size if before.size > word.size else word.size
        is_sign = word.text in CURRENCY
        now = is_sign or is_numeric(word.text)
        apart = gap > wide * size
        if not apart and gap > NUMBER_GAP * size:
            apart = numeric and now
            if not apart and is_money(before.text):
                apart = word.text[:1].isupper()  # the name in the column beside a sum
        if not apart and is_leader(before.text) and (now or gap > 0.3 * size):
            apart = True
        if apart and before.text in CURRENCY and now and not is_sign and gap < 9 * size:
            apart = False
        if apart and word.text in {"%", ")"} and numeric and gap < 1.2 * size:
            apart = False
        if not apart and cuts:
            left, right = before.box.x1 - 0.5, word.box.x0 + 0.5
            apart = any(left <= x <= right for x in cuts)
        if word.glued and gap < 0.3 * size:
            apart = False
        if apart:
            chunks.append([])
        chunks[-1].append(word)
        before, numeric = word, now
    return [chunk_of(part) for c in chunks for part in _repeating(c)]


def _repeating(words: list[Word]) -> list[list[Word]]:
    """The words of headings set close that say the same of several years: `2017-18 budget 2018-19
    budget` is two."""
    years = [i for i, word in enumerate(words) if is_year(word.text)]
    count = len(years)
    if count < 2 or len(words) % count or len(words) == count:
        return [words]
    step = len(words) // count
    parts = [words[i : i + step] for i in range(0, len(words), step)]
    said = {tuple("" if is_year(w.text) else w.text for w in part) for part in parts}
    return parts if len(said) == 1 and "" in said.pop() else [words]


def page_lines(words: Iterable[Word], wide: float = WIDE_GAP) -> list[Line]:
    """All lines of the words, top to bottom, cut into chunks."""
    return [Line(cut_line(row, wide)) for row in baselines(words)]


def is_heading_year(chunk: Chunk) -> bool:
    """True where a chunk that looks like a number is a year, as in a column heading."""
    return is_year(chunk.text.replace(" ", ""))


def holds_figures(line: Line) -> bool:
    """Whether a line holds a number that is no year."""
    return any(c.kind == "number" and not is_heading_year(c) for c in line.chunks)
