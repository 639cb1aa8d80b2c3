"""Documents become pages, tables, passages and printed budget lines. Interprets no value."""

from __future__ import annotations

from pathlib import Path

from extractors.model import Document, Problem, UnreadableDocument


def read(path: Path, file: str) -> Document:
    """Everything printed in the document at `path`, which calls itself `file` in what it says.

    What it is, its content tells before its ending does. Raises UnreadableDocument, with the
    one problem to show, for a file that is empty, damaged, encrypted or of another kind.
    """
    with path.open("rb") as content:
        opening = content.read(1024)
    if not opening:
        raise UnreadableDocument(
            Problem("empty-file", "error", f"{file} is empty; fetch the document again")
        )
    if b"%PDF-" in opening or path.suffix.lower() == ".pdf":
        from extractors import pdf

        return pdf.read(path, file)
    from extractors import word

    return word.read(path, file)
