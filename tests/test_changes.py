"""What differs between two databases, told by the promised views alone."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from pipeline.announce import ATOM, announce, markdown, summarise
from pipeline.changes import Change, compare, figures_moved, money
from pipeline.views import VIEWS

COMPARED = (
    "documents",
    "spending",
    "spending_history",
    "service_events",
    "service_links",
    "checks",
)


def database(**rows: list[dict[str, object]]) -> sqlite3.Connection:
    """A database whose views are plain tables with the promised columns."""
    connection = sqlite3.connect(":memory:")
    for view in VIEWS:
        if view.name in COMPARED:
            names = [column.name for column in view.columns]
            listed = ", ".join(f'"{name}"' for name in names)
            connection.execute(f'CREATE TABLE "{view.name}" ({listed})')
            for row in rows.get(view.name, []):
                assert set(row) <= set(names), f"{view.name} has no {set(row) - set(names)}"
                values = [row.get(name) for name in names]
                marks = ", ".join("?" * len(names))
                connection.execute(f'INSERT INTO "{view.name}" VALUES ({marks})', values)
    return connection


def spending(
    amount: float, service: str = "Helpline", document: str = "a.pdf"
) -> dict[str, object]:
    return {
        "document": document,
        "service_printed": service,
        "financial_year": "2025-26",
        "phase": "budget",
        "amount": amount,
    }


def current(amount: float, document: str = "a.pdf") -> dict[str, object]:
    return {
        "service": "Helpline",
        "service_id": "helpline",
        "financial_year": "2025-26",
        "amount": amount,
        "document": document,
    }


A = {"document": "a.pdf"}
B = {"document": "b.pdf"}


def test_equal_databases_differ_in_nothing():
    one = database(documents=[A], spending=[spending(10)], spending_history=[current(10)])
    two = database(documents=[A], spending=[spending(10)], spending_history=[current(10)])
    assert compare(one, two) == ()


def test_an_altered_figure_of_a_known_document_counts_as_moved():
    one = database(documents=[A], spending=[spending(10)])
    two = database(documents=[A], spending=[spending(12.5)])
    (change,) = compare(one, two)
    assert (change.kind, change.before, change.after) == ("figure moved", "£10", "£12.50")
    assert change.moved_pence == 250
    assert figures_moved([change]) == (change,)


def test_two_lines_of_one_name_are_matched_by_their_amounts():
    one = database(documents=[A], spending=[spending(10), spending(20)])
    two = database(documents=[A], spending=[spending(20), spending(11)])
    (change,) = compare(one, two)
    assert (change.before, change.after) == ("£10", "£11")


def test_a_new_document_may_restate_a_year_and_that_is_no_fault_of_the_code():
    one = database(documents=[A], spending=[spending(10)], spending_history=[current(10)])
    two = database(
        documents=[A, B],
        spending=[spending(10), spending(15, document="b.pdf")],
        spending_history=[current(15, "b.pdf")],
    )
    changes = compare(one, two)
    assert [c.kind for c in changes] == ["document added", "restated"]
    assert "stated by b.pdf; it was £10" in changes[1].explanation
    assert figures_moved(changes) == ()


def test_a_current_figure_that_moves_without_a_new_document_is_moved():
    one = database(documents=[A], spending=[spending(10)], spending_history=[current(10)])
    two = database(documents=[A], spending=[spending(10)], spending_history=[current(11)])
    assert [c.kind for c in figures_moved(compare(one, two))] == ["restated"]


def test_a_lost_document_is_moved():
    one = database(documents=[A, B], spending=[spending(10), spending(3, document="b.pdf")])
    two = database(documents=[A], spending=[spending(10)])
    (change,) = compare(one, two)
    assert change.kind == "document removed"
    assert change.before == "1 amounts, £3"
    assert figures_moved([change])


def test_new_events_links_and_contradictions_are_told():
    event = {
        "kind": "merged",
        "from_services": "A; B",
        "to_services": "C",
        "financial_year": "2025-26",
        "evidence": "1 + 2 = 3",
    }
    link = {"line_id": "x-t1-r1", "service": "Old", "service_printed": "C", "decided_by": "rule"}
    check = {"document": "a.pdf", "kind": "total", "scope": "Victims", "verdict": "publisher"}
    one = database(documents=[A], service_links=[link])
    two = database(
        documents=[A],
        service_events=[event],
        service_links=[{**link, "service": "New"}],
        checks=[check | {"explanation": "printed 5, computed 4"}],
    )
    assert [c.kind for c in compare(one, two)] == [
        "service merged",
        "relinked",
        "new contradiction",
    ]
    assert [c.kind for c in compare(two, one)] == ["relinked", "contradiction gone"]


@pytest.mark.parametrize(
    ("pence", "text"),
    [(None, None), (0, "£0"), (123_456, "£1,234.56"), (-500, "-£5"), (430_340_500, "£4,303,405")],
)
def test_money_for_a_reader(pence: int | None, text: str | None):
    assert money(pence) == text


# --- announcements --------------------------------------------------------------------

WHEN = datetime(2026, 4, 1, 8, 30, tzinfo=UTC)
CHANGE = Change("restated", "b.pdf", "Help | <b>line</b>", "2025-26", "£1", "£2", "why\x00", 100)


def test_the_report_is_written_as_markdown_json_and_feed(tmp_path: Path):
    path = announce([CHANGE], tmp_path, WHEN)
    assert path == tmp_path / "changes" / "2026-04-01T083000Z.md"
    assert path.with_suffix(".json").exists()
    root = etree.fromstring((tmp_path / "changes" / "feed.xml").read_bytes())
    assert root.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}title") == "1 restated; £1 moved"
    assert root.findtext(f"{{{ATOM}}}updated") == WHEN.isoformat()


def test_no_change_writes_nothing(tmp_path: Path):
    assert announce([], tmp_path, WHEN) is None
    assert list(tmp_path.iterdir()) == []


def test_printed_words_cannot_break_the_markdown_table():
    text = markdown([CHANGE], WHEN)
    assert "Help \\| \\<b\\>line\\</b\\>" in text
    assert summarise([CHANGE, CHANGE]) == "2 restated; £2 moved"
