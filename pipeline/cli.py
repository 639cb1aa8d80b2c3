"""The command `spendtrail`. Results on stdout, talk on stderr.

Exit status: 0 all was read, 1 a document could not be read (the others are in), 2 wrong use,
3 another run was at work (with --no-wait).
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli_names import COMMANDS as NAME_COMMANDS
from pipeline.cli_serve import COMMANDS as SERVE_COMMANDS
from pipeline.cli_updates import BUSY, COMMANDS, NO_WAIT, OUTPUT, RAW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.run import Project, Tell


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="spendtrail")
def main() -> None:
    """From published spending documents to a reconciled, receipted SQLite database.

    Works on the folder it is called in: documents in raw_docs/, the result in
    output/spendtrail.db.

    \b
    Example:
      spendtrail add ~/Downloads/framework-2024.pdf
      spendtrail run
    """


def _project(raw: Path | None, output: Path | None) -> Project:
    from pipeline.run import open_project

    return open_project(Path.cwd(), raw, output)


@contextmanager
def _wrong_use_is_told() -> Iterator[None]:
    from pipeline.receipts import NoSuchAmount, NothingToDraw
    from pipeline.register import RegisterError

    try:
        yield
    except (
        RegisterError,
        NoSuchAmount,
        FileNotFoundError,
        FileExistsError,
        NothingToDraw,
    ) as error:
        raise click.UsageError(str(error)) from error


@contextmanager
def _progress() -> Iterator[Tell]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda file, total: None
        return
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no second thread beside the workers
    bar = tqdm(unit="document", leave=False, file=sys.stderr)

    def tell(file: str, total: int) -> None:
        bar.total = total
        bar.set_postfix_str(file)
        bar.update()

    try:
        yield tell
    finally:
        bar.close()


def _say_why(file: str, reason: str) -> None:
    click.echo(f"{file}: {reason}", err=True)


@main.command()
@RAW
@OUTPUT
@click.option("--jobs", type=click.IntRange(min=1), help="Processes that read. [default: cores]")
@click.option("--only", default="*", metavar="GLOB", help="Take only documents of such names.")
@click.option("--fresh", is_flag=True, help="Read every document again, whatever the cache has.")
@click.option("--why", is_flag=True, help="Say for each document why it is read or not.")
@NO_WAIT
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def run(
    raw: Path | None,
    output: Path | None,
    jobs: int | None,
    only: str,
    fresh: bool,
    why: bool,
    no_wait: bool,
    as_json: bool,
) -> None:
    """Read the documents and bring the database up to date.

    What was read before is not read again; decisions and code take effect at once. With
    --only, the database holds these documents and no others.

    \b
    Example:
      spendtrail run
      spendtrail run --only '2020*.pdf' --output /tmp/one --json
    """
    from pipeline.lock import Busy, one_writer
    from pipeline.run import run as run_project
    from pipeline.summary import summarise

    project = _project(raw, output)
    try:
        with (
            _wrong_use_is_told(),
            one_writer(project.output, wait=not no_wait),
            _progress() as tell,
        ):
            database = run_project(
                project,
                jobs=jobs,
                only=only,
                fresh=fresh,
                tell=tell,
                why=_say_why if why else lambda file, reason: None,
            )
    except Busy as busy:
        click.echo(str(busy), err=True)
        raise SystemExit(BUSY) from None
    summary = summarise(database)
    click.echo(json.dumps(asdict(summary), indent=2) if as_json else summary.in_words())
    if summary.documents_failed:
        click.echo("what to do about each: select * from issues where severity = 'error'", err=True)
    raise SystemExit(summary.exit_code)


@main.command()
@RAW
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
def add(raw: Path | None, files: tuple[Path, ...]) -> None:
    """Copy documents into raw_docs/ and register them.

    The row in raw_docs/register.csv has the file's name and hash; publisher, title, date, address
    and licence are yours to fill in (what is empty is guessed from the document).

    \b
    Example:
      spendtrail add ~/Downloads/framework-2024.pdf
    """
    from pipeline.register import add_document, read_register

    folder = _project(raw, None).raw
    with _wrong_use_is_told():
        for file in files:
            known = {row.sha256 for row in read_register(folder)}
            row = add_document(folder, file)
            click.echo(f"{row.path}  {row.sha256[:12]}")
            if row.sha256 in known:
                click.echo(f"{file.name} is registered already, as {row.path}", err=True)


@main.command()
@OUTPUT
def check(output: Path | None) -> None:
    """Print the judgement of every table: its sums, and where its numbers went.

    \b
    Example:
      spendtrail check | grep -v agrees
    """
    from pipeline.judgement import tell_judgement

    with _wrong_use_is_told():
        for line in tell_judgement(_project(None, output).database):
            click.echo(line)


@main.command()
@RAW
@OUTPUT
@click.argument("amount_id")
@click.option(
    "--png",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the page with the figure boxed to this file.",
)
def show(raw: Path | None, output: Path | None, amount_id: str, png: Path | None) -> None:
    """Show where an amount is printed and how it was read.

    AMOUNT_ID stands in the view spending; its beginning will do where it is the only one.

    \b
    Example:
      spendtrail show 43f724acd5-t2-r19-c3 --png page.png
    """
    from pipeline.receipts import draw_receipt, find_amount, tell_receipt

    project = _project(raw, output)
    with _wrong_use_is_told():
        amount = find_amount(project.database, amount_id)
        click.echo(tell_receipt(project.database, amount))
        if png is not None:
            png.write_bytes(draw_receipt(project.database, project.raw, amount))
            click.echo(f"wrote {png}", err=True)


@main.command()
@RAW
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--page", type=click.IntRange(min=1), help="Only tables on this page of a PDF.")
@click.option(
    "--png",
    type=click.Path(file_okay=False, path_type=Path),
    help="Draw each page's cells into this folder.",
)
@click.option("--layout", is_flag=True, help="Print a layout file to correct instead.")
def tables(raw: Path | None, file: Path, page: int | None, png: Path | None, layout: bool) -> None:
    """Show the tables of a document as the reader sees them.

    FILE is a path, or the name of a document in raw_docs/. Rows are marked h (header), · (budget
    line), Σ (total). A document that is read wrong can be helped by a layout file beside it,
    FILE.layout.toml: --layout prints what the reader made of the document, for you to correct.

    \b
    Example:
      spendtrail tables commissioning-framework-2020-21.pdf --page 4 --png pages
    """
    from pipeline.reading import read_document
    from pipeline.sketch import draw_tables, sketch_layout, sketch_tables

    path = file if file.exists() else _project(raw, None).raw / file
    if not path.is_file():
        raise click.UsageError(f"{file} is neither a file nor a document in raw_docs/")
    reading = read_document(path, path.name)
    for line in (sketch_layout if layout else sketch_tables)(reading, page):
        click.echo(line)
    if png is not None:
        png.mkdir(parents=True, exist_ok=True)
        for number, picture in draw_tables(path, reading, page):
            target = png / f"{path.stem}-page-{number}.png"
            target.write_bytes(picture)
            click.echo(f"wrote {target}", err=True)
    raise SystemExit(1 if reading.document is None else 0)


for command in (*COMMANDS, *NAME_COMMANDS, *SERVE_COMMANDS):
    main.add_command(command)

if __name__ == "__main__":
    main()
