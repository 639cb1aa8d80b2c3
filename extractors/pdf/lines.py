"""Words made into lines of running text, in the order in which a reader reads them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.model import Box, Word
from extractors.pdf.marks import SOFT_HYPHEN

# Shares of the type size, measured on the sets named in the README.
_BASELINE = 0.25  # words of one line stand on one baseline within this
_TAB = 0.9  # a gap this wide is a tab or a column, unless the whole line is set so wide
_TAB_RATIO = 2.2
_SENTENCE_TAB = 2.5
_DESCENT = 0.22
_FAR_BELOW = 3.0  # line heights below two columns, where what follows is none of them;
_BELOW = 0.9  # and where it is bold
_CLOSE = 2.0  # between a heading and what it stands over

# A raised word of this form calls or begins a footnote; `st`, `nd`, `th` do not.
_MARK = re.compile(r"[(\[]?(\d{1,3}([,;]\d{1,3})*|[*†‡§¶#^]{1,4}|[a-z]|[ivx]{1,4})[)\]]?[,.;]?")
MARK_OPEN, MARK_CLOSE = "\x01", "\x02"  # stand round a raised mark until marks are settled


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one line without a wide gap between them."""

    text: str
    x0: float
    x1: float


@dataclass(slots=True)
class Line:
    """One line of text in one column of one page; `column` is the column's left and right edge."""

    page: int
    segments: list[Segment]
    box: Box
    base: float
    size: float
    bold: bool
    colour: tuple[int, int, int]
    first_width: float  # of its first word, to see whether that word had fitted a line before
    column: tuple[float, float] = (0.0, 0.0)

    @property
    def text(self) -> str:
        return "\t".join(segment.text for segment in self.segments)


def read_lines(words: Sequence[Word], page: int) -> list[list[Line]]:
    """The upright words as flows of lines: each column of prose a flow, in reading order."""
    upright = [word for word in words if word.angle == 0 and word.text]
    rows = _level([part for row in _rows(upright) for part in _with_sum_apart(_segments(row))])
    flows = _flows(rows, page)
    return [flow for flow in flows if flow]


# What stands at the end of a heading's line: `£16,775.50`, `£8,840 in four grants`.
_SUM_ASIDE = re.compile(r"£\s?\d[\d,]*(?:\.\d+)?\s?(?:k|m|million)?(?:\s[^\d.]{2,30})?", re.I)


def _with_sum_apart(segments: list[list[Word]]) -> list[list[list[Word]]]:
    """A heading and the sum of its part that stands smaller at the end of its line, each a row."""
    if len(segments) != 2 or not _SUM_ASIDE.fullmatch(printed(segments[1])):
        return [segments]
    heading, sum_ = segments[0][0], segments[1][0]
    return [segments[:1], segments[1:]] if heading.size > 1.15 * sum_.size else [segments]


def _level(rows: list[list[list[Word]]]) -> list[list[list[Word]]]:
    """Rows in order, what stands level on two baselines from left to right.

    A small line set to the middle of a large one has its baseline higher up.
    """
    ordered = list(rows)
    for at in range(len(ordered) - 1):
        above, below = ordered[at], ordered[at + 1]
        one, two = above[0][0], below[0][0]
        inside = two.box.top - 1 <= one.box.top and one.box.bottom <= two.box.bottom + 1
        if inside and below[-1][-1].box.x1 < one.box.x0 and one.size < two.size:
            ordered[at], ordered[at + 1] = below, above
    return ordered


def turned_texts(words: Sequence[Word]) -> list[tuple[str, Box, list[Word]]]:
    """Text that does not stand upright: one entry per run of words of one angle."""
    found: list[tuple[str, Box, list[Word]]] = []
    run: list[Word] = []
    for word in [word for word in words if word.angle != 0]:
        if run and (word.angle != run[-1].angle or _apart(run[-1], word)):
            found.append(_turned(run))
            run = []
        run.append(word)
    if run:
        found.append(_turned(run))
    return found


def _apart(one: Word, two: Word) -> bool:
    reach = 2 * max(one.size, two.size)
    across = max(two.box.x0 - one.box.x1, one.box.x0 - two.box.x1)
    down = max(two.box.top - one.box.bottom, one.box.top - two.box.bottom)
    return across > reach or down > reach


def _turned(run: list[Word]) -> tuple[str, Box, list[Word]]:
    box = run[0].box
    for word in run[1:]:
        box = box.union(word.box)
    return " ".join(word.text for word in run), box, run


def _base(word: Word) -> float:
    return word.box.bottom - _DESCENT * word.size


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words by baseline, top to bottom, each row from left to right."""
    rows: list[tuple[float, float, list[Word]]] = []  # baseline, size, words
    for word in sorted((w for w in words if not w.rise), key=lambda w: (_base(w), w.box.x0)):
        base = _base(word)
        if rows and abs(base - rows[-1][0]) <= _BASELINE * min(word.size, rows[-1][1]):
            rows[-1][2].append(word)
        else:
            rows.append((base, word.size, [word]))
    for word in words:
        if word.rise:
            base = _base(word)
            near = [
                (min(_gap(word, other) for other in row) > 0.6 * size, abs(base - level), at)
                for at, (level, size, row) in enumerate(rows)
                if abs(base - level) < 0.75 * max(size, word.size)
            ]
            if near:
                rows[min(near)[2]][2].append(word)
            else:
                rows.append((base, word.size, [word]))
    rows.sort(key=lambda row: row[0])
    return [sorted(row, key=lambda w: (w.box.x0, w.box.x1)) for _, _, row in rows]


def _gap(one: Word, two: Word) -> float:
    return max(two.box.x0 - one.box.x1, one.box.x0 - two.box.x1, 0.0)


def _segments(row: list[Word]) -> list[list[Word]]:
    """A row cut where a gap is wide against its type and against its other gaps."""
    if len(row) < 2:
        return [row]
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(row)]
    usual = sorted(gap for gap in gaps if gap > 0)
    typical = usual[len(usual) // 3] if len(usual) > 2 else 0.0
    parts = [[row[0]]]
    for at, (gap, before, word) in enumerate(zip(gaps, row, row[1:], strict=False)):
        size = min(max(before.size, word.size), 14.0)
        # Between sentences of running text two or three spaces are no tab.
        wide = _SENTENCE_TAB if at > 1 and len(row) > 5 and before.text[-1:] in ".?!:;" else _TAB
        if gap > wide * size and gap > _TAB_RATIO * typical and not word.glued:
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def _flows(rows: list[list[list[Word]]], page: int) -> list[list[Line]]:
    """Rows as flows: columns of prose are told from rows of label and value and read in turn."""
    if not rows:
        return []
    split = _gutter(rows)
    if split is None:
        lines = [_line(segments, page) for segments in rows]
        _set_column(lines)
        return [lines]
    at, bands = split
    flows: list[list[Line]] = []
    plain: list[list[list[Word]]] = []
    for begin, stop, columns in bands:
        band = rows[begin:stop]
        if not columns:
            plain += band
            continue
        if plain:
            flows += _flows(plain, page)
            plain = []
        left = [[s for s in row if s[0].box.x0 < at] for row in band]
        right = [[s for s in row if s[0].box.x0 >= at] for row in band]
        flows += _flows([row for row in left if row], page)
        flows += _flows([row for row in right if row], page)
    if plain:
        flows += _flows(plain, page)
    return flows


def _set_column(lines: list[Line]) -> None:
    column = (min(line.box.x0 for line in lines), max(line.box.x1 for line in lines))
    for line in lines:
        line.column = column


_Band = tuple[int, int, bool]


def _gutter(rows: list[list[list[Word]]]) -> tuple[float, list[_Band]] | None:
    """Where a gutter between columns of prose stands, and the bands of rows that it divides."""
    starts: Counter[int] = Counter(round(segment[0].box.x0 / 2) for row in rows for segment in row)
    best: tuple[int, float, list[_Band]] | None = None
    for start, count in sorted(starts.items()):
        if count + starts.get(start + 1, 0) < 4:
            continue
        at = start * 2 - 2.0
        bands, score = _bands(rows, at)
        if score and (best is None or score > best[0]):
            best = (score, at, bands)
    return None if best is None else (best[1], best[2])


def _bands(rows: list[list[list[Word]]], at: float) -> tuple[list[_Band], int]:
    bands: list[_Band] = []
    score = 0
    begin = 0
    for index in range(len(rows) + 1):
        crosses = index < len(rows) and any(
            segment[0].box.x0 < at - 1 and segment[-1].box.x1 > at - 6 for segment in rows[index]
        )
        if index < len(rows) and not crosses:
            continue
        if index > begin:
            good = _prose_columns(rows[begin:index], at)
            end = _foot(rows, begin, index, at) if good and index < len(rows) else index
            bands.append((begin, end, good > 0))
            if end < index:
                bands.append((end, index, False))
            score += good
        if index < len(rows):
            bands.append((index, index + 1, False))
        begin = index + 1
    return bands, score


def _foot(rows: list[list[list[Word]]], begin: int, end: int, at: float) -> int:
    """Where two columns end above what stands on the left alone, far below both and close above
    the row at `end`: that is the heading of the lines over the whole width that begin there."""
    first = end
    while first > begin and all(segment[0].box.x0 < at for segment in rows[first - 1]):
        first -= 1
    for index in range(max(first, begin + 1), end):
        words = [word for row in rows[index:end] for segment in row for word in segment]
        high = max(word.box.bottom - word.box.top for word in words)
        foot, following = max(word.box.bottom for word in words), rows[end][0][0].box.top
        above = max(s[0].box.bottom for row in rows[begin:index] for s in row)
        far = (_BELOW if all(word.bold for word in words) else _FAR_BELOW) * high
        if words[0].box.top - above > far and following - foot < _CLOSE * high:
            return index
    return end


def _prose_columns(rows: list[list[list[Word]]], at: float) -> int:
    """How many rows a band of two prose columns has on its shorter side; 0 where it is none.

    Both sides must read as running text: several lines of several words that mostly fill
    their column. Labels beside values do not.
    """
    sides = []
    for right in (False, True):
        lines = [
            (segments[0][0].box.x0, segments[-1][-1].box.x1, sum(len(s) for s in segments))
            for row in rows
            if (segments := [s for s in row if (s[0].box.x0 >= at) == right])
        ]
        if len(lines) < 4:
            return 0
        left_edge = min(line[0] for line in lines)
        right_edge = max(line[1] for line in lines)
        width = right_edge - left_edge
        if width < 90:
            return 0
        full = sorted(line[1] - line[0] for line in lines)[int(0.85 * len(lines))]
        fill = median((line[1] - line[0]) / full for line in lines)
        if median(line[2] for line in lines) < 4 or fill < 0.7:
            return 0
        sides.append((len(lines), left_edge, right_edge))
    if sides[1][1] - sides[0][2] < 8:
        return 0
    return min(sides[0][0], sides[1][0])


def _line(segments: list[list[Word]], page: int) -> Line:
    words = [word for segment in segments for word in segment]
    level = [word for word in words if not word.rise] or words
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    sizes: Counter[float] = Counter()
    colours: Counter[tuple[int, int, int]] = Counter()
    for word in level:
        sizes[word.size] += len(word.text)
        colours[word.colour] += len(word.text)
    letters = sum(len(word.text) for word in level)
    return Line(
        page,
        [Segment(printed(part), part[0].box.x0, part[-1].box.x1) for part in segments],
        box,
        _base(level[0]),
        max(sizes, key=lambda size: (sizes[size], size)),
        sum(len(word.text) for word in level if word.bold) > 0.9 * letters,
        max(colours, key=lambda colour: (colours[colour], colour)),
        _first_width(words),
    )


def _first_width(words: list[Word]) -> float:
    last = words[0]
    for word in words[1:]:
        if not word.glued:
            break
        last = word
    return last.box.x1 - words[0].box.x0


def printed(words: Iterable[Word]) -> str:
    """Words as one line of text, raised footnote marks between MARK_OPEN and MARK_CLOSE."""
    text = ""
    listed = list(words)
    for at, word in enumerate(listed):
        after = listed[at + 1] if at + 1 < len(listed) else None
        inside = after is not None and after.glued and after.text[:1].isalpha()
        called = word.rise == 1 and _MARK.fullmatch(word.text) and not inside
        piece = f"{MARK_OPEN}{word.text}{MARK_CLOSE}" if called else word.text
        text += piece if not text or word.glued else " " + piece
    return text


@dataclass(frozen=True, slots=True)
class Hyphens:
    """How a document breaks words: the words that stand whole in it, and its habit.

    `breaks` says that most of its line-end hyphens are there for the line alone.
    """

    words: frozenset[str] = frozenset()
    breaks: bool = False


AS_PRINTED = Hyphens()  # every printed hyphen is kept

_END = re.compile(r"([A-Za-z]+)[-\u2010]$")
_BEGIN = re.compile(r"([a-z]+)")
_WORD = re.compile(r"[A-Za-z]+(?:[-\u2010][A-Za-z]+)*")


def learn_hyphens(texts: Sequence[str]) -> Hyphens:
    """What the lines of a document, in order, tell of its hyphens."""
    words = frozenset(match.group().lower() for text in texts for match in _WORD.finditer(text))
    for_line = printed_so = 0
    for above, below in pairwise(texts):
        end, begin = _END.search(above), _BEGIN.match(below)
        if end and begin:
            one, two = end.group(1).lower(), begin.group(1)
            printed_so += f"{one}-{two}" in words
            for_line += f"{one}{two}" in words
    return Hyphens(words, for_line >= 4 and for_line > 2 * printed_so)


def joined(above: str, below: str, hyphens: Hyphens = AS_PRINTED) -> str:
    """Two lines of one text: no space where a word is broken at a hyphen or goes on.

    A soft hyphen vanishes. A printed one stays (`multi-agency`) unless the document prints the
    word whole elsewhere, or breaks words at line ends as a habit and never prints this one
    with its hyphen.
    """
    if above.endswith(SOFT_HYPHEN):
        return above[:-1] + below
    end, begin = _END.search(above), _BEGIN.match(below)
    if end and begin:
        one, two = end.group(1).lower(), begin.group(1)
        kept = f"{one}-{two}" in hyphens.words
        if not kept and (hyphens.breaks or f"{one}{two}" in hyphens.words):
            return above[:-1] + below
        return above + below
    if (
        above.endswith(("-", "\u2010"))
        and above[-2:-1].isalnum()
        and (below[:1].islower() or below[:1].isdigit())
    ):
        return above + below
    if above.endswith("/") and above[-2:-1].isalnum():
        return above + below
    return f"{above} {below}"
