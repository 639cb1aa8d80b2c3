"""The judgement of every table in words: its sums, and where each of its numbers went."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pipeline.receipts import open_database

_MARKS = {"agrees": "=", "rounding": "≈", "publisher": "!", "misread": "?", "cannot_tell": "?"}


def tell_judgement(database: Path) -> Iterator[str]:
    """Lines of text: per document each table, its accounts, its totals and further checks."""
    with closing(open_database(database)) as db:
        for (document,) in db.execute("SELECT document FROM document ORDER BY document").fetchall():
            yield document
            tables = db.execute(
                "SELECT table_number, title, page FROM printed_table WHERE document = ? "
                "ORDER BY table_number",
                (document,),
            ).fetchall()
            for table in tables:
                at = (document, table["table_number"])
                lines, amounts = db.execute(
                    "SELECT count(DISTINCT line_id), count(amount_id) FROM line "
                    "LEFT JOIN amount USING (line_id) "
                    "WHERE line.document = ? AND table_number = ?",
                    at,
                ).fetchone()
                totals = db.execute(
                    "SELECT * FROM printed_totals WHERE document = ? AND table_number = ? "
                    'ORDER BY row, "column"',
                    at,
                ).fetchall()
                ignored, unaccounted = db.execute(
                    "SELECT count(reason), count(*) - count(reason) FROM number_seen "
                    "WHERE document = ? AND table_number = ?",
                    at,
                ).fetchone()
                title = f" {table['title']}" if table["title"] else ""
                page = f", page {table['page']}" if table["page"] else ""
                if not lines and not totals:
                    (checked,) = db.execute(
                        "SELECT count(*) FROM checks WHERE document = ? AND table_number = ?", at
                    ).fetchone()
                    said = f"{checked} checks of its figures" if checked else "no budget lines"
                    yield f"  table {table['table_number']}{title}{page}: {said}"
                    continue
                yield f"  table {table['table_number']}{title}{page}"
                yield (
                    f"    {lines} lines; numbers: {amounts} amounts, {len(totals)} totals, "
                    f"{ignored} ignored by name, {unaccounted} unaccounted"
                )
                for total in totals:
                    yield _tell_total(total)
            checks = db.execute(
                "SELECT * FROM checks WHERE document = ? ORDER BY rowid", (document,)
            ).fetchall()
            for check in checks:
                if check["verdict"] not in ("agrees",):
                    yield f"  {check['verdict']}: {check['explanation']}"


def _tell_total(total: object) -> str:
    row = dict(total)  # type: ignore[call-overload]
    mark = _MARKS[row["verdict"]]
    computed = "" if row["computed"] is None else f"{row['computed']:>16,.2f}"
    off = f"  off by {row['difference']:,.2f}" if row["difference"] else ""
    return (
        f"    {mark} {row['verdict']:<11} {row['financial_year'] or '':<8} "
        f"{row['amount_printed']:>14} {computed:>16}  {row['label']}{off}"
    )
