"""A document can take down its worker, not the run."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import time
from functools import partial
from pathlib import Path

import pytest

from pipeline.workers import run_jobs


def work(folder: Path, job: str) -> None:
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


@pytest.mark.parametrize("workers", [1, 3])
def test_each_job_ends_once_and_the_rest_go_on(workers: int, tmp_path: Path) -> None:
    jobs = ["a", "crashes", "b", "raises", "leaves", "swells", "c", "hangs", "d"]
    outcomes = {o.job: o for o in run_jobs(jobs, partial(work, tmp_path), workers, seconds=0.5)}
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
    assert list(run_jobs([], partial(work, tmp_path), 2)) == []
