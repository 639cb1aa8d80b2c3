"""Printed places as sets of official areas with ONS codes, through publisher and glossary.

`City` is the one city council's area of the publisher; `LLR` is what the publisher's glossary
says; `Sub - Leicester City` is a part of that area. A place nobody can name keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from normalizers.organisations import (
    COUNCIL_KINDS,
    Council,
    councils,
    councils_by_place,
    find_force_area,
    near_place,
)
from normalizers.publishers import Publisher
from normalizers.reference import read_words
from normalizers.spelling import compact, fold, words


@dataclass(frozen=True, slots=True)
class Area:
    """One official area (ONS code), or a place in words (code None)."""

    code: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Reach:
    """The areas that a printed place stands for. `part` says that only a part of them is meant."""

    printed: str
    areas: tuple[Area, ...]
    part: bool
    reason: str

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(area.code for area in self.areas if area.code is not None)

    @property
    def known(self) -> bool:
        """Whether every area has a code."""
        return bool(self.areas) and all(area.code for area in self.areas)

    @property
    def label(self) -> str:
        """The areas in words: `Leicester; Rutland`, `part of Leicester`."""
        names = "; ".join(area.name for area in self.areas)
        return f"part of {names}" if self.part else names


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, Any]:
    keys = {"whole_area": list, "part_of": list, "silent": list, "excluding": list}
    return read_words("places.toml", {**keys, "country": list, "region": list})


def read_reach(printed: str, publisher: Publisher, terms: Mapping[str, str]) -> Reach:
    """The areas behind a printed place; `terms` is the publisher's glossary."""
    text = fold(printed)
    part = False
    found = _part_of().match(text)
    if found is not None and text[found.end() :]:
        part, text = True, text[found.end() :]
    text, without = _exclusions(text)
    areas, reasons = _areas(text, publisher, terms)
    if without:
        gone = {area.code for item in without for area in _areas(item, publisher, terms)[0]}
        kept = tuple(area for area in areas if area.code not in gone)
        reasons.append(f"without {' and '.join(without)}")
        areas = kept or areas
    return Reach(printed, tuple(dict.fromkeys(areas)), part, "; ".join(dict.fromkeys(reasons)))


@lru_cache(maxsize=1)
def _part_of() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, _vocabulary()['part_of']))})\b\s*-?\s*")


@lru_cache(maxsize=1)
def _excluding() -> re.Pattern[str]:
    words_out = "|".join(map(re.escape, _vocabulary()["excluding"]))
    return re.compile(rf"[\s,]*\(?\s*\b(?:{words_out})\.?\s+(?P<out>[^()]+)\)?")


def _exclusions(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without `(not city)` and the like, and what is left out."""
    pattern = _excluding()
    gone: list[str] = []
    for found in pattern.finditer(text):
        gone += [item.strip() for item in re.split(r",| and |/", found["out"]) if item.strip()]
    return pattern.sub("", text).strip(), tuple(gone)


def _areas(
    text: str, publisher: Publisher, terms: Mapping[str, str]
) -> tuple[tuple[Area, ...], list[str]]:
    """The areas of a text: as a whole, through the glossary, or item by item."""
    text = text.strip(" .,-")
    whole = _one(text, publisher)
    if whole is not None:
        return whole
    meaning = next((m for term, m in sorted(terms.items()) if fold(term) == text), None)
    if meaning is not None and fold(meaning) != text:
        areas, reasons = _areas(_of_meaning(meaning), publisher, {})
        return areas, [f"{text.upper()} is {meaning} (glossary)", *reasons]
    items = [i.strip(" .-()") for i in re.split(r"\s*[,;/+()]\s*|\s+and\s+|\s+-\s+", text)]
    items = [item for item in items if item]
    if len(items) > 1:
        areas_found: list[Area] = []
        why: list[str] = []
        for item in items:
            one = _one(item, publisher)
            areas, reasons = one if one is not None else _areas(item, publisher, terms)
            areas_found += areas
            why += reasons
        return tuple(areas_found), why
    return (Area(None, text),), ["no official area of that name is known"]


def _of_meaning(meaning: str) -> str:
    """The place words of a glossary meaning; `X which includes ...` is X."""
    return fold(re.split(r"\s+which\s+|\s+\(|:", meaning)[0])


def _one(text: str, publisher: Publisher) -> tuple[tuple[Area, ...], list[str]] | None:
    """A text that is one place."""
    vocabulary = _vocabulary()
    plain = re.sub(r"^(?:the|across)\s+", "", text)
    for country in vocabulary["country"]:
        if plain in country["words"]:
            return (Area(country["code"], country["name"]),), ["a country"]
    if plain in vocabulary["whole_area"]:
        if publisher.force_area is not None and not _is_council(publisher):
            force = publisher.force_area
            return (Area(force.code, force.area),), ["the publisher's whole area"]
        if publisher.organisation.code is not None:
            return (Area(publisher.organisation.code, publisher.organisation.name),), [
                "the publisher's whole area"
            ]
    cut = [word for word in words(plain) if word not in vocabulary["silent"]]
    kinds = [word for word in cut if word in COUNCIL_KINDS]
    place = [word for word in cut if word not in COUNCIL_KINDS and word != "council"]
    if not place:
        return _kind_only(kinds, publisher)
    return _named("".join(place), kinds, publisher)


def _is_council(publisher: Publisher) -> bool:
    return publisher.organisation.kind == "council"


def _kind_only(kinds: list[str], publisher: Publisher) -> tuple[tuple[Area, ...], list[str]] | None:
    """`City`, `County`, `Districts`: councils of that kind in the publisher's area."""
    if len(kinds) != 1:
        return None
    kind = kinds[0]
    tier = [c for c in publisher.councils if c.kind == kind and not c.ended]
    found = tier if kind == "county" else []
    found = found or [c for c in publisher.councils if kind in c.kinds and not c.ended]
    if kind in ("city", "county") and len(found) == 1:
        return (_area(found[0]),), [f"the {kind} of the publisher's area"]
    return None


def _named(
    place: str, kinds: list[str], publisher: Publisher
) -> tuple[tuple[Area, ...], list[str]] | None:
    """A place by name: in the publisher's area first, then anywhere, then a region."""
    here = [
        council
        for council in publisher.councils
        if place in (compact(council.place), compact(council.also))
    ]
    for found, why in ((here, "a council's area"), (_anywhere(place), "a council's area")):
        fitting = [c for c in found if not kinds or set(kinds) & c.kinds] or found
        current = [c for c in fitting if not c.ended] or fitting
        if len(current) == 1:
            return (_area(current[0]),), [why]
    force = find_force_area(place) or next(
        (f for f in [publisher.force_area] if f is not None and compact(f.area) == place), None
    )
    if force is not None:
        return (Area(force.code, force.area),), ["a police force area"]
    for region in _vocabulary()["region"]:
        if compact(region["name"]) == place:
            return (Area(region["code"], region["name"]),), ["a region of England"]
    slips = [
        c
        for c in publisher.councils
        if near_place(place, c.place) and set(kinds) & c.kinds and not c.ended
    ]
    if len(slips) == 1:
        return (_area(slips[0]),), [f"the only place it can mean is {slips[0].place}"]
    return None


def _anywhere(place: str) -> list[Council]:
    return list(councils_by_place().get(place, ()))


def _area(council: Council) -> Area:
    return Area(council.code, council.place)


@lru_cache(maxsize=2_000)
def lower_areas(code: str) -> frozenset[str]:
    """The council areas (ONS codes) that make up an area; a council's own code for a council.

    A county is its districts; a police force area is its counties' districts and unitaries.
    """
    below = {c.code for c in councils() if code in (c.county, c.force_area) and not c.ended}
    below -= {c.code for c in councils() if c.kind in ("county", "combined", "regional")}
    return frozenset(below) if below else frozenset({code})


def covered(codes: frozenset[str]) -> frozenset[str]:
    """All lowest areas behind a set of codes, to compare two places by what they cover."""
    return frozenset(area for code in codes for area in lower_areas(code))
