"""The page layer: what a reader sees of text, lines and boxes on a PDF page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.model import Page, UnreadableDocument, Word
from extractors.pdf.layer import read_pages
from extractors.pdf.marks import meant

Draw = Callable[[Canvas], None]


def made(path: Path, draw: Draw, **options: object) -> Page:
    """The one page that a drawing function makes, as the layer reads it."""
    canvas = Canvas(str(path / "made.pdf"), pagesize=A4, **options)  # type: ignore[arg-type]
    canvas.setFont("Helvetica", 12)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    [page] = read_pages(path / "made.pdf")
    return page


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def word_of(page: Page, text: str) -> Word:
    [word] = [word for word in page.words if word.text == text]
    return word


def test_coordinates_count_from_the_top_left(tmp_path: Path) -> None:
    page = made(tmp_path, lambda c: c.drawString(72, 700, "Victims"))
    box = word_of(page, "Victims").box
    assert (page.width, page.height) == (595.28, 841.89)
    assert box.x0 == pytest.approx(72, abs=1)
    assert box.top < 841.89 - 700 < box.bottom
    assert box.bottom - box.top == pytest.approx(12, abs=0.1)


def test_a_lowered_figure_inside_a_name_is_glued_to_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(50, 600)
        text.setFont("Helvetica", 12)
        text.textOut("C")
        text.setRise(-3)
        text.setFont("Helvetica", 8)
        text.textOut("2")
        text.setRise(0)
        text.setFont("Helvetica", 12)
        text.textOut("ARA Ltd")
        canvas.drawText(text)

    page = made(tmp_path, draw)
    assert [(w.text, w.rise, w.glued) for w in page.words] == [
        ("C", 0, False),
        ("2", -1, True),
        ("ARA", 0, True),
        ("Ltd", 0, False),
    ]


def test_a_footnote_mark_is_raised(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 600, "£4.668m")
        canvas.setFont("Helvetica", 7)
        canvas.drawString(50 + canvas.stringWidth("£4.668m", "Helvetica", 12), 605, "1")
        canvas.setFont("Helvetica", 12)
        canvas.drawString(110, 600, "which is")

    page = made(tmp_path, draw)
    assert word_of(page, "1").rise == 1
    assert word_of(page, "1").glued
    assert word_of(page, "£4.668m").rise == 0
    assert not word_of(page, "which").glued


@pytest.mark.parametrize("angle", [90, 180, 270, 30])
def test_turned_text_is_read_along_its_baseline(tmp_path: Path, angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "Reads so £99")

    page = made(tmp_path, draw)
    assert texts(page) == ["Reads", "so", "£99"]
    assert {word.angle for word in page.words} == {angle}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_turned_by_its_own_key_is_read_as_seen(tmp_path: Path, turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(300, 400)
        canvas.rotate(turn)
        canvas.drawString(0, 0, "Upright again")
        canvas.line(0, -5, 100, -5)

    page = made(tmp_path, draw)
    assert {word.angle for word in page.words} == {0}
    [first, second] = page.words
    assert first.box.x1 < second.box.x0
    [rule] = page.rules
    assert rule.horizontal
    assert rule.box.top == pytest.approx(first.box.bottom + 2.4, abs=0.2)


def test_letters_painted_twice_count_once(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for letter, x in (("1", 50.0), ("0", 57.0), ("0", 64.0)):
            canvas.drawString(x, 600, letter)
            canvas.drawString(x + 0.3, 600, letter)

    page = made(tmp_path, draw)
    assert texts(page) == ["100"]


def test_unseen_text_is_left_out(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(50, 600, "white-on-white")
        canvas.setFillColorRGB(0, 0, 0.5)
        canvas.rect(50, 495, 200, 20, fill=1, stroke=0)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(60, 500, "white-on-blue")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(50, 900, "off-the-page")
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(50, 440, 60, 20)
        canvas.clipPath(clip, stroke=0)
        canvas.drawString(55, 445, "inside outside")
        canvas.restoreState()
        text = canvas.beginText(50, 400)
        text.setTextRenderMode(3)
        text.textOut("invisible")
        canvas.drawText(text)

    page = made(tmp_path, draw)
    assert texts(page)[0] == "white-on-blue"
    assert not {"white-on-white", "off-the-page", "invisible"} & set(texts(page))
    assert "inside" in texts(page)
    assert "outside" not in texts(page)


def test_letter_spaced_words_stay_words(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(50, 600)
        text.setCharSpace(4)
        text.textOut("VICTIMS AND WITNESSES")
        canvas.drawText(text)

    assert texts(made(tmp_path, draw)) == ["VICTIMS", "AND", "WITNESSES"]


def test_an_overhanging_letter_does_not_swallow_the_space(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Italic", 12)
        canvas.drawString(50, 600, "of all staff of Leicester")

    assert texts(made(tmp_path, draw)) == ["of", "all", "staff", "of", "Leicester"]


def test_words_without_painted_spaces_are_told_by_their_gaps(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 600, "one")
        canvas.drawString(50 + canvas.stringWidth("one", "Helvetica", 12) + 3, 600, "two")
        canvas.drawString(120, 600, "thr")
        canvas.drawString(120 + canvas.stringWidth("thr", "Helvetica", 12), 600, "ee")

    assert texts(made(tmp_path, draw)) == ["one", "two", "three"]


def test_lines_thin_boxes_and_dashes_are_rules(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(50, 700, 300, 700)
        canvas.rect(50, 650, 250, 0.6, fill=1, stroke=0)
        for step in range(40):
            canvas.line(50 + 5 * step, 600, 53 + 5 * step, 600)
        canvas.setFillGray(0.8)
        canvas.rect(50, 500, 250, 30, fill=1, stroke=0)
        canvas.line(50, 450, 300, 400)  # slanted: no ruling

    page = made(tmp_path, draw)
    assert [(r.horizontal, r.box.x0, round(r.box.x1)) for r in page.rules] == [
        (True, 50, 300),
        (True, 50, 300),
        (True, 50, 248),
    ]
    [fill] = page.fills
    assert fill.colour == (204, 204, 204)
    assert fill.box.bottom - fill.box.top == pytest.approx(30)


def test_a_grid_is_its_lines(tmp_path: Path) -> None:
    page = made(tmp_path, lambda c: c.grid([50, 150, 300], [400, 420, 440]))
    assert sum(rule.horizontal for rule in page.rules) == 3
    assert sum(not rule.horizontal for rule in page.rules) == 3


def test_what_a_form_xobject_holds_stands_where_it_is_placed(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("stamp")
        canvas.drawString(10, 10, "stamped")
        canvas.line(10, 5, 60, 5)
        canvas.endForm()
        canvas.translate(200, 300)
        canvas.scale(2, 2)
        canvas.doForm("stamp")

    page = made(tmp_path, draw)
    word = word_of(page, "stamped")
    assert word.box.x0 == pytest.approx(220, abs=1)
    assert word.size == pytest.approx(24, abs=0.1)
    [rule] = page.rules
    assert (rule.box.x0, rule.box.x1) == (220, 320)
    assert rule.box.top == pytest.approx(841.89 - 310, abs=0.1)


def test_form_fields_and_ticks_are_words(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        form = canvas.acroForm
        form.textfield(name="a", x=150, y=690, width=200, height=20, value="Catch 22 £1,234")
        form.checkbox(name="b", x=50, y=650, checked=True)
        form.checkbox(name="c", x=90, y=650, checked=False)

    page = made(tmp_path, draw)
    assert texts(page) == ["Catch", "22", "£1,234", "☒", "☐"]


def test_the_visible_box_of_a_page_counts(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "seen")
        canvas.drawString(10, 700, "cut")

    page = made(tmp_path, draw, cropBox=(60, 60, 500, 800))
    assert (page.width, page.height) == (440, 740)
    assert texts(page) == ["seen"]
    assert word_of(page, "seen").box.x0 == pytest.approx(12, abs=1)


@pytest.mark.parametrize(
    ("code", "font", "text"),
    [
        (0xFB01, "", "fi"),
        (0xF0B7, "symbol", "•"),
        (0xF0A7, "wingdings", "▪"),
        (0xA8, "wingdings", "☐"),
        (0xF0FE, "wingdings", "☑"),
        (0xE123, "", "\ufffd"),
        (0xD83D, "", "\ufffd"),
        (0x200B, "", ""),
        (2, "", "-"),
    ],
)
def test_what_a_character_stands_for(code: int, font: str, text: str) -> None:
    assert meant(code, font) == text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"<html>Not found</html>", "not-a-pdf"),
        (b"%PDF-1.7\nnothing more", "damaged-pdf"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument) as caught:
        next(read_pages(path))
    assert caught.value.problem.code == code
    assert "bad.pdf" in caught.value.problem.message


def test_a_document_with_a_password_is_named(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    canvas = Canvas(str(tmp_path / "secret.pdf"), encrypt=StandardEncryption("word"))
    canvas.drawString(50, 600, "secret")
    canvas.save()
    with pytest.raises(UnreadableDocument) as caught:
        next(read_pages(tmp_path / "secret.pdf"))
    assert caught.value.problem.code == "encrypted"


def test_an_empty_password_is_tried(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = StandardEncryption("", ownerPassword="owner")
    canvas = Canvas(str(tmp_path / "open.pdf"), encrypt=locked)
    canvas.drawString(50, 600, "readable")
    canvas.save()
    assert texts(next(read_pages(tmp_path / "open.pdf"))) == ["readable"]
