"""What the narrative comes to, as rows: amounts and percentages with verdicts, and checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from extractors.model import Problem
from normalizers.narrative import Mention
from pipeline.claims import find_claims
from pipeline.figures import collect_figures
from pipeline.leads import Lead, find_leads, lead_rows
from pipeline.mentions import known_names, mention_rows
from pipeline.narrative import Located, meanings
from pipeline.priorities import line_priority_rows
from pipeline.records import (
    CheckRow,
    LeadRow,
    LinePriorityRow,
    MentionRow,
    NarrativeAmountRow,
    PercentageRow,
    Records,
)
from pipeline.restatements import Repeat
from pipeline.statements import (
    conflict_leads,
    conflict_problems,
    provider_conflicts,
    same_year_checks,
    same_year_leads,
)
from pipeline.verdicts import Judged, judge_claims, tell_of_each_other

CLAIM = "claim in the text"


@dataclass(frozen=True, slots=True)
class Narrative:
    """The running text of one document, what it mentions, and the years the document covers.

    `repeats` are lines of its tables that repeat a line of another table, with that line.
    """

    document: str
    texts: tuple[Located, ...]
    mentions: tuple[Mention, ...]
    financial_years: tuple[str, ...]
    repeats: tuple[Repeat, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """Rows for the store; positions of checks are left to whoever numbers all checks."""

    narrative_amounts: tuple[NarrativeAmountRow, ...]
    percentages: tuple[PercentageRow, ...]
    mentions: tuple[MentionRow, ...]
    line_priorities: tuple[LinePriorityRow, ...]
    checks: tuple[CheckRow, ...]
    leads: tuple[LeadRow, ...]
    problems: tuple[tuple[str, Problem], ...]


def find(records: Records, narratives: Sequence[Narrative]) -> Findings:
    """Every amount and percentage of the running text judged against the tables of `records`,
    what two tables or documents say of the same thing, and the questions that follow.

    Only documents of one publisher are held against each other; one of unknown publisher stands
    alone.
    """
    publishers = {row.document: row.publisher for row in records.documents}
    groups: dict[tuple[str, str], list[Narrative]] = {}
    for narrative in narratives:
        publisher = publishers.get(narrative.document)
        key = ("publisher", publisher) if publisher else ("document", narrative.document)
        groups.setdefault(key, []).append(narrative)
    parts = [
        _find_in_group(_of_documents(records, {n.document for n in members}), members)
        for members in groups.values()
    ]
    order = {narrative.document: at for at, narrative in enumerate(narratives)}

    def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
        return tuple(sorted(rows, key=lambda row: order[row.document or ""]))

    return Findings(
        in_order(row for part in parts for row in part.narrative_amounts),
        in_order(row for part in parts for row in part.percentages),
        in_order(row for part in parts for row in part.mentions),
        tuple(line_priority_rows(records.lines, records.priorities)),
        in_order(row for part in parts for row in part.checks),
        lead_rows(lead for part in parts for lead in part.leads),
        tuple(
            sorted(
                (pair for part in parts for pair in part.problems), key=lambda pair: order[pair[0]]
            )
        ),
    )


class _Row(Protocol):
    @property
    def document(self) -> str | None: ...


Row = TypeVar("Row", bound=_Row)


@dataclass(frozen=True, slots=True)
class _Part:
    """The findings of one publisher's documents."""

    narrative_amounts: list[NarrativeAmountRow]
    percentages: list[PercentageRow]
    mentions: list[MentionRow]
    checks: list[CheckRow]
    leads: list[Lead]
    problems: list[tuple[str, Problem]]


def _of_documents(records: Records, documents: Set[str]) -> Records:
    """The records of some documents that findings follow from."""

    def ours(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(row for row in rows if row.document in documents)

    lines = ours(records.lines)
    ids = {line.line_id for line in lines}
    publishers = {row.publisher for row in records.documents if row.document in documents}
    publishers |= {f"publisher of {document}" for document in documents}
    return replace(
        records,
        documents=ours(records.documents),
        lines=lines,
        amounts=ours(records.amounts),
        printed_totals=ours(records.printed_totals),
        checks=ours(records.checks),
        terms=ours(records.terms),
        provider_names=ours(records.provider_names),
        service_links=tuple(link for link in records.service_links if link.line_id in ids),
        reach_places=tuple(p for p in records.reach_places if p.publisher in publishers),
    )


def _find_in_group(records: Records, narratives: Sequence[Narrative]) -> _Part:
    spelt = meanings(records.terms)
    figures = collect_figures(records.lines, records.amounts, records.printed_totals, spelt)
    services = {link.line_id: link.service_id for link in records.service_links}
    said = {n.document: "\n".join(t.text.text for t in n.texts) for n in narratives}
    names = known_names(records, said.values())
    part = _Part([], [], [], [], [], [])
    everything: list[Judged] = []
    retold: set[str] = set()
    for narrative in narratives:
        claims = find_claims(
            narrative.document,
            narrative.financial_years,
            narrative.texts,
            narrative.mentions,
            figures,
            spelt,
        )
        everything += judge_claims(claims, figures)
        part.mentions.extend(
            mention_rows(narrative.document, narrative.texts, narrative.mentions, names)
        )
        repeats = narrative.repeats
        retold |= {source.line_id for _, source in repeats}
        conflicts = provider_conflicts(repeats, records.provider_names)
        part.leads.extend(conflict_leads(conflicts, figures))
        part.problems.extend(
            (narrative.document, problem) for problem in conflict_problems(conflicts, figures)
        )
    everything = list(tell_of_each_other(everything))
    judged = {id(one.claim.mention): one for one in everything}
    for narrative in narratives:
        part.narrative_amounts.extend(_amount_rows(narrative, judged))
        part.percentages.extend(_percentage_rows(narrative, judged))
    part.checks.extend(_check(one) for one in everything if one.verdict != "cannot_tell")
    part.checks.extend(same_year_checks(figures, services, records.documents))
    part.problems.extend(
        (one.claim.document, _problem(one)) for one in everything if one.verdict == "contradicts"
    )
    part.leads.extend(
        find_leads(
            figures, records.printed_totals, records.checks, everything, services, said, retold
        )
    )
    part.leads.extend(same_year_leads(part.checks))
    return part


def _amount_rows(narrative: Narrative, judged: dict[int, Judged]) -> Iterator[NarrativeAmountRow]:
    texts = {located.text.key: located for located in narrative.texts}
    for position, mention in enumerate(m for m in narrative.mentions if m.kind == "money"):
        located, one = texts[mention.key], judged[id(mention)]
        yield NarrativeAmountRow(
            document=narrative.document,
            position=position,
            passage_key=mention.key,
            heading=located.text.heading or None,
            paragraph=located.paragraph,
            sentence=mention.sentence,
            printed=mention.printed,
            pence=mention.pence,
            pence_to=mention.pence_to,
            qualifier=mention.qualifier,
            qualifier_words=mention.qualifier_words,
            kind=one.claim.kind,
            subject=one.claim.subject,
            financial_year=one.claim.year,
            verdict=one.verdict,
            explanation=one.explanation,
            place=located.place(mention.start),
        )


def _percentage_rows(narrative: Narrative, judged: dict[int, Judged]) -> Iterator[PercentageRow]:
    texts = {located.text.key: located for located in narrative.texts}
    for position, mention in enumerate(m for m in narrative.mentions if m.kind == "percentage"):
        located, one = texts[mention.key], judged.get(id(mention))
        yield PercentageRow(
            document=narrative.document,
            position=position,
            passage_key=mention.key,
            heading=located.text.heading or None,
            paragraph=located.paragraph,
            sentence=mention.sentence,
            printed=mention.printed,
            value=mention.percent or 0.0,
            qualifier=mention.qualifier,
            qualifier_words=mention.qualifier_words,
            subject=one.claim.subject if one else None,
            financial_year=one.claim.year if one else None,
            verdict=one.verdict if one else None,
            explanation=one.explanation if one else None,
            place=located.place(mention.start),
        )


def _check(one: Judged) -> CheckRow:
    claim, mention = one.claim, one.claim.mention
    percent = mention.kind == "percentage"
    said = mention.percent if percent else (mention.pence or 0) / 100
    found = one.found_percent if percent else None
    if not percent and one.found_pence is not None:
        found = one.found_pence / 100
    if found is not None:
        found = round(found, 2)
    gap = None if found is None or said is None else round(abs(found) - abs(said), 2)
    year = f", {claim.year}" if claim.year else ""
    return CheckRow(
        document=claim.document,
        position=0,
        kind=f"{CLAIM}, per cent" if percent else CLAIM,
        scope=f"{claim.kind} of {claim.subject or 'nothing named'}{year}",
        expected=said,
        found=found,
        difference=gap,
        verdict=one.verdict,
        explanation=one.explanation,
        place=claim.place,
    )


def _problem(one: Judged) -> Problem:
    return Problem(
        code="claim-contradicted",
        severity="warning",
        message=f"{one.explanation} Read both places; if both are read rightly, ask the publisher "
        "which of the two holds.",
        printed=one.claim.mention.printed,
        place=one.claim.place,
    )
