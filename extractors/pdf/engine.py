"""PDFium's functions as plain, fast calls, and the few types they fill.

pypdfium2's own prototypes check every argument; with thousands of calls a page that costs
more than PDFium's work. Here the same exported functions are given prototypes of plain
integers and addresses, so a handle is an int and a result is written to an address.
"""

from __future__ import annotations

import ctypes as c
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw

_P, _I = c.c_void_p, c.c_int

Matrix = tuple[float, float, float, float, float, float]

RectF = c.c_float * 4  # PDFium's FS_RECTF: left, top, right, bottom
MatrixF = c.c_float * 6
PointD = c.c_double * 2


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = c.cast(getattr(raw, name), c.c_void_p).value
    assert address is not None
    return c.CFUNCTYPE(result, *arguments)(address)


def handle(pointer: Any) -> int:
    """The address behind a pypdfium2 pointer, 0 for null."""
    return c.cast(pointer, c.c_void_p).value or 0


load_page = _bind("FPDF_LoadPage", _P, _P, _I)
close_page = _bind("FPDF_ClosePage", None, _P)
page_rotation = _bind("FPDFPage_GetRotation", _I, _P)
page_bounding_box = _bind("FPDF_GetPageBoundingBox", _I, _P, _P)
page_count_objects = _bind("FPDFPage_CountObjects", _I, _P)
page_object = _bind("FPDFPage_GetObject", _P, _P, _I)

load_text = _bind("FPDFText_LoadPage", _P, _P)
close_text = _bind("FPDFText_ClosePage", None, _P)
count_chars = _bind("FPDFText_CountChars", _I, _P)
char_unicode = _bind("FPDFText_GetUnicode", c.c_uint, _P, _I)
char_object = _bind("FPDFText_GetTextObject", _P, _P, _I)
char_box = _bind("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
char_origin = _bind("FPDFText_GetCharOrigin", _I, _P, _I, _P, _P)
char_matrix = _bind("FPDFText_GetMatrix", _I, _P, _I, _P)
char_generated = _bind("FPDFText_IsGenerated", _I, _P, _I)
char_unmapped = _bind("FPDFText_HasUnicodeMapError", _I, _P, _I)

text_font = _bind("FPDFTextObj_GetFont", _P, _P)
text_size = _bind("FPDFTextObj_GetFontSize", _I, _P, _P)
text_mode = _bind("FPDFTextObj_GetTextRenderMode", _I, _P)
font_name = _bind("FPDFFont_GetBaseFontName", c.c_size_t, _P, _P, c.c_size_t)
font_weight = _bind("FPDFFont_GetWeight", _I, _P)
font_flags = _bind("FPDFFont_GetFlags", _I, _P)
font_italic = _bind("FPDFFont_GetItalicAngle", _I, _P, _P)

object_type = _bind("FPDFPageObj_GetType", _I, _P)
object_bounds = _bind("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
object_matrix = _bind("FPDFPageObj_GetMatrix", _I, _P, _P)
object_fill = _bind("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
object_stroke = _bind("FPDFPageObj_GetStrokeColor", _I, _P, _P, _P, _P, _P)
object_width = _bind("FPDFPageObj_GetStrokeWidth", _I, _P, _P)
object_clip = _bind("FPDFPageObj_GetClipPath", _P, _P)
clip_paths = _bind("FPDFClipPath_CountPaths", _I, _P)
clip_segments = _bind("FPDFClipPath_CountPathSegments", _I, _P, _I)
clip_segment = _bind("FPDFClipPath_GetPathSegment", _P, _P, _I, _I)
form_count = _bind("FPDFFormObj_CountObjects", _I, _P)
form_object = _bind("FPDFFormObj_GetObject", _P, _P, c.c_ulong)

path_mode = _bind("FPDFPath_GetDrawMode", _I, _P, _P, _P)
path_segments = _bind("FPDFPath_CountSegments", _I, _P)
path_segment = _bind("FPDFPath_GetPathSegment", _P, _P, _I)
segment_point = _bind("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
segment_type = _bind("FPDFPathSegment_GetType", _I, _P)
segment_closes = _bind("FPDFPathSegment_GetClose", _I, _P)

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5


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
