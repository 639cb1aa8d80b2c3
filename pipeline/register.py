"""`raw_docs/register.csv`: where each document came from, one row a document, read strictly.

The register is a person's file: it may name documents that are not there any more, and a
document that it does not name is read all the same. Order is by path.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path, PurePosixPath

REGISTER = "register.csv"


class RegisterError(ValueError):
    """A fault in `register.csv`; the message names file, line and column and what to do."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """What is known of one document; an empty string is a thing that nobody has told.

    `path` is below `raw_docs/` in POSIX form; `published_on` is ISO 8601 (a year, a month or
    a day); `sha256` is of the bytes that the row speaks of.
    """

    path: str
    sha256: str = ""
    publisher: str = ""
    title: str = ""
    kind: str = ""
    published_on: str = ""
    source_url: str = ""
    licence: str = ""
    note: str = ""


COLUMNS = tuple(field.name for field in fields(RegisterRow))
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def read_register(raw: Path) -> tuple[RegisterRow, ...]:
    """The rows of `register.csv` in the folder `raw`, by path; none where the file is absent.

    Raises RegisterError for another set of columns, a path that leaves the folder or stands
    twice, or a date that is none.
    """
    path = raw / REGISTER
    if not path.exists():
        return ()
    try:
        lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise RegisterError(f"{REGISTER}: not readable as CSV in UTF-8 ({error})") from None
    if not lines or tuple(lines[0]) != COLUMNS:
        raise RegisterError(f"{REGISTER} line 1: the columns must be {','.join(COLUMNS)}")
    rows: dict[str, RegisterRow] = {}
    for number, values in enumerate(lines[1:], start=2):
        if not any(values):
            continue
        where = f"{REGISTER} line {number}"
        if len(values) != len(COLUMNS):
            raise RegisterError(f"{where}: {len(values)} values for {len(COLUMNS)} columns")
        row = RegisterRow(*(value.strip() for value in values))
        _check(row, where)
        if row.path in rows:
            raise RegisterError(f"{where}: path {row.path!r} stands twice; keep one row")
        rows[row.path] = row
    return tuple(rows[name] for name in sorted(rows))


def _check(row: RegisterRow, where: str) -> None:
    pure = PurePosixPath(row.path)
    if not row.path or pure.is_absolute() or ".." in pure.parts or "\\" in row.path:
        raise RegisterError(f"{where}: path {row.path!r} must lie below the folder, with / between")
    if row.published_on:
        try:
            if not _DATE.fullmatch(row.published_on):
                raise ValueError
            date.fromisoformat((row.published_on + "-01-01")[:10])
        except ValueError:
            raise RegisterError(
                f"{where}: published_on {row.published_on!r} must be a date such as 2020-03-31, "
                "2020-03 or 2020"
            ) from None


def write_register(raw: Path, rows: Iterable[RegisterRow]) -> None:
    """Put the rows into `register.csv`, by path; the file is swapped in whole."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(row) for row in sorted(rows, key=lambda row: row.path))
    fresh = raw / (REGISTER + ".new")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        file.write(buffer.getvalue())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(raw / REGISTER)


def add_document(raw: Path, file: Path) -> RegisterRow:
    """Copy `file` into `raw` (unless it lies there) and register it; its row comes back.

    The same bytes are registered once: the row that stands for them comes back. Raises
    FileExistsError where another document has that name.
    """
    content = file.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    rows = {row.path: row for row in read_register(raw)}
    known = next((row for row in rows.values() if row.sha256 == sha256), None)
    if known is not None and (raw / known.path).exists():
        return known
    raw.mkdir(parents=True, exist_ok=True)
    inside = file.resolve().is_relative_to(raw.resolve())
    target = file.resolve() if inside else raw.resolve() / file.name
    name = target.relative_to(raw.resolve()).as_posix()
    if target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() != sha256:
        raise FileExistsError(
            f"{name}: raw_docs/ has another document of that name; rename one of them"
        )
    if not target.exists():
        fresh = target.with_name(target.name + ".new")
        fresh.write_bytes(content)
        fresh.replace(target)
    old = rows.get(name, RegisterRow(name))
    row = RegisterRow(name, sha256, *astuple(old)[2:])
    write_register(raw, [*(kept for kept in rows.values() if kept.path != name), row])
    return row
