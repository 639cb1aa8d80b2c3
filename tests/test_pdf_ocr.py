"""Pages of images: words with confidence, deskewed, boxed where they stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors.model import Box, Cell, Page, Passage, Place, Table, Word
from extractors.pdf import read
from extractors.pdf.askew import askew_pages, passages_as_seen, tables_as_seen
from extractors.pdf.ocr import needs_ocr, ocr_installed, with_own_words

PAGE = Page(1, 600.0, 800.0, (), images=(Box(0, 0, 600, 800),), source="none")


def word(text: str, x0: float, top: float) -> Word:
    return Word(text, Box(x0, top, x0 + 6 * len(text), top + 10), 10.0)


@pytest.mark.parametrize(
    ("words", "image", "needed"),
    [
        ((), Box(0, 0, 600, 800), True),
        ((), Box(0, 0, 60, 80), False),
        ((word("Scanned", 10, 10),), Box(0, 0, 600, 800), True),
        (tuple(word("text", 10, 12.0 * n) for n in range(40)), Box(0, 0, 600, 800), False),
    ],
)
def test_which_pages_are_pictures(words: tuple[Word, ...], image: Box, needed: bool) -> None:
    assert needs_ocr(replace(PAGE, words=words, images=(image,))) is needed


def test_a_pages_own_words_go_before_those_read_from_its_picture() -> None:
    own = replace(PAGE, words=(word("stamp", 10, 10),))
    scan = replace(PAGE, words=(word("stanp", 10, 10), word("Victims", 10, 100)), source="ocr")
    assert [w.text for w in with_own_words(scan, own).words] == ["stamp", "Victims"]


def test_boxes_of_a_slanting_page_go_back_to_where_they_stand() -> None:
    slanting = {7: replace(PAGE, number=7, slope=2.0)}
    place = Place(7, Box(500, 395, 560, 405))
    cell = Cell(0, 0, "52,445", places=(place,))
    [table] = tables_as_seen([Table(1, 1, 1, (cell,))], slanting)
    box = table.cells[0].places[0].box
    assert box is not None
    assert (box.top + box.bottom) / 2 == pytest.approx(400 + 230 * 0.0349, abs=0.1)
    [passage] = passages_as_seen([Passage(1, "paragraph", "x", places=(Place(8, box),))], slanting)
    assert passage.places == (Place(8, box),)
    assert not askew_pages([PAGE])


@pytest.mark.skipif(not ocr_installed(), reason="the extra spendtrail[ocr] is not installed")
def test_a_slanting_scan_is_read(tmp_path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (1000, 400), 255)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=34)
    pen.text((80, 120), "Turning Point", fill=0, font=font)
    pen.text((560, 120), "335,568", fill=0, font=font)
    pen.text((80, 220), "Catch 22", fill=0, font=font)
    pen.text((560, 220), "307,849", fill=0, font=font)
    picture.rotate(1.5, fillcolor=255, resample=Image.Resampling.BICUBIC).save(
        tmp_path / "scan.pdf", resolution=150
    )
    document = read(tmp_path / "scan.pdf", "scan.pdf")
    assert document.pages[0].source == "ocr"
    texts = [passage.text for passage in document.passages]
    texts += [cell.text for table in document.tables for cell in table.cells]
    said = " ".join(texts)
    assert {"335,568", "307,849"} <= set(said.split())
    assert "Turning Point" in said
    assert not document.problems
