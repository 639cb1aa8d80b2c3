"""What happened to services between editions and within their years, with evidence in words.

A printed zero, an empty cell, a sentence and absence from the next edition are different evidence
for an end, and each says so. Only editions that repeat much of the one before are compared: a
short list of grants ends nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from normalizers.evidence import compare
from normalizers.judgements import Judgements, event_key
from normalizers.link_rules import NAMED
from normalizers.matching import Matching
from normalizers.merges import Regrouping, find_regroupings
from normalizers.reference import read_words
from normalizers.services import ServiceLine, pounds, service_words
from normalizers.spelling import fold, stem, words


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text that may announce a change; `key` leads back to its place."""

    document: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """One change in a service's life; `earlier` and `later` are the lines that show it.

    `financial_year` is the first year of the new state; `decided_by` is rule, person or undecided.
    """

    kind: str
    earlier: tuple[ServiceLine, ...]
    later: tuple[ServiceLine, ...]
    financial_year: str
    evidence: str
    confidence: float
    decided_by: str

    @property
    def shown_on(self) -> ServiceLine:
        """The line whose receipt the event carries."""
        return (*self.later, *self.earlier)[0]


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """The words and confidences of `data/events.toml`."""
    return read_words("events.toml", {"confidence": dict, "comparable": dict, "announcing": dict})


def find_events(
    matching: Matching,
    lines: Sequence[ServiceLine],
    sentences: Sequence[Sentence],
    judgements: Judgements,
) -> tuple[Event, ...]:
    """Every event of every publisher, by year; those a person denied are left out."""
    by_id = {line.line.line_id: line for line in lines}
    groups = [tuple(by_id[i] for i in group) for group in matching.groups]
    group_of = {line.line.line_id: n for n, group in enumerate(groups) for line in group}
    events: list[Event] = []
    themes: dict[str, set[str | None]] = defaultdict(set)
    for line in lines:
        themes[line.line.document].add(line.theme)
    for group in groups:
        events += _changes(group, themes)
        events += _within(group)
    for editions in _editions(lines).values():
        services = [{group_of[line.line.line_id] for line in own} for own in editions]
        for number, after in enumerate(editions):
            before = _edition_before(services, number)
            if before is not None:
                seen = set().union(*services[:number])
                coming = set().union(*services[number:])
                events += _between(editions[before], after, group_of, seen, coming, judgements)
    said = _announcements(sentences, {event.kind for event in events})
    announced = [_announce(event, said) for event in events]
    judged = (_judge(event, judgements) for event in announced)
    kept = [event for event in judged if event is not None]
    return tuple(sorted(kept, key=_order))


def _order(event: Event) -> tuple[str, str, str, tuple[str, ...]]:
    ids = tuple(line.line.line_id for line in (*event.earlier, *event.later))
    return event.shown_on.publisher.short, event.financial_year, event.kind, ids


def _changes(group: tuple[ServiceLine, ...], themes: Mapping[str, set[str | None]]) -> list[Event]:
    """Changes of name, provider and section from one edition's line to the next.

    A service has moved to another section only where the later edition has its old one as well.
    """
    confidence = vocabulary()["confidence"]
    events = []
    for one, other in pairwise(group):
        pair = compare(one, other)
        year = other.first_year
        if pair.level("name") not in NAMED:
            text = (
                f"“{service_words(one.line)}” became “{service_words(other.line)}”: {pair.reason}"
            )
            sure = confidence["linked_names_differ"]
            events.append(Event("renamed", (one,), (other,), year, text, sure, "rule"))
        both = one.providers and other.providers and not one.unsure_provider
        overlap = (one.providers | one.vias) & (other.providers | other.vias)
        if both and not other.unsure_provider and not overlap:
            text = f"“{one.line.provider_printed}”, then “{other.line.provider_printed}”"
            sure = confidence["linked_providers_differ"]
            events.append(Event("provider_changed", (one,), (other,), year, text, sure, "rule"))
        moved = one.theme and other.theme and one.theme != other.theme
        if moved and one.theme in themes[other.line.document]:
            text = f"under “{one.line.section}”, then under “{other.line.section}”"
            sure = confidence["linked_sections_differ"]
            events.append(Event("moved_section", (one,), (other,), year, text, sure, "rule"))
    return events


def _within(group: tuple[ServiceLine, ...]) -> list[Event]:
    """Starts and ends that one table with several years shows by itself."""
    confidence = vocabulary()["confidence"]
    events = []
    for line in group:
        columns = line.table_years
        figures = dict(line.years)
        funded = [year for year in columns if figures.get(year)]
        if not funded or len(columns) < 2:
            continue
        for year, after in pairwise(columns):
            if year == funded[-1]:
                zero = after in figures and figures[after] == 0
                what = "a printed 0" if zero else "an empty cell"
                text = f"{pounds(figures[year] or 0)} in {year}, {what} for {after}"
                sure = confidence["printed_zero" if zero else "empty_cell"]
                events.append(Event("ended", (line,), (), after, text, sure, "rule"))
            if after == funded[0] and line is group[0]:
                text = f"nothing for {year}, {pounds(figures[after] or 0)} for {after}"
                sure = confidence["empty_before"]
                events.append(Event("started", (), (line,), after, text, sure, "rule"))
    return events


def _editions(lines: Sequence[ServiceLine]) -> dict[str, list[list[ServiceLine]]]:
    """Each publisher's editions in the order of their years; one document is one edition."""
    documents: dict[tuple[str, str], list[ServiceLine]] = defaultdict(list)
    for line in lines:
        if line.years:
            documents[line.publisher.short, line.line.document].append(line)
    editions: dict[str, list[list[ServiceLine]]] = defaultdict(list)
    for (publisher, _), own in documents.items():
        editions[publisher].append(own)
    for publisher in editions:
        editions[publisher].sort(
            key=lambda own: (
                min(line.first_year for line in own),
                max(line.last_year for line in own),
                own[0].line.published_on or "",
                own[0].line.document,
            )
        )
    return dict(sorted(editions.items()))


def _edition_before(services: Sequence[set[int]], number: int) -> int | None:
    """The edition that an edition follows: the last one of which it repeats enough."""
    share = vocabulary()["comparable"]["share"]
    for earlier in range(number - 1, -1, -1):
        both = services[earlier] & services[number]
        if both and len(both) >= share * len(services[earlier]):
            return earlier
    return None


def _between(
    before: list[ServiceLine],
    after: list[ServiceLine],
    group_of: Mapping[str, int],
    seen: set[int],
    coming: set[int],
    judgements: Judgements,
) -> list[Event]:
    """Regroupings, ends and starts from one edition to the next.

    `seen` are the services of all editions before `after`, `coming` those from it on: what is
    only missing from one edition neither ended nor started.
    """
    gone = [line for line in before if group_of[line.line.line_id] not in coming]
    new = [line for line in after if group_of[line.line.line_id] not in seen]
    gone.sort(key=lambda line: (line.line.order, line.line.line_id))
    new.sort(key=lambda line: (line.line.order, line.line.line_id))
    year = min(line.first_year for line in after)
    events = []
    explained: set[str] = set()
    for regrouping in find_regroupings(gone, new):
        event = _judge(_regrouped(regrouping, year), judgements)
        if event is not None:
            events.append(event)
            explained |= {line.line.line_id for line in (*event.earlier, *event.later)}
    confidence = vocabulary()["confidence"]
    newest, oldest = after[0].line.document, before[0].line.document
    for line in gone:
        funded = [y for y, pence in line.years if pence]
        if line.line.line_id in explained or not funded or _ends_within(line):
            continue
        text = f"{pounds(dict(line.years)[funded[-1]] or 0)} in {funded[-1]}, not in {newest}"
        sure = confidence["absent_from_next"]
        events.append(Event("ended", (line,), (), year, text, sure, "rule"))
    for line in new:
        funded = [y for y, pence in line.years if pence]
        if line.line.line_id in explained or not funded or _starts_within(line):
            continue
        text = f"not in {oldest}, {pounds(dict(line.years)[funded[0]] or 0)} for {funded[0]}"
        sure = confidence["not_in_edition_before"]
        events.append(Event("started", (), (line,), funded[0], text, sure, "rule"))
    return events


def _ends_within(line: ServiceLine) -> bool:
    """Whether the line's own table already shows that it ended."""
    funded = [year for year, pence in line.years if pence]
    columns = line.table_years
    return bool(funded and columns and funded[-1] != columns[-1])


def _starts_within(line: ServiceLine) -> bool:
    funded = [year for year, pence in line.years if pence]
    columns = line.table_years
    return bool(funded and columns and funded[0] != columns[0])


def _regrouped(found: Regrouping, year: str) -> Event:
    confidence = vocabulary()["confidence"]
    if found.exact and found.chance is not None:
        sure = round(confidence["exact_sum"] * (1 - found.chance), 2)
    else:
        sure = confidence["whole_area" if found.sure else "names_only"]
    years = [line.first_year for line in found.later if line.first_year]
    decided_by = "rule" if found.sure else "undecided"
    return Event(
        found.kind,
        found.earlier,
        found.later,
        min(years, default=year),
        found.evidence,
        sure,
        decided_by,
    )


Said = dict[tuple[str, str], list[tuple[Sentence, frozenset[str]]]]


def _announcements(sentences: Iterable[Sentence], kinds: Collection[str]) -> Said:
    """The sentences that announce a change, with their words, by document and kind of change."""
    said: Said = defaultdict(list)
    any_kind = re.compile("|".join(_marks(kind).pattern for kind in sorted(kinds)))
    for sentence in sentences:
        folded = fold(sentence.text)
        if not any_kind.search(folded):
            continue
        announced = [kind for kind in kinds if _marks(kind).search(folded)]
        own = frozenset(stem(word) for word in words(sentence.text))
        for kind in announced:
            said[sentence.document, kind].append((sentence, own))
    return said


def _announce(event: Event, said: Said) -> Event:
    """The event with the first sentence that names a service of it and announces such a change."""
    lines = (*event.earlier, *event.later)
    for document in sorted({line.line.document for line in lines}):
        for sentence, own in said.get((document, event.kind), ()):
            named = any(
                len(line.name.all_words) >= 2 and line.name.all_words <= own
                if len(line.name.telling) < 2
                else line.name.telling <= own
                for line in lines
            )
            if named:
                return replace(
                    event,
                    evidence=f"{event.evidence}; “{sentence.text}” ({sentence.document})",
                    confidence=round(
                        min(0.99, event.confidence + vocabulary()["confidence"]["sentence"]), 2
                    ),
                )
    return event


@lru_cache(maxsize=32)
def _marks(kind: str) -> re.Pattern[str]:
    phrases = (re.escape(fold(mark)) for mark in vocabulary()["announcing"][kind])
    return re.compile(rf"\b(?:{'|'.join(phrases)})")


def event_names(lines: Sequence[ServiceLine]) -> str:
    """The printed services of an event's side, as a decision names them."""
    return " | ".join(service_words(line.line) for line in lines)


def _judge(event: Event, judgements: Judgements) -> Event | None:
    """The event as a person left it: confirmed, or None where denied."""
    decision = judgements.events.get(
        event_key(
            event.shown_on.publisher.name,
            event.kind,
            event_names(event.earlier),
            event_names(event.later),
            event.financial_year,
        )
    )
    if decision == "no":
        return None
    if decision != "yes":
        return event
    return replace(event, confidence=1.0, decided_by="person")
