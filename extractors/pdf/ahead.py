"""A long PDF read by two processes: one from its end, a few pages at a time, till they meet.

What stands on a page can follow from the pages round it: a table goes on, a head comes again. So
the other process begins a few pages early, and says for each page from which turn it read the
tables; where the turn comes otherwise, they are read again. The result is that of one process,
however far the other has come.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

from extractors.grid.joins import Grid
from extractors.grid.reading import NOTHING_KNOWN, Turn, read_in_turn
from extractors.grid.running import REACH
from extractors.model import Page
from extractors.pdf.pages import Pages, open_pages

LONG = 60  # pages; a process of its own takes as long to start as ten of them to read
AT_A_TIME = 20  # pages, at least
RUN_UP = REACH + 1  # pages read before those that are told, the last of them as it will be told
_HOME = Path(__file__).parents[2]
_SIZE = 8  # bytes before each part that is told


@dataclass(frozen=True, slots=True)
class _Part:
    """Some pages that another process has read, and the grids of each by the turn it had."""

    pages: tuple[Page, ...]
    grids: tuple[tuple[Turn, list[Grid]], ...]


def pages_by_two(path: Path, pdf: Pages, known: dict[Turn, list[Grid]]) -> Iterator[Page]:
    """The pages of an opened PDF in order, read here where another process has not yet.

    The grids that the other has read are put into `known` before their pages are given out.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "extractors.pdf.ahead", str(path.resolve())],
        cwd=_HOME,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None and process.stdout is not None
    told: dict[int, Page] = {}
    with process.stdin, closing(process.stdout) as line:
        listener = Thread(target=_listen, args=(line, told, known), daemon=True)
        listener.start()
        try:
            for index in range(len(pdf)):
                page = told.pop(index, None)
                yield pdf[index] if page is None else page
        finally:
            process.kill()
            process.wait()
            listener.join()


def _listen(line: IO[bytes], told: dict[int, Page], known: dict[Turn, list[Grid]]) -> None:
    """Puts aside what the other process tells, until it ends."""
    import msgspec

    while len(size := line.read(_SIZE)) == _SIZE:
        content = line.read(int.from_bytes(size, "big"))
        if len(content) < int.from_bytes(size, "big"):
            return
        part = msgspec.msgpack.decode(content, type=_Part)
        known.update(part.grids)
        told.update((page.number - 1, page) for page in part.pages)


def read_backwards(pdf: Pages) -> Iterator[_Part]:
    """The pages of a PDF with their grids, some at a time, the last ones first."""
    at_a_time = max(AT_A_TIME, len(pdf) // 12)
    for after in range(len(pdf), 0, -at_a_time):
        first = max(0, after - at_a_time)
        pages: list[Page] = []
        grids: list[tuple[Turn, list[Grid]]] = []
        for turn, found, _ in read_in_turn(
            _from(pdf, max(0, first - RUN_UP), pages), NOTHING_KNOWN
        ):
            if turn[0] > first:
                grids.append((turn, found))
            if turn[0] == after:
                break
        yield _Part(tuple(page for page in pages if first < page.number <= after), tuple(grids))


def _from(pdf: Pages, index: int, kept: list[Page]) -> Iterator[Page]:
    """The pages from an index on, each put aside as it goes by."""
    for at in range(index, len(pdf)):
        kept.append(pdf[at])
        yield kept[-1]


def _end_with_caller() -> None:
    """Ends this process when the one that started it does: its end of the line is then closed."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


def _serve() -> None:
    import gc

    import msgspec

    Thread(target=_end_with_caller, daemon=True).start()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # as in pipeline.workers
    with open_pages(Path(sys.argv[1])) as pdf:
        for part in read_backwards(pdf):
            content = msgspec.msgpack.encode(part)
            sys.stdout.buffer.write(len(content).to_bytes(_SIZE, "big") + content)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
