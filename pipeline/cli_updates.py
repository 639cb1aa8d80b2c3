"""The commands of a schedule and of those who publish: watch, update, compare, release, export."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.run import Project
    from pipeline.watch import WatchReport

RAW = click.option(
    "--raw",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of documents. [default: raw_docs]",
)
OUTPUT = click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the database and the cache. [default: output]",
)
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would be done and do nothing.")
NOW = click.option("--now", is_flag=True, help="Look even at pages that are not due yet.")
NO_WAIT = click.option(
    "--no-wait", is_flag=True, help="Leave with status 3 if another run is at work."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
BUSY = 3


@click.command()
@RAW
@DRY_RUN
@NOW
@AS_JSON
def watch(raw: Path | None, dry_run: bool, now: bool, as_json: bool) -> None:
    """Look where documents are published and take what is new.

    The places stand in raw_docs/sources.toml; what was seen at each address, and why it was
    taken or not, in raw_docs/sightings.csv. Exit status 1: some place could not be read.

    \b
    Example:
      spendtrail watch --dry-run
    """
    report = _watch(_project(raw, None), dry_run=dry_run, now=now)
    _tell(report, as_json)
    raise SystemExit(1 if report.failed else 0)


@click.command()
@RAW
@OUTPUT
@click.option("--jobs", type=click.IntRange(min=1), help="Processes that read. [default: cores]")
@DRY_RUN
@NOW
@NO_WAIT
@AS_JSON
def update(
    raw: Path | None,
    output: Path | None,
    jobs: int | None,
    dry_run: bool,
    now: bool,
    no_wait: bool,
    as_json: bool,
) -> None:
    """Watch, run and say what changed: the whole work of a scheduled job.

    What changed stands in output/changes/ (Markdown, JSON, an Atom feed) and in the view
    `changes`. Exit status 0 all well, 1 a place or a document could not be read, 2 wrong use,
    3 another run was at work (with --no-wait).

    \b
    Example:
      spendtrail update --no-wait
    """
    from pipeline.lock import Busy, one_writer
    from pipeline.register import RegisterError
    from pipeline.run import run as run_project
    from pipeline.summary import summarise

    project = _project(raw, output)
    if dry_run:
        report = _watch(project, dry_run=True, now=now)
        _tell(report, as_json)
        raise SystemExit(1 if report.failed else 0)
    try:
        with one_writer(project.output, wait=not no_wait):
            report = _watch(project, dry_run=False, now=now)
            database = run_project(project, jobs=jobs)
    except Busy as busy:
        click.echo(str(busy), err=True)
        raise SystemExit(BUSY) from None
    except (RegisterError, FileNotFoundError) as error:
        raise click.UsageError(str(error)) from error
    summary = summarise(database)
    if as_json:
        click.echo(json.dumps({"watch": asdict(report), "run": asdict(summary)}, indent=2))
    else:
        _tell(report, as_json=False)
        click.echo(summary.in_words())
    raise SystemExit(1 if report.failed else summary.exit_code)


@click.command()
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--fail-if-moved", is_flag=True, help="Exit with 1 if a published figure is read otherwise."
)
@AS_JSON
def compare(old: Path, new: Path, fail_if_moved: bool, as_json: bool) -> None:
    """Say what differs between two databases, record by record.

    With --fail-if-moved it is the gate for a change of code: new documents may add and restate
    figures, but the figures of documents that both know must not move.

    \b
    Example:
      spendtrail compare yesterday.db output/spendtrail.db --fail-if-moved
    """
    from pipeline.announce import report_table, summarise
    from pipeline.changes import compare_files, figures_moved

    changes = compare_files(old, new)
    if as_json:
        click.echo(json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=1))
    else:
        click.echo((summarise(changes) or "no difference") + "\n" + report_table(changes))
    moved = figures_moved(changes)
    if fail_if_moved and moved:
        click.echo(f"{len(moved)} published figures moved", err=True)
        raise SystemExit(1)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@OUTPUT
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day in the edition's name. [default: today]",
)
def release(folder: Path, output: Path | None, day: object) -> None:
    """Write a dated, self-contained edition of the database into FOLDER.

    Database, CSVs with datapackage.json, coverage, what changed since the edition before,
    versions and checksums. An edition is never changed.

    \b
    Example:
      spendtrail release editions
    """
    from datetime import UTC, datetime

    from pipeline.release import release as write_release

    when = day.date() if isinstance(day, datetime) else datetime.now(UTC).date()
    try:
        edition = write_release(_project(None, output).database, folder, when)
    except (FileExistsError, FileNotFoundError) as error:
        raise click.UsageError(str(error)) from error
    click.echo(edition)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@OUTPUT
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help="csv, parquet, xlsx, history or 360giving; may be given again. [default: all]",
)
def export(folder: Path, output: Path | None, formats: tuple[str, ...]) -> None:
    """Write the views as CSV (with datapackage.json), Parquet and an Excel workbook.

    Also a history table with a column a year, as printed and in the prices of one year, and
    grant-funded lines in the 360Giving standard.

    \b
    Example:
      spendtrail export /tmp/figures --format csv --format xlsx
    """
    from pipeline.export import FORMATS
    from pipeline.export import export as write_export

    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise click.UsageError(f"no format {unknown[0]!r}; there are {', '.join(FORMATS)}")
    try:
        written = write_export(_project(None, output).database, folder, formats or tuple(FORMATS))
    except FileNotFoundError as error:
        raise click.UsageError(str(error)) from error
    except ImportError as error:
        raise click.UsageError(
            f"{error.name} is not installed; `pip install spendtrail[export]` brings it"
        ) from error
    for path in written:
        click.echo(path)


def _project(raw: Path | None, output: Path | None) -> Project:
    from pipeline.run import open_project

    return open_project(Path.cwd(), raw, output)


def _watch(project: Project, *, dry_run: bool, now: bool) -> WatchReport:
    from datetime import UTC, datetime
    from importlib.metadata import version

    from pipeline.fetch import Web
    from pipeline.sources import SourcesError, load_sources
    from pipeline.watch import watch as look

    if not project.raw.is_dir():
        raise click.UsageError(
            f"{project.raw} is not there; make the folder and write sources.toml into it"
        )
    try:
        sources = load_sources(project.raw / "sources.toml")
    except SourcesError as error:
        raise click.UsageError(str(error)) from error
    today = datetime.now(UTC).date()
    return look(
        project.raw,
        sources,
        today,
        lambda source: Web(source, version("spendtrail")),
        dry_run=dry_run,
        now=now,
    )


def _tell(report: WatchReport, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=2))
        return
    for kind, listed in asdict(report).items():
        for entry in listed:
            click.echo(f"{kind.replace('_', ' ')}: {entry}", err=kind == "failed")


COMMANDS = (watch, update, compare, release, export)
