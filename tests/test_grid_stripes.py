"""Rows of shading that go on over a gap make one table of what stands on both sides."""

from dataclasses import replace

from grid_pages import page, right, words

from extractors.grid import read_page
from extractors.grid.cards import read_cards
from extractors.grid.lines import page_lines
from extractors.grid.shading import goes_over
from extractors.grid.twins import read_twins
from extractors.model import CARDS, Box, Fill, Word

PALE = (238, 241, 246)


def twice(name: str, y: float, *sums: str) -> list[Word]:
    made = words(name, 60, y) + right(sums[0], 240, y)
    return made + words(name, 340, y) + right(sums[1], 520, y)


DRAWN = [twice("Grant", 100, "Amount", "Amount")] + [
    twice(f"Grant {n}", 124 + 24 * n, f"{n + 3}21", f"{n + 4}57") for n in range(6)
]
STRIPES = [Box(50, 118 + 48 * n, 530, 142 + 48 * n) for n in range(3)]
HALVES = [Box(x, s.top, x + 200, s.bottom) for s in STRIPES for x in (50, 330)]


def test_headings_that_repeat_in_one_shaded_table_part_nothing() -> None:
    lines = page_lines(w for line in DRAWN for w in line)
    assert len(read_twins(lines, HALVES)) == 2
    assert read_twins(lines, STRIPES) == []


def test_shading_goes_over_a_gap_only_with_words_on_both_sides() -> None:
    lines = page_lines(w for line in DRAWN for w in line)
    assert goes_over(STRIPES, 290, lines)
    assert not goes_over(STRIPES[:1], 290, lines)  # one band may be a heading over two tables
    assert not goes_over(STRIPES, 45, lines)
    assert not goes_over(HALVES, 290, lines)


def repeating() -> list[list[Word]]:
    """Two cells that come again beside sums: they look like the labels of cards."""
    drawn = [words("Provider", 60, 100) + words("Area", 300, 100) + right("2024/25", 480, 100)]
    for n, name in enumerate(("Abbey Trust", "Hill Aid", "Harbour", "Beacon", "Open Gate")):
        y = 124 + 26 * n
        drawn.append(words("Westmarch", 300, y) + right(f"£{n + 3}21", 480, y))
        drawn.append(words(name, 60, y + 5.5))
        drawn.append(words("City", 300, y + 11) + right(f"£{n + 4}45", 480, y + 11))
    return drawn


def test_cells_that_come_again_in_a_shaded_table_are_no_cards() -> None:
    made = page(repeating())
    assert read_cards(made, page_lines(made.words))
    stripes = [Fill(Box(50, 119 + 52 * n, 490, 145 + 52 * n), PALE) for n in range(3)]
    (table,) = read_page(replace(made, fills=tuple(stripes)))
    assert table.reader != CARDS


def test_shaded_rows_of_a_table_below_say_nothing_of_cards() -> None:
    below = [
        words(name, 60, 400 + 20 * n) + right(f"£{n + 7}00", 480, 400 + 20 * n)
        for n, name in enumerate(("Warm Places", "Active Lives", "Safer Streets", "Both"))
    ]
    stripes = [Fill(Box(50, 397 + 40 * n, 490, 413 + 40 * n), PALE) for n in range(2)]
    found = read_page(page([*repeating(), *below], fills=stripes))
    assert CARDS in [table.reader for table in found]
