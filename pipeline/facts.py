"""What is known of each document: from the register, else guessed from its own words."""

from __future__ import annotations

from normalizers.facts import Replacement
from pipeline.discovery import Found
from pipeline.reading import Reading
from pipeline.records import DocumentRow
from pipeline.register import RegisterRow
from pipeline.rows import joined


def document_row(
    found: Found, reading: Reading, register: RegisterRow | None, duplicate_of: str | None
) -> DocumentRow:
    """The document as a row; `guessed` names each fact that the register does not give."""
    document = reading.document
    told = register or RegisterRow(found.file)
    facts = {
        name: getattr(told, name) or getattr(reading.facts, name)
        for name in ("publisher", "title", "kind", "published_on")
    }
    guessed = [name for name, fact in facts.items() if fact and not getattr(told, name)]
    ending = found.path.suffix.lower().lstrip(".")
    return DocumentRow(
        document=found.file,
        sha256=found.sha256,
        format=document.format if document is not None else ending,
        **facts,
        guessed="; ".join(guessed) or None,
        financial_years=joined(reading.facts.financial_years),
        replaces=joined(_in_words(each) for each in reading.facts.replaces),
        pages=len(document.pages) or None if document is not None else None,
        is_read=document is not None,
        is_whole=reading.is_whole,
        duplicate_of=duplicate_of,
        source_url=told.source_url or None,
        licence=told.licence or None,
        note=told.note or None,
    )


def _in_words(replacement: Replacement) -> str:
    year = f" for {replacement.financial_year}" if replacement.financial_year else ""
    return f"{replacement.document}{year}"
