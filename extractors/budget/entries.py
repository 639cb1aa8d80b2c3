"""A body row of a budget table while its kind is being found, and the words of totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.budget.rows import Row, plain
from extractors.budget.vocabulary import roles_of, row_words
from extractors.model import Cell

Kind = Literal[
    "blank", "repeated_header", "banner", "line", "total", "note", "label", "continuation", "orphan"
]


# Why a column of sums of its row is no amount of its own.
ROW_SUM = "the sum of the columns beside it"


@dataclass(slots=True)
class Entry:
    """One body row while its kind is being found. `values` are its figures by column."""

    row: Row
    kind: Kind
    label: str
    texts: tuple[Cell, ...]
    values: dict[int, tuple[int, int]]
    figures: tuple[Cell, ...]
    not_known: frozenset[int] = frozenset()
    section: str | None = None
    outer: str | None = None
    scope: tuple[int, ...] = ()
    grand: bool = False
    evidence: str = ""
    styled: bool = False


_STARTS_WITH_TOTAL = re.compile(
    r"^(?:the\s+)?(?:sub|grand|overall|net|gross|section)?[\s-]*totals?\b", re.I
)
_ENDS_WITH_TOTAL = re.compile(
    r"(?:\b(?:sub|grand|overall|net|gross)?[\s-]*(?:totals?|sum)|\boverall)\s*[:=£()000’'ms\s-]*$",
    re.I,
)


def total_words(label: str) -> Literal["sub", "grand", "total", ""]:
    """What kind of total a label speaks of, if any."""
    shown = label.strip()
    if not row_words("total").search(shown):
        return ""
    if row_words("total", "sub").search(shown):
        return "sub"
    if not (_STARTS_WITH_TOTAL.search(shown) or _ENDS_WITH_TOTAL.search(shown)):
        bare = re.split(r"\s*[,:–]\s", _LEFT_OUT.sub("", shown).rstrip(" :"))[0]
        exact = row_words("total").fullmatch(bare)
        return "total" if exact else ""
    match = row_words("total", "grand").search(shown)
    # `Total awarded in Round 1` is one part's, `Total awarded in 2024/25` that of all.
    grand = match and match.start() <= 4 and not _OF_A_PART.match(shown, match.end())
    return "grand" if grand else "total"


_OF_A_PART = re.compile(
    r"\s+(?:in|for|on|under|within)\s+(?!(?:the\s+)?(?:years?|financial|all|both)\b)(?:the\s+)?[^\W\d_]{3}",
    re.I,
)


def without_of_which(label: str) -> str:
    """A label without the words that announce its parts below: `Transport of which:`."""
    bare = label.rstrip(" :)")
    for match in row_words("total", "announces").finditer(bare):
        if match.end() == len(bare):
            return bare[: match.start()].rstrip(" ,;:(–-")
    return label


_LEFT_OUT = re.compile(r"\s*\(\s*(?:excluding|excl\.?|without|before)\s+([^()]+)\)\s*$", re.I)


def left_out(label: str) -> str:
    """What a total says that it does not sum: `Budget (excluding schools)` leaves out schools."""
    match = _LEFT_OUT.search(label)
    return plain(match[1]) if match else ""


def part_named(label: str) -> str | None:
    """What a label names as a part of the total above it: `of which Core funding`."""
    match = row_words("total", "parts").match(label.strip())
    return label.strip()[match.end() :].strip(" :–-") or None if match else None


def without_total_words(label: str) -> str:
    """The section a sub-total's label names: `Victims sub-total` names `Victims`."""
    bare = row_words("total").sub(" ", part_named(label) or label)
    bare = re.sub(
        r"^\W*(?:for|of|the)\s+|\s+(?:for|of)\s*$", "", " ".join(bare.split()), flags=re.I
    )
    return bare.strip(" :-–—,").strip()


def same_section(named: str, section: str | None) -> bool:
    """Whether a total's label, without its total words, names a section."""
    shown = plain(section or "")
    return bool(shown) and (named == shown or named in shown or shown in named)


def named_by_total(heading: str, body: Sequence[Row]) -> bool:
    """Whether a heading over the labels is what a total sums up: `Road safety partnership` over
    `Total road safety partnership` is the name of the section, not of what the labels are."""
    labels = [c.text for row in body if (c := row.own_at(0)) and total_words(c.text)]
    said = {word for _, _, words in roles_of(heading, "text") for word in words.split()}
    if set(plain(heading).split()) <= said:
        return False  # `Programme` over `Programme total` heads programmes
    return any(plain(without_total_words(label)) == plain(heading) for label in labels)
