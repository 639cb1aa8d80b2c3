"""Tells people what changed: `output/changes/` as Markdown and JSON, and an Atom feed of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.changes import Change, money
from pipeline.sightings import write_whole

FOLDER = "changes"
FEED = "feed.xml"
FEED_ENTRIES = 50
ATOM = "http://www.w3.org/2005/Atom"
MOST_ROWS = 200  # of one kind in Markdown; the JSON holds all


def announce(changes: Sequence[Change], output: Path, when: datetime) -> Path | None:
    """Writes the change report of one run and brings the feed up to date.

    The Markdown file comes back; None, and nothing is written, where nothing changed.
    """
    if not changes:
        return None
    folder = output / FOLDER
    stem = when.strftime("%Y-%m-%dT%H%M%SZ")
    report = {
        "when": when.isoformat(),
        "summary": summarise(changes),
        "changes": [asdict(change) for change in changes],
    }
    write_whole(
        folder / f"{stem}.json", json.dumps(report, ensure_ascii=False, indent=1).encode() + b"\n"
    )
    text = markdown(changes, when)
    write_whole(folder / f"{stem}.md", text.encode())
    write_whole(folder / FEED, feed(folder))
    return folder / f"{stem}.md"


def summarise(changes: Sequence[Change]) -> str:
    """One line: how many changes of each kind, and the pounds that they move."""
    counts = [f"{len(list(group))} {kind}" for kind, group in groupby(changes, lambda c: c.kind)]
    moved = sum(c.moved_pence for c in changes if c.kind in ("restated", "figure moved"))
    return ", ".join(counts) + (f"; {money(moved)} moved" if moved else "")


def markdown(changes: Sequence[Change], when: datetime) -> str:
    """The report of one run for people."""
    head = f"# What changed, {when.day} {when:%B %Y, %H:%M} UTC\n\n{summarise(changes)}.\n"
    return head + report_table(changes)


def report_table(changes: Sequence[Change]) -> str:
    """The changes as Markdown: a section a kind, a table row a change."""
    parts: list[str] = []
    for kind, group in groupby(changes, lambda c: c.kind):
        rows = list(group)
        parts.append(f"\n## {kind.capitalize()} ({len(rows)})\n")
        parts.append("| service | year | before | after | in words |\n|---|---|---|---|---|")
        for c in rows[:MOST_ROWS]:
            cells = (c.service, c.financial_year, c.before, c.after, c.explanation)
            parts.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
        if len(rows) > MOST_ROWS:
            parts.append(f"\n… and {len(rows) - MOST_ROWS} more in the JSON file beside this one.")
    return "".join(f"{part}\n" for part in parts)


def _cell(text: str | None) -> str:
    plain = " ".join((text or "").split())
    for character in "\\|`*_[]<>":
        plain = plain.replace(character, f"\\{character}")
    return plain


def feed(folder: Path) -> bytes:
    """An Atom feed (RFC 4287) of the newest change reports in a folder."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    reports = sorted(folder.glob("*.json"), reverse=True)[:FEED_ENTRIES]
    entries = [(path, json.loads(path.read_text(encoding="utf-8"))) for path in reports]
    _add(root, "title", "Spendtrail: what changed")
    _add(root, "id", "urn:spendtrail:changes")
    _add(root, "updated", entries[0][1]["when"] if entries else "1970-01-01T00:00:00+00:00")
    author = _add(root, "author")
    _add(author, "name", "Spendtrail")
    for path, report in entries:
        entry = _add(root, "entry")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
        _add(entry, "id", f"urn:spendtrail:changes:{digest}")
        _add(entry, "title", report["summary"])
        _add(entry, "updated", report["when"])
        link = _add(entry, "link")
        link.set("href", path.with_suffix(".md").name)
        lines = [change["explanation"] for change in report["changes"][:MOST_ROWS]]
        _add(entry, "content", "\n".join(lines)).set("type", "text")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(parent: Any, name: str, text: str | None = None) -> Any:
    node = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    # XML has no place for most control characters; documents may print them all the same.
    node.text = text and "".join(c for c in text if c in "\t\n" or c.isprintable())
    return node
