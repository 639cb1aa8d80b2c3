"""A document can take down its worker, not the run."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import time
from functools import partial
from pathlib import Path

import pytest

from pipeline.workers import Task, run_jobs


def work(folder: Path, job: str) -> bool:
    if job == "crashes":
        faulthandler.disable()
        ctypes.string_at(0)
    if job == "leaves":
        os._exit(7)
    if job == "raises":
        raise ZeroDivisionError("half a page")
    if job == "hangs":
        time.sleep(60)
    if job == "swells":
        bytearray(1 << 40)
    (folder / job).touch()
    return job.endswith("more")


@pytest.mark.parametrize("workers", [1, 3])
def test_each_job_ends_once_and_the_rest_go_on(workers: int, tmp_path: Path) -> None:
    jobs = ["a", "crashes", "b", "raises", "leaves", "swells", "c", "hangs", "d"]
    outcomes = {
        o.job: o for o in run_jobs(jobs, Task(partial(work, tmp_path)), workers, seconds=0.5)
    }
    assert sorted(outcomes) == sorted(jobs)
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b", "c", "d"}
    faults = {job: outcome.fault for job, outcome in outcomes.items() if outcome.fault}
    assert faults == {
        "crashes": "crashed",
        "raises": "crashed",
        "leaves": "crashed",
        "swells": "too_big",
        "hangs": "too_slow",
    }
    assert "ZeroDivisionError: half a page" in outcomes["raises"].words
    assert "signal 11" in outcomes["crashes"].words
    assert "exit code 7" in outcomes["leaves"].words


def test_no_jobs_no_workers(tmp_path: Path) -> None:
    assert list(run_jobs([], Task(partial(work, tmp_path)), 2)) == []


def end(folder: Path, job: str) -> bool:
    assert (folder / "prepared").exists()
    if job == "dies here, more":
        os._exit(3)
    (folder / f"{job}, finished").touch()
    return False


def prepare(folder: Path) -> None:
    (folder / "prepared").touch()


def test_what_a_worker_leaves_to_be_finished_is_finished(tmp_path: Path) -> None:
    jobs = ["a", "b, more", "dies here, more", "c, more", "d"]
    task, finish = (
        Task(partial(work, tmp_path)),
        Task(partial(end, tmp_path), partial(prepare, tmp_path)),
    )
    outcomes = {o.job: o.fault for o in run_jobs(jobs, task, 2, finish=finish)}
    assert outcomes == dict.fromkeys(jobs) | {"dies here, more": "crashed"}
    finished = {path.name for path in tmp_path.glob("*finished")}
    assert finished == {"b, more, finished", "c, more, finished"}


def test_the_caller_works_while_the_first_jobs_run(tmp_path: Path) -> None:
    done = []
    outcomes = run_jobs(
        ["a", "b"], Task(partial(work, tmp_path)), 1, meanwhile=lambda: done.append(1)
    )
    assert [outcome.job for outcome in outcomes] == ["a", "b"]
    assert done == [1]
