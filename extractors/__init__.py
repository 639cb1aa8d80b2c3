"""Documents become pages, tables, passages and printed budget lines. Interprets no value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from extractors.model import Document, Problem, UnreadableDocument


def _read_pdf(path: Path, file: str, processes: int) -> Document:
    from extractors import pdf

    return pdf.read(path, file, processes)


def _read_docx(path: Path, file: str, _: int) -> Document:
    from extractors import word

    return word.read(path, file)


def _read_doc(path: Path, file: str, _: int) -> Document:
    from extractors.word import legacy

    return legacy.read(path, file)


# What each kind of file is read with; the kind is known by content, the suffix is a hint only.
READERS: dict[str, Callable[[Path, str, int], Document]] = {
    ".pdf": _read_pdf,
    ".docx": _read_docx,
    ".doc": _read_doc,
}

_BEGINNINGS = (
    (b"PK\x03\x04", ".docx"),
    (b"PK\x05\x06", ".docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    (b"{\\rtf", ".doc"),
)
_PDF_HEADER_WITHIN = 1024  # bytes; readers accept junk before the header


def kind_of_file(path: Path) -> str | None:
    """The key in READERS for this file, by its first bytes, else by its suffix, else None."""
    with path.open("rb") as stream:
        head = stream.read(_PDF_HEADER_WITHIN)
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if b"%PDF" in head:
        return ".pdf"
    suffix = path.suffix.lower()
    return suffix if suffix in READERS else None


def read(path: Path, file: str, processes: int = 1) -> Document:
    """The Document of one published file; `file` is its name below `raw_docs/`.

    So many processes may read it, this one among them.

    Raises UnreadableDocument for a file that no reader understands, or that its reader
    finds damaged, encrypted or empty.
    """
    if path.stat().st_size == 0:
        raise UnreadableDocument(
            Problem("empty-file", "error", f"{file} is empty (no bytes); fetch it again.")
        )
    kind = kind_of_file(path)
    if kind is None:
        known = ", ".join(READERS)
        raise UnreadableDocument(
            Problem(
                "foreign-file",
                "error",
                f"{file} is none of the kinds that can be read ({known}); "
                "register the document itself, as PDF or Word.",
            )
        )
    return READERS[kind](path, file, processes)
