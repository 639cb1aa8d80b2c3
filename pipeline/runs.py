"""The log of runs that the database carries on from one edition of itself to the next."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.records import RunRow

VERSION = "0.1.0"


def last_inputs(database: Path) -> str | None:
    """The hash of all that the database follows from; None where it is absent or damaged."""
    if not database.exists():
        return None
    try:
        with closing(_open(database)) as connection:
            row = connection.execute("SELECT inputs FROM run ORDER BY run DESC LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        return None
    return row[0] if row else None


def earlier_runs(database: Path) -> tuple[RunRow, ...]:
    """The runs that the database knows of, first first; none where it is absent or damaged."""
    from pipeline.records import RunRow

    if not database.exists():
        return ()
    names = list(RunRow.__dataclass_fields__)
    try:
        with closing(_open(database)) as connection:
            found = connection.execute(f"SELECT {', '.join(names)} FROM run ORDER BY run")
            return tuple(RunRow(**dict(zip(names, row, strict=True))) for row in found)
    except sqlite3.DatabaseError:
        return ()


def run_row(
    started: datetime,
    *,
    number: int,
    read: int,
    unchanged: int,
    failed: int,
    amounts: int,
    stages: dict[str, float],
    inputs: str | None,
) -> RunRow:
    """This run as a row, finished now."""
    from pipeline.records import RunRow

    return RunRow(
        run=number,
        started=_written(started),
        finished=_written(datetime.now(UTC)),
        version=VERSION,
        documents_read=read,
        documents_unchanged=unchanged,
        documents_failed=failed,
        amounts=amounts,
        stages=json.dumps(stages),
        inputs=inputs,
    )


def note_idle_run(database: Path, started: datetime, stages: dict[str, float]) -> None:
    """Add a run that found nothing new, on a copy that is swapped in like any new edition."""
    from pipeline.store import swap_in

    fresh = database.with_name(database.name + ".new")
    shutil.copyfile(database, fresh)
    with closing(sqlite3.connect(fresh)) as connection, connection:
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute(
            "INSERT INTO run SELECT run + 1, ?, ?, ?, 0, documents_read + documents_unchanged, "
            "documents_failed, amounts, ?, inputs FROM run ORDER BY run DESC LIMIT 1",
            (_written(started), _written(datetime.now(UTC)), VERSION, json.dumps(stages)),
        )
    swap_in(fresh, database)


def _open(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
