"""Printed figures read as pence: one cell or phrase in, what it is worth and every liberty taken.

Nothing here knows where a figure stands; the unit of its column comes in as an argument. The
printed text itself is kept by the caller, so a flag is enough to say how it was read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

AmountKind = Literal["amount", "zero", "unknown", "absent", "not_money"]

POUND = 100
THOUSAND = 1_000 * POUND
MILLION = 1_000_000 * POUND
BILLION = 1_000_000_000 * POUND

_SCALES = {
    "k": THOUSAND,
    "thousand": THOUSAND,
    "m": MILLION,
    "mn": MILLION,
    "million": MILLION,
    "millions": MILLION,
    "bn": BILLION,
    "billion": BILLION,
}

_DASHES = "-‐‑‒–—−"
_DASH = re.compile(rf"[{_DASHES}]+|\.{{2,}}|…")
_NIL = re.compile(r"nil|zero|none|dim", re.I)  # dim: Welsh for nothing
_ABSENT = re.compile(
    r"n\s*/\s*a\.?|n\.a\.?|not applicable|not funded|no (?:award|bid|funding)|declined|refused|"
    r"rejected|withdrawn|unsuccessful|not (?:awarded|successful|approved|supported)",
    re.I,
)
_UNKNOWN = re.compile(
    r"t\.?\s?b\.?\s?[cadn]\.?|#+|\?+|x{2,}|awaiting.*|pending.*|"
    r"(?:amount |figure |value |still |yet )*to be (?:confirmed|agreed|advised|announced|decided|"
    r"determined|finali[sz]ed).*|not (?:yet )?(?:known|agreed|confirmed|available|finali[sz]ed).*|"
    r"unknown|under (?:negotiation|review).*|part[- ]funded|in kind|see (?:note|below|above).*",
    re.I,
)
_ELSEWHERE = re.compile(
    r"(?:see|as|included|incl\.?|contained|shown|counted|funded)\b.*\b(?:column|col\.?|row|line|above|"
    r"below|total|elsewhere|within|in)\b.*|ditto|as above|\"|〃|"
    r"(?:same )?as (?:for |in )?(?:year \d|(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?)",
    re.I,
)

_TWO_MARKS = re.compile(r"(?<=\d)(?:\.,|,\.|,,)(?=\d{3}(?!\d))")

# Digits grouped as printed: commas, stops and single spaces may stand inside; a stop with one
# or two digits behind it is the decimal point.
_DIGITS = (
    r"\d+(?:(?:\s?[,'’]\s?|\s|\.(?=\d{3}(?!\d)))\d{3})*(?:\s?[,.]\s?\d{3,})*"
    r"(?:\s?\.\s?\d{1,3})?|\.\d{1,3}"
)
_FIGURE = re.compile(
    rf"(?P<open>[(\[])?\s*(?P<sign1>[{_DASHES}+])?\s*(?P<credit1>cr\b\.?\s*)?"
    r"(?P<pound>£|gbp\s?)?\s*"
    rf"(?P<sign2>[{_DASHES}])?\s*(?P<digits>{_DIGITS})"
    r"\s*(?P<scale>k|m|mn|bn|thousand|millions?|billion)?(?!(?![cd]r\b)[A-Za-z0-9%])"
    rf"(?:(?P<sign3>[{_DASHES}])(?=$|\s*[)\]])|\s*(?P<credit2>cr)\b|\s*dr\b)?\s*(?P<close>[)\]])?",
    re.I,
)
_RANGE = re.compile(rf"^\s*(?:[{_DASHES}]|to)\s*$", re.I)
# `4 x £500`, `36 weeks × £950`, `£950 a month for 12 months`.
_PRODUCT = re.compile(
    r"^\s*(?:(?:[a-z]+\s+){0,2}(?:x|×|\*|@|at)|(?:an?|per|each)\s+[a-z]+\s+(?:for|x|×))\s*$", re.I
)
_LIMIT = re.compile(
    r"\b(?:up to|max(?:imum)?(?: of)?|no more than|not exceeding|capped at)\b", re.I
)
_ABOUT = re.compile(
    r"(?:^|\s)(?:approx(?:imately)?|circa|c\.?|about|around|est(?:imated)?|~)\s*\.?\s*$", re.I
)
_PER_YEAR = re.compile(
    r"\b(?:p\.?\s?a\.?|per annum|per year|a year|annually|each year|/\s?yr|/year)(?!\w)", re.I
)
_PER_OTHER = re.compile(
    r"(?:\bper|\ba|\beach|/)\s?(?:month|quarter|week|day|session|head|person|place|hour|unit|item)\b",
    re.I,
)
_DATE = re.compile(
    r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?[\s-]+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|"
    r"oct|nov|dec)[a-z]*[\s,-]*(?:\d{2,4})?|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
    r"[\s,'’-]*\d{2,4}",
    re.I,
)
_YEAR_SPAN = re.compile(
    r"(?:fy\s?)?(?:19|20)\d\d\s?[/–-]\s?(?:(?:19|20)?\d\d|\d)|\d\d/\d\d|fy\s?\d\d", re.I
)
_PHONE = re.compile(r"\+?0\d{2,4}[\s-]\d{3,4}[\s-]?\d{3,4}|0\d{9,10}")


@dataclass(frozen=True, slots=True)
class ParsedAmount:
    """What a printed figure is worth.

    `pence` is None unless `kind` is `amount` or `zero`. `precision_pence` is the worth of one step
    of its last printed digit (1 for `8,683.75`, 100 for `52,445`, 100_000 for `1.995` in £m);
    sums are judged by it. `flags` name every liberty taken; `high_pence` is the top of a range.
    `in_pounds` says that the print itself carries a £ sign.
    """

    kind: AmountKind
    pence: int | None = None
    precision_pence: int = POUND
    flags: tuple[str, ...] = ()
    high_pence: int | None = None
    in_pounds: bool = False


@dataclass(frozen=True, slots=True)
class _Figure:
    pence: int
    precision_pence: int
    flags: tuple[str, ...]
    pound: bool
    scaled: bool
    bare: Decimal


_WORKED_OUT = re.compile(r"(?P<sum>[^()]+)\((?P<how>[^()]+)\)")  # `£72,000 (3 × £24,000)`
# Marks that call a footnote, where the reader of the page left them in the cell.
_FOOTNOTE_MARK = re.compile(r"(?<=\d)\s*(?:[*†‡§^¹²³⁴⁵⁶⁷⁸⁹]+|\[\w{1,2}\]|\([a-z]\))$")


@lru_cache(maxsize=20_000)
def parse_amount(text: str, unit_pence: int = POUND) -> ParsedAmount:
    """The worth of a printed amount cell.

    `unit_pence` is what a bare printed 1 is worth (100; 100_000 for £000s; 100_000_000 for £m); a
    figure with its own scale (`£1.2m`, `45k`) ignores it. Blank and `n/a` are `absent`, a dash
    is `absent` with the flag `dash` (its column decides whether it means nothing or zero), `nil`
    and `0` are `zero`, `TBC` and the like `unknown`; dates, years, percentages, telephone numbers
    and words are `not_money`. A range gives its lower end.
    """
    shown = _FOOTNOTE_MARK.sub("", " ".join(text.split())).strip()
    if not shown:
        return ParsedAmount("absent")
    once = _TWO_MARKS.sub(",", shown)
    if once != shown:  # `3.,750`
        read = parse_amount(once, unit_pence)
        return replace(read, flags=(*read.flags, "doubled mark in number"))
    bare = shown.strip("£ ")
    if _DASH.fullmatch(bare):
        if shown.startswith("£") or shown.endswith("£"):
            return ParsedAmount("zero", 0, flags=("dash for zero",), in_pounds=True)
        return ParsedAmount("absent", flags=("dash",))
    if not bare:
        return ParsedAmount("absent", flags=("pound sign without a figure",))
    if _NIL.fullmatch(bare):
        return ParsedAmount("zero", 0, flags=("nil",))
    if _ABSENT.fullmatch(bare):
        return ParsedAmount("absent", flags=("not applicable",))
    if _UNKNOWN.fullmatch(bare):
        return ParsedAmount("unknown", flags=("amount not yet known",))
    if _ELSEWHERE.fullmatch(bare) and "£" not in shown:
        return ParsedAmount("unknown", flags=("refers to another place",))
    if _DATE.fullmatch(bare) or _YEAR_SPAN.fullmatch(bare) or _PHONE.fullmatch(bare):
        return ParsedAmount("not_money")
    closed_up = re.sub(r"(?<=[\d,.])\s+(?=[\d,.])", "", shown)
    if closed_up != shown and _WELL_GROUPED.fullmatch(closed_up):
        read = _parse_figures(closed_up, unit_pence)
        return replace(read, flags=("stray space in number", *read.flags))
    return _parse_figures(shown, unit_pence)


# One figure once stray spaces are closed up: `£1 1,900`, `£751,479.7 5`.
_WELL_GROUPED = re.compile(
    rf"[(]?[{_DASHES}]?£?[{_DASHES}]?(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d\d)?|\d+\.\d\d)[)]?(?:\s?cr)?",
    re.I,
)


def _parse_figures(shown: str, unit_pence: int) -> ParsedAmount:
    if shown.count("=") == 1 and re.search(r"\d.*=.*\d", shown):
        # `10 sessions @ £85 = £850`: the print has done the sum.
        result = _parse_figures(shown.split("=")[1].strip(), unit_pence)
        return replace(result, flags=(*result.flags, "product"))
    found = [match for match in _FIGURE.finditer(shown) if _stands_free(shown, match)]
    if not found:
        return ParsedAmount("not_money")
    pounds = [match for match in found if match["pound"]]
    words = _words_beside(shown, found)
    if not pounds and words and not _words_are_harmless(words):
        return ParsedAmount("not_money")
    first, *others = found
    if "%" in shown and not pounds:
        return ParsedAmount("not_money")
    figure = _read_figure(first, unit_pence)
    if len(others) == 1:
        between = shown[first.end() : others[0].start()]
        second = _read_figure(others[0], unit_pence)
        if _PRODUCT.match(between):
            return _product(figure, second)
        if _RANGE.match(between) or _is_minus_range(between, others[0]):
            return _range(figure, second, others[0])
    worked = _WORKED_OUT.fullmatch(shown)
    if worked:
        whole, how = (parse_amount(worked[part].strip(), unit_pence) for part in ("sum", "how"))
        if "product" in how.flags and whole.pence == how.pence:
            return replace(whole, flags=(*whole.flags, "product"))
    if others:
        chosen = pounds[0] if len(pounds) == 1 else None
        if chosen is None:
            return ParsedAmount("unknown", flags=("several amounts in one cell",))
        figure = _read_figure(chosen, unit_pence)
        first = chosen
    flags = list(figure.flags)
    before, after = shown[: first.start()], shown[first.end() :]
    flags += _word_flags(before, after, bool(words))
    kind: AmountKind = "zero" if figure.pence == 0 else "amount"
    return ParsedAmount(
        kind, figure.pence, figure.precision_pence, tuple(flags), in_pounds=figure.pound
    )


def _stands_free(shown: str, match: re.Match[str]) -> bool:
    """Whether the digits are a figure of their own, not part of a code or a date."""
    start = match.start("pound") if match["pound"] else match.start("digits")
    before = shown[:start]
    if before and (before[-1].isalnum() or before[-1] in "/.#"):
        return False
    after = shown[match.end("digits") :]
    return not (after[:1] == "/" or re.match(r"\s?%|(?:st|nd|rd|th)\b|\s?per ?cent", after))


def _words_beside(shown: str, found: list[re.Match[str]]) -> str:
    kept = shown
    for match in reversed(found):
        kept = kept[: match.start()] + " " + kept[match.end() :]
    return " ".join(re.sub(r"[^\w/.%]+", " ", kept).split())


_HARMLESS = re.compile(
    r"(?:up|to|max|maximum|of|no|more|than|not|exceeding|capped|at|approx|approximately|circa|c|"
    r"about|around|est|estimated|p\.?a\.?|p|a|per|annum|year|annually|each|x|and|or|cr|dr|total|"
    r"one|off|recurring|inc|incl|excl|plus|vat|ex|gbp|pounds?|only|part|funded|draft|provisional|"
    r"indicative|r|e|month|quarter|week|session|day|/yr|/year|\.)+",
    re.I,
)


def _words_are_harmless(words: str) -> bool:
    return all(_HARMLESS.fullmatch(word) for word in words.split())


def _read_figure(match: re.Match[str], unit_pence: int) -> _Figure:
    printed = match["digits"]
    flags: list[str] = []
    digits = re.sub(r"['’]", ",", printed)
    if re.search(r"\s", digits):
        flags.append("stray space in number")
        digits = (
            re.sub(r"\s", "", digits) if not re.fullmatch(r"\d{1,3}(\s\d{3})+", digits) else digits
        )
        digits = re.sub(r"\s", ",", digits)
    scale = _SCALES.get((match["scale"] or "").lower())
    worth = scale or unit_pence
    whole, fraction = digits, ""
    if "." in digits:
        head, _, tail = digits.rpartition(".")
        stops = digits.count(".")
        thousands = (
            len(tail) == 3 and worth == POUND and re.fullmatch(r"[1-9]\d{0,2}([.,]\d{3})*", head)
        )
        if thousands:
            flags.append("full stop for a comma")
            whole = digits.replace(".", ",")
        elif stops > 1:
            flags.append("stray full stop in number")
            whole, fraction = head.replace(".", ","), tail
        else:
            whole, fraction = head, tail
    groups = whole.split(",")
    if len(groups) > 1 and (
        not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:])
    ):
        flags.append("odd grouping of digits")
    value = Decimal(("".join(groups) or "0") + (f".{fraction}" if fraction else ""))
    # A unit of thousands does not hold for a figure printed to the penny beside a pound sign.
    precise = Decimal(worth) / (10 ** len(fraction))
    pence = value * worth
    if pence != pence.to_integral_value():
        flags.append("fraction of a penny")
        pence = pence.quantize(Decimal(1))
    negative = bool(match["open"] and match["close"] and not match["sign1"]) and _is_bracketed(
        match
    )
    if match["credit1"] or match["credit2"]:
        flags.append("credit")
        negative = True
    if (match["sign1"] and match["sign1"] != "+") or match["sign2"] or match["sign3"]:
        negative = True
    return _Figure(
        -int(pence) if negative else int(pence),
        max(1, int(precise)),
        tuple(flags),
        bool(match["pound"]),
        scale is not None,
        value,
    )


def _is_bracketed(match: re.Match[str]) -> bool:
    """Brackets mean minus only where nothing else stands in the cell, as in accounts."""
    rest = match.string[: match.start()] + match.string[match.end() :]
    return not re.sub(r"[\s£*]", "", rest) or bool(
        re.fullmatch(r"\s*£\s*", match.string[: match.start()])
    )


def _product(first: _Figure, second: _Figure) -> ParsedAmount:
    count, each = (second, first) if first.pound and not second.pound else (first, second)
    pence = count.bare * each.pence
    return ParsedAmount(
        "amount",
        int(pence),
        each.precision_pence,
        (*each.flags, "product"),
        in_pounds=each.pound,
    )


def _is_minus_range(between: str, second: re.Match[str]) -> bool:
    return not between.strip() and bool(second["sign1"] or second["sign2"])


def _range(low: _Figure, high: _Figure, match: re.Match[str]) -> ParsedAmount:
    low_pence = low.pence
    if high.scaled and not low.scaled and low.bare < 1000:
        scale = _SCALES[match["scale"].lower()]
        low_pence = int(low.bare * scale)
    return ParsedAmount(
        "amount",
        low_pence,
        low.precision_pence,
        (*low.flags, "range"),
        high_pence=abs(high.pence),
        in_pounds=low.pound or high.pound,
    )


def _word_flags(before: str, after: str, words: bool) -> list[str]:
    flags = []
    if _LIMIT.search(before) or _LIMIT.search(after):
        flags.append("up to")
    if _ABOUT.search(before):
        flags.append("approximate")
    if _PER_YEAR.search(after):
        flags.append("per year")
    elif _PER_OTHER.search(after):
        flags.append("per " + re.sub(r"\W|per|each", "", _PER_OTHER.findall(after)[0]).strip())
    if re.search(r"part[- ]funded", before + " " + after, re.I):
        flags.append("part-funded")
    if words and not flags:
        flags.append("words beside the figure")
    return flags


_UNIT_THOUSANDS = re.compile(
    r"£\s?[,.'’‘]?\s?0{3}(?:['’]?s)?\b|£\s?['’‘]?k\b|[(\s]['’‘]000s?\b|"
    r"£\s?thousands?\b|\bin thousands\b|\bthousands of pounds\b|"
    r"\b(?:in|all|figures) £?k\b|£\s?1,?000s\b",
    re.I,
)
_UNIT_MILLIONS = re.compile(
    r"£\s?['’‘]?(?:m|mn|millions?)\b|\bin millions\b|\bmillions of pounds\b|\(millions?\)", re.I
)
_UNIT_POUNDS = re.compile(
    r"\(\s?£\s?\)|£(?![\s\w.,'’‘\d])|£$|\bin (?:whole )?pounds\b|\bGBP\b|£s\b"
)


@lru_cache(maxsize=1 << 12)  # headings, each asked for by every figure below it
def parse_unit(text: str) -> int | None:
    """Pence that a bare printed 1 is worth, as a heading, title or note states it; else None.

    `2018/19 (£000s)` gives 100_000, `funding (£m)` 100_000_000, `budget (£)` 100.
    """
    if _UNIT_THOUSANDS.search(text):
        return THOUSAND
    if _UNIT_MILLIONS.search(text):
        return MILLION
    if _UNIT_POUNDS.search(text.strip()):
        return POUND
    return None


def format_pounds(pence: int) -> str:
    """Pence as people print them: `£52,445`, `£8,683.75`, `-£1,200`."""
    sign = "-" if pence < 0 else ""
    whole, rest = divmod(abs(pence), 100)
    return f"{sign}£{whole:,}" + (f".{rest:02d}" if rest else "")
