"""Entries that say what somebody asked for: with what was given a single award, else none."""

from __future__ import annotations

import re
from functools import cache

from extractors.budget.clauses import AMOUNT, Award, Sum, is_body, trimmed
from extractors.budget.vocabulary import award_words

_NAME = r"(?P<name>[^£:;–]{2,100}?)"


@cache
def _asking() -> str:
    return rf"(?:(?:has|have|had)\s+)?\b(?P<asking>(?i:{award_words('asking').pattern}))"


@cache
def _both() -> re.Pattern[str]:
    """`Hill Trust asked for £5,000; we were able to award £3,150 for a van`."""
    return re.compile(
        rf"{_NAME},?\s+{_asking()}\s+(?P<asked>{AMOUNT})(?P<between>[^£]{{2,90}}?)"
        rf"(?P<given>{AMOUNT})(?P<rest>[^£]*)"
    )


def read_asked(shown: str) -> Award | None:
    """The award of an entry that says first what was asked for, then what was given of it."""
    match = _both().fullmatch(shown)
    if match is None or award_words("refusing").search(shown):
        return None
    between = match["between"]
    giving = next(
        (
            found[0]
            for name in ("given", "receives", "giving")
            for found in award_words(name).finditer(between)
        ),
        None,
    )
    name = match["name"].strip(" ,")
    if giving is None or not is_body(name):
        return None
    asked, given = match["asked"], match["given"]
    rest, note, _ = trimmed(match["rest"])
    sums = (Sum(asked, asked, match["asking"]), Sum(given, given, giving))
    return Award(sums, name, None, rest or None, note=note)


def asks(shown: str) -> bool:
    """Whether the first sum of an entry is what somebody asked for, by the words before it."""
    found = re.match(rf"[^£]*?{_asking()}\s+£", shown)
    return found is not None
