"""Who and what running text names: providers, services and places of the tables, years, funds.

What is found by its printed form (years, dates, codes, funds) comes with the reading; names are
matched here, afresh, because they follow from the tables and from decisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from normalizers.narrative import Mention
from pipeline.figures import short_name, stems
from pipeline.narrative import Located, meanings
from pipeline.records import MentionRow, Records

WORD = re.compile(r"\w+(?:[’']\w+)?")
SHORTEST = 4  # letters of a name of one word; shorter ones must be acronyms


@dataclass(frozen=True, slots=True)
class Name:
    """A name known from the tables: how it is printed, and what it stands for."""

    words: tuple[str, ...]
    kind: str
    value: str


def known_names(records: Records, texts: Iterable[str]) -> dict[str, tuple[Name, ...]]:
    """Names of providers, services and places by their first word, the longest first.

    A provider has its printed names, its settled one, and acronyms that mean one of them. A name
    of one word that `texts` also have without its capital (`Police`, `County`) is no name there.
    """
    common = {word for text in texts for word in WORD.findall(text) if word.islower()}
    found: dict[tuple[str, ...], Name] = {}

    def add(printed: str, kind: str, value: str) -> None:
        words = tuple(word.casefold() for word in WORD.findall(printed))
        letters = sum(map(len, words))
        if not words or len(words) > 12 or (letters < SHORTEST and not printed.isupper()):
            return
        if len(words) == 1 and (words[0] in common or not stems(printed)):
            return
        found.setdefault(words, Name(words, kind, value))

    settled = {row.provider_id: row.name for row in records.providers}
    for row in records.provider_names:
        if row.provider_id and row.role != "placeholder":
            name = settled.get(row.provider_id, row.printed)
            add(name, "provider", name)
    several = {(r.document, r.printed) for r in records.provider_names if r.position > 0}
    for row in records.provider_names:
        if (
            row.provider_id
            and row.role == "provider"
            and (row.document, row.printed) not in several
        ):
            add(row.printed, "provider", settled.get(row.provider_id, row.printed))
    services = {row.service_id: row.name for row in records.services}
    links = {row.line_id: row.service_id for row in records.service_links}
    for line in records.lines:
        if line.service_printed:
            name = short_name(line.service_printed)
            service = services.get(links.get(line.line_id, ""), name)
            add(name, "service", service)
            add(re.sub(r"\s*\([^)]*\)\s*$", "", name), "service", service)
    areas: dict[str, list[str]] = {}
    for place in records.reach_places:
        areas.setdefault(place.printed, []).append(place.area)
    for printed, members in areas.items():
        if all(area[:1].isupper() for area in members):
            add(printed, "place", "; ".join(dict.fromkeys(members)))
    for area in sorted({area for members in areas.values() for area in members}):
        add(area, "place", area)
    spelt = meanings(records.terms)
    for term, meaning in spelt.items():
        words = tuple(word.casefold() for word in WORD.findall(meaning))
        if words in found:
            add(term, found[words].kind, found[words].value)
    by_first: dict[str, list[Name]] = {}
    for entry in found.values():
        by_first.setdefault(entry.words[0], []).append(entry)
    return {
        first: tuple(sorted(names, key=lambda n: (-len(n.words), n.kind, n.value)))
        for first, names in by_first.items()
    }


def find_names(text: str, names: dict[str, tuple[Name, ...]]) -> Iterator[tuple[int, str, Name]]:
    """Names in a text, longest first and without overlap: where, as printed, and which.

    A name begins with a capital or digit in the text, so that words of the language do not count.
    """
    words = list(WORD.finditer(text))
    folded = [word.group().casefold() for word in words]
    at = 0
    while at < len(words):
        step = 1
        if not words[at].group()[0].islower():
            for name in names.get(folded[at], ()):
                length = len(name.words)
                if tuple(folded[at : at + length]) == name.words:
                    end = words[at + length - 1].end()
                    printed = text[words[at].start() : end]
                    if "(" in printed and ")" not in printed and text[end : end + 1] == ")":
                        printed += ")"
                    yield words[at].start(), " ".join(printed.split()), name
                    step = length
                    break
        at += step


def mention_rows(
    document: str,
    texts: Sequence[Located],
    mentions: Iterable[Mention],
    names: dict[str, tuple[Name, ...]],
) -> Iterator[MentionRow]:
    """Everything that a document's running text names besides amounts, as its words stand."""
    by_key: dict[str, list[tuple[int, str, str, str]]] = {}
    for mention in mentions:
        if mention.kind not in ("money", "percentage") and mention.value:
            entry = (mention.start, mention.kind, mention.printed, mention.value)
            by_key.setdefault(mention.key, []).append(entry)
    position = 0
    for located in texts:
        text = located.text
        found = by_key.get(text.key, [])
        found += [(at, n.kind, printed, n.value) for at, printed, n in find_names(text.text, names)]
        for start, kind, printed, value in sorted(found):
            yield MentionRow(
                document=document,
                position=position,
                passage_key=text.key,
                kind=kind,
                printed=printed,
                value=value,
                heading=text.heading or None,
                number=located.paragraph,
                place=located.place(start),
            )
            position += 1
