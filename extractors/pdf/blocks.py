"""Lines made into blocks: paragraphs, list items, headings, as they stand on one page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.model import Box
from extractors.pdf.lines import AS_PRINTED, MARK_CLOSE, MARK_OPEN, Hyphens, Line, joined

BULLETS = "•●▪■○◦□▫➢➤►✓✔✗❖◆◇→‣∙·"
_BULLET = re.compile(rf"([{BULLETS}]|[-–—*o](?=[\s\t]))[\s\t]*(?=\S)")
_NUMBER = re.compile(
    r"(\d{1,3}(?:\.\d{1,3}){1,4}\.?|\d{1,3}[.)]|\(\d{1,3}\)|\d{1,3}(?=\t)"
    r"|\(?[a-z]{1,2}\)|[a-z]\.|\(?[ivxl]{1,6}[.)]|\(?[A-Z][.)]"
    r"|[A-Z]{1,4}\d{1,4}[a-z]?(?=[\t:.)–])[.:)]?)[\t ]\s*(?=\S)"
)
NOTE_MARK = re.compile(
    rf"{MARK_OPEN}[(\[]?([^{MARK_CLOSE}]+?)[)\]]?[.:]?{MARK_CLOSE}[\s\t]*|([*†‡§]{{1,4}}|\[\w{{1,2}}\])[\s\t]*(?=[^\s*])"
)
_ENDED = (".", "?", "!", ":", ";", "”", "’", '"')


@dataclass(slots=True)
class Block:
    """Lines that make one passage; `marker` is its printed number or bullet, `mark` a note's."""

    page: int
    lines: list[Line]
    parts: list[str]  # the text so far, one entry per column gap
    marker: str | None = None
    bullet: bool = False
    mark: str | None = None
    marker_x: float = 0.0
    text_x: float = 0.0  # where the text begins behind a marker
    closed: bool = False  # its last line ends short of what the next word needs
    inside: Box | None = None  # the drawn box it stands in
    parts_x: list[float] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\t".join(self.parts)

    @property
    def box(self) -> Box:
        box = self.lines[0].box
        for line in self.lines[1:]:
            box = box.union(line.box)
        return box

    @property
    def size(self) -> float:
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)


def usual_leading(lines: Sequence[Line]) -> dict[int, float]:
    """The usual distance of baselines by type size (rounded), of lines that follow closely."""
    seen: dict[int, Counter[float]] = {}
    for above, below in pairwise(lines):
        step = below.base - above.base
        if abs(above.size - below.size) < 0.6 and 0.9 * below.size < step < 2.6 * below.size:
            seen.setdefault(round(below.size), Counter())[round(step * 2) / 2] += 1
    found = {}
    for size, steps in seen.items():
        enough = max(2, 0.12 * steps.total())
        common = [step for step, count in steps.items() if count >= enough]
        found[size] = min(common) if common else min(steps)
    return found


def make_blocks(
    lines: Sequence[Line], leading: dict[int, float], hyphens: Hyphens = AS_PRINTED
) -> list[Block]:
    """The blocks of one flow of lines, in order."""
    blocks: list[Block] = []
    for line in lines:
        block = blocks[-1] if blocks else None
        if block is not None and _goes_on(block, line, leading):
            _append(block, line, hyphens)
        else:
            blocks.append(_new(line))
    return blocks


def split_marker(text: str) -> tuple[str | None, str, bool]:
    """Printed number or bullet, the text without it, and whether it is a bullet."""
    match = _BULLET.match(text)
    if match:
        return match.group(1), text[match.end() :], True
    match = _NUMBER.match(text)
    if match:
        return match.group(1), text[match.end() :], False
    return None, text, False


def _new(line: Line) -> Block:
    text = line.text
    note = NOTE_MARK.match(text)
    mark = None
    marker: str | None = None
    bullet = False
    if note:
        mark = note.group(1) or note.group(2)
        text = text[note.end() :]
    else:
        marker, text, bullet = split_marker(text)
        if marker and not bullet and not _is_number(marker, line, text):
            marker, text = None, line.text
    text_x = line.box.x0
    segments = line.segments
    if marker or mark:
        alone = marker if marker else None
        if len(segments) > 1 and (alone is None or segments[0].text.strip() == alone):
            text_x = segments[1].x0
            segments = segments[1:]
        else:
            share = 1 - len(text) / max(len(line.text), 1)
            text_x = line.box.x0 + share * (line.box.x1 - line.box.x0)
    parts = text.split("\t")
    return Block(
        line.page,
        [line],
        parts,
        marker,
        bullet,
        mark,
        line.box.x0,
        text_x,
        parts_x=[segment.x0 for segment in segments][-len(parts) :],
    )


def _is_number(marker: str, line: Line, rest: str) -> bool:
    """Whether what begins a line is its number and not its first word (`1.5 million`, `i. e.`)."""
    if "\t" in line.text[: len(marker) + 1]:
        return not (marker.isdigit() and len(line.segments) > 2)
    if re.fullmatch(r"\d{1,3}(\.\d{1,3})+", marker):
        return rest[:1].isupper()
    return rest[:1].isupper() or marker[-1:] == ")" or line.bold


def _goes_on(block: Block, line: Line, leading: dict[int, float]) -> bool:
    """Whether a line continues the block above it in the same flow."""
    above = block.lines[-1]
    step = line.base - above.base
    size = max(line.size, above.size)
    usual = leading.get(round(line.size), 1.25 * line.size)
    close = step <= 1.22 * usual + 0.6
    if step <= 0 or not close or step > 2.7 * size:
        return False
    if abs(line.size - above.size) > 0.08 * size + 0.3:
        return False
    if line.bold != above.bold and (above.bold or line.bold):
        if block.bold and not line.bold and (block.closed or _fits(above, line)):
            return False
        if line.bold and (_fits(above, line) or _ended(above.text)):
            return False
    if line.colour != above.colour and line.bold != above.bold:
        return False
    text = line.text
    if NOTE_MARK.match(text):
        return False
    marker, rest, bullet = split_marker(text)
    if marker and bullet and (marker in BULLETS or "\t" in text[:2] or _fits(above, line)):
        return False
    unfinished = above.text.endswith(("-", "–", "£", "/", ","))
    if marker and not bullet and not unfinished and _is_number(marker, line, rest):
        tabbed = "\t" in text[: len(marker) + 1]
        hangs = line.box.x0 < block.text_x - 0.4 * size
        if tabbed or (block.marker and hangs) or _fits(above, line):
            return False
    if len(line.segments) > 1 or len(block.parts) > 1:
        return _row_goes_on(block, line)
    x = line.box.x0
    hanging = block.marker is not None or block.mark is not None
    if hanging and len(block.lines) == 1:
        # The first line under a marker hangs under the text, or runs back to the margin.
        if x < block.marker_x - 0.6 * size:
            return False
        if x < block.text_x - 0.4 * size and x > block.marker_x + 0.6 * size:
            return not _fits(above, line)
    elif hanging and x < above.box.x0 - 0.6 * size:
        return False
    elif len(block.lines) > 1 and x > above.box.x0 + 0.6 * size and not _centred(above, line):
        return False  # an indented first line
    elif len(block.lines) > 1 and x < above.box.x0 - 0.6 * size and not _centred(above, line):
        return len(block.lines) == 1
    elif len(block.lines) == 1 and x > above.box.x0 + 2.5 * size and not _centred(above, line):
        return False
    if _fits(above, line) and not unfinished:
        return not _ended(above.text) and rest[:1].islower()
    return True


def _row_goes_on(block: Block, line: Line) -> bool:
    """A row of label and value goes on where a line stands under its last column alone."""
    if len(line.segments) == 1 and len(block.parts) > 1:
        at = block.parts_x[-1] if block.parts_x else block.text_x
        return abs(line.box.x0 - at) < 0.5 * line.size
    return False


def _fits(above: Line, line: Line) -> bool:
    """Whether the first word of a line had fitted the line above: then the break is meant."""
    room = max(above.column[1], above.box.x1) - above.box.x1
    return room > line.first_width + 0.9 * line.size


def _ended(text: str) -> bool:
    return text.rstrip(MARK_CLOSE + MARK_OPEN).endswith(_ENDED)


def _centred(above: Line, line: Line) -> bool:
    middle = (above.box.x0 + above.box.x1) / 2, (line.box.x0 + line.box.x1) / 2
    return abs(middle[0] - middle[1]) < 0.5 * line.size


def _append(block: Block, line: Line, hyphens: Hyphens) -> None:
    block.lines.append(line)
    block.parts[-1] = joined(block.parts[-1], line.text, hyphens)
