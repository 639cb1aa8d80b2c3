"""What was seen at each address: `raw_docs/sightings.csv`, one row an address."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

SIGHTINGS = "sightings.csv"
JOINT = "; "


@dataclass(frozen=True, slots=True)
class Sighting:
    """What is known of one address. Dates are ISO days; `path` is below `raw_docs/`.

    `replaces` are the files of the versions that stood there before, joined with "; ".
    `judgement` is take, unsure, other, or page for an index page or feed.
    """

    source: str
    address: str
    judgement: str
    reason: str
    text: str = ""
    financial_year: str = ""
    path: str = ""
    sha256: str = ""
    replaces: str = ""
    etag: str = ""
    last_modified: str = ""
    first_seen: str = ""
    last_seen: str = ""
    vanished_on: str = ""


def superseded_files(raw: Path) -> dict[str, str]:
    """Files whose address came to hold other bytes, each with the file that stands there now."""
    found: dict[str, str] = {}
    for sighting in read_sightings(raw):
        for older in filter(None, sighting.replaces.split(JOINT)):
            if older != sighting.path:  # a publisher may go back to an earlier version
                found[older] = sighting.path
    return found


def read_sightings(raw: Path) -> tuple[Sighting, ...]:
    """The rows of `sightings.csv`; none where there is no file.

    Raises ValueError naming the file where its columns are not ours.
    """
    path = raw / SIGHTINGS
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        names = [f.name for f in fields(Sighting)]
        if reader.fieldnames != names:
            raise ValueError(f"{SIGHTINGS}: its columns must be {', '.join(names)}")
        return tuple(Sighting(**row) for row in reader)


def write_sightings(raw: Path, rows: Iterable[Sighting]) -> None:
    """Writes `sightings.csv` whole, sorted by source and address."""
    sightings = sorted(rows, key=lambda s: (s.source, s.address))
    text = io.StringIO()
    writer = csv.DictWriter(text, [f.name for f in fields(Sighting)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in sightings)
    write_whole(raw / SIGHTINGS, text.getvalue().encode())


def write_whole(path: Path, body: bytes) -> None:
    """Writes a file so that a reader sees the old one or the whole new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as handle:
        handle.write(body)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(path)
