"""The commands about names and years: review, history."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli_updates import OUTPUT

if TYPE_CHECKING:
    from pipeline.run import Project


def _project(output: Path | None) -> Project:
    from pipeline.run import open_project

    return open_project(Path.cwd(), None, output)


@click.command()
@OUTPUT
@click.argument("what", required=False, type=click.Choice(["providers", "services", "events"]))
def review(output: Path | None, what: str | None) -> None:
    """Decide what the database is not sure of, the most money first.

    Shows both printed lines with their years, sums, receipts and the evidence. Answers: yes, no,
    unsure, undo, quit (y, n, u, z, q). Each is one line appended to normalizers/judgements/*.csv,
    keyed to the printed words; `spendtrail run` then goes by it in seconds.

    \b
    Example:
      spendtrail review services
    """
    from datetime import UTC, datetime

    from normalizers.reference import ReferenceFault
    from pipeline.review import KINDS, read_questions
    from pipeline.review import review as ask

    project = _project(output)
    kinds = tuple(kind for kind in KINDS if what in (None, kind))
    try:
        questions = read_questions(project.database, project.judgements, kinds)
    except (FileNotFoundError, ReferenceFault) as error:
        raise click.UsageError(str(error)) from error
    if not questions:
        click.echo("nothing is open", err=True)
        return

    def hear(text: str) -> str:
        try:
            return str(click.prompt(text, prompt_suffix="? ", err=True))
        except click.Abort:  # the input ended: what was answered stands
            return "quit"

    given = ask(questions, project.judgements, datetime.now(UTC).date(), click.echo, hear)
    click.echo(f"{given} decided; `spendtrail run` goes by it", err=True)


@click.command()
@OUTPUT
@click.option("--real", "base", metavar="YEAR", help="In the prices of that year, as 2020-21.")
@click.option("--service", "words", metavar="WORDS", help="Only services with these words.")
def history(output: Path | None, base: str | None, words: str | None) -> None:
    """Print what each service cost in each year, the figures that stand now, tab-separated.

    With --real, in the prices of one year by HM Treasury's GDP deflator, which ends with its last
    outturn; a sum for several years, or a year without a deflator, is then left empty.

    \b
    Example:
      spendtrail history --real 2020-21
    """
    from normalizers.deflators import SOURCE
    from normalizers.reference import ReferenceFault
    from pipeline.years import history_table

    try:
        table = history_table(_project(output).database, base, words)
    except (FileNotFoundError, ReferenceFault) as error:
        raise click.UsageError(str(error)) from error
    for row in table:
        click.echo("\t".join(row))
    if base:
        click.echo(f"prices of {base}; {SOURCE}", err=True)


COMMANDS = (review, history)
