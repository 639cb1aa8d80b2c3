"""The characters of a PDF page, with what a reader sees of each."""

from __future__ import annotations

import ctypes as c
import math
import re
from collections import deque
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np

from extractors.pdf import engine
from extractors.pdf.engine import Matrix
from extractors.pdf.marks import meant


@dataclass(frozen=True, slots=True)
class Run:
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


def clip_of(pointer: int) -> tuple[float, float, float, float] | None:
    """The box (low to high, in the object's own space) that an object's clip path leaves."""
    clip = engine.object_clip(pointer)
    if not clip:
        return None
    count = engine.clip_paths(clip)
    if count <= 0:
        return None
    found: tuple[float, float, float, float] | None = None
    point = (c.c_float * 2)()
    x_at = c.addressof(point)
    y_at = x_at + 4
    for path in range(count):
        xs: list[float] = []
        ys: list[float] = []
        for index in range(engine.clip_segments(clip, path)):
            segment = engine.clip_segment(clip, path, index)
            if segment and engine.segment_point(segment, x_at, y_at):
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
    pointer: int, placed: Matrix, seen: Matrix
) -> tuple[float, float, float, float] | None:
    box = clip_of(pointer)
    if box is None:
        return None
    own = engine.MatrixF()
    engine.object_matrix(pointer, c.addressof(own))
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


def colour_of(reader: Any, pointer: int) -> tuple[tuple[int, int, int], int]:
    """An object's red, green, blue and opacity (0..255); black where PDFium cannot tell."""
    values = (c.c_uint * 4)()
    at = c.addressof(values)
    if not reader(pointer, at, at + 4, at + 8, at + 12):
        return (0, 0, 0), 255
    return (values[0], values[1], values[2]), values[3]


def _run(text: int, index: int, pointer: int, seen: Matrix, faces: dict[int, Face]) -> Run:
    matrix = engine.MatrixF()
    engine.char_matrix(text, index, c.addressof(matrix))
    placed: Matrix = (matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5])
    a, b, cc, d, _, _ = engine.multiplied(placed, seen)
    size = c.c_float(0)
    look = Face(False, False, "")
    hidden = False
    colour, clip = (0, 0, 0), None
    if pointer:
        engine.text_size(pointer, c.addressof(size))
        font = engine.text_font(pointer)
        if font:
            if font not in faces:
                faces[font] = face(font)
            look = faces[font]
        mode = engine.text_mode(pointer)
        colour, opacity = colour_of(
            engine.object_stroke if mode in (1, 5) else engine.object_fill, pointer
        )
        hidden = mode in (3, 7) or opacity == 0
        clip = _seen_clip(pointer, placed, seen)
        if mode == 2:  # filled and stroked: how word processors fake bold
            look = Face(True, look.italic, look.symbol)
    angle = math.degrees(math.atan2(-b, a)) if (a or b) else 0.0
    return Run(
        size=abs(size.value) * math.hypot(cc, d) or 1.0,
        angle=angle,
        bold=look.bold,
        italic=look.italic,
        hidden=hidden,
        colour=colour,
        symbol=look.symbol,
        unmapped=bool(engine.char_unmapped(text, index) == 1),
        clip=clip,
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
    text = engine.load_text(page)
    if not text:
        empty = np.empty(0)
        return Letters([], empty.astype(int), empty.astype(int), *(empty,) * 6, [])
    try:
        count = max(0, engine.count_chars(text))
        boxes = np.zeros((count, 4), dtype=np.float32)
        origins = np.zeros((count, 2), dtype=np.float64)
        # One call per character and fact is what PDFium offers; `map` keeps Python out of it.
        each, places = repeat(text), range(count)
        codes = np.fromiter(map(engine.char_unicode, each, places), np.int64, count)
        pointers = list(map(engine.char_object, each, places))
        at, end = boxes.ctypes.data, boxes.ctypes.data + 16 * count
        deque(map(engine.char_box, each, places, range(at, end, 16)), maxlen=0)
        at, end = origins.ctypes.data, origins.ctypes.data + 16 * count
        deque(
            map(engine.char_origin, each, places, range(at, end, 16), range(at + 8, end + 8, 16)),
            maxlen=0,
        )
        for index in np.flatnonzero((codes < 33) & (codes != 2)).tolist():
            if codes[index] in (10, 13, 32):
                if engine.char_generated(text, index) == 1:
                    codes[index] = _NOT_PRINTED
            elif engine.char_unmapped(text, index) == 1:
                codes[index] = 0xFFFD
        kept = np.flatnonzero((codes != _NOT_PRINTED) & (codes != 0))
        runs: list[Run] = []
        run_list: list[int] = []
        last: int | None = -1
        for index in kept.tolist():
            pointer = pointers[index]
            if pointer != last:
                last = pointer
                runs.append(_run(text, index, pointer or 0, seen, faces))
            run_list.append(len(runs) - 1)
    finally:
        engine.close_text(text)

    codes = codes[kept]
    boxes, origins = boxes[kept].astype(np.float64), origins[kept]
    run_of = np.array(run_list, dtype=np.int64)
    symbols = [run.symbol for run in runs]
    texts = [meant(code, symbols[run]) for code, run in zip(codes.tolist(), run_list, strict=True)]
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
