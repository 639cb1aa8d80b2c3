"""Reads documents in worker processes, so that no document can take the run down with it.

A worker that stops (a native crash, an exception nobody foresaw), that takes too long or too
much memory costs its own document and nothing else; a new worker takes its place. Work that
needs a slow import is left to one process more, the finisher, so that only one pays for it.
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


@dataclass(frozen=True, slots=True)
class Task:
    """What a process does: `prepare` once, then `work` for each job that it is given.

    `work` must be a function that a new process can find, and leave its result on disk. What
    it gives back says whether the finisher has to go on with the job.
    """

    work: Callable[[str], bool]
    prepare: Callable[[], object] | None = None


@dataclass(slots=True)
class _Worker:
    task: Task
    process: BaseProcess
    line: Connection
    job: str | None = None
    deadline: float = 0.0


def _nothing() -> None:
    pass


def run_jobs(
    jobs: Iterable[str],
    task: Task,
    workers: int,
    *,
    finish: Task | None = None,
    seconds: float = SECONDS,
    meanwhile: Callable[[], object] = _nothing,
) -> Iterator[Outcome]:
    """The outcome of each job, in the order in which they end.

    Each job runs in one of `workers` processes, then in the finisher if it has to, for at most
    `seconds` in each. The task of the workers is prepared in this process, before it is forked:
    what it imports is imported once for all. What the caller has to do `meanwhile` is done
    while the first jobs run; it should be short.
    """
    waiting = list(reversed(list(jobs)))
    if not waiting:
        return
    unfinished: list[str] = []
    pool = [_start(finish)] if finish is not None else []
    if task.prepare is not None:
        task.prepare()
    pool += [_start(task) for _ in range(min(workers, len(waiting)))]
    try:
        while waiting or unfinished or any(worker.job for worker in pool):
            for worker in pool:
                queue = unfinished if worker.task is finish else waiting
                if worker.job is None and queue:
                    worker.job = queue.pop()
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
                job, goes_on = worker.job or "", False
                if worker.line in ready:
                    outcome, goes_on = _hear(worker, job)
                elif time.monotonic() >= worker.deadline:
                    outcome = Outcome(job, "too_slow", f"not read after {seconds:.0f} seconds")
                else:
                    continue
                worker.job = None
                if outcome.fault is not None:
                    _stop(worker)
                    pool[pool.index(worker)] = _start(worker.task)
                if goes_on:
                    unfinished.append(job)
                else:
                    yield outcome
    finally:
        for worker in pool:
            _stop(worker)


def _start(task: Task) -> _Worker:
    # Forking is quick and safe while the parent has one thread; elsewhere a fresh process.
    ours, theirs = Pipe()
    process: BaseProcess
    if sys.platform == "linux":
        process = get_context("fork").Process(target=_serve, args=(theirs, task), daemon=True)
    else:
        process = get_context("spawn").Process(target=_serve, args=(theirs, task), daemon=True)
    process.start()
    theirs.close()
    return _Worker(task, process, ours)


def _stop(worker: _Worker) -> None:
    worker.line.close()
    worker.process.kill()
    worker.process.join()


def _hear(worker: _Worker, job: str) -> tuple[Outcome, bool]:
    try:
        fault, words, goes_on = worker.line.recv()
    except (EOFError, ConnectionResetError):
        worker.process.join()
        code = worker.process.exitcode or 0
        died = f"signal {-code}" if code < 0 else f"exit code {code}"
        return Outcome(job, "crashed", f"the reading process ended by {died}"), False
    return Outcome(job, fault, words), goes_on


def _serve(line: Connection, task: Task) -> None:
    _limit_memory()
    # Words, cells and rows by the ten thousand, hardly a cycle among them: looking for cycles
    # as often as Python does by itself takes a tenth of the reading time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # A parent that was killed cannot say so on the line: this process holds both its ends.
    parent = parent_process()
    ends: list[Connection | int] = [line] if parent is None else [line, parent.sentinel]
    if task.prepare is not None:
        task.prepare()  # nothing is done twice where the parent has done it
    while line in wait(ends):
        try:
            job = line.recv()
        except EOFError:
            return
        try:
            goes_on = task.work(job)
        except MemoryError:
            line.send(("too_big", f"needs more than {MEMORY_BYTES >> 30} GB of memory", False))
            return
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = "/".join(frame.filename.replace("\\", "/").split("/")[-3:])
            told = f"{type(error).__name__}: {error} ({where}:{frame.lineno})"
            line.send(("crashed", told, False))
            raise SystemExit(1) from error
        line.send((None, "", goes_on))


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
