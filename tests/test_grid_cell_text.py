"""What one cell says: lines that wrap are one text, a line in other type is another fact."""

from dataclasses import replace

import pytest
from grid_pages import words

from extractors.grid.cells import paragraphs
from extractors.grid.lines import page_lines
from extractors.model import Box, Word


@pytest.mark.parametrize("change", [{"italic": True}, {"size": 7.5}, {"italic": True, "size": 7.0}])
def test_a_provider_in_smaller_or_italic_type_below_a_service(change: dict[str, object]) -> None:
    below = [replace(w, **change) for w in words("Secure Homes Trust", 60, 211)]  # type: ignore[arg-type]
    text, _, _ = paragraphs([*words("Sanctuary scheme locks", 60, 200), *below])
    assert text == "Sanctuary scheme locks\nSecure Homes Trust"


def test_a_name_that_wraps_stays_one() -> None:
    text, _, _ = paragraphs([*words("Sanctuary scheme", 60, 200), *words("Locks", 60, 211)])
    assert text == "Sanctuary scheme Locks"


def test_a_sum_with_a_raised_letter_is_still_a_figure() -> None:
    (line,) = page_lines(
        [*words("£310,500", 400, 200), Word("a", Box(437, 199, 440, 205), 6.0, rise=1, glued=True)]
    )
    assert [(c.kind, c.text) for c in line.chunks] == [("number", "£310,500a")]


def test_a_raised_digit_is_printed_raised_beside_a_figure() -> None:
    sum_ = words("438,000", 60, 200)
    mark = Word("1", Box(sum_[-1].box.x1, 199, sum_[-1].box.x1 + 3, 205), 6.0, rise=1, glued=True)
    assert paragraphs([*sum_, mark]) == ("438,000", "438,000¹", ("1",))
