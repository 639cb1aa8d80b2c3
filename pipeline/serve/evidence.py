"""All that speaks for or against one amount, gathered from the database for its page."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.changes import money

Row = dict[str, Any]
ROWS_OF_WORD = 60  # rows of a long table that are shown around the cell
READINGS = {
    "heading": "from the heading of its column",
    "title": "from the title of the table",
    "document": "from the document",
}


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed total that covers the amount: its parts, and whether they were all found.

    `parts` are the amounts it is made of; `whole` is False where they do not come to what the
    judge computed, and are then no proof.
    """

    total: Row
    parts: tuple[Row, ...]
    parts_pounds: float
    whole: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a waterfall: words, bits, and where its bar begins and ends in per cent."""

    words: str
    bits: float
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines compared: the other line, what was decided, and why, step by step."""

    decided_by: str
    reason: str
    bits: float
    other: Row
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the page of one amount shows."""

    amount: Row
    document: Row
    line: Row
    service_id: str | None
    second_reading: str | None
    heading: str | None
    sums: tuple[Sum, ...]
    checks: tuple[Row, ...]
    names: tuple[Row, ...]
    link: Row | None
    pairs: tuple[Pair, ...]
    others: tuple[Row, ...]
    siblings: tuple[Row, ...]
    cells: tuple[tuple[Row, ...], ...]
    citation: str


def find(connection: sqlite3.Connection, amount_id: str) -> Evidence | None:
    """Everything about an amount; None where there is none of that id."""
    amount = _one(connection, "SELECT * FROM spending WHERE amount_id = ?", (amount_id,))
    if amount is None:
        return None
    document = _one(connection, "SELECT * FROM documents WHERE document = ?", (amount["document"],))
    line = _one(connection, "SELECT * FROM line WHERE line_id = ?", (amount["line_id"],))
    assert document is not None and line is not None  # the schema refers to both
    link = _one(connection, "SELECT * FROM service_links WHERE line_id = ?", (amount["line_id"],))
    return Evidence(
        amount=amount,
        document=document,
        line=line,
        service_id=link["service_id"] if link else None,
        second_reading=connection.execute(
            "SELECT second_reading FROM amount WHERE amount_id = ?", (amount_id,)
        ).fetchone()[0],
        heading=_heading(connection, amount),
        sums=tuple(_sums(connection, amount, line)),
        checks=_checks(connection, amount),
        names=_all(
            connection,
            "SELECT * FROM provider_names WHERE document = ? AND printed = ?",
            (amount["document"], amount["provider_printed"]),
        ),
        link=link,
        pairs=tuple(_pairs(connection, amount["line_id"])),
        others=_others(connection, amount, link),
        siblings=_all(
            connection,
            "SELECT * FROM spending WHERE line_id = ? AND amount_id <> ? ORDER BY financial_year",
            (amount["line_id"], amount_id),
        ),
        cells=_cells(connection, amount),
        citation=cite(amount, document),
    )


def _all(connection: sqlite3.Connection, sql: str, values: Sequence[Any]) -> tuple[Row, ...]:
    found = connection.execute(sql, values)
    names = [entry[0] for entry in found.description]
    return tuple(dict(zip(names, row, strict=True)) for row in found)


def _one(connection: sqlite3.Connection, sql: str, values: Sequence[Any]) -> Row | None:
    return next(iter(_all(connection, sql, values)), None)


def _at(amount: Row) -> tuple[Any, ...]:
    return amount["document"], amount["table_number"], amount["column"]


def _heading(connection: sqlite3.Connection, amount: Row) -> str | None:
    """The words above the amount's column."""
    found = connection.execute(
        "SELECT heading FROM budget_column WHERE document = ? AND table_number = ? "
        'AND "column" = ?',
        _at(amount),
    ).fetchone()
    return found[0] if found else None


def _sums(connection: sqlite3.Connection, amount: Row, line: Row) -> list[Sum]:
    """The printed totals of the amount's own column that cover it, the narrowest first."""
    totals = _all(
        connection,
        'SELECT * FROM printed_totals WHERE document = ? AND table_number = ? AND "column" = ? '
        "AND (section IS NULL OR section = ?) ORDER BY section IS NULL, row",
        (*_at(amount), amount["section"]),
    )
    found = []
    for total in totals:
        parts = _all(
            connection,
            "SELECT amount_id, amount, amount_printed, service_printed, provider_printed, section, "
            'page FROM spending WHERE document = ? AND table_number = ? AND "column" = ? '
            "AND (?4 IS NULL OR section = ?4) ORDER BY row, amount_id",
            (*_at(amount), total["section"]),
        )
        pounds = sum(round((part["amount"] or 0) * 100) for part in parts) / 100
        whole = total["computed"] is not None and round(pounds * 100) == round(
            total["computed"] * 100
        )
        found.append(Sum(total, parts, pounds, whole))
    return found


def _checks(connection: sqlite3.Connection, amount: Row) -> tuple[Row, ...]:
    """Checks of the same table that do not agree, and those that speak of the status."""
    return _all(
        connection,
        "SELECT * FROM checks WHERE document = ? AND table_number = ? "
        "AND verdict NOT IN ('agrees', 'rounding')",
        (amount["document"], amount["table_number"]),
    )


def _pairs(connection: sqlite3.Connection, line_id: str) -> list[Pair]:
    """What the line was compared with: linked first, then what is undecided, then the rest."""
    found = []
    for pair in _all(
        connection,
        "SELECT * FROM service_pair WHERE earlier_line = ?1 OR later_line = ?1 "
        "ORDER BY decided_by = 'undecided', bits DESC LIMIT 4",
        (line_id,),
    ):
        other_id = pair["later_line"] if pair["earlier_line"] == line_id else pair["earlier_line"]
        other = _one(
            connection,
            "SELECT line_id, document, service_printed, provider_printed, financial_year, amount, "
            "amount_id FROM spending WHERE line_id = ? ORDER BY financial_year LIMIT 1",
            (other_id,),
        )
        steps = _all(
            connection,
            "SELECT words, bits FROM pair_evidence WHERE earlier_line = ? AND later_line = ? "
            "ORDER BY position",
            (pair["earlier_line"], pair["later_line"]),
        )
        if other is not None:
            found.append(
                Pair(pair["decided_by"], pair["reason"], pair["bits"], other, waterfall(steps))
            )
    return found


def waterfall(found: Sequence[Row]) -> tuple[Step, ...]:
    """Findings that move the odds as bars that begin where the one before ended.

    The bars span 0 to 100 from the lowest to the highest running sum.
    """
    moving = [row for row in found if row["bits"]]
    running = [0.0]
    for row in moving:
        running.append(running[-1] + row["bits"])
    low, high = min(running), max(running)
    span = (high - low) or 1.0
    return tuple(
        Step(
            row["words"],
            row["bits"],
            round(100 * (min(a, b) - low) / span, 2),
            round(100 * abs(b - a) / span, 2),
        )
        for row, a, b in zip(moving, running, running[1:], strict=False)
    )


def _others(connection: sqlite3.Connection, amount: Row, link: Row | None) -> tuple[Row, ...]:
    """What other lines state for the same service and year."""
    if link is None or amount["financial_year"] is None:
        return ()
    return _all(
        connection,
        "SELECT s.* FROM service_links k JOIN spending s USING (line_id) "
        "WHERE k.service_id = ? AND s.financial_year = ? AND s.amount_id <> ? "
        "ORDER BY s.is_current DESC, s.document",
        (link["service_id"], amount["financial_year"], amount["amount_id"]),
    )


def _cells(connection: sqlite3.Connection, amount: Row) -> tuple[tuple[Row, ...], ...]:
    """The amount's table row by row, its header always; a long one only around the amount."""
    if amount["table_number"] is None or amount["row"] is None:
        return ()
    found = _all(
        connection,
        'SELECT row, "column", row_span, column_span, raw AS text, is_header FROM cells '
        "WHERE document = ?1 AND table_number = ?2 AND (is_header OR row BETWEEN ?3 AND ?4) "
        'ORDER BY row, "column"',
        (
            amount["document"],
            amount["table_number"],
            amount["row"] - ROWS_OF_WORD // 2,
            amount["row"] + ROWS_OF_WORD // 2,
        ),
    )
    rows: dict[int, list[Row]] = {}
    for cell in found:
        rows.setdefault(cell["row"], []).append(cell)
    return tuple(tuple(row) for row in rows.values())


def cite(amount: Row, document: Row) -> str:
    """A citation: publisher, document, place, figure, hash of the document's bytes."""
    figure = money(None if amount["amount"] is None else round(amount["amount"] * 100))
    place = []
    if amount["page"]:
        place.append(f"page {amount['page']}")
    if amount["table_number"]:
        title = f" “{amount['table_title']}”" if amount["table_title"] else ""
        place.append(f"table {amount['table_number']}{title}")
    if amount["paragraph"] and not amount["page"]:
        place.append(f"paragraph {amount['paragraph']}")
    parts = [
        document["publisher"] or "Publisher not known",
        f"{document['title'] or document['document']} ({document['document']})",
        *place,
        f"{amount['service_printed'] or amount['provider_printed'] or 'amount'}, "
        f"{amount['financial_year'] or 'no year'}, {amount['phase']}: "
        f"{figure or 'not known yet'}, printed “{amount['amount_printed']}”",
        f"sha256 {document['sha256']}",
        f"Spendtrail {amount['amount_id']}",
    ]
    if document["source_url"]:
        parts.insert(2, document["source_url"])
    return ", ".join(parts[:-2]) + f". {parts[-2]}. {parts[-1]}."
