"""What a run has to say at its end, asked from the database itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Summary:
    """The last run in figures; pounds are of amounts that are known, each counted once."""

    database: str
    documents_read: int
    documents_unchanged: int
    documents_failed: int
    lines: int
    amounts: int
    pounds_proven: float
    pounds_unproven: float
    pounds_contradicted: float
    issues: dict[str, int]
    failed: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """0 where all documents were read whole, else 1."""
        return 1 if self.documents_failed else 0

    def in_words(self) -> str:
        """The summary as a person reads it."""
        lines = [
            f"documents  {self.documents_read} read, {self.documents_unchanged} unchanged, "
            f"{self.documents_failed} failed",
            *(f"           could not be read, or not wholly: {file}" for file in self.failed),
            f"lines      {self.lines}",
            f"amounts    {self.amounts}",
            f"proven        £{self.pounds_proven:>14,.2f}",
            f"unproven      £{self.pounds_unproven:>14,.2f}",
            f"contradicted  £{self.pounds_contradicted:>14,.2f}",
            "issues     " + (", ".join(f"{n} {code}" for code, n in self.issues.items()) or "none"),
            f"database   {self.database}",
        ]
        return "\n".join(lines)


def summarise(database: Path) -> Summary:
    """The figures of the database and of its last run."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
        read, unchanged, failed = db.execute(
            "SELECT documents_read, documents_unchanged, documents_failed FROM run "
            "ORDER BY run DESC LIMIT 1"
        ).fetchone()
        pence = dict(db.execute("SELECT status, sum(pence) FROM amount GROUP BY status"))
        return Summary(
            database=str(database),
            documents_read=read,
            documents_unchanged=unchanged,
            documents_failed=failed,
            lines=db.execute("SELECT count(*) FROM line").fetchone()[0],
            amounts=db.execute("SELECT count(*) FROM amount").fetchone()[0],
            pounds_proven=(pence.get("proven") or 0) / 100,
            pounds_unproven=(pence.get("unproven") or 0) / 100,
            pounds_contradicted=(pence.get("contradicted") or 0) / 100,
            issues=dict(
                db.execute("SELECT code, count(*) FROM issue GROUP BY code ORDER BY 2 DESC, 1")
            ),
            failed=tuple(
                file
                for (file,) in db.execute(
                    "SELECT document FROM document WHERE NOT is_whole AND duplicate_of IS NULL "
                    "ORDER BY document"
                )
            ),
        )
