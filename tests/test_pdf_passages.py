"""Running text of PDF documents: headings, paragraphs, lists, notes, margins, columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from grid_pages import words
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.model import Document, Passage
from extractors.pdf import read
from extractors.pdf.blocks import split_marker
from extractors.pdf.layer import read_pages
from extractors.pdf.lines import AS_PRINTED, Hyphens, joined, learn_hyphens, read_lines
from extractors.pdf.passages import caption_of, settled

Draw = Callable[[Canvas], None]


def made(path: Path, *pages: Draw) -> Document:
    canvas = Canvas(str(path / "made.pdf"), pagesize=A4)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return read(path / "made.pdf", "made.pdf")


def lines(
    canvas: Canvas, x: float, y: float, *texts: str, size: float = 11, bold: bool = False
) -> None:
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    for text in texts:
        canvas.drawString(x, y, text)
        y -= 1.25 * size
    canvas.setFont("Helvetica", 11)


def of_kind(document: Document, *kinds: str) -> list[Passage]:
    return [passage for passage in document.passages if passage.kind in kinds]


LONG = (
    "The commissioning budget for the year is set in line with the Police and Crime Plan",
    "and this paragraph goes on over several lines of type which all but fill the column in",
    "which they are set, so that it reads as running text and not as anything else.",
)


def test_wrapped_lines_are_one_paragraph_and_a_gap_parts_two(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 780, *LONG)
        lines(canvas, 60, 725, *LONG)

    paragraphs = of_kind(made(tmp_path, draw), "paragraph")
    assert [p.text for p in paragraphs] == [" ".join(LONG)] * 2
    assert paragraphs[0].places[0].page == 1


@pytest.mark.parametrize("raised", [0, 3])
def test_a_sum_at_the_end_of_a_headings_line_stands_under_it(tmp_path: Path, raised: int) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 820, "Where the money went", size=24, bold=True)
        for y, name, said in (
            (780, "Young people", "£16,775.50 in six grants"),
            (680, "Arts and places", "£8,840 in four grants"),
        ):
            lines(canvas, 60, y, name, size=16, bold=True)
            lines(canvas, 400, y + raised, said, bold=True)
            lines(canvas, 60, y - 30, *LONG)

    found = [(p.kind, p.heading_path, p.text) for p in made(tmp_path, draw).passages]
    assert [one for one in found if one[2][0] not in "TW"] == [
        ("heading", (), "Young people"),
        ("paragraph", ("Young people",), "£16,775.50 in six grants"),
        ("heading", (), "Arts and places"),
        ("paragraph", ("Arts and places",), "£8,840 in four grants"),
    ]


def test_headings_have_levels_and_paths_and_numbers_stand_apart(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 780, "3. Commissioning Budget", size=16, bold=True)
        lines(canvas, 60, 750, "Changes this year", size=12, bold=True)
        lines(canvas, 60, 730, "3.2")
        lines(canvas, 95, 730, *LONG)
        lines(canvas, 60, 670, "4. Results", size=16, bold=True)
        lines(canvas, 60, 640, *LONG)

    def later(canvas: Canvas) -> None:
        lines(canvas, 60, 780, "5. Value for Money", size=16, bold=True)
        lines(canvas, 60, 750, *LONG)

    document = made(tmp_path, draw, later)
    assert [(h.number, h.text, h.level) for h in of_kind(document, "heading")] == [
        ("3.", "Commissioning Budget", 1),
        (None, "Changes this year", 2),
        ("4.", "Results", 1),
        ("5.", "Value for Money", 1),
    ]
    first, second, _ = of_kind(document, "paragraph")
    assert (first.number, first.text) == ("3.2", " ".join(LONG))
    assert first.heading_path == ("3. Commissioning Budget", "Changes this year")
    assert second.heading_path == ("4. Results",)


def test_list_items_keep_their_marks_and_depths(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 780, "Grants were given to:")
        for y, x, mark, text in (
            (760, 70, "\u2022", "Turning Point, for substance misuse support in the city and for"),
            (732, 70, "\u2022", "Catch 22"),
            (718, 100, "-", "in the city"),
            (704, 100, "-", "in the county"),
            (690, 70, "a)", "All others"),
        ):
            lines(canvas, x, y, mark)
            lines(canvas, x + 15, y, text)
        lines(canvas, 85, 746, "those who live in the county")

    items = of_kind(made(tmp_path, draw), "list_item")
    assert [(i.number, i.level) for i in items] == [
        ("\u2022", 1),
        ("\u2022", 1),
        ("-", 2),
        ("-", 2),
        ("a)", 1),
    ]
    assert items[0].text.endswith("city and for those who live in the county")


def test_a_paragraph_goes_on_over_the_page_break(tmp_path: Path) -> None:
    def first(canvas: Canvas) -> None:
        lines(canvas, 60, 100, *LONG[:2])
        lines(canvas, 300, 30, "1")

    def second(canvas: Canvas) -> None:
        lines(canvas, 60, 780, *LONG[2:])
        lines(canvas, 300, 30, "2")

    document = made(tmp_path, first, second)
    [paragraph] = of_kind(document, "paragraph")
    assert paragraph.text == " ".join(LONG)
    assert [place.page for place in paragraph.places] == [1, 2]
    assert [p.text for p in of_kind(document, "page_number")] == ["1", "2"]


def test_running_headers_are_known_by_their_repetition(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            lines(canvas, 60, 810, "Commissioning Framework 2017-18", size=9)
            lines(canvas, 60, 700, f"Page {number} says something of its own.")
            lines(canvas, 400, 30, f"Office of the Commissioner | {number + 3}", size=9)

        return draw

    document = made(tmp_path, *(page(n) for n in range(1, 5)))
    assert len(of_kind(document, "page_header")) == 4
    assert len(of_kind(document, "page_footer")) == 4
    assert len(of_kind(document, "paragraph")) == 4


def test_a_footnote_is_tied_to_its_mark(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 700, "It is anticipated to be \u00a34.668m")
        width = canvas.stringWidth("It is anticipated to be \u00a34.668m", "Helvetica", 11)
        lines(canvas, 60 + width, 704, "1", size=7)
        lines(canvas, 70 + width, 700, "which is an increase.")
        canvas.line(60, 90, 200, 90)
        lines(canvas, 60, 82, "1", size=6)
        lines(canvas, 65, 78, "Subject to review.", size=9)

    document = made(tmp_path, draw)
    [text] = of_kind(document, "paragraph")
    [note] = of_kind(document, "footnote")
    assert text.text == "It is anticipated to be \u00a34.668m which is an increase."
    assert text.marks == ("1",)
    assert (note.number, note.text) == ("1", "Subject to review.")


def test_two_columns_of_prose_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"left column line {n} with words to fill it" for n in range(1, 9)]
    right = [f"right column line {n} with words to fill" for n in range(1, 9)]

    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 800, "A heading over both of the columns", size=15, bold=True)
        lines(canvas, 60, 760, *left)
        lines(canvas, 320, 760, *right)

    [prose] = of_kind(made(tmp_path, draw), "paragraph")
    assert prose.text == " ".join(left + right)


def test_labels_and_values_keep_their_gap(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 780, *LONG)
        lines(canvas, 60, 700, "CIC")
        lines(canvas, 180, 700, "Community Interest Company")

    assert of_kind(made(tmp_path, draw), "paragraph")[-1].text == "CIC\tCommunity Interest Company"


def test_a_panel_of_its_own_is_a_text_box(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 780, *LONG)
        canvas.setFillGray(0.9)
        canvas.rect(60, 600, 200, 60, fill=1, stroke=0)
        canvas.setFillGray(0)
        lines(canvas, 70, 635, "Every pound that is spent", "must reduce harm.")
        lines(canvas, 60, 560, *LONG)

    [box] = of_kind(made(tmp_path, draw), "text_box")
    assert box.text == "Every pound that is spent must reduce harm."


def test_what_stands_round_a_table_belongs_to_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 800, "Our funding", size=16, bold=True)
        lines(canvas, 60, 770, *LONG)
        lines(canvas, 60, 715, "Table 2. Grants by provider", bold=True)
        lines(canvas, 60, 700, "(\u00a3000s)")
        xs, ys = [60, 260, 360], [690, 670, 650, 630, 610]
        canvas.grid(xs, ys)
        rows = [("Provider", "2017-18"), ("Catch 22", "307"), ("FreeVA", "52*"), ("Total", "359")]
        for y, (name, amount) in zip(ys[1:], rows, strict=True):
            canvas.drawString(65, y + 6, name)
            canvas.drawRightString(355, y + 6, amount)
        lines(canvas, 60, 592, "* Still to be agreed.", size=9)
        lines(canvas, 60, 560, *LONG)

    document = made(tmp_path, draw)
    [table] = document.tables
    assert table.title == "Table 2. Grants by provider"
    assert table.subtitle == "(\u00a3000s)"
    assert table.intro == " ".join(LONG)
    [note] = table.notes
    assert (note.mark, note.text) == ("*", "Still to be agreed.")
    [caption] = of_kind(document, "caption")
    assert caption.text == table.title
    assert len(of_kind(document, "paragraph")) == 3


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_table_printed_sideways_is_read_and_boxed_where_it_stands(
    tmp_path: Path, angle: int
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(*{90: (500, 100), 180: (550, 700), 270: (100, 700)}[angle])
        canvas.rotate(angle)
        canvas.grid([0, 200, 300], [0, 20, 40, 60])
        rows = [("Provider", "2017-18"), ("Catch 22", "307,849"), ("FreeVA", "50,000")]
        for y, (name, amount) in zip((40, 20, 0), rows, strict=True):
            canvas.drawString(5, y + 6, name)
            canvas.drawRightString(295, y + 6, amount)

    document = made(tmp_path, draw)
    [table] = document.tables
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    assert cells[1, 0].text == "Catch 22"
    assert cells[1, 1].text == "307,849"
    box = cells[1, 1].places[0].box
    assert box is not None
    [words] = [page.words for page in read_pages(tmp_path / "made.pdf")]
    [figure] = [word.box for word in words if word.text == "307,849"]
    assert abs(box.x0 - figure.x0) < 3
    assert abs(box.bottom - figure.bottom) < 3
    assert (document.pages[0].width, document.pages[0].height) == (595.28, 841.89)


def test_a_page_of_pictures_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import Image

    for module in ("document", "pages"):
        monkeypatch.setattr(f"extractors.pdf.{module}.ocr_installed", lambda: False)
    Image.new("L", (600, 800), 128).save(tmp_path / "scan.pdf")
    document = read(tmp_path / "scan.pdf", "scan.pdf")
    [problem] = document.problems
    assert problem.code == "needs-ocr"
    assert "spendtrail[ocr]" in problem.message
    assert document.pages[0].source == "none"


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("Table 1.", True),
        ("Table 4.1 \u2013 Spending and Funding", True),
        ("Figure 2: The cycle", True),
        ("Table 1 below shows the increases in the budget", False),
        ("Tables are printed at the end", False),
    ],
)
def test_captions_are_told_from_sentences_about_them(text: str, caption: bool) -> None:
    assert caption_of(text) is caption


@pytest.mark.parametrize(
    ("text", "plain", "marks"),
    [
        ("which\x011\x02 is", "which is", ("1",)),
        ("Fund \x012\x02", "Fund", ("2",)),
        ("40 m\x012\x02 of floor", "40 m2 of floor", ()),
        ("52,445*", "52,445", ("*",)),
        ("a * b", "a * b", ()),
    ],
)
def test_marks_are_taken_out_of_text(text: str, plain: str, marks: tuple[str, ...]) -> None:
    assert settled(text, frozenset({"*"})) == (plain, marks)


@pytest.mark.parametrize(
    ("text", "marker", "rest"),
    [
        ("3.2\tIncluded", "3.2", "Included"),
        ("a) first", "a)", "first"),
        ("(iv) fourth", "(iv)", "fourth"),
        ("CI013a\tGrants", "CI013a", "Grants"),
        ("\u2022 item", "\u2022", "item"),
        ("2017 was a year", None, "2017 was a year"),
    ],
)
def test_printed_numbers_are_split_off(text: str, marker: str | None, rest: str) -> None:
    assert split_marker(text)[:2] == (marker, rest)


@pytest.mark.parametrize(
    ("above", "below", "hyphens", "text"),
    [
        ("a multi-", "agency team", AS_PRINTED, "a multi-agency team"),
        ("the commis\u00ad", "sioning", AS_PRINTED, "the commissioning"),
        ("2018-", "19 budget", AS_PRINTED, "2018-19 budget"),
        ("the commis-", "sioning", Hyphens(frozenset({"commissioning"})), "the commissioning"),
        ("a multi-", "agency", Hyphens(frozenset({"multi-agency"}), True), "a multi-agency"),
        ("one line", "and more", AS_PRINTED, "one line and more"),
    ],
)
def test_broken_words_are_made_whole(above: str, below: str, hyphens: Hyphens, text: str) -> None:
    assert joined(above, below, hyphens) == text


def test_a_document_that_breaks_words_is_known_by_the_words_it_prints_whole() -> None:
    texts = ["preven-", "tion of harm", "prevention", "fund-", "ing and funding", "com-", "mon"]
    texts += ["common", "sup-", "port", "support"]
    assert learn_hyphens(texts).breaks
    assert not learn_hyphens(["multi-", "agency", "multi-agency"]).breaks


def test_columns_of_text_end_where_a_table_stands_across_both(tmp_path: Path) -> None:
    def columns(canvas: Canvas, y: float, name: str) -> None:
        left = [f"{name} left line {n} with words to fill it" for n in range(1, 9)]
        lines(canvas, 60, y, *left)
        lines(canvas, 320, y, *(line.replace("left", "right") for line in left))

    def draw(canvas: Canvas) -> None:
        columns(canvas, 770, "upper")
        xs, ys = [60, 300, 420, 540], [630 - 20 * i for i in range(6)]
        canvas.grid(xs, ys)
        for y in ys[1:]:
            for x, text in zip(xs, ("Catch 22", "Youth", f"{y:.0f},250"), strict=False):
                canvas.drawString(x + 5, y + 6, text)
        columns(canvas, 500, "lower")

    document = made(tmp_path, draw)
    text = " ".join(p.text for p in of_kind(document, "paragraph"))
    parts = ("upper left", "upper right", "lower left", "lower right")
    firsts = [text.index(f"{part} line 1") for part in parts]
    assert len(document.tables) == 1
    assert firsts == sorted(firsts)


def test_a_caption_names_its_table_over_a_sentence_between(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 800, "Introduction", size=16, bold=True)
        lines(canvas, 60, 770, *LONG)
        lines(canvas, 60, 715, "Table 1: Net budget by service (\u00a3m)", bold=True)
        lines(canvas, 60, 700, "Figures in brackets are net income.")
        ys = [690, 670, 650, 630, 610]
        canvas.grid([60, 260, 360], ys)
        rows = [("Service", "2025-26"), ("Parking", "(2.85)"), ("Roads", "21.75"), ("All", "18.90")]
        for y, (name, amount) in zip(ys[1:], rows, strict=True):
            canvas.drawString(65, y + 6, name)
            canvas.drawRightString(355, y + 6, amount)

    [table] = made(tmp_path, draw).tables
    assert table.title == "Table 1: Net budget by service (\u00a3m)"


def test_years_and_a_unit_do_not_make_a_heading_a_line_of_figures(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 800, "Anytown Partnership", size=18, bold=True)
        lines(canvas, 60, 770, "Grants 2017/2018 to 2019/2020 (\u00a3'000)", size=13, bold=True)
        lines(canvas, 60, 740, *LONG)

    [heading] = of_kind(made(tmp_path, draw), "heading")
    assert heading.text == "Grants 2017/2018 to 2019/2020 (\u00a3'000)"


def test_bullets_that_are_drawn_part_the_items_of_a_list(tmp_path: Path) -> None:
    items = [
        "Women's Space - \u00a34,990 - a group for survivors that meets on each Thursday evening",
        "Men's Shed - \u00a31,775 - workshops for men at risk who live near the market square",
        "Sea Wall Club - \u00a32,600 - beach activities for young carers in all of the holidays",
    ]

    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 770, *LONG)
        for n, item in enumerate(items):
            canvas.circle(66, 703.5 - 13 * n, 1.9, stroke=0, fill=1)
            lines(canvas, 75, 700 - 13 * n, item)

    found = of_kind(made(tmp_path, draw), "list_item")
    assert [p.text for p in found] == items


@pytest.mark.parametrize(("top", "bold"), [(330, False), (216, True)])
def test_a_heading_below_two_columns_stands_over_what_follows_them(top: float, bold: bool) -> None:
    text = "Every year my office buys services which others cannot provide and"
    drawn = [words(text, x, 100 + 12 * i, 8.0) for i in range(8) for x in (50.0, 310.0)]
    drawn.append(words("Supporting victims", 50, top, 12.0, bold=bold))
    over = "The majority of this money comes from the Ministry of Justice grant; the rest is met"
    drawn.append(words(f"{over} from the budget", 50, top + 22, 9.0))
    flows = read_lines([w for line in drawn for w in line], 1)
    texts = [line.text for flow in flows for line in flow]
    assert texts.index("Supporting victims") == len(texts) - 2


def test_a_bold_heading_in_the_longer_of_two_columns_is_read_with_its_column() -> None:
    text = "Every year my office buys services which others cannot provide and"
    drawn = [words(text, 50, 100 + 12 * i, 8.0) for i in range(8)]
    drawn += [words(text, 310, 100 + 12 * i, 8.0) for i in range(6)]
    drawn.append(words("How we decide", 50, 212, 9.0, bold=True))
    drawn += [words(text, 50, 228 + 12 * i, 8.0) for i in range(4)]
    foot = "Commissioning framework 2025-26, published by the Commissioner in March 2025, page 4"
    drawn.append(words(foot, 150, 800, 8.0))
    texts = [x.text for flow in read_lines([w for line in drawn for w in line], 1) for x in flow]
    assert texts.index("How we decide") == 8
