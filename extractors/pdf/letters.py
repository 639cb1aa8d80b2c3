"""The characters of a PDF page, with what a reader sees of each."""

from __future__ import annotations

import ctypes as c
import math
import re
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np

from extractors.pdf import engine
from extractors.pdf.engine import Matrix
from extractors.pdf.marks import meant


class Run(NamedTuple):
    """What the characters of one text object share."""

    size: float
    angle: float
    bold: bool
    italic: bool
    hidden: bool
    colour: tuple[int, int, int]
    symbol: str
    unmapped: bool
    clip: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class Face:
    """What is read of a font once per document page: its looks, and which symbol set it is."""

    bold: bool
    italic: bool
    symbol: str


_PLAIN = Face(False, False, "")
_BOLD = re.compile(r"bold|heavy|demi|black(?!adder)|(?<![a-z])(?:bd|blk|hv)(?![a-z]{3})")
_ITALIC = re.compile(r"italic|oblique|(?<![a-z])(?:it|obl)(?![a-z])")
_NAMELESS = re.compile(r"(?:cidfont|font|f|tt|t|c\d+)?[+_\-]?[a-z]{0,2}\d+(?:_\d+)?")


def face(font: int) -> Face:
    """The looks of a font by its name; by its weight where the name tells nothing.

    The weight that PDFium derives from an embedded font's stems, and the flag ForceBold, are
    set for many regular faces (Garamond, Lucida), so a telling name goes first.
    """
    buffer = c.create_string_buffer(256)
    engine.font_name(font, buffer, 256)
    name = buffer.value.decode("latin-1").split("+")[-1].lower()
    weight = engine.font_weight(font)
    flags = engine.font_flags(font)
    nameless = not name or _NAMELESS.fullmatch(name) is not None
    slope = c.c_int(0)
    engine.font_italic(font, c.addressof(slope))
    symbol = "wingdings" if "wingdings" in name else "symbol" if name.startswith("symbol") else ""
    return Face(
        bold=_BOLD.search(name) is not None or (nameless and weight >= 700),
        italic=_ITALIC.search(name) is not None or slope.value != 0 or bool(flags & 1 << 6),
        symbol=symbol,
    )


def clip_of(pointer: engine.Address) -> tuple[float, float, float, float] | None:
    """The box (low to high, in the object's own space) that an object's clip path leaves."""
    clip = engine.object_clip(pointer)
    if not clip:
        return None
    clip = engine.address(clip)
    count = engine.clip_paths(clip)
    if count <= 0:
        return None
    found: tuple[float, float, float, float] | None = None
    for path in range(count):
        xs: list[float] = []
        ys: list[float] = []
        for index in range(engine.clip_segments(clip, path)):
            segment = engine.clip_segment(clip, path, index)
            point = engine.point(engine.address(segment)) if segment else None
            if point:
                xs.append(point[0])
                ys.append(point[1])
        if not xs:
            continue
        box = (min(xs), min(ys), max(xs), max(ys))
        found = (
            box
            if found is None
            else (
                max(found[0], box[0]),
                max(found[1], box[1]),
                min(found[2], box[2]),
                min(found[3], box[3]),
            )
        )
    return found


def _seen_clip(
    pointer: engine.Address, placed: Matrix, seen: Matrix
) -> tuple[float, float, float, float] | None:
    box = clip_of(pointer)
    if box is None:
        return None
    own = engine.matrix(engine.object_matrix, pointer)
    a, b, cc, d, e, f = own
    if max(abs(mine - all_in) for mine, all_in in zip(own, placed, strict=True)) > 1e-3:
        # The text stands in a form XObject: what its own matrix lacks is the form's.
        size = a * d - b * cc
        if abs(size) < 1e-9:
            return None
        back: Matrix = (
            d / size,
            -b / size,
            -cc / size,
            a / size,
            (cc * f - d * e) / size,
            (b * e - a * f) / size,
        )
        box = engine.applied_box(engine.multiplied(back, placed), box)
    return engine.applied_box(seen, box)


def _run(
    text: engine.Address, index: int, pointer: int, seen: Matrix, faces: dict[int, Face]
) -> Run:
    placed = engine.matrix(engine.char_matrix, text, index)
    a, b, cc, d, _, _ = engine.multiplied(placed, seen)
    size = 0.0
    look = _PLAIN
    hidden = False
    colour, clip = (0, 0, 0), None
    if pointer:
        own = engine.address(pointer)
        size = engine.length(engine.text_size, own)
        font = engine.text_font(own)
        if font:
            if font not in faces:
                faces[font] = face(font)
            look = faces[font]
        mode = engine.text_mode(own)
        painted = engine.object_stroke if mode in (1, 5) else engine.object_fill
        colour, opacity = engine.colour(painted, own)
        hidden = mode in (3, 7) or opacity == 0
        clip = _seen_clip(own, placed, seen)
        if mode == 2:  # filled and stroked: how word processors fake bold
            look = Face(True, look.italic, look.symbol)
    angle = math.degrees(math.atan2(-b, a)) if (a or b) else 0.0
    return Run(
        abs(size) * math.hypot(cc, d) or 1.0,
        angle,
        look.bold,
        look.italic,
        hidden,
        colour,
        look.symbol,
        engine.char_unmapped(text, index) == 1,
        clip,
    )


@dataclass(frozen=True, slots=True)
class Letters:
    """The characters of a page as columns, in content order; spaces are among them."""

    text: list[str]
    code: np.ndarray[Any, Any]
    run: np.ndarray[Any, Any]
    left: np.ndarray[Any, Any]
    top: np.ndarray[Any, Any]
    right: np.ndarray[Any, Any]
    bottom: np.ndarray[Any, Any]
    x: np.ndarray[Any, Any]
    y: np.ndarray[Any, Any]
    runs: list[Run]


_NOT_PRINTED = -1  # a space or line end that PDFium put between words itself


def read_letters(page: int, seen: Matrix, faces: dict[int, Face]) -> Letters:
    """Every character of a page, boxes and baseline origins on the page as seen."""
    loaded = engine.load_text(page)
    if not loaded:
        empty = np.empty(0)
        return Letters([], empty.astype(int), empty.astype(int), *(empty,) * 6, [])
    try:
        text = engine.address(loaded)
        count = max(0, engine.count_chars(text))
        # One call per character and fact is what PDFium offers; `map` keeps Python out of it.
        each, places = repeat(text), range(count)
        codes = np.fromiter(map(engine.char_unicode, each, places), np.int64, count)
        pointers = np.fromiter(map(engine.char_object, each, places), np.uint64, count)
        boxes = engine.measured(engine.char_box, text, count, np.float32, 4, 0)
        origins = engine.measured(engine.char_origin, text, count, np.float64, 2, 0, 1)
        for index in np.flatnonzero((codes < 33) & (codes != 2)).tolist():
            if codes[index] in (10, 13, 32):
                if engine.char_generated(text, index) == 1:
                    codes[index] = _NOT_PRINTED
            elif engine.char_unmapped(text, index) == 1:
                codes[index] = 0xFFFD
        kept = np.flatnonzero((codes != _NOT_PRINTED) & (codes != 0))
        pointers = pointers[kept]
        begins = np.ones(len(kept), dtype=bool)
        begins[1:] = pointers[1:] != pointers[:-1]
        runs = [
            _run(text, index, pointer, seen, faces)
            for index, pointer in zip(kept[begins].tolist(), pointers[begins].tolist(), strict=True)
        ]
    finally:
        engine.close_text(loaded)

    codes = codes[kept]
    boxes, origins = boxes[kept].astype(np.float64), origins[kept]
    run_of = np.cumsum(begins) - 1
    run_list = run_of.tolist()
    symbols = [run.symbol for run in runs]
    texts = list(map(meant, codes.tolist(), map(symbols.__getitem__, run_list)))
    # A glyph that maps to a control code: narrow ones are spaces, the rest letters not known.
    for index in np.flatnonzero((codes < 32) & (codes != 2)).tolist():
        run = runs[run_list[index]]
        across = abs(boxes[index, 2] - boxes[index, 0])
        if run.angle:
            across = max(across, abs(boxes[index, 1] - boxes[index, 3]))
        texts[index] = " " if across < 0.35 * run.size else "\ufffd"
    a, b, cc, d, e, f = seen
    x = a * origins[:, 0] + cc * origins[:, 1] + e
    y = b * origins[:, 0] + d * origins[:, 1] + f
    x_a = a * boxes[:, 0] + cc * boxes[:, 1] + e
    y_a = b * boxes[:, 0] + d * boxes[:, 1] + f
    x_b = a * boxes[:, 2] + cc * boxes[:, 3] + e
    y_b = b * boxes[:, 2] + d * boxes[:, 3] + f
    return Letters(
        texts,
        codes,
        run_of,
        np.minimum(x_a, x_b),
        np.minimum(y_a, y_b),
        np.maximum(x_a, x_b),
        np.maximum(y_a, y_b),
        x,
        y,
        runs,
    )
