"""Evidence that two printed lines are one service, in ordered, worded levels.

Each comparison gives one finding: a level in words and its weight in bits (how far it moves the
odds). A score is the sum of its findings, so every link can be drawn as a waterfall. The words and
weights are data (`data/services.toml`); none of them knows a publisher or a service.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from normalizers.places import Reach, covered
from normalizers.service_names import ServiceName, share, vocabulary
from normalizers.services import ServiceLine, pounds
from normalizers.spelling import compact, words


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison: what was compared, the level it reached, in words, and its weight in bits."""

    evidence: str
    level: str
    words: str
    bits: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """All findings about two lines but the one about their sums; `bits` is their sum."""

    before_amount: tuple[Finding, ...]
    after_amount: tuple[Finding, ...]
    bits: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lines compared: the earlier, the later, every finding, and their sum in bits."""

    earlier: ServiceLine
    later: ServiceLine
    findings: tuple[Finding, ...]
    score: float

    def level(self, evidence: str) -> str:
        """The level that one kind of evidence reached."""
        return next(f.level for f in self.findings if f.evidence == evidence)

    @property
    def reason(self) -> str:
        """The findings that speak for the link, in words, strongest first."""
        speaking = sorted(
            (f for f in self.findings if f.bits > 0), key=lambda f: (-f.bits, f.evidence)
        )
        return "; ".join(f.words for f in speaking) or "nothing speaks for it"


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """The weight of every level, in bits, by kind of evidence."""
    loaded: dict[str, Any] = vocabulary()["weights"]
    return {kind: dict(levels) for kind, levels in loaded.items()}


def _found(evidence: str, level: str, text: str) -> Finding:
    return Finding(evidence, level, text, weights()[evidence][level])


def compare(one: ServiceLine, other: ServiceLine, likeness: Likeness | None = None) -> Comparison:
    """All findings about two lines; the line with the earlier years is `earlier`.

    `likeness` is what `compare_words` gave for the two, where it is known already.
    """
    earlier, later = in_order(one, other)
    alike = likeness if likeness is not None else compare_words(one, other)
    amount = _amounts(earlier, later)
    return Comparison(
        earlier,
        later,
        (*alike.before_amount, amount, *alike.after_amount),
        round(alike.bits + amount.bits, 2),
    )


def in_order(one: ServiceLine, other: ServiceLine) -> tuple[ServiceLine, ServiceLine]:
    """The two lines, the one with the earlier years first."""
    keys = [(s.first_year, s.listing, s.line.order, s.line.line_id) for s in (one, other)]
    return (one, other) if keys[0] <= keys[1] else (other, one)


def compare_words(one: ServiceLine, other: ServiceLine) -> Likeness:
    """All findings but the sums; they are the same whichever line comes first."""
    before = (
        compare_names(one.name, other.name),
        compare_people(one.name, other.name),
        compare_providers(one, other),
        _provisions(one, other),
    )
    after = (compare_places(one, other), _sections(one, other), _mechanisms(one, other))
    return Likeness(before, after, sum(finding.bits for finding in (*before, *after)))


def quick_score(one: ServiceLine, other: ServiceLine, likeness: Likeness) -> float:
    """The score that `compare` would give, without its words."""
    level, _ = amount_level(*in_order(one, other))
    return round(likeness.bits + weights()["amount"][level], 2)


@lru_cache(maxsize=200_000)
def compare_names(one: ServiceName, other: ServiceName) -> Finding:
    """The names alone."""
    if one.joined and one.joined == other.joined:
        return _found("name", "same_words", "the names are the same")
    if one.all_words and one.all_words == other.all_words:
        return _found("name", "same_words", "the names have the same words")
    telling, generic_only = (one.telling, other.telling), not (one.telling and other.telling)
    if generic_only:
        telling = (one.all_words, other.all_words)
    both, smaller = share(*telling)
    if both == 1.0 and not generic_only:
        return _found("name", "same_telling_words", "the names differ only in general words")
    if smaller == 1.0 and not generic_only:
        text = "all telling words of the one name stand in the other"
        if min(len(part) for part in telling) >= 4:
            return _found("name", "long_one_within_the_other", text)
        return _found("name", "one_within_the_other", text)
    if _run_together(one, other):
        return _found("name", "one_within_the_other", "the one name begins with the other")
    if both >= 0.6:
        return _found("name", "most_words", "most words of the names are the same")
    if both >= 0.3:
        return _found("name", "some_words", "some words of the names are the same")
    return _found("name", "no_words", "the names share few words or none")


def _run_together(one: ServiceName, other: ServiceName) -> bool:
    short, long = sorted((one.joined, other.joined), key=len)
    return len(short) >= 8 and long.startswith(short)


@lru_cache(maxsize=200_000)
def compare_people(one: ServiceName, other: ServiceName) -> Finding:
    """The groups of people that the names are about."""
    narrower = False
    for left, right in zip(one.sides, other.sides, strict=True):
        if left and right and not left & right:
            return _found("people", "contrast", "the names are about different groups of people")
        narrower = narrower or bool(left and right and left != right)
    if narrower:
        return _found("people", "narrower", "the one name is about only some of the other's people")
    if any(bool(left) != bool(right) for left, right in zip(one.sides, other.sides, strict=True)):
        return _found("people", "one_side", "only one of the names is about a group of people")
    return _found("people", "same", "about the same people, or people in general")


def compare_providers(one: ServiceLine, other: ServiceLine) -> Finding:
    """Who provides, alone."""
    if one.named_by_provider or other.named_by_provider:
        return _found("provider", "unknown", "the provider serves as the name")
    if one.providers and one.providers == other.providers:
        return _found("provider", "same", "the same provider")
    left, right = one.providers | one.vias, other.providers | other.vias
    if left & right:
        return _found("provider", "shared", "a provider in common")
    if one.unsure_provider or other.unsure_provider or not left or not right:
        return _found("provider", "unknown", "a provider is not named")
    return _found("provider", "different", "different providers")


def _provisions(one: ServiceLine, other: ServiceLine) -> Finding:
    if one.provision is None or other.provision is None:
        return _found("provision", "unknown", "a description is not printed")
    found = compare_provisions(one.provision, other.provision)
    if found.level in ("some_words", "different") and (
        _names(one.provision, other.name) or _names(other.provision, one.name)
    ):
        return _found("provision", "names_it", "the description of the one names the other")
    return found


def _names(provision: ServiceName, name: ServiceName) -> bool:
    """Whether a description has all words of a name that has three telling words or more."""
    return len(name.telling) >= 3 and name.all_words <= provision.all_words


@lru_cache(maxsize=200_000)
def compare_provisions(one: ServiceName, other: ServiceName) -> Finding:
    """The descriptions of what is provided."""
    if one.joined == other.joined and len(one.all_words) >= 2:
        return _found("provision", "identical", "the same description")
    both, _ = share(one.all_words, other.all_words)
    if both >= 0.6:
        return _found("provision", "alike", "much the same description")
    if both >= 0.25:
        return _found("provision", "some_words", "descriptions with words in common")
    return _found("provision", "different", "different descriptions")


Figures = tuple[str, int, str, int]  # year and pence of the earlier line, of the later one


def amount_level(one: ServiceLine, other: ServiceLine) -> tuple[str, Figures | None]:
    """The level of the sums of an earlier and a later line, and the figures that give it."""
    left, right = one.funded, other.funded
    common = sorted(left.keys() & right.keys())
    for year in reversed(common):
        if left[year] == right[year]:
            return "same_year_same_figure", (year, left[year], year, right[year])
    if common:
        year = common[-1]
        return "same_year_other_figure", (year, left[year], year, right[year])
    before = [year for year in left if year <= other.first_year]
    if not before or not right:
        return "unknown", None
    year, later = before[-1], next(iter(right))
    last, first = left[year], right[later]
    figures = (year, last, later, first)
    if last == first:
        if last in one.unusual and first in other.unusual:
            return "continued_unusual", figures
        if last in one.alone and first in other.alone:
            return "continued_round", figures
        return "continued_shared", figures
    ratio = max(last, first) / min(last, first)
    if ratio <= 1.15:
        return "near", figures
    if ratio <= 2:
        return "within_double", figures
    return ("far" if ratio <= 5 else "very_far"), figures


AMOUNT_WORDS = {
    "same_year_same_figure": "both state {1} for {0}",
    "same_year_other_figure": "for {0} the one states {1}, the other {3}",
    "continued_unusual": "the same unusual sum: {1} in {0} and again in {2}",
    "continued_round": "the same sum: {1} in {0} and again in {2}",
    "continued_shared": "the same sum as other lines: {1} in {0} and again in {2}",
    "near": "nearly the same sum: {1} in {0}, {3} in {2}",
    "within_double": "sums of the same size: {1} in {0}, {3} in {2}",
    "far": "sums of different size: {1} in {0}, {3} in {2}",
    "very_far": "very different sums: {1} in {0}, {3} in {2}",
}


def _amounts(one: ServiceLine, other: ServiceLine) -> Finding:
    level, figures = amount_level(one, other)
    if figures is None:
        return _found("amount", level, "no sums to compare")
    year, last, later, first = figures
    text = AMOUNT_WORDS[level].format(year, pounds(last), later, pounds(first))
    return _found("amount", level, text)


def compare_places(one: ServiceLine, other: ServiceLine) -> Finding:
    """Where, by the names and by what is printed of it."""
    if one.name.places and other.name.places and not one.name.places & other.name.places:
        return _found("place", "apart", "the names are of different places")
    left, right = one.covers, other.covers
    if not left or not right:
        return _printed_places(one, other)
    if left == right:
        whole = covered(frozenset(c.code for c in one.publisher.councils if not c.ended))
        if left < whole:
            return _found("place", "same_small", "for the same part of the area")
        return _found("place", "same", "for the same area")
    if any(_wide(line.reach) for line in (one, other)):
        return _found("place", "unknown", "one of the places is a region or the country")
    if not left & right:
        return _found("place", "apart", "for different places")
    here = covered(frozenset(c.code for c in one.publisher.councils if not c.ended))
    if left <= here and right <= here and (left < right or right < left):
        return _found("place", "narrower", "the one place is a part of the other")
    return _found("place", "unknown", "places that overlap")


def _printed_places(one: ServiceLine, other: ServiceLine) -> Finding:
    """Places that are no official areas, by their printed words alone."""
    if one.reach is None or other.reach is None:
        return _found("place", "unknown", "a place is not printed")
    left, right = set(words(one.reach.printed)), set(words(other.reach.printed))
    if left == right:
        return _found("place", "same", "for the same place, as printed")
    if left & right:
        return _found("place", "unknown", "places whose printed words overlap")
    return _found("place", "other_words", "for places of different words")


def _wide(reach: Reach | None) -> bool:
    """Whether a place is a region or a country: ONS codes E12..., and those of the nations."""
    wide = ("E12", "E92", "W92", "S92", "N92", "K0")
    return reach is not None and any((area.code or "").startswith(wide) for area in reach.areas)


def _sections(one: ServiceLine, other: ServiceLine) -> Finding:
    if one.theme is not None and one.theme == other.theme:
        return _found("section", "same", "under the same theme")
    same = compact(one.line.section or "") == compact(other.line.section or "") != ""
    return _found(
        "section",
        "same" if same else "other",
        "under the same heading" if same else "under different themes",
    )


def _mechanisms(one: ServiceLine, other: ServiceLine) -> Finding:
    same = one.mechanism is not None and one.mechanism == other.mechanism
    return _found(
        "mechanism",
        "same" if same else "other",
        "funded in the same way" if same else "funding not compared",
    )
