"""A printed name of a public body resolved through reference data and its publisher.

A name that fits no body exactly may be a slip for one (`Leicester Partnership Trust`); it is
resolved where one candidate is left, and given back with all its candidates where several are
(`Leicester County Council`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from normalizers.organisations import (
    COUNCIL_ABBREVIATIONS,
    COUNCIL_KINDS,
    Council,
    Organisation,
    councils,
    councils_by_place,
    find_force,
    near_place,
    nhs_bodies,
    nhs_words,
)
from normalizers.provider_names import split_acronym, vocabulary
from normalizers.publishers import Publisher
from normalizers.spelling import compact, fold, words


@dataclass(frozen=True, slots=True)
class Resolution:
    """The bodies behind a name (several for `Districts`), why, and the candidates where unsure."""

    organisations: tuple[Organisation, ...]
    reason: str
    candidates: tuple[Organisation, ...] = ()


@lru_cache(maxsize=20_000)
def resolve_body(text: str, publisher: Publisher, year: str | None) -> Resolution | None:
    """The public body that the name stands for in the publisher's document, None for no such.

    `year` is a financial year of the document (`2017-18`); it tells apart councils that followed
    each other in one place.
    """
    name = split_acronym(text)[0]
    if compact(name) in publisher.own_names:
        return Resolution((publisher.organisation,), "the publisher's name for itself")
    if publisher.force_area is not None and fold(name) in vocabulary()["groups"]["force"]:
        return Resolution(
            (publisher.force_area.organisation,), f"“{text}” is the publisher's own police force"
        )
    force = find_force(name)
    if force is not None:
        return Resolution((force.organisation,), "the police force of that name")
    return _group(name, publisher, year) or _council(name, publisher, year) or _nhs(name)


def _existing(found: tuple[Council, ...], year: str | None) -> tuple[Council, ...]:
    return tuple(c for c in found if c.exists_in(year))


def _group(name: str, publisher: Publisher, year: str | None) -> Resolution | None:
    """`Districts`, `Boroughs`, `Local authorities`: councils of the publisher's area."""
    groups = vocabulary()["groups"]
    text = re.sub(r"^the\s+", "", fold(name))
    if not any(text in names for names in groups.values()):
        return None
    here = _existing(publisher.councils, year)
    members_of = {
        "districts": [c for c in here if c.kind == "district" and "district" in words(c.name)],
        "boroughs": [c for c in here if c.kind == "district" and "borough" in words(c.name)],
        "upper_tier": [c for c in here if c.kind in ("county", "unitary", "metropolitan borough")],
        "all_councils": [c for c in here if c.kind not in ("combined", "regional")],
    }
    for group, fitting in members_of.items():
        if text in groups[group]:
            members = tuple(c.organisation for c in fitting)
            if members:
                return Resolution(members, f"“{name}”: {len(members)} councils of the area")
    return None


_PREFIXED = re.compile(
    r"^(?:the\s+)?(?:(?:royal|london|metropolitan)\s+)*(?P<kind>borough|city|county|district)\s+of\s+(?P<place>.+?)(?:\s+council)?$"
)


def _council(name: str, publisher: Publisher, year: str | None) -> Resolution | None:
    text = fold(name)
    if compact(text) in _councils_by_name():
        found = _existing(_councils_by_name()[compact(text)], year)
        if len(found) == 1:
            return Resolution((found[0].organisation,), "the council of that name")
    prefixed = _PREFIXED.match(text)
    if prefixed is not None and "council" not in prefixed["place"]:
        place, rest = words(prefixed["place"]), ""
        kinds: tuple[str, ...] = (prefixed["kind"],)
        if not any(c for c in councils_by_place().get("".join(place), ())):
            return None
    else:
        cut = _cut_council(text)
        if cut is None:
            return None
        place, kinds, rest = cut
    if set(rest.split()) & {"and", "via", "or", "with", "council", "councils"}:
        return None
    chosen = _choose(place, kinds, publisher, year)
    if chosen is None or not rest:
        return chosen
    reason = f"{chosen.reason}; “{rest}” is a part of it"
    return Resolution(chosen.organisations, reason, chosen.candidates)


@lru_cache(maxsize=1)
def _councils_by_name() -> dict[str, tuple[Council, ...]]:
    found: dict[str, list[Council]] = {}
    for council in councils():
        found.setdefault(compact(council.name), []).append(council)
    return {name: tuple(same) for name, same in found.items()}


def _cut_council(text: str) -> tuple[tuple[str, ...], tuple[str, ...], str] | None:
    """Place, kinds and the part behind, of a name with `council` or an abbreviation of it."""
    cut = list(words(text))
    for position, word in enumerate(cut):
        if word in ("council", "councils") or (word in COUNCIL_ABBREVIATIONS and position):
            break
    else:
        return None
    before, rest = cut[:position], " ".join(cut[position + 1 :])
    if before[:1] == ["the"]:
        before = before[1:]
    kinds: tuple[str, ...] = COUNCIL_ABBREVIATIONS.get(cut[position], ())
    while before and before[-1] in COUNCIL_KINDS:
        kinds = (before.pop(), *kinds)
    if cut[position] == "council" and not before and not kinds:
        return None
    return tuple(_spell_out(before)), kinds, rest


def _spell_out(place: list[str]) -> list[str]:
    """Points of the compass written out (`NW Leicestershire`)."""
    points = {"n": "north", "s": "south", "e": "east", "w": "west"}
    spelled: list[str] = []
    for word in place:
        compass = len(word) <= 2 and len(place) > 1 and all(letter in points for letter in word)
        spelled += [points[letter] for letter in word] if compass else [word]
    return spelled


def _choose(
    place: tuple[str, ...], kinds: tuple[str, ...], publisher: Publisher, year: str | None
) -> Resolution | None:
    """The council of a place and of one of the kinds, through the publisher's area first."""
    here = _existing(publisher.councils, year)
    if not place:
        tier = tuple(c for c in here if c.kind in kinds)
        fitting = tier if len(tier) == 1 else tuple(c for c in here if set(kinds) & c.kinds)
        if not fitting:
            return None
        if len(fitting) == 1:
            return Resolution(
                (fitting[0].organisation,), f"the only {kinds[0]} council of the publisher's area"
            )
        return Resolution((), "several councils fit", tuple(c.organisation for c in fitting))
    named = _existing(councils_by_place().get("".join(place), ()), year)
    near = tuple(c for c in here if near_place("".join(place), c.place))
    exact = tuple(c for c in named if not kinds or set(kinds) & c.kinds)
    if len(exact) > 1 and any(c in here for c in exact):
        exact = tuple(c for c in exact if c in here)
    if len(exact) == 1:
        return Resolution((exact[0].organisation,), "the council of that place")
    if exact:
        return Resolution((), "several councils fit", tuple(c.organisation for c in exact))
    local = tuple(c for c in named if c in here) or named
    slips = (*local, *(c for c in near if not kinds or set(kinds) & c.kinds))
    if not slips:
        return None
    if len(slips) == 1:
        return Resolution(
            (slips[0].organisation,),
            f"no council has that name; the only one it can mean is {slips[0].name}",
        )
    return Resolution((), "several councils fit", tuple(c.organisation for c in slips))


def _nhs(name: str) -> Resolution | None:
    printed = words(name)
    key = nhs_words(name)
    hospital = "hospital" in key and len(key) > 1
    if not (hospital or {"nhs", "trust"} & set(printed) or printed[-2:] == ("health", "board")):
        return None
    exact = nhs_bodies().get(key) or (nhs_bodies().get(printed) if "nhs" in printed else None)
    if exact is not None and len(exact) == 1 and key:
        return Resolution((exact[0],), "the NHS body of that name")
    if exact is not None and not key:
        return Resolution((exact[0],), "the NHS body of that name")
    if len(key) < 2:
        return None
    near = [
        body
        for other, bodies in nhs_bodies().items()
        if len(other) == len(key)
        and sum(a != b for a, b in zip(key, other, strict=True)) == 1
        and all(a == b or near_place(a, b) for a, b in zip(key, other, strict=True))
        for body in bodies
    ]
    if len(near) == 1:
        return Resolution(
            (near[0],), f"no NHS body has that name; the only one it can mean is {near[0].name}"
        )
    return Resolution((), "several NHS bodies fit", tuple(near)) if near else None
