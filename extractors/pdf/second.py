"""A second, independent reading of what stands in boxes of a PDF: pdfplumber's, by pdfminer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractors.model import Place

# A character counts where its middle lies in the box, widened by this much: two engines place
# the edges of one glyph differently, never by half its height.
_SLACK = 1.0


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
            try:
                chars = page.dedupe_chars(tolerance=0.6).chars
            except unread:
                continue
            left, top = (max(float(page.bbox[i]), float(page.cropbox[i])) for i in (0, 1))
            for index in indexes:
                box = places[index].box
                assert box is not None  # chosen above
                inside = [
                    char
                    for char in chars
                    if box.x0 - _SLACK <= (char["x0"] + char["x1"]) / 2 - left <= box.x1 + _SLACK
                    and box.top - _SLACK
                    <= (char["top"] + char["bottom"]) / 2 - top
                    <= box.bottom + _SLACK
                ]
                texts[index] = _text(inside)
            page.close()
    return texts


def _text(chars: list[dict[str, object]]) -> str:
    """The characters as one line of text, small raised ones left out."""
    from pdfplumber.utils import extract_text

    if not chars:
        return ""
    sizes = sorted(float(str(char["size"])) for char in chars)
    usual = sizes[len(sizes) // 2]
    level = [char for char in chars if float(str(char["size"])) > 0.8 * usual]
    text: str = extract_text(level)
    return " ".join(text.split())
