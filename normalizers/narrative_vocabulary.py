"""The words of running text that the narrative reading knows, from narrative_vocabulary.toml.

The file is read strictly: an unknown key is an error that names the file and the key.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("narrative_vocabulary.toml")
QUALIFIERS = ("over", "more than", "up to", "increase", "reduction")


class VocabularyError(ValueError):
    """A vocabulary file holds a key or value that nobody reads."""


@dataclass(frozen=True, slots=True)
class Code:
    """A family of printed codes: `CI004` has prefix `CI` and up to three digits."""

    kind: str
    prefix: str
    misprints: tuple[str, ...]
    digits: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases by the qualifier they give (None: kept as words only), and the rest of the file."""

    abbreviations: frozenset[str]
    money_context: tuple[str, ...]
    counted: tuple[str, ...]
    before: tuple[tuple[str | None, str], ...]
    after: tuple[tuple[str | None, str], ...]
    direction: tuple[tuple[str, str], ...]
    fund_heads: tuple[str, ...]
    fund_joiners: tuple[str, ...]
    codes: tuple[Code, ...]


def _only(table: dict[str, Any], keys: set[str], where: str) -> dict[str, Any]:
    strange = sorted(set(table) ^ keys)
    if strange:
        raise VocabularyError(
            f"{FILE.name}: [{where}] has missing or unknown keys {', '.join(strange)}; "
            f"it must have exactly {', '.join(sorted(keys))}"
        )
    return table


def _phrases(table: dict[str, list[str]], where: str) -> tuple[tuple[str | None, str], ...]:
    strange = sorted(set(table) - {*QUALIFIERS, "other"})
    if strange:
        raise VocabularyError(f"{FILE.name}: [{where}] has unknown keys {', '.join(strange)}")
    return tuple(
        (None if qualifier == "other" else qualifier, phrase)
        for qualifier, phrases in table.items()
        for phrase in phrases
    )


@cache
def load() -> Vocabulary:
    """The vocabulary of the file beside this module; raises VocabularyError where it is wrong."""
    whole = _only(
        tomllib.loads(FILE.read_text(encoding="utf-8")),
        {"sentences", "money", "before", "after", "direction", "funds", "codes"},
        "",
    )
    money = _only(whole["money"], {"context", "counted"}, "money")
    funds = _only(whole["funds"], {"heads", "joiners"}, "funds")
    direction = _only(whole["direction"], {"increase", "reduction"}, "direction")
    codes = []
    for kind, table in whole["codes"].items():
        _only(table, {"prefix", "misprints", "digits"}, f"codes.{kind}")
        least, most = table["digits"]
        codes.append(Code(kind, table["prefix"], tuple(table["misprints"]), (least, most)))
    return Vocabulary(
        abbreviations=frozenset(
            _only(whole["sentences"], {"abbreviations"}, "sentences")["abbreviations"]
        ),
        money_context=tuple(money["context"]),
        counted=tuple(money["counted"]),
        before=_phrases(whole["before"], "before"),
        after=_phrases(whole["after"], "after"),
        direction=tuple((way, phrase) for way, words in direction.items() for phrase in words),
        fund_heads=tuple(funds["heads"]),
        fund_joiners=tuple(funds["joiners"]),
        codes=tuple(codes),
    )
