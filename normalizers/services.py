"""Budget lines made ready to be compared: names cut, providers and places known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from normalizers.model import BudgetLine
from normalizers.places import Reach, covered, read_reach
from normalizers.providers import ProviderBook, ProviderKey
from normalizers.publishers import Publisher
from normalizers.service_names import ServiceName, read_service_name
from normalizers.spelling import printed_key
from normalizers.vocabularies import read_mechanism, read_theme


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One budget line with all that its comparison needs.

    `years` are its financial years with pence (the firmest figure of each year); `listing` is the
    document and table that list it; `unusual` the sums that no other line of its listing has and
    that are not round, `alone` all that no other line has; `own_description` says that no other
    line of the listing is described in the same words. `table_years` are the years that its
    listing has columns for, `funded` those with a figure other than nought, in order.
    `named_by_provider` says that nothing but the provider names the line.
    """

    line: BudgetLine
    publisher: Publisher
    listing: tuple[str, int]
    years: tuple[tuple[str, int | None], ...]
    name: ServiceName
    provision: ServiceName | None
    providers: frozenset[ProviderKey]
    vias: frozenset[ProviderKey]
    unsure_provider: bool
    reach: Reach | None
    covers: frozenset[str]
    theme: str | None
    mechanism: str | None
    unusual: frozenset[int]
    alone: frozenset[int]
    own_description: bool
    table_years: tuple[str, ...]
    funded: dict[str, int]
    named_by_provider: bool

    @property
    def first_year(self) -> str:
        return self.years[0][0] if self.years else ""

    @property
    def last_year(self) -> str:
        return self.years[-1][0] if self.years else ""

    @property
    def label(self) -> str:
        """Years joined as a decision names them: `2018-19; 2019-20`."""
        return "; ".join(year for year, _ in self.years)


PHASES = ("requested", "proposed", "indicative", "budget", "committed", "revised", "outturn")


def firmest_amounts(line: BudgetLine) -> tuple[tuple[str, int | None], ...]:
    """The line's figure of each financial year, of its firmest phase; sums of several years too.

    Figures of one year and phase (quarters, two funders) are added up.
    """
    best: dict[str, tuple[int, int | None]] = {}
    for amount in line.amounts:
        if amount.financial_year is None:
            continue
        rank = PHASES.index(amount.phase) if amount.phase in PHASES else 0
        if amount.pence is None:
            rank = -1
        known = best.get(amount.financial_year)
        if known is None or rank > known[0]:
            best[amount.financial_year] = (rank, amount.pence)
        elif rank == known[0] and known[1] is not None and amount.pence is not None:
            best[amount.financial_year] = (rank, known[1] + amount.pence)
    return tuple((year, best[year][1]) for year in sorted(best))


def read_service_lines(
    lines: list[BudgetLine],
    book: ProviderBook,
    acronyms: Mapping[str, Mapping[str, str]],
    terms: Mapping[str, Mapping[str, str]],
    publisher_of: Mapping[str, Publisher],
) -> list[ServiceLine]:
    """The lines made ready; `acronyms` and `terms` are by publisher (short name)."""
    figures = {line.line_id: firmest_amounts(line) for line in lines}
    sums: dict[tuple[str, int], dict[int, set[str]]] = {}
    for line in lines:
        listing = (line.document, line.table or 0)
        for _, pence in figures[line.line_id]:
            if pence:
                sums.setdefault(listing, {}).setdefault(pence, set()).add(line.line_id)
    columns: dict[tuple[str, int], set[str]] = {}
    for line in lines:
        own_years = {year for year, _ in figures[line.line_id]}
        columns.setdefault((line.document, line.table or 0), set()).update(own_years)
    described = Counter(
        (line.document, line.table or 0, printed_key(line.provision)) for line in lines
    )
    made = []
    for line in lines:
        publisher = publisher_of[line.publisher]
        listing = (line.document, line.table or 0)
        short = acronyms.get(publisher.short, {})
        named = book.of(line.document, line.provider_printed)
        own = {p.key for p in named if p.key is not None and p.role == "provider"}
        vias = {p.key for p in named if p.key is not None and p.role in ("via", "partner")}
        reach = None
        if line.reach_printed:
            reach = read_reach(line.reach_printed, publisher, terms.get(publisher.short, {}))
        theme = read_theme(line.section) if line.section else None
        mechanism = read_mechanism(line.mechanism_printed) if line.mechanism_printed else None
        alone = frozenset(
            pence for _, pence in figures[line.line_id] if pence and len(sums[listing][pence]) == 1
        )
        name = read_service_name(service_words(line), publisher, short)
        made.append(
            ServiceLine(
                line,
                publisher,
                listing,
                figures[line.line_id],
                name,
                # A description that serves as the name is no second kind of evidence.
                read_service_name(line.provision, publisher, short)
                if line.provision and line.service_printed
                else None,
                frozenset(own),
                frozenset(vias),
                any(p.key is None for p in named) or not named,
                reach,
                covered(reach.codes) if reach is not None and reach.known else covered(name.places),
                theme.name if theme else None,
                mechanism.name if mechanism else None,
                frozenset(pence for pence in alone if not is_round(pence)),
                alone,
                described[(*listing, printed_key(line.provision))] == 1,
                tuple(sorted(columns[listing])),
                {year: pence for year, pence in figures[line.line_id] if pence},
                not line.service_printed and not line.provision,
            )
        )
    return made


def service_words(line: BudgetLine) -> str:
    """What a line calls its service; where it has no name, its provision or provider."""
    return line.service_printed or line.provision or line.provider_printed or ""


def is_round(pence: int) -> bool:
    """Whether a sum is one that people choose: £16,000, £22,500, £1,200, but not £48,200."""
    return pence % 50_000 == 0 or len(str(pence).rstrip("0")) <= 2


def pounds(pence: int) -> str:
    """A sum in words: `£48,200`, pence only where there are any."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}" + (f".{rest:02d}" if rest else "")
