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

from extractors.model import Place, Problem
from normalizers import ids
from normalizers.events import Event, Sentence, event_names, find_events
from normalizers.judgements import Judgements, read_judgements
from normalizers.matching import Link, Matching, decision_row, key_of, match_services
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
from normalizers.service_names import find_acronyms
from normalizers.services import ServiceLine, firmest_amounts, read_service_lines, service_words
from normalizers.spelling import slug
from normalizers.vocabularies import read_mechanism, read_theme
from pipeline.history import Service, history_rows, with_currency
from pipeline.records import (
    NO_PLACE,
    LineRow,
    PairEvidenceRow,
    ProviderNameRow,
    ProviderQuestionRow,
    ProviderRow,
    ReachPlaceRow,
    Records,
    ServiceEventRow,
    ServiceLinkRow,
    ServicePairRow,
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
    judgements = _all_judgements(folders)
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
        lines=_line_rows(records.lines, ready, provider_of),
        amounts=with_currency(records.amounts, replaced),
        providers=_provider_rows(book, provider_ids, known_providers),
        provider_names=_provider_name_rows(lines, book, provider_ids, places),
        provider_questions=_provider_question_rows(book, lines),
        services=tuple(
            ServiceRow(service_id=s.service_id, name=s.name, theme=s.lines[-1].theme)
            for s in services
        ),
        service_links=_link_rows(services, matching),
        service_pairs=_pair_rows(matching, questions),
        pair_evidence=_evidence_rows(matching, questions),
        service_events=_event_rows(events, services, places),
        reach_places=_reach_rows(ready),
        history=history,
    )
    return Naming(
        named,
        tuple(_problems(book, questions, ready, judgements, lines)),
        fresh_services,
        fresh_providers,
    )


def _all_judgements(folders: Sequence[Path]) -> Judgements:
    found = Judgements()
    for folder in dict.fromkeys(folders):
        own = read_judgements(folder)
        found.providers.update(own.providers)
        found.services.update(own.services)
        found.events.update(own.events)
    return found


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


def _line_rows(
    rows: Sequence[LineRow], ready: Sequence[ServiceLine], provider_of: Mapping[str, str | None]
) -> tuple[LineRow, ...]:
    by_id = {line.line.line_id: line for line in ready}
    named = []
    for row in rows:
        line = by_id.get(row.line_id)
        if line is None:
            named.append(row)
            continue
        reach = line.reach.label if line.reach is not None and line.reach.known else None
        named.append(
            replace(
                row,
                theme=line.theme,
                provider=provider_of[row.line_id],
                mechanism=line.mechanism,
                reach=reach,
            )
        )
    return tuple(named)


def _provider_rows(
    book: ProviderBook, given: Mapping[ProviderKey, str], known: Sequence[dict[str, str]]
) -> tuple[ProviderRow, ...]:
    filled = {row["provider_id"]: row for row in known}
    rows = []
    for key, provider in book.providers.items():
        own = filled.get(given[key], {})
        rows.append(
            ProviderRow(
                provider_id=given[key],
                name=provider.name,
                kind=provider.kind,
                official_code=provider.code,
                company_number=own.get("company_number") or None,
                charity_number=own.get("charity_number") or None,
                source=provider.source,
            )
        )
    return tuple(sorted(rows, key=lambda row: row.provider_id))


def _provider_name_rows(
    lines: Sequence[BudgetLine],
    book: ProviderBook,
    given: Mapping[ProviderKey, str],
    places: Mapping[str, Place],
) -> tuple[ProviderNameRow, ...]:
    rows = []
    seen: set[tuple[str, str]] = set()
    for line in lines:
        cell = (line.document, line.provider_printed or "")
        if not line.provider_printed or cell in seen:
            continue
        seen.add(cell)
        for position, named in enumerate(book.of(*cell)):
            rows.append(
                ProviderNameRow(
                    document=line.document,
                    printed=line.provider_printed,
                    position=position,
                    provider_id=given[named.key] if named.key is not None else None,
                    role=named.role,
                    decided_by=named.decided_by,
                    reason=named.reason,
                    place=places.get(line.line_id, NO_PLACE),
                )
            )
    return tuple(rows)


def _provider_question_rows(
    book: ProviderBook, lines: Sequence[BudgetLine]
) -> tuple[ProviderQuestionRow, ...]:
    """The questions about providers, with the money of the lines that print the names."""
    made = []
    for question in book.questions:
        own = [
            line
            for line in lines
            if line.publisher == question.publisher
            and any(
                named.text == question.printed
                for named in book.of(line.document, line.provider_printed)
            )
        ]
        pence = sum(max((p or 0 for _, p in firmest_amounts(line)), default=0) for line in own)
        made.append((question, pence, own[0].document if own else None))
    made.sort(key=lambda item: (-item[1], item[0].printed, item[0].same_as))
    return tuple(
        ProviderQuestionRow(
            position=position,
            document=document,
            publisher=question.publisher,
            printed=question.printed,
            same_as=question.same_as,
            reason=question.reason,
            pence=pence,
        )
        for position, (question, pence, document) in enumerate(made, start=1)
    )


def _link_rows(services: Sequence[Service], matching: Matching) -> tuple[ServiceLinkRow, ...]:
    best: dict[str, Link] = {}
    for link in sorted(matching.links, key=lambda one: (-one.comparison.score, one.ids)):
        for line_id in link.ids:
            best.setdefault(line_id, link)
    return tuple(
        _link_row(service, line, best.get(line.line.line_id))
        for service in services
        for line in service.lines
    )


def _link_row(service: Service, line: ServiceLine, link: Link | None) -> ServiceLinkRow:
    if link is None:
        reason = "no line of another document is linked to it"
        return ServiceLinkRow(
            line_id=line.line.line_id,
            service_id=service.service_id,
            financial_years=line.label or None,
            decided_by="rule",
            reason=reason,
        )
    pair = link.comparison
    other = pair.later if pair.earlier.line.line_id == line.line.line_id else pair.earlier
    return ServiceLinkRow(
        line_id=line.line.line_id,
        service_id=service.service_id,
        financial_years=line.label or None,
        decided_by=link.decided_by,
        reason=f"{link.rule} as “{service_words(other.line)}” in {other.line.document}: "
        f"{pair.reason}",
        score=_odds(pair.score),
    )


def _odds(bits: float) -> float:
    """A score in bits as a share, 0..1."""
    return round(1 / (1 + 2**-bits), 4)


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


def _at_stake(link: Link) -> int:
    """The money that a question is about: the larger figure of the two lines."""
    figures = [
        pence or 0
        for line in (link.comparison.earlier, link.comparison.later)
        for _, pence in line.years
    ]
    return max(figures, default=0)


def _pair_rows(matching: Matching, questions: Sequence[Link]) -> tuple[ServicePairRow, ...]:
    rows = []
    ordered = sorted(questions, key=lambda one: (-_at_stake(one), one.ids))
    for position, link in enumerate([*ordered, *matching.links], start=1):
        pair = link.comparison
        rows.append(
            ServicePairRow(
                position=position,
                earlier_line=link.ids[0],
                later_line=link.ids[1],
                decided_by=link.decided_by,
                rule=link.rule or None,
                reason=pair.reason,
                bits=pair.score,
                margin=link.margin,
                pence=_at_stake(link),
                **decision_row(link),
            )
        )
    return tuple(rows)


def _evidence_rows(matching: Matching, questions: Sequence[Link]) -> tuple[PairEvidenceRow, ...]:
    return tuple(
        PairEvidenceRow(
            earlier_line=link.ids[0],
            later_line=link.ids[1],
            position=position,
            evidence=finding.evidence,
            level=finding.level,
            words=finding.words,
            bits=finding.bits,
        )
        for link in (*questions, *matching.links)
        for position, finding in enumerate(link.comparison.findings, start=1)
    )


def _event_rows(
    events: Sequence[Event], services: Sequence[Service], places: Mapping[str, Place]
) -> tuple[ServiceEventRow, ...]:
    service_of = {
        line.line.line_id: service.service_id for service in services for line in service.lines
    }

    def service_ids(side: Sequence[ServiceLine]) -> str | None:
        return "; ".join(dict.fromkeys(service_of[line.line.line_id] for line in side)) or None

    return tuple(
        ServiceEventRow(
            position=position,
            document=event.shown_on.line.document,
            kind=event.kind,
            from_services=event_names(event.earlier) or None,
            to_services=event_names(event.later) or None,
            financial_year=event.financial_year,
            evidence=event.evidence,
            confidence=event.confidence,
            decided_by=event.decided_by,
            publisher=event.shown_on.publisher.name,
            from_ids=service_ids(event.earlier),
            to_ids=service_ids(event.later),
            pence=max(
                (p or 0 for line in (*event.earlier, *event.later) for _, p in line.years),
                default=0,
            ),
            place=places.get(event.shown_on.line.line_id, NO_PLACE),
        )
        for position, event in enumerate(events, start=1)
    )


def _reach_rows(ready: Sequence[ServiceLine]) -> tuple[ReachPlaceRow, ...]:
    seen: dict[tuple[str, str], ServiceLine] = {}
    for line in ready:
        if line.reach is not None:
            seen.setdefault((line.line.publisher, line.reach.printed), line)
    rows = []
    for (publisher, printed), line in sorted(seen.items(), key=lambda item: item[0]):
        reach = line.reach
        assert reach is not None  # only lines with one were kept
        for position, area in enumerate(reach.areas):
            rows.append(
                ReachPlaceRow(
                    publisher=publisher,
                    printed=printed,
                    position=position,
                    area_code=area.code,
                    area=f"part of {area.name}" if reach.part else area.name,
                    decided_by="rule" if area.code else "undecided",
                    reason=reach.reason,
                )
            )
    return tuple(rows)


def _problems(
    book: ProviderBook,
    questions: Sequence[Link],
    ready: Sequence[ServiceLine],
    judgements: Judgements,
    lines: Sequence[BudgetLine],
) -> Iterable[tuple[str | None, Problem]]:
    yield from _provider_problems(book, lines)
    for link in questions:
        earlier, later = link.comparison.earlier, link.comparison.later
        yield (
            later.line.document,
            Problem(
                "service-undecided",
                "info",
                f"“{service_words(earlier.line)}” ({earlier.label}) and "
                f"“{service_words(later.line)}” ({later.label}) may be one service: "
                f"{link.comparison.reason}; decide with `spendtrail review services`",
                service_words(later.line),
                table=later.line.table,
            ),
        )
    yield from _unknown_words(ready)
    keys = {key_of(line) for line in ready}
    for one, other in sorted(judgements.services):
        if judgements.services[one, other] == "yes":
            for key in (one, other):
                if key not in keys and any(known[0] == key[0] for known in keys):
                    yield None, _unused(key[1])


def _unused(words: str) -> Problem:
    return Problem(
        "decision-unused",
        "info",
        f"a decision in services.csv speaks of “{words}”, which no line of these documents prints; "
        "mend its words or leave it for a document that does",
        words,
    )


def _provider_problems(
    book: ProviderBook, lines: Sequence[BudgetLine]
) -> Iterable[tuple[str | None, Problem]]:
    seen: set[tuple[str, str]] = set()
    for line in lines:
        for named in book.of(line.document, line.provider_printed):
            if named.candidates and (line.document, named.text) not in seen:
                seen.add((line.document, named.text))
                yield (
                    line.document,
                    Problem(
                        "provider-ambiguous",
                        "warning",
                        f"“{named.text}” may be {' or '.join(named.candidates)}; "
                        "decide with `spendtrail review providers`",
                        line.provider_printed,
                        table=line.table,
                    ),
                )


def _unknown_words(ready: Sequence[ServiceLine]) -> Iterable[tuple[str | None, Problem]]:
    """Places, funding and sections that no vocabulary knows, once per document."""
    seen: set[tuple[str, str, str]] = set()
    for line in ready:
        printed = {
            "place-unknown": (
                line.line.reach_printed if line.reach is not None and not line.reach.known else None
            ),
            "mechanism-unknown": (
                line.line.mechanism_printed
                if line.line.mechanism_printed
                and read_mechanism(line.line.mechanism_printed) is None
                else None
            ),
            "theme-unknown": (
                line.line.section
                if line.line.section and read_theme(line.line.section) is None
                else None
            ),
        }
        files = {
            "place-unknown": "places.toml",
            "mechanism-unknown": "mechanisms.toml",
            "theme-unknown": "themes.toml",
        }
        for code, words in printed.items():
            key = (line.line.document, code, words or "")
            if words and key not in seen:
                seen.add(key)
                yield (
                    line.line.document,
                    Problem(
                        code,
                        "info",
                        f"“{words}” is in no vocabulary and keeps its printed words; "
                        f"add it to normalizers/data/{files[code]}",
                        words,
                        table=line.line.table,
                    ),
                )
