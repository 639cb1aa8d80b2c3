"""The drawn lines of a page as a reader sees them: pieces joined, doubles made one.

Edges of shaded areas count as rulings where a reading asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from extractors.grid.printed import is_drawn_line
from extractors.model import Box, Fill, Page, Rule, Word

SNAP = 2.2  # points: two lines so near are seen as one
BRIDGE = 3.2  # points: a gap so small does not end a line
PAPER = 0.985  # lighter than this is drawn white


class Ruling(NamedTuple):
    """A straight line: `at` its fixed coordinate, from `start` to `end` along the other."""

    at: float
    start: float
    end: float
    weight: float = 1.0


class Rulings(NamedTuple):
    """Horizontal and vertical rulings of a page, each sorted by position."""

    across: tuple[Ruling, ...]
    down: tuple[Ruling, ...]


def join_pieces(pieces: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """Collinear pieces joined, near doubles made one."""
    ordered = sorted(pieces)
    groups: list[list[Ruling]] = []
    for piece in ordered:
        if (
            groups
            and piece.at - groups[-1][-1].at <= SNAP
            and piece.at - groups[-1][0].at <= 2 * SNAP
        ):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    joined: list[Ruling] = []
    for group in groups:
        group.sort(key=lambda p: (p.start, p.end))
        current: list[Ruling] = []
        end = 0.0
        for piece in group:
            if current and piece.start > end + BRIDGE:
                joined.append(_one(current))
                current = []
            end = max(end, piece.end) if current else piece.end
            current.append(piece)
        joined.append(_one(current))
    return tuple(sorted(joined))


def _one(pieces: list[Ruling]) -> Ruling:
    length = sum(max(p.end - p.start, 0.1) for p in pieces)
    at = sum(p.at * max(p.end - p.start, 0.1) for p in pieces) / length
    return Ruling(
        at,
        min(p.start for p in pieces),
        max(p.end for p in pieces),
        max(p.weight for p in pieces),
    )


def is_shading(fill: Fill, page: Page) -> bool:
    """True for a filled area that can be the ground of a cell, row or column."""
    box = fill.box
    width, height = box.x1 - box.x0, box.bottom - box.top
    if width < 8 or height < 5:
        return False
    return not (width > 0.9 * page.width and height > 0.45 * page.height)


def seen(rule: Rule, fills: tuple[Fill, ...]) -> bool:
    """False for a line drawn in white on white paper."""
    if rule.grey < PAPER:
        return True
    x, y = (rule.box.x0 + rule.box.x1) / 2, (rule.box.top + rule.box.bottom) / 2
    return any(
        f.box.x0 - 1 <= x <= f.box.x1 + 1
        and f.box.top - 1 <= y <= f.box.bottom + 1
        and min(f.colour) < 251
        for f in fills
    )


def edges(box: Box) -> tuple[tuple[Ruling, Ruling], tuple[Ruling, Ruling]]:
    """The two horizontal and two vertical edges of a box."""
    return (
        (Ruling(box.top, box.x0, box.x1, 0.0), Ruling(box.bottom, box.x0, box.x1, 0.0)),
        (Ruling(box.x0, box.top, box.bottom, 0.0), Ruling(box.x1, box.top, box.bottom, 0.0)),
    )


def with_typed_rules(page: Page) -> Page:
    """The page with lines typed from dashes as rules instead of words."""
    typed = [w for w in page.words if is_drawn_line(w.text)]
    if not typed:
        return page
    rules = [
        Rule(
            Box(w.box.x0, (w.box.top + w.box.bottom) / 2, w.box.x1, (w.box.top + w.box.bottom) / 2),
            0.5,
            0.0,
        )
        for w in typed
    ]
    words = tuple(w for w in page.words if not is_drawn_line(w.text))
    return replace(page, words=words, rules=(*page.rules, *rules))


def with_drawn_bullets(page: Page) -> Page:
    """The page with small filled dots or squares before a line of text as bullet words."""
    dots = [
        f.box
        for f in page.fills
        if 1.5 < f.box.x1 - f.box.x0 < 7
        and 0.7 < (f.box.x1 - f.box.x0) / max(0.1, f.box.bottom - f.box.top) < 1.4
    ]
    if not dots:
        return page
    bullets = []
    for dot in dots:
        middle = (dot.top + dot.bottom) / 2
        text = next(
            (
                w
                for w in page.words
                if w.box.top < middle < w.box.bottom and 2 < w.box.x0 - dot.x1 < 3 * w.size
            ),
            None,
        )
        if text is not None:
            box = Box(dot.x0, text.box.top, dot.x1, text.box.bottom)
            bullets.append(Word("•", box, text.size))
    return replace(page, words=(*page.words, *bullets)) if bullets else page


def read_rulings(page: Page, shading: bool = False) -> Rulings:
    """The page's rulings; with `shading`, the edges of shaded areas too."""
    across: list[Ruling] = []
    down: list[Ruling] = []
    for rule in page.rules:
        box = rule.box
        if not seen(rule, page.fills):
            continue
        if rule.horizontal:
            across.append(Ruling(box.top, box.x0, box.x1, rule.width))
        else:
            down.append(Ruling(box.x0, box.top, box.bottom, rule.width))
    if shading:
        for fill in page.fills:
            if is_shading(fill, page):
                over, along = edges(fill.box)
                across += over
                down += along
    return Rulings(
        tuple(r for r in join_pieces(across) if r.end - r.start > 4),
        tuple(r for r in join_pieces(down) if r.end - r.start > 4),
    )
