"""Consultation tables: each comment once, with its theme, question and response."""

import json
from pathlib import Path

import pytest

from extractors.model import Cell, Table
from pipeline.consultation import consultation_columns, read_comments, read_tally

GOLD = Path(__file__).parent.parent.parent / "shared" / "gold"


def table(rows: list[list[str | tuple[str, int, int] | None]], **facts: int) -> Table:
    """A table from rows of texts; (text, rows, columns) spans, None is covered by a span."""
    cells = []
    for r, row in enumerate(rows):
        for c, entry in enumerate(row):
            if entry is not None:
                text, down, across = entry if isinstance(entry, tuple) else (entry, 1, 1)
                cells.append(Cell(r, c, text, down, across))
    return Table(
        1, len(rows), max(map(len, rows)), tuple(cells), header_rows=facts.get("header", 1)
    )


def test_a_numbered_table_with_a_banner() -> None:
    found = read_comments(
        table(
            [
                [("COMMENT", 1, 2), None, "RESPONSE"],
                [("PCC GRANT", 1, 3), None, None],
                ["29", "The grant should go further.", "Agreed."],
                ["30", "Why • this\n• and that", ""],
            ]
        )
    )
    assert [(c.number, c.theme, c.comment, c.response) for c in found] == [
        ("29", "PCC GRANT", "The grant should go further.", "Agreed."),
        ("30", "PCC GRANT", "Why • this\n• and that", None),
    ]


def test_a_response_printed_once_stands_with_every_answer() -> None:
    found = read_comments(
        table(
            [
                ["Question", "Answers from stakeholders", "OPCC response"],
                ["Q1a. Six months?", "No = 9\nYes = 2\nBlank = 4", ("We will pay a year.", 3, 1)],
                [("Q1b. And then?", 2, 1), "It is clear.", None],
                [None, "It is not.", None],
                ["Q3b(i) How?", "So.", "Thanks."],
            ]
        )
    )
    assert [(c.number, c.response, c.response_joined) for c in found] == [
        ("Q1a.1", "We will pay a year.", False),
        ("Q1b.1", "We will pay a year.", True),
        ("Q1b.2", "We will pay a year.", True),
        ("Q3b(i).1", "Thanks.", False),
    ]
    assert json.loads(found[0].tally or "") == {"No": 9, "Yes": 2, "Blank": 4}


def test_a_row_that_goes_on_without_a_number_is_the_same_comment() -> None:
    found = read_comments(
        table([["No", "You said", "We did"], ["1", "It is", "Yes"], ["", "late.", ""]])
    )
    assert [(c.number, c.comment, c.response) for c in found] == [("1", "It is late.", "Yes")]


@pytest.mark.parametrize(
    "heads",
    [
        ["Service name", "Provider", "Response"],
        ["Service", "Budget (£)"],
        ["Risk", "Impact", "Response"],
    ],
)
def test_other_tables_are_no_consultation(heads: list[str]) -> None:
    assert consultation_columns(table([heads, ["a" for _ in heads]])) is None


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("No = 9 Yes = 2 Blank = 4", {"No": 9, "Yes": 2, "Blank": 4}),
        ("Strongly agree: 12; Agree: 30", {"Strongly agree": 12, "Agree": 30}),
        ("We counted Yes = 2 and more", None),
        ("Q = 4", None),
    ],
)
def test_tallies(text: str, counts: dict[str, int] | None) -> None:
    tally = read_tally(text)
    assert (json.loads(tally) if tally else None) == counts


@pytest.mark.parametrize(
    "name", ["consultation-responses-2014", "consultation-responses-2014.specimen"]
)
def test_every_printed_comment_comes_back(name: str) -> None:
    path = GOLD / f"{name}.json"
    if not path.exists():
        pytest.skip("gold is not beside this checkout")
    printed = json.loads(path.read_text(encoding="utf-8"))["comments"]
    rows: list[list[str | tuple[str, int, int] | None]] = [["", "COMMENT", "RESPONSE"]]
    theme = None
    for comment in printed:
        if comment["theme"] != theme:
            theme = comment["theme"]
            rows.append([(theme, 1, 3), None, None])
        rows.append([str(comment["number"]), comment["comment"], comment["response"]])
    found = read_comments(table(rows))
    assert [(int(c.number or 0), c.theme, c.comment, c.response) for c in found] == [
        (c["number"], c["theme"], c["comment"], c["response"]) for c in printed
    ]
