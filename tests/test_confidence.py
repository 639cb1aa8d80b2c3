"""How likely a figure is right, by its standing and its reading."""

from __future__ import annotations

import itertools

import pytest

from pipeline.confidence import confidence_of, way_of


@pytest.mark.parametrize(
    ("reader", "way"),
    [
        ("ruled", "drawn"),
        ("shaded", "drawn"),
        ("ruled + space/wrapped", "space"),
        ("space/wrapped", "space"),
        ("cards", "space"),
        ("word", "word"),
        (None, "text"),
        ("", "text"),
    ],
)
def test_a_figure_was_read_in_one_of_four_ways(reader: str | None, way: str) -> None:
    assert way_of(reader) == way


@pytest.mark.parametrize("reader", ["ruled", "space/lines", "word", None])
def test_every_kind_of_figure_has_a_share_between_none_and_all(reader: str | None) -> None:
    shares = [confidence_of(s, reader) for s in ("proven", "unproven", "contradicted")]
    assert all(0 < share < 1 for share in shares)


@pytest.mark.parametrize("reader", ["ruled", "space/lines", "word"])
def test_a_proven_figure_of_a_table_is_the_surest(reader: str) -> None:
    others = [confidence_of(status, reader) for status in ("unproven", "contradicted")]
    assert all(confidence_of("proven", reader) > share for share in others)


def test_a_figure_is_never_surer_than_its_letters() -> None:
    for status, seen in itertools.product(("proven", "unproven"), (0.2, 0.7)):
        assert confidence_of(status, "ruled", seen) == seen  # type: ignore[arg-type]
