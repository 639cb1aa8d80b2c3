"""What printed characters look like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.grid.cells import join_lines
from extractors.grid.evidence import closes
from extractors.grid.printed import (
    is_list_mark,
    is_numeric,
    is_year,
    plain_number,
    stands_for_number,
    take_marks,
)


@pytest.mark.parametrize(
    "text", ["1,234", "£4.668m", "(1,730)", "12%", "-836.6", "52,445*", "8,683.75", "£10k", "0"]
)
def test_figures(text: str) -> None:
    assert is_numeric(text)


@pytest.mark.parametrize("text", ["Catch22", "A1", "24/7", "n/a", "2017/18", "LLR", ""])
def test_no_figures(text: str) -> None:
    assert not is_numeric(text)


@pytest.mark.parametrize("text", ["-", "–", "nil", "n/a", "TBC", "###"])
def test_what_is_printed_where_a_figure_would_be(text: str) -> None:
    assert stands_for_number(text)


@pytest.mark.parametrize("text", ["2017/18", "2017-2018", "2019", "18/19"])
def test_years(text: str) -> None:
    assert is_year(text)


@pytest.mark.parametrize("text", ["•", "2.1", "a)", "(iv)", "\uf0b7"])
def test_list_marks(text: str) -> None:
    assert is_list_mark(text)


@given(st.integers(0, 10**9), st.sampled_from(["*", "**", "†", "‡", ""]))
def test_marks_are_taken_out_and_nothing_else(value: int, mark: str) -> None:
    text, marks = take_marks(f"{value:,}{mark}")
    assert text == f"{value:,}"
    assert "".join(marks) == mark
    assert plain_number(text) == value


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (
            "provision within a multi-",
            "disciplinary team",
            "provision within a multi-disciplinary team",
        ),
        ("until 30th September", "2017", "until 30th September 2017"),
        ("City Council -", "Leicester", "City Council - Leicester"),
        ("2017-", "18", "2017-18"),
        ("Co-", "Operation", "Co- Operation"),
    ],
)
def test_wrapped_lines(above: str, below: str, joined: str) -> None:
    assert join_lines(above, below) == joined


@given(st.lists(st.integers(10, 10**6), min_size=2, max_size=30))
def test_a_column_with_its_total_closes(figures: list[int]) -> None:
    assert closes([*map(float, figures), float(sum(figures))])


def test_a_column_without_a_total_does_not_close() -> None:
    assert not closes([100.0, 210.0, 330.0, 470.0])
