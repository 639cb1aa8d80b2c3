"""What was read but gave nothing leaves an issue."""

import pytest

from extractors.model import Document, Passage
from pipeline.completeness import find_gaps


def codes(texts: list[str], told: tuple[int, ...] = ()) -> list[str]:
    passages = tuple(Passage(n, "text_box", text) for n, text in enumerate(texts))
    document = Document("plan.pdf", "f" * 64, "pdf", passages=passages)
    return [p.code for p in find_gaps(document, lines_of={1}, used=(), told=told)]


ROWS = [f"Victim service {n}\tHill Trust\t£{n}42,000\t£{n}56,840" for n in range(1, 5)]


def test_lines_laid_out_like_a_table_that_gave_nothing_are_told() -> None:
    assert codes(ROWS) == ["text-without-line"]


@pytest.mark.parametrize(
    "texts",
    [
        ROWS[:2],
        [f"Hill Trust\t£{n}42,000" for n in range(5)],
    ],
    ids=["two lines only", "one sum each"],
)
def test_what_is_no_table_is_not_told(texts: list[str]) -> None:
    assert codes(texts) == []


def test_lines_that_gave_awards_are_not_told() -> None:
    assert codes(ROWS, told=(2,)) == []
