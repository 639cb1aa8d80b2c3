"""The word lists of `words.toml`, loaded strictly, and the tests that are made of them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "words.toml"
_KEYS = {"captions", "notes", "units", "page_numbers", "appendices"}


@cache
def words() -> dict[str, frozenset[str]]:
    """The lists by name. Raises ValueError naming a key that is unknown, missing or no list."""
    found = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    for key in sorted(set(found) ^ _KEYS):
        raise ValueError(f"{_DATA.name}: key {key!r} is {'unknown' if key in found else 'missing'}")
    for key, entries in found.items():
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise ValueError(f"{_DATA.name}: key {key!r} must be a list of words")
    return {key: frozenset(entries) for key, entries in found.items()}


@cache
def _caption() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, words()["captions"])))
    return re.compile(
        rf"(?:{names})\s*(?:\d+(?:\.\d+)*[a-z]?|[A-Z]\d*)\s*(?:$|[:.\-–—\t(])", re.IGNORECASE
    )


@cache
def _note() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, words()["notes"]), key=len, reverse=True))
    return re.compile(rf"({names})(?:\s*\d+)?\s*[:.\-–—\t]\s*(?=\S)", re.IGNORECASE)


def is_caption(text: str) -> bool:
    """Whether a line is a numbered caption (`Table 1: …`), not a sentence about one."""
    return bool(_caption().match(text)) and len(text) <= 250


def note_word(text: str) -> str | None:
    """The word that makes a line a note (`NB`, `Source`), as printed, or None."""
    match = _note().match(text)
    return match.group(1).rstrip(".") if match else None


def is_unit_line(text: str) -> bool:
    """Whether a short line states the unit of the figures below it (`£000s`)."""
    parts = re.findall(r"£\S*|\w[\w'’]*", text.lower())
    return 0 < len(parts) <= 8 and bool(words()["units"] & {part.strip("().,") for part in parts})


def is_page_number(text: str) -> bool:
    """Whether a header or footer holds a page number and nothing else."""
    parts = re.findall(r"\w+", text.lower())
    return bool(parts) and all(part.isdigit() or part in words()["page_numbers"] for part in parts)


def is_appendix_label(text: str) -> bool:
    """Whether a short text is the name of an appendix and nothing else (`Appendix (B)`)."""
    parts = re.findall(r"\w+", text.lower())
    return 0 < len(parts) <= 3 and parts[0] in words()["appendices"]
