"""Reference data beside the code: CSV and TOML read strictly, errors naming file and line."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


class ReferenceFault(ValueError):
    """A reference file that does not hold what it should; the message names file and line."""


def read_rows(path: Path, columns: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file whose header must be exactly `columns`.

    Raises `ReferenceFault` naming the file and line for a wrong header or a ragged row.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = tuple(next(reader, ()))
        if header != columns:
            raise ReferenceFault(
                f"{path.name}, line 1: the columns are {', '.join(header) or 'missing'}; "
                f"write exactly {', '.join(columns)}"
            )
        rows = []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(columns):
                raise ReferenceFault(
                    f"{path.name}, line {reader.line_num}: {len(cells)} cells where the header "
                    f"has {len(columns)}; quote a cell that holds a comma"
                )
            rows.append(dict(zip(columns, (cell.strip() for cell in cells), strict=True)))
    return tuple(rows)


def read_words(name: str, keys: Mapping[str, type]) -> dict[str, Any]:
    """The tables of a TOML file in `data/`; each of `keys` must be there with its type, no other.

    Raises `ReferenceFault` naming the file and the key.
    """
    path = DATA / name
    loaded = tomllib.loads(path.read_text(encoding="utf-8"))
    for key in loaded:
        if key not in keys:
            raise ReferenceFault(f"{name}: unknown key {key!r}; known are {', '.join(keys)}")
    for key, kind in keys.items():
        if not isinstance(loaded.get(key), kind):
            raise ReferenceFault(f"{name}: {key!r} is missing or not a {kind.__name__}")
    return loaded
