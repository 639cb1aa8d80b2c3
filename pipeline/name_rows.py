"""What is known of names, as rows: organisations, services, links with their evidence, events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.model import Place
from normalizers.events import Event, event_names
from normalizers.matching import Matching, decision_row
from normalizers.model import BudgetLine
from normalizers.providers import ProviderBook, ProviderKey
from normalizers.service_groups import Link
from normalizers.services import ServiceLine, firmest_amounts, service_words
from pipeline.history import Service
from pipeline.records import (
    NO_PLACE,
    LineRow,
    PairEvidenceRow,
    ProviderNameRow,
    ProviderQuestionRow,
    ProviderRow,
    ReachPlaceRow,
    ServiceEventRow,
    ServiceLinkRow,
    ServicePairRow,
)


def line_rows(
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


def provider_rows(
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


def provider_name_rows(
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


def provider_question_rows(
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


def link_rows(services: Sequence[Service], matching: Matching) -> tuple[ServiceLinkRow, ...]:
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


def _at_stake(link: Link) -> int:
    """The money that a question is about: the larger figure of the two lines."""
    figures = [
        pence or 0
        for line in (link.comparison.earlier, link.comparison.later)
        for _, pence in line.years
    ]
    return max(figures, default=0)


def pair_rows(matching: Matching, questions: Sequence[Link]) -> tuple[ServicePairRow, ...]:
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


def evidence_rows(matching: Matching, questions: Sequence[Link]) -> tuple[PairEvidenceRow, ...]:
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


def event_rows(
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


def reach_rows(ready: Sequence[ServiceLine]) -> tuple[ReachPlaceRow, ...]:
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
