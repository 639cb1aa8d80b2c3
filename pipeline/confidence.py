"""How likely a figure is right, by its standing and by how its table was read.

The shares are counts, not guesses: see confidence.toml. A figure is right when the service or
provider beside it, its financial year and its pounds are.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import get_args

from pipeline.sums import Status

WAYS = ("drawn", "space", "word", "text")


class ConfidenceError(ValueError):
    """confidence.toml has an unknown or missing key; the message names it."""


def way_of(reader: str | None) -> str:
    """How a figure was read: from a drawn grid, by white space, from Word's grid, from text.

    `reader` is the reading of its table (`ruled`, `space/wrapped`, `word`), None for running text.
    """
    if not reader:
        return "text"
    if reader.startswith("word"):
        return "word"
    return "drawn" if reader.split("/")[0] in {"ruled", "shaded"} else "space"


def confidence_of(status: Status, reader: str | None, seen: float | None = None) -> float:
    """The share of figures of this kind that were right, 0..1; not above `seen`, OCR's own."""
    share = _shares()[way_of(reader), status]
    return share if seen is None else round(min(share, seen), 3)


@cache
def _shares() -> dict[tuple[str, str], float]:
    path = Path(__file__).with_name("confidence.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    found = {}
    if set(data) != set(WAYS):
        raise ConfidenceError(f"{path.name} must have the tables {', '.join(WAYS)}")
    for way, table in data.items():
        if set(table) != set(get_args(Status)):
            raise ConfidenceError(f"{path.name}: [{way}] must have {', '.join(get_args(Status))}")
        for status, entry in table.items():
            if set(entry) != {"figures", "right", "share"}:
                raise ConfidenceError(
                    f"{path.name}: [{way}] {status} must have figures, right, share"
                )
            found[way, status] = float(entry["share"])
    return found
