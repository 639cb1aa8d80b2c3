"""The pages of a PDF as every reading of it sees them: by their text, or by OCR."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from pypdfium2 import PdfDocument

from extractors.model import Page
from extractors.pdf.askew import upright
from extractors.pdf.layer import opened, read_page
from extractors.pdf.ocr import needs_ocr, ocr_installed, read_scan, with_own_words
from extractors.pdf.sheet import without_sheet_frame

_SCANS_KEPT = 32  # pages; OCR takes seconds, and the judge may ask for a page again


class Pages:
    """An opened PDF that gives its pages by index from 0, one at a time, turned upright."""

    def __init__(self, path: Path, document: PdfDocument) -> None:
        self._path, self._document = path, document

    def __len__(self) -> int:
        return len(self._document)

    def __getitem__(self, index: int) -> Page:
        page = read_page(self._document, index)
        if needs_ocr(page) and ocr_installed():
            facts = self._path.stat()
            return _scanned(self._path, index, facts.st_size, facts.st_mtime_ns)
        return without_sheet_frame(upright(page))

    def properties(self) -> dict[str, str]:
        """The file's own metadata, empty entries left out."""
        found: dict[str, str] = self._document.get_metadata_dict(skip_empty=True)
        return found


@contextmanager
def open_pages(path: Path) -> Iterator[Pages]:
    """The pages of a PDF, its form fields made readable; UnreadableDocument says what is wrong."""
    with opened(path) as document:
        if document.get_formtype():
            document.init_forms()
        yield Pages(path, document)


@lru_cache(maxsize=_SCANS_KEPT)
def _scanned(path: Path, index: int, size: int, changed: int) -> Page:
    """A page read by OCR; size and time of change are there to know the file again."""
    with opened(path) as document:
        page = read_page(document, index)
        return with_own_words(read_scan(document, page), page)
