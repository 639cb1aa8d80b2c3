"""A theme printed once beside its rows is one cell over them, however its lines stand."""

import itertools

import pytest
from grid_pages import across, page, prose, right, sideways, words

from extractors.grid import read_page
from extractors.model import Box, Fill, Word

Row = tuple[list[str], list[str], str]
THEMES: list[tuple[list[str], list[Row]]] = [
    (
        ["Helping victims", "cope and recover"],
        [
            (["Victim hub core", "service"], ["Anchorage Support", "CIC"], "612,400"),
            (["Therapeutic", "counselling"], ["Safe Harbour"], "96,000"),
            (["Restorative justice"], ["Mendwell"], "74,250"),
        ],
    ),
    (
        ["Safer streets", "and young", "people"],
        [
            (["Mentors in schools"], ["Second Bell Youth"], "88,640"),
            (["Rural crime watch"], ["Fenmarsh Rural", "Forum"], "18,330"),
            (["Street pastors"], ["Churches Together"], "12,500"),
            (["Camp equipment"], ["2nd Balvern Scouts"], "6,200"),
        ],
    ),
]
LEAD, PAD, LEFT, EDGE, END = 11.0, 8.0, 56.0, 150.0, 520.0


def drawn(top: float) -> tuple[list[list[Word]], list[tuple[float, float]], list[float]]:
    """Words, from where to where each theme's cell reaches, and the borders of rows."""
    lines = [words("Theme", 60, top, bold=True) + words("Service", 160, top, bold=True)]
    lines[0] += words("Provider", 280, top, bold=True) + right("2025/26 (£)", 500, top, bold=True)
    y = top + 16
    cells, borders = [], [y]
    for label, rows in THEMES:
        begins = y
        for service, provider, amount in rows:
            height = LEAD * max(len(service), len(provider)) + PAD
            for x, texts in ((160, service), (280, provider)):
                first = y + (height - LEAD * len(texts)) / 2
                lines += [words(t, x, first + LEAD * i) for i, t in enumerate(texts)]
            lines.append(right(amount, 500, y + (height - LEAD) / 2))
            y += height
            borders.append(y)
        first = (begins + y - LEAD * len(label)) / 2
        lines += [words(t, 60, first + LEAD * i, bold=True) for i, t in enumerate(label)]
        cells.append((begins, y))
    lines.append(words("Total", 60, y + 4, bold=True) + right("908,320", 500, y + 4, bold=True))
    return lines, cells, borders


def fills_of_themes(cells: list[tuple[float, float]], borders: list[float]) -> list[Fill]:
    return [Fill(Box(LEFT, a, EDGE, b - 1), (90, 40 * i, 90)) for i, (a, b) in enumerate(cells)]


def bands(cells: list[tuple[float, float]], borders: list[float]) -> list[Fill]:
    pairs = list(itertools.pairwise(borders))
    return [Fill(Box(EDGE, a, END, b), (238, 244, 244)) for a, b in pairs[::2]]


@pytest.mark.parametrize("style", ["fills", "rules", "bands and rules", "hairlines", "nothing"])
def test_a_theme_is_one_cell_over_its_rows(style: str) -> None:
    lines, cells, borders = drawn(200.0)
    fills, rules = [], []
    if style == "fills":
        fills = fills_of_themes(cells, borders)
    if "bands" in style:
        fills = bands(cells, borders)
    if "rules" in style:
        rules = [across(b, LEFT, EDGE - 2) for _, b in cells[:-1]]
    if style == "hairlines":
        rules = [across(b, EDGE, END, 0.8) for b in borders]
    (grid,) = read_page(page([*prose(100), *lines], rules, fills))
    themes = [(c.row, c.row_span, c.text) for c in grid.cells if c.column == 0 and c.text]
    assert themes == [
        (0, 1, "Theme"),
        (1, 3, "Helping victims cope and recover"),
        (4, 4, "Safer streets and young people"),
        (8, 1, "Total"),
    ]
    services = [c.text for c in grid.cells if c.column == 1 and c.text][1:]
    assert services == [" ".join(s) for _, rows in THEMES for s, _, _ in rows]


@pytest.mark.parametrize("shown_by", ["fills", "rules"])
def test_a_theme_printed_sideways_is_one_cell_beside_its_rows(shown_by: str) -> None:
    lines, cells, borders = drawn(200.0)
    upright = [[w for w in line if w.box.x0 > 150] for line in lines]
    total = words("Total", 160, borders[-1] + 4, bold=True)
    labels = ["Victims", "Safer streets"]
    turned = [
        sideways(label, 130, (a + b) / 2 + 30) for label, (a, b) in zip(labels, cells, strict=True)
    ]
    fills = [Fill(Box(125, a, 145, b - 1), (220, 230, 240)) for a, b in cells]
    ends = [cells[0][0], *(b for _, b in cells)]
    rules = [across(y, 125, END) for y in ends]
    rules += [across(y, EDGE, END, 0.8) for y in borders if y not in ends]
    (grid,) = read_page(
        page([*prose(100), *upright, total, *turned], rules, fills if shown_by == "fills" else ())
    )
    themes = [(c.row, c.row_span, c.text) for c in grid.cells if c.column == 0 and c.text]
    assert themes == [(1, 3, labels[0]), (4, 4, labels[1])]
    amounts = [c.text for c in grid.cells if c.column == grid.column_count - 1 and c.row]
    assert amounts == [a for _, rows in THEMES for _, _, a in rows] + ["908,320"]


def test_rules_that_leave_the_first_column_out_show_what_is_one_theme() -> None:
    lines, cells, borders = drawn(200.0)
    ends = {b for _, b in cells}
    rules = [across(b, LEFT if b in ends else EDGE, END) for b in borders]
    (grid,) = read_page(page([*prose(100), *lines], rules))
    themes = [(c.row, c.row_span, c.text) for c in grid.cells if c.column == 0 and c.text]
    assert themes[1:3] == [
        (1, 3, "Helping victims cope and recover"),
        (4, 4, "Safer streets and young people"),
    ]
