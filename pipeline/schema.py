"""The tables of the database: SQLite STRICT, typed by the row types of `pipeline.records`.

Tables are the project's own matter and have singular names; the views (`pipeline.views`) are
what readers rely on. A field of a row type is a column of its table; a `place` is six. From the
shapes `pipeline.tables` draws up the statements that stand in `tables.sql`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any, get_type_hints

from extractors.model import Place
from pipeline import records as rows

PLACE_COLUMNS: tuple[tuple[str, type], ...] = (
    ("page", int),
    ("x0", float),
    ("top", float),
    ("x1", float),
    ("bottom", float),
    ("paragraph", int),
)
# Where a table has a column of that name already, the place's own column is called so instead.
PLACE_CLASHES = {"paragraph": "word_paragraph"}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a row type becomes a table: its key, and the tables its columns refer to.

    A `numbered` table gets a column `<name>_id` of its own as primary key (full-text search
    needs a row number that VACUUM keeps); `key` is unique all the same.
    """

    name: str
    row: type
    key: tuple[str, ...]
    refers: tuple[tuple[tuple[str, ...], str], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    numbered: bool = False


DOCUMENT = (("document",), "document")
CELL = ("document", "table_number", "row", "column")
PRINTED_TABLE = (("document", "table_number"), "printed_table")

# Field of `Records` -> its table, in an order in which every reference is already stored.
SHAPES: dict[str, Shape] = {
    "documents": Shape("document", rows.DocumentRow, ("document",)),
    "pages": Shape("page", rows.PageRow, ("document", "page"), (DOCUMENT,)),
    "tables": Shape("printed_table", rows.TableRow, ("document", "table_number"), (DOCUMENT,)),
    "cells": Shape("cell", rows.CellRow, CELL, (PRINTED_TABLE,)),
    "cell_places": Shape("cell_place", rows.CellPlaceRow, (*CELL, "position"), ((CELL, "cell"),)),
    "columns": Shape(
        "budget_column",
        rows.ColumnRow,
        ("document", "table_number", "column"),
        (PRINTED_TABLE,),
    ),
    "numbers": Shape("number_seen", rows.NumberRow, (*CELL, "position"), (PRINTED_TABLE,)),
    "lines": Shape(
        "line", rows.LineRow, ("line_id",), (DOCUMENT, PRINTED_TABLE), (("document", "position"),)
    ),
    "amounts": Shape(
        "amount",
        rows.AmountRow,
        ("amount_id",),
        (DOCUMENT, (("line_id",), "line")),
        (("line_id", "position"), ("financial_year",)),
    ),
    "printed_totals": Shape(
        "total", rows.PrintedTotalRow, (*CELL, "passage"), (DOCUMENT, PRINTED_TABLE), numbered=True
    ),
    "checks": Shape("sum_check", rows.CheckRow, ("position",), (DOCUMENT,)),
    "issues": Shape("issue", rows.IssueRow, ("position",), (), (("code",),)),
    "passages": Shape(
        "passage",
        rows.PassageRow,
        ("document", "key"),
        (DOCUMENT,),
        (("document", "position"),),
        numbered=True,
    ),
    "narrative_amounts": Shape(
        "narrative_amount", rows.NarrativeAmountRow, ("document", "position"), (DOCUMENT,)
    ),
    "percentages": Shape("percentage", rows.PercentageRow, ("document", "position"), (DOCUMENT,)),
    "mentions": Shape(
        "mention", rows.MentionRow, ("document", "position"), (DOCUMENT,), (("kind", "value"),)
    ),
    "comments": Shape("comment", rows.CommentRow, ("document", "position"), (DOCUMENT,)),
    "terms": Shape("term", rows.TermRow, ("document", "position"), (DOCUMENT,)),
    "priorities": Shape("priority", rows.PriorityRow, ("document", "position"), (DOCUMENT,)),
    "line_priorities": Shape(
        "line_priority",
        rows.LinePriorityRow,
        ("line_id", "position"),
        (DOCUMENT, (("line_id",), "line")),
    ),
    "form_answers": Shape("form_answer", rows.FormAnswerRow, ("document", "position"), (DOCUMENT,)),
    "providers": Shape("provider", rows.ProviderRow, ("provider_id",)),
    "provider_names": Shape(
        "provider_name",
        rows.ProviderNameRow,
        ("document", "printed", "position"),
        (DOCUMENT, (("provider_id",), "provider")),
    ),
    "services": Shape("service", rows.ServiceRow, ("service_id",)),
    "service_links": Shape(
        "service_link",
        rows.ServiceLinkRow,
        ("line_id",),
        ((("line_id",), "line"), (("service_id",), "service")),
        (("service_id",),),
    ),
    "service_events": Shape("service_event", rows.ServiceEventRow, ("position",)),
    "service_pairs": Shape(
        "service_pair",
        rows.ServicePairRow,
        ("position",),
        ((("earlier_line",), "line"), (("later_line",), "line")),
    ),
    "pair_evidence": Shape(
        "pair_evidence", rows.PairEvidenceRow, ("earlier_line", "later_line", "position")
    ),
    "provider_questions": Shape("provider_question", rows.ProviderQuestionRow, ("position",)),
    "reach_places": Shape("reach_place", rows.ReachPlaceRow, ("publisher", "printed", "position")),
    "history": Shape(
        "history",
        rows.HistoryRow,
        ("service_id", "financial_year"),
        ((("service_id",), "service"), (("amount_id",), "amount")),
    ),
    "leads": Shape("lead", rows.LeadRow, ("position",)),
    "changes": Shape("change", rows.ChangeRow, ("position",)),
    "coverage": Shape("publisher_year", rows.CoverageRow, ("publisher", "financial_year")),
    "runs": Shape("run", rows.RunRow, ("run",)),
}


def row_columns(row: type) -> tuple[tuple[str, Any], ...]:
    """The columns that a row type fills, as (name, type hint), its place spread out."""
    hints = get_type_hints(row)
    names = [field.name for field in fields(row)]
    columns: list[tuple[str, Any]] = []
    for name in names:
        if hints[name] is Place:
            for place_column, kind in PLACE_COLUMNS:
                clash = place_column in names
                own = PLACE_CLASHES[place_column] if clash else place_column
                columns.append((own, kind | None))
        else:
            columns.append((name, hints[name]))
    return tuple(columns)


def row_values(row: Any) -> tuple[Any, ...]:
    """The values of one row in the order of `row_columns`."""
    values_of, place_at = _values_of(type(row))  # type: ignore[arg-type]
    values: tuple[Any, ...] = values_of(row)
    if place_at is None:
        return values
    place = values[place_at]
    box = place.box
    corners = (None,) * 4 if box is None else (box.x0, box.top, box.x1, box.bottom)
    rounded = (None if c is None else round(c, 2) for c in corners)
    where = (place.page, *rounded, place.paragraph)
    return (*values[:place_at], *where, *values[place_at + 1 :])


@cache
def _values_of(row: type) -> tuple[Callable[[Any], tuple[Any, ...]], int | None]:
    """What gives a row's fields in their order, and which of them is the place."""
    hints = get_type_hints(row)
    names = [field.name for field in fields(row)]
    places = [at for at, name in enumerate(names) if hints[name] is Place]
    return attrgetter(*names), places[0] if places else None
