"""A second, independent reading of what stands in boxes of a PDF: pdfplumber's, by pdfminer."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from extractors.model import Place

Floats = np.ndarray[Any, Any]
Corners = tuple[float, float, float, float]  # left, top, right, bottom

# A character counts where its middle lies in the box, widened by this much: two engines place
# the edges of one glyph differently, never by half its height.
_SLACK = 1.0
_DOUBLE = 0.6  # points between two paintings of one letter
_LOOK = itemgetter("upright", "text", "fontname", "size")


def load() -> None:
    """Import pdfplumber now, not when it is first asked."""
    import pdfplumber  # noqa: F401


def read_boxes(path: Path, places: Sequence[Place]) -> list[str]:
    """The text in each place as pdfplumber reads it, in the order given; empty without a box.

    Coordinates are those of `model.Page`: points from the top left of the visible page. Small
    characters beside larger ones are left out: they are footnote marks. Letters painted twice
    (fake bold) count once. What pdfminer cannot read is empty, which confirms nothing.
    """
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    # Beside its own errors pdfminer lets those of its parsing escape on damaged files.
    unread = (PDFException, PSException, PdfminerException, ValueError, TypeError, LookupError)

    texts = [""] * len(places)
    by_page: dict[int, list[int]] = {}
    for index, place in enumerate(places):
        if place.page is not None and place.box is not None:
            by_page.setdefault(place.page, []).append(index)
    try:
        pdf = pdfplumber.open(path, pages=sorted(by_page))
    except unread:
        return texts
    with pdf:
        for page in pdf.pages:
            indexes = by_page[page.page_number]
            left, top = (max(float(page.bbox[i]), float(page.cropbox[i])) for i in (0, 1))
            boxes = {}
            for index in indexes:
                box = places[index].box
                assert box is not None  # chosen above
                boxes[index] = (box.x0 + left, box.top + top, box.x1 + left, box.bottom + top)
            try:
                chars = _without_doubles(_chars_near(page, list(boxes.values())))
            except unread:
                continue
            x = np.array([(char["x0"] + char["x1"]) / 2 for char in chars])
            y = np.array([(char["top"] + char["bottom"]) / 2 for char in chars])
            for index, box_ in boxes.items():
                inside = np.flatnonzero(_within(x, y, box_, _SLACK))
                texts[index] = _text([chars[at] for at in inside])
            page.close()
    return texts


def _within(x: Floats, y: Floats, box: Corners, slack: float) -> np.ndarray[Any, Any]:
    inside: np.ndarray[Any, Any] = (
        (box[0] - slack <= x)
        & (x <= box[2] + slack)
        & (box[1] - slack <= y)
        & (y <= box[3] + slack)
    )
    return inside


def _chars_near(page: Any, boxes: Sequence[Corners]) -> list[dict[str, Any]]:
    """The characters of a page in or close to the boxes, as pdfplumber describes them.

    pdfminer's own objects are sifted first: describing one takes longer than reading it.
    """
    from pdfminer.layout import LTChar, LTContainer

    found: list[Any] = []
    waiting = [iter(page.layout)]
    while waiting:
        for item in waiting[-1]:
            if isinstance(item, LTContainer):
                waiting.append(iter(item))
                break
            if isinstance(item, LTChar):
                found.append(item)
        else:
            waiting.pop()
    aside, over = page.mediabox[:2]  # pdfminer counts from the corner of the media box
    x = np.array([(char.x0 + char.x1) / 2 for char in found]) + aside
    y = page.height - np.array([(char.y0 + char.y1) / 2 for char in found]) + over
    near = np.zeros(len(found), dtype=bool)
    for box in boxes:
        near |= _within(x, y, box, 3 * _SLACK)
    return [page.process_object(found[at]) for at in np.flatnonzero(near)]


def _without_doubles(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters in their order, those painted twice in one place once.

    pdfplumber's `dedupe_chars` does the same; it finds the order again by comparing every
    character with every other.
    """
    from pdfplumber.utils import cluster_objects

    at = {id(char): place for place, char in enumerate(chars)}
    kept = []
    ordered = sorted(chars, key=_LOOK)
    for _, alike in itertools.groupby(ordered, key=_LOOK):
        for level in cluster_objects(list(alike), itemgetter("doctop"), _DOUBLE):
            for stack in cluster_objects(level, itemgetter("x0"), _DOUBLE):
                kept.append(min(stack, key=itemgetter("doctop", "x0")))
    return sorted(kept, key=lambda char: at[id(char)])


def _text(chars: list[dict[str, Any]]) -> str:
    """The characters as one line of text, small raised ones left out."""
    from pdfplumber.utils import extract_text

    if not chars:
        return ""
    sizes = sorted(float(str(char["size"])) for char in chars)
    usual = sizes[len(sizes) // 2]
    level = [char for char in chars if float(str(char["size"])) > 0.8 * usual]
    text: str = extract_text(level)
    return " ".join(text.split())
