"""Running heads and feet, taken off a page before its tables are read.

A foot set close under a table, or a head over one that fills the page, would else become rows
of it. What tells them is that they come again: the same words at the same height of a page
nearby, but for a number that counts along with the pages; or, at the head of a page, that they
are in small print that is found nowhere within it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.grid.lines import baselines, cut_line
from extractors.grid.printed import CURRENCY, glue, is_numeric, is_year
from extractors.grid.rulings import is_shading
from extractors.model import Page, Word

ZONE = 0.14  # share of the page's height at its head and foot where running lines stand
APART = 0.6  # em of blank paper, at least, between a running line and the page's own text
LEVEL = 3.0  # points by which a running line may wander between pages
SMALL = 0.92  # of a page's usual size of type: small print at its head may be a running line
REACH = 2  # pages away that a line may come again: left and right pages have heads of their own
_COUNT = re.compile(r"\d{1,4}")
_PAGE_NUMBER = re.compile(r"(?:.*\s)?page\s*(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Edge:
    """One line at the head or foot of a page, outermost first, that may be a running one.

    `plain` says that it cannot be the heading row of a table; `over_text` that no columns follow
    it on this page, so that it is none elsewhere; `numbers_page` that it ends in the number of
    its page; `worded` that it says too much to come again by chance; `small` that it is a head in
    small print.
    """

    page: int
    foot: bool
    top: float
    text: str
    words: tuple[Word, ...]
    plain: bool
    over_text: bool
    numbers_page: bool
    worded: bool
    small: bool


def without_running(pages: Iterable[Page]) -> Iterator[Page]:
    """The pages without the words of their running heads and feet, each in its turn."""
    window: deque[tuple[Page, tuple[_Edge, ...]]] = deque(maxlen=2 * REACH + 1)
    source = iter(pages)
    ahead = 0  # pages in the window that were not given back yet
    for page in source:
        window.append((page, _edges(page)))
        ahead += 1
        if ahead > REACH:
            yield _stripped(window, len(window) - ahead)
            ahead -= 1
    while ahead:
        yield _stripped(window, len(window) - ahead)
        ahead -= 1


def _stripped(window: Sequence[tuple[Page, tuple[_Edge, ...]]], at: int) -> Page:
    page, edges = window[at]
    others = [e for i, (_, es) in enumerate(window) if 0 < abs(i - at) <= REACH for e in es]
    taken: set[int] = set()
    for foot in (False, True):
        for edge in edges:
            if edge.foot is not foot:
                continue
            again = any(_alike(edge, other) for other in others)
            if not again and not edge.numbers_page and not edge.small:
                break
            taken.update(id(w) for w in edge.words)
    if not taken:
        return page
    return replace(page, words=tuple(w for w in page.words if id(w) not in taken))


def _alike(edge: _Edge, other: _Edge) -> bool:
    """True where two lines say the same at the same height, but for the number of the page."""
    if edge.foot is not other.foot or abs(edge.top - other.top) > LEVEL:
        return False
    if edge.text == other.text:
        return edge.foot or edge.plain or edge.over_text or other.over_text
    a, b = _COUNT.split(edge.text), _COUNT.split(other.text)
    if a != b:
        return False
    step = other.page - edge.page
    changes = [
        int(y) - int(x)
        for x, y in zip(_COUNT.findall(edge.text), _COUNT.findall(other.text), strict=True)
        if x != y
    ]
    return changes == [step]


def _edges(page: Page) -> tuple[_Edge, ...]:
    """The lines at the edges of a page that stand off from what is within."""
    upright = [w for w in page.words if w.angle == 0]
    found: list[_Edge] = []
    limit = ZONE * page.height
    for foot in (False, True):
        if foot:
            near = [w for w in upright if w.box.top > page.height - limit]
        else:
            near = [w for w in upright if w.box.bottom < limit]
        if not near or len(near) == len(upright):
            continue
        lines = baselines(near)
        lines = lines[::-1] if foot else lines
        edges = [_edge(page, line, foot, lines[i + 1 : i + 4]) for i, line in enumerate(lines)]
        # Lines up to the last one that has blank paper within of it; a foot may do without.
        last = next((i for i, e in enumerate(edges) if not (foot and e.worded)), len(edges))
        for i, line in enumerate(lines):
            outer = {id(w) for x in lines[: i + 1] for w in x}
            size = min(w.size for w in line)
            if foot:
                reach = max((w.box.bottom for w in upright if id(w) not in outer), default=0.0)
                gap = min(w.box.top for w in line) - reach
            else:
                reach = min((w.box.top for w in upright if id(w) not in outer), default=9e9)
                gap = reach - max(w.box.bottom for w in line)
            if gap > APART * size:
                last = max(last, i + 1)
        found += edges[:last]
    return tuple(found)


def _edge(page: Page, line: list[Word], foot: bool, within: Sequence[list[Word]]) -> _Edge:
    chunks = cut_line(line)
    text = glue(line)
    ground = any(
        f.box.x0 <= line[0].box.x0 and line[0].box.x1 <= f.box.x1 + 1
        and f.box.top <= line[0].box.top + 2 and line[0].box.bottom - 2 <= f.box.bottom
        for f in page.fills
        if is_shading(f, page) and min(f.colour) < 250
    )  # fmt: skip
    plain = (
        len(chunks) <= 2
        and sum(c.isalpha() for c in text) > 5
        and not CURRENCY & set(text)
        and not any(is_numeric(c.text) or is_year(c.text) for c in chunks)
        and not (len(chunks) > 1 and (ground or all(w.bold for w in line)))
    )
    match = _PAGE_NUMBER.fullmatch(text)
    numbered = match is not None and int(match.group(1)) == page.number
    top = min(w.box.top for w in line)
    worded = sum(c.isalpha() for c in text) > 12 and not any(is_numeric(c.text) for c in chunks)
    over_text = len(within) > 1 and all(len(cut_line(x)) == 1 for x in within)
    small = not foot and plain and _in_small_print(page, line)
    return _Edge(
        page.number, foot, top, text, tuple(line), plain, over_text, numbered, worded, small
    )


def _in_small_print(page: Page, line: Sequence[Word]) -> bool:
    """Whether a line is set small, in a type that nothing between head and foot of the page has."""
    top, bottom = ZONE * page.height, (1 - ZONE) * page.height
    within = [w for w in page.words if top < w.box.top and w.box.bottom < bottom]
    sizes = sorted(w.size for w in within)
    if not sizes or max(w.size for w in line) > SMALL * sizes[len(sizes) // 2]:
        return False
    types = {(round(w.size, 1), w.colour) for w in within}
    return not any((round(w.size, 1), w.colour) in types for w in line)
