"""The running text of Word files: what a reader of the printed page sees, and nothing else."""

from pathlib import Path

import pytest
from word_documents import document, p, r

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Corporate"><w:name w:val="OPCC Banner"/>
  <w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="Secret"><w:name w:val="Draft note"/>
  <w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="In"><w:name w:val="In"/>
  <w:pPr><w:ind w:left="2160"/></w:pPr></w:style>
"""
LONG = "The Commissioner sets the budget for the year after consulting the Panel and partners."


def texts(body: str, tmp_path: Path, kind: str | None = None) -> list[str]:
    found = document(tmp_path, body, styles=STYLES).passages
    return [passage.text for passage in found if kind in (None, passage.kind)]


def test_headings_follow_outline_levels_through_the_styles_they_are_based_on(
    tmp_path: Path,
) -> None:
    body = p("Budget", style="H1") + p("Victims", style="Corporate") + p(LONG)
    heading, inner, paragraph = document(tmp_path, body, styles=STYLES).passages
    assert (heading.kind, heading.level, heading.heading_path) == ("heading", 1, ())
    assert (inner.kind, inner.level, inner.heading_path) == ("heading", 2, ("Budget",))
    assert paragraph.heading_path == ("Budget", "Victims")


def test_a_bold_line_above_running_text_is_a_heading(tmp_path: Path) -> None:
    body = p("Budget", style="H1") + p(r("Grants", "<w:b/>")) + p(LONG)
    passages = document(tmp_path, body, styles=STYLES).passages
    assert [(x.kind, x.level) for x in passages[:2]] == [("heading", 1), ("heading", 2)]


def test_a_bold_signature_is_no_heading(tmp_path: Path) -> None:
    body = p(LONG) + p(r("A. N. Other", "<w:b/>")) + p("Commissioner") + p("Anywhere")
    assert texts(body, tmp_path, "heading") == []


def test_a_whole_paragraph_in_a_heading_style_is_a_paragraph(tmp_path: Path) -> None:
    body = p(" ".join([LONG] * 4), style="H2")
    assert texts(body, tmp_path, "heading") == []


@pytest.mark.parametrize(
    ("printed", "kind", "number", "text"),
    [
        ("3.2\tThe budget is £4.611m.", "paragraph", "3.2", "The budget is £4.611m."),
        ("1.\tNote the report.", "paragraph", "1.", "Note the report."),
        ("a)\tsupport for the fund", "list_item", "a)", "support for the fund"),
        ("(ii) a further grant", "paragraph", None, "(ii) a further grant"),
        ("(ii) A further grant", "list_item", "(ii)", "A further grant"),
        ("• Victims first", "list_item", "•", "Victims first"),
        ("3.5 million was spent", "paragraph", None, "3.5 million was spent"),
        ("YP\tYoung Person", "paragraph", None, "YP\tYoung Person"),
        ("2016\t£12,000\t£14,000", "paragraph", None, "2016\t£12,000\t£14,000"),
    ],
)  # fmt: skip
def test_numbers_typed_by_hand_are_told_from_first_columns(
    tmp_path: Path, printed: str, kind: str, number: str | None, text: str
) -> None:
    (passage,) = document(tmp_path, p(printed), styles=STYLES).passages
    assert (passage.kind, passage.number, passage.text) == (kind, number, text)


def test_a_tab_laid_list_keeps_one_tab_and_joins_a_line_that_goes_on(tmp_path: Path) -> None:
    body = (
        p("ASB\t\t\tAnti-Social Behaviour")
        + p("MAPPOM\t\tMulti Agency Prolific and other Priority Offender")
        + p("Management", style="In")
        + p("PCC\t\t\tPolice and Crime")
        + p("\t\t\tCommissioner")
    )
    assert texts(body, tmp_path) == [
        "ASB\tAnti-Social Behaviour",
        "MAPPOM\tMulti Agency Prolific and other Priority Offender Management",
        "PCC\tPolice and Crime Commissioner",
    ]
    joined = document(tmp_path, body, styles=STYLES).passages[1]
    assert [place.paragraph for place in joined.places] == [2, 3]


@pytest.mark.parametrize("hide", ["<w:vanish/>", '<w:rStyle w:val="S"/>'])
def test_hidden_text_is_left_out_by_name(tmp_path: Path, hide: str) -> None:
    styles = STYLES + (
        '<w:style w:type="character" w:styleId="S"><w:name w:val="S"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    body = p(r("Grant of £5,000"), r(" (was £9,000)", hide))
    passages = document(tmp_path, body, styles=styles).passages
    assert [(x.kind, x.text) for x in passages] == [
        ("paragraph", "Grant of £5,000"),
        ("hidden", "(was £9,000)"),
    ]


def test_a_style_hides_a_paragraph_and_a_run_shows_itself_again(tmp_path: Path) -> None:
    body = p(r("left out "), r("shown", '<w:vanish w:val="0"/>'), style="Secret")
    passages = document(tmp_path, body, styles=STYLES).passages
    assert [(x.kind, x.text) for x in passages] == [("paragraph", "shown"), ("hidden", "left out")]


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    "<w:r><w:instrText> REF total </w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>£450,000</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    "run",
    [
        FIELD,
        '<w:fldSimple w:instr=" REF total "><w:r><w:t>£450,000</w:t></w:r></w:fldSimple>',
        '<w:hyperlink r:id="r1"><w:r><w:t>£450,000</w:t></w:r></w:hyperlink>',
        '<w:smartTag w:element="money"><w:r><w:t>£450,000</w:t></w:r></w:smartTag>',
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>£450,000</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:r><w:t>£450</w:t><w:softHyphen/><w:t>,0</w:t></w:r><w:r><w:t>00</w:t></w:r>",
        '<w:r><w:t>£450,000</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r>',
    ],
)
def test_what_word_wraps_round_a_figure_does_not_show(tmp_path: Path, run: str) -> None:
    assert texts(p(r("A sum of "), run, r(" is held.")), tmp_path) == ["A sum of £450,000 is held."]


def test_a_torn_field_does_not_swallow_the_rest(tmp_path: Path) -> None:
    torn = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    assert texts(p(torn) + p(LONG), tmp_path) == [LONG]


def test_signs_that_word_keeps_apart(tmp_path: Path) -> None:
    runs = (
        '<w:r><w:t>2016</w:t><w:noBreakHyphen/><w:t>17</w:t></w:r><w:r><w:t xml:space="preserve">'
        ' </w:t><w:sym w:font="Wingdings" w:char="F0FE"/><w:t xml:space="preserve"> yes </w:t>'
        '<w:sym w:font="Wingdings" w:char="F0A8"/><w:t xml:space="preserve"> no ≥ </w:t>'
        '<w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    )
    assert texts(p(runs), tmp_path) == ["2016-17 ☒ yes ☐ no ≥ ≥"]


def form(inside: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inside}</w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText> FORM </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>shown before</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


CHOICES = '<w:listEntry w:val="Grant"/><w:listEntry w:val="Contract"/>'
CONTROL = (
    '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr>'
    '<w:sdtContent><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:sdtContent></w:sdt>'
)


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        (form('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'), "☒"),
        (form('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'), "☐"),
        (form('<w:checkBox><w:default w:val="1"/></w:checkBox>'), "☒"),
        (form('<w:checkBox><w:default w:val="false"/></w:checkBox>'), "☐"),
        (form(f'<w:ddList><w:result w:val="1"/>{CHOICES}</w:ddList>'), "Contract"),
        (form(f"<w:ddList>{CHOICES}</w:ddList>"), "Grant"),
        (CONTROL.format(1), "☒"),
        (CONTROL.format(0), "☐"),
    ],
)
def test_check_boxes_and_chosen_values(tmp_path: Path, run: str, shown: str) -> None:
    assert texts(p(run, r(" Age")), tmp_path) == [f"{shown} Age"]


def box(text: str) -> str:
    inside = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{inside}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_though_word_stores_it_twice(tmp_path: Path) -> None:
    passages = document(tmp_path, p(r(LONG), box("Grants: £90,000")) + p(LONG)).passages
    assert [(x.kind, x.text, x.places[0].paragraph) for x in passages] == [
        ("paragraph", LONG, 1),
        ("text_box", "Grants: £90,000", 2),
        ("paragraph", LONG, 3),
    ]


def test_an_old_text_box_without_a_new_copy_is_read(tmp_path: Path) -> None:
    old = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('£90,000')}</w:txbxContent></v:textbox></w:pict></w:r>"  # noqa: E501
    assert texts(p(old), tmp_path, "text_box") == ["£90,000"]


def test_an_appendix_label_in_a_box_stands_above_the_headings_after_it(tmp_path: Path) -> None:
    body = p("Framework", style="H1") + p(box("Appendix (B)")) + p("Grants", style="H1") + p(LONG)
    passages = document(tmp_path, body, styles=STYLES).passages
    assert passages[-1].heading_path == ("Appendix (B)", "Grants")


def test_equations_give_their_text(tmp_path: Path) -> None:
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>£90,000</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert texts(p(r("Each year "), fraction), tmp_path) == ["Each year £90,000/3"]


def test_the_words_of_a_diagram_are_read_where_it_is_drawn(tmp_path: Path) -> None:
    drawing = (
        "<w:r><w:drawing><d:relIds "
        'xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'r:dm="rdiagramData1"/></w:drawing></w:r>'
    )
    data = (
        '<d:dataModel xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><d:ptLst><d:pt><d:t>'
        "<a:p><a:r><a:t>Victims £1.2m</a:t></a:r></a:p></d:t></d:pt></d:ptLst></d:dataModel>"
    )
    reading = document(tmp_path, p(LONG) + p(drawing), diagramData1=data)
    assert [(x.kind, x.text) for x in reading.passages[1:]] == [("text_box", "Victims £1.2m")]


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    body = p("Text") + '<w:altChunk r:id="r9"/>' + p("<w:r><w:object/></w:r>")
    codes = [problem.code for problem in document(tmp_path, body).problems]
    assert codes == ["embedded-document", "not-read"]


def test_headers_and_footers_are_known_as_such(tmp_path: Path) -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/>'
        '<w:footerReference w:type="default" r:id="rfooter1"/></w:sectPr>'
    )
    passages = document(
        tmp_path, p(LONG) + section, header1=p("OPCC for Anywhere"), footer1=p("Page 1 of 9")
    ).passages
    assert [(x.kind, x.text) for x in passages[1:]] == [
        ("page_header", "OPCC for Anywhere"),
        ("page_number", "Page 1 of 9"),
    ]


NOTES = (
    '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    f'<w:footnote w:id="7">{p(r(" Subject to review."))}</w:footnote>'
    f'<w:footnote w:id="8">{p(r("* For one year."))}</w:footnote>'
)


def test_footnotes_stand_with_the_place_that_calls_them(tmp_path: Path) -> None:
    call = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    starred = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="8"/><w:t>*</w:t></w:r>'
    body = p(r("The budget is £4.611m"), call, r(".")) + p(r("Grants of £5,000"), starred)
    passages = document(tmp_path, body, footnotes=NOTES).passages
    assert [(x.kind, x.number, x.text, x.marks) for x in passages] == [
        ("paragraph", None, "The budget is £4.611m.", ("1",)),
        ("footnote", "1", "Subject to review.", ()),
        ("paragraph", None, "Grants of £5,000", ("*",)),
        ("footnote", "*", "For one year.", ()),
    ]


@pytest.mark.parametrize(
    ("raised", "text", "marks"),
    [
        ("2", "£52,445", ("2",)),
        ("a", "£52,445", ("a",)),
        ("S", "£52,445", ("S",)),
        ("th", "£52,445th", ()),
    ],
)
def test_raised_marks_are_kept_out_of_figures(
    tmp_path: Path, raised: str, text: str, marks: tuple[str, ...]
) -> None:
    run = r(raised, '<w:vertAlign w:val="superscript"/>')
    (passage,) = document(tmp_path, p(r("£52,445"), run)).passages
    assert (passage.text, passage.marks) == (text, marks)


@pytest.mark.parametrize(
    ("typed", "text", "marks"),
    [
        ("£52,445*", "£52,445", ("*",)),
        ("£52,445†, then more", "£52,445, then more", ("†",)),
        ("Think Family** – help", "Think Family – help", ("**",)),
        ("£52,445²", "£52,445", ("²",)),
        ("a room of 50 m²", "a room of 50 m²", ()),
        ("* A note", "* A note", ()),
        ("2 * 3", "2 * 3", ()),
    ],
)
def test_marks_typed_as_characters(
    tmp_path: Path, typed: str, text: str, marks: tuple[str, ...]
) -> None:
    (passage,) = document(tmp_path, p(typed)).passages
    assert (passage.text, passage.marks) == (text, marks)


def test_a_lowered_digit_stays_in_the_name(tmp_path: Path) -> None:
    body = p(r("C"), r("2", '<w:vertAlign w:val="subscript"/>'), r("ARA"))
    assert texts(body, tmp_path) == ["C2ARA"]


def test_a_line_end_inside_the_file_is_a_space(tmp_path: Path) -> None:
    run = '<w:r><w:t xml:space="preserve">one\n   sum</w:t><w:br/><w:t>next</w:t></w:r>'
    assert texts(p(run), tmp_path) == ["one sum\nnext"]
