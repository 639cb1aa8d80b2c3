"""Claims: what running text says an amount is, and of what, for which year.

A claim is made for every amount of money, and for every percentage that is an increase or a
reduction. `pipeline.verdicts` holds each against the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.model import Place
from normalizers.narrative import AMOUNTS, Mention
from pipeline.figures import Figure, expand, stems, vocabulary
from pipeline.narrative import Located, lead_of

PRONOUN = re.compile(r"^(?:That|This|It|These|Those|Which)\b")
Scope = Literal["whole", "section", "lines", "named", "none"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One amount (or percentage) and what the text says of it.

    `scope` tells what `subject` is: the whole budget, a section, lines found by their words
    (`words`, and `more_words` with heading or question), something merely named, or nothing.
    `year` is the claim's financial year, None where none is printed (`year_assumed` then tells
    the one of the document); `baseline` is the year that a change is measured from, `pair` the
    amount on the other end of a `from … to …`.
    """

    document: str
    mention: Mention
    text: Located
    kind: str
    scope: Scope
    subject: str | None
    words: frozenset[str] = frozenset()
    more_words: frozenset[str] = frozenset()
    section: str | None = None
    year: str | None = None
    year_assumed: bool = False
    is_past: bool = False
    baseline: str | None = None
    baseline_phase: str | None = None
    pair: Mention | None = None
    is_from: bool = False
    others: tuple[Mention, ...] = ()
    document_years: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        return self.text.place(self.mention.start)


def year_before(year: str) -> str:
    """The financial year before a year: `2016-17` for `2017-18`."""
    first = int(year[:4]) - 1
    return f"{first}-{(first + 1) % 100:02d}"


def year_after(year: str) -> str:
    """The financial year after a year: `2018-19` for `2017-18`."""
    first = int(year[:4]) + 1
    return f"{first}-{(first + 1) % 100:02d}"


def find_claims(
    document: str,
    years: Sequence[str],
    texts: Sequence[Located],
    mentions: Sequence[Mention],
    figures: Sequence[Figure],
    meanings: Mapping[str, str],
) -> tuple[Claim, ...]:
    """The claims of one document in the order of its words.

    `years` are the financial years that the document covers; `figures` those of all documents,
    from which sections and services are known.
    """
    by_key = {located.text.key: located for located in texts}
    known = [f for f in figures if f.document == document or f.financial_year in years]
    figures = known or list(figures)
    grouped: dict[tuple[str, int], list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault((mention.key, mention.sentence_number), []).append(mention)
    claims: list[Claim] = []
    before: dict[str, Claim] = {}
    for (key, _), members in grouped.items():
        money = [m for m in members if m.kind == "money"]
        changes = [m for m in members if m.kind == "percentage" and m.qualifier in CHANGES]
        for mention in sorted((*money, *changes), key=lambda m: m.start):
            claim = _claim(
                document, years, by_key[key], mention, members, figures, meanings, before.get(key)
            )
            claims.append(claim)
            if claim.scope != "none":
                before[key] = claim
    return tuple(claims)


CHANGES = ("increase", "reduction")


def _claim(
    document: str,
    years: Sequence[str],
    text: Located,
    mention: Mention,
    members: Sequence[Mention],
    figures: Sequence[Figure],
    meanings: Mapping[str, str],
    before: Claim | None,
) -> Claim:
    sentence = mention.sentence
    start = _offset(mention, members)
    pair, is_from = _pair(mention, members, sentence)
    kind = _kind(mention, sentence, start, pair is not None)
    scope, subject, words, more, section = _subject(
        document, text, mention, sentence, start, members, figures, meanings
    )
    inherited = scope in ("none", "named") and before is not None and PRONOUN.match(sentence)
    if inherited and before is not None:
        scope, subject, words = before.scope, before.subject, before.words
        more, section = before.more_words, before.section
    baseline, phase = _baseline(mention, members, sentence, start)
    year, assumed = _year(mention, members, sentence, start, baseline, text, years)
    if inherited and before is not None and assumed:
        year, assumed = before.year, before.year_assumed
    past = any(re.search(p, sentence, re.IGNORECASE) for p in vocabulary()["past"]["patterns"])
    return Claim(
        document=document,
        mention=mention,
        text=text,
        kind=kind,
        scope=scope,
        subject=subject,
        words=words,
        more_words=more,
        section=section,
        year=year,
        year_assumed=assumed,
        is_past=past and assumed,
        baseline=baseline,
        baseline_phase=phase,
        pair=pair,
        is_from=is_from,
        others=tuple(m for m in members if m.kind == "money" and m is not mention),
        document_years=tuple(years),
    )


def _offset(mention: Mention, members: Sequence[Mention]) -> int:
    """Where an amount begins in its sentence, by counting the same print before it."""
    earlier = sum(1 for m in members if m.printed == mention.printed and m.start < mention.start)
    at = -1
    for _ in range(earlier + 1):
        at = mention.sentence.find(mention.printed, at + 1)
    return max(at, 0)


def _pair(
    mention: Mention, members: Sequence[Mention], sentence: str
) -> tuple[Mention | None, bool]:
    """The other end of `from A to B` (or `B where it was A`), and whether this is the from."""
    for other in members:
        if other is mention or other.kind != mention.kind:
            continue
        low, high = sorted((mention, other), key=lambda m: m.start)
        first, second = _offset(low, members), _offset(high, members)
        before, between = sentence[:first], sentence[first + len(low.printed) : second]
        if re.search(r"\bfrom (?:\S+ ){0,2}$", before) and re.fullmatch(
            r" (?:\S+ ){0,3}?to ", between
        ):
            return other, mention is low
        if re.fullmatch(
            r",? (?:where it was|(?:up|down) from|compared (?:with|to)|against) ", between
        ):
            return other, mention is high
    return None, False


def _kind(mention: Mention, sentence: str, start: int, paired: bool) -> str:
    if paired:
        return "change"
    if mention.qualifier in CHANGES:
        return str(mention.qualifier)
    if mention.qualifier == "up to":
        return "maximum"
    marked = f"{sentence[:start]}\0{sentence[start + len(mention.printed) :]}"
    for entry in vocabulary()["kinds"]:
        for pattern in entry["patterns"]:
            if re.search(pattern.replace("{amount}", "\0"), marked, re.IGNORECASE):
                return str(entry["kind"])
    return "amount"


# --- of what --------------------------------------------------------------------------------


def _subject(
    document: str,
    text: Located,
    mention: Mention,
    sentence: str,
    start: int,
    members: Sequence[Mention],
    figures: Sequence[Figure],
    meanings: Mapping[str, str],
) -> tuple[Scope, str | None, frozenset[str], frozenset[str], str | None]:
    """What an amount is of: a lead phrase, the whole budget, a section, lines, a named fund."""
    heading = text.text.heading.rpartition(" › ")[2]
    context = expand(f"{heading} {sentence}", meanings)
    lead = lead_of(sentence)
    if lead and sentence.index(lead) < start and not _is_whole(lead):
        words = expand(lead, meanings)
        if words:
            return "lines", lead, words, context, None
    section = _section(document, sentence, start, len(mention.printed), members, figures, meanings)
    if section:
        return "section", section, stems(section), context, section
    if _is_whole(sentence):
        return "whole", "the whole budget", frozenset(), context, None
    named = _named_lines(sentence, heading, figures, meanings)
    if named:
        label, words = named
        return "lines", label, words, context, None
    fund = _nearest_fund(mention, members)
    if fund:
        return "named", fund, expand(fund, meanings), context, None
    if text.lead:
        return "lines", text.lead, expand(text.lead, meanings), context, None
    if heading:
        named = _named_lines(heading, "", figures, meanings)
        if named:
            return "lines", heading, named[1], context, None
        return "named", heading, expand(heading, meanings), context, None
    return "none", None, frozenset(), context, None


def _is_whole(sentence: str) -> bool:
    words = vocabulary()["whole"]
    return any(re.search(p, sentence, re.IGNORECASE) for p in words["patterns"]) and not any(
        re.search(p, sentence) for p in words["not_whole"]
    )


def _section(
    document: str,
    sentence: str,
    start: int,
    length: int,
    members: Sequence[Mention],
    figures: Sequence[Figure],
    meanings: Mapping[str, str],
) -> str | None:
    """The section that the words beside an amount speak of, by words that only its name has."""
    own = [f for f in figures if f.kind == "section total" and f.document == document]
    names = {f.name: stems(f.name) for f in own}
    money = sorted(_offset(m, members) for m in members if m.kind == "money")
    left = max((at for at in money if at < start), default=0)
    right = min((at for at in money if at > start), default=len(sentence))
    near = sentence[left:start][-60:] + " \0 " + sentence[start + length : right][:60]
    beside = expand(near, meanings)
    if not re.search(r"\b(?:budget|for|has|on|section|theme|total|to)\b", near):
        return None
    found: list[tuple[int, str]] = []
    for name, words in names.items():
        others = frozenset().union(*(w for n, w in names.items() if n != name))
        telling = {w for w in words & beside if w not in others}
        if telling and (
            len(telling) >= 2 or len(words) == 1 or any("-" in p for p in near.split())
        ):
            found.append((len(telling), name))
    return max(found)[1] if found else None


def _named_lines(
    sentence: str, heading: str, figures: Sequence[Figure], meanings: Mapping[str, str]
) -> tuple[str, frozenset[str]] | None:
    """The service that a sentence names by all its telling words; the longest name wins.

    Words of the heading may complete the name, but one must stand in the sentence itself.
    """
    said = expand(sentence, meanings)
    around = said | expand(heading, meanings)
    best: tuple[bool, int, str, frozenset[str]] | None = None
    for figure in figures:
        if figure.kind != "line":
            continue
        words = stems(figure.name) or figure.words
        if not words or not words <= around or not words & said:
            continue
        if len(words) == 1 and not _as_a_name(figure.name, sentence):
            continue
        literal = figure.name.casefold() in sentence.casefold()
        rank = (literal, len(words & said), figure.name, words)
        if best is None or rank[:2] > best[:2]:
            best = rank
    return (best[2], best[3]) if best else None


def _as_a_name(name: str, sentence: str) -> bool:
    """Whether a name of one telling word stands in a sentence in its own spelling."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence) is not None


def _nearest_fund(mention: Mention, members: Sequence[Mention]) -> str | None:
    funds = [m for m in members if m.kind == "fund"]
    nearest = min(funds, key=lambda m: abs(m.start - mention.start), default=None)
    return nearest.value if nearest else None


# --- when ------------------------------------------------------------------------------------


def _years_at(members: Iterable[Mention]) -> list[tuple[int, str]]:
    return [
        (m.start, m.value) for m in members if m.kind == "financial_year" and m.value is not None
    ]


def _year(
    mention: Mention,
    members: Sequence[Mention],
    sentence: str,
    start: int,
    baseline: str | None,
    text: Located,
    years: Sequence[str],
) -> tuple[str | None, bool]:
    """The claim's year, and whether it had to be taken from the heading or the document.

    The nearest year before the amount is its own, else the first after it; a year that a
    change is measured from is not. In `from 2018-19 to 2019-20` behind a change the later is.
    """
    at = _years_at(members)
    behind = sentence[start + len(mention.printed) :]
    span = re.match(
        r"[^£%]{0,40}?\b(?:from|between)\s+(\S+)\s+(?:to|and)\s+(\S+?)[.,;)]?(?:\s|$)", behind
    )
    if span:
        later = [value for _, value in at if span[2].strip(".,;)")[-2:] == value[-2:]]
        if later:
            return later[0], False
    earlier = [value for position, value in at if position < mention.start]
    if earlier:
        return earlier[-1], False
    # What stands behind the next amount is the year of that one's baseline, not of this change.
    ends = min(
        (
            m.start
            for m in members
            if m.start > mention.start and m.kind in AMOUNTS and mention.qualifier in CHANGES
        ),
        default=mention.start + len(sentence),
    )
    later_years = [value for position, value in at if mention.start < position < ends]
    if later_years and later_years[0] != baseline:
        return later_years[0], False
    from normalizers.narrative_amounts import find_years

    for found in reversed(find_years(text.text.heading)):
        if found.value in years or not years:
            return found.value, True
    return (years[-1] if len(years) == 1 else None), True


def _baseline(
    mention: Mention, members: Sequence[Mention], sentence: str, start: int
) -> tuple[str | None, str | None]:
    """The year (and phase) that a change is measured from, by the words behind its amount."""
    if mention.qualifier not in CHANGES:
        return None, None
    behind = sentence[start + len(mention.printed) :]
    stop = re.search(r"£|\d\s?%|;|\.\s", behind)
    clause = behind[: stop.start()] if stop else behind
    span = re.search(r"\b(?:from|between)\s+(\d\S*)\s+(?:to|and)\s+(\d\S*)", clause)
    word = re.search(vocabulary()["baseline"]["patterns"][0], clause, re.IGNORECASE)
    phase = next(
        (
            phase
            for name, phase in vocabulary()["baseline"]["phases"].items()
            if re.search(rf"\b{name}\b", clause, re.IGNORECASE)
        ),
        None,
    )
    if not word:
        return None, None
    from normalizers.narrative_amounts import find_years

    inside = [found.value for found in find_years(span[0] if span else clause) if found.value]
    return (inside[0] if inside else None), phase
