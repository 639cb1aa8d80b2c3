"""The examples run, and print what the files beside them say.

After a rightful change: pytest tests/test_examples.py --renew-golden, and read the difference.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"


def printed(script: str, argument: Path) -> str:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / script), str(argument)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", ["ten_questions", "with_pandas", "with_duckdb"])
def test_an_example_prints_what_is_written_beside_it(
    name: str, specimens: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    argument = specimens
    if name == "with_duckdb":
        pytest.importorskip("duckdb", reason="duckdb is not installed")
        from pipeline.export import export

        export(specimens, tmp_path, ("parquet",))
        argument = tmp_path
    said = printed(f"{name}.py", argument)
    kept = EXAMPLES / f"{name}.txt"
    if request.config.getoption("--renew-golden"):
        kept.write_text(said, encoding="utf-8")
    assert said == kept.read_text(encoding="utf-8")


def test_parquet_and_sqlite_come_to_the_same_pounds(specimens: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    import sqlite3

    from pipeline.export import export

    export(specimens, tmp_path, ("parquet",))
    path = tmp_path / "spending.parquet"
    asked = duckdb.connect().execute(f"SELECT sum(amount), count(*) FROM '{path}'")
    in_parquet = asked.fetchone()
    with sqlite3.connect(specimens) as db:
        pence, count = db.execute("SELECT sum(pence), count(*) FROM amount").fetchone()
    assert (int(in_parquet[0] * 100), in_parquet[1]) == (pence, count)


def test_there_are_ten_questions() -> None:
    text = (EXAMPLES / "ten_questions.sql").read_text(encoding="utf-8")
    assert [f"\n-- {n}. " in text for n in range(1, 12)] == [True] * 10 + [False]
