"""Word tables on their true grid, with what belongs to them."""

from pathlib import Path

import pytest
from word_documents import document, grid, p, r, tbl, tc, tr, write

from extractors import word
from extractors.model import Table

STYLES = """
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>
<w:style w:type="table" w:styleId="Loud"><w:name w:val="Loud"/>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>
"""
DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
BUDGET = (tr("Service", "2016/17"), tr("IDVA", "£12,000"), tr("ISVA", "£8,000"))


def first(tmp_path: Path, body: str) -> Table:
    return document(tmp_path, body, styles=STYLES).tables[0]


def spans(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]


def test_a_theme_joined_downwards_is_printed_once(tmp_path: Path) -> None:
    table = first(
        tmp_path,
        tbl(tr(tc("Victims", props=DOWN), "IDVA"), tr(tc(props=ON), "ISVA"), tr("Youth", "YOS")),
    )
    assert spans(table) == [
        (0, 0, 2, 1, "Victims"),
        (0, 1, 1, 1, "IDVA"),
        (1, 1, 1, 1, "ISVA"),
        (2, 0, 1, 1, "Youth"),
        (2, 1, 1, 1, "YOS"),
    ]


def test_a_banner_over_all_columns_and_rows_that_start_late(tmp_path: Path) -> None:
    table = first(
        tmp_path,
        tbl(
            tr("A", "B", "C"),
            tr(tc("Banner", props='<w:gridSpan w:val="3"/>')),
            tr("only B", props='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        ),
    )
    assert spans(table)[3:] == [(1, 0, 1, 3, "Banner"), (2, 1, 1, 1, "only B")]
    assert table.column_count == 3


def test_an_old_merge_across_is_one_cell(tmp_path: Path) -> None:
    row = tr(
        tc("Both", props='<w:hMerge w:val="restart"/>'), tc(props='<w:hMerge w:val="continue"/>')
    )
    assert spans(first(tmp_path, tbl(tr("A", "B"), row)))[2:] == [(1, 0, 1, 2, "Both")]


def test_an_edge_dragged_by_a_hair_makes_no_column(tmp_path: Path) -> None:
    wide = '<w:gridSpan w:val="2"/>'
    table = first(
        tmp_path,
        tbl(
            tr(tc("Service", props=wide), "2016/17"),
            tr("IDVA", tc("£12,000", props=wide)),
            widths=(4000, 40, 3000),
        ),
    )
    assert grid_of(table) == [["Service", "2016/17"], ["IDVA", "£12,000"]]


def test_a_narrow_column_with_words_in_it_stays(tmp_path: Path) -> None:
    table = first(tmp_path, tbl(tr("Service", "*", "£12,000"), widths=(4000, 100, 3000)))
    assert table.column_count == 3


def grid_of(table: Table) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def test_controls_round_cells_and_rows_do_not_show(tmp_path: Path) -> None:
    def wrapped(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    body = wrapped(tbl(wrapped(tr(wrapped(tc("IDVA")), tc(wrapped(p("£12,000")))))))
    assert grid(document(tmp_path, body)) == [["IDVA", "£12,000"]]


def test_a_nested_table_is_its_own_and_knows_its_cell(tmp_path: Path) -> None:
    deepest = tbl(tr("£1"))
    inner = tbl(tr("IDVA", tc("see", deepest, p())))
    reading = document(tmp_path, tbl(tr("Theme", "Work"), tr("Victims", tc("Funded", inner, p()))))
    assert [table.parent for table in reading.tables] == [None, (1, 1, 1), (2, 0, 1)]
    assert grid(reading, 1)[1] == ["Victims", "Funded"]
    assert grid(reading, 2) == [["IDVA", "see"]]
    assert grid(reading, 3) == [["£1"]]


def test_a_nested_table_has_the_words_before_its_outer_table(tmp_path: Path) -> None:
    outer = tbl(tr("Theme", "Work"), tr("Victims", tc(tbl(tr("Mentors", "4,100")), p())))
    reading = document(tmp_path, p("The grants below were made.") + outer)
    assert [table.intro for table in reading.tables] == ["The grants below were made."] * 2


def test_paragraphs_of_a_cell_are_lines_and_bullets_begin_them(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>'
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>'
    cell = tc("Covers:", p("nights", props=item), p("weekends", props=item), p())
    reading = document(tmp_path, tbl(tr(cell, "£5")), numbering=numbering)
    assert reading.tables[0].cells[0].text == "Covers:\n• nights\n• weekends"
    assert [c.places[0].paragraph for c in reading.tables[0].cells] == [1, 5]


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ((tr("A", "B", props="<w:tblHeader/>"), *BUDGET), 1),
        (BUDGET, 1),
        ((tr("IDVA", "£12,000"), tr("ISVA", "£8,000")), 0),
        ((tr("Name of plan", "Framework"), tr("Owner", "Somebody")), 0),
        ((tr(tc("Grants 2016/17", props='<w:gridSpan w:val="2"/>')), *BUDGET), 2),
    ],
)
def test_rows_that_name_columns(tmp_path: Path, rows: tuple[str, ...], count: int) -> None:
    assert first(tmp_path, tbl(*rows)).header_rows == count


def test_a_table_style_that_sets_its_first_row_off_tells_the_header(tmp_path: Path) -> None:
    table = tbl(tr("Provider", "Where"), tr("Barnardo's", "LLR"), tr("NACRO", "City")).replace(
        "<w:tblPr/>",
        '<w:tblPr><w:tblStyle w:val="Loud"/><w:tblLook w:val="04A0"/></w:tblPr>',
    )
    assert first(tmp_path, table).header_rows == 1


@pytest.mark.parametrize(
    ("above", "below", "title", "subtitle"),
    [
        (p("Grants", style="H1"), "", "Grants", None),
        (p("Grants", style="H1") + p("Table 1: Awards", style="Cap"), "", "Table 1: Awards", None),
        (p("Table 2. Awards by theme") + p(), "", "Table 2. Awards by theme", None),
        (p("Grants", style="H1") + p("All figures in £000s"), "", "Grants", "All figures in £000s"),
        (p(r("Awards 2016/17", "<w:b/>")), "", "Awards 2016/17", None),
        (p("Awards made in 2016/17"), "", "Awards made in 2016/17", None),
        (p("These grants were made:"), p("Table 3: Awards"), "Table 3: Awards", None),
        (p("Grants", style="H1") + p("The grants below were made this year."), "", "Grants", None),
    ],
)  # fmt: skip
def test_a_table_takes_its_title_from_what_stands_nearest(
    tmp_path: Path, above: str, below: str, title: str, subtitle: str | None
) -> None:
    table = first(tmp_path, above + tbl(*BUDGET) + below)
    assert (table.title, table.subtitle) == (title, subtitle)


def test_the_paragraph_before_a_table_introduces_it(tmp_path: Path) -> None:
    body = p("The grants below were made.") + p("Table 1: Grants", style="Cap") + tbl(*BUDGET)
    reading = document(tmp_path, body, styles=STYLES)
    assert reading.tables[0].intro == "The grants below were made."
    assert [passage.before_table for passage in reading.passages] == [None, 1]


def test_notes_under_a_table_and_footnotes_in_it_are_its_notes(tmp_path: Path) -> None:
    call = '<w:r><w:footnoteReference w:id="3"/></w:r>'
    rows = (tr("Service", "2016/17"), tr("IDVA", "£52,445*"), tr("ISVA", tc(p(r("£8,000"), call))))
    body = tbl(*rows) + p() + p("* For one year only.") + p("NB. Subject to the precept.") + p("x")
    table = document(
        tmp_path, body, footnotes=f'<w:footnote w:id="3">{p("Estimated.")}</w:footnote>'
    ).tables[0]
    assert [(note.mark, note.text) for note in table.notes] == [
        ("1", "Estimated."),
        ("*", "For one year only."),
        ("NB", "NB. Subject to the precept."),
    ]
    starred = table.cells[3]
    assert (starred.text, starred.raw, starred.marks) == ("£52,445", "£52,445*", ("*",))
    assert (table.cells[5].text, table.cells[5].marks) == ("£8,000", ("1",))


def test_tables_that_no_paragraph_parts_are_one(tmp_path: Path) -> None:
    widths = (4000, 2000)
    parts = [tbl(tr(name, "£1"), widths=widths) for name in ("IDVA", "ISVA", "YOS")]
    reading = document(tmp_path, "".join(parts) + p() + tbl(tr("x", "y"), widths=widths))
    assert [grid(reading, 1), grid(reading, 2)] == [
        [["IDVA", "£1"], ["ISVA", "£1"], ["YOS", "£1"]],
        [["x", "y"]],
    ]


def test_a_coloured_box_of_one_cell_names_the_table_under_it(tmp_path: Path) -> None:
    reading = document(tmp_path, tbl(tr("Victims 2016/17")) + p() + tbl(*BUDGET))
    assert reading.tables[1].title == "Victims 2016/17"


def test_a_hidden_row_is_left_out_by_name(tmp_path: Path) -> None:
    hidden = tr("Old", "£9,999", props="<w:hidden/>")
    reading = document(tmp_path, tbl(BUDGET[0], hidden, BUDGET[1]))
    assert grid(reading) == [["Service", "2016/17"], ["IDVA", "£12,000"]]
    assert [(x.kind, x.text) for x in reading.passages] == [("hidden", "Old\t£9,999")]


def test_a_fuzzed_span_does_not_fill_the_memory(tmp_path: Path) -> None:
    body = tbl(tr(tc("wide", props='<w:gridSpan w:val="2000000000"/>')), tr("a", "b"))
    assert first(tmp_path, body).column_count == 3


def test_the_second_reading_agrees_on_every_figure(tmp_path: Path) -> None:
    inner = tbl(tr("deep", "£3"))
    body = p("x") + tbl(
        tr(tc("Victims", props=DOWN), "IDVA", "£12,000"),
        tr(tc(props=ON), tc("ISVA", inner, p()), "£8,000"),
    )
    path = write(tmp_path / "made.docx", body)
    again = word.second_reading(path)
    assert again == {
        1: [["Victims", "IDVA", "£12,000"], ["Victims", "ISVA", "£8,000"]],
        2: [["deep", "£3"]],
    }
    for table in word.read(path, "made.docx").tables:
        for cell in table.cells:
            assert again[table.number][cell.row][cell.column] == cell.text


TABBED = (
    p("Grants made", style="H1")
    + p("Service\tProvider\t2016/17\t2017/18")
    + p(r("Victims", "<w:b/>"))
    + p("IDVA\t\tCity Aid\t£12,000\t£13,000")
    + p("ISVA\tCounty Aid\t£8,000*\t£9,000")
    + p("YOS\tCity\t£5,000\t£6,000")
    + p("Total\t\t\t£25,000\t£28,000")
    + p("* For one year only.")
)


def test_dashes_and_rising_figures_in_several_columns_are_a_table_laid_with_tabs(
    tmp_path: Path,
) -> None:
    rows = ["Patrols\t0.84\t–", "Marshals\t0.12\t0.13", "Cameras\t1.45\t0.30", "Total\t2.41\t0.43"]
    body = "".join(map(p, ["£ million\t2024/25\t2025/26", *rows]))
    assert grid(document(tmp_path, body, styles=STYLES)) == [
        ["£ million", "2024/25", "2025/26"],
        *(row.split("\t") for row in rows),
    ]
    contents = "".join(p(f"{n}\tPart {n}\t{3 * n}") for n in range(1, 5))
    assert document(tmp_path, contents, styles=STYLES).tables == ()


def test_lines_laid_in_columns_with_tabs_are_a_table(tmp_path: Path) -> None:
    reading = document(tmp_path, TABBED, styles=STYLES)
    table = reading.tables[0]
    assert grid(reading) == [
        ["Service", "Provider", "2016/17", "2017/18"],
        ["Victims", "", "", ""],
        ["IDVA", "City Aid", "£12,000", "£13,000"],
        ["ISVA", "County Aid", "£8,000", "£9,000"],
        ["YOS", "City", "£5,000", "£6,000"],
        ["Total", "", "£25,000", "£28,000"],
    ]
    assert (table.title, table.header_rows, table.reader) == ("Grants made", 1, "tabs")
    assert [cell.marks for cell in table.cells if cell.marks] == [("*",)]
    assert [note.text for note in table.notes] == ["For one year only."]
    assert [x.text for x in reading.passages] == ["Grants made", "* For one year only."]


def test_a_glossary_and_a_form_laid_with_tabs_stay_running_text(tmp_path: Path) -> None:
    body = "".join(p(f"TERM{i}\t\t\tIts meaning") for i in range(5))
    body += "".join(p(f"Fund {i}:\t£{i},000") for i in range(1, 5))
    body += "".join(p(f"{i}.\tPart {i}\t{i * 3}") for i in range(1, 9))
    assert document(tmp_path, body).tables == ()
