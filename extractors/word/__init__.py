"""Word files become Documents; python-docx and LibreOffice stay behind this module."""

from __future__ import annotations

from pathlib import Path

from extractors.model import Document


def read(path: Path, file: str) -> Document:
    """The Document of a .docx file; `file` is its name below `raw_docs/`.

    Raises UnreadableDocument for damaged, encrypted, empty or foreign files.
    """
    from extractors.word.document import read_docx

    return read_docx(path, file)


def second_reading(path: Path) -> dict[int, list[list[str]]]:
    """Each table's texts by number, row and column, read by another engine (python-docx)."""
    from extractors.word.second import second_reading as read_again

    return read_again(path)
