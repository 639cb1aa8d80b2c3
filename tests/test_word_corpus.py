"""Ninety Word files from other hands: each holds what its list of features promises."""

import csv
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from extractors import word
from extractors.model import Document

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus" / "word"
pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="shared/corpus is not here")


def listed() -> list[tuple[str, set[str]]]:
    if not CORPUS.exists():
        return []
    with (CORPUS / "FEATURES.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = [(row["file"], set((row["features"] or "").split("|"))) for row in rows]
    return [(name, features) for name, features in names if (CORPUS / name).exists()]


FILES = listed()


def body_of(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml") and "/_rels/" not in name:
                root = etree.fromstring(archive.read(name))
                if isinstance(root.tag, str) and root.tag.endswith("}document"):
                    return root
    raise AssertionError(path)


def shown_text(root: etree._Element) -> str:
    """All text of the body that is neither deleted nor an old version's copy."""
    left_out = {"del", "moveFrom", "Fallback"}
    return "".join(
        text.text or ""
        for text in root.iter("{*}t")
        if not left_out & {etree.QName(above).localname for above in text.iterancestors("{*}*")}
    )


def read_text(document: Document) -> str:
    kept = ("page_header", "page_footer", "page_number", "deleted", "inserted")
    texts = [
        f"{passage.text} {passage.number or ''} {' '.join(passage.marks)}"
        for passage in document.passages
        if passage.kind not in kept
    ]
    return " ".join(texts + [cell.raw for table in document.tables for cell in table.cells])


def assert_cells_stand_apart(document: Document) -> None:
    """No two cells of a table on the same place, none outside it."""
    for table in document.tables:
        places = Counter(
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        )
        assert all(count == 1 for count in places.values())
        assert all(r < table.row_count and c < table.column_count for r, c in places)


@pytest.mark.parametrize(("name", "features"), FILES, ids=[name for name, _ in FILES])
def test_a_file_holds_what_it_promises_and_loses_no_text(name: str, features: set[str]) -> None:
    path = CORPUS / name
    document = word.read(path, name)
    root = body_of(path)
    wanted = Counter(re.findall(r"\w", shown_text(root)))
    lost = wanted - Counter(re.findall(r"\w", read_text(document)))
    assert sum(lost.values()) == 0, f"{sum(lost.values())} of {sum(wanted.values())} lost: {lost}"
    cells = [cell for table in document.tables for cell in table.cells]
    texts = [cell.text for cell in cells] + [passage.text for passage in document.passages]
    assert_cells_stand_apart(document)
    if "table" in features:
        assert document.tables
    if "nested" in features:
        assert any(table.parent for table in document.tables)
    if "gridspan" in features:
        assert any(cell.column_span > 1 for cell in cells)
    if "vmerge" in features:
        assert any(cell.row_span > 1 for cell in cells)
    if "checkbox" in features:
        boxes = sum(text.count("☐") + text.count("☒") for text in texts)
        forms = len(list(root.iter("{*}checkBox"))) + len(list(root.iter("{*}checkbox")))
        assert boxes >= forms > 0
    if "textbox" in features:
        assert any(p.kind == "text_box" for p in document.passages) or document.tables
    if "comment" in features:
        assert "comments-left-out" in [problem.code for problem in document.problems]


def test_numbers_restart_and_go_on_as_the_list_says() -> None:
    passages = word.read(CORPUS / "docx2python/example_numbering.docx", "x").passages
    for passage in passages:
        expected = passage.text.removeprefix("expect ")
        assert (passage.number or "").strip("().") == expected
