"""Characters made into words: what a reader sees between two spaces, on one baseline."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from extractors.model import Box, Word
from extractors.pdf.letters import Letters
from extractors.pdf.marks import RAISED, SOFT_HYPHEN, SPACES, UNKNOWN

Floats = np.ndarray[Any, Any]

# Shares of the type size. A word space is a quarter of an em in most faces and seldom less
# than a sixth even in tightly justified lines; kerning stays under a tenth.
SPACE = 0.16
SEEN_SPACE = 0.05  # a space character under which the next letter already stands is not seen
ABUTS = 0.08  # two pieces painted apart that stand closer than this are one word
SAME_BASELINE = 0.08
OVERPRINT = 0.12  # fake bold paints a letter twice at less than this distance
ASCENT, DESCENT = 0.78, 0.22  # one em about the baseline, for every face alike
SMALL = 0.86  # raised and lowered letters are set smaller than this share of their neighbour


@dataclass(slots=True)
class _Piece:
    """A word in the making, in coordinates turned so that it reads left to right."""

    text: str
    start: float
    end: float
    base: float
    size: float
    bold: bool
    italic: bool
    colour: tuple[int, int, int]
    angle: int
    first: int  # place of its first and last letter in the content
    last: int
    spaced: bool  # a seen space character stands before it
    rise: Literal[-1, 0, 1] = 0
    glued: bool = False
    letters: list[int] = field(default_factory=list)


def words_of(letters: Letters, width: float, height: float, has_scan: bool) -> list[Word]:
    """The words of a page in content order; hidden, clipped and outside letters left out.

    Hidden text (render mode 3) is read only where the page is a scan (`has_scan`) without any
    seen text: then it is the text layer that the scanner's own OCR put there.
    """
    if not letters.text:
        return []
    seen = _seen(letters, width, height, has_scan)
    if not seen.any():
        return []
    sizes = np.array([run.size for run in letters.runs])[letters.run]
    seen, doubled = _without_overprint(letters, sizes, seen)
    angles = np.array([round(run.angle) % 360 for run in letters.runs])
    angles[(angles <= 1) | (angles >= 359)] = 0
    of_letter = angles[letters.run]
    pieces: list[_Piece] = []
    for angle in np.unique(of_letter[seen]).tolist():
        chosen = np.flatnonzero(seen & (of_letter == angle))
        found = _pieces(letters, chosen, sizes, angle, doubled)
        if not found:  # nothing but spaces
            continue
        found = _merged(found)
        _mark_rises(found)
        pieces += found
    pieces.sort(key=lambda piece: piece.first)
    _settle_hyphens(pieces)
    return [_word(piece, letters) for piece in pieces]


def _seen(letters: Letters, width: float, height: float, has_scan: bool) -> np.ndarray[Any, Any]:
    hidden = np.array([run.hidden for run in letters.runs], dtype=bool)[letters.run]
    inked = np.fromiter(map(bool, letters.text), bool, len(letters.text))
    if has_scan and bool((hidden | ~inked).all()):
        hidden[:] = False
    x = (letters.left + letters.right) / 2
    y = (letters.top + letters.bottom) / 2
    seen = inked & ~hidden & (x >= -1) & (x <= width + 1) & (y >= -1) & (y <= height + 1)
    clips = [run.clip for run in letters.runs]
    if any(clip is not None for clip in clips):
        bounds = np.array([clip or (-1e9, -1e9, 1e9, 1e9) for clip in clips])[letters.run]
        seen &= (x >= bounds[:, 0] - 0.5) & (x <= bounds[:, 2] + 0.5)
        seen &= (y >= bounds[:, 1] - 2) & (y <= bounds[:, 3] + 2)
    visible: np.ndarray[Any, Any] = seen
    return visible


def _without_overprint(
    letters: Letters, sizes: Floats, seen: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, Any], set[int]]:
    """What stays seen when a letter painted twice counts once, and which were painted bold so."""
    doubled: set[int] = set()
    codes = letters.code
    for shift in (0.0, 0.5):
        index = np.flatnonzero(seen & (codes != 32))
        rows = np.floor(letters.y[index] / 4 + shift)
        order = index[np.lexsort((letters.x[index], rows, codes[index]))]
        if len(order) < 2:
            break
        one, two = order[:-1], order[1:]
        limit = OVERPRINT * sizes[one]
        distance = np.maximum(
            np.abs(letters.x[one] - letters.x[two]), np.abs(letters.y[one] - letters.y[two])
        )
        # One glyph that stands for two letters (a ligature) gives neighbours in one place.
        ligature = (letters.run[one] == letters.run[two]) & (np.abs(one - two) <= 2)
        same = (codes[one] == codes[two]) & (distance < limit) & ~ligature
        if not same.any():
            if shift == 0.0:
                break
            continue
        kept, dropped = np.minimum(one[same], two[same]), np.maximum(one[same], two[same])
        seen = seen.copy()
        seen[dropped] = False
        doubled |= {int(i) for i, far in zip(kept, distance[same], strict=True) if far > 0.05}
    return seen, doubled


def _pieces(
    letters: Letters, chosen: np.ndarray[Any, Any], sizes: Floats, angle: int, doubled: set[int]
) -> list[_Piece]:
    texts = letters.text
    blank = np.fromiter(map(SPACES.__contains__, texts), bool, len(texts))[chosen]
    solid = np.flatnonzero(~blank)
    if not len(solid):
        return []
    blanks_before = np.cumsum(blank)[solid]
    space_before = np.diff(blanks_before, prepend=blanks_before[0]) > 0
    index = chosen[solid]
    start, end, base = _turned(letters, index, angle, sizes)
    # Where a space character is painted, the gap counts from there: an overhanging f or an
    # italic's slope reaches over it.
    after = np.minimum(solid[:-1] + 1, len(chosen) - 1)
    painted, _, _ = _turned(letters, chosen[after], angle, sizes)
    size = sizes[index]
    run = letters.run[index]

    smaller = np.minimum(size[1:], size[:-1])
    # An italic f or fi reaches back over the space before it: its origin does not.
    turn = math.radians(angle)
    origin = letters.x[index] * math.cos(turn) - letters.y[index] * math.sin(turn)
    gap = np.maximum(start[1:], origin[1:]) - end[:-1]
    level = np.abs(np.diff(base)) < SAME_BASELINE * smaller
    limit = SPACE * smaller
    # Letter-spaced type: where letters of one run regularly stand apart, a space is wider still.
    within = (
        level & ~space_before[1:] & (run[1:] == run[:-1]) & (gap < size[1:]) & (gap > -size[1:])
    )
    count = np.bincount(run[1:][within], minlength=len(letters.runs))
    total = np.bincount(run[1:][within], weights=gap[within], minlength=len(letters.runs))
    # bincount of nothing gives whole numbers, whatever its weights.
    none = np.zeros(len(total))
    mean = np.divide(total, count, out=none, where=count >= 4)[run[1:]]
    spread = np.maximum(mean, 0)
    limit = np.where(spread > 0.08 * smaller, spread + SPACE * smaller, limit)
    space = space_before[1:] & (start[1:] - painted > SEEN_SPACE * smaller)
    joined = level & (gap < limit) & (gap > -0.6 * smaller) & ~space
    joined |= (np.diff(letters.x[index]) == 0) & (np.diff(letters.y[index]) == 0)
    cuts = np.flatnonzero(~joined) + 1
    starts = [0, *cuts.tolist()]
    ends = [*cuts.tolist(), len(index)]

    pieces = []
    runs = letters.runs
    index_list, run_list = index.tolist(), run.tolist()
    texts = [texts[i] for i in index_list]
    begins = np.minimum.reduceat(start, starts).tolist()
    stops = np.maximum.reduceat(end, starts).tolist()
    largest = np.maximum.reduceat(size, starts).tolist()
    bases, spaced = base[starts].tolist(), space_before[starts].tolist()
    for at, (first, stop) in enumerate(zip(starts, ends, strict=True)):
        own = index_list[first:stop]
        look = runs[run_list[first]]
        text = "".join(texts[first:stop])
        of_runs = run_list[first:stop]
        bold = look.bold
        if of_runs[0] != of_runs[-1]:
            bold = 2 * sum(runs[r].bold for r in of_runs) > len(of_runs)
        if doubled and 2 * sum(i in doubled for i in own) > len(own):
            bold = True
        if look.unmapped and all(runs[r].unmapped for r in of_runs):
            text = UNKNOWN * len(text)
        pieces.append(
            _Piece(
                text=text,
                start=begins[at],
                end=stops[at],
                base=bases[at],
                size=largest[at],
                bold=bold,
                italic=look.italic,
                colour=look.colour,
                angle=angle,
                first=own[0],
                last=own[-1],
                spaced=spaced[at],
                letters=own,
            )
        )
    return [part for piece in pieces for part in _raised_digits(piece)]


def _turned(
    letters: Letters, index: np.ndarray[Any, Any], angle: int, sizes: Floats
) -> tuple[Floats, Floats, Floats]:
    """Start, end and baseline of letters in coordinates where they read left to right."""
    x, y = letters.x[index], letters.y[index]
    match angle:
        case 0:
            return letters.left[index], letters.right[index], y
        case 90:
            return -letters.bottom[index], -letters.top[index], x
        case 180:
            return -letters.right[index], -letters.left[index], -y
        case 270:
            return letters.top[index], letters.bottom[index], -x
    turn = math.radians(angle)
    along = x * math.cos(turn) - y * math.sin(turn)
    down = x * math.sin(turn) + y * math.cos(turn)
    advance = np.full_like(along, 0.5) * sizes[index]
    following = np.diff(along, append=along[-1:] + advance[-1:])
    near = (following > 0) & (following < 1.1 * sizes[index])
    return along, along + np.where(near, following, advance), down


def _raised_digits(piece: _Piece) -> list[_Piece]:
    """A word with superscript digit characters split before and after them."""
    if RAISED.keys().isdisjoint(piece.text) or len(piece.text) != len(piece.letters):
        return [piece]
    parts: list[_Piece] = []
    step = (piece.end - piece.start) / len(piece.text)
    begin = 0
    for at in range(1, len(piece.text) + 1):
        if at < len(piece.text) and (piece.text[at] in RAISED) == (piece.text[begin] in RAISED):
            continue
        raised = piece.text[begin] in RAISED
        parts.append(
            replace(
                piece,
                text="".join(RAISED.get(char, char) for char in piece.text[begin:at]),
                start=piece.start + begin * step,
                end=piece.start + at * step,
                first=piece.letters[begin],
                last=piece.letters[at - 1],
                letters=piece.letters[begin:at],
                rise=1 if raised else 0,
                glued=begin > 0,
                spaced=piece.spaced and begin == 0,
            )
        )
        begin = at
    return parts


def _merged(pieces: list[_Piece]) -> list[_Piece]:
    """Pieces that abut on one baseline though they were painted apart, as one word each."""
    if len(pieces) < 2:
        return pieces
    base = np.array([piece.base for piece in pieces])
    start = np.array([piece.start for piece in pieces])
    order = np.lexsort((start, np.round(base * 2))).tolist()
    gone: set[int] = set()
    current = pieces[order[0]]
    for k in order[1:]:
        piece = pieces[k]
        smaller = min(piece.size, current.size)
        gap = piece.start - current.end
        if (
            -0.3 * smaller < gap < ABUTS * smaller
            and abs(piece.base - current.base) < SAME_BASELINE * smaller
            and not piece.rise
            and not current.rise
            and not piece.spaced
        ):
            current.text += piece.text
            current.end = max(current.end, piece.end)
            current.size = max(current.size, piece.size)
            current.letters += piece.letters
            current.first = min(current.first, piece.first)
            gone.add(k)
        else:
            current = piece
    return [piece for k, piece in enumerate(pieces) if k not in gone] if gone else pieces


def _mark_rises(pieces: list[_Piece]) -> None:
    """Sets `rise` and `glued` where a small word stands raised or lowered beside a larger one."""
    largest = max(piece.size for piece in pieces)
    rows: dict[int, list[_Piece]] = defaultdict(list)
    sizes: dict[int, float] = defaultdict(float)  # the largest of each row
    for piece in pieces:
        row = int(piece.base // largest)
        rows[row].append(piece)
        sizes[row] = max(sizes[row], piece.size)
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if piece.rise or len(piece.text) > 6:
            continue
        if piece.size >= SMALL * largest:
            if before is not None and _raised_alike(before, piece):
                piece.rise = 1
            continue
        row = int(piece.base // largest)
        if piece.size >= SMALL * max(sizes[row - 1], sizes[row], sizes[row + 1]):
            continue
        for other in (*rows[row - 1], *rows[row], *rows[row + 1]):
            if piece.size >= SMALL * other.size or other is piece:
                continue
            drop, reach = piece.base - other.base, 0.4 * other.size
            if not (
                -0.3 * other.size < piece.start - other.end < reach
                or -0.3 * other.size < other.start - piece.end < reach
            ):
                continue
            if -0.7 * other.size < drop < -0.12 * other.size:
                piece.rise = 1
                break
            if 0.06 * other.size < drop < 0.5 * other.size:
                piece.rise = -1
    for piece in pieces:
        if not piece.rise:
            continue
        row = int(piece.base // largest)
        for other in (*rows[row - 1], *rows[row], *rows[row + 1]):
            larger = max(piece.size, other.size)
            if other is piece or abs(other.base - piece.base) > 0.7 * larger:
                continue
            if abs(piece.start - other.end) < SPACE * larger and not piece.spaced:
                piece.glued = True
            elif (
                abs(other.start - piece.end) < SPACE * larger
                and not other.spaced
                and other.start > piece.start
            ):
                other.glued = True


def _raised_alike(before: _Piece, piece: _Piece) -> bool:
    """Whether a word of its neighbour's own size stands raised right behind it."""
    size = before.size
    return (
        -0.5 * size < piece.base - before.base < -0.2 * size
        and SMALL * size <= piece.size < 1.05 * size
        and -0.2 * size <= piece.start - before.end < SPACE * size
    )


def _settle_hyphens(pieces: list[_Piece]) -> None:
    """Soft hyphens made plain unless they only end words.

    A painted glyph is seen whatever its code; many fonts give every hyphen the code of the
    soft one, and then `1-12` stands inside a word, or a dash alone, somewhere on the page.
    """
    with_one = [piece.text for piece in pieces if SOFT_HYPHEN in piece.text]
    if any(SOFT_HYPHEN in text[:-1] or text == SOFT_HYPHEN for text in with_one):
        for piece in pieces:
            piece.text = piece.text.replace(SOFT_HYPHEN, "-")


def _word(piece: _Piece, letters: Letters) -> Word:
    """The finished word; upright words get a box one em high about their baseline."""
    if piece.angle == 0:
        top, bottom, size = _heights(piece.base, piece.size)
        box = Box(round(piece.start, 2), top, round(piece.end, 2), bottom)
    else:
        box, size = _turned_box(piece, letters), round(piece.size, 2)
    return Word(
        piece.text,
        box,
        size,
        piece.bold,
        piece.italic,
        piece.rise,
        piece.glued,
        piece.angle,
        piece.colour,
    )


@lru_cache(maxsize=1 << 8)  # the words of a line have them in common
def _heights(base: float, size: float) -> tuple[float, float, float]:
    """Top and bottom of a word about its baseline, and its size."""
    return round(base - ASCENT * size, 2), round(base + DESCENT * size, 2), round(size, 2)


def _turned_box(piece: _Piece, letters: Letters) -> Box:
    up, down = ASCENT * piece.size, DESCENT * piece.size
    match piece.angle:
        case 90:
            box = (piece.base - up, -piece.end, piece.base + down, -piece.start)
        case 180:
            box = (-piece.end, -piece.base - down, -piece.start, -piece.base + up)
        case 270:
            box = (-piece.base - down, piece.start, -piece.base + up, piece.end)
        case _:
            own = piece.letters
            box = (
                float(letters.left[own].min()),
                float(letters.top[own].min()),
                float(letters.right[own].max()),
                float(letters.bottom[own].max()),
            )
    x0, top, x1, bottom = box
    return Box(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))
