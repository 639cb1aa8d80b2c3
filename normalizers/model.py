"""What the normalizers give back: budget lines as meant, beside the printed words they came from.

Money is whole pence. A financial year is `2017-18`; one sum for several years is `2022-25`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Phase = Literal["proposed", "indicative", "budget", "revised", "committed", "outturn", "requested"]


@dataclass(frozen=True, slots=True)
class Amount:
    """One printed amount of a budget line, read.

    `pence` is None where the print says that the amount is not known yet (`TBC`).
    `year_source` and `phase_source` say where year and phase were read: `heading`, `label`,
    `title`, `caption`, `section`, `document`, `layout` (None: not found). `unit_pence` is what a
    printed 1 is worth in pence (100; 100_000 for £000s). `flags` name every liberty taken
    with the print (`stray space in number`, `up to`, ...).
    """

    amount_id: str
    financial_year: str | None
    phase: Phase
    pence: int | None
    printed: str
    column: int | None = None
    year_source: str | None = None
    phase_source: str | None = None
    unit_pence: int = 100
    note: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One budget line of one document. `None` is a thing the document does not print.

    `line_id` and `amount_id` are made of the document's content hash, table number, row and
    column, so the same bytes always give the same ids. `order` counts lines through the document.
    `row` is the row of the table; `passage` the order of the passage of an award in prose.
    """

    line_id: str
    document: str
    publisher: str
    published_on: str | None
    order: int
    table: int | None
    table_title: str | None
    section: str | None
    service_printed: str | None
    provider_printed: str | None
    provision: str | None
    mechanism_printed: str | None
    reach_printed: str | None
    priorities: tuple[str, ...]
    amounts: tuple[Amount, ...]
    service_cell: str | None = None
    note: str | None = None
    row: int | None = None
    passage: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One piece of running text handed to the narrative reading.

    `key` identifies it within its document (`p12`, `t3r4c1`); `heading` is its heading path,
    joined with " › "; `number` its printed number; `kind` what it is (paragraph, list_item,
    footnote, comment, response, cell, ...).
    """

    key: str
    kind: str
    heading: str
    number: str | None
    text: str
