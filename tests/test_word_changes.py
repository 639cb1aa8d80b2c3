"""Tracked changes: the accepted text is read, and a figure in doubt is a problem."""

from pathlib import Path

import pytest
from word_documents import document, grid, p, r, tbl, tc, tr

WHO = 'w:id="1" w:author="a" w:date="2016-01-01T00:00:00Z"'


def gone(text: str) -> str:
    return f"<w:del {WHO}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def come(text: str) -> str:
    return f"<w:ins {WHO}><w:r><w:t>{text}</w:t></w:r></w:ins>"


def test_a_changed_figure_is_read_as_accepted_and_told(tmp_path: Path) -> None:
    reading = document(tmp_path, tbl(tr("IDVA", tc(p(r("£"), gone("12,000"), come("14,500"))))))
    assert grid(reading) == [["IDVA", "£14,500"]]
    (problem,) = reading.problems
    assert (problem.code, problem.printed) == ("tracked-change-amount", "£12,000 → £14,500")
    assert (problem.table, problem.place.paragraph) == (1, 2)
    assert [(x.kind, x.text) for x in reading.passages] == [
        ("deleted", "12,000"),
        ("inserted", "14,500"),
    ]


def test_one_changed_digit_shows_the_whole_figures(tmp_path: Path) -> None:
    reading = document(tmp_path, p(r("A grant of £1"), gone("2"), come("3"), r("5,000 was made")))
    assert reading.passages[0].text == "A grant of £135,000 was made"
    assert reading.problems[0].printed == "£125,000 → £135,000"


@pytest.mark.parametrize("words", [("may", "will"), ("2015", "2016")])
def test_changed_words_and_years_are_no_problem(tmp_path: Path, words: tuple[str, str]) -> None:
    reading = document(tmp_path, p(r("We "), gone(words[0]), come(words[1]), r(" fund £5,000")))
    assert reading.problems == ()


def test_a_figure_moved_within_the_document_is_no_problem(tmp_path: Path) -> None:
    moved = f"<w:moveFrom {WHO}><w:r><w:t>£5,000</w:t></w:r></w:moveFrom>"
    here = f"<w:moveTo {WHO}><w:r><w:t>£5,000</w:t></w:r></w:moveTo>"
    reading = document(tmp_path, p(r("One "), moved) + p(r("Two "), here))
    assert [x.text for x in reading.passages if x.kind == "paragraph"] == ["One", "Two £5,000"]
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("change", "rows", "printed"),
    [("del", 1, "£9,000 → (nothing)"), ("ins", 2, "(nothing) → £9,000")],
)
def test_a_row_deleted_or_inserted_as_a_whole(
    tmp_path: Path, change: str, rows: int, printed: str
) -> None:
    reading = document(
        tmp_path,
        tbl(tr("IDVA", "£12,000"), tr("ISVA", "£9,000", props=f"<w:{change} {WHO}/>")),
    )
    assert len(grid(reading)) == rows
    assert [problem.printed for problem in reading.problems] == [printed]


def test_a_deleted_cell_is_not_on_the_grid(tmp_path: Path) -> None:
    row = tr(tc("old", props=f"<w:cellDel {WHO}/>"), "IDVA", "£12,000")
    assert grid(document(tmp_path, tbl(row))) == [["IDVA", "£12,000"]]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    body = p("Half a ", props=f"<w:rPr><w:del {WHO}/></w:rPr>") + p("sentence.") + p("Next.")
    passages = document(tmp_path, body).passages
    assert [(x.text, x.places[0].paragraph) for x in passages] == [
        ("Half a sentence.", 1),
        ("Next.", 3),
    ]


def test_what_text_looked_like_before_a_change_of_looks_is_not_read(tmp_path: Path) -> None:
    body = p(r("£5,000", f"<w:rPrChange {WHO}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"))
    assert [x.text for x in document(tmp_path, body).passages] == ["£5,000"]
