"""The parts of README.md that are made from the code and from the shipped documents.

Views, commands and issue codes stand between markers, answers below their SQL. `make readme`
makes them anew; a test fails when the file is stale.
"""

from __future__ import annotations

import re
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from pipeline.receipts import find_amount, open_database, tell_receipt
from pipeline.summary import summarise
from pipeline.views import VIEWS

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
WIDTH = 90


def load_issue_codes() -> dict[str, dict[str, str]]:
    """Meaning of each issue code, by group, in the order of `issues.toml`."""
    return tomllib.loads((HERE / "issues.toml").read_text(encoding="utf-8"))


def _views() -> Iterator[str]:
    yield "| view | a row is | columns |"
    yield "| --- | --- | --- |"
    for view in VIEWS:
        columns = ", ".join(f"`{column.name}`" for column in view.columns)
        yield f"| `{view.name}` | {view.row_is} | {columns} |"


def _columns() -> Iterator[str]:
    for view in VIEWS:
        yield f"**`{view.name}`**: {view.row_is}"
        yield ""
        yield "| column | meaning |"
        yield "| --- | --- |"
        for column in view.columns:
            yield f"| `{column.name}` | {column.meaning.replace('|', chr(92) + '|')} |"
        yield ""


def _commands() -> Iterator[str]:
    from pipeline.cli import main

    yield "```text"
    whole = click.Context(
        main,
        info_name="spendtrail",
        help_option_names=main.context_settings["help_option_names"],
        terminal_width=WIDTH,
        max_content_width=WIDTH,
    )
    yield main.get_help(whole).rstrip()
    yield "```"
    for name, command in sorted(main.commands.items()):
        yield ""
        yield "```text"
        # Below the whole command, as on the terminal, so that it has the same help options.
        yield command.get_help(click.Context(command, whole, name)).rstrip()
        yield "```"


def _issues() -> Iterator[str]:
    yield "| about | code | meaning |"
    yield "| --- | --- | --- |"
    for group, codes in load_issue_codes().items():
        for code, meaning in codes.items():
            yield f"| {group} | `{code}` | {meaning} |"


def _run(database: Path) -> Iterator[str]:
    yield "```text"
    yield "$ spendtrail run"
    yield replace(summarise(database), database="output/spendtrail.db").in_words()
    yield "```"


def _show(database: Path) -> Iterator[str]:
    with closing(open_database(database)) as db:
        (amount_id,) = db.execute(
            "SELECT amount_id FROM spending WHERE note IS NOT NULL AND page IS NOT NULL "
            "ORDER BY amount_id LIMIT 1"
        ).fetchone()
    yield "```text"
    yield f"$ spendtrail show {amount_id}"
    yield tell_receipt(database, find_amount(database, amount_id))
    yield "```"


BLOCKS = {"views": _views, "columns": _columns, "commands": _commands, "issues": _issues}
EXAMPLES = {"run": _run, "show": _show}
SQL = re.compile(r"(```sql\n(.*?)```\n\n```text\n).*?(```)", re.DOTALL)


def renew(text: str, database: Path) -> str:
    """The README's text with each generated block and each answer to its SQL made anew.

    `database` is of the shipped documents, made by one run. Raises ValueError where a block has
    no markers (`<!-- views -->` … `<!-- /views -->`).
    """
    blocks = {name: make() for name, make in BLOCKS.items()}
    blocks |= {name: make(database) for name, make in EXAMPLES.items()}
    for name, lines in blocks.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if len(pattern.findall(text)) != 1:
            raise ValueError(f"README.md needs one block <!-- {name} --> … <!-- /{name} -->")
        block = "\n".join(lines).rstrip() + "\n"
        text = pattern.sub(partial(_between, block), text)
    with closing(open_database(database)) as db:
        return SQL.sub(partial(_answered, db), text)


def _between(block: str, found: re.Match[str]) -> str:
    return found[1] + block + found[2]


def _answered(db: sqlite3.Connection, found: re.Match[str]) -> str:
    cursor = db.execute(found[2])
    names = [column[0] for column in cursor.description]
    rows = [["" if v is None else str(v) for v in row] for row in cursor]
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    lines = [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in [names, ["-" * width for width in widths], *rows]
    ]
    return found[1] + "\n".join(lines) + "\n" + found[3]


def main() -> None:
    """Make README.md anew from a run on the shipped documents."""
    from pipeline.run import Project, run

    with TemporaryDirectory() as output:
        home = HERE.parent
        project = Project(home / "raw_docs", Path(output), home / "normalizers" / "judgements")
        text = renew(README.read_text(encoding="utf-8"), run(project))
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
