"""Headings that begin left of the figures they name, so that they seem to stand elsewhere.

Print often sets headings flush left over figures flush right. Where the columns are narrow a
heading then reaches over the white space before its figures, and the column borders found in
that space would give it to the column on its left.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.grid.columns import Stretch
from extractors.grid.lines import Chunk, Line, chunk_of, holds_figures
from extractors.grid.printed import is_year
from extractors.grid.rows import Placed, place_chunks

SLACK = 2.0  # points by which a heading may reach over the next column's figures


def placed_with_headings(
    lines: Sequence[Line], columns: Sequence[Stretch]
) -> tuple[list[Line], list[Placed]]:
    """The lines, and every chunk with its columns, headings over the figures they name.

    Headings go by their order where there are as many as columns, some column would else have
    none, and each lies between the contents of the columns beside its own.
    """
    placed = place_chunks(lines, columns)
    count = _heading_lines(lines)
    if not 0 < count < len(lines) or len(columns) < 3:
        return list(lines), placed
    heads = [p for p in placed if p.line < count]
    if {c for p in heads if p.first == p.last for c in [p.first]} == set(range(len(columns))):
        return list(lines), placed
    apart = [_at_years(line) for line in lines[:count]]
    blocks = _blocks([c for line in apart for c in line.chunks])
    body: list[list[Chunk]] = [[] for _ in columns]
    for p in placed:
        if p.line >= count and p.first == p.last:
            body[p.first].append(p.chunk)
    if len(blocks) != len(columns) or not all(body):
        return list(lines), placed
    for i, (left, right) in enumerate(blocks):
        if i and left < max(c.x1 for c in body[i - 1] if _counts(c, body[i - 1])) - SLACK:
            return list(lines), placed
        if i + 1 < len(columns) and right > min(c.x0 for c in body[i + 1]) + SLACK:
            return list(lines), placed
    own = []
    for number, line in enumerate(apart):
        for chunk in line.chunks:
            column = next(i for i, (a, b) in enumerate(blocks) if a <= chunk.x0 <= b)
            own.append(Placed(number, column, column, chunk))
    return [*apart, *lines[count:]], [*own, *(p for p in placed if p.line >= count)]


def _counts(chunk: Chunk, column: Sequence[Chunk]) -> bool:
    """False for words among figures: a banner or a note that stands in a column of figures."""
    figures = sum(c.kind in ("number", "blank") for c in column)
    return chunk.kind in ("number", "blank") or figures * 2 <= len(column)


def _heading_lines(lines: Sequence[Line]) -> int:
    """How many lines stand above the first figure and the label that is level with it."""
    for i, line in enumerate(lines):
        if holds_figures(line):
            while i and len(lines[i - 1].chunks) == 1:
                i -= 1  # banners and what wraps, which name no column
            return i
    return 0


def _at_years(line: Line) -> Line:
    """The line with a heading that holds several years cut before each of them."""
    chunks: list[Chunk] = []
    for chunk in line.chunks:
        starts = [i for i, w in enumerate(chunk.words) if is_year(w.text)]
        if len(starts) < 2 or starts[0] != 0 or len(chunk.words) < 2 * len(starts):
            chunks.append(chunk)
            continue
        ends = [*starts[1:], len(chunk.words)]
        chunks += [chunk_of(chunk.words[a:b]) for a, b in zip(starts, ends, strict=True)]
    return Line(chunks)


def _blocks(chunks: Sequence[Chunk]) -> list[Stretch]:
    """The stretches that headings cover, lines of one heading together, left to right."""
    blocks: list[Stretch] = []
    for chunk in sorted(chunks, key=lambda c: (c.x0, c.x1)):
        if blocks and chunk.x0 < blocks[-1][1]:
            blocks[-1] = (blocks[-1][0], max(blocks[-1][1], chunk.x1))
        else:
            blocks.append((chunk.x0, chunk.x1))
    return blocks
