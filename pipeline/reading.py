"""The reading step, done once per document in a worker: pages, tables, passages, budget lines.

What it gives back follows from the document's bytes and name, its layout file and the reading
code alone, so it is kept in the cache; names, dates and decisions come later, afresh each run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.model import Document, PrintedBudget, Problem, Table
from normalizers.facts import Facts
from normalizers.narrative import Mention


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one document; `document` is None where it cannot be read at all.

    `second` holds (table, row, column, text) of figures that another engine read as well,
    because a sum over them did not close.
    """

    document: Document | None
    budgets: tuple[PrintedBudget, ...] = ()
    mentions: tuple[Mention, ...] = ()
    facts: Facts = Facts()  # noqa: RUF009
    problems: tuple[Problem, ...] = ()
    second: tuple[tuple[int, int, int, str], ...] = ()

    def second_reading(self) -> dict[tuple[int, int, int], str]:
        """The texts of the second reading by table, row and column."""
        return {(table, row, column): text for table, row, column, text in self.second}


def read_document(path: Path, file: str) -> Reading:
    """What the document at `path` prints, with the reading of each table that closes its sums."""
    import extractors
    from extractors.model import UnreadableDocument
    from normalizers.facts import infer
    from normalizers.narrative import read_mentions
    from pipeline.choice import choose_reading
    from pipeline.narrative import fact_texts, running_texts
    from pipeline.second import read_again

    try:
        document = extractors.read(path, file)
    except UnreadableDocument as error:
        return Reading(None, problems=(error.problem,))
    chosen = [
        choose_reading(document, table, _others(path, document, table)) for table in document.tables
    ]
    document = replace(document, tables=tuple(table for table, _ in chosen))
    budgets = tuple(budget for _, budget in chosen)
    texts = [located.text for located in running_texts(document, budgets)]
    return Reading(
        document,
        budgets,
        read_mentions(texts),
        infer(fact_texts(document, budgets), dict(document.properties), path.name),
        second=read_again(path, document, budgets),
    )


def _others(path: Path, document: Document, table: Table) -> Iterator[Table]:
    """Other readings of a table, made only when somebody asks for the next."""
    if document.format == "pdf":
        from extractors.pdf.alternatives import other_readings

        yield from other_readings(path, table)


def failed_reading(file: str, fault: str, words: str) -> Reading:
    """The reading of a document that the reader did not come back from."""
    codes = {
        "crashed": ("reader-crashed", "fetch the document again, or report it"),
        "too_slow": ("reader-too-slow", "split the document, or report it"),
        "too_big": ("reader-too-big", "split the document, or report it"),
    }
    code, advice = codes[fault]
    return Reading(
        None, problems=(Problem(code, "error", f"{file} could not be read: {words}; {advice}"),)
    )
