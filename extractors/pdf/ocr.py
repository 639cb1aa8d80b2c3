"""Pages without text read from their picture: words with confidence, and drawn lines.

The engine is RapidOCR on ONNX Runtime (extra `spendtrail[ocr]`); its models come inside its
package, so nothing is fetched. The page is drawn at 200 dpi, read once as it lies, and what
was read is turned straight by the slope that the lines of text have in common.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import Any

import numpy as np
import pypdfium2 as pdfium

from extractors.model import Box, Page, Rule, Word
from extractors.pdf.paths import merged

DPI = 200
_POINTS = 72 / DPI
_LONGEST = 3400  # pixels; larger pages (posters) are drawn smaller
_TYPE = 0.74  # type size as a share of the height of the box that the detector puts round a line
_LINE = 22.0  # points; drawn strokes shorter than this are parts of letters and pictures
_SLOPE = 8.0  # degrees; a page lying more askew than this is not a scan but a picture

_Points = Sequence[tuple[float, float]]


def ocr_installed() -> bool:
    """Whether the extra `spendtrail[ocr]` is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": _LONGEST,
            "Global.text_score": 0.3,
        }
    )


def read_scan(document: pdfium.PdfDocument, page: Page) -> Page:
    """The page with the words and rules of its picture; as it was where none are found.

    `source` is then `ocr`, and every word carries its confidence from 0 to 1. A page that
    lies on its side or on its head is read as it was meant only if its lines run level.
    """
    scale = min(DPI / 72, _LONGEST / max(page.width, page.height, 1.0))
    image = document[page.number - 1].render(scale=scale, grayscale=True).to_numpy()
    if image.ndim == 3:
        image = image[:, :, 0]
    found = _engine()(
        np.ascontiguousarray(np.repeat(image[:, :, None], 3, axis=2)), return_word_box=True
    )
    lines = [
        (corners, words)
        for corners, words in zip(
            found.boxes if found.boxes is not None else (),
            found.word_results or (),
            strict=False,
        )
        if words
    ]
    if not lines:
        return page
    slope = _slope([corners for corners, _ in lines])
    turn = _turner(slope, page.width / 2, page.height / 2, scale)
    words: list[Word] = []
    for corners, parts in lines:
        words += _line_words(turn, corners, parts)
    rules = _rules(image, slope, scale)
    return Page(
        number=page.number,
        width=page.width,
        height=page.height,
        words=tuple(sorted(words, key=lambda word: (word.box.top, word.box.x0))),
        rules=tuple(merged(rules)),
        fills=page.fills,
        images=page.images,
        source="ocr",
        problems=page.problems,
        slope=round(slope, 3),
    )


def _slope(boxes: Sequence[Any]) -> float:
    """The slope that the long lines have in common, in degrees, positive where they fall."""
    slopes = []
    for corners in boxes:
        across = float(corners[1][0] - corners[0][0])
        down = float(corners[1][1] - corners[0][1])
        if across > 150:
            slopes.append(math.degrees(math.atan2(down, across)))
    if not slopes:
        return 0.0
    middle = median(slopes)
    return middle if 0.05 < abs(middle) < _SLOPE else 0.0


def _turner(slope: float, x: float, y: float, scale: float) -> Any:
    """From pixels of the picture to points on the page turned straight about its middle."""
    turn = math.radians(-slope)
    cos, sin = math.cos(turn), math.sin(turn)

    def turned(point: Any) -> tuple[float, float]:
        across, down = float(point[0]) / scale - x, float(point[1]) / scale - y
        return x + across * cos - down * sin, y + across * sin + down * cos

    return turned


def _line_words(turn: Any, corners: Any, parts: Sequence[Any]) -> list[Word]:
    """The words of one line, all on the line's own baseline and of its own size."""
    spots = [turn(corner) for corner in corners]
    top = (spots[0][1] + spots[1][1]) / 2
    bottom = (spots[2][1] + spots[3][1]) / 2
    size = _TYPE * (bottom - top)
    middle = (top + bottom) / 2
    words = []
    for text, score, outline in parts:
        ends = [turn(corner)[0] for corner in outline]
        for word in str(text).split():
            box = Box(
                round(min(ends), 2),
                round(middle - size / 2, 2),
                round(max(ends), 2),
                round(middle + size / 2, 2),
            )
            words.append(Word(word, box, round(size, 2), confidence=round(float(score), 4)))
    return words


def _rules(image: Any, slope: float, scale: float) -> list[Rule]:
    """Drawn lines, level and upright, found by wearing away all that is not long and thin."""
    import cv2

    height, width = image.shape
    if slope:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), slope, 1.0)
        image = cv2.warpAffine(image, matrix, (width, height), borderValue=255)
    dark = cv2.adaptiveThreshold(
        image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12
    )
    rules: list[Rule] = []
    length = int(_LINE * scale)
    for level in (True, False):
        shape = (length, 1) if level else (1, length)
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        kept = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
        thick = cv2.dilate(kept, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
        _, _, stats, _ = cv2.connectedComponentsWithStats(thick, connectivity=8)
        for left, top, across, down, _ in stats[1:].tolist():
            thin, long = (down, across) if level else (across, down)
            if thin > 4 * scale or long < length:
                continue
            x0, y0 = left / scale, top / scale
            x1, y1 = (left + across) / scale, (top + down) / scale
            if level:
                middle = round((y0 + y1) / 2, 2)
                box = Box(round(x0, 2), middle, round(x1, 2), middle)
            else:
                middle = round((x0 + x1) / 2, 2)
                box = Box(middle, round(y0, 2), middle, round(y1, 2))
            rules.append(Rule(box, round(max(thin / scale - 2 / scale, 0.2), 2), 0.0))
    return rules


def needs_ocr(page: Page) -> bool:
    """Whether a page is a picture with little text of its own, or its letters are not known."""
    if any(problem.code == "unmapped-font" for problem in page.problems):
        return True
    area = page.width * page.height
    covered = max(((box.x1 - box.x0) * (box.bottom - box.top) for box in page.images), default=0.0)
    if not page.words:
        return covered > 0.2 * area
    return covered > 0.6 * area and len(page.words) < 12


def with_own_words(scan: Page, page: Page) -> Page:
    """The scan's reading and the page's own few words, where those are not read twice."""
    from dataclasses import replace

    own = [word for word in page.words if "\ufffd" not in word.text]
    if scan.source != "ocr" or not own:
        return scan
    free = [word for word in scan.words if not any(_same_spot(word.box, o.box) for o in own)]
    return replace(scan, words=tuple(own + free))


def _same_spot(one: Box, two: Box) -> bool:
    x, y = (one.x0 + one.x1) / 2, (one.top + one.bottom) / 2
    return two.x0 - 1 <= x <= two.x1 + 1 and two.top - 2 <= y <= two.bottom + 2
