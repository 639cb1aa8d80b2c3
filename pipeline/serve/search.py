"""Full-text search over budget lines and running text, for words as people type them."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import Any

MOST = 60
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """What has the words: budget lines with their first figure, and passages; `more` of each."""

    lines: tuple[dict[str, Any], ...]
    passages: tuple[dict[str, Any], ...]
    more_lines: bool
    more_passages: bool


def match_words(words: str) -> str | None:
    """What was typed as an FTS5 query: every word must be there, the last may go on.

    Nothing that is typed is read as the query language's own signs; None without a word.
    """
    found = re.findall(r"\w+", words)[:MOST_WORDS]
    if not found:
        return None
    return " ".join(f'"{word}"' for word in found[:-1]) + f' "{found[-1]}"*'


def find(connection: sqlite3.Connection, words: str) -> Found:
    """Lines and passages with all the words, best first."""
    match = match_words(words)
    if match is None:
        return Found((), (), False, False)
    lines = _all(
        connection,
        "SELECT s.* FROM (SELECT line_id, rank FROM line_text WHERE line_text MATCH ?1 "
        "ORDER BY rank, line_id LIMIT ?2) t JOIN spending s USING (line_id) "
        "ORDER BY t.rank, s.line_id, s.financial_year",
        (match, MOST + 1),
    )
    passages = _all(
        connection,
        "SELECT p.*, d.sha256 FROM (SELECT rowid, rank FROM passage_text WHERE passage_text "
        "MATCH ?1 ORDER BY rank, rowid LIMIT ?2) t JOIN passage p ON p.passage_id = t.rowid "
        "JOIN documents d USING (document) ORDER BY t.rank, t.rowid",
        (match, MOST + 1),
    )
    by_line = list(dict.fromkeys(row["line_id"] for row in lines))
    kept = set(by_line[:MOST])
    return Found(
        tuple(row for row in lines if row["line_id"] in kept),
        tuple(passages[:MOST]),
        len(by_line) > MOST,
        len(passages) > MOST,
    )


def _all(connection: sqlite3.Connection, sql: str, values: tuple[Any, ...]) -> list[dict[str, Any]]:
    found = connection.execute(sql, values)
    names = [entry[0] for entry in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]
