"""What a perfect reading would give, beside what the database gives: multisets of plain tuples.

Text is compared without case, spaces and punctuation; money in pounds.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parent.parent.parent / "shared"


def plain(text: str | None) -> str:
    """The letters and digits of a text; a ticked box is an x."""
    text = (text or "").replace("☒", "x")
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text or "").casefold())


def load_gold(name: str) -> dict[str, Any]:
    """The gold of one document, `NAME` or `NAME.specimen`."""
    path = SHARED / "gold" / f"{name}.json"
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


def ask(database: Path, question: str, *values: str) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(database)) as db:
        db.row_factory = sqlite3.Row
        return db.execute(question, values).fetchall()


def budget_rows(database: Path, view: str, file: str) -> list[sqlite3.Row]:
    """The rows of a view that stand in the tables which the gold takes for budgets.

    Of the tables that it gives cell by cell, some hold sums too (allocations beside the
    budget); lines read from them are no inventions, and their cells are compared elsewhere.
    """
    gold = next(
        each
        for path in sorted((SHARED / "gold").glob("*.json"))
        if (each := json.loads(path.read_text(encoding="utf-8")))["document"]["file"] == file
    )
    others = {plain(table["title"]) for table in gold["tables"]}
    budgets = {plain(line["table"]) for line in gold["budget_lines"]}
    return [
        row
        for row in ask(database, f"SELECT * FROM {view} WHERE document = ?", file)
        if plain(row["table_title"]) in budgets or plain(row["table_title"]) not in others
    ]


def gold_figures(gold: dict[str, Any]) -> Counter[tuple[Any, ...]]:
    """(service, year, pounds) of every amount."""
    return Counter(
        (plain(line.get("service")), year, round(amount["value"], 2))
        for line in gold["budget_lines"]
        for year, amount in line["amounts"].items()
    )


def found_figures(database: Path, file: str) -> Counter[tuple[Any, ...]]:
    rows = budget_rows(database, "spending", file)
    return Counter(
        (plain(r["service_printed"]), r["financial_year"], round(r["amount"] or 0, 2)) for r in rows
    )


TEXTS = ("section", "service", "provider", "provision", "mechanism", "reach")


def gold_records(gold: dict[str, Any]) -> Counter[tuple[Any, ...]]:
    """Every whole line: its texts, its priorities and all its amounts with their notes."""
    records: Counter[tuple[Any, ...]] = Counter()
    for line in gold["budget_lines"]:
        priorities = line.get("strategic_priorities") or {}
        records[
            (
                *(plain(line.get(name)) for name in TEXTS),
                plain(
                    "".join(filter(None, (priorities.get("primary"), priorities.get("secondary"))))
                ),
                tuple(
                    sorted(
                        (year, round(amount["value"], 2), plain(amount.get("note")))
                        for year, amount in line["amounts"].items()
                    )
                ),
            )
        ] += 1
    return records


def found_records(database: Path, file: str) -> Counter[tuple[Any, ...]]:
    lines: dict[str, list[sqlite3.Row]] = {}
    for row in budget_rows(database, "spending", file):
        lines.setdefault(row["line_id"], []).append(row)
    records: Counter[tuple[Any, ...]] = Counter()
    for rows in lines.values():
        first = rows[0]
        records[
            (
                plain(first["section"]),
                plain(first["service_printed"]),
                plain(first["provider_printed"]),
                plain(first["provision"]),
                plain(first["mechanism_printed"]),
                plain(first["reach_printed"]),
                plain(first["priorities"]),
                tuple(
                    sorted(
                        (r["financial_year"], round(r["amount"] or 0, 2), plain(r["note"]))
                        for r in rows
                    )
                ),
            )
        ] += 1
    return records


def gold_totals(gold: dict[str, Any]) -> Counter[tuple[Any, ...]]:
    """(section, label, year, pounds) of every printed total; section empty for a grand total."""
    return Counter(
        (plain(total["section"]), plain(total["label"]), year, round(amount["value"], 2))
        for total in gold["printed_totals"]
        for year, amount in total["amounts"].items()
    )


def found_totals(database: Path, file: str) -> Counter[tuple[Any, ...]]:
    rows = budget_rows(database, "printed_totals", file)
    return Counter(
        (plain(r["section"]), plain(r["label"]), r["financial_year"], round(r["amount"] or 0, 2))
        for r in rows
    )


def gold_cells(gold: dict[str, Any]) -> Counter[str]:
    """Every printed cell of the tables that are no budgets."""
    return Counter(
        plain(cell)
        for table in gold["tables"]
        for row in [table["header"], *table["rows"]]
        for cell in row
        if cell and plain(cell)
    )


def found_cells(database: Path, file: str) -> Counter[str]:
    return Counter(
        plain(r["text"]) for r in ask(database, "SELECT * FROM cells WHERE document = ?", file)
    )


def gold_comments(gold: dict[str, Any]) -> Counter[tuple[str, ...]]:
    """(number, theme, question, comment, response) of every consultation comment."""
    return Counter(
        (
            plain(str(c["number"])),
            plain(c.get("theme")),
            plain(c.get("question")),
            plain(c.get("comment") or c.get("answer")),
            plain(c.get("response")),
        )
        for c in gold.get("comments", [])
    )


def found_comments(database: Path, file: str) -> Counter[tuple[str, ...]]:
    return Counter(
        tuple(plain(r[name]) for name in ("number", "theme", "question", "comment", "response"))
        for r in ask(database, "SELECT * FROM comments WHERE document = ?", file)
    )


def gold_glossary(gold: dict[str, Any]) -> Counter[tuple[str, str]]:
    return Counter((plain(term), plain(meaning)) for term, meaning in gold["glossary"].items())


def found_glossary(database: Path, file: str) -> Counter[tuple[str, str]]:
    rows = ask(database, "SELECT * FROM glossary WHERE document = ? AND source = 'glossary'", file)
    return Counter((plain(r["term"]), plain(r["meaning"])) for r in rows)


def gold_mentions(gold: dict[str, Any]) -> Counter[tuple[Any, ...]]:
    """(pounds, qualifier) of every amount in running text."""
    return Counter((round(m["value"], 2), m["qualifier"] or "") for m in gold["money_mentions"])


def found_mentions(database: Path, file: str) -> Counter[tuple[Any, ...]]:
    rows = ask(database, "SELECT * FROM narrative_amounts WHERE document = ?", file)
    return Counter((round(r["amount"] or 0, 2), r["qualifier"] or "") for r in rows)


def gold_percentages(gold: dict[str, Any]) -> Counter[tuple[Any, ...]]:
    return Counter((float(m["value"]), m["qualifier"] or "") for m in gold["percentages"])


def found_percentages(database: Path, file: str) -> Counter[tuple[Any, ...]]:
    rows = ask(database, "SELECT * FROM percentages WHERE document = ?", file)
    return Counter((r["value"], r["qualifier"] or "") for r in rows)


COMPARISONS = {
    "figures": (gold_figures, found_figures),
    "records": (gold_records, found_records),
    "totals": (gold_totals, found_totals),
    "comments": (gold_comments, found_comments),
    "glossary": (gold_glossary, found_glossary),
    "mentions": (gold_mentions, found_mentions),
    "percentages": (gold_percentages, found_percentages),
}
