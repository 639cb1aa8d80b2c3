"""The rows that a run hands to the store: one type per table, one bundle for all.

Money is whole pence here; the views show pounds. `place` is the receipt: page and box of a
PDF, paragraph of a Word file. `None` is a thing the document does not print. Rows are stored
in the order given, so whoever makes them keeps the order of the documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractors.model import Place

Status = Literal["proven", "unproven", "contradicted"]
Verdict = Literal["agrees", "rounding", "misread", "publisher", "cannot_tell"]

NO_PLACE = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One document. `guessed` names the facts that come from the document, not the register."""

    document: str
    sha256: str
    format: str
    publisher: str | None = None
    title: str | None = None
    kind: str | None = None
    published_on: str | None = None
    financial_years: str | None = None  # "2018-19; 2019-20"
    replaces: str | None = None
    guessed: str | None = None
    pages: int | None = None
    is_read: bool = True
    is_whole: bool = True
    duplicate_of: str | None = None
    source_url: str | None = None
    licence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """One page of a PDF: its size in points and where its words come from."""

    document: str
    page: int
    width: float
    height: float
    source: str
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One printed table. Lists of words are joined with " › " or "; "."""

    document: str
    table_number: int
    title: str | None
    subtitle: str | None
    intro: str | None
    heading_path: str | None
    row_count: int
    column_count: int
    header_rows: int
    repeated_headers: int
    joined_rows: str | None
    reader: str
    reasons: str | None
    parent_table: int | None = None
    parent_row: int | None = None
    parent_column: int | None = None
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRow:
    """One cell of any table; rows and columns count from 0, the header's rows too."""

    document: str
    table_number: int
    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    raw: str
    marks: str | None = None
    is_header: bool = False
    confidence: float | None = None
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPlaceRow:
    """A further place of a cell that a page break cuts, or that has several paragraphs."""

    document: str
    table_number: int
    row: int
    column: int
    position: int  # 0 is the cell's own place
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRow:
    """One column of a budget table: the role it was given, and why."""

    document: str
    table_number: int
    column: int
    role: str
    heading: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRow:
    """A number in a table that is no amount: `reason` names why, None is unaccounted."""

    document: str
    table_number: int
    row: int
    column: int
    position: int
    text: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """One budget line. `theme`, `provider`, `mechanism` and `reach` are as meant."""

    line_id: str
    document: str
    position: int
    table_number: int | None
    row: int | None
    table_title: str | None
    section: str | None
    theme: str | None = None
    service_printed: str | None = None
    service_cell: str | None = None
    provider: str | None = None
    provider_printed: str | None = None
    provision: str | None = None
    mechanism: str | None = None
    mechanism_printed: str | None = None
    reach: str | None = None
    reach_printed: str | None = None
    priorities: str | None = None  # "SP3; SP2", primary first
    note: str | None = None
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountRow:
    """One printed amount of one line; `pence` None is an amount not known yet (`TBC`)."""

    amount_id: str
    line_id: str
    document: str
    position: int
    column: int | None
    financial_year: str | None
    phase: str
    pence: int | None
    printed: str
    unit_pence: int
    year_source: str | None = None
    phase_source: str | None = None
    note: str | None = None
    flags: str | None = None
    status: Status = "unproven"
    status_reason: str | None = None
    is_current: bool = True
    confidence: float | None = None
    second_reading: str | None = None
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTotalRow:
    """One printed sub-total (`section` set) or grand total, judged.

    A total printed in running text has no table, row and column, but the order of its `passage`.
    """

    document: str
    table_number: int | None
    row: int | None
    column: int | None
    table_title: str | None
    section: str | None
    label: str
    financial_year: str | None
    phase: str | None
    pence: int | None
    printed: str
    computed_pence: int | None
    verdict: Verdict
    explanation: str | None = None
    second_reading: str | None = None
    passage: int | None = None
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One check: what was expected, what was found, and the verdict in words.

    `expected` and `found` are pounds, or per cent where `kind` says so, in words as compared.
    """

    document: str | None
    position: int
    kind: str
    scope: str
    expected: float | None
    found: float | None
    difference: float | None
    verdict: str
    explanation: str
    table_number: int | None = None
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """One thing that a person should look at; `code` is listed in the README."""

    document: str | None
    position: int
    code: str
    severity: str
    message: str
    printed: str | None = None
    table_number: int | None = None
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow:
    """One paragraph, list item, footnote or cell of running text; `key` is unique in a document."""

    document: str
    key: str
    position: int
    heading: str | None
    number: str | None
    kind: str
    text: str
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeAmountRow:
    """One amount of money in running text. `pence_to` is the upper end of a range."""

    document: str
    position: int
    passage_key: str | None
    heading: str | None
    paragraph: str | None
    sentence: str
    printed: str
    pence: int | None
    pence_to: int | None = None
    qualifier: str | None = None
    qualifier_words: str | None = None
    kind: str | None = None
    subject: str | None = None
    financial_year: str | None = None
    verdict: str | None = None
    explanation: str | None = None
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentageRow:
    """One percentage in running text."""

    document: str
    position: int
    passage_key: str | None
    heading: str | None
    paragraph: str | None
    sentence: str
    printed: str
    value: float
    qualifier: str | None = None
    qualifier_words: str | None = None
    subject: str | None = None
    financial_year: str | None = None
    verdict: str | None = None
    explanation: str | None = None
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """Something that running text names: a provider, service, place, year, date, fund or code."""

    document: str
    position: int
    passage_key: str
    kind: str
    printed: str
    value: str
    heading: str | None
    number: str | None
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePriorityRow:
    """One strategic priority that a budget line carries, by its printed code."""

    line_id: str
    position: int  # 0 is the primary one
    document: str
    code: str
    theme: str | None
    priority: str | None  # None where the document does not list it


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """One consultation comment or answer with its response."""

    document: str
    position: int
    number: str | None
    theme: str | None
    question: str | None
    comment: str | None
    response: str | None
    response_joined: bool = False  # printed once for this row and the one above
    tally: str | None = None  # counted answers as JSON
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """One glossary term or acronym with its meaning."""

    document: str
    position: int
    term: str
    meaning: str
    source: str = "glossary"
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityRow:
    """One strategic priority with its printed code."""

    document: str
    position: int
    code: str | None
    theme: str | None
    priority: str
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAnswerRow:
    """One question of a form (implications, equality assessment) with its answer or tick."""

    document: str
    position: int
    form: str | None
    label: str
    answer: str | None
    checked: bool | None = None
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRow:
    """One organisation; `provider_id` is readable and minted once."""

    provider_id: str
    name: str
    kind: str | None = None
    official_code: str | None = None
    company_number: str | None = None
    charity_number: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderNameRow:
    """One organisation that one printed provider name of a document stands for."""

    document: str
    printed: str
    position: int  # within the printed name, from 0
    provider_id: str | None
    role: str  # provider, via, partner, placeholder
    decided_by: str
    reason: str
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """One service through the years; `service_id` is readable and minted once."""

    service_id: str
    name: str
    theme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLinkRow:
    """One printed line and the service it belongs to."""

    line_id: str
    service_id: str
    financial_years: str | None
    decided_by: str
    reason: str
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceEventRow:
    """One change in a service's life."""

    position: int
    document: str | None
    kind: str  # started, ended, renamed, merged, split, provider_changed
    from_services: str | None
    to_services: str | None
    financial_year: str | None
    evidence: str
    confidence: float | None
    decided_by: str
    publisher: str | None = None
    from_ids: str | None = None
    to_ids: str | None = None
    pence: int | None = None
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePairRow:
    """Two lines compared: linked by rule or person, or a question (`decided_by` undecided).

    The six `earlier_…` and `later_…` words are what a decision is keyed to; `bits` is the score,
    `margin` how far the next best pair lies behind, `pence` the money at stake.
    """

    position: int
    earlier_line: str
    later_line: str
    decided_by: str
    rule: str | None
    reason: str
    bits: float
    margin: float
    pence: int
    publisher: str
    earlier_service: str
    earlier_provider: str
    earlier_years: str
    later_service: str
    later_provider: str
    later_years: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairEvidenceRow:
    """One finding about two lines, and how far it moves the odds, in bits: a waterfall's step."""

    earlier_line: str
    later_line: str
    position: int
    evidence: str
    level: str
    words: str
    bits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderQuestionRow:
    """Two names that may be one organisation; `pence` is the money of the lines concerned."""

    position: int
    document: str | None
    publisher: str
    printed: str
    same_as: str
    reason: str
    pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachPlaceRow:
    """One official area that a printed reach stands for."""

    publisher: str
    printed: str
    position: int
    area_code: str | None
    area: str
    decided_by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One service in one year: its current figure, and what that replaced."""

    service_id: str
    service: str
    provider: str | None
    theme: str | None
    financial_year: str
    pence: int | None
    phase: str
    document: str | None
    restated: str | None = None
    amount_id: str | None = None
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadRow:
    """One question worth asking the publisher; ranked by pounds."""

    position: int
    document: str | None
    rule: str
    question: str
    pence: int | None
    receipts: str
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One difference from the database that this one replaced."""

    position: int
    document: str | None
    kind: str
    service: str | None
    financial_year: str | None
    before: str | None
    after: str | None
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One publisher's year: what the documents print and how much of it is proven."""

    publisher: str
    financial_year: str
    documents: int
    lines: int
    printed_total_pence: int | None
    proven_pence: int
    unproven_pence: int
    contradicted_pence: int
    document: str  # names joined with "; "


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One run; the only table that knows the clock."""

    run: int
    started: str
    finished: str
    version: str
    documents_read: int
    documents_unchanged: int
    documents_failed: int
    amounts: int
    stages: str  # JSON: seconds per stage
    inputs: str | None = None  # hash of all that the database follows from; None: try again


@dataclass(frozen=True, slots=True)
class Records:
    """Everything one database holds; each field fills the table of its row type."""

    documents: tuple[DocumentRow, ...] = ()
    pages: tuple[PageRow, ...] = ()
    tables: tuple[TableRow, ...] = ()
    cells: tuple[CellRow, ...] = ()
    cell_places: tuple[CellPlaceRow, ...] = ()
    columns: tuple[ColumnRow, ...] = ()
    numbers: tuple[NumberRow, ...] = ()
    lines: tuple[LineRow, ...] = ()
    amounts: tuple[AmountRow, ...] = ()
    printed_totals: tuple[PrintedTotalRow, ...] = ()
    checks: tuple[CheckRow, ...] = ()
    issues: tuple[IssueRow, ...] = ()
    passages: tuple[PassageRow, ...] = ()
    narrative_amounts: tuple[NarrativeAmountRow, ...] = ()
    percentages: tuple[PercentageRow, ...] = ()
    mentions: tuple[MentionRow, ...] = ()
    comments: tuple[CommentRow, ...] = ()
    terms: tuple[TermRow, ...] = ()
    priorities: tuple[PriorityRow, ...] = ()
    line_priorities: tuple[LinePriorityRow, ...] = ()
    form_answers: tuple[FormAnswerRow, ...] = ()
    providers: tuple[ProviderRow, ...] = ()
    provider_names: tuple[ProviderNameRow, ...] = ()
    services: tuple[ServiceRow, ...] = ()
    service_links: tuple[ServiceLinkRow, ...] = ()
    service_events: tuple[ServiceEventRow, ...] = ()
    service_pairs: tuple[ServicePairRow, ...] = ()
    pair_evidence: tuple[PairEvidenceRow, ...] = ()
    provider_questions: tuple[ProviderQuestionRow, ...] = ()
    reach_places: tuple[ReachPlaceRow, ...] = ()
    history: tuple[HistoryRow, ...] = ()
    leads: tuple[LeadRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    coverage: tuple[CoverageRow, ...] = ()
    runs: tuple[RunRow, ...] = ()
