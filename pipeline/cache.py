"""What was done once is not done again: three files per document, named by what they follow from.

The name of a reading is made of the document's bytes and name, its layout file, and the code
and vocabulary that read it; so a changed document or a changed rule is read again, and nothing
else is. So are the mentions in its text. Beside them lies the document's account, whose name
adds its row of the register and the rest of the code. A file that is damaged or cannot be
understood counts as absent.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from dataclasses import astuple
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.discovery import Found

if TYPE_CHECKING:
    from pipeline.register import RegisterRow

Kept = TypeVar("Kept")

HOME = Path(__file__).parent.parent
# The reading step, the finding of mentions, and all that they call. tests/test_cache.py follows
# the imports and compares.
READING_CODE = (
    "extractors",
    "normalizers/acronyms.py",
    "normalizers/amounts.py",
    "normalizers/facts.py",
    "normalizers/facts.toml",
    "normalizers/model.py",
    "normalizers/narrative.py",
    "normalizers/narrative_amounts.py",
    "normalizers/narrative_vocabulary.py",
    "normalizers/narrative_vocabulary.toml",
    "normalizers/phases.toml",
    "normalizers/years.py",
    "pipeline/award_totals.py",
    "pipeline/carried.py",
    "pipeline/choice.py",
    "pipeline/confidence.py",
    "pipeline/confidence.toml",
    "pipeline/consultation.py",
    "pipeline/consultation.toml",
    "pipeline/derived.py",
    "pipeline/discovery.py",
    "pipeline/doubts.py",
    "pipeline/layout.py",
    "pipeline/meaning.py",
    "pipeline/narrative.py",
    "pipeline/reading.py",
    "pipeline/records.py",
    "pipeline/restated.py",
    "pipeline/restatements.py",
    "pipeline/rows.py",
    "pipeline/second.py",
    "pipeline/sections.py",
    "pipeline/setting.py",
    "pipeline/sums.py",
    "pipeline/tab_laid.py",
    "pipeline/told_years.py",
)
LIBRARIES = (
    "pypdfium2",
    "pdfplumber",
    "camelot-py",
    "rapidocr",
    "python-docx",
    "lxml",
    "spacy",
)
KNOWLEDGE = {".py", ".toml", ".csv", ".json", ".sql"}
EVERYTHING = ("extractors", "normalizers", "pipeline")
_DECISIONS = "normalizers/judgements/"  # grow with every run; no account follows from them
_CHECKSUM = 32


def hash_files(files: Iterable[tuple[str, Path]]) -> str:
    """One hash of names and contents, in the order given."""
    total = hashlib.sha256()
    for name, path in files:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{name} {content}\n".encode())
    return total.hexdigest()


def hash_text(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def code_files(entries: Iterable[str], home: Path = HOME) -> list[tuple[str, Path]]:
    """Code and vocabulary below the named files and folders, by name."""
    found: set[Path] = set()
    for entry in entries:
        path = home / entry
        inside = path.rglob("*") if path.is_dir() else [path]
        found |= {file for file in inside if file.suffix in KNOWLEDGE and file.is_file()}
    return sorted((file.relative_to(home).as_posix(), file) for file in found)


@lru_cache(maxsize=1)  # a process reads with the code that it began with
def reading_code() -> str:
    """A hash of all that decides how a document is read: our code, our words, the libraries."""
    libraries = [f"python {sys.version_info[0]}.{sys.version_info[1]}"]
    for library in LIBRARIES:
        try:
            libraries.append(f"{library} {version(library)}")
        except PackageNotFoundError:
            libraries.append(f"{library} absent")
    code = hash_files(code_files(READING_CODE))
    return hash_text("\n".join([*libraries, code]))


def all_code() -> str:
    """A hash of all our code and vocabulary, without what people decided about names."""
    files = code_files(EVERYTHING)
    return hash_files((name, path) for name, path in files if not name.startswith(_DECISIONS))


def cache_path(cache: Path, found: Found, code: str) -> Path:
    """Where the reading of a document lies, or would lie."""
    layout = (found.layout_sha256 or "no-layout")[:9]
    name = f"{found.sha256}-{hash_text(found.file)[:9]}-{layout}-{code[:16]}.reading"
    return cache / found.sha256[:2] / name


def account_path(reading: Path, register: RegisterRow | None, code: str) -> Path:
    """Where the account lies that follows from a reading, a row of the register and the code."""
    told = "\0".join(astuple(register)) if register else ""
    return reading.with_name(f"{reading.stem}-{hash_text(f'{code} {told}')[:16]}.account")


def why_read(cache: Path, found: Found, code: str) -> str:
    """Why a document must be read (again), in words; asked before it is read."""
    path = cache_path(cache, found, code)
    kept = [other.name.split("-") for other in path.parent.glob(f"{found.sha256}-*.reading")]
    wanted = path.name.split("-")
    if wanted in kept:
        return "its kept reading is damaged, or --fresh was given"
    if not kept:
        return "no document with these bytes was read before"
    same_name = [name for name in kept if name[1] == wanted[1]]
    if not same_name:
        return "the same bytes stand under another name now"
    if any(name[2:-1] == wanted[2:-1] for name in same_name):
        return "the code or the words that read documents have changed"
    return "its layout file is new or has changed"


def prune(cache: Path, wanted: Iterable[Path]) -> None:
    """Drop the readings that nothing follows from any more."""
    keep_these = set(wanted)
    for path in cache.glob("*/*"):
        if path not in keep_these:
            path.unlink(missing_ok=True)


def keep(path: Path, content: object) -> None:
    """Put a reading or an account into the cache, whole or not at all."""
    import msgspec

    encoded = msgspec.msgpack.encode(content)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.write_bytes(hashlib.sha256(encoded).digest() + encoded)
    fresh.replace(path)


def recall(path: Path, kind: type[Kept]) -> Kept | None:
    """The reading or account that lies there, None where there is none or a damaged one."""
    import msgspec

    content = _content(path)
    if content is None:
        return None
    try:
        return msgspec.msgpack.decode(content, type=kind)
    except msgspec.MsgspecError:
        return None


def is_kept(path: Path) -> bool:
    """Whether something lies there that is not damaged."""
    return _content(path) is not None


def _content(path: Path) -> bytes | None:
    try:
        whole = path.read_bytes()
    except FileNotFoundError:
        return None
    checksum, content = whole[:_CHECKSUM], whole[_CHECKSUM:]
    return content if hashlib.sha256(content).digest() == checksum else None
