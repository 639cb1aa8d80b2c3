"""A long PDF read by two processes: one reads ahead in the later half, pages and their tables.

What stands on a page can follow from the pages before it: a table goes on, a head comes again.
So the process ahead begins a few pages early, and says for each page from which turn it read the
tables; where the turn comes otherwise, they are read again. The result is that of one process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.grid.joins import Grid
from extractors.grid.reading import NOTHING_KNOWN, Turn, read_in_turn
from extractors.model import Page
from extractors.pdf.pages import Pages, open_pages

LONG = 60  # pages; a process of its own takes as long to start as ten of them to read
HEAD_START = 8  # pages that are read here while the other process starts
RUN_UP = 3  # pages read before the first one told: running heads are looked for on two before it
_HOME = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class _Ahead:
    """The pages that another process has read, and the grids of each by the turn it had."""

    pages: tuple[Page, ...] = ()
    grids: tuple[tuple[Turn, list[Grid]], ...] = ()


def pages_by_two(path: Path, pdf: Pages, known: dict[Turn, list[Grid]]) -> Iterator[Page]:
    """The pages of an opened PDF in order, those of its later half read by another process.

    The grids of those are put into `known` before the first of them is given out. Where the
    other process comes to nothing, all pages are read here.
    """
    first = min(len(pdf), len(pdf) // 2 + HEAD_START)
    command = [sys.executable, "-m", "extractors.pdf.ahead", str(path.resolve()), str(first)]
    process = subprocess.Popen(
        command, cwd=_HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        yield from (pdf[i] for i in range(first))
        ahead = _told(process)
        known.update(ahead.grids)
        yield from ahead.pages
    finally:
        process.kill()
        process.communicate()
    yield from (pdf[i] for i in range(first + len(ahead.pages), len(pdf)))


def _told(process: subprocess.Popen[bytes]) -> _Ahead:
    import msgspec

    assert process.stdout is not None
    told = process.stdout.read()
    if process.wait() != 0:
        return _Ahead()
    return msgspec.msgpack.decode(told, type=_Ahead)


def _read_ahead(path: Path, first: int) -> _Ahead:
    """The pages from index `first` on, with their grids."""
    early = max(0, first - RUN_UP)
    pages: list[Page] = []

    def given() -> Iterator[Page]:
        for index in range(early, len(pdf)):
            pages.append(pdf[index])
            yield pages[-1]

    with open_pages(path) as pdf:
        grids = [(turn, grids) for turn, grids, _ in read_in_turn(given(), NOTHING_KNOWN)]
    return _Ahead(tuple(pages[first - early :]), tuple(grids[first - early :]))


def _end_with_caller() -> None:
    """Ends this process when the one that started it does: its end of the line is then closed."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


def _serve() -> None:
    import gc

    import msgspec

    threading.Thread(target=_end_with_caller, daemon=True).start()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # as in pipeline.workers
    path, first = sys.argv[1:]
    sys.stdout.buffer.write(msgspec.msgpack.encode(_read_ahead(Path(path), int(first))))


if __name__ == "__main__":
    _serve()
