"""How quickly the site answers with 100,000 amounts: python benchmarks/serve.py [amounts]

The documents of raw_docs/ are repeated under other names, publishers and ids. Times are of the
site without a network: first, and the median of the further ones.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx

from pipeline.run import Project, run
from pipeline.serve.site import Site

ROOT = Path(__file__).parent.parent
PUBLISHERS = 40
# Table -> columns that carry an id, a document's name or a service's id, and so get the prefix.
TABLES: dict[str, tuple[str, ...]] = {
    "document": ("document",),
    "page": ("document",),
    "printed_table": ("document",),
    "cell": ("document",),
    "budget_column": ("document",),
    "line": ("line_id", "document"),
    "amount": ("amount_id", "line_id", "document"),
    "total": ("document",),
    "service": ("service_id",),
    "service_link": ("line_id", "service_id"),
    "history": ("service_id", "document", "amount_id"),
    "provider_name": ("document",),
    "service_event": ("document",),
    "sum_check": ("document",),
    "lead": ("document",),
}
LIMITS = {"front page": 0.3, "picture": 0.5}


def repeat(database: Path, raw: Path, amounts: int) -> None:
    """Repeat all rows of a database until it has so many amounts; documents are linked."""
    with closing(sqlite3.connect(database)) as db, db:
        one = db.execute("SELECT count(*) FROM amount").fetchone()[0]
        documents = [name for (name,) in db.execute("SELECT document FROM document")]
        publisher = db.execute("SELECT max(publisher) FROM document").fetchone()[0]
        for number in range(1, amounts // one + 1):
            mark = f"{number:04d}-"
            for table, marked in TABLES.items():
                columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
                taken = [
                    f"'{mark}' || \"{name}\"" if name in marked else _other(table, name, number)
                    for name in columns
                ]
                where = " WHERE document NOT GLOB '[0-9][0-9][0-9][0-9]-*'"
                if "document" not in columns:
                    key = marked[0]
                    where = f" WHERE {key} NOT GLOB '[0-9][0-9][0-9][0-9]-*'"
                names = ", ".join(f'"{name}"' for name in columns)
                db.execute(
                    f"INSERT INTO {table} ({names}) SELECT {', '.join(taken)} FROM {table}{where}"
                )
            for name in documents:
                os.link(raw / name, raw / f"{mark}{name}")
        db.execute("DELETE FROM publisher_year")
        db.execute(
            "INSERT INTO publisher_year SELECT coalesce(d.publisher, ''), a.financial_year, "
            "count(DISTINCT a.document), count(DISTINCT a.line_id), NULL, "
            "sum(a.pence * (a.status = 'proven')), sum(a.pence * (a.status = 'unproven')), "
            "sum(a.pence * (a.status = 'contradicted')), min(a.document) FROM amount a "
            "JOIN document d USING (document) WHERE a.financial_year IS NOT NULL GROUP BY 1, 2"
        )
        db.execute("DELETE FROM line_text")
        db.execute(
            "INSERT INTO line_text SELECT line_id, coalesce(service_printed, '') || ' ' || "
            "coalesce(provider, '') FROM line"
        )
        assert publisher


def _other(table: str, column: str, number: int) -> str:
    if column == f"{table}_id":
        return "NULL"  # a number that the database gives
    if column == "position" and table in ("sum_check", "service_event", "lead"):
        return f"position + {number} * 100000"
    if column == "publisher":
        return f"publisher || ' {number % PUBLISHERS:02d}'"
    if column in ("from_ids", "to_ids"):
        return f"'{number:04d}-' || replace({column}, '; ', '; {number:04d}-')"
    return f'"{column}"'


async def measure(site: Site, database: Path) -> dict[str, tuple[float, float]]:
    """Seconds of the first and the median of the further answers for each kind of page."""
    with closing(sqlite3.connect(database)) as db:
        pdf = [
            row[0]
            for row in db.execute(
                "SELECT amount_id FROM spending WHERE page IS NOT NULL "
                "ORDER BY substr(amount_id, -5), amount_id LIMIT 12"
            )
        ]
        publisher, service = db.execute(
            "SELECT publisher, service_id FROM spending JOIN service_links USING (line_id) "
            "ORDER BY amount_id LIMIT 1"
        ).fetchone()
    asked = {
        "front page": ["/"] * 6,
        "front page of a publisher": [f"/?publisher={publisher}"] * 6,
        "evidence page": [f"/-/evidence/{one}" for one in pdf],
        "picture": [f"/-/evidence/{one}.png" for one in pdf],  # drawn anew each time
        "picture, kept": [f"/-/evidence/{one}.png" for one in pdf],
        "close-up": [f"/-/evidence/{one}.png?size=close" for one in pdf],
        "search": [f"/-/search?q={word}" for word in ("youth", "mental health", "city")],
        "service": [f"/-/service/{service}"] * 3,
        "question": ["/spendtrail/who_received?year=2017-18"] * 3,
        "compare years": ["/spendtrail/compare_years?before=2018-19&after=2019-20"] * 3,
        "spending with facets": ["/spendtrail/spending"] * 3,
    }
    found = {}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(site), base_url="http://localhost", timeout=120
    ) as client:
        for name, paths in asked.items():
            seconds = []
            for path in paths:
                if name in ("picture", "close-up"):
                    site.pictures.kept.clear()  # repeated documents have the same bytes
                since = time.perf_counter()
                answer = await client.get(path)
                seconds.append(time.perf_counter() - since)
                assert answer.status_code == 200, (path, answer.text[:400])
                assert "Not counted in time" not in answer.text, path
            found[name] = (seconds[0], median(seconds[1:]))
    return found


def main() -> None:
    """Print the table; exit 1 where a limit is broken."""
    amounts = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory(dir=ROOT / "output" if (ROOT / "output").exists() else None) as folder:
        raw = Path(folder) / "raw_docs"
        raw.mkdir()
        for path in (ROOT / "raw_docs").iterdir():
            if path.is_file():
                (raw / path.name).write_bytes(path.read_bytes())
        project = Project(raw, Path(folder) / "output", ROOT / "normalizers" / "judgements")
        database = run(project)
        repeat(database, raw, amounts)
        with closing(sqlite3.connect(database)) as db:
            count = db.execute("SELECT count(*) FROM amount").fetchone()[0]
        size = database.stat().st_size / 1e6
        print(f"{count:,} amounts, {size:,.0f} MB, {os.cpu_count()} cores")
        found = asyncio.run(measure(Site(database, raw), database))
    broken = False
    for name, (first, further) in found.items():
        limit = LIMITS.get(name)
        verdict = "" if limit is None else f"  limit {limit * 1000:.0f} ms"
        broken |= limit is not None and further > limit
        print(f"{name:<28} first {first * 1000:7.0f} ms   then {further * 1000:6.0f} ms{verdict}")
    raise SystemExit(1 if broken else 0)


if __name__ == "__main__":
    main()
