"""Mechanisms and themes: each publisher's own words in a small common vocabulary.

The printed words are kept by the caller. A misprint of one letter (`Grand Funded`) is read as the
words it was meant to be, and says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from normalizers.reference import read_words
from normalizers.spelling import fold


@dataclass(frozen=True, slots=True)
class Term:
    """A printed term in the common vocabulary, and why."""

    name: str
    reason: str


@lru_cache(maxsize=1)
def _mechanisms() -> dict[str, Any]:
    return read_words("mechanisms.toml", {"mechanism": list, "funding": dict})


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[str, str], ...]:
    pairs = [(fold(p), m["name"]) for m in _mechanisms()["mechanism"] for p in m["phrases"]]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@lru_cache(maxsize=5_000)
def read_mechanism(printed: str) -> Term | None:
    """How a line is funded (`procured, jointly funded`), None where the words are not known."""
    text = " ".join(re.sub(r"[^a-z0-9/-]+|(?<=\s)-|-(?=\s)", " ", fold(printed)).split())
    shared = _funding(text)
    for phrase, name in _phrases():
        if re.match(rf"{re.escape(phrase)}(?:$|\s|-)", text):
            return Term(f"{name}{shared}", f"“{phrase}”")
    for phrase, name in _phrases():
        if len(phrase) >= 8 and len(text) == len(phrase) and _slips(text, phrase) == 1:
            return Term(f"{name}{shared}", f"a misprint of “{phrase}”")
    return None


def _slips(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _funding(text: str) -> str:
    funding = _mechanisms()["funding"]
    for key, label in (("joint", ", jointly funded"), ("sole", ", sole funded")):
        if any(re.search(rf"\b{re.escape(fold(phrase))}\b", text) for phrase in funding[key]):
            return label
    return ""


@lru_cache(maxsize=1)
def _themes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    loaded = read_words("themes.toml", {"theme": list})
    return tuple((t["name"], tuple(fold(s) for s in t["stems"])) for t in loaded["theme"])


@lru_cache(maxsize=5_000)
def read_theme(section: str) -> Term | None:
    """The theme of a printed section, None where none of the known words stands in it."""
    text = fold(section)
    for name, stems in _themes():
        for stem in stems:
            if re.search(rf"\b{re.escape(stem)}", text):
                return Term(name, f"“{stem}”")
    return None
