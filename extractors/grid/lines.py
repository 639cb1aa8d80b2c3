"""Words put together into printed lines, and lines cut into chunks at wide gaps.

A chunk is what stands together within one column on one baseline. Text in columns whose
baselines differ (vertically centred cells) gives lines of their own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

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
)
from extractors.model import Word

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
    text: str = ""
    kind: str = "text"  # text, number, blank (a dash or the like), mark (bullet, list number)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True, eq=False)
class Line:
    """The chunks on one baseline, left to right."""

    chunks: list[Chunk]
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    size: float = 0.0

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

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class _Row:
    middle: float
    height: float
    words: list[Word] = field(default_factory=list)


def baselines(words: Iterable[Word]) -> list[list[Word]]:
    """Words grouped by baseline, top to bottom, each group left to right."""
    rows: list[_Row] = []
    ordered = sorted(words, key=lambda w: (w.box.top + w.box.bottom, w.box.x0))
    raised: list[Word] = []
    for word in ordered:
        if word.rise:
            raised.append(word)
            continue
        middle = (word.box.top + word.box.bottom) / 2
        height = word.box.bottom - word.box.top
        # Only the last few rows can be level with this word: the input goes downwards.
        for row in rows[-1:-4:-1]:
            if abs(middle - row.middle) <= 0.36 * min(height, row.height):
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
    return [sorted(row.words, key=lambda w: w.box.x0) for row in rows]


def chunk_of(words: list[Word]) -> Chunk:
    """One chunk of words that stand together."""
    text = glue(words)
    squeezed = text.replace(" ", "")
    if is_numeric(squeezed):
        kind = "number"
    elif squeezed in {"-", "–", "—", "*"} or (
        stands_for_number(squeezed) and not is_bullet(squeezed)
    ):
        kind = "blank"
    elif is_list_mark(squeezed):
        kind = "mark"
    else:
        kind = "text"
    if len(words) == 1:
        word = words[0]
        box = word.box
        return Chunk(words, box.x0, box.top, box.x1, box.bottom, word.size, text, kind)
    boxes = [w.box for w in words]
    return Chunk(
        words,
        boxes[0].x0,
        min(b.top for b in boxes),
        max(b.x1 for b in boxes),
        max(b.bottom for b in boxes),
        max(w.size for w in words),
        text,
        kind,
    )


def cut_line(
    words: list[Word], wide: float = WIDE_GAP, cuts: tuple[float, ...] = ()
) -> list[Chunk]:
    """The chunks of one line: cut at gaps of `wide` em, and where a vertical rule stands.

    A currency sign stays with the number after it, however far (accounting style).
    """
    chunks: list[list[Word]] = [[words[0]]]
    numeric = is_numeric(words[0].text)
    for before, word in itertools.pairwise(words):
        gap = word.box.x0 - before.box.x1
        size = max(before.size, word.size)
        now = is_numeric(word.text) or word.text in CURRENCY
        apart = gap > wide * size
        if not apart and gap > NUMBER_GAP * size:
            apart = numeric and now
        if not apart and gap > NUMBER_GAP * size and is_money(before.text):
            apart = word.text[:1].isupper()  # the name in the column beside a sum
        if not apart and is_leader(before.text) and (now or gap > 0.3 * size):
            apart = True
        if apart and before.text in CURRENCY and now and gap < 9 * size:
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
        numeric = now
    return [chunk_of(c) for c in chunks]


def page_lines(words: Iterable[Word], wide: float = WIDE_GAP) -> list[Line]:
    """All lines of the words, top to bottom, cut into chunks."""
    return [Line(cut_line(row, wide)) for row in baselines(words)]


def is_heading_year(chunk: Chunk) -> bool:
    """True where a chunk that looks like a number is a year, as in a column heading."""
    return is_year(chunk.text.replace(" ", ""))
