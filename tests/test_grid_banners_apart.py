"""Lines of another type are rows of their own, though nothing is drawn between the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grid_pages import page, prose, right, rows_of, words

from extractors.grid import read_page
from extractors.grid.banners import banners_apart
from extractors.grid.draft import Draft, DraftCell
from extractors.model import Word

XS = [56.0, 200.0, 340.0, 500.0]
WHITE = (255, 255, 255)


def lines(texts: Sequence[tuple[str, bool]], x: float, top: float) -> list[Word]:
    """Lines set close below each other, each bold or plain."""
    return [w for n, (t, bold) in enumerate(texts) for w in words(t, x, top + 10 * n, bold=bold)]


def draft(rows: Sequence[Sequence[Sequence[tuple[str, bool]]]]) -> Draft:
    """A reading whose cells are lines from the top of their row, 30 points high, down."""
    cells = [
        DraftCell(r, c, 1, 1, None, lines(cell, XS[c] + 4, 200 + 30 * r))
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if cell
    ]
    return Draft("space/wrapped", list(XS), [200.0 + 30 * n for n in range(len(rows) + 1)], cells)


def labels(made: Draft) -> list[str]:
    return [" ".join(w.text for w in c.words) for c in made.cells if c.column == 0]


HEAD = [[("Service", True)], [("Provider", True)], [("Award", True)]]


def row(*label: tuple[str, bool]) -> list[list[tuple[str, bool]]]:
    return [list(label), [("Oak Trust", False)], [("1,750", False)]]


def test_a_bold_banner_under_a_label_is_a_row() -> None:
    made = banners_apart(
        draft([HEAD, row(("Shed", False)), row(("Pantry", False), ("Safer places", True)),
               row(("Choir", False)), row(("Clay", False))])
    )  # fmt: skip
    assert labels(made) == ["Service", "Shed", "Pantry", "Safer places", "Choir", "Clay"]
    assert [c.row for c in made.cells if c.column == 2] == [0, 1, 2, 4, 5]
    assert made.rows == 6
    assert made.ys == sorted(made.ys)


def test_a_plain_banner_under_bold_headings_is_a_row() -> None:
    made = banners_apart(
        draft([[[("Service", True), ("Prevention", False)], *HEAD[1:]], row(("Shed", False)),
               row(("Choir", False))])
    )  # fmt: skip
    assert labels(made) == ["Service", "Prevention", "Shed", "Choir"]


def test_the_rest_of_a_cut_row_under_headings_is_a_row_in_its_column() -> None:
    head = [HEAD[0], [("Provider", True), ("of the county", False)], HEAD[2]]
    made = banners_apart(draft([head, row(("Shed", False)), row(("Choir", False))]))
    own = [c for c in made.cells if c.row == 1]
    assert [(c.column, " ".join(w.text for w in c.words)) for c in own] == [(1, "of the county")]


def test_names_with_a_second_line_in_other_type_stay_whole() -> None:
    rows = [row((name, True), ("Force-wide", False)) for name in ("Shed", "Choir", "Clay")]
    assert banners_apart(draft([HEAD, *rows])).rows == 4


def test_a_banner_beside_the_lines_of_other_cells_stays() -> None:
    tall = row(("Pantry", False), ("Safer places", True))
    tall[1] = [("Oak Trust", False), ("of the county", False)]
    rows = [row((name, False)) for name in ("Shed", "Choir", "Clay")]
    assert banners_apart(draft([HEAD, *rows, tall])).rows == 5


def test_a_banner_on_the_page_under_a_band_of_headings() -> None:
    head = words("Supplier", 60, 200, bold=True) + words("Area", 220, 200, bold=True)
    head += right("2024/25 budget", 500, 200, bold=True)
    drawn = [
        [replace(w, colour=WHITE) for w in head],
        words("Early intervention", 60, 211, bold=True),
    ]
    expected = [["Supplier", "Area", "2024/25 budget"], ["Early intervention", "", ""]]
    for n, name in enumerate(["Advice Centre", "Security Ltd", "Counselling", "Mentors"]):
        y = 222 + 11 * n
        drawn.append(words(name, 60, y) + words("Northfold", 220, y) + right(f"£{n}1,750", 500, y))
        expected.append([name, "Northfold", f"£{n}1,750"])
    (grid,) = read_page(page([*prose(100), *drawn]))
    assert rows_of(grid) == expected


def test_a_banner_in_the_type_of_the_headings_need_not_be_in_another_line() -> None:
    rows = [row((name, False)) for name in ("Shed", "Choir")]
    banner = [[("Serious violence", True)], [], []]
    head = [[("Service", True), ("Prevention", True)], *HEAD[1:]]
    made = banners_apart(draft([head, *rows, banner, *rows]))
    assert labels(made)[:3] == ["Service", "Prevention", "Shed"]
    # Where no other banner stands alone, or the words did not fit, it is the heading's second line.
    assert banners_apart(draft([head, *rows, *rows])).rows == 5
    long = [[("Service that is provided to", True), ("Victims", True)], *HEAD[1:]]
    assert banners_apart(draft([long, *rows, banner, *rows])).rows == 6
