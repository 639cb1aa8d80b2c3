"""Reads documents in worker processes, so that no document can take the run down with it.

A worker that stops (a native crash, an exception nobody foresaw), that takes too long or too
much memory costs its own document and nothing else; a new worker takes its place.
"""

from __future__ import annotations

import gc
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe, get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Literal

MEMORY_BYTES = 4 << 30  # address space: numerical libraries reserve 1.5 GB that they never touch
SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one job ended; `words` say what happened where it did not end well."""

    job: str
    fault: Literal["crashed", "too_slow", "too_big"] | None = None
    words: str = ""


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    line: Connection
    job: str | None = None
    deadline: float = 0.0


def _nothing() -> None:
    pass


def run_jobs(
    jobs: Iterable[str],
    work: Callable[[str], None],
    workers: int,
    seconds: float = SECONDS,
    meanwhile: Callable[[], object] = _nothing,
) -> Iterator[Outcome]:
    """The outcome of `work(job)` for each job, in the order in which they end.

    Each job runs in one of `workers` processes, for at most `seconds`; `work` must be a
    function that a new process can find, and leave its result on disk. What the caller has to
    do `meanwhile` is done while the first jobs run; it should be short.
    """
    waiting = list(reversed(list(jobs)))
    pool = [_start(work) for _ in range(min(workers, len(waiting)))]
    try:
        while waiting or any(worker.job for worker in pool):
            for worker in pool:
                if worker.job is None and waiting:
                    worker.job = waiting.pop()
                    worker.deadline = time.monotonic() + seconds
                    # One that died while idle is found below, as one that dies at work.
                    with suppress(BrokenPipeError):
                        worker.line.send(worker.job)
            meanwhile()
            meanwhile = _nothing
            busy = [worker for worker in pool if worker.job is not None]
            patience = min(worker.deadline for worker in busy) - time.monotonic()
            ready = wait([worker.line for worker in busy], max(0.0, patience))
            for worker in busy:
                if worker.line in ready:
                    outcome = _hear(worker)
                elif time.monotonic() >= worker.deadline:
                    outcome = Outcome(
                        worker.job or "", "too_slow", f"not read after {seconds:.0f} seconds"
                    )
                else:
                    continue
                worker.job = None
                if outcome.fault is not None:
                    _stop(worker)
                    pool[pool.index(worker)] = _start(work)
                yield outcome
    finally:
        for worker in pool:
            _stop(worker)


def _start(work: Callable[[str], None]) -> _Worker:
    # Forking is quick and safe while the parent has one thread; elsewhere a fresh process.
    ours, theirs = Pipe()
    process: BaseProcess
    if sys.platform == "linux":
        process = get_context("fork").Process(target=_serve, args=(theirs, work), daemon=True)
    else:
        process = get_context("spawn").Process(target=_serve, args=(theirs, work), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _stop(worker: _Worker) -> None:
    worker.line.close()
    worker.process.kill()
    worker.process.join()


def _hear(worker: _Worker) -> Outcome:
    job = worker.job or ""
    try:
        fault, words = worker.line.recv()
    except (EOFError, ConnectionResetError):
        worker.process.join()
        code = worker.process.exitcode or 0
        died = f"signal {-code}" if code < 0 else f"exit code {code}"
        return Outcome(job, "crashed", f"the reading process ended by {died}")
    return Outcome(job, fault, words)


def _serve(line: Connection, work: Callable[[str], None]) -> None:
    _limit_memory()
    # Words, cells and rows by the ten thousand, hardly a cycle among them: looking for cycles
    # as often as Python does by itself takes a tenth of the reading time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # A parent that was killed cannot say so on the line: this process holds both its ends.
    parent = parent_process()
    ends: list[Connection | int] = [line] if parent is None else [line, parent.sentinel]
    while line in wait(ends):
        try:
            job = line.recv()
        except EOFError:
            return
        try:
            work(job)
        except MemoryError:
            line.send(("too_big", f"needs more than {MEMORY_BYTES >> 30} GB of memory"))
            return
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = "/".join(frame.filename.replace("\\", "/").split("/")[-3:])
            line.send(("crashed", f"{type(error).__name__}: {error} ({where}:{frame.lineno})"))
            raise SystemExit(1) from error
        line.send((None, ""))


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
