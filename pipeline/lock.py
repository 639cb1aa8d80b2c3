"""One writer per output folder, kept by the operating system, so that no lock can go stale."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = ".lock"


class Busy(Exception):
    """Another run writes to the same output folder."""


@contextmanager
def one_writer(output: Path, *, wait: bool = True) -> Iterator[None]:
    """Holds the output folder for one writer.

    A second one waits until the first has ended, or raises Busy at once without `wait`. The
    lock is the kernel's: it is gone with its process, however that ended.
    """
    from filelock import FileLock, Timeout

    output.mkdir(parents=True, exist_ok=True)
    lock = FileLock(output / LOCK, timeout=-1 if wait else 0)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(
            f"another run is writing to {output.name}; try again when it has ended"
        ) from None
    try:
        yield
    finally:
        lock.release()
