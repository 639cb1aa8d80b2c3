"""PDFium's functions as plain, fast calls, and the few types they fill.

pypdfium2's own prototypes check every argument; with thousands of calls a page that costs
more than PDFium's work. Here the same exported functions are bound without prototypes: a
handle or address is an int that `address` makes ready to be passed, once for all calls, and a
result is written to an address.
"""

from __future__ import annotations

import ctypes as c
from collections import deque
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as raw

_P, _I = c.c_void_p, c.c_int

Matrix = tuple[float, float, float, float, float, float]

Corners = tuple[float, float, float, float]
Address = Any  # what `address` makes

RectF = c.c_float * 4  # PDFium's FS_RECTF: left, top, right, bottom


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = c.cast(getattr(raw, name), c.c_void_p).value
    assert address is not None
    return c.CFUNCTYPE(result, *arguments)(address)


def handle(pointer: Any) -> int:
    """The address behind a pypdfium2 pointer, 0 for null."""
    return c.cast(pointer, c.c_void_p).value or 0


address: Callable[[int], Address] = c.c_void_p.from_param


def _quick(name: str, result: Any) -> Callable[..., Any]:
    """A function whose handles and addresses went through `address`; other arguments are ints.

    A bare int would be cut to 32 bits.
    """
    return _bind(name, result)


load_page = _bind("FPDF_LoadPage", _P, _P, _I)
close_page = _bind("FPDF_ClosePage", None, _P)
page_rotation = _bind("FPDFPage_GetRotation", _I, _P)
page_bounding_box = _bind("FPDF_GetPageBoundingBox", _I, _P, _P)
page_count_objects = _bind("FPDFPage_CountObjects", _I, _P)
page_object = _quick("FPDFPage_GetObject", _P)

load_text = _bind("FPDFText_LoadPage", _P, _P)
close_text = _bind("FPDFText_ClosePage", None, _P)
count_chars = _bind("FPDFText_CountChars", _I, _P)
char_unicode = _quick("FPDFText_GetUnicode", c.c_uint)
char_object = _quick("FPDFText_GetTextObject", c.c_size_t)
char_box = _quick("FPDFText_GetLooseCharBox", _I)
char_origin = _quick("FPDFText_GetCharOrigin", _I)
char_matrix = _quick("FPDFText_GetMatrix", _I)
char_generated = _quick("FPDFText_IsGenerated", _I)
char_unmapped = _quick("FPDFText_HasUnicodeMapError", _I)

text_font = _quick("FPDFTextObj_GetFont", _P)
text_size = _quick("FPDFTextObj_GetFontSize", _I)
text_mode = _quick("FPDFTextObj_GetTextRenderMode", _I)
font_name = _bind("FPDFFont_GetBaseFontName", c.c_size_t, _P, _P, c.c_size_t)
font_weight = _bind("FPDFFont_GetWeight", _I, _P)
font_flags = _bind("FPDFFont_GetFlags", _I, _P)
font_italic = _bind("FPDFFont_GetItalicAngle", _I, _P, _P)

object_type = _quick("FPDFPageObj_GetType", _I)
object_bounds = _quick("FPDFPageObj_GetBounds", _I)
object_matrix = _quick("FPDFPageObj_GetMatrix", _I)
object_fill = _quick("FPDFPageObj_GetFillColor", _I)
object_stroke = _quick("FPDFPageObj_GetStrokeColor", _I)
object_width = _quick("FPDFPageObj_GetStrokeWidth", _I)
object_clip = _quick("FPDFPageObj_GetClipPath", _P)
clip_paths = _quick("FPDFClipPath_CountPaths", _I)
clip_segments = _quick("FPDFClipPath_CountPathSegments", _I)
clip_segment = _quick("FPDFClipPath_GetPathSegment", _P)
form_count = _quick("FPDFFormObj_CountObjects", _I)
form_object = _bind("FPDFFormObj_GetObject", _P, _P, c.c_ulong)

path_mode = _quick("FPDFPath_GetDrawMode", _I)
path_segments = _quick("FPDFPath_CountSegments", _I)
path_segment = _quick("FPDFPath_GetPathSegment", _P)
segment_point = _quick("FPDFPathSegment_GetPoint", _I)
segment_type = _quick("FPDFPathSegment_GetType", _I)
segment_closes = _quick("FPDFPathSegment_GetClose", _I)

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5

# Where PDFium writes what is read at once: it works for one caller at a time anyhow.
_floats = (c.c_float * 6)()
_whole = (c.c_uint * 4)()
_FLOATS = [address(c.addressof(_floats) + 4 * i) for i in range(6)]
_WHOLE = [address(c.addressof(_whole) + 4 * i) for i in range(4)]


def matrix(reader: Callable[..., Any], *arguments: Any) -> Matrix:
    """The matrix that `char_matrix` or `object_matrix` gives; all zero where there is none."""
    if not reader(*arguments, _FLOATS[0]):
        return 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    a, b, cc, d, e, f = _floats
    return a, b, cc, d, e, f


def bounds(pointer: Address) -> Corners:
    """An object's left, bottom, right, top in its own space."""
    if not object_bounds(pointer, *_FLOATS[:4]):
        return 0.0, 0.0, 0.0, 0.0
    return _floats[0], _floats[1], _floats[2], _floats[3]


def length(reader: Callable[..., Any], pointer: Address) -> float:
    """What `text_size` or `object_width` gives."""
    return _floats[0] if reader(pointer, _FLOATS[0]) else 0.0


def point(segment: Address) -> tuple[float, float] | None:
    """Where a path segment ends."""
    if not segment_point(segment, _FLOATS[0], _FLOATS[1]):
        return None
    return _floats[0], _floats[1]


def colour(reader: Callable[..., Any], pointer: Address) -> tuple[tuple[int, int, int], int]:
    """What `object_fill` or `object_stroke` gives: red, green, blue, and opacity (0..255)."""
    if not reader(pointer, *_WHOLE):
        return (0, 0, 0), 255  # PDFium cannot tell
    red, green, blue, opacity = _whole
    return (red, green, blue), opacity


def draw_mode(pointer: Address) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is stroked."""
    if not path_mode(pointer, _WHOLE[0], _WHOLE[1]):
        return False, False
    return _whole[0] != 0, _whole[1] != 0


_BATCH = 512  # characters whose measures are read before they are copied


def measured(
    function: Callable[..., Any], text: Address, count: int, kind: type, columns: int, *at: int
) -> np.ndarray[Any, Any]:
    """What a function writes for each character of a page, a row of `columns` for each.

    `at` are the columns whose addresses the function asks for; zero where it writes nothing.
    """
    found: np.ndarray[Any, Any] = np.zeros((count, columns), dtype=kind)
    batch: np.ndarray[Any, Any] = np.zeros((min(_BATCH, count), columns), dtype=kind)
    start, (row, step) = batch.ctypes.data, batch.strides
    slots: list[Sequence[Address]] = [
        [address(start + i * row + column * step) for i in range(len(batch))] for column in at
    ]
    for first in range(0, count, _BATCH):
        after = min(count, first + _BATCH)
        batch[:] = 0
        deque(map(function, repeat(text), range(first, after), *slots), maxlen=0)
        found[first:after] = batch[: after - first]
    return found


def multiplied(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `first` and then `then`."""
    a, b, cc, d, e, f = first
    a2, b2, c2, d2, e2, f2 = then
    return (
        a * a2 + b * c2,
        a * b2 + b * d2,
        cc * a2 + d * c2,
        cc * b2 + d * d2,
        e * a2 + f * c2 + e2,
        e * b2 + f * d2 + f2,
    )


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point after a matrix."""
    a, b, cc, d, e, f = matrix
    return a * x + cc * y + e, b * x + d * y + f


def applied_box(
    matrix: Matrix, box: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """The bounding box (x0, y0, x1, y1, low to high) of a box after a matrix."""
    x0, y0, x1, y1 = box
    corners = [applied(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs = [x for x, _ in corners]
    ys = [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def seen_matrix(
    box: tuple[float, float, float, float], rotation: int
) -> tuple[Matrix, float, float]:
    """From PDF user space to the page as seen (origin top left), with its width and height.

    `box` is the visible page box (left, bottom, right, top); `rotation` counts quarter turns
    clockwise, as /Rotate does.
    """
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    matrices: dict[int, Matrix] = {
        0: (1, 0, 0, -1, -left, top),
        1: (0, 1, 1, 0, -bottom, -left),
        2: (-1, 0, 0, 1, right, -bottom),
        3: (0, -1, -1, 0, top, right),
    }
    if rotation % 2:
        width, height = height, width
    return matrices[rotation % 4], width, height
