"""The published Word file of 2016, against what a perfect reading would give."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extractors import word
from extractors.model import Document, Table

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
NAME = "partnerships-and-commissioning-2016"
SPECIMEN = ROOT / "raw_docs" / f"{NAME}.docx"
GOLDEN = Path(__file__).parent / "golden" / f"{NAME}.tables.txt"


def one_line(text: str) -> str:
    return " ".join(text.split())


def covered(table: Table) -> dict[tuple[int, int], str]:
    """The text that stands at each place, a joined cell's at all it covers."""
    return {
        (row, column): cell.text
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }


def rows_of(table: Table) -> list[list[str]]:
    texts = {(cell.row, cell.column): one_line(cell.text) for cell in table.cells}
    return [
        [texts.get((row, column), "") for column in range(table.column_count)]
        for row in range(table.row_count)
    ]


def titled(document: Document, title: str) -> Table:
    return next(table for table in document.tables if table.title == title)


@pytest.fixture(scope="module")
def specimen() -> Document:
    return word.read(SPECIMEN, SPECIMEN.name)


GOLDS = [
    (SHARED / "specimens" / f"{NAME}.docx", SHARED / "gold" / f"{NAME}.specimen.json"),
    (SHARED / "documents" / f"{NAME}.docx", SHARED / "gold" / f"{NAME}.json"),
]
needs_gold = pytest.mark.skipif(not GOLDS[0][1].exists(), reason="shared/gold is not here")


@pytest.fixture(scope="module", params=GOLDS, ids=["specimen", "document"])
def pair(request: pytest.FixtureRequest) -> tuple[Document, dict[str, Any]]:
    path, gold = request.param
    return word.read(path, path.name), json.loads(gold.read_text(encoding="utf-8"))


@needs_gold
def test_every_budget_line_stands_in_one_row(pair: tuple[Document, dict[str, Any]]) -> None:
    document, gold = pair
    texts = covered(titled(document, "Existing commitments for 2016/17"))
    printed = Counter(
        tuple(one_line(texts.get((row, column), "")) for column in range(8))
        for row in range(1, 1 + max(row for row, _ in texts))
    )
    wanted = Counter(
        (
            line["section"],
            line.get("service_cell") or line["service"],
            line["amounts"]["2016-17"]["printed"],
            line.get("provider", ""),
            line.get("mechanism", ""),
            line["strategic_priorities"].get("primary") or "",
            line["strategic_priorities"].get("secondary") or "",
            line.get("reach", ""),
        )
        for line in gold["budget_lines"]
    )
    assert sum(wanted.values()) == 55
    assert not wanted - printed


@needs_gold
def test_every_answer_has_its_question_and_the_response_that_covers_it(
    pair: tuple[Document, dict[str, Any]],
) -> None:
    document, gold = pair
    table = next(t for t in document.tables if t.cells[0].text == "Question")
    texts = covered(table)

    def lines(text: str) -> list[str]:
        return [one_line(line) for line in text.split("\n") if line.strip()]

    for row, comment in enumerate(gold["comments"], start=1):
        assert one_line(texts[row, 0]) == one_line(comment["question"])
        assert lines(texts[row, 1]) == lines(comment["answer"])
        assert lines(texts[row, 2]) == lines(comment["response"])
    assert table.row_count == len(gold["comments"]) + 1


@needs_gold
def test_every_glossary_line_is_a_term_and_its_meaning(
    pair: tuple[Document, dict[str, Any]],
) -> None:
    document, gold = pair
    lines = [p.text for p in document.passages if p.heading_path[-1:] == ("Glossary",)]
    terms = dict(line.split("\t") for line in lines if "\t" in line)
    assert terms == gold["glossary"]


@needs_gold
def test_every_box_is_ticked_or_not_as_printed(pair: tuple[Document, dict[str, Any]]) -> None:
    document, gold = pair
    found = []
    for table in document.tables:
        texts = {(cell.row, cell.column): cell.text for cell in table.cells}
        for (row, column), text in sorted(texts.items()):
            if text in ("☐", "☒"):
                found.append((texts[row, column - 1], text == "☒"))
    wanted = [(box["label"], box["checked"]) for box in gold["checkboxes"]]
    assert Counter(found) == Counter(wanted)


@needs_gold
def test_every_other_plain_table_is_read_cell_by_cell(
    pair: tuple[Document, dict[str, Any]],
) -> None:
    document, gold = pair
    read = [rows_of(table) for table in document.tables]
    laid = [[p.text.split("\t") for p in document.passages if "\t" in p.text]]
    missed = []
    for table in gold["tables"]:
        rows = [
            [one_line(cell) for cell in row] for row in [table["header"], *table["rows"]] if row
        ]
        in_tabs = all(row in laid[0] for row in rows)
        if rows not in read and not in_tabs:
            missed.append(table["title"])
    # The gold puts the form's boxes on a grid of its own; they are compared above.
    assert [title for title in missed if not title.startswith("Equality Impact")] == []


@needs_gold
def test_every_sentence_with_money_is_in_the_text(pair: tuple[Document, dict[str, Any]]) -> None:
    document, gold = pair
    texts = [passage.text for passage in document.passages]
    texts += [cell.text for table in document.tables for cell in table.cells]
    whole = one_line(" ".join(texts))
    for mention in [*gold["money_mentions"], *gold["percentages"]]:
        assert one_line(mention["sentence"]) in whole


def test_titles_notes_and_headers_of_the_specimen(specimen: Document) -> None:
    assert [(table.number, table.title, table.header_rows) for table in specimen.tables[1:6]] == [
        (2, "Table 1", 1),
        (3, "Table 1.", 1),
        (4, "Existing commitments for 2016/17", 1),
        (5, "2016/17 additional allocations", 1),
        (6, "Appendix B", 1),
    ]
    assert [note.mark for note in specimen.tables[4].notes] == ["NB"]


def test_the_footnote_on_the_budget_stands_with_its_paragraph(specimen: Document) -> None:
    caller = next(p for p in specimen.passages if p.marks)
    note = specimen.passages[caller.order]
    assert (caller.number, note.kind, note.number) == ("3.2", "footnote", "1")
    assert note.places == caller.places


def test_each_appendix_label_is_read_once(specimen: Document) -> None:
    boxes = [p.text for p in specimen.passages if p.kind == "text_box"]
    labels = ["Appendix (A)", "Appendix (B)", "Appendix (C)", "Appendix (D)"]
    assert boxes == [*labels, "Appendix B", "Appendix C"]


def test_the_second_reading_agrees_on_every_figure(specimen: Document) -> None:
    again = word.second_reading(SPECIMEN)
    for table in specimen.tables:
        for cell in table.cells:
            second = again[table.number][cell.row][cell.column]
            assert re.findall(r"\d[\d,.]*", second) == re.findall(r"\d[\d,.]*", cell.text)


def dump(document: Document) -> str:
    """Every table as a person would lay it beside the page: a line per row, joined cells once."""
    parts = []
    for table in document.tables:
        parts.append(f"## Table {table.number}: {table.title} ({table.header_rows} header rows)")
        parts.extend(" | ".join(row).rstrip(" |") or "-" for row in rows_of(table))
        parts.append("")
    return "\n".join(parts)


def test_the_specimen_reads_as_last_looked_at(specimen: Document) -> None:
    """Write the file anew with `python tests/test_word_framework.py`, then look at the change."""
    assert dump(specimen) == GOLDEN.read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(dump(word.read(SPECIMEN, SPECIMEN.name)), encoding="utf-8")
