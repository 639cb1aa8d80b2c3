"""The command that shows the database in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli_updates import OUTPUT, RAW

LOOPBACK = "127.0.0.1"


@click.command()
@RAW
@OUTPUT
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port."
)
@click.option("--host", default=LOOPBACK, show_default=True, help="Address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the front page in a browser.")
def serve(raw: Path | None, output: Path | None, port: int, host: str, open_browser: bool) -> None:
    """Show the database in a browser, with the printed page behind every figure.

    Read-only, and heard only on this machine unless --host says otherwise. A run that finishes
    meanwhile shows at the next click.

    \b
    Example:
      spendtrail serve --open
    """
    from pipeline.run import open_project

    try:
        from pipeline.serve.server import serve as serve_site
    except ImportError as error:
        raise click.UsageError(
            f"{error.name} is not installed; `pip install spendtrail[serve]` brings it"
        ) from error
    project = open_project(Path.cwd(), raw, output)
    if not project.database.is_file():
        raise click.UsageError(f"{project.database} is not there; `spendtrail run` makes it")

    def ready(address: str) -> None:
        click.echo(address)
        if host not in (LOOPBACK, "localhost", "::1"):
            click.echo(f"anyone who reaches {host} can read the database and its pages", err=True)
        if open_browser:
            click.launch(address)

    try:
        serve_site(project.database, project.raw, host, port, ready)
    except OSError as error:
        raise click.UsageError(f"cannot listen on {host}, port {port}: {error.strerror}") from error


COMMANDS = (serve,)
