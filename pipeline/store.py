"""Builds the database beside the old one and swaps it in; a reader never sees half of it."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

from pipeline.records import Records

TABLES = Path(__file__).with_name("tables.sql")
APPLICATION_ID = 0x5350544C  # "SPTL" in the file's header, for `file` and `PRAGMA application_id`

# Full text of the passages; the text itself stands only once, in `passage`.
FULL_TEXT = """CREATE VIRTUAL TABLE passage_text USING fts5(
  text, content='passage', content_rowid='passage_id', tokenize="unicode61 remove_diacritics 2")"""

# Full text of what is printed on each budget line, and of the service it belongs to.
LINE_TEXT = """CREATE VIRTUAL TABLE line_text USING fts5(
  line_id UNINDEXED, text, tokenize="unicode61 remove_diacritics 2")"""
FILL_LINE_TEXT = """INSERT INTO line_text
SELECT l.line_id,
  coalesce(l.service_printed, '') || ' ' ||
  coalesce(s.name, '') || ' ' ||
  coalesce(l.service_cell, '') || ' ' ||
  coalesce(l.provider_printed, '') || ' ' ||
  coalesce(l.provider, '') || ' ' ||
  coalesce(l.provision, '') || ' ' ||
  coalesce(l.section, '') || ' ' ||
  coalesce(l.theme, '') || ' ' ||
  coalesce(l.mechanism_printed, '') || ' ' ||
  coalesce(l.reach_printed, '') || ' ' ||
  coalesce(l.reach, '') || ' ' ||
  coalesce(l.note, '') || ' ' ||
  coalesce(l.table_title, '')
FROM line l
LEFT JOIN service_link k USING (line_id) LEFT JOIN service s USING (service_id)
ORDER BY l.document, l.position, l.line_id"""


def build(records: Records, path: Path) -> None:
    """Write every record to a new database and put it in the place of `path`.

    `write` and `swap_in` in one; an interrupted build leaves the old database whole.
    """
    swap_in(write(records, path), path)


def write(records: Records, path: Path) -> Path:
    """Write every record to a new database beside `path`, in one transaction; its path.

    The new file stands beside the old one as `<name>.new`. Raises sqlite3.IntegrityError where
    a record refers to something that is not there.
    """
    from pipeline.schema import SHAPES, row_columns, row_values
    from pipeline.views import VIEWS

    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    for leftover in (fresh, fresh.with_name(fresh.name + "-journal")):
        leftover.unlink(missing_ok=True)
    made = TABLES.read_text(encoding="utf-8").split(";\n")
    with closing(connect(fresh, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA foreign_keys = ON")
        # Nobody reads the file before it is whole and, in `swap_in`, on disk.
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        # One by one, in our own order: the same records give the same bytes.
        for statement in made:
            if not statement.lstrip().startswith("CREATE INDEX"):
                connection.execute(statement)
        for field, shape in SHAPES.items():
            names = ", ".join(f'"{name}"' for name, _ in row_columns(shape.row))
            marks = ", ".join("?" * len(row_columns(shape.row)))
            connection.executemany(
                f'INSERT INTO "{shape.name}" ({names}) VALUES ({marks})',
                map(row_values, getattr(records, field)),
            )
        for statement in made:
            if statement.lstrip().startswith("CREATE INDEX"):
                connection.execute(statement)
        connection.execute(FULL_TEXT)
        connection.execute("INSERT INTO passage_text(passage_text) VALUES ('rebuild')")
        connection.execute(LINE_TEXT)
        connection.execute(FILL_LINE_TEXT)
        for view in VIEWS:
            connection.execute(view.sql)
        connection.execute("COMMIT")
    return fresh


def swap_in(fresh: Path, path: Path) -> None:
    """Put the finished file `fresh` in the place of `path`, both before and after on disk."""
    descriptor = os.open(fresh, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    fresh.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def dump(path: Path, *, leave_out: tuple[str, ...] = ("runs", "changes")) -> Iterator[str]:
    """Every view as CSV text, a line saying `# view` before each.

    Two databases of the same documents, decisions and code give the same text; `runs` knows
    the clock and `changes` the past, so they are left out.
    """
    from pipeline.views import VIEWS

    with connect(f"{path.resolve().as_uri()}?mode=ro", uri=True) as connection:
        for view in VIEWS:
            if view.name in leave_out:
                continue
            yield f"# {view.name}\n"
            found = connection.execute(f'SELECT * FROM "{view.name}"')
            buffer = io.StringIO()
            writer = csv.writer(buffer, lineterminator="\n")
            writer.writerow([column[0] for column in found.description])
            writer.writerows(found)
            yield buffer.getvalue()
    connection.close()
