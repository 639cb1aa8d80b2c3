"""Shaded boxes of one size with one sum each are a table without headings."""

from extractors.grid.boxes import read_boxes
from extractors.model import Box, Fill, Page, Word

BLUE = (220, 230, 250)


def page(boxes: list[tuple[str, str]], tall: float = 60) -> Page:
    words, fills = [], []
    for at, (name, money) in enumerate(boxes):
        left, top = 50 + 180 * (at % 3), 60 + 80 * (at // 3)
        fills.append(Fill(Box(left, top, left + 160, top + tall), BLUE))
        x = left + 5.0
        for part in name.split():
            words.append(Word(part, Box(x, top + 5, x + 6 * len(part), top + 15), 10, True))
            x += 6 * len(part) + 3
        words.append(Word(money, Box(left + 5, top + 35, left + 60, top + 55), 20))
    return Page(1, 595, 842, tuple(words), fills=tuple(fills))


def test_a_box_is_a_row() -> None:
    boxes = [
        ("Harbour Trust", "£25k"),
        ("Unity Hall", "£1.2m"),
        ("Beacon", "£900"),
        ("Open Gate", "£40k"),
    ]
    (grid,) = read_boxes(page(boxes))
    assert [c.text for c in grid.cells] == [text for box in boxes for text in box]
    assert (grid.row_count, grid.header_rows) == (4, 0)


def test_boxes_without_sums_are_no_table() -> None:
    assert read_boxes(page([(name, "soon") for name in ("One", "Two", "Three", "Four")])) == []


def test_low_boxes_are_cells_of_a_table() -> None:
    assert read_boxes(page([("Harbour Trust", "£25k")] * 6, tall=20)) == []
