"""Tables side by side under the same headings are tables of their own."""

from grid_pages import page, prose, right, rows_of, words

from extractors.grid import read_page
from extractors.grid.lines import page_lines
from extractors.grid.twins import read_twins
from extractors.model import Word

LEFT = [
    (["Abbey Allotment", "Society"], ["Rainwater tanks and", "a tool store"], "1,250.00"),
    (["St Wilfrid’s", "Lunch Club"], ["Commercial", "dishwasher"], "980.00"),
    (["Street Pastors"], ["Uniforms, radios and", "first aid training", "for all"], "2,400.00"),
    (["Total awarded"], [""], "4,630.00"),
]  # fmt: skip
RIGHT = [
    (["Tollgate Juniors"], ["Portable floodlights"], "3,000.00"),
    (["Cedars Day", "Centre"], ["Minibus hire for", "summer outings to", "the coast"], "860.00"),
    (["Running Group"], ["Vests"], "412.75"),
    (["Tollgate Parents"], ["Outdoor classroom"], "2,150.00"),
    (["Total awarded"], [""], "6,422.75"),
]


def half(
    rows: list[tuple[list[str], list[str], str]], x: float, top: float, title: str
) -> list[list[Word]]:
    """A table whose labels stand half way down its rows and whose sums at their foot."""
    drawn = [words(title, x, top - 18, 12.0, bold=True)]
    drawn.append(words("Group", x, top) + words("Purpose", x + 75, top))
    drawn[-1] += right("Award", x + 225, top)
    y = top + 16
    for group, purpose, award in rows:
        deep = max(len(group), len(purpose))
        for at, texts in ((x, group), (x + 75, purpose)):
            first = y + 5.5 * (deep - len(texts))
            drawn += [words(t, at, first + 11 * i) for i, t in enumerate(texts)]
        drawn.append(right(award, x + 225, y + 11 * (deep - 1)))
        y += 11 * deep + 8
    return drawn


def test_the_same_headings_twice_in_a_line_are_two_tables() -> None:
    drawn = [*prose(100), *half(LEFT, 56, 220, "Abbey Ward"), *half(RIGHT, 310, 220, "Tollgate")]
    tables = read_page(page(drawn))
    heads = ["Group", "Purpose", "Award"]
    assert [rows_of(t) for t in tables] == [
        [heads, *([" ".join(g), " ".join(p), award] for g, p, award in rows)]
        for rows in (LEFT, RIGHT)
    ]


def test_the_same_headings_over_two_years_are_one_table() -> None:
    drawn = [words("Service", 60, 200)]
    for x in (300, 360, 440, 500):
        drawn[-1] += right("Budget" if x in (300, 440) else "Actual", x, 200)
    for i, name in enumerate(["Victim First", "Hardship fund", "Street Sport", "Kicks", "Total"]):
        y = 220 + 14 * i
        drawn.append([w for x in (300, 360, 440, 500) for w in right(f"{9 - i},{x}", x, y)])
        drawn[-1] = words(name, 60, y) + drawn[-1]
    (table,) = read_page(page(drawn))
    assert table.column_count == 5


def test_the_last_cell_of_tables_side_by_side_goes_on_below_its_figures() -> None:
    drawn: list[list[Word]] = []
    for x, rows in ((60.0, 4), (320.0, 3)):
        drawn.append(words("Service", x, 200) + right("2024/25", x + 215, 200))
        for n in range(rows):
            y = 220 + 30 * n
            drawn.append(words(f"Service {rows}{n}", x, y) + right(f"{n}{rows}2", x + 215, y))
            drawn.append(words("Hill Trust", x, y + 10.5, 7.4))
    found = read_twins(page_lines(w for line in drawn for w in line), [])
    assert [part[-1].chunks[0].text for part in found] == ["Hill Trust"] * 2
    assert [len(part) for part in found] == [9, 7]
