"""One run: documents to accounts to rows to the database, in that order.

What one document comes to by itself is slow and cached by all that it follows from; everything
after it is quick and done afresh, so the database always follows from the documents, the
decisions and the code as they are now.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import cache
from pipeline import runs as runs_log
from pipeline.discovery import Found, find_documents, find_duplicates
from pipeline.register import REGISTER, RegisterRow, read_register
from pipeline.sightings import SIGHTINGS
from pipeline.workers import Outcome, Task, run_jobs

if TYPE_CHECKING:
    from pipeline.accounts import Account

DATABASE = "spendtrail.db"
REPORT = "report.html"
OWN_JUDGEMENTS = cache.HOME / "normalizers" / "judgements"

Tell = Callable[[str, int], None]
Why = Callable[[str, str], None]
EVERY_NAME = "*"
MANY = 8  # documents
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
    code = cache.all_code()
    inputs = _inputs(project, documents, code)
    progress.stage_ends("find")
    if not fresh and runs_log.last_inputs(project.database) == inputs:
        for found in documents:
            why(found.file, UNCHANGED)
        runs_log.note_idle_run(project.database, started, progress.stages)
        if not (project.output / REPORT).exists():
            _report(project)
        return project.database

    kept = kept_files(project, documents, code)
    accounts = read_all(project, kept, jobs or os.cpu_count() or 1, fresh, progress)
    progress.stage_ends("read")

    from pipeline import pen, store
    from pipeline.announce import announce
    from pipeline.assembly import assemble
    from pipeline.changes import note_changes

    pen.pick_up()
    records = assemble(project, documents, accounts, progress.stage_ends)
    inputs = _inputs(project, documents, code)  # newly minted ids belong to it
    runs = runs_log.earlier_runs(project.database)
    this = runs_log.run_row(
        started,
        number=len(runs) + 1,
        read=progress.read,
        unchanged=progress.unchanged,
        failed=sum(not account.row.is_whole for account in accounts.values()),
        amounts=len(records.amounts),
        stages=progress.stages,
        inputs=inputs if progress.all_lasting else None,
    )
    fresh_database = store.write(replace(records, runs=(*runs, this)), project.database)
    changes = note_changes(project.database, fresh_database)
    store.swap_in(fresh_database, project.database)
    if only == EVERY_NAME:
        cache.prune(project.cache, (path for one in kept for path in one.files))
    announce(changes, project.output, started)
    _report(project)
    return project.database


def _report(project: Project) -> None:
    from pipeline.report import write_report

    write_report(project.database, project.output / REPORT)


def _inputs(project: Project, documents: tuple[Found, ...], code: str) -> str:
    """One hash of all that the database follows from: documents, register, decisions, code."""
    own = [(name, project.raw / name) for name in (REGISTER, SIGHTINGS)]
    own += [
        (f"{number} {path.relative_to(folder).as_posix()}", path)
        for number, folder in enumerate(project.decisions)
        for path in sorted(folder.rglob("*.csv"))
    ]
    parts = [f"{found.file} {found.sha256} {found.layout_sha256}" for found in documents]
    parts.append(cache.hash_files((name, path) for name, path in own if path.exists()))
    parts += [code, cache.reading_code()]
    return cache.hash_text("\n".join(parts))


@dataclass(frozen=True, slots=True)
class Kept:
    """A document, its row of the register, and where its reading, mentions and account lie."""

    found: Found
    register: RegisterRow | None
    reading: Path
    account: Path

    @property
    def mentions(self) -> Path:
        return self.reading.with_suffix(".mentions")

    @property
    def files(self) -> tuple[Path, Path, Path]:
        return self.reading, self.mentions, self.account


def kept_files(project: Project, documents: tuple[Found, ...], code: str) -> tuple[Kept, ...]:
    """Every document to be read; the same bytes twice are read under the first name."""
    reading_code = cache.reading_code()
    registered = {row.path: row for row in read_register(project.raw)}
    duplicates = find_duplicates(documents, registered)
    kept = []
    for found in documents:
        if found.is_document and found.file not in duplicates:
            row = registered.get(found.file)
            reading = cache.cache_path(project.cache, found, reading_code)
            kept.append(Kept(found, row, reading, cache.account_path(reading, row, code)))
    return tuple(kept)


def read_all(
    project: Project,
    documents: tuple[Kept, ...],
    jobs: int,
    fresh: bool,
    progress: Progress,
) -> dict[str, Account]:
    """The account of each document by its file name, from the cache where it is there.

    A document on which the reader stopped, or took too long, has an account that says so, and
    is tried again in the next run.
    """
    code = cache.reading_code()
    to_read, stale = set(), []
    for one in documents:
        file = one.found.file
        if fresh or not cache.is_kept(one.reading):
            to_read.add(file)
            progress.why(file, f"read: {cache.why_read(project.cache, one.found, code)}")
        else:
            progress.unchanged += 1
            progress.why(file, UNCHANGED)
        if file in to_read or not all(map(cache.is_kept, one.files)):
            stale.append(one)
    # The longest first: nobody then waits at the end for one worker and one long document.
    size = {one.found.file: one.found.path.lstat().st_size for one in stale}
    stale.sort(key=lambda one: (-size[one.found.file], one.found.file))
    by_name = {one.found.file: one for one in stale}
    # One that is more than a worker's share of the whole is read by several processes.
    shared = {file for file in by_name if jobs * size[file] > sum(size.values())}
    failed = {}
    outcomes = run_jobs(
        list(by_name),
        Task(
            partial(read_into_cache, by_name, to_read, dict.fromkeys(shared, jobs)),
            partial(_import_readers, [one.found.path.suffix.lower() for one in stale]),
        ),
        jobs,
        finish=Task(partial(find_mentions, by_name), load_language if to_read else None),
        meanwhile=_import_what_follows,
    )
    for outcome in outcomes:
        if outcome.job in to_read:
            progress.tell(outcome.job, len(to_read))
            progress.read += 1
        if outcome.fault is not None:
            failed[outcome.job] = outcome

    from normalizers.narrative import Mention
    from pipeline.accounts import Account, draw_up
    from pipeline.reading import failed_reading

    accounts: dict[str, Account] = {}
    for one in documents:
        file = one.found.file
        account = None if file in failed else cache.recall(one.account, Account)
        mentions = cache.recall(one.mentions, tuple[Mention, ...])
        if account is None or mentions is None:
            progress.all_lasting = False
            outcome = failed.get(file, Outcome(file, "crashed"))
            reading = failed_reading(file, outcome.fault or "crashed", outcome.words)
            account, mentions = draw_up(one.found, one.register, reading), ()
        accounts[file] = replace(account, mentions=mentions)
    return accounts


def _import_readers(endings: Sequence[str]) -> None:
    """Import what reads documents of such names, before workers are forked.

    Where there are many, some will need what few need: that is then got ready once for all.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process with threads is no good to fork
    import msgspec  # noqa: F401

    import pipeline.accounts
    import pipeline.choice
    import pipeline.reading
    import pipeline.second  # noqa: F401

    if set(endings) != {".docx"}:
        import extractors.pdf
        import extractors.pdf.alternatives
    if ".docx" in endings:
        import extractors.word
    if len(endings) >= MANY:
        import extractors.budget.clauses
        import extractors.pdf.second

        extractors.budget.clauses.compile_forms()
        extractors.pdf.second.load()


def _import_what_follows() -> None:
    """Import what the run does after reading, while the workers read."""
    import jinja2  # noqa: F401

    import pipeline.announce
    import pipeline.assembly
    import pipeline.report
    import pipeline.store
    import pipeline.views  # noqa: F401


def read_into_cache(
    documents: dict[str, Kept], to_read: set[str], processes: dict[str, int], file: str
) -> bool:
    """Read one document, draw up its account and keep both; what a worker does.

    `processes` says of which documents more than one may read. Whether spaCy is needed to find
    the mentions in its text comes back; else they are kept too.
    """
    from normalizers.narrative import needs_grammar, read_mentions
    from pipeline.accounts import draw_up
    from pipeline.reading import Reading, read_document

    one = documents[file]
    reading = None if file in to_read else cache.recall(one.reading, Reading)
    if reading is None:
        reading = read_document(one.found.path, file, processes.get(file, 1))
        cache.keep(one.reading, reading)
    account = draw_up(one.found, one.register, reading)
    cache.keep(one.account, account)
    if file not in to_read and cache.is_kept(one.mentions):
        return False
    texts = [located.text for located in account.texts]
    if any(needs_grammar(text.text) for text in texts):
        return True
    cache.keep(one.mentions, read_mentions(texts))
    return False


def find_mentions(documents: dict[str, Kept], file: str) -> bool:
    """Find the mentions in the text of a document that was read; what the finisher does."""
    from normalizers.narrative import read_mentions
    from pipeline.accounts import Account

    account = cache.recall(documents[file].account, Account)
    assert account is not None, "the worker before has kept it"
    cache.keep(documents[file].mentions, read_mentions(located.text for located in account.texts))
    return False


def load_language() -> None:
    """Import spaCy and make its pipeline."""
    from normalizers.narrative import pipeline

    pipeline()
