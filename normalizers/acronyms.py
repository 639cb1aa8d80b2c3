"""Glossaries and acronyms: terms with their meanings, from lists and from running text.

The rule for running text is that of A. Schwartz and M. Hearst, "A simple algorithm for
identifying abbreviation definitions in biomedical text" (2003): every letter of the short form
stands in the words before it, in order, and its first letter begins the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SHORT = re.compile(
    r"\((?:[‘'“\"]|the\s|or\s|hereafter\s|known as\s|[‘'“\"]the\s)?"
    r"(?P<short>[A-Z][A-Za-z0-9&/.]{1,9}s?)[’'”\"]?\)"
)
LISTED = re.compile(r"^(?P<term>[^\t]{1,60}?)\s*\t[\t ]*(?P<meaning>\S.*)$", re.DOTALL)
DASHED = re.compile(r"^(?P<term>\S.{0,59}?)\s*(?:\s[-–—=]\s|:\s)\s*(?P<meaning>\S.*)$", re.DOTALL)
HEADINGS = re.compile(
    r"\b(?:glossary|abbreviations?|acronyms?|definitions?|terms used|key terms|jargon)\b",
    re.IGNORECASE,
)


def is_glossary_heading(heading: str) -> bool:
    """Whether a heading, title or path of headings announces a glossary."""
    return HEADINGS.search(heading) is not None


def split_term(text: str) -> tuple[str, str] | None:
    """Term and meaning of one glossary entry, laid with a tab or else parted by a dash or colon."""
    match = LISTED.match(text) or DASHED.match(text)
    if match is None:
        return None
    return " ".join(match["term"].split()).rstrip(":"), " ".join(match["meaning"].split())


def find_acronyms(text: str) -> Iterator[tuple[str, str, int]]:
    """Acronyms that a text defines, with their meaning and where the short form begins.

    `Integrated Offender Management (IOM)` defines IOM; `CSPs` after `Community Safety
    Partnerships` defines CSP by its plural.
    """
    for match in SHORT.finditer(text):
        short = match["short"]
        if sum(c.isupper() for c in short) < 2:
            continue
        bare = short[:-1] if short.endswith("s") and short[:-1].isupper() else short
        words = re.split(r"[.;:!?]\s|\n|[()]", text[: match.start()])[-1].split()
        meaning = _meaning(bare, words[-(2 * len(bare) + 2) :])
        if meaning:
            yield short, meaning, match.start("short")


def _meaning(short: str, words: list[str]) -> str | None:
    letters = [c.lower() for c in short if c.isalnum()]
    text = " ".join(words)
    at = len(text) - 1
    for index in range(len(letters) - 1, -1, -1):
        while at >= 0 and (
            text[at].lower() != letters[index]
            or (index == 0 and at > 0 and (text[at - 1].isalnum() or text[at - 1] in "’'"))
        ):
            at -= 1
        if at < 0:
            return None
        at -= 1
    meaning = text[at + 1 :].strip(" ,-–'‘“\"’”")
    count = len(meaning.split())
    if meaning.lower() == short.lower() or short in meaning.split() or count < 2:
        return None
    return meaning if count <= len(letters) + 5 else None
