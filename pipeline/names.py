"""Names put into the records: who provides, where, how it is funded, which service a line is.

Quick and done afresh in every run, from the printed words, the reference data, and what people
decided; so a decision shows at the next run without reading a document again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.model import Problem
from normalizers import ids
from normalizers.events import Event, Sentence, find_events
from normalizers.judgements import read_judgements
from normalizers.matching import Matching, key_of, match_services
from normalizers.model import BudgetLine
from normalizers.provider_names import name_key
from normalizers.providers import (
    PrintedName,
    ProviderBook,
    ProviderKey,
    provider_slug,
    read_providers,
)
from normalizers.publishers import Publisher, read_publisher
from normalizers.service_groups import Link
from normalizers.service_names import find_acronyms
from normalizers.services import ServiceLine, firmest_amounts, read_service_lines, service_words
from normalizers.spelling import slug
from pipeline import name_rows
from pipeline.history import Service, history_rows, with_currency
from pipeline.name_problems import name_problems
from pipeline.records import (
    Records,
    ServiceRow,
)

LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True)
class Naming:
    """The records with names in them, what a person should look at, and newly minted ids."""

    records: Records
    problems: tuple[tuple[str | None, Problem], ...]
    service_ids: tuple[dict[str, str], ...]
    provider_ids: tuple[dict[str, str], ...]

    def keep_ids(self, folder: Path) -> None:
        """Append what was newly minted to the register in the project's folder of decisions."""
        ids.keep_service_ids(folder, self.service_ids)
        ids.keep_provider_ids(folder, self.provider_ids)


def add_names(lines: Sequence[BudgetLine], records: Records, folders: Sequence[Path]) -> Naming:
    """Resolve all names of all lines together and put them into the records.

    `folders` hold decisions and minted ids, the ones that count most last.
    """
    judgements = read_judgements(*folders)
    lines = [_with_publisher(line) for line in lines]
    publisher_of = {line.publisher: read_publisher(line.publisher) for line in lines}
    terms = _terms(records, lines, publisher_of)
    book = read_providers(_printed_names(lines), terms, judgements)
    acronyms = _acronyms(lines, terms, publisher_of)
    ready = read_service_lines(lines, book, acronyms, terms, publisher_of)
    matching = match_services(ready, judgements)
    events = find_events(matching, ready, _sentences(records), judgements)
    known_providers = ids.read_provider_ids(folders)
    provider_ids, fresh_providers = _provider_ids(book, known_providers)
    services, fresh_services = _services(matching, ready, folders)
    provider_of = {line.line.line_id: _providers_in_words(line.line, book) for line in ready}
    history, replaced = history_rows(
        services, events, provider_of, {row.amount_id: row for row in records.amounts}
    )
    places = {row.line_id: row.place for row in records.lines}
    questions = _open_questions(matching, events)
    named = replace(
        records,
        lines=name_rows.line_rows(records.lines, ready, provider_of),
        amounts=with_currency(records.amounts, replaced),
        providers=name_rows.provider_rows(book, provider_ids, known_providers),
        provider_names=name_rows.provider_name_rows(lines, book, provider_ids, places),
        provider_questions=name_rows.provider_question_rows(book, lines),
        services=tuple(
            ServiceRow(service_id=s.service_id, name=s.name, theme=s.lines[-1].theme)
            for s in services
        ),
        service_links=name_rows.link_rows(services, matching),
        service_pairs=name_rows.pair_rows(matching, questions),
        pair_evidence=name_rows.evidence_rows(matching, questions),
        service_events=name_rows.event_rows(events, services, places),
        reach_places=name_rows.reach_rows(ready),
        history=history,
    )
    return Naming(
        named,
        tuple(name_problems(book, questions, ready, judgements, lines)),
        fresh_services,
        fresh_providers,
    )


def _with_publisher(line: BudgetLine) -> BudgetLine:
    """A line of an unknown publisher is compared with no other document's."""
    return line if line.publisher else replace(line, publisher=f"publisher of {line.document}")


def _printed_names(lines: Iterable[BudgetLine]) -> list[PrintedName]:
    years: dict[str, str] = {}
    for line in lines:
        for year, _ in firmest_amounts(line):
            years[line.document] = min(years.get(line.document, year), year)
    return [
        PrintedName(line.document, line.publisher, years.get(line.document), line.provider_printed)
        for line in lines
        if line.provider_printed
    ]


def _terms(
    records: Records, lines: Iterable[BudgetLine], publisher_of: Mapping[str, Publisher]
) -> dict[str, dict[str, str]]:
    """The glossaries by publisher; where two documents differ, the later name in order wins."""
    of_document = {row.document: row.publisher for row in records.documents if row.publisher}
    of_document |= {line.document: line.publisher for line in lines}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for term in records.terms:
        name = of_document.get(term.document)
        if name is not None:
            publisher = publisher_of.get(name) or read_publisher(name)
            found[publisher.short].setdefault(term.term, term.meaning)
    return dict(found)


def _acronyms(
    lines: Sequence[BudgetLine],
    terms: Mapping[str, Mapping[str, str]],
    publisher_of: Mapping[str, Publisher],
) -> dict[str, dict[str, str]]:
    texts: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        short = publisher_of[line.publisher].short
        printed = (line.service_printed, line.provision, line.provider_printed)
        texts[short] += [text for text in printed if text]
    return {short: find_acronyms(own, terms.get(short, {})) for short, own in texts.items()}


_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“•])|\n+")


def _sentences(records: Records) -> list[Sentence]:
    """Sentences of the running text, and rows of tables that list no budget lines."""
    budgets = {(row.document, row.table_number) for row in records.lines}
    rows: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for cell in records.cells:
        if (cell.document, cell.table_number) not in budgets and not cell.is_header:
            rows[cell.document, cell.table_number, cell.row].append(" ".join(cell.text.split()))
    printed = [
        Sentence(document, f"t{table}r{row}", " | ".join(cells))
        for (document, table, row), cells in rows.items()
        if len(cells) > 1
    ]
    return printed + [
        Sentence(row.document, row.key, sentence.strip())
        for row in records.passages
        if row.kind not in ("heading", "title", "page_header", "page_footer", "page_number")
        for sentence in _SENTENCE.split(row.text)
        if len(sentence) > 20
    ]


def _provider_ids(
    book: ProviderBook, known: Sequence[dict[str, str]]
) -> tuple[dict[ProviderKey, str], tuple[dict[str, str], ...]]:
    keys = sorted(book.providers)
    wanted = [ids.Named((key,), (provider_slug(book.providers[key]),)) for key in keys]
    register = [(row["provider_id"], (row["scope"], name_key(row["name"]))) for row in known]
    given, fresh = ids.give_ids(wanted, register)
    rows = [
        {
            "provider_id": one,
            "scope": key[0],
            "name": book.providers[key[0], key[1]].name,
            "company_number": "",
            "charity_number": "",
        }
        for one, key in fresh
    ]
    return dict(zip(keys, given, strict=True)), tuple(rows)


def _services(
    matching: Matching, ready: Sequence[ServiceLine], folders: Sequence[Path]
) -> tuple[tuple[Service, ...], tuple[dict[str, str], ...]]:
    by_id = {line.line.line_id: line for line in ready}
    groups = [tuple(by_id[line_id] for line_id in group) for group in matching.groups]
    wanted = [ids.Named(tuple(key_of(line) for line in own), _wishes(own[0])) for own in groups]
    given, fresh = ids.give_ids(wanted, ids.read_service_ids(folders))
    of_key = {
        (one, key_of(line)): line for one, own in zip(given, groups, strict=True) for line in own
    }
    rows = []
    for one, key in fresh:
        line = of_key[one, (key[0], key[1], key[2], key[3])]
        rows.append(
            {
                "service_id": one,
                "publisher": line.publisher.organisation.name,
                "service_printed": service_words(line.line),
                "provider_printed": line.line.provider_printed or "",
                "financial_years": line.label,
            }
        )
    services = tuple(
        Service(one, service_words(own[-1].line) or one, own)
        for one, own in zip(given, groups, strict=True)
    )
    return services, tuple(rows)


def _wishes(line: ServiceLine) -> tuple[str, ...]:
    """Ids for a service, readable: its earliest name, then with provider, then with place."""
    name = _short_slug(service_words(line.line))
    wishes = [name]
    if line.line.provider_printed:
        wishes.append(f"{name}-{_short_slug(line.line.provider_printed)}")
    if line.line.reach_printed:
        wishes.append(f"{wishes[-1]}-{_short_slug(line.line.reach_printed)}")
    return tuple(f"{line.publisher.short}/{wish}" for wish in wishes)


def _short_slug(text: str) -> str:
    whole = slug(text)
    if len(whole) <= LONGEST_SLUG:
        return whole
    return whole[: whole.rfind("-", 0, LONGEST_SLUG + 1)]


def _providers_in_words(line: BudgetLine, book: ProviderBook) -> str | None:
    names = [
        book.providers[named.key].name
        for named in book.of(line.document, line.provider_printed)
        if named.key is not None and named.role == "provider"
    ]
    return "; ".join(dict.fromkeys(names)) or None


def _open_questions(matching: Matching, events: Sequence[Event]) -> tuple[Link, ...]:
    """Questions that no regrouping answers: whether a part is the whole is not asked twice."""
    parts: set[str] = set()
    for event in events:
        if event.kind in ("merged", "split", "redrawn"):
            parts |= {line.line.line_id for line in event.earlier}
    wholes = {
        line.line.line_id
        for event in events
        if event.kind in ("merged", "split", "redrawn")
        for line in event.later
    }
    return tuple(
        link
        for link in matching.questions
        if link.ids[0] not in parts and link.ids[1] not in wholes
    )
