"""A dated edition for others to cite: database, CSVs, what they cover, what changed, checksums.

Only the folder's name knows the day. The same database and the same earlier edition give the
same bytes in every file.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.announce import report_table, summarise
from pipeline.changes import compare_files, open_read_only
from pipeline.export import export
from pipeline.sightings import write_whole

PREFIX = "spendtrail-"
DATABASE = "spendtrail.db"


def release(database: Path, folder: Path, day: date) -> Path:
    """Writes the edition `folder/spendtrail-<day>` and gives its path.

    Raises FileExistsError where that edition stands already (an edition is never changed),
    FileNotFoundError where there is no database.
    """
    edition = folder / f"{PREFIX}{day.isoformat()}"
    if edition.exists():
        raise FileExistsError(f"{edition.name} stands already; an edition is never changed")
    before = previous_edition(folder, day)
    part = folder / f".{edition.name}.part"
    part.mkdir(parents=True, exist_ok=True)
    for leftover in part.iterdir():
        leftover.unlink()
    write_database(database, part / DATABASE)
    export(part / DATABASE, part, ("csv",))
    with closing(open_read_only(part / DATABASE)) as connection:
        facts = edition_facts(connection)
        write_whole(part / "edition.json", _json(facts))
        write_whole(part / "COVERAGE.md", coverage_statement(connection).encode())
    if before is not None:
        changes = compare_files(before / DATABASE, part / DATABASE)
        said = summarise(changes) or "nothing"
        text = f"# What changed since {before.name}\n\n{said}.\n{report_table(changes)}"
        write_whole(part / "CHANGES.md", text.encode())
    write_whole(part / "README.md", _readme(facts, before).encode())
    sums = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(part.iterdir())
    )
    write_whole(part / "SHA256SUMS", sums.encode())
    part.rename(edition)
    return edition


def previous_edition(folder: Path, day: date) -> Path | None:
    """The newest edition in a folder that is older than a day, or None."""
    name = f"{PREFIX}{day.isoformat()}"
    older = sorted(p for p in folder.glob(f"{PREFIX}*") if (p / DATABASE).exists())
    return next((p for p in reversed(older) if p.name < name), None)


def write_database(database: Path, path: Path) -> None:
    """A copy of a database without what only its own run knows (the clock, the past)."""
    path.unlink(missing_ok=True)
    with closing(open_read_only(database)) as old, closing(sqlite3.connect(":memory:")) as copy:
        old.backup(copy)
        for table in ("run", "change"):
            copy.execute(f'DELETE FROM "{table}"')
        copy.commit()
        copy.execute("VACUUM INTO ?", (str(path),))


def edition_facts(connection: sqlite3.Connection) -> dict[str, Any]:
    """What the edition is made of: version of the code, documents with hashes, counts."""
    documents = connection.execute(
        "SELECT document, sha256, publisher, title, published_on FROM documents ORDER BY document"
    )
    names = [entry[0] for entry in documents.description]
    listed = [dict(zip(names, row, strict=True)) for row in documents]
    (amounts,) = connection.execute("SELECT count(*) FROM spending").fetchone()
    return {"spendtrail": version("spendtrail"), "amounts": amounts, "documents": listed}


def coverage_statement(connection: sqlite3.Connection) -> str:
    """What is in the edition, year by year, and how far each pound is proven, as Markdown."""
    rows = connection.execute(
        "SELECT publisher, financial_year, documents, lines, printed_total, proven, unproven,"
        " contradicted FROM coverage ORDER BY publisher, financial_year"
    )
    head = [entry[0].replace("_", " ") for entry in rows.description]
    lines = ["# What this edition covers", "", f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for row in rows:
        said = [f"{v:,.2f}" if isinstance(v, float) else "" if v is None else str(v) for v in row]
        lines.append(f"| {' | '.join(said)} |")
    lines += [
        "",
        "Pounds are *proven* where they stand inside a printed sum that closes, *unproven* where "
        "no printed sum covers them, *contradicted* where the printed sum does not close.",
    ]
    return "\n".join(lines) + "\n"


def _readme(facts: dict[str, Any], before: Path | None) -> str:
    since = "CHANGES.md says what changed since the edition before. " if before else ""
    return (
        "# A Spendtrail edition\n\n"
        f"{facts['amounts']:,} amounts from {len(facts['documents'])} documents, read by "
        f"Spendtrail {facts['spendtrail']}. `{DATABASE}` holds everything; each CSV file is one "
        "of its views, described in `datapackage.json`. COVERAGE.md says what is covered and how "
        f"far it is proven. {since}`sha256sum -c SHA256SUMS` checks the files.\n"
    )


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
