"""What one new framework costs in a project of fifty documents that have not changed.

    python benchmarks/incremental.py [DOCUMENTS]

Prints seconds, and ratios of CPU time, of four runs: all documents cold, the new one alone
in an empty project, the new one added to the fifty, and a run with nothing new. The fifty are
the shipped documents under other bytes, so that each is read on its own; five each are registered
under one of ten publishers, as a project that follows many bodies would have them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

RAW = Path(__file__).parent.parent / "raw_docs"
NEW = "commissioning-framework-2020-21.pdf"


def other_bytes(path: Path, target: Path, number: int) -> None:
    """The same document with other bytes: what readers of PDF and zip files pass over."""
    shutil.copy(path, target)
    if path.suffix == ".pdf":
        with target.open("ab") as handle:
            handle.write(f"\n% {number}\n".encode())
    else:
        with zipfile.ZipFile(target, "a") as archive:
            archive.comment = str(number).encode()


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, and of CPU in all processes of a run."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s   {self.cpu:7.2f} s CPU"


def spendtrail(root: Path) -> Cost:
    """What a run in the folder `root` takes."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "pipeline.cli", "run", "--raw", "raw_docs"]
    process = subprocess.Popen(
        [*command, "--output", "output"], cwd=root, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, f"spendtrail run ended with {status}"
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime)


def main(count: int) -> None:
    documents = sorted([*RAW.glob("*.pdf"), *RAW.glob("*.docx")])
    with tempfile.TemporaryDirectory() as folder:
        many, one = Path(folder, "many"), Path(folder, "one")
        for root in (many, one):
            (root / "raw_docs").mkdir(parents=True)
        for number in range(count):
            source = documents[number % len(documents)]
            other_bytes(source, many / "raw_docs" / f"{number:03}-{source.name}", number)
        rows = [
            f"{path.name},,Northfold Council {number // len(documents)},,,,,,"
            for number, path in enumerate(sorted((many / "raw_docs").iterdir()))
        ]
        header = "path,sha256,publisher,title,kind,published_on,source_url,licence,note"
        register = "\n".join([header, *rows, ""])
        (many / "raw_docs" / "register.csv").write_text(register, encoding="utf-8")
        cold = spendtrail(many)
        shutil.copy(RAW / NEW, one / "raw_docs")
        alone = spendtrail(one)
        shutil.copy(RAW / NEW, many / "raw_docs")
        added = spendtrail(many)
        idle = spendtrail(many)
    print(f"{count} documents, cold        {cold}")
    print(f"one new document, alone    {alone}")
    print(f"the same, added to {count:<3}     {added}   {added.cpu / cold.cpu:.3f} of the cold run")
    print(f"a run with nothing new     {idle}   {idle.cpu / cold.cpu:.3f} of the cold run")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
