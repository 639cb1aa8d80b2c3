"""Signs that a symbol font draws in place of letters: bullets, ticks, check boxes."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "symbols.csv"
_PRIVATE = range(0xF000, 0xF100)


@cache
def signs() -> dict[str, dict[int, str]]:
    """For each symbol font, in lower case, the sign of each character code below 256.

    Raises ValueError naming the line of `symbols.csv` that is not understood.
    """
    fonts: dict[str, dict[int, str]] = {}
    with _DATA.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if reader.fieldnames != ["font", "code", "text"]:
            raise ValueError(f"{_DATA.name}: expected the columns font, code, text")
        for row in reader:
            try:
                code = int(row["code"], 16)
            except (TypeError, ValueError) as error:
                raise ValueError(f"{_DATA.name}, line {reader.line_num}: {row}") from error
            fonts.setdefault(row["font"], {})[code] = row["text"]
    return fonts


def sign(font: str, code: int) -> str | None:
    """The sign that a symbol font shows for a code (also in its private 0xF000 form), or None."""
    font_signs = signs().get(font.strip().lower())
    if font_signs is None:
        return None
    return font_signs.get(code - 0xF000 if code in _PRIVATE else code)


def translate(text: str, font: str) -> str:
    """Text set in a symbol font as a reader sees it; text in other fonts as it is."""
    if font.strip().lower() not in signs():
        return text
    return "".join(sign(font, ord(letter)) or letter for letter in text)
