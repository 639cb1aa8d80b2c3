"""The spending history as a table: a row per service, a column per year."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from normalizers.deflators import in_prices_of
from pipeline.receipts import open_database


def history_table(
    database: Path, base: str | None = None, words: str | None = None
) -> list[tuple[str, ...]]:
    """Heading and rows: service, provider, theme, then pounds with pence for each year.

    `base` gives prices of that year; `words` keeps services whose name has them. Raises
    FileNotFoundError where there is no database, `ReferenceFault` for a base year without deflator.
    """
    with closing(open_database(database)) as db:
        return wide_table(db, base, words)


def wide_table(
    connection: sqlite3.Connection, base: str | None = None, words: str | None = None
) -> list[tuple[str, ...]]:
    """`history_table` on an open connection with rows by name."""
    if base is not None:
        in_prices_of(0, base, base)
    found = connection.execute(
        "SELECT service_id, service, provider, theme, financial_year, pence FROM history "
        "WHERE ?1 IS NULL OR instr(lower(service), lower(?1)) OR instr(service_id, lower(?1)) "
        "ORDER BY service_id, financial_year",
        (words,),
    ).fetchall()
    years = sorted({row["financial_year"] for row in found})
    services: dict[str, tuple[str, str, str]] = {}
    figures: dict[tuple[str, str], str] = {}
    for row in found:
        services[row["service_id"]] = (row["service"], row["provider"] or "", row["theme"] or "")
        pence = row["pence"]
        if pence is not None and base is not None:
            pence = in_prices_of(pence, row["financial_year"], base)
        if pence is not None:
            figures[row["service_id"], row["financial_year"]] = f"{pence / 100:.2f}"
    table = [("service", "provider", "theme", *years)]
    for service_id, named in services.items():
        table.append((*named, *(figures.get((service_id, year), "") for year in years)))
    return table
