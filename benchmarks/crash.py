"""Kills a run at many moments spread over its length and looks at what is left.

After each kill the database must open, pass SQLite's own checks and hold either the old or the
new edition; the next run must succeed. Prints how many moments were tried and how each ended.

    python benchmarks/crash.py [MOMENTS]
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from pipeline.run import Project, run
from pipeline.store import dump

RAW = Path(__file__).parent.parent / "raw_docs"
DECISIONS = Path(__file__).parent.parent / "normalizers" / "judgements"


def main(moments: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        raw = root / "raw_docs"
        raw.mkdir()
        documents = sorted(RAW.glob("*.pdf")) + sorted(RAW.glob("*.docx"))
        for path in documents[:-1]:
            shutil.copy(path, raw)
        old_project = Project(raw, root / "old", DECISIONS)
        run(old_project)
        old = "".join(dump(old_project.database))
        shutil.copy(documents[-1], raw)
        new_project = Project(raw, root / "new", DECISIONS)
        run(new_project)
        new = "".join(dump(new_project.database))
        seconds = _time_one(old_project, root / "timed", raw)
        ends: Counter[str] = Counter()
        for number in range(moments):
            output = root / f"killed-{number}"
            shutil.copytree(old_project.output, output)
            _kill_after(Project(raw, output, DECISIONS), seconds * (number + 0.5) / moments)
            ends[_state(output / "spendtrail.db", old, new)] += 1
            if number < moments - 1:  # a worker may still write there before it sees the end
                shutil.rmtree(output, ignore_errors=True)
        run(Project(raw, output, DECISIONS))
        ends["next run " + _state(output / "spendtrail.db", old, new)] += 1
    print(f"{moments} kills spread over {seconds:.2f} s: {dict(sorted(ends.items()))}")


def _time_one(old: Project, output: Path, raw: Path) -> float:
    shutil.copytree(old.output, output)
    began = time.perf_counter()
    worker = multiprocessing.get_context("fork").Process(
        target=run, args=(Project(raw, output, DECISIONS),)
    )
    worker.start()
    worker.join()
    return time.perf_counter() - began


def _kill_after(project: Project, seconds: float) -> None:
    victim = multiprocessing.get_context("fork").Process(target=run, args=(project,))
    victim.start()
    time.sleep(seconds)
    if victim.pid is not None and victim.is_alive():
        os.kill(victim.pid, signal.SIGKILL)
    victim.join()


def _state(database: Path, old: str, new: str) -> str:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            return "DAMAGED"
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            return "BROKEN KEYS"
    found = "".join(dump(database))
    return "new" if found == new else "old" if found == old else "MIXED"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
