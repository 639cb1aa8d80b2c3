"""Printed years and phases read: `17/18`, `FY19`, `April 2017 – March 2018`, `Year 1`; proposed.

A financial year runs from 1 April and is written `2017-18`; a period of several is `2022-25`;
a calendar year, where the print says January to December or nothing but `2019`, is `2019`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import get_args

from normalizers.model import Phase

_PHASES_FILE = Path(__file__).parent / "phases.toml"
_FIRST, _LAST = 1990, 2060

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TO = r"\s*(?:-|‐|‑|–|—|/|to|until|till|through|&|and)\s*"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"

_FORMS = re.compile(
    rf"(?P<months>\b{_DAY}(?P<m1>{_MONTH})\.?,?\s*['’]?(?P<my1>(?:19|20)?\d\d)?{_TO}"
    rf"(?:end\s+(?:of\s+)?)?{_DAY}(?P<m2>{_MONTH})\.?,?\s*['’]?(?P<my2>(?:19|20)?\d\d)\b)"
    rf"|(?P<ending>\byear\s+(?:ending|ended|to)\s+{_DAY}(?P<em>{_MONTH})\.?,?\s+(?P<ey>(?:19|20)\d\d)\b)"
    rf"|(?P<long>(?<![\d/£,.])(?:fy\s?)?(?P<l1>(?:19|20)\d\d)\s?(?:-|‐|‑|–|—|/|to|\\)\s?(?P<l2>(?:19|20)\d\d|\d\d|\d)(?!\d|[/,.]\d))"
    rf"|(?P<short>(?<![\d/£,.:-])(?:fy\s?)?['’‘]?(?P<s1>[0-4]\d)\s?[/–-]\s?['’‘]?(?P<s2>[0-4]\d)(?!\d|[/,.:-]\d))"
    r"|(?P<fy>\bfy\s?['’‘]?(?P<f>(?:20)?\d\d)\b)"
    rf"|(?P<beside>(?<![\d/£,.])(?P<b1>(?:19|20)\d\d)\s*(?:&|and)\s*(?P<b2>(?:19|20)\d\d)(?!\d|[/,.]\d))"
    rf"|(?P<several>\b(?:years|yrs|blynyddoedd)\s?(?P<r1>[1-9]){_TO}(?P<r2>[1-9])(?![\d,.]*\d))"
    r"|(?P<relative>\b(?:year|yr|y|blwyddyn)\s?(?P<r>[1-9])\b"
    r"(?!\s+(?:pupils?|students?|children|class(?:es)?|groups?)\b))"
    r"|(?P<single>(?<![\d/£,.#-])(?P<g>(?:19|20)\d\d)(?!\d|[/,.-]\d))",
    re.I,
)


_KINDS = (
    "months", "ending", "long", "short", "fy", "beside", "several", "relative", "single",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class YearMention:
    """One year or period as printed: `first` and `last` are the calendar years in which its first
    and last financial year begin; `calendar` marks a bare or January-to-December year."""

    first: int
    last: int
    printed: str
    start: int
    end: int
    calendar: bool = False

    @property
    def year(self) -> str:
        """`2017-18` for one financial year, `2022-25` for several, `2019` for a calendar year."""
        if self.calendar:
            return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return financial_year(self.first, self.last)

    @property
    def count(self) -> int:
        return self.last - self.first + 1


def financial_year(first: int, last: int | None = None) -> str:
    """The label of the financial year that begins in April of `first` (up to the one of `last`)."""
    return f"{first}-{((last if last is not None else first) + 1) % 100:02d}"


@lru_cache(maxsize=20_000)
def _mentions(text: str, defined: tuple[tuple[int, int], ...]) -> tuple[YearMention, ...]:
    years = dict(defined)
    found = []
    for match in _FORMS.finditer(text):
        mention = _read(match, years)
        if mention and _FIRST <= mention.first <= mention.last <= _LAST:
            found.append(mention)
    return tuple(found)


def parse_years(text: str, defined: Mapping[int, int] | None = None) -> tuple[YearMention, ...]:
    """Every year or period printed in a text, in reading order.

    `defined` tells in which calendar year `Year 1`, `Year 2`, … begin (see `defined_years`);
    without it they are not read.
    """
    return _mentions(text, tuple(sorted((defined or {}).items())))


def _read(match: re.Match[str], defined: Mapping[int, int]) -> YearMention | None:
    kind = next(name for name in _KINDS if match[name] is not None)
    start, end, printed = match.start(kind), match.end(kind), match[kind]

    def mention(first: int, last: int | None = None, calendar: bool = False) -> YearMention:
        return YearMention(first, first if last is None else last, printed, start, end, calendar)

    if kind == "months":
        month1, month2 = _month(match["m1"]), _month(match["m2"])
        year2 = _full(match["my2"])
        year1 = _full(match["my1"]) if match["my1"] else (year2 if month1 <= month2 else year2 - 1)
        if (month1, month2) == (1, 12):
            return mention(year1, year2, calendar=True)
        if month1 < 4 <= month2 and year1 == year2:
            return None  # a period that straddles two financial years names neither
        first = year1 if month1 >= 4 else year1 - 1
        last = year2 if month2 >= 4 else year2 - 1
        return mention(first, last)
    if kind == "ending":
        year = int(match["ey"])
        return mention(year - 1 if _month(match["em"]) <= 3 else year)
    if kind == "long":
        first = int(match["l1"])
        tail = match["l2"]
        last = int(tail) if len(tail) == 4 else first - first % (10 ** len(tail)) + int(tail)
        if last <= first:
            last += 10 ** len(tail) if len(tail) < 4 else 0
        if not first < last <= first + 10:
            return None
        return mention(first, last - 1)
    if kind == "short":
        first, last = 2000 + int(match["s1"]), 2000 + int(match["s2"])
        return mention(first, last - 1) if first < last <= first + 5 and first >= 2005 else None
    if kind == "fy":
        year = int(match["f"])
        return mention((year if year > 100 else 2000 + year) - 1)
    if kind == "beside":
        return mention(int(match["b1"]), int(match["b2"]), calendar=True)
    if kind == "relative":
        begins = defined.get(int(match["r"]))
        return None if begins is None else mention(begins)
    if kind == "several":
        begins, ends = (defined.get(int(match[r])) for r in ("r1", "r2"))
        return mention(begins, ends) if begins and ends and begins < ends else None
    return mention(int(match["g"]), calendar=True)


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


_DEFINITION = re.compile(
    r"\b(?:year|yr|blwyddyn)\s?(?P<n>[1-9])\b\s*"
    r"(?:(?:of|in|throughout)\s+(?:the|this|our|these)\s+[a-z]+"
    r"(?:\s+(?!(?:is|being|means|runs?|covers?|refers)\b)[a-z]+)?\s+)?"
    r"(?:\(|=|:|–|-|is|being|means|runs?|covers?|refers to|,)?\s*"
    r"(?:the\s+)?(?:financial\s+year\s+)?(?:from\s+)?(?P<what>[^.;]{0,60})",
    re.I,
)


_A_YEAR = re.compile(r"year|yr|blwyddyn", re.I)  # a definition is dear to look for


def defined_years(texts: Iterable[str]) -> dict[int, int]:
    """In which calendar year `Year 1`, `Year 2`, … begin, where the document says so in its text.

    One definition is enough: the others follow by counting.
    """
    known: dict[int, int] = {}
    for text in texts:
        if not _A_YEAR.search(text):
            continue
        for match in _DEFINITION.finditer(text):
            mentions = parse_years(match["what"])
            near = [m for m in mentions if m.start <= 12 and not m.calendar]
            if near:
                known.setdefault(int(match["n"]), near[0].first)
    if known:
        anchor, begins = min(known.items())
        for number in range(1, 10):
            known.setdefault(number, begins + number - anchor)
    return known


def without_definitions(text: str) -> str:
    """A text without what it says `Year 1` and the like are: these are not years it speaks of."""
    return _DEFINITION.sub(" ", text) if _A_YEAR.search(text) else text


def year_of(
    text: str, defined: Mapping[int, int] | None = None, *, calendar: bool = True
) -> str | None:
    """The one year or period a text names, or None where it names none or several.

    Two adjoining years joined in one heading (`2018/19 and 2019/20`) are one period, `2018-20`.
    """
    mentions = [m for m in parse_years(text, defined) if calendar or not m.calendar]
    financial = [m for m in mentions if not m.calendar]
    mentions = financial or mentions
    spans = sorted({(m.first, m.last, m.calendar) for m in mentions})
    if not spans:
        return None
    if len(spans) == 1:
        return mentions[0].year
    chained = all(before[1] < after[0] for before, after in pairwise(spans))
    # A heading in two languages says its years twice.
    rounds = [mentions[at : at + len(spans)] for at in range(0, len(mentions), len(spans))]
    alike = all([(m.first, m.last, m.calendar) for m in said] == spans for said in rounds)
    if chained and len({span[2] for span in spans}) == 1 and alike:
        links = set().union(*(_links(text, said) for said in rounds))
        adjoining = all(before[1] + 1 == after[0] for before, after in pairwise(spans))
        if links == {"to"} or (links == {"and"} and adjoining):
            return YearMention(spans[0][0], spans[-1][1], text, 0, 0, spans[0][2]).year
    # Where one period holds the others ("2018-21 … figures for 2020-21") none is the one.
    return None


def year_within(heading: str) -> str | None:
    """The one year below a plan's period in a heading of two levels (`2025-28 Plan 2026-27`)."""
    mentions = [m for m in parse_years(heading) if not m.calendar]
    if len(mentions) != 2 or heading[mentions[1].end :].strip(" ()£ms,0k'’"):
        return None
    period, year = mentions
    held = period.count > 1 == year.count and period.first <= year.first <= period.last
    return year.year if held else None


_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\.?,?\s*$", re.I)


def names_a_month(text: str) -> bool:
    """Whether a year stands with a month (`Draft of Nov 2024`): a date, not a year of money."""
    return any(m.calendar and _MONTH_BEFORE.search(text[: m.start]) for m in parse_years(text))


def _links(text: str, mentions: list[YearMention]) -> set[str]:
    """How neighbouring years are joined in print: `A to B`, `A and B`, or apart."""
    ordered = sorted(mentions, key=lambda m: m.start)
    found = set()
    for before, after in pairwise(ordered):
        between = " ".join(re.findall(r"[-–—&+/,]|\w+", text[before.end : after.start].lower()))
        if between in {"to", "i", "-", "–", "—"}:
            found.add("to")
        elif _JOINS.fullmatch(between):
            found.add("and")
        else:
            found.add("apart")
    return found


# Years of one merged heading may carry their own words: `2018/19 budget and 2019/20 budget`.
_JOINS = re.compile(r"(?:(?:and|[&+/,]|plus|budget|funding|allocation|amount|award|grant)\s?)+")


def years_in(year: str) -> tuple[str, ...]:
    """The single financial years that a label covers: `2022-25` covers three."""
    mentions = parse_years(year)
    if not mentions or mentions[0].calendar:
        return (year,)
    return tuple(financial_year(y) for y in range(mentions[0].first, mentions[0].last + 1))


@cache
def _phases() -> tuple[tuple[Phase, re.Pattern[str]], ...]:
    data = tomllib.loads(_PHASES_FILE.read_text(encoding="utf-8"))
    if set(data) != {"phase"}:
        raise ValueError(
            f"{_PHASES_FILE.name}: only [[phase]] entries are known, found {sorted(data)}"
        )
    known = []
    for number, entry in enumerate(data["phase"], start=1):
        if set(entry) != {"name", "words"} or entry["name"] not in get_args(Phase):
            raise ValueError(f"{_PHASES_FILE.name}: entry {number} needs a known name and words")
        words = sorted(entry["words"], key=len, reverse=True)
        known.append(
            (entry["name"], re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.I))
        )
    return tuple(known)


# What `is paid against milestones` was not paid yet.
_PAYABLE = re.compile(r"\b(?:is|are|be|being|how)\s+(?:\w+\s+)?paid\b", re.I)


@lru_cache(maxsize=1 << 12)  # every figure of a column has its heading in common
def phase_of(text: str) -> Phase | None:
    """Which stage of money a heading, title or label speaks of, or None where no word tells."""
    text = _PAYABLE.sub(" ", text)
    return next((name for name, words in _phases() if words.search(text)), None)


@lru_cache(maxsize=1 << 12)
def phase_for_year(text: str, year: str) -> Phase | None:
    """The phase a title ties to one year (`… with revised figures for 2020-21`), if any."""
    for mention in parse_years(text):
        if mention.year != year:
            continue
        before = text[: mention.start]
        match = re.search(r"(?:\bwith|\band|[,;(–-])\s+([^,;()]{3,60})\bfor\s+$", before, re.I)
        if match:
            return phase_of(match[1])
    return None
