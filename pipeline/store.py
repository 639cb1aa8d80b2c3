"""Builds the database beside the old one and swaps it in; a reader never sees half of it."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import connect

from pipeline.records import Records

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

    The new file stands beside the old one as `<name>.new`. Raises
    sqlalchemy.exc.IntegrityError where a record refers to something that is not there.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool
    from sqlalchemy.schema import CreateIndex, CreateTable

    from pipeline.schema import SHAPES, make_tables, row_columns, row_values
    from pipeline.views import VIEWS

    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    for leftover in (fresh, fresh.with_name(fresh.name + "-journal")):
        leftover.unlink(missing_ok=True)
    engine = create_engine(f"sqlite:///{fresh}", poolclass=NullPool)
    metadata = make_tables()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        connection.exec_driver_sql("PRAGMA journal_mode = MEMORY")
        connection.exec_driver_sql("BEGIN")
        # One by one, in our own order: the same records give the same bytes.
        for field, shape in SHAPES.items():
            connection.execute(CreateTable(metadata.tables[shape.name]))
            rows = getattr(records, field)
            if rows:
                names = ", ".join(f'"{name}"' for name, _ in row_columns(shape.row))
                marks = ", ".join("?" * len(row_columns(shape.row)))
                connection.exec_driver_sql(
                    f'INSERT INTO "{shape.name}" ({names}) VALUES ({marks})',
                    [row_values(row) for row in rows],
                )
        for index in sorted(
            (index for table in metadata.tables.values() for index in table.indexes),
            key=lambda index: str(index.name),
        ):
            connection.execute(CreateIndex(index))
        connection.exec_driver_sql(FULL_TEXT)
        connection.exec_driver_sql("INSERT INTO passage_text(passage_text) VALUES ('rebuild')")
        connection.exec_driver_sql(LINE_TEXT)
        connection.exec_driver_sql(FILL_LINE_TEXT)
        for view in VIEWS:
            connection.exec_driver_sql(view.sql)
        connection.exec_driver_sql("COMMIT")
    engine.dispose()
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
