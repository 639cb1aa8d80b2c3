"""Reading speed: our reading beside bare pdfplumber, and a second run beside the first.

A cold run over all practice documents, from files to database, and over one long document,
beside pdfplumber's `extract_tables` over the same pages in one process; then the two frameworks
alone; then a first and a second run over `raw_docs/`.

    python benchmarks/reading.py [PDF...]

The frameworks are read within one process, best of three, imports excluded, in CPU time. Of the
cold runs the clock is meant for a machine that does nothing else; CPU holds on a busy one too.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONG = 600  # pages
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
    from normalizers.narrative import read_mentions
    from pipeline.accounts import draw_up
    from pipeline.discovery import Found
    from pipeline.reading import read_document

    account = draw_up(Found(path.name, path, ""), None, read_document(path, path.name))
    return len(account.lines) + len(read_mentions(located.text for located in account.texts))


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and those it started took: seconds on the clock and of CPU, peak memory."""

    wall: float
    cpu: float
    megabytes: float  # of the largest process

    def __str__(self) -> str:
        return f"{self.wall:6.2f} s on the clock, {self.cpu:6.2f} s CPU, {self.megabytes:4.0f} MB"


def cost_of(*command: str) -> Cost:
    """What a Python process with these arguments takes, from its start to its end."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    assert status == 0, f"{command} ended with {status}"
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def whole_run(output: Path, raw: Path = ROOT / "raw_docs") -> Cost:
    """What `spendtrail run` takes with two processes that read."""
    where = ["--raw", str(raw), "--output", str(output)]
    return cost_of("-m", "pipeline.cli", "run", *where, "--jobs", "2", "--json")


def stages_of(output: Path) -> dict[str, float]:
    """The seconds of each stage of the last run."""
    with closing(sqlite3.connect(output / "spendtrail.db")) as database:
        [(stages,)] = database.execute("SELECT stages FROM runs ORDER BY started DESC LIMIT 1")
    told: dict[str, float] = json.loads(stages)
    return told


def practice_set(folder: Path) -> list[Path]:
    """Copies of all PDFs whose every page has text: on a scan pdfplumber has nothing to do."""
    from extractors.pdf.layer import read_pages

    chosen = []
    for path in [*ROOT.glob("raw_docs/*.pdf"), *ROOT.glob("tests/practice/files/*.pdf")]:
        if all(page.words or not page.images for page in read_pages(path)):
            chosen.append(Path(shutil.copy(path, folder)))
    return sorted(chosen)


def long_document(paths: Sequence[Path], pages: int, path: Path) -> None:
    """One PDF of so many pages, those of `paths` over and over."""
    import pypdfium2 as pdfium

    long = pdfium.PdfDocument.new()
    for source in itertools.cycle(paths):
        with closing(pdfium.PdfDocument(source)) as one:
            left = pages - len(long)
            long.import_pages(one, list(range(min(left, len(one)))))
        if len(long) == pages:
            break
    long.save(path)
    long.close()


def bench_cold(folder: Path) -> None:
    """A first run over the practice set, and over one long document, beside bare pdfplumber."""
    raw, long_raw = folder / "raw", folder / "long"
    raw.mkdir()
    long_raw.mkdir()
    paths = practice_set(raw)
    long_document(paths, LONG, long_raw / "long.pdf")
    this = str(Path(__file__).resolve())
    for name, documents, source in (
        (f"{len(paths)} documents", paths, raw),
        (f"one of {LONG} pages", [long_raw / "long.pdf"], long_raw),
    ):
        ours = whole_run(folder / f"{source.name}-output", source)
        stages = stages_of(folder / f"{source.name}-output")
        theirs = cost_of(this, "--bare", *map(str, documents))
        print(f"{name}: spendtrail run --jobs 2, cold: {ours}")
        print(f"{name}: pdfplumber's extract_tables:    {theirs}")
        read = stages["find"] + stages["read"]
        print(
            f"{name}: pdfplumber takes {theirs.wall / read:.2f} times as long as we until all is "
            f"read and {theirs.wall / ours.wall:.2f} times as long as the whole run (goal 5), "
            f"{theirs.cpu / ours.cpu:.2f} times its CPU; stages {json.dumps(stages)}"
        )


def main() -> None:
    if sys.argv[1:2] == ["--bare"]:
        print(sum(read_bare(Path(name)) for name in sys.argv[2:]))
        return
    with tempfile.TemporaryDirectory() as folder:
        bench_cold(Path(folder))
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
        print(f"{name:6} run {run}")
    print(f"second run, against the first: {second.cpu / first.cpu:.3f} (limit 0.1)")


if __name__ == "__main__":
    main()
