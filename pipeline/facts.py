"""What is known of each document: from the register, else guessed from its own words."""

from __future__ import annotations

from pipeline.discovery import Found
from pipeline.reading import Reading
from pipeline.records import DocumentRow
from pipeline.register import RegisterRow


def document_row(
    found: Found, reading: Reading, register: RegisterRow | None, duplicate_of: str | None
) -> DocumentRow:
    """The document as a row; `guessed` names each fact that the register does not give."""
    document = reading.document
    told = register or RegisterRow(found.file)
    guesses = guess_facts(reading)
    facts = {
        name: getattr(told, name) or guesses.get(name)
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
        pages=len(document.pages) or None if document is not None else None,
        is_read=document is not None,
        duplicate_of=duplicate_of,
        source_url=told.source_url or None,
        licence=told.licence or None,
        note=told.note or None,
    )


def guess_facts(reading: Reading) -> dict[str, str]:
    """Title from the document's first title or heading, else its properties."""
    document = reading.document
    if document is None:
        return {}
    headings = [p.text for p in document.passages if p.kind in ("title", "heading") and p.text]
    title = next(iter(headings), None) or dict(document.properties).get("title")
    return {"title": title} if title else {}
