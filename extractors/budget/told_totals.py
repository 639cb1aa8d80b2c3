"""Totals of awards in running text: `Total awarded: £53,850`, `The awards above come to …`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.budget.clauses import COUNT, YEAR
from extractors.budget.splitting import dated_sums
from extractors.budget.vocabulary import award_words
from extractors.model import Passage, PrintedAmount, PrintedTotal

_SUM = r"£\s?\d+(?:,\d+)*(?:\.\d+)?(?:\s?(?:k|m|million|thousand)\b)?"
_LABEL = (
    r"(?P<label>(?:(?:grand |overall |combined )?total\b|all\s|overall\b|[^£:.]{2,60}\btotal\b)"
    r"[^£:]{0,60}?)"
)
_LINE = re.compile(
    rf"{_LABEL}\s*(?::|\t|–|-|=|of|is)?\s*(?P<sums>{_SUM}[^£]*(?:{_SUM}[^£]*)*)", re.I
)
_ONE = re.compile(rf"(?P<sum>{_SUM})\s*(?:in all|altogether|in total)?\.?", re.I)
_WHEN = rf"(?:{YEAR}|year \d)"
_DATED = re.compile(rf"(?P<sum>{_SUM})\s*,?\s*(?:\(|\bin\s+|\bfor\s+)?(?P<year>{_WHEN})\)?", re.I)


def told_totals(passages: Sequence[Passage]) -> Iterator[PrintedTotal]:
    """Totals that stand alone in a passage, or that a sentence says of the awards it points at."""
    money = [p for p in passages if "£" in p.text]
    under = Counter(p.heading_path for p in money)
    for passage, text in ((p, text) for p in money for text in _texts(p)):
        headed = _of_heading(text, passage, under[passage.heading_path] > 2)
        if headed:
            heading, (each, year) = passage.heading_path[-1], headed
            amount = PrintedAmount(0, year or heading, each, each, passage.marks, passage.places)
            yield PrintedTotal(passage.order, heading, heading, (amount,), passage.places)
            continue
        found = _in_line(text) or _years_first(text) or _under_heading(text) or _in_sentences(text)
        if found is None:
            continue
        label, sums = found
        amounts = tuple(
            PrintedAmount(n, year or label, each, each, passage.marks, passage.places)
            for n, (each, year) in enumerate(sums)
        )
        yield PrintedTotal(passage.order, label, None, amounts, passage.places)


@cache
def _of_some() -> re.Pattern[str]:
    """`£8,840 in four grants`, printed beside a heading or under it."""
    return re.compile(
        rf"(?P<sum>{_SUM})\s+(?:in|for|across|over|to)\s+{COUNT}\s+"
        rf"(?:{award_words('awards').pattern})(?:,?\s+(?:in\s+)?(?P<year>{YEAR}))?\.?",
        re.I,
    )


@cache
def _worth() -> re.Pattern[str]:
    """`The trustees made 15 grants worth £36,410.75`."""
    return re.compile(
        rf"\b(?P<label>{COUNT}\s+(?:{award_words('awards').pattern})),?\s+"
        rf"(?:worth|totalling|to the value of|amounting to|making a total of)\s+"
        rf"(?:[a-z][a-z\s-]+\()?(?P<sum>{_SUM})",  # in words first: `nine hundred pounds (£900)`
        re.I,
    )


_ENDS = rf"(?:\S+ ){{1,5}}total(?: (?:for|in|of) {_WHEN})?"
_Sums = list[tuple[str, str]]  # each with the year printed beside it, if any


@cache
def _the_counted() -> str:
    """`The ten awards come to …`"""
    return rf"(?:the|these|all|all of the|our)\s+{COUNT}\s+(?:{award_words('awards').pattern})"


# `£551,050 in 2024/25`, `£566,900 has been set aside for them in 2025/26`
_YEAR_AFTER = re.compile(
    rf"(?P<sum>{_SUM})(?:[^£.;()]{{0,40}}?\s(?:in|for)\s+|\s*\()(?P<year>{_WHEN})", re.I
)


# What is said of another sum than what was given: `and will save £7,000 in 2025/26`.
_OTHER = re.compile(
    r"\b(?:sav\w+|asked|ask|applied|apply|requested|raised?|spent|lost|owed)\b", re.I
)


def _in_years(sentence: str) -> tuple[str, _Sums] | None:
    """`The ten services above cost £970,900 in 2024/25 and £901,925 in 2025/26`."""
    match = re.match(
        rf"(?P<label>[^£]*\b(?:{award_words('pointing').pattern}|{_the_counted()})[^£]*?"
        rf"\b(?:{award_words('summing').pattern}|received))\s+(?=£)",
        sentence,
        re.I,
    )
    if match is None or _OTHER.search(sentence, match.end()):
        return None
    dated = list(_YEAR_AFTER.finditer(sentence, match.end()))
    years = {m["year"] for m in dated}
    if not len(years) == len(dated) == sentence.count("£"):
        return None
    return match["label"].strip(), [(m["sum"], m["year"]) for m in dated]


def _texts(passage: Passage) -> list[str]:
    """A passage's text on one line; side by side in two languages each by itself."""
    parts = passage.text.split("\t")
    beside = len(parts) > 1 and all(re.search(r"[^\W\d_]{3}.*£", part) for part in parts)
    texts = parts if beside else [passage.text.replace("\t", " : ")]
    return [_OF.sub(r"\1 ", " ".join(text.split())) for text in texts]


# `Total: Young people – £58,900` is the total of young people.
_OF = re.compile(r"^(\S*total):\s+(?=[^\W\d_])", re.I)


def _of_heading(text: str, passage: Passage, several: bool) -> tuple[str, str] | None:
    """The sum, and its year if any, that is printed of all that stands under a heading.

    `£8,840 in four grants`, or, where `several` sums stand there, the heading again: `Community
    chest, 2025/26: £19,325`.
    """
    if not passage.heading_path:
        return None
    if not several:
        match = _of_some().fullmatch(text)
        return (match["sum"], match["year"] or "") if match else None
    again = re.escape(passage.heading_path[-1])
    named = rf"{again}(?:,?\s+(?:in\s+)?(?P<year>{YEAR}))?\s*[:–-]\s*(?P<sum>{_SUM})\.?"
    match = _of_some().fullmatch(text) or re.fullmatch(named, text, re.I)
    return (match["sum"], match["year"] or "") if match else None


def _under_heading(text: str) -> tuple[str, _Sums] | None:
    """The foot of a list: `Together: £237,650 in 2024/25; £236,200 in 2025/26`."""
    match = re.fullmatch(
        rf"(?P<label>(?:{award_words('foot').pattern})[^£:]{{0,30}}?)\s*[:–-]\s*(?P<sums>£.*)",
        text,
        re.I,
    )
    if match is None:
        return None
    one = _ONE.fullmatch(match["sums"])
    sums = [(one["sum"], "")] if one else dated_sums(match["sums"])
    return (match["label"].strip(), sums) if sums else None


def _in_line(text: str) -> tuple[str, _Sums] | None:
    match = _LINE.fullmatch(text)
    if match is None:
        return None
    label, sums = match["label"].strip(" :–-"), match["sums"]
    if award_words("sentence").search(re.sub(r"\btotals?\b", "", label, flags=re.I)):
        return None
    one = _ONE.fullmatch(sums)
    if one:
        start = r"(?:grand |overall |combined |sub-?)?total\b|all\s|overall\b"
        is_total = re.match(start, label, re.I) or re.fullmatch(_ENDS, label, re.I)
        return (label, [(one["sum"], "")]) if is_total else None
    sums = re.sub(r"\s*\([^()£]{12,}\)\s*$", "", sums)  # a remark
    dated = list(_DATED.finditer(sums))
    between = _DATED.sub("", sums).strip(" .,;")
    if dated and len(dated) == sums.count("£") and between in {"", "and"}:
        return label, [(m["sum"], m["year"]) for m in dated]
    return None


def _years_first(text: str) -> tuple[str, _Sums] | None:
    """`Total under contract: Year 1 £929,665; Year 2 £859,740 (one is still to be agreed)`."""
    match = re.fullmatch(rf"{_LABEL}\s*[:–-]\s*(?P<sums>{_WHEN}[^£]*£.*)", text, re.I)
    if match is None:
        return None
    sums = dated_sums(re.sub(r"\s*\([^()£]{12,}\)\s*$", "", match["sums"]))
    return (match["label"].strip(), sums) if sums else None


# `In all the two panels gave £37,940 to ten groups`
_IN_ALL = re.compile(
    rf"(?P<label>(?:in all|in total|altogether)\b[^£.]{{0,60}}\b(?:gave|awarded|paid|granted))\s+"
    rf"(?P<sum>{_SUM})\s+(?:to|between|among)\s+{COUNT}\s+\w",
    re.I,
)


@cache
def _shared() -> re.Pattern[str]:
    """`Groups in Hollin Vale shared £11,150.`; `Awards on the coast came to £13,170.`

    A noun in capitals within a name is that of a body: `Hill Youth Projects received £1,500`.
    """
    place = r"(?:\s+(?:in|on|for|to|across)\s+[^£,;:]{2,40}?)?"
    named = r"(?:[A-Z][\w’'-]+\s+){1,3}(?:groups|charities)"
    bodies = rf"(?:Groups|Organisations|Charities|{named}){place}"
    return re.compile(
        rf"(?P<label>{bodies})\s+(?:shared|received)\s+(?P<sum>{_SUM})(?:\s+in all)?\.?|"
        rf"(?P<awards>(?:Awards|Grants){place})\s+(?:came|come|amount|amounted)\s+to\s+"
        rf"(?P<all>{_SUM})(?:\s+in all)?\.?"
    )


def _in_sentences(text: str) -> tuple[str, _Sums] | None:
    """`The awards listed above come to £193,800 in all`; `six grants, £27,190 in total`."""
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if sentence.count("£") > 1:
            if several := _in_years(sentence.strip()):
                return several
            continue
        if "£" not in sentence:
            continue
        match = re.fullmatch(
            rf"(?P<label>[^£]*\b(?:{award_words('pointing').pattern}|{_the_counted()})[^£]*?"
            rf"\b(?:{award_words('summing').pattern}))\s+(?P<sum>{_SUM})(?P<rest>[^£]*)",
            sentence.strip(),
            re.I,
        )
        if match:
            return match["label"].strip(), [(match["sum"], "")]
        counted = re.fullmatch(
            rf"[^£]*\b(?:{award_words('awards').pattern})\b[^£]*?,?\s(?P<sum>{_SUM}),?\s"
            r"(?P<label>in total|altogether|in all)\.?",
            sentence.strip(),
            re.I,
        )
        if counted and not award_words("against").search(sentence):
            return counted["label"], [(counted["sum"], "")]
        if shared := _shared().fullmatch(sentence.strip()):
            return shared["label"] or shared["awards"], [(shared["sum"] or shared["all"], "")]
        if in_all := _IN_ALL.match(sentence.strip()):
            return in_all["label"], [(in_all["sum"], "")]
        worth = _worth().search(sentence)
        rest = sentence[: worth.end("label")] + sentence[worth.end() :] if worth else ""
        if worth and not any(award_words(w).search(rest) for w in ("against", "at_large")):
            return worth["label"], [(worth["sum"], "")]
    return None
