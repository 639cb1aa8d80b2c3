"""One run: documents to readings to rows to the database, in that order.

Reading is slow and cached by content; everything after it is quick and done afresh, so the
database always follows from the documents, the decisions and the code as they are now.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import cache
from pipeline import runs as runs_log
from pipeline.discovery import Found, find_documents, find_duplicates
from pipeline.register import REGISTER, read_register
from pipeline.sightings import SIGHTINGS
from pipeline.workers import run_jobs

if TYPE_CHECKING:
    from pipeline.reading import Reading

DATABASE = "spendtrail.db"
REPORT = "report.html"
OWN_JUDGEMENTS = cache.HOME / "normalizers" / "judgements"
EVERYTHING = ("extractors", "normalizers", "pipeline")

Tell = Callable[[str, int], None]
Why = Callable[[str, str], None]
EVERY_NAME = "*"
UNCHANGED = "not read: its bytes, its layout file and the reading code are as they were"


@dataclass(frozen=True, slots=True)
class Project:
    """Where things lie: documents in `raw`, results in `output`, decisions in `judgements`."""

    raw: Path
    output: Path
    judgements: Path
    keeps_ids: bool = False

    @property
    def decisions(self) -> tuple[Path, ...]:
        """The folders of decisions and minted ids; the project's own, last, overrules."""
        return tuple(dict.fromkeys((OWN_JUDGEMENTS, self.judgements)))

    @property
    def database(self) -> Path:
        return self.output / DATABASE

    @property
    def cache(self) -> Path:
        return self.output / "cache"


def open_project(folder: Path, raw: Path | None = None, output: Path | None = None) -> Project:
    """The project in `folder`; ids are minted into it for its own documents, not for others'."""
    judgements = folder / "normalizers" / "judgements"
    return Project(
        raw or folder / "raw_docs",
        output or folder / "output",
        judgements,
        keeps_ids=raw is None or raw.resolve() == (folder / "raw_docs").resolve(),
    )


@dataclass(slots=True)
class Progress:
    """What the run has done so far, and the seconds each stage took."""

    tell: Tell
    why: Why
    read: int = 0
    unchanged: int = 0
    all_lasting: bool = True
    stages: dict[str, float] = field(default_factory=dict)
    since: float = field(default_factory=time.perf_counter)

    def stage_ends(self, name: str) -> None:
        """Book the time since the last stage's end to `name`."""
        now = time.perf_counter()
        self.stages[name] = round(self.stages.get(name, 0.0) + now - self.since, 3)
        self.since = now


def run(
    project: Project,
    *,
    jobs: int | None = None,
    only: str = EVERY_NAME,
    fresh: bool = False,
    tell: Tell = lambda file, total: None,
    why: Why = lambda file, reason: None,
) -> Path:
    """Bring the database of `project` up to date and return its path.

    `tell` hears each document's name when it has been read, and how many are to be read; `why`
    hears for each document why it is read or not. `fresh` reads every document again. Raises
    FileNotFoundError where there is no folder of documents, RegisterError for a faulty register.
    """
    if not project.raw.is_dir():
        raise FileNotFoundError(
            f"{project.raw} is not there; make the folder and put the documents into it"
        )
    started = datetime.now(UTC)
    progress = Progress(tell, why)
    documents = find_documents(project.raw, only)
    inputs = _inputs(project, documents)
    progress.stage_ends("find")
    if not fresh and runs_log.last_inputs(project.database) == inputs:
        for found in documents:
            why(found.file, UNCHANGED)
        runs_log.note_idle_run(project.database, started, progress.stages)
        if not (project.output / REPORT).exists():
            _report(project)
        return project.database

    readings = read_all(project, documents, jobs or os.cpu_count() or 1, fresh, progress)
    progress.stage_ends("read")

    from pipeline import store
    from pipeline.announce import announce
    from pipeline.assembly import assemble
    from pipeline.changes import note_changes

    records = assemble(project, documents, readings, progress.stage_ends)
    inputs = _inputs(project, documents)  # newly minted ids belong to it
    runs = runs_log.earlier_runs(project.database)
    this = runs_log.run_row(
        started,
        number=len(runs) + 1,
        read=progress.read,
        unchanged=progress.unchanged,
        failed=sum(not reading.is_whole for reading in readings.values()),
        amounts=len(records.amounts),
        stages=progress.stages,
        inputs=inputs if progress.all_lasting else None,
    )
    fresh_database = store.write(replace(records, runs=(*runs, this)), project.database)
    changes = note_changes(project.database, fresh_database)
    store.swap_in(fresh_database, project.database)
    if only == EVERY_NAME:
        cache.prune(project.cache, cache_paths(project, documents).values())
    announce(changes, project.output, started)
    _report(project)
    return project.database


def _report(project: Project) -> None:
    from pipeline.report import write_report

    write_report(project.database, project.output / REPORT)


def _inputs(project: Project, documents: tuple[Found, ...]) -> str:
    """One hash of all that the database follows from: documents, register, decisions, code."""
    own = [(name, project.raw / name) for name in (REGISTER, SIGHTINGS)]
    own += [
        (f"{number} {path.relative_to(folder).as_posix()}", path)
        for number, folder in enumerate(project.decisions)
        for path in sorted(folder.rglob("*.csv"))
    ]
    parts = [f"{found.file} {found.sha256} {found.layout_sha256}" for found in documents]
    parts.append(cache.hash_files((name, path) for name, path in own if path.exists()))
    parts.append(cache.hash_files(cache.code_files(EVERYTHING)))
    parts.append(cache.reading_code())
    return cache.hash_text("\n".join(parts))


def read_all(
    project: Project,
    documents: tuple[Found, ...],
    jobs: int,
    fresh: bool,
    progress: Progress,
) -> dict[str, Reading]:
    """The reading of each document by its file name, from the cache where it is there.

    The same bytes under two names are read once, under the first. A document on which the
    reader stopped, or took too long, has a reading that says so, and is tried again in the
    next run.
    """
    from pipeline.reading import failed_reading

    paths = cache_paths(project, documents)
    code = cache.reading_code()
    by_name = {found.file: found for found in documents}
    readings: dict[str, Reading] = {}
    for file, path in paths.items():
        kept = None if fresh else cache.recall(path)
        if kept is not None:
            readings[file] = kept
        reason = UNCHANGED if kept else cache.why_read(project.cache, by_name[file], code)
        progress.why(file, reason if kept else f"read: {reason}")
    progress.unchanged = len(readings)
    to_read = [file for file in paths if file not in readings]
    # The longest first: nobody then waits at the end for one worker and one long document.
    to_read.sort(key=lambda file: (-by_name[file].path.lstat().st_size, file))
    work = partial(read_into_cache, project.raw, paths)
    for outcome in run_jobs(to_read, work, jobs):
        progress.tell(outcome.job, len(to_read))
        progress.read += 1
        kept = cache.recall(paths[outcome.job]) if outcome.fault is None else None
        if kept is None:
            progress.all_lasting = False
            kept = failed_reading(outcome.job, outcome.fault or "crashed", outcome.words)
        readings[outcome.job] = kept
    return {file: readings[file] for file in paths}


def cache_paths(project: Project, documents: tuple[Found, ...]) -> dict[str, Path]:
    """Where the reading of each document lies; the same bytes twice lie under the first name."""
    code = cache.reading_code()
    registered = {row.path for row in read_register(project.raw)}
    duplicates = find_duplicates(documents, registered)
    return {
        found.file: cache.cache_path(project.cache, found, code)
        for found in documents
        if found.is_document and found.file not in duplicates
    }


def read_into_cache(raw: Path, paths: dict[str, Path], file: str) -> None:
    """Read one document and keep its reading; what a worker does."""
    from pipeline.reading import read_document

    cache.keep(paths[file], read_document(raw / file, file))
