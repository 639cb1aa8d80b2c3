"""Tracked changes that touch figures: the accepted text is read, the doubt becomes a problem."""

from __future__ import annotations

import re
from collections import Counter

from extractors.model import Place, Problem

_FIGURE = re.compile(
    r"[£€$]\s?\d[\d,. ]*\d?(?:\s?(?:k|m|bn|million|thousand)\b)?"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{3,}|\d+\s?(?:k|m|bn|million|thousand)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def figures(text: str) -> Counter[str]:
    """The amount-like figures in a text, each with how often it stands there; bare years not."""
    found = (match.group().strip(" .,") for match in _FIGURE.finditer(text))
    return Counter(figure for figure in found if not _YEAR.fullmatch(figure))


def figure_change(before: str, after: str, place: Place, table: int | None) -> Problem | None:
    """The problem of a paragraph whose figures differ before and after its tracked changes."""
    if before == after:
        return None
    old, new = figures(before), figures(after)
    gone, come = sorted((old - new).elements()), sorted((new - old).elements())
    if not gone and not come:
        return None
    return Problem(
        "tracked-change-amount",
        "warning",
        f"A tracked change still open in the document touches a figure: before "
        f"“{_short(before)}”, accepted “{_short(after)}”. The accepted text is read; ask the "
        f"publisher which one holds.",
        f"{', '.join(gone) or '(nothing)'} → {', '.join(come) or '(nothing)'}",
        place,
        table,
    )


def row_change(text: str, deleted: bool, place: Place, table: int) -> Problem | None:
    """The problem of a whole row with figures that a tracked change deletes or inserts."""
    found = sorted(figures(text).elements())
    if not found:
        return None
    done, read = ("deleted", "left out") if deleted else ("inserted", "read")
    printed = f"{', '.join(found)} → (nothing)" if deleted else f"(nothing) → {', '.join(found)}"
    return Problem(
        "tracked-change-amount",
        "warning",
        f"A tracked change still open in the document {done} the row “{_short(text)}”; it is "
        f"{read}. Ask the publisher whether the change holds.",
        printed,
        place,
        table,
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 160 else f"{text[:157]}…"
