"""What people decided, kept in CSV files: keyed to printed words and publisher, `no` kept too.

The files lie in `normalizers/judgements/` of the project folder and are only ever appended to; a
later line about the same pair overrules an earlier one, so an undo is a line as well.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar, cast

from normalizers.publishers import read_publisher
from normalizers.reference import ReferenceFault, read_rows
from normalizers.spelling import printed_key

Decision = Literal["yes", "no", "unsure", "undone"]
DECISIONS = ("yes", "no", "unsure", "undone")

PROVIDER_COLUMNS = ("publisher", "printed", "same_as", "decision", "decided_on", "note")
SERVICE_COLUMNS = (
    "publisher",
    "earlier_service",
    "earlier_provider",
    "earlier_years",
    "later_service",
    "later_provider",
    "later_years",
    "decision",
    "decided_on",
    "note",
)
EVENT_COLUMNS = (
    "publisher",
    "kind",
    "from_services",
    "to_services",
    "financial_year",
    "decision",
    "decided_on",
    "note",
)
FILES = {
    "providers": ("providers.csv", PROVIDER_COLUMNS),
    "services": ("services.csv", SERVICE_COLUMNS),
    "events": ("events.csv", EVENT_COLUMNS),
}

_Key = TypeVar("_Key")
LineKey = tuple[str, str, str, str]  # publisher, service words, provider words, years
PairKey = tuple[LineKey, LineKey]


@dataclass(frozen=True, slots=True)
class Judgements:
    """Every decision that stands, by what it is about; `unsure` ones included."""

    providers: dict[tuple[str, str, str], Decision] = field(default_factory=dict)
    services: dict[PairKey, Decision] = field(default_factory=dict)
    events: dict[tuple[str, str, str, str, str], Decision] = field(default_factory=dict)


def line_key(publisher: str, service: str | None, provider: str | None, years: str) -> LineKey:
    """What a decision about a printed line is keyed to; case, spacing and dashes do not matter."""
    short = read_publisher(publisher).short
    return short, printed_key(service), printed_key(provider), printed_key(years)


def pair_key(one: LineKey, other: LineKey) -> PairKey:
    """The key of two lines, whichever comes first."""
    return (one, other) if one <= other else (other, one)


def event_key(
    publisher: str, kind: str, earlier: str, later: str, year: str
) -> tuple[str, str, str, str, str]:
    """What a decision about an event is keyed to."""
    short = read_publisher(publisher).short
    return short, kind, _set_key(earlier), _set_key(later), year


def _set_key(services: str) -> str:
    return " | ".join(sorted(printed_key(part) for part in services.split(" | ")))


def read_judgements(*folders: Path) -> Judgements:
    """The decisions in these folders, later folders overruling; a missing file holds none.

    Raises `ReferenceFault` naming file and line for a wrong header or an unknown decision.
    """
    found = Judgements()
    for folder, kind in ((folder, kind) for folder in folders for kind in FILES):
        name, columns = FILES[kind]
        path = folder / name
        if not path.exists():
            continue
        for number, row in enumerate(read_rows(path, columns), start=2):
            decision = row["decision"]
            if decision not in DECISIONS:
                raise ReferenceFault(
                    f"{name}, line {number}: decision {decision!r}; write yes, no or unsure"
                )
            _keep(found, kind, row, cast(Decision, decision))
    return found


def _keep(found: Judgements, kind: str, row: dict[str, str], decision: Decision) -> None:
    if kind == "providers":
        short = read_publisher(row["publisher"]).short
        one, other = sorted((printed_key(row["printed"]), printed_key(row["same_as"])))
        _set(found.providers, (short, one, other), decision)
    elif kind == "services":
        earlier, later = (
            line_key(
                row["publisher"],
                row[f"{side}_service"],
                row[f"{side}_provider"],
                row[f"{side}_years"],
            )
            for side in ("earlier", "later")
        )
        _set(found.services, pair_key(earlier, later), decision)
    else:
        key = event_key(
            row["publisher"],
            row["kind"],
            row["from_services"],
            row["to_services"],
            row["financial_year"],
        )
        _set(found.events, key, decision)


def _set(decisions: dict[_Key, Decision], key: _Key, decision: Decision) -> None:
    if decision == "undone":
        decisions.pop(key, None)
    else:
        decisions[key] = decision


def append_rows(path: Path, columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> None:
    """Append rows to a CSV file, writing its header first where the file is new."""
    new = not path.exists() or path.stat().st_size == 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerows(rows)


def append_judgement(folder: Path, kind: str, row: dict[str, str]) -> None:
    """Append one decision to its file."""
    name, columns = FILES[kind]
    append_rows(folder / name, columns, (row,))
