"""The page layer: words, rules, shading and images of every page, read once by PDFium.

Every reading of a table works on this layer. PDFium was chosen by speed and fidelity; the
comparison with pdfplumber's text is `benchmarks/layer.py`.
"""

from __future__ import annotations

import ctypes as c
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium

from extractors.model import Box, Page, Place, Problem, UnreadableDocument, Word
from extractors.pdf import engine
from extractors.pdf.forms import form_words
from extractors.pdf.letters import Face, read_letters
from extractors.pdf.marks import UNKNOWN
from extractors.pdf.paths import grey_of, read_paths
from extractors.pdf.words import words_of

_PALE = 0.93  # lightness from which a letter may not show on what lies under it
_SEEN_CONTRAST = 40  # of 255, between a letter and what lies round it


@contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The PDF at a path, closed afterwards; UnreadableDocument names what is wrong with it."""
    with path.open("rb") as stream:
        head = stream.read(1024)
    if not head:
        raise UnreadableDocument(
            Problem("empty-file", "error", f"{path.name} is empty: publish or download it again.")
        )
    if b"%PDF-" not in head:
        raise UnreadableDocument(
            Problem(
                "not-a-pdf",
                "error",
                f"{path.name} is not a PDF although its name says so (it begins with "
                f"“{head[:8].decode('latin-1')}”): replace it with the file that was published.",
            )
        )
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise UnreadableDocument(_cannot_open(path, str(error))) from error
    try:
        if len(document) == 0:
            raise UnreadableDocument(
                Problem(
                    "no-pages",
                    "error",
                    f"{path.name} has no pages: it is cut short or damaged; download it again.",
                )
            )
        yield document
    finally:
        document.close()


def _cannot_open(path: Path, reason: str) -> Problem:
    if "password" in reason.lower() or "security" in reason.lower():
        return Problem(
            "encrypted",
            "error",
            f"{path.name} asks for a password: save a copy without one and add that.",
        )
    return Problem(
        "damaged-pdf",
        "error",
        f"{path.name} is damaged or cut short and cannot be opened: download it again.",
    )


def read_pages(path: Path) -> Iterator[Page]:
    """The pages of a PDF in order, one in memory at a time.

    Words stand in content order. A word that ends in a soft hyphen (U+00AD) goes on with the
    first word of the next line. Words of a font without a usable character map hold only
    U+FFFD. Raises UnreadableDocument where the file is no readable PDF.
    """
    with opened(path) as document:
        if document.get_formtype():
            document.init_forms()
        for index in range(len(document)):
            yield read_page(document, index)


def read_page(document: pdfium.PdfDocument, index: int) -> Page:
    """One page of an opened PDF (index from 0) as the layer has it."""
    page = engine.load_page(engine.handle(document.raw), index)
    if not page:
        return Page(
            index + 1,
            0.0,
            0.0,
            (),
            source="none",
            problems=(
                Problem(
                    "damaged-page",
                    "error",
                    f"Page {index + 1} cannot be opened: the file is damaged there.",
                ),
            ),
        )
    try:
        box = engine.RectF()
        engine.page_bounding_box(page, c.addressof(box))
        left, top, right, bottom = box
        seen, width, height = engine.seen_matrix(
            (left, bottom, right, top), engine.page_rotation(page)
        )
        drawn = read_paths(page, seen, width, height)
        faces: dict[int, Face] = {}
        scan = any(_area(image) > 0.5 * width * height for image in drawn.images)
        words = words_of(read_letters(page, seen, faces), width, height, scan)
        words += form_words(document, page, seen)
    finally:
        engine.close_page(page)
    problems: tuple[Problem, ...] = ()
    # A lone unknown sign is a bullet or a tick; three in a row may be a figure.
    lost = [word.text for word in words if word.text.count(UNKNOWN) == len(word.text)]
    unread = len(lost)
    if any(len(text) > 2 for text in lost) or (unread > 3 and unread > 0.02 * len(words)):
        problems = (
            Problem(
                "unmapped-font",
                "warning",
                f"Page {index + 1}: {unread} of {len(words)} words are set in a font without a "
                "character map and cannot be read as text: read this page with OCR "
                "(spendtrail[ocr]) or by eye.",
                place=Place(index + 1),
            ),
        )
    result = Page(
        index + 1,
        round(width, 2),
        round(height, 2),
        tuple(words),
        tuple(drawn.rules),
        tuple(drawn.fills),
        tuple(drawn.images),
        "text" if words else "none",
        problems,
    )
    pale = {colour for colour in {word.colour for word in words} if grey_of(colour) >= _PALE}
    doubtful = {id(w) for w in words if w.colour in pale and not _shows(w, result)}
    if not doubtful:
        return result
    doubtful -= _inked(document, index, [word for word in words if id(word) in doubtful])
    return replace(result, words=tuple(word for word in words if id(word) not in doubtful))


def _area(box: Box) -> float:
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)


def _inked(document: pdfium.PdfDocument, index: int, words: Sequence[Word]) -> set[int]:
    """Which words leave ink on the drawn page, by `id`; PDFium calls patterns and tints white."""
    scale = 2.0
    picture = document[index].render(scale=scale, grayscale=True).to_numpy()
    found: set[int] = set()
    for word in words:
        box = word.box
        patch = picture[
            max(0, int(box.top * scale)) : max(0, int(box.bottom * scale) + 1),
            max(0, int(box.x0 * scale)) : max(0, int(box.x1 * scale) + 1),
        ]
        if patch.size and int(patch.max()) - int(patch.min()) > _SEEN_CONTRAST:
            found.add(id(word))
    return found


def _shows(word: Word, page: Page) -> bool:
    """Whether a pale word's colour differs from what lies under it (white on white does not)."""
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    under = (255, 255, 255)
    for fill in page.fills:
        if fill.box.x0 <= x <= fill.box.x1 and fill.box.top <= y <= fill.box.bottom:
            under = fill.colour
    if any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in page.images):
        return True
    return sum(abs(a - b) for a, b in zip(word.colour, under, strict=True)) > 36
