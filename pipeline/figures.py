"""Printed figures that a claim can be held against, and the words by which they are found.

A figure is a grand total, a section's sub-total or a line's amount in one year, with its
receipt in words. Words match by their stems; short names and full names by the glossary.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from extractors.budget.rows import plain
from extractors.model import Place
from normalizers.amounts import format_pounds
from pipeline.records import AmountRow, LineRow, PrintedTotalRow

FILE = Path(__file__).with_name("claims.toml")
STEM = 6
WORD = re.compile(r"[A-Za-z0-9]+(?:[’'][A-Za-z]+)?")


@cache
def vocabulary() -> dict[str, Any]:
    """The words of claims.toml; raises ValueError naming an unknown key."""
    whole = tomllib.loads(FILE.read_text(encoding="utf-8"))
    known = {
        "names": {"generic"},
        "whole": {"patterns", "not_whole", "partial_titles"},
        "kinds": {"kind", "patterns"},
        "past": {"patterns"},
        "decisive": {"patterns", "other_sums"},
        "baseline": {"patterns", "phases"},
    }
    for name, value in whole.items():
        for entry in value if isinstance(value, list) else [value]:
            strange = sorted(set(entry) ^ known.get(name, set()))
            if strange:
                raise ValueError(
                    f"{FILE.name}: [{name}] has missing or unknown keys: {', '.join(strange)}"
                )
    return whole


@cache
def stems(text: str) -> frozenset[str]:
    """The telling words of a text, lower case and cut to their stems (`families` as `famili`)."""
    generic = set(vocabulary()["names"]["generic"])
    found = set()
    for word in WORD.findall(text):
        folded = word.lower().replace("’", "'").removesuffix("'s")
        if folded in generic or (len(folded) < 3 and not word.isupper()):
            continue
        if folded.isdigit() and len(folded) != 3:
            continue
        found.add(_stem(folded))
    return frozenset(found)


def _stem(word: str) -> str:
    if word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if word.endswith("y"):
        word = word[:-1] + "i"
    return word[:STEM]


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure: what it is of, for which year, in pence, and its receipt.

    `name` is the service (or section) as printed without its description, `words` the stems
    of name and acronyms, `more` those of provision and description as well.
    """

    document: str
    kind: Literal["grand total", "section total", "line"]
    name: str
    section: str | None
    provision: str | None
    financial_year: str | None
    phase: str | None
    pence: int
    printed: str
    words: frozenset[str]
    more: frozenset[str]
    table_title: str | None
    place: Place
    provider: str | None = None
    provider_printed: str | None = None
    row_id: str = ""

    def receipt(self) -> str:
        """What it is and where it stands, in words."""
        return f"{format_pounds(self.pence)} ({self.what()})"

    def what(self) -> str:
        """What it is and where it stands, without the amount."""
        named = {
            "grand total": "the printed grand total",
            "section total": f"the printed sub-total of {self.name}",
            "line": f"the line “{self.name}”",
        }[self.kind]
        return f"{named}, {where(self.document, self.place)}"


def where(document: str, place: Place) -> str:
    """A document and the page or paragraph in it, in words."""
    if place.page is not None:
        return f"page {place.page} of {document}"
    if place.paragraph is not None:
        return f"paragraph {place.paragraph} of {document}"
    return document


def short_name(printed: str) -> str:
    """The name of a service without the description that shares its cell.

    `Domestic Homicide Reviews – City – A contribution to enable …` keeps its second part, as
    that tells it from its siblings.
    """
    whole = " ".join(printed.split())
    parts = [part for part in re.split(r"\s*[–—]\s+|\s+-\s+", whole) if part]
    if not parts:
        return whole
    kept = 2 if len(parts) > 1 and len(parts[1].split()) <= 3 else 1
    return " – ".join(parts[:kept])


def _expanded(text: str, meanings: Mapping[str, str]) -> frozenset[str]:
    """The stems of a text with those of the acronyms in it spelt out."""
    found = set(stems(text))
    for word in re.findall(r"[A-Z][A-Za-z0-9&/]*[A-Z0-9][A-Za-z]*", text):
        meaning = meanings.get(word) or meanings.get(word.removesuffix("s"))
        if meaning and len(meaning.split()) <= 8:
            found |= stems(meaning)
    return frozenset(found)


def expand(text: str, meanings: Mapping[str, str]) -> frozenset[str]:
    """The telling words of a sentence, acronyms spelt out as well as kept."""
    return _expanded(text, meanings)


def collect_figures(
    lines: Sequence[LineRow],
    amounts: Iterable[AmountRow],
    totals: Iterable[PrintedTotalRow],
    meanings: Mapping[str, str],
) -> tuple[Figure, ...]:
    """All figures that tables print, in the order of totals, then lines.

    The total of a table without sections is a grand total: no line goes by the table's heading.
    """
    sections = {(line.document, line.section) for line in lines}
    figures = []
    for total in totals:
        if total.pence is None:
            continue
        is_heading = plain(total.section or "") in plain(total.table_title or "")
        known = (total.document, total.section) in sections or not is_heading
        section = total.section if known else None
        name = section or total.label
        words = _expanded(name, meanings)
        figures.append(
            Figure(
                document=total.document,
                kind="section total" if section else "grand total",
                name=" ".join(name.split()),
                section=section,
                provision=None,
                financial_year=total.financial_year,
                phase=total.phase,
                pence=total.pence,
                printed=total.printed,
                words=words,
                more=words,
                table_title=total.table_title,
                place=total.place,
                row_id=f"{total.document}#{total.table_number}.{total.row}.{total.column}",
            )
        )
    by_id = {line.line_id: line for line in lines}
    for amount in amounts:
        line = by_id.get(amount.line_id)
        if line is None or amount.pence is None:
            continue
        printed = line.service_printed or line.provider_printed or line.provision or ""
        name = short_name(printed)
        words = _expanded(name, meanings)
        more = words | _expanded(" ".join(filter(None, [printed, line.provision])), meanings)
        figures.append(
            Figure(
                document=line.document,
                kind="line",
                name=name,
                section=line.section,
                provision=line.provision,
                financial_year=amount.financial_year,
                phase=amount.phase,
                pence=amount.pence,
                printed=amount.printed,
                words=words,
                more=more,
                table_title=line.table_title,
                place=amount.place if amount.place != Place() else line.place,
                provider=line.provider or line.provider_printed,
                provider_printed=line.provider_printed,
                row_id=line.line_id,
            )
        )
    return tuple(figures)
