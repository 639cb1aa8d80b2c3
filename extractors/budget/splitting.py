"""Two facts in one cell: `Think Family – A contribution to …` is a name and what it is for.

Whether cells are split is decided for a column as a whole, from its heading and from how many
of its cells carry a name and a description; where a cell is split, from its own words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.budget.vocabulary import roles_of, row_words

_SEPARATOR = re.compile(r"\s+[-–—]\s+|(?<=\w)[–—]\s+|(?<=\))[–—-]\s+|:\s+|\n")
_TWO_FACTS = re.compile(
    r"\b(?:name|title|service|project|initiative|scheme|contract|activity|grant)\w*\b.*(?:/|&|\band\b|-|–|\()\s*"
    r"(?:\w+\s+)?(?:description|purpose|details?|summary|provision|what)\b",
    re.I,
)
_SMALL = {
    "a", "an", "and", "for", "in", "of", "on", "the", "to", "with", "at", "by", "from", "via",
    "or", "up",
}  # fmt: skip


def splits_names(heading: str, texts: Sequence[str]) -> bool:
    """Whether a column of names also carries descriptions, so that its cells are to be split."""
    if not texts:
        return False
    share = sum(split_cell(text) is not None for text in texts) / len(texts)
    return share >= (0.3 if _TWO_FACTS.search(heading) else 0.6)


def split_cell(text: str) -> tuple[str, str] | None:
    """Name and description of a cell that carries both, or None.

    The description begins at the first part that reads like one: a phrase with ordinary words
    in lower case. Short or capitalised parts before it belong to the name (`Young Persons
    Substance misuse – City – Substance misuse treatment service for young offenders`).
    """
    for match in _SEPARATOR.finditer(text):
        name, rest = text[: match.start()].strip(), text[match.end() :].strip()
        if not name or not rest or len(name) > 110:
            continue
        following = _SEPARATOR.search(rest)
        part = rest[: following.start()] if following else rest
        if reads_like_description(part) or (following is None and len(part.split()) >= 6):
            return name, rest
    return None


_BY = re.compile(
    r"^(?P<what>[^£]{3,}?),?\s+\(?(?:(?P<how>provided|delivered|run|led|managed|hosted|operated|"
    r"undertaken|supplied|carried out|seconded)\s+)?(?P<link>by|from)\s+"
    r"(?P<who>(?:the\s+)?[A-Z][^.;:()]*)\)?$"
)
# What somebody does for a fee: `Contribution by Hill Council` is nothing of the kind.
_WORK = re.compile(
    r"\b(?:evaluation|advice|audit|training|support|research|analysis|review|assessment|mediation|"
    r"counselling|advocacy|translation|interpreting|maintenance)$",
    re.I,
)


def payee_in(text: str) -> str | None:
    """Who is paid, where the name of what is paid for says so: `Evaluation by Marlow LLP`, `Legal
    advice (provided by Hill Council)`, `An analyst, seconded from Hill Council`."""
    match = _BY.match(" ".join(text.split()))
    if match is None:
        return None
    who = match["who"]
    seconded = match["how"] == "seconded"
    told = match["link"] == "by" and (match["how"] or _WORK.search(match["what"]))
    bare = re.sub(r"^the\s+", "", who)
    named = row_words("organisation").search(bare) and reads_like_name(bare)
    return who if named and (told or seconded) else None


# The numbers under which charities and companies are registered stand beside many names.
_REGISTERED = re.compile(
    r"[\s,;:–-]*[(\[]?\s*(?:(?:reg(?:istered|istration|\.?)?|uk|scottish)\s+)*"
    r"(?:charity|company|charitable company|cio|cic|elusen)\b\s*"
    r"(?:reg(?:istered|istration|\.)?\s*)?(?:no\.?|number|nos\.?|rhif)?\s*[:.]?\s*"
    r"(?:(?:sc|ni|oc|ce)?\s?\d{5,8}|sc\s?\d{6})\s*[)\]]?\s*$",
    re.I,
)


def without_register_number(text: str) -> tuple[str, str | None]:
    """A name without the register number printed after it, and that number's words or None."""
    match = _REGISTERED.search(text)
    if match is None or not text[: match.start()].strip():
        return text, None
    return text[: match.start()].strip(), match[0].strip(" \n,;:–-")


def is_register_number(text: str) -> bool:
    """Whether a text is nothing but the number that an organisation is registered under."""
    match = _REGISTERED.match(text)
    return match is not None and match.end() == len(text)


_LABEL = re.compile(r"(?:^|(?<=\s)|(?<=[.;,(]))([A-Z][a-z]+(?: [a-z]+){0,2})\s*:\s+")
_FACTS = {"service", "provider", "provision", "mechanism", "reach", "note", "reference"}


def labels_in(texts: Sequence[str]) -> frozenset[str]:
    """The labels by which several cells of a column name further facts (`Provider: …`)."""
    counts = Counter(label for text in texts for label in set(_LABEL.findall(text)))
    return frozenset(
        label
        for label, count in counts.items()
        if count >= 2
        and count * 3 >= len(texts)
        and any(score >= 2 and role in _FACTS for score, role, _ in roles_of(label, "text")[:1])
    )


def split_labels(text: str, role: str, labels: frozenset[str]) -> list[tuple[str, str]]:
    """A cell's facts by role: its own up to the first label, then each label's value."""
    found: list[tuple[str, str]] = []
    start, current = 0, role
    for match in _LABEL.finditer(text):
        if match[1] not in labels:
            continue
        own = text[start : match.start()].strip(" \n;,|")
        if own:
            found.append((current, own))
        current = roles_of(match[1], "text")[0][1]
        start = match.end()
    rest = text[start:].strip(" \n;,|")
    if rest:
        found.append((current, rest))
    return found


_SUM = r"£\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m)\b)?"
_YEAR = r"(?:fy\s?)?(?:(?:19|20)\d\d|\d\d)\s?[/–-]\s?(?:(?:19|20)?\d\d|\d)|year \d"
_DATED_AFTER = re.compile(
    rf"({_SUM})\s*(?:[-–:,]|\bin\b|\bfor\b)?\s*[(\[]?\s*({_YEAR})\s*[)\]]?", re.I
)
_DATED_BEFORE = re.compile(rf"[(\[]?({_YEAR})[)\]]?\s*[-–:=]?\s*({_SUM})", re.I)


def dated_sums(text: str) -> list[tuple[str, str]]:
    """Several sums of one cell, each with the year printed beside it: (sum, year); else none."""
    count = len(re.findall(_SUM, text, re.I))
    if count < 2:
        return []
    before = [(amount, year) for year, amount in _DATED_BEFORE.findall(text)]
    after = [(amount, year) for amount, year in _DATED_AFTER.findall(text)]
    starts_with_year = bool(re.match(rf"\W*(?:{_YEAR})", text, re.I))
    for found in (before, after) if starts_with_year else (after, before):
        if len(found) == count and len({year for _, year in found}) == count:
            return found
    return []


def dated_sum(text: str) -> str | None:
    """The one year printed beside the one sum of a cell (`£16,800 in 2025/26`), if it is so."""
    if len(re.findall(_SUM, text, re.I)) != 1:
        return None
    # `£735,000 in one sum for 2023/24 to 2025/26`
    term = re.search(
        rf"{_SUM}[^£]{{0,40}}?(?<!\d)((?:{_YEAR})\s+to\s+(?:{_YEAR}))(?!\d)", text, re.I
    ) or re.search(  # `£186,000 for the three years 2023-26`
        rf"{_SUM}\s+(?:for|over)\s+(?:the\s+)?(?:two|three|four|five)[\s-]years?,?\s+({_YEAR})(?!\d)",
        text,
        re.I,
    )
    if term:
        return term[1]
    years = re.findall(rf"(?<!\d)(?:{_YEAR})(?!\d)", text, re.I)
    match = _DATED_AFTER.search(text) or _DATED_BEFORE.search(text)
    return years[0] if match and len(years) == 1 else None


def stand_on_lines(texts: Sequence[str]) -> bool:
    """Whether the two facts of a column's cells stand on lines of their own: most first lines are
    whole, so a dash or colon in one belongs to it."""
    firsts = [text.partition("\n")[0] for text in texts if "\n" in text]
    whole = sum(_SEPARATOR.search(first) is None for first in firsts)
    return len(firsts) > 0.8 * len(texts) and whole > 0.5 * len(firsts)


def split_two(text: str, on_lines: bool) -> list[str]:
    """The two facts of a cell, parted at its first separator; one where there is none.

    Lines of their own part two facts, save where a dash or colon parts the first of them and the
    column's facts do not stand `on_lines`.
    """
    first = None if on_lines else _SEPARATOR.search(text.partition("\n")[0])
    match = first or re.search("\n" if "\n" in text else _SEPARATOR, text)
    if match is None:
        return [text]
    parts = [text[: match.start()].strip(), text[match.end() :].strip()]
    return [part for part in parts if part]


def reads_like_name(text: str) -> bool:
    """Whether words are printed as a name: short, every longer word with a capital."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.sub(r"\b\d+(?:st|nd|rd|th)\b", "", text))
    longer = [word for word in words if len(word) > 3 and word.lower() not in _SMALL]
    return 0 < len(words) <= 7 and words[0][:1].isupper() and all(w[:1].isupper() for w in longer)


def reads_like_description(part: str) -> bool:
    """Whether words describe rather than name: three or more, one an ordinary lower-case word."""
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", part)
    ordinary = [word for word in words if word.islower() and word not in _SMALL and len(word) > 3]
    return len(words) >= 3 and bool(ordinary)
