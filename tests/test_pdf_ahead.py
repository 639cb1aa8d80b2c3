"""A long PDF read by two processes gives what one process reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.pdf import ahead, document
from extractors.pdf.document import read_pdf

RAW = Path(__file__).parent.parent / "raw_docs"


@pytest.fixture(autouse=True)
def every_document_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LONG", 2)
    monkeypatch.setattr(ahead, "HEAD_START", 0)


@pytest.mark.parametrize(
    "file", ["commissioning-framework-2017-18.pdf", "commissioning-framework-2020-21.pdf"]
)
def test_two_processes_read_what_one_reads(file: str) -> None:
    path = RAW / file
    assert read_pdf(path, file, processes=2) == read_pdf(path, file)


def test_where_the_other_process_comes_to_nothing_all_is_read_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ahead, "_told", lambda process: ahead._Ahead())
    path = RAW / "commissioning-framework-2017-18.pdf"
    assert read_pdf(path, path.name, processes=2) == read_pdf(path, path.name)


def test_tables_read_from_another_turn_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    told = ahead._told

    def from_nowhere(process: object) -> ahead._Ahead:
        right = told(process)  # type: ignore[arg-type]
        wrong = [((number, (0.0, 1.0), labels), []) for (number, _, labels), _ in right.grids]
        return ahead._Ahead(right.pages, tuple(wrong))

    monkeypatch.setattr(ahead, "_told", from_nowhere)
    path = RAW / "commissioning-framework-2017-18.pdf"
    assert read_pdf(path, path.name, processes=2) == read_pdf(path, path.name)
