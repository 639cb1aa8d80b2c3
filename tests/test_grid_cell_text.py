"""What one cell says: lines that wrap are one text, a line in other type is another fact."""

from dataclasses import replace

import pytest
from grid_pages import words

from extractors.grid.cells import paragraphs


@pytest.mark.parametrize("change", [{"italic": True}, {"size": 7.5}, {"italic": True, "size": 7.0}])
def test_a_provider_in_smaller_or_italic_type_below_a_service(change: dict[str, object]) -> None:
    below = [replace(w, **change) for w in words("Secure Homes Trust", 60, 211)]  # type: ignore[arg-type]
    text, _, _ = paragraphs([*words("Sanctuary scheme locks", 60, 200), *below])
    assert text == "Sanctuary scheme locks\nSecure Homes Trust"


def test_a_name_that_wraps_stays_one() -> None:
    text, _, _ = paragraphs([*words("Sanctuary scheme", 60, 200), *words("Locks", 60, 211)])
    assert text == "Sanctuary scheme Locks"
