"""A whole .docx file becomes a Document: opened, made plain, read, and what is doubtful told."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from extractors.model import Document, Place, Problem
from extractors.word.lines import Reader
from extractors.word.margins import (
    comment_count,
    diagram_texts,
    margin_passages,
    note_marks,
    note_texts,
    properties,
)
from extractors.word.numbering import Numbering
from extractors.word.package import main_document, open_package, read_bytes
from extractors.word.passages import passages_and_tables
from extractors.word.schema import child
from extractors.word.settle import settle
from extractors.word.story import Story
from extractors.word.styles import Styles

_UNREAD = {
    "embedded object": "An embedded object (such as a spreadsheet) is not read",
    "chart": "A chart is not read",
}


def read_docx(path: Path, file: str) -> Document:
    """The Document of a .docx file; `file` is its name below `raw_docs/`.

    Raises UnreadableDocument where nothing can be read: damaged, encrypted, foreign, empty.
    """
    return document_of(read_bytes(path, file), file, "docx")


def document_of(data: bytes, file: str, form: Literal["docx", "doc"]) -> Document:
    """The Document of a .docx file given as bytes; `form` is the format it was published in."""
    package = open_package(data, file)
    root = main_document(package)
    body = child(root, "body")
    settings = package.optional(package.part("settings"))
    styles = Styles(package.optional(package.part("styles")))
    numbering_root = package.optional(package.part("numbering"))
    reader = Reader(styles, Numbering(numbering_root))
    story = Story(reader, {})
    margins = []
    if body is not None:
        settle(body, numbered=True)
        reader.note_marks = note_marks(body, settings)
        story.notes = note_texts(package, Reader(styles, Numbering(numbering_root)))
        story.diagrams = diagram_texts(package)
        story.walk(body)
    passages, tables = passages_and_tables(story)
    if body is not None:
        margins = margin_passages(package, body, reader, settings, len(passages) + 1)
    facts = properties(package)
    comments = comment_count(package)
    problems = [*story.problems, *_unread(story.lost)]
    if comments:
        problems.append(
            Problem("comments-left-out", "info", f"{comments} comments in the margin are not read.")
        )
    if not passages and not tables:
        problems.append(
            Problem(
                "no-text",
                "error",
                f"{file} holds no text; if it shows pictures of pages, ask for the original.",
            )
        )
    return Document(
        file,
        hashlib.sha256(data).hexdigest(),
        form,
        tables=tuple(tables),
        passages=(*passages, *margins),
        problems=(*package.problems, *problems),
        properties=facts,
    )


def _unread(lost: list[tuple[str, Place]]) -> list[Problem]:
    problems = [
        Problem(
            "not-read",
            "warning",
            f"{_UNREAD[thing]}; look at it in Word, figures in it are missing here.",
            place=place,
        )
        for thing, place in lost
        if thing in _UNREAD
    ]
    pictures = sum(thing == "picture" for thing, _ in lost)
    if pictures:
        message = f"{pictures} pictures are not read; look whether one shows a table."
        problems.append(Problem("pictures-not-read", "info", message))
    return problems
