"""Who publishes a document: the body behind its name, its area, and its own names for itself.

Words such as `Force`, `the County Council` or `City` only mean something inside a publisher;
`read_publisher` finds the police area and councils through which they are resolved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from normalizers.organisations import (
    Council,
    ForceArea,
    Organisation,
    councils,
    find_force,
    find_force_area,
    force_areas,
)
from normalizers.reference import read_words
from normalizers.spelling import compact, fold, slug, words


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher: `short` is its readable id, `own_names` what it calls itself (compact)."""

    name: str
    short: str
    organisation: Organisation
    force_area: ForceArea | None
    councils: tuple[Council, ...]
    own_names: frozenset[str]

    def councils_of_kind(self, kind: str) -> tuple[Council, ...]:
        """The councils of the publisher's area whose name says that kind (`city`, `county`)."""
        return tuple(c for c in self.councils if kind in c.kinds)


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, Any]:
    return read_words("publishers.toml", {"commissioner": list, "own_names": list, "mayor": list})


def _commissioner_area(name: str) -> str | None:
    """The area of a commissioner's name (`Leicestershire`), None where it is no commissioner."""
    text = re.sub(r"'s\b", "", fold(name)).replace(" , ", ", ")
    for pattern in _vocabulary()["commissioner"]:
        found = re.fullmatch(pattern, text)
        if found is not None:
            return found.group("area")
    return None


@lru_cache(maxsize=1_000)
def read_publisher(name: str) -> Publisher:
    """The publisher behind the name that a document or the register gives."""
    area_name = _commissioner_area(name)
    force: ForceArea | None = None
    here: tuple[Council, ...] = ()
    own = {compact(name)}
    if area_name is not None:
        force = find_force_area(area_name)
        area = force.area if force is not None else area_name.title()
        organisation = Organisation(
            f"Office of the Police and Crime Commissioner for {area}",
            "commissioner",
        )
        short = f"pcc-{slug(area)}"
        for phrase in _vocabulary()["own_names"]:
            own |= {
                compact(phrase),
                compact(f"{area} {phrase}"),
                *(compact(f"{phrase} {link} {area}") for link in ("for", "of")),
            }
    else:
        mayor = next((row for row in _vocabulary()["mayor"] if fold(name) in row["names"]), None)
        council = next((c for c in councils() if compact(c.name) == compact(name)), None)
        police = find_force(name)
        if mayor is not None:
            force = find_force_area(mayor["area"])
            organisation = Organisation(mayor["name"], "commissioner")
            own |= {compact(alias) for alias in mayor["names"]}
        elif council is not None:
            organisation = council.organisation
            force = next((f for f in force_areas() if f.code == council.force_area), None)
            own |= {"thecouncil", "council", _acronym(council.name)}
        elif police is not None:
            organisation, force = police.organisation, police
        else:
            organisation = Organisation(name, "organisation")
        short = slug(organisation.name)
        if council is not None:
            here = tuple(c for c in councils() if council.code in (c.code, c.county))
    if force is not None and not here:
        here = tuple(c for c in councils() if c.force_area == force.code)
    return Publisher(name, short, organisation, force, here, frozenset(own))


def _acronym(name: str) -> str:
    return "".join(word[0] for word in words(name) if word not in {"of", "and", "the"})
