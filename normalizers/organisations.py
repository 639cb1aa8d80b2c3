"""Public bodies with official codes: councils, police forces, NHS bodies, dated.

Sources and licences are named in `data/SOURCES.md`. Two bodies of one place are told apart by
their dates where a document's year is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from normalizers.reference import DATA, read_rows
from normalizers.spelling import compact, words

Kind = Literal["council", "police force", "commissioner", "NHS body", "organisation"]

COUNCIL_COLUMNS = (
    "ons_code",
    "name",
    "place",
    "also",
    "kind",
    "county",
    "region",
    "force_area",
    "started",
    "ended",
    "replaced_by",
)
FORCE_COLUMNS = ("ons_code", "area", "force", "also", "started")
# Words of a council's name that say what kind it is; an abbreviation stands for one or several.
COUNCIL_KINDS = {
    "county": ("county",),
    "city": ("city",),
    "borough": ("borough",),
    "district": ("district",),
    "metropolitan": ("metropolitan",),
    "unitary": ("unitary",),
}
COUNCIL_ABBREVIATIONS = {
    "cc": ("county", "city"),
    "bc": ("borough",),
    "dc": ("district",),
    "mbc": ("borough", "metropolitan"),
    "mdc": ("district", "metropolitan"),
    "cbc": ("borough", "county"),
}
_NHS_LITTLE = {"nhs", "foundation", "trust", "trusts", "and", "of", "the", "university"}


@dataclass(frozen=True, slots=True)
class Organisation:
    """A public body: its official name, kind and code (ONS, or ODS for the NHS)."""

    name: str
    kind: Kind
    code: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Council:
    """A council, with the place it serves and the areas it lies in (ONS codes)."""

    code: str
    name: str
    place: str
    also: str
    kind: str
    county: str
    region: str
    force_area: str
    started: str
    ended: str
    replaced_by: tuple[str, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of council that its own name claims (`city`, `county`, `borough`, ...)."""
        named = {word for word in words(self.name) if word in COUNCIL_KINDS}
        named |= {"county"} if self.kind == "county" else set()
        return frozenset(named | ({self.kind} if self.kind in COUNCIL_KINDS else set()))

    @property
    def organisation(self) -> Organisation:
        return Organisation(self.name, "council", self.code, "ONS")

    def exists_in(self, year: str | None) -> bool:
        """Whether the council existed in some part of the financial year (unknown year: yes)."""
        if year is None:
            return True
        first = f"{year[:4]}-04-01"
        last = f"{int(year[:4]) + 1}-03-31"
        return (not self.started or self.started <= last) and (
            not self.ended or self.ended >= first
        )


@dataclass(frozen=True, slots=True)
class ForceArea:
    """A police force area and its force."""

    code: str
    area: str
    force: str
    also: tuple[str, ...]

    @property
    def organisation(self) -> Organisation:
        return Organisation(self.force, "police force", self.code, "ONS")


@lru_cache(maxsize=1)
def councils() -> tuple[Council, ...]:
    """Every council of the United Kingdom, past ones included."""
    return tuple(
        Council(
            row["ons_code"],
            row["name"],
            row["place"],
            row["also"],
            row["kind"],
            row["county"],
            row["region"],
            row["force_area"],
            row["started"],
            row["ended"],
            tuple(filter(None, row["replaced_by"].split(";"))),
        )
        for row in read_rows(DATA / "councils.csv", COUNCIL_COLUMNS)
    )


@lru_cache(maxsize=1)
def councils_by_place() -> dict[str, tuple[Council, ...]]:
    """Councils by the compact name of their place, other names of the place included."""
    found: dict[str, list[Council]] = {}
    for council in councils():
        for place in (council.place, council.also):
            if place:
                found.setdefault(compact(place), []).append(council)
    return {place: tuple(here) for place, here in found.items()}


@lru_cache(maxsize=1)
def force_areas() -> tuple[ForceArea, ...]:
    """The police force areas of the United Kingdom."""
    return tuple(
        ForceArea(
            row["ons_code"],
            row["area"],
            row["force"],
            tuple(filter(None, (name.strip() for name in row["also"].split(";")))),
        )
        for row in read_rows(DATA / "forces.csv", FORCE_COLUMNS)
    )


@lru_cache(maxsize=1)
def _forces_by_name() -> dict[str, ForceArea]:
    found: dict[str, ForceArea] = {}
    for force in force_areas():
        for name in (
            force.force,
            *force.also,
            *(f"{force.area} {word}" for word in ("police", "constabulary", "police force")),
            *(f"{force.area} {word}" for word in ("police service", "police constabulary")),
        ):
            found.setdefault(compact(name), force)
    return found


def find_force(text: str) -> ForceArea | None:
    """The police force of that name (`Leicestershire Police`), or None."""
    return _forces_by_name().get(compact(re.sub(r"^the\s+", "", text, flags=re.I)))


def find_force_area(area: str) -> ForceArea | None:
    """The police force area of that name (`Leicestershire`), or None."""
    wanted = compact(area)
    return next((force for force in force_areas() if compact(force.area) == wanted), None)


def nhs_words(text: str) -> tuple[str, ...]:
    """The words that tell one NHS body from another (`nottingham`, `hospital`)."""
    return tuple(
        "hospital" if word == "hospitals" else word
        for word in words(text)
        if word not in _NHS_LITTLE
    )


@lru_cache(maxsize=1)
def nhs_bodies() -> dict[tuple[str, ...], tuple[Organisation, ...]]:
    """NHS bodies by their telling words; most have an ODS code."""
    found: dict[tuple[str, ...], list[Organisation]] = {}
    for row in read_rows(DATA / "nhs.csv", ("ods_code", "name")):
        body = Organisation(row["name"], "NHS body", row["ods_code"] or None, "NHS ODS")
        found.setdefault(nhs_words(row["name"]) or words(row["name"]), []).append(body)
    return {key: tuple(bodies) for key, bodies in found.items()}


def near_place(printed: str, real: str) -> bool:
    """Whether a printed place may be a slip for a real one: `Leicester` for `Leicestershire`."""
    short, long = sorted((compact(printed), compact(real)), key=len)
    return short != long and len(short) >= 4 and long == f"{short}shire"
