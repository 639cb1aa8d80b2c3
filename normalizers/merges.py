"""Services merged, split or cut anew between two editions: by name, and above all by arithmetic.

A sum is searched among few lines that have to do with the one they may have become, and what the
search would find by chance is stated with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from normalizers.evidence import (
    compare_names,
    compare_people,
    compare_places,
    compare_providers,
)
from normalizers.services import ServiceLine, pounds

MOST_PARTS = 6
MOST_CANDIDATES = 12
KIN_NAMES = (
    "same_words",
    "same_telling_words",
    "long_one_within_the_other",
    "one_within_the_other",
    "most_words",
)


@dataclass(frozen=True, slots=True)
class Regrouping:
    """Lines of one edition that became others in the next: several one, one several, or m to n.

    `exact` says that the sums are equal to the penny; `chance` how often a search of this size
    finds such a sum by accident (None without a sum); `sure` that no person need be asked.
    """

    kind: Literal["merged", "split", "redrawn"]
    earlier: tuple[ServiceLine, ...]
    later: tuple[ServiceLine, ...]
    exact: bool
    chance: float | None
    evidence: str
    sure: bool


def last_pence(line: ServiceLine) -> int | None:
    """The line's figure of its last year that has one."""
    return next((pence for _, pence in reversed(line.years) if pence), None)


def first_pence(line: ServiceLine) -> int | None:
    """The line's figure of its first year that has one."""
    return next((pence for _, pence in line.years if pence), None)


def find_regroupings(
    gone: Sequence[ServiceLine], new: Sequence[ServiceLine]
) -> tuple[Regrouping, ...]:
    """What lines that are gone from one edition became among those that are new in the next."""
    found: list[Regrouping] = []
    used: set[str] = set()
    for sought, parts, kind in ((new, gone, "merged"), (gone, new, "split")):
        for whole in sought:
            if whole.line.line_id in used:
                continue
            free = [part for part in parts if part.line.line_id not in used]
            regrouping = _by_sum(whole, free, kind)
            if regrouping is not None:
                found.append(regrouping)
                used |= _ids(regrouping)
    left = [line for line in gone if line.line.line_id not in used]
    right = [line for line in new if line.line.line_id not in used]
    return (*found, *_by_name(left, right))


def _ids(regrouping: Regrouping) -> set[str]:
    return {line.line.line_id for line in (*regrouping.earlier, *regrouping.later)}


def _kin(one: ServiceLine, other: ServiceLine) -> int:
    """How much two lines have to do with each other: 2 by name, 1 by provider and theme, or 0."""
    if _apart(one, other):
        return 0
    if compare_names(one.name, other.name).level in KIN_NAMES:
        return 2
    if one.theme is None or one.theme != other.theme:
        return 0
    return 1 if compare_providers(one, other).level in ("same", "shared") else 0


def _apart(one: ServiceLine, other: ServiceLine) -> bool:
    """Whether two lines are for other places or other people."""
    if compare_people(one.name, other.name).level == "contrast":
        return True
    return compare_places(one, other).level == "apart"


def _by_sum(whole: ServiceLine, parts: Sequence[ServiceLine], kind: str) -> Regrouping | None:
    """The parts whose figures add up to the whole's, if their names or providers are kin to it."""
    target = first_pence(whole) if kind == "merged" else last_pence(whole)
    if not target:
        return None
    figure = last_pence if kind == "merged" else first_pence
    kin = {part.line.line_id: _kin(part, whole) for part in parts}
    for least in (2, 1):
        pool = [
            (part, pence)
            for part in parts
            if kin[part.line.line_id] >= least and (pence := figure(part)) and pence < target
        ]
        pool.sort(key=lambda item: (-kin[item[0].line.line_id], -item[1], item[0].line.line_id))
        pool = pool[:MOST_CANDIDATES]
        tried, hits = _sums(pool, target)
        if len(hits) == 1:
            chance = _chance(pool, tried, target)
            chosen = tuple(sorted((part for part, _ in hits[0]), key=lambda p: p.line.order))
            shown = " + ".join(_bare(figure(part) or 0) for part in chosen)
            searched = f"{tried} sums were" if tried > 1 else "one sum was"
            evidence = (
                f"{shown} = {_bare(target)}; {searched} tried among lines that have to do with "
                f"it, and such a search hits by chance about once in {max(1, round(1 / chance)):,}"
            )
            earlier, later = (chosen, (whole,)) if kind == "merged" else ((whole,), chosen)
            sure = least == 2 and chance <= 0.01
            return Regrouping(
                "merged" if kind == "merged" else "split",
                earlier,
                later,
                True,
                chance,
                evidence,
                sure,
            )
    return None


def _bare(pence: int) -> str:
    return pounds(pence).removeprefix("£")


Pool = list[tuple[ServiceLine, int]]


def _sums(pool: Pool, target: int) -> tuple[int, list[tuple[tuple[ServiceLine, int], ...]]]:
    """How many sums of two to six parts were tried, and those that make the target."""
    tried, hits = 0, []
    for size in range(2, min(MOST_PARTS, len(pool)) + 1):
        for chosen in combinations(pool, size):
            tried += 1
            if sum(pence for _, pence in chosen) == target:
                hits.append(chosen)
    return tried, hits


def _chance(pool: Pool, tried: int, target: int) -> float:
    """How many of the tried sums would hit a given figure if they lay anywhere in their range.

    The range is that of the sums, or the figure itself where that is wider; possible sums lie as
    far apart as the largest unit of pounds that all parts share.
    """
    figures = sorted(pence for _, pence in pool)
    units = (100_000, 50_000, 10_000, 5_000, 1_000, 500, 100, 25, 1)
    step = next(unit for unit in units if all(figure % unit == 0 for figure in figures))
    spread = sum(figures[-MOST_PARTS:]) - sum(figures[:2])
    return min(1.0, tried * step / max(spread, target))


def _by_name(gone: Sequence[ServiceLine], new: Sequence[ServiceLine]) -> list[Regrouping]:
    """Families of lines with the names of one another, where both or one side has several."""
    links = [(a, b) for a in gone for b in new if _family(a, b)]
    links += _siblings(links, gone, new)
    found: list[Regrouping] = []
    left = {a.line.line_id: a for a, _ in links}
    right = {b.line.line_id: b for _, b in links}
    partners: dict[str, set[str]] = {key: set() for key in (*left, *right)}
    for a, b in links:
        partners[a.line.line_id].add(b.line.line_id)
        partners[b.line.line_id].add(a.line.line_id)
    seen: set[str] = set()
    for start in sorted(left):
        if start in seen:
            continue
        family, ahead = {start}, [start]
        while ahead:
            fresh = partners[ahead.pop()] - family
            family |= fresh
            ahead += sorted(fresh)
        seen |= family
        earlier = tuple(sorted((left[i] for i in family if i in left), key=_place_in_print))
        later = tuple(sorted((right[i] for i in family if i in right), key=_place_in_print))
        if len(earlier) + len(later) > 2:
            found.append(_named(earlier, later))
    return found


def _siblings(
    links: Sequence[tuple[ServiceLine, ServiceLine]],
    gone: Sequence[ServiceLine],
    new: Sequence[ServiceLine],
) -> list[tuple[ServiceLine, ServiceLine]]:
    """Lines named by their place alone join the family whose description they share in print."""
    more = []
    for lines, at in ((gone, 0), (new, 1)):
        nameless = [line for line in lines if not line.name.all_words and line.name.places]
        for line in nameless:
            for pair in links:
                member = pair[at]
                alike = member.provision is not None and member.provision == line.provision
                if alike and member.line.section == line.line.section:
                    more.append((line, pair[1]) if at == 0 else (pair[0], line))
    return more


def _place_in_print(line: ServiceLine) -> tuple[int, str]:
    return line.line.order, line.line.line_id


def _family(one: ServiceLine, other: ServiceLine) -> bool:
    """Whether the one may be a part of the other: telling names, and no place or people apart."""
    level = compare_names(one.name, other.name).level
    telling = min(len(one.name.telling), len(other.name.telling))
    named = level in KIN_NAMES[:2] or (level in KIN_NAMES[2:4] and telling >= 2)
    return named and not _apart(one, other)


def _named(earlier: tuple[ServiceLine, ...], later: tuple[ServiceLine, ...]) -> Regrouping:
    before = sum(last_pence(line) or 0 for line in earlier)
    after = sum(first_pence(line) or 0 for line in later)
    kind: Literal["merged", "split", "redrawn"] = "redrawn"
    if len(later) == 1:
        kind = "merged"
    elif len(earlier) == 1:
        kind = "split"
    few, many = (later, earlier) if len(later) <= len(earlier) else (earlier, later)
    covers = frozenset(area for line in many for area in line.covers)
    whole = len(few) == 1 and len(many) > 2 and covers == few[0].covers
    same_words = all(
        compare_names(a.name, b.name).level in KIN_NAMES[:2]
        for a in earlier
        for b in later
        if a.name.all_words and b.name.all_words
    )
    evidence = f"the names belong together; {pounds(before)} before, {pounds(after)} after"
    if whole:
        evidence += "; the places of the parts make up the place of the whole"
    return Regrouping(kind, earlier, later, before == after, None, evidence, whole and same_words)
