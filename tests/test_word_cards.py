"""Cards that a Word table only lays out are read as one table of records."""

from pathlib import Path

import pytest
from word_documents import document, grid, p, r, tbl, tc, tr


def above(title: str, *facts: tuple[str, str]) -> str:
    """A card with each label over its value."""
    return tc(p(title), *(p(text) for fact in facts for text in fact))


def before(title: str, *facts: tuple[str, str]) -> str:
    """A card with each label before its value."""
    return tc(p(title), *(p(f"{label}: {value}") for label, value in facts))


ONE = (("Partner", "Age Alliance"), ("Where", "County-wide"), ("Award 2024/25", "£12,400"))
TWO = (("Partner", "Hill Trust"), ("Where", "County-wide"), ("Award 2025/26", "£9,150"))
THREE = (("Partner", "Dale CIC"), ("Where", "Dale"), ("Award 2025/26", "TBC"))
READ = [
    ["", "Partner", "Where", "Award 2025/26", "Award 2024/25"],
    ["Warm Homes", "Age Alliance", "County-wide", "", "£12,400"],
    ["Hoarding Circle", "Hill Trust", "County-wide", "£9,150", ""],
    ["Night Café", "Dale CIC", "Dale", "TBC", ""],
]


@pytest.mark.parametrize("card", [above, before])
def test_a_card_to_a_cell_is_a_row(tmp_path: Path, card) -> None:  # type: ignore[no-untyped-def]
    first = tr(card("Warm Homes", *ONE), card("Hoarding Circle", *TWO))
    second = tr(card("Night Café", *THREE), tc(p("Could this be you?"), p("Ask for up to £10,000")))
    # Another card: a label is one where it comes again.
    more = tbl(tr(card("Bright Park", *ONE), card("A Hall for All", *TWO)))
    reading = document(tmp_path, p("Awards") + tbl(first, second) + p("More awards") + more)
    read = grid(reading)
    assert sorted(read[0]) == sorted(READ[0])
    by_label = [dict(zip(read[0], row, strict=True)) for row in read]
    assert by_label[1:] == [dict(zip(READ[0], row, strict=True)) for row in READ[1:]]
    assert [t.reader for t in reading.tables] == ["cards", "cards"]
    # What is no card is kept as running text.
    assert "Could this be you?" in [passage.text for passage in reading.passages]


def test_labels_over_values_in_a_table_within_a_card(tmp_path: Path) -> None:
    def card(title: str, who: str, sum_: str, label: str, count: str) -> str:
        inner = tbl(tr("Grant 2025/26", label), tr(sum_, count))
        return tc(p(title), p("Delivered by"), p(who), p(f"What {who} does"), inner, p())

    made = tbl(
        tr(
            card("Second Corner", "Youth Alliance", "£24,800", "Young people", "160"),
            card("Station Hosts", "Rail Partnership", "£7,500", "Contacts", "9,400"),
        ),
        tr(
            card("Ring Ready", "Boxing Club", "£9,900", "Young people", "75"),
            card("Knife Edge", "Causeway", "TBC", "Pupils", "22"),
        ),
    )
    (table,) = (reading := document(tmp_path, made)).tables
    heads, *rows = grid(reading)
    assert [dict(zip(heads[1:-1], row[1:-1], strict=True))["Grant 2025/26"] for row in rows] == [
        "£24,800",
        "£7,500",
        "£9,900",
        "TBC",
    ]
    assert {"Young people", "Contacts", "Pupils"} < set(heads)
    assert [row[-1] for row in rows] == [
        "What Youth Alliance does",
        "What Rail Partnership does",
        "What Boxing Club does",
        "What Causeway does",
    ]
    assert table.parent is None


def test_cells_of_several_lines_in_a_table_of_columns_are_no_cards(tmp_path: Path) -> None:
    def row(name: str, who: str, sum_: str) -> str:
        facts = tc(p(name), p(f"Provider: {who}"), p("Area: Force-wide"))
        return tr(facts, tc(p("What it does"), p("and for whom")), sum_)

    made = tbl(
        tr("Service", "Description", "2024/25"),
        row("IDVA", "Aid", "£4,100"),
        row("ISVA", "Oak Trust", "£2,900"),
    )
    assert [t.reader for t in document(tmp_path, made).tables] == ["word"]


def test_a_line_that_ends_in_a_sum_is_no_heading_over_cards(tmp_path: Path) -> None:
    bold = "<w:b/>"
    body = (
        p(r("Mentoring and outreach", bold))
        + p("Total for two projects: £21,550")
        + tbl(tr(above("Warm Homes", *ONE), above("Hoarding Circle", *TWO)))
    )
    (table,) = document(tmp_path, body).tables
    assert table.title == "Mentoring and outreach"
    assert table.heading_path == ("Mentoring and outreach",)


def test_tables_of_lines_side_by_side_are_no_cards(tmp_path: Path) -> None:
    def part(title: str, *lines: tuple[str, str]) -> str:
        inner = tbl(tr("Scheme", "2025/26"), *(tr(*line) for line in lines))
        return tc(p(title), p("Paid from reserves"), inner, p())

    left = part("Towns", ("Market hall", "£425"), ("Footbridge", "£1,180"))
    right = part("Floods", ("Recovery fund", "£350"), ("Festival", "£85"))
    reading = document(tmp_path, tbl(tr(left, right)))
    assert [t.reader for t in reading.tables] == ["word"] * 3
