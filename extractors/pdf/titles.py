"""What stands round a table: its title, subtitle, the text before it, and its notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.model import Box, Cell, Note, Place
from extractors.pdf.passages import Item, settled

_NEAR = 90.0  # points between a title and its table, what stands between them not counted
_BELOW = 45.0
_UNIT = re.compile(r"£|\bfigures\b|\bthousands?\b|\bmillions?\b|000s?\b|\(.*\)$", re.IGNORECASE)
_NOTE = re.compile(r"(notes?|sources?|key|n\.?b\.?)\b\s*(\d{0,2})\s*[:.–-]?\s*", re.IGNORECASE)
_SYMBOL = re.compile(r"([*†‡§#^]{1,4}|\(?\d{1,2}[).:]?|\(?[a-z][).:]?)(?:\s+|(?<=[*†‡§#^)]))")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words round a table, for the fields of `model.Table` of the same names."""

    title: str | None
    subtitle: str | None
    intro: str | None
    heading_path: tuple[str, ...]
    notes: tuple[Note, ...]


def surroundings(
    items: Sequence[Item], at: int, regions: Sequence[Place], cells: Sequence[Cell]
) -> Surroundings:
    """What stands round the table at `items[at]`; `regions` are its places, page by page."""
    title, subtitle, intro = _above(items, at, regions[0])
    if title is None:
        title = _below(items, at, regions[-1])
    if title is None:
        title = _heading_before(items, at) or _running(items, at)
    path = items[at].path
    return Surroundings(title, subtitle, intro, path, _notes(items, at, regions, cells))


def _words(item: Item) -> str:
    block = item.block
    if block is None:
        return ""
    text = settled(block.text)[0].replace("\t", " ")
    return f"{block.marker} {text}" if block.marker and not block.bullet else text


def _names(text: str) -> bool:
    """Whether a bold line can be a table's name: short, no sentence, and no unit alone."""
    words = len(text.split())
    return (
        1 < words <= 14
        and not text.endswith((".", ":", ";", ","))
        and not (words <= 4 and _UNIT.search(text))
    )


def _words_over(item: Item, box: Box) -> str:
    """An item's words, of a line with gaps only those that stand over a box."""
    block = item.block
    if block is None or len(block.lines) > 1 or len(block.parts) < 2 or block.marker:
        return _words(item)
    over = [
        segment.text
        for segment in block.lines[0].segments
        if min(segment.x1, box.x1) - max(segment.x0, box.x0) > 0
    ]
    return settled(" ".join(over))[0] if over else _words(item)


def _aside(one: Box, two: Box) -> bool:
    return min(one.x1, two.x1) - max(one.x0, two.x0) <= 2


def _above(
    items: Sequence[Item], at: int, region: Place
) -> tuple[str | None, str | None, str | None]:
    title: str | None = None
    units: list[str] = []
    intro: str | None = None
    assert region.box is not None
    edge, page = region.box.top, region.page
    for item in reversed(items[max(0, at - 12) : at]):
        block = item.block
        if item.kind in ("footnote", "page_header", "page_footer", "page_number"):
            continue
        if block is None:
            if item.page == page and item.box is not None and _aside(item.box, region.box):
                continue
            break
        box = block.box
        if item.page == page:
            # What stands beside the table (another column) is not above it.
            across = min(box.x1, region.box.x1) - max(box.x0, region.box.x0)
            if across < 0 or box.bottom > region.box.top + 4:
                continue
            if title is None and edge - box.bottom > _NEAR:
                if item.kind in ("paragraph", "list_item"):
                    intro = _words(item)
                break
            edge = box.top
        elif item.kind not in ("caption", "heading", "paragraph", "list_item"):
            break
        text = _words_over(item, region.box) if item.page == page else _words(item)
        if title is not None:
            if item.kind in ("paragraph", "list_item"):
                intro = text
            break
        panel = item.kind == "text_box" and len(text.split()) <= 20
        named = item.kind == "paragraph" and block.bold and _names(text)
        if item.kind in ("caption", "heading", "title") or (item.page == page and (panel or named)):
            title = text
        elif (
            item.kind == "paragraph"
            and item.page == page
            and len(text.split()) <= 14
            and not text.endswith((".", ":", ";", ","))
            and len(units) < 2
        ):
            units.insert(0, text)
        else:
            if item.kind in ("paragraph", "list_item"):
                intro = text
            break
    if title is None:
        telling = [unit for unit in units if not _UNIT.search(unit) or len(unit.split()) > 4]
        if telling:
            title = telling[0]
            units.remove(title)
    return title, "\n".join(units) or None, intro


def _below(items: Sequence[Item], at: int, region: Place) -> str | None:
    """A caption that stands under its table, unless it belongs to another that follows it."""
    assert region.box is not None
    for place, item in enumerate(items[at + 1 : at + 3], start=at + 1):
        if item.block is None or item.page != region.page:
            return None
        if item.kind == "caption" and item.block.box.top - region.box.bottom < _BELOW:
            following = items[place + 1] if place + 1 < len(items) else None
            if following is not None and following.table is not None:
                return None
            return _words(item)
    return None


def _heading_before(items: Sequence[Item], at: int) -> str | None:
    """The heading above, where no other table stands between; or a caption on its page."""
    for item in reversed(items[:at]):
        if item.table is not None:
            return None
        if item.kind == "heading" or (item.kind == "caption" and item.page == items[at].page):
            return _words(item)
    return None


def _running(items: Sequence[Item], at: int) -> str | None:
    """The running header above a table that has nothing else above it on its page."""
    headers = []
    for item in reversed(items[:at]):
        if item.page != items[at].page:
            break
        if item.kind != "page_header":
            return None
        text = _words(item)
        if 2 * sum(char.isalpha() for char in text) > len(text) and item.block is not None:
            headers.append((round(item.block.size), text))
    return max(headers, key=lambda header: header[0])[1] if headers else None


def _notes(
    items: Sequence[Item], at: int, regions: Sequence[Place], cells: Sequence[Cell]
) -> tuple[Note, ...]:
    """Notes that a table's marks call, and what stands as a note right under it."""
    wanted = {mark for cell in cells for mark in cell.marks}
    pages = {place.page for place in regions}
    found: dict[int, Note] = {}
    for place, item in enumerate(items):
        block = item.block
        if (
            item.kind == "footnote"
            and block is not None
            and block.mark in wanted
            and (item.page in pages or (place > at and item.page == max(p or 0 for p in pages) + 1))
        ):
            found[place] = _note(item, block.mark, settled(block.text)[0])
    last = regions[-1].box
    assert last is not None
    edge = last.bottom
    for place, item in enumerate(items[at + 1 : at + 12], start=at + 1):
        block = item.block
        if block is None or item.page != regions[-1].page or block.box.top - edge > _BELOW:
            break
        if block.box.top < last.bottom - 4:
            continue
        text = _words(item)
        if item.kind == "footnote" and block.mark:
            found.setdefault(place, _note(item, block.mark, settled(block.text)[0]))
        elif match := _NOTE.match(text):
            mark = match.group(2) or match.group(1)
            found.setdefault(place, _note(item, mark, text[match.end() :]))
        elif wanted and (match := _SYMBOL.match(text)) and match.group(1).strip("().:") in wanted:
            mark = match.group(1).strip("().:")
            found.setdefault(place, _note(item, mark, text[match.end() :]))
        else:
            break
        edge = block.box.bottom
    return tuple(note for _, note in sorted(found.items()) if note.text)


def _note(item: Item, mark: str, text: str) -> Note:
    assert item.block is not None
    box: Box = item.block.box
    return Note(mark, text, Place(item.page, box))
