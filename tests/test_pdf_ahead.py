"""A long PDF read by two processes gives what one process reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.grid.reading import read_in_turn
from extractors.model import Page
from extractors.pdf import ahead, document
from extractors.pdf.document import read_pdf
from extractors.pdf.pages import open_pages

RAW = Path(__file__).parent.parent / "raw_docs"
LONGER = RAW / "commissioning-framework-2017-18.pdf"
FILES = [LONGER, RAW / "commissioning-framework-2020-21.pdf"]


@pytest.fixture(autouse=True)
def every_document_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LONG", 2)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_two_processes_read_what_one_reads(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "Thread", _AtOnce)
    assert read_pdf(path, path.name, processes=2) == read_pdf(path, path.name)


class _AtOnce:
    """A thread that is waited for as it starts: all is then read by the other process."""

    def __init__(self, target: object, args: tuple[object, ...], daemon: bool) -> None:
        self._target, self._args = target, args

    def start(self) -> None:
        self._target(*self._args)  # type: ignore[operator]

    def join(self) -> None:
        pass


def test_where_the_other_process_comes_to_nothing_all_is_read_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ahead.sys, "executable", "false")
    assert read_pdf(LONGER, LONGER.name, processes=2) == read_pdf(LONGER, LONGER.name)


@pytest.mark.parametrize("at_a_time", [1, 2, 5])
def test_grids_read_backwards_are_those_of_the_same_turn_read_forwards(
    at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "AT_A_TIME", at_a_time)
    with open_pages(LONGER) as pdf:
        forwards = {turn: grids for turn, grids, _ in read_in_turn(_all(pdf), {})}
        parts = list(ahead.read_backwards(pdf))
    backwards = {turn: grids for part in parts for turn, grids in part.grids}
    numbers = [page.number for part in parts for page in part.pages]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    common = forwards.keys() & backwards.keys()
    assert len(common) > 0.6 * len(forwards)
    assert all(forwards[turn] == backwards[turn] for turn in common)


def _all(pdf: ahead.Pages) -> Iterator[Page]:
    return (pdf[index] for index in range(len(pdf)))
