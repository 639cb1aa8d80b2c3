"""The Parquet files of `spendtrail export` in DuckDB; money is exact decimal there.

    spendtrail export figures --format parquet
    python examples/with_duckdb.py figures

DuckDB can also attach the database itself, once it may fetch its SQLite extension:
    INSTALL sqlite; ATTACH 'output/spendtrail.db' AS spendtrail (TYPE sqlite, READ_ONLY);
"""

import sys
from pathlib import Path

import duckdb


def main(folder: str) -> None:
    db = duckdb.connect()
    for path in sorted(Path(folder).glob("*.parquet")):
        db.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM read_parquet('{path}')")
    for row in db.execute(
        "SELECT financial_year, count(*), sum(amount) FROM spending WHERE is_current = 1 "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        print(*row)
    print("printed totals that their own lines do not reach to the penny:")
    for row in db.execute(
        "SELECT document, label, amount - computed FROM printed_totals "
        "WHERE amount <> computed ORDER BY ALL"
    ).fetchall():
        print(*row)


main(sys.argv[1])
