"""Finds the documents in `raw_docs/`: by ending, and by content where the ending says nothing."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Container, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

ENDINGS = {".pdf", ".docx", ".doc"}
# What lies in `raw_docs/` and is no document: the project's own files about documents.
OWN_FILES = ("register.csv", "sightings.csv", "sources.toml", "*.layout.toml", "*.new", ".*")
PDF, ZIP, OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_WORD = "WordDocument".encode("utf-16-le")  # the stream that an old Word file keeps its text in


def layout_path(document: Path) -> Path:
    """Where the layout file of a document lies, if it has one."""
    return document.with_name(document.name + ".layout.toml")


@dataclass(frozen=True, slots=True)
class Found:
    """One file in `raw_docs/`: `file` is its path below it in POSIX form.

    `sha256` is empty for a file that cannot be opened. `layout_sha256` is of the layout file
    beside it, None where there is none. `is_document` is False for a file whose ending and
    content are those of no kind of document that is read.
    """

    file: str
    path: Path
    sha256: str
    layout_sha256: str | None = None
    is_document: bool = True


def find_documents(raw: Path, only: str = "*") -> tuple[Found, ...]:
    """Every file below `raw` that may be a document and whose name matches `only`, by name.

    A name matches with or without its folders. Files and folders whose names begin with a dot,
    the register and the layouts are left out.
    """
    return tuple(sorted(_look(raw, only), key=lambda found: found.file))


def _look(raw: Path, only: str) -> Iterator[Found]:
    for path in raw.rglob("*"):
        file = path.relative_to(raw).as_posix()
        parts = file.split("/")
        leads_nowhere = path.is_symlink() and not path.exists()
        if any(part.startswith(".") for part in parts) or not (path.is_file() or leads_nowhere):
            continue
        if any(fnmatch(path.name, own) for own in OWN_FILES):
            continue
        if not (fnmatch(file, only) or fnmatch(path.name, only)):
            continue
        try:
            with path.open("rb") as content:
                opening = content.read(1024)
                content.seek(0)
                sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError:  # no permission, a link that leads nowhere: the reading step will say so
            opening, sha256 = b"", ""
        known = path.suffix.lower() in ENDINGS or _is_document(path, opening)
        layout = layout_path(path)
        yield Found(
            file,
            path,
            sha256,
            hashlib.sha256(layout.read_bytes()).hexdigest() if layout.exists() else None,
            known,
        )


def _is_document(path: Path, opening: bytes) -> bool:
    """Whether a file with another ending is a PDF or a Word file by its content."""
    if PDF in opening:
        return True
    if opening.startswith(ZIP):
        try:
            with zipfile.ZipFile(path) as archive:
                return any(name.startswith("word/") for name in archive.namelist())
        except zipfile.BadZipFile:
            return False
    return opening.startswith(OLE) and OLD_WORD in path.read_bytes()


def find_duplicates(documents: tuple[Found, ...], registered: Container[str]) -> dict[str, str]:
    """File names of documents whose bytes are there already, each with the name that counts.

    A registered document counts before a copy that nobody registered; else the first by name.
    """
    first: dict[str, str] = {}
    duplicates: dict[str, str] = {}
    for found in sorted(documents, key=lambda one: (one.file not in registered, one.file)):
        if not found.sha256:
            continue
        if found.sha256 in first:
            duplicates[found.file] = first[found.sha256]
        else:
            first[found.sha256] = found.file
    return duplicates
