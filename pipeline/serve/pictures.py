"""Pictures of registered documents' pages with boxes on them, made on demand and kept for a while.

Only a document that the database knows, and whose file still has the bytes that were read, is
drawn; nobody can ask for a path.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from extractors.model import Box, UnreadableDocument
from extractors.pdf.picture import ORANGE, RED, Frame, draw_page

Row = dict[str, Any]
MOST_BYTES = 64 * 1024 * 1024
SIZES = {"phone": 1.4, "page": 2.0, "print": 4.0, "close": 3.0, "row": 3.0}  # pixels a point
CLOSE_WIDTH, CLOSE_HEIGHT = 260.0, 96.0  # points around the figure
GREY = (90, 105, 112)
MOST_POINTS = 2000.0  # a larger page is drawn smaller, so that no picture fills the memory


class NoPicture(LookupError):
    """There is nothing to draw; the message says why, for a reader."""


@dataclass(slots=True)
class Pictures:
    """Draws from the documents below `raw`; pdfium works for one thread at a time."""

    raw: Path
    kept: OrderedDict[tuple[Any, ...], bytes] = field(default_factory=OrderedDict)
    size: int = 0
    same: dict[tuple[str, str, int, int], bool] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def page(
        self, document: Row, page: int, frames: tuple[Frame, ...], scale: float, crop: Box | None
    ) -> bytes:
        """The page of a document of the database as a PNG, from the store where it is there.

        Raises NoPicture where the file has gone, is another now, or has no such page.
        """
        key = (document["sha256"], page, frames, scale, crop)
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
                return self.kept[key]
            path = self._registered(document)
            try:
                drawn = draw_page(path, page, frames, scale, crop)
            except (IndexError, UnreadableDocument) as error:
                raise NoPicture(str(error)) from error
            self.kept[key] = drawn
            self.size += len(drawn)
            while self.size > MOST_BYTES and len(self.kept) > 1:
                _, gone = self.kept.popitem(last=False)
                self.size -= len(gone)
            return drawn

    def _registered(self, document: Row) -> Path:
        """The file of a document, if it lies below `raw` and has the bytes that were read."""
        if document["format"] != "pdf":
            raise NoPicture(f"{document['document']} is a Word file; it has no pages to draw")
        root = self.raw.resolve()
        path = (root / str(document["document"])).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            raise NoPicture(f"{document['document']} is no longer among the documents")
        facts = path.stat()
        known = (str(path), document["sha256"], facts.st_mtime_ns, facts.st_size)
        if known not in self.same:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            self.same[known] = digest == document["sha256"]
        if not self.same[known]:
            raise NoPicture(
                f"{document['document']} is another file now than the one that was read; "
                "`spendtrail run` reads it anew"
            )
        return path


def frames_of(connection: sqlite3.Connection, amount: Row) -> tuple[Frame, ...]:
    """The boxes for an amount: its line and column heading and totals lightly, its cell in red."""
    found: list[Frame] = []
    line = line_box(connection, amount)
    if line is not None:
        found.append(Frame(line, ORANGE, width=0.5, tint=0.12))
    heads = connection.execute(
        "SELECT page, x0, top, x1, bottom FROM cells WHERE document = ?1 AND table_number = ?2 "
        'AND is_header AND "column" <= ?3 AND ?3 < "column" + column_span',
        (amount["document"], amount["table_number"], amount["column"]),
    )
    totals = connection.execute(
        "SELECT page, x0, top, x1, bottom FROM printed_totals WHERE document = ? "
        'AND table_number = ? AND "column" = ? AND (section IS NULL OR section = ?)',
        (amount["document"], amount["table_number"], amount["column"], amount["section"]),
    )
    for place in (*heads, *totals):
        if (box := _box(place, amount["page"])) is not None:
            found.append(Frame(box, GREY, width=0.7, tint=0.08))
    own = _box(tuple(amount[name] for name in ("page", "x0", "top", "x1", "bottom")))
    return (*found, Frame(own, RED)) if own is not None else tuple(found)


def line_box(connection: sqlite3.Connection, amount: Row) -> Box | None:
    """The box of an amount's line, where it stands on the same page."""
    found = connection.execute(
        "SELECT page, x0, top, x1, bottom FROM line WHERE line_id = ?", (amount["line_id"],)
    ).fetchone()
    return _box(found, amount["page"]) if found else None


def _box(place: Any, page: int | None = None) -> Box | None:
    number, *corners = tuple(place)
    if None in corners or (page is not None and number != page):
        return None
    return Box(*corners)


def around(box: Box, line: Box | None, width: float, height: float) -> Box:
    """The part of a page around a figure's box; as wide as its line, where that is given."""
    middle = (box.top + box.bottom) / 2
    left, right = box.x1 + 40 - max(CLOSE_WIDTH, box.x1 - box.x0 + 60), box.x1 + 40
    if line is not None:
        left, right = min(left, line.x0 - 12), max(right, line.x1 + 12)
    high = max(CLOSE_HEIGHT, box.bottom - box.top + 40)
    low = max(0.0, min(height - high, middle - high / 2))
    return Box(max(0.0, left), low, min(width, right), min(height, low + high))


def page_size(connection: sqlite3.Connection, document: str, page: int) -> tuple[float, float]:
    """Width and height of a page in points; NoPicture where the document has no such page."""
    found = connection.execute(
        "SELECT width, height FROM page WHERE document = ? AND page = ?", (document, page)
    ).fetchone()
    if found is None:
        raise NoPicture(f"{document} has no page {page}")
    return float(found[0]), float(found[1])


def scale_for(size: str, width: float, height: float) -> float:
    """Pixels a point for a named size, less for a page that is a poster."""
    return SIZES[size] * min(1.0, MOST_POINTS / max(width, height))
