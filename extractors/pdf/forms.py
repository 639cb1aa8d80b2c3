"""Text that stands on a page without being page content: form fields and typed-in notes."""

from __future__ import annotations

import ctypes as c
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.model import Box, Word
from extractors.pdf import engine
from extractors.pdf.engine import Matrix
from extractors.pdf.marks import INKLESS, SPACES

_FREE_TEXT, _WIDGET = 3, 20
_HIDDEN = 1 << 1 | 1 << 5  # annotation flags hidden and no-view (PDF 1.7, table 165)
_BUTTONS = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_TEXTS = (
    raw.FPDF_FORMFIELD_TEXTFIELD,
    raw.FPDF_FORMFIELD_COMBOBOX,
    raw.FPDF_FORMFIELD_LISTBOX,
)
_LETTER = 0.5  # an average letter's width as a share of the type size


def form_words(document: pdfium.PdfDocument, page: int, seen: Matrix) -> list[Word]:
    """The words of a page's filled fields and free-text notes; tick boxes are ☐ or ☒.

    PDFium does not say where each word of a field stands, so words are laid out in the field's
    box at an average letter's width.
    """
    handle = c.cast(page, raw.FPDF_PAGE)
    count = raw.FPDFPage_GetAnnotCount(handle)
    if count <= 0:
        return []
    words: list[Word] = []
    form = document.formenv.raw if document.formenv else None
    if form is not None:  # a box's tick is known only after PDFium has met the page
        raw.FORM_OnAfterLoadPage(handle, form)
    try:
        for index in range(count):
            note = raw.FPDFPage_GetAnnot(handle, index)
            if note:
                words += _note_words(note, form, seen)
                raw.FPDFPage_CloseAnnot(note)
    finally:
        if form is not None:
            raw.FORM_OnBeforeClosePage(handle, form)
    return words


def _note_words(note: Any, form: Any, seen: Matrix) -> list[Word]:
    kind = raw.FPDFAnnot_GetSubtype(note)
    if kind not in (_FREE_TEXT, _WIDGET) or raw.FPDFAnnot_GetFlags(note) & _HIDDEN:
        return []
    rectangle = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(note, rectangle):
        return []
    x0, top, x1, bottom = engine.applied_box(
        seen, (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
    )
    if x1 - x0 < 2 or bottom - top < 2:
        return []
    if kind == _FREE_TEXT:
        text = _string(lambda b, n: raw.FPDFAnnot_GetStringValue(note, b"Contents", b, n))
        return _laid_out(text, Box(x0, top, x1, bottom))
    if form is None:
        return []
    field = raw.FPDFAnnot_GetFormFieldType(form, note)
    if field in _BUTTONS:
        size = round(min(x1 - x0, bottom - top), 2)
        mark = "☒" if raw.FPDFAnnot_IsChecked(form, note) else "☐"
        box = Box(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))
        return [Word(mark, box, size)]
    if field in _TEXTS:
        text = _string(lambda b, n: raw.FPDFAnnot_GetFormFieldValue(form, note, b, n))
        return _laid_out(text, Box(x0, top, x1, bottom))
    return []


def _string(read: Any) -> str:
    length = read(None, 0)
    if length <= 2:
        return ""
    buffer = c.create_string_buffer(length)
    read(c.cast(buffer, c.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", errors="replace")


def _laid_out(text: str, box: Box) -> list[Word]:
    clean = "".join(" " if ch in SPACES and ch not in "\r\n" else ch for ch in text)
    clean = "".join(ch for ch in clean if ch not in INKLESS)
    lines = [line.split() for line in clean.splitlines() if line.split()]
    if not lines:
        return []
    height = box.bottom - box.top
    longest = max(sum(len(word) + 1 for word in line) for line in lines)
    size = min(12.0, 0.8 * height / len(lines), (box.x1 - box.x0) / (_LETTER * longest))
    size = max(size, 2.0)
    step = size * 1.2
    top = box.top + max(0.0, (height - step * len(lines)) / 2)
    words: list[Word] = []
    for line in lines:
        x = box.x0 + 2
        for word in line:
            width = len(word) * size * _LETTER
            placed = Box(round(x, 2), round(top, 2), round(x + width, 2), round(top + size, 2))
            words.append(Word(word, placed, round(size, 2)))
            x += width + size * _LETTER
        top += step
    return words
