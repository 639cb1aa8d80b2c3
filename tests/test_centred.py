"""A label half way down its block names all the rows of the block, where the blocks fill them."""

from dataclasses import replace

from extractors.grid.centred import join_centred
from extractors.model import Box, Cell, Place

ROW = 20.0


def column(labels: dict[int, float], rows: int) -> tuple[Cell, ...]:
    """Cells of a first column whose labels stand at the given middles, and a full second one."""
    cells = []
    for row in range(rows):
        middle = labels.get(row)
        box = Box(0, (middle or 0) - 5, 40, (middle or 0) + 5)
        cells.append(Cell(row, 0, f"theme {row}" if middle else "", places=(Place(1, box),)))
        cells.append(Cell(row, 1, f"service {row}", places=(Place(1, box),)))
    return tuple(cells)


def spans(cells: tuple[Cell, ...], rows: int) -> list[tuple[int, int]]:
    ys = [ROW * at for at in range(rows + 1)]
    joined = join_centred(cells, ys, header_rows=1)
    return [(c.row, c.row_span) for c in joined if c.column == 0 and c.text and c.row > 0]


def test_centred_labels_span_their_blocks() -> None:
    # Rows 1-4 belong to the label between rows 2 and 3, rows 5-7 to the label in row 6.
    cells = column({0: 10, 2: 60, 6: 130}, 8)
    assert spans(cells, 8) == [(1, 4), (5, 3)]


def test_labels_at_the_top_of_their_blocks_stay() -> None:
    assert spans(column({0: 10, 1: 30, 4: 90}, 8), 8) == [(1, 1), (4, 1)]


def test_blocks_that_do_not_fill_the_rows_stay() -> None:
    assert spans(column({0: 10, 2: 60}, 8), 8) == [(2, 1)]


def test_names_with_their_providers_below_are_no_label_of_several_rows() -> None:
    cells = []
    for row in range(1, 5):
        for x, text in ((0, f"Service {row}\nProvider {row}"), (100, f"{row},000")):
            box = Box(x, ROW * row + 1, x + 40, ROW * (row + 1) - 1)
            cells.append(Cell(row, int(x > 0), text, places=(Place(1, box),)))
    assert spans(tuple(cells), 5) == [(1, 1), (2, 1), (3, 1), (4, 1)]


def test_labels_at_the_top_of_their_blocks_stay_where_one_is_midway_by_chance() -> None:
    # Themes of one row and of five, or of three and three: the second label is level with row 4.
    cells = []
    for cell in column({0: 10, 1: 30, 4: 90}, 7):
        y = ROW * cell.row + 5
        box = Box(cell.column * 50, y, cell.column * 50 + 40, y + 10)
        cells.append(replace(cell, places=(Place(1, box),)))
    assert spans(tuple(cells), 7) == [(1, 1), (4, 1)]
