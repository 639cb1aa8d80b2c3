"""One service in one year: the figure that stands, and what it replaced.

A firmer kind of figure beats a weaker one (an outturn beats any budget, a budget any proposal);
within a kind the later document wins. Where services merged and both the parts and the whole have
figures for a year, only the later document's stand, so nothing is summed twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from normalizers.events import Event
from normalizers.model import Amount
from normalizers.services import PHASES, ServiceLine, pounds
from pipeline.records import NO_PLACE, AmountRow, HistoryRow

TIERS = {"outturn": 2, "requested": 0, "proposed": 0}


@dataclass(frozen=True, slots=True)
class Service:
    """One service with its lines, oldest first."""

    service_id: str
    name: str
    lines: tuple[ServiceLine, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    """What one line states for one year in one phase: one figure, or several that add up.

    A line may split a year over columns (quarters, funds); its totals are no amounts.
    """

    line: ServiceLine
    amounts: tuple[Amount, ...]

    @property
    def phase(self) -> str:
        return self.amounts[0].phase

    @property
    def pence(self) -> int | None:
        known = [amount.pence for amount in self.amounts if amount.pence is not None]
        return sum(known) if known else None

    @property
    def ids(self) -> set[str]:
        return {amount.amount_id for amount in self.amounts}

    @property
    def words(self) -> str:
        shown = self.amounts[0].printed if self.pence is None else pounds(self.pence)
        return f"{shown} ({self.phase}, {self.line.line.document})"

    @property
    def parts(self) -> str | None:
        """How the figure adds up, where it does."""
        if len(self.amounts) == 1:
            return None
        return f"the sum of {' + '.join(amount.printed for amount in self.amounts)}"


def document_ranks(lines: Sequence[ServiceLine]) -> dict[str, int]:
    """Documents in the order in which they were published, as far as dates and years tell."""
    dated: dict[str, tuple[str, str, str]] = {}
    for line in lines:
        published = line.line.published_on or ""
        last = max((line.last_year, *(dated.get(line.line.document, ("",))[:1])))
        dated[line.line.document] = (last, published, line.line.document)
    # Dates order documents only where all have one; else the last year that they speak of does.
    if all(published for _, published, _ in dated.values()):
        key = {name: (published, last, name) for name, (last, published, _) in dated.items()}
    else:
        key = dated
    return {name: rank for rank, name in enumerate(sorted(key, key=lambda n: key[n]))}


def history_rows(
    services: Sequence[Service],
    events: Sequence[Event],
    provider_of: Mapping[str, str | None],
    amount_rows: Mapping[str, AmountRow],
) -> tuple[tuple[HistoryRow, ...], frozenset[str]]:
    """The history, and the ids of amounts that a later or firmer statement replaced.

    `provider_of` gives a line's provider in words, `amount_rows` an amount's receipt by its id.
    """
    by_publisher: dict[str, list[ServiceLine]] = defaultdict(list)
    for service in services:
        by_publisher[service.lines[0].publisher.short] += service.lines
    ranks: dict[str, int] = {}
    for own in by_publisher.values():
        ranks.update(document_ranks(own))
    replaced: set[str] = set()
    chosen: dict[tuple[str, str], tuple[_Statement, list[_Statement]]] = {}
    for service in services:
        for year, statements in sorted(_by_year(service).items()):
            statements.sort(key=lambda s: _rank(s, ranks), reverse=True)
            chosen[service.service_id, year] = (statements[0], statements[1:])
            replaced |= {one for s in statements[1:] for one in s.ids}
    notes = _merged_years(services, events, chosen, ranks, replaced)
    years: dict[str, list[str]] = defaultdict(list)
    for service_id, year in sorted(chosen):
        years[service_id].append(year)
    rows = []
    for service in services:
        for year in years[service.service_id]:
            current, others = chosen[service.service_id, year]
            row = amount_rows.get(current.amounts[0].amount_id)
            rows.append(
                HistoryRow(
                    service_id=service.service_id,
                    service=service.name,
                    provider=provider_of.get(current.line.line.line_id),
                    theme=current.line.theme,
                    financial_year=year,
                    pence=current.pence,
                    phase=current.phase,
                    document=current.line.line.document,
                    restated=_restated(current, others, notes.get((service.service_id, year))),
                    amount_id=current.amounts[0].amount_id,
                    place=row.place if row is not None else NO_PLACE,
                )
            )
    return tuple(rows), frozenset(replaced)


def _by_year(service: Service) -> dict[str, list[_Statement]]:
    found: dict[str, list[_Statement]] = defaultdict(list)
    for line in service.lines:
        parts: dict[tuple[str, str], list[Amount]] = defaultdict(list)
        for amount in line.line.amounts:
            if amount.financial_year is not None:
                parts[amount.financial_year, amount.phase].append(amount)
        for (year, _), amounts in parts.items():
            found[year].append(_Statement(line, tuple(amounts)))
    return found


def _rank(statement: _Statement, ranks: Mapping[str, int]) -> tuple[int, int, int, int, int, int]:
    return (
        int(statement.pence is not None),
        TIERS.get(statement.phase, 1),
        ranks[statement.line.line.document],
        PHASES.index(statement.phase) if statement.phase in PHASES else -1,
        -(statement.line.line.table or 0),
        -statement.line.line.order,
    )


def _restated(current: _Statement, others: Sequence[_Statement], merged: str | None) -> str | None:
    """What the current figure replaced, where that was another figure or of another kind."""
    told = [
        other.words
        for other in others
        if (other.pence, other.phase) != (current.pence, current.phase)
    ]
    replaces = f"replaces {', '.join(dict.fromkeys(told))}" if told else None
    return "; ".join(filter(None, (current.parts, replaces, merged))) or None


def _merged_years(
    services: Sequence[Service],
    events: Sequence[Event],
    chosen: dict[tuple[str, str], tuple[_Statement, list[_Statement]]],
    ranks: Mapping[str, int],
    replaced: set[str],
) -> dict[tuple[str, str], str]:
    """Take out of `chosen` what a merger or split would have summed twice; notes for the rest."""
    service_of = {
        line.line.line_id: service.service_id for service in services for line in service.lines
    }
    notes: dict[tuple[str, str], str] = {}
    for event in events:
        if event.kind not in ("merged", "split", "redrawn") or event.decided_by == "undecided":
            continue
        sides = [
            list(dict.fromkeys(service_of[line.line.line_id] for line in side))
            for side in (event.earlier, event.later)
        ]
        years = [{year for (one, year) in chosen if one in side} for side in sides]
        for year in sorted(years[0] & years[1]):
            figures = [
                [chosen[one, year][0] for one in side if (one, year) in chosen] for side in sides
            ]
            newest = [max(ranks[s.line.line.document] for s in side) for side in figures]
            old, kept = (0, 1) if newest[1] >= newest[0] else (1, 0)
            told = ", ".join(statement.words for statement in figures[old])
            for one in sides[old]:
                if (one, year) in chosen:
                    replaced |= chosen.pop((one, year))[0].ids
            first = next(one for one in sides[kept] if (one, year) in chosen)
            notes[first, year] = f"stands for {told}, which {event.kind}"
    return notes


def with_currency(rows: Sequence[AmountRow], replaced: frozenset[str]) -> tuple[AmountRow, ...]:
    """The amounts, those that were replaced marked as no longer current."""
    return tuple(
        replace(row, is_current=False) if row.amount_id in replaced else row for row in rows
    )
