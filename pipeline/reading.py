"""The reading step, done once per document in a worker: pages, tables, passages, budget lines.

What it gives back follows from the document's bytes, its layout file and the reading code
alone, so it is kept in the cache; names, dates and decisions come later, afresh each run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractors.model import Document, PrintedBudget, Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one document; `document` is None where it cannot be read at all."""

    document: Document | None
    budgets: tuple[PrintedBudget, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_document(path: Path, file: str) -> Reading:
    """What the document at `path` prints, with the reading of each table that closes its sums."""
    import extractors
    from extractors.model import UnreadableDocument

    try:
        document = extractors.read(path, file)
    except UnreadableDocument as error:
        return Reading(None, problems=(error.problem,))
    return Reading(document)


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
