"""Reading speed: our reading beside bare pdfplumber, and a second run beside the first.

    python benchmarks/reading.py [PDF...]

Ratios are taken within one process, best of three, imports excluded; seconds are CPU time, so that
a busy machine does not count.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
FRAMEWORKS = (
    "commissioning-framework-2017-18.pdf",
    "commissioning-framework-2020-21.pdf",
)


def best_of(times: int, work: Callable[[], object]) -> float:
    """The least CPU seconds that `work` took."""
    seconds = []
    for _ in range(times):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return min(seconds)


def read_bare(path: Path) -> int:
    """pdfplumber's tables of every page, and nothing else."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return sum(len(page.extract_tables()) for page in pdf.pages)


def read_ours(path: Path) -> int:
    """Everything up to judged records: pages, tables, budget lines, meaning, verdicts, words."""
    from pipeline.meaning import interpret
    from pipeline.reading import read_document
    from pipeline.sums import judge

    reading = read_document(path, path.name)
    assert reading.document is not None
    meaning = interpret(reading.document, reading.budgets, "")
    return len(judge(meaning, reading.document, reading.budgets).statuses)


def whole_run(output: Path) -> dict[str, float]:
    """CPU and wall seconds, and peak memory in MB, of `spendtrail run` in a process of its own."""
    command = [sys.executable, "-m", "pipeline.cli", "run", "--raw", str(ROOT / "raw_docs")]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(
        [*command, "--output", str(output), "--jobs", "2", "--json"],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, "megabytes": after.ru_maxrss / 1024}


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]] or [ROOT / "raw_docs" / f for f in FRAMEWORKS]
    ours = bare = 0.0
    for path in paths:
        read_ours(path), read_bare(path)  # imports, and the files in the page cache
        mine = best_of(3, partial(read_ours, path))
        theirs = best_of(3, partial(read_bare, path))
        print(f"{path.name:40} ours {mine:5.2f} s, pdfplumber {theirs:5.2f} s: {mine / theirs:.2f}")
        ours, bare = ours + mine, bare + theirs
    print(f"reading to judged records, against bare pdfplumber: {ours / bare:.2f} (limit 1.5)")
    with tempfile.TemporaryDirectory() as folder:
        first, second = whole_run(Path(folder)), whole_run(Path(folder))
    for name, run in (("first", first), ("second", second)):
        print(f"{name:6} run {json.dumps({key: round(value, 2) for key, value in run.items()})}")
    print(f"second run, against the first: {second['cpu'] / first['cpu']:.3f} (limit 0.1)")


if __name__ == "__main__":
    main()
