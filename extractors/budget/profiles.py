"""What the cells of a column look like, whatever its heading says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from extractors.budget.header import is_money_cell
from extractors.budget.rows import Row, plain
from extractors.budget.shapes import could_be_figure, shape
from extractors.budget.splitting import reads_like_description, reads_like_name
from extractors.budget.vocabulary import row_words

_PENCE = re.compile(r"\d\.\d\d\b")


@dataclass(frozen=True, slots=True)
class Profile:
    """What the body cells of a column look like."""

    filled: int
    figures: int
    money: int
    pounds: int
    pence: int
    dashes: int
    percents: int
    dates: int
    codes: int
    years: int
    bare_years: int
    words: int
    length: float
    distinct: float
    merged: bool
    organisations: float
    places: float
    mechanisms: float
    descriptions: float
    names: float


def profile_of(column: int, body: tuple[Row, ...]) -> Profile:
    own = [row.own_at(column) for row in body]
    cells = [c for c in own if c and c.text.strip() and c.column == column and c.column_span <= 2]
    texts = [c.text for c in cells]
    shapes = Counter(shape(text) for text in texts)
    words = [text for text in texts if shape(text) == "text"]

    def share(section: str) -> float:
        pattern = row_words(section)
        return sum(bool(pattern.search(text)) for text in words) / len(words) if words else 0.0

    return Profile(
        filled=len(texts),
        figures=shapes["figure"],
        money=sum(is_money_cell(text) for text in texts),
        pounds=sum("£" in text for text in texts),
        pence=sum(bool(_PENCE.search(text)) for text in texts),
        dashes=shapes["dash"] + shapes["unknown"],
        percents=shapes["percent"],
        dates=shapes["date"],
        codes=shapes["code"],
        years=shapes["year"],
        bare_years=sum(could_be_figure(text) for text in texts),
        words=len(words),
        length=sum(map(len, words)) / len(words) if words else 0.0,
        distinct=len({plain(text) for text in words}) / len(words) if words else 0.0,
        merged=any(c.row_span > 1 for c in cells),
        organisations=share("organisation"),
        places=share("place"),
        mechanisms=share("mechanism"),
        names=sum(map(reads_like_name, words)) / len(words) if words else 0.0,
        descriptions=sum(map(reads_like_description, words)) / len(words) if words else 0.0,
    )
