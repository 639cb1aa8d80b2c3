"""The second engine reads the same boxes, on the same page, as the first."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.model import Place
from extractors.pdf.layer import read_pages
from extractors.pdf.second import read_boxes


@pytest.mark.parametrize("crop", [None, (40, 40, 500, 800)])
def test_both_engines_find_a_figure_in_its_box(
    tmp_path: Path, crop: tuple[int, int, int, int] | None
) -> None:
    canvas = Canvas(str(tmp_path / "two.pdf"), pagesize=A4, cropBox=crop)
    canvas.drawString(60, 700, "Catch 22")
    canvas.drawString(200, 700, "52,445")
    canvas.showPage()
    canvas.drawString(200, 300, "1,234.50")
    canvas.showPage()
    canvas.save()
    words = [
        (page.number, word) for page in read_pages(tmp_path / "two.pdf") for word in page.words
    ]
    places = [Place(number, word.box) for number, word in words]
    assert read_boxes(tmp_path / "two.pdf", places) == ["Catch", "22", "52,445", "1,234.50"]


def test_what_cannot_be_read_confirms_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing more")
    canvas = Canvas(str(tmp_path / "good.pdf"))
    canvas.drawString(60, 700, "x")
    canvas.save()
    [page] = read_pages(tmp_path / "good.pdf")
    assert read_boxes(path, [Place(1, page.words[0].box), Place()]) == ["", ""]
