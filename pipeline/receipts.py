"""The receipt of an amount, in words and as a picture: where it is printed and how it was read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any


class NoSuchAmount(LookupError):
    """No amount of that id in the database; the message says where ids stand."""


class NothingToDraw(ValueError):
    """The amount stands on no page (Word, prose without a box)."""


def open_database(database: Path) -> sqlite3.Connection:
    """The database, for reading only, with rows by name; FileNotFoundError where it is not."""
    if not database.exists():
        raise FileNotFoundError(f"{database} is not there; `spendtrail run` makes it")
    connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def find_amount(database: Path, amount_id: str) -> dict[str, Any]:
    """The row of `spending` for an amount; the beginning of an id will do if only one has it."""
    with closing(open_database(database)) as db:
        found = db.execute(
            "SELECT * FROM spending WHERE amount_id = ?1 OR substr(amount_id, 1, length(?1)) = ?1 "
            "ORDER BY amount_id = ?1 DESC LIMIT 2",
            (amount_id,),
        ).fetchall()
    if not found or (len(found) > 1 and found[0]["amount_id"] != amount_id):
        raise NoSuchAmount(
            f"{len(found) or 'no'} amounts have an id that begins with {amount_id!r}; "
            "ids stand in the view spending, column amount_id"
        )
    return dict(found[0])


def tell_receipt(database: Path, amount: dict[str, Any]) -> str:
    """The receipt of one row of `spending` in words; for Word, the table row between others."""
    value = amount["amount"]
    sum_of_money = "not known yet" if value is None else f"£{value:,.2f}"
    rows: list[tuple[str, Any]] = [
        ("amount", f'{sum_of_money}, printed "{amount["amount_printed"]}"'),
        ("status", _with_reason(amount["status"], amount["status_reason"])),
        ("year", _with_source(amount["financial_year"], amount["year_source"])),
        ("phase", _with_source(amount["phase"], amount["phase_source"])),
        ("liberties", amount["flags"]),
        ("note", amount["note"]),
        ("section", amount["section"]),
        ("service", amount["service_printed"]),
        ("provider", amount["provider_printed"]),
        ("provision", amount["provision"]),
        ("mechanism", amount["mechanism_printed"]),
        ("reach", amount["reach_printed"]),
        ("document", f"{amount['document']} ({amount['publisher'] or 'publisher not known'})"),
        ("place", _place(amount)),
        ("table", _table(amount)),
    ]
    told = [f"{name:<10} {words}" for name, words in rows if words]
    if amount["page"] is None and amount["table_number"] is not None:
        told += ["", *_rows_around(database, amount)]
    return "\n".join(told)


def _with_reason(word: str, reason: str | None) -> str:
    return f"{word}: {reason}" if reason else word


def _with_source(word: str | None, source: str | None) -> str:
    return f"{word or 'not found'}" + (f", from the {source}" if source else "")


def _place(amount: dict[str, Any]) -> str:
    if amount["page"] is None:
        return f"paragraph {amount['paragraph']}" if amount["paragraph"] else ""
    if amount["x0"] is None:
        return f"page {amount['page']}"
    corners = ", ".join(f"{amount[side]:g}" for side in ("x0", "top", "x1", "bottom"))
    return f"page {amount['page']}, box {corners} (points from the top left corner)"


def _table(amount: dict[str, Any]) -> str:
    if amount["table_number"] is None:
        return "none: printed in running text"
    title = f' "{amount["table_title"]}"' if amount["table_title"] else ""
    return f"{amount['table_number']}{title}, row {amount['row']}, column {amount['column']}"


def _rows_around(database: Path, amount: dict[str, Any]) -> Iterator[str]:
    with closing(open_database(database)) as db:
        cells = db.execute(
            'SELECT row, "column", text FROM cell WHERE document = ? AND table_number = ? '
            'AND row BETWEEN ? - 1 AND ? + 1 ORDER BY row, "column"',
            (amount["document"], amount["table_number"], amount["row"], amount["row"]),
        ).fetchall()
    for row in sorted({cell["row"] for cell in cells}):
        texts = [
            f"[{' '.join(cell['text'].split())}]"
            if (row, cell["column"]) == (amount["row"], amount["column"])
            else " ".join(cell["text"].split())
            for cell in cells
            if cell["row"] == row
        ]
        yield f"{'>' if row == amount['row'] else ' '} {row:>3}  " + " | ".join(texts)


def draw_receipt(database: Path, raw: Path, amount: dict[str, Any]) -> bytes:
    """The page of a PDF with the amount boxed in red, its line lightly in orange, as a PNG.

    Raises NothingToDraw for an amount without a box (Word), FileNotFoundError where the document
    has gone, and whatever the reader raises where it is another file now.
    """
    from extractors.model import Box
    from extractors.pdf.picture import ORANGE, RED, Frame, draw_page

    if amount["page"] is None or amount["x0"] is None:
        raise NothingToDraw(
            f"{amount['document']} has no pages to draw; `show` tells the row in text"
        )
    frames = []
    with closing(open_database(database)) as db:
        line = db.execute(
            "SELECT page, x0, top, x1, bottom FROM line WHERE line_id = ?", (amount["line_id"],)
        ).fetchone()
    if line is not None and line["page"] == amount["page"] and line["x0"] is not None:
        box = Box(line["x0"], line["top"], line["x1"], line["bottom"])
        frames.append(Frame(box, ORANGE, width=0.5, tint=0.12))
    box = Box(amount["x0"], amount["top"], amount["x1"], amount["bottom"])
    frames.append(Frame(box, RED))
    return draw_page(raw / amount["document"], amount["page"], frames)
