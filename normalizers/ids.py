"""Ids of services and providers: readable, minted once, and kept in a register in git.

The register has a line for every printed line (or name) and the id it was given. A group of lines
takes the id that the register knows any of them by, the oldest first; only a group that it knows
nothing of is given a new one. So a further document renames nothing, and with the same register
(or with none) the same documents always give the same ids, in whatever order they come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from normalizers.judgements import LineKey, append_rows, line_key
from normalizers.reference import read_rows

SERVICE_ID_COLUMNS = (
    "service_id",
    "publisher",
    "service_printed",
    "provider_printed",
    "financial_years",
)
PROVIDER_ID_COLUMNS = ("provider_id", "scope", "name", "company_number", "charity_number")
SERVICE_IDS = "service_ids.csv"
PROVIDER_IDS = "provider_ids.csv"


@dataclass(frozen=True, slots=True)
class Named:
    """A group that needs an id: the keys of its members, oldest first, and the ids to try.

    `wishes` are the ids to mint, in the order in which they are tried until one is free.
    """

    keys: tuple[tuple[str, ...], ...]
    wishes: tuple[str, ...]


def give_ids(
    groups: Sequence[Named], known: Sequence[tuple[str, tuple[str, ...]]]
) -> tuple[list[str], list[tuple[str, tuple[str, ...]]]]:
    """The id of each group, and the (id, key) pairs that the register does not know yet.

    `known` are the register's pairs in the order in which they were minted.
    """
    by_key: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for given, key in known:
        by_key[key].append(given)
    order = {given: number for number, given in reversed(list(enumerate(g for g, _ in known)))}
    taken: set[str] = set()
    ids: list[str | None] = []
    for group in groups:
        own = {given for key in group.keys for given in by_key.get(key, ())} - taken
        oldest = min(own, key=lambda one: order[one], default=None)
        ids.append(oldest)
        taken |= {oldest} if oldest is not None else set()
    taken |= {given for given, _ in known}
    for number, group in enumerate(groups):
        if ids[number] is None:
            ids[number] = _free(group.wishes, taken)
            taken.add(ids[number] or "")
    final = [given or "" for given in ids]
    seen = {(given, key) for given, key in known}
    fresh: list[tuple[str, tuple[str, ...]]] = []
    for given, group in zip(final, groups, strict=True):
        for key in group.keys:
            if (given, key) not in seen:
                seen.add((given, key))
                fresh.append((given, key))
    return final, fresh


def _free(wishes: Sequence[str], taken: set[str]) -> str:
    for wish in wishes:
        if wish not in taken:
            return wish
    number = 2
    while f"{wishes[-1]}-{number}" in taken:
        number += 1
    return f"{wishes[-1]}-{number}"


def read_service_ids(folders: Sequence[Path]) -> list[tuple[str, LineKey]]:
    """The register's services, oldest first; registers of several folders one after the other."""
    return [
        (
            row["service_id"],
            line_key(
                row["publisher"],
                row["service_printed"],
                row["provider_printed"],
                row["financial_years"],
            ),
        )
        for folder in folders
        if (folder / SERVICE_IDS).exists()
        for row in read_rows(folder / SERVICE_IDS, SERVICE_ID_COLUMNS)
    ]


def read_provider_ids(folders: Sequence[Path]) -> list[dict[str, str]]:
    """The register's organisations, oldest first, with the numbers that people filled in."""
    return [
        row
        for folder in folders
        if (folder / PROVIDER_IDS).exists()
        for row in read_rows(folder / PROVIDER_IDS, PROVIDER_ID_COLUMNS)
    ]


def keep_service_ids(folder: Path, rows: Sequence[dict[str, str]]) -> None:
    """Append newly minted services to the register of a project."""
    if rows:
        append_rows(folder / SERVICE_IDS, SERVICE_ID_COLUMNS, rows)


def keep_provider_ids(folder: Path, rows: Sequence[dict[str, str]]) -> None:
    """Append newly minted organisations to the register of a project."""
    if rows:
        append_rows(folder / PROVIDER_IDS, PROVIDER_ID_COLUMNS, rows)
