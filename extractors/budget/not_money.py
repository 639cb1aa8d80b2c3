"""Columns of figures that are no amounts: page numbers, measures, counts."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.budget.profiles import Profile
from extractors.budget.rows import Row
from extractors.budget.vocabulary import roles_of, row_words
from extractors.grid.printed import is_leader
from extractors.model import CARDS, Column, Table

LOOKS_LIKE_MONEY = "its cells look like money"  # all that says that a column holds amounts
UNCALLED = "figures that no word calls money"
_PAGE = re.compile(r"\d{1,3}")


def without_page_numbers(columns: list[Column], body: tuple[Row, ...]) -> list[Column]:
    """The columns of a list of contents, none of amounts: dots lead to bare numbers that rise."""
    amounts = [c for c in columns if c.role == "amount"]
    if len(amounts) != 1:
        return columns
    at = amounts[0].index
    texts = [(row.own_at(0), cell.text.strip()) for row in body if (cell := row.own_at(at))]
    filled = [(label.text if label else "", text) for label, text in texts if text]
    led = sum(is_leader(label) for label, _ in filled)
    if 2 * led <= len(filled) or not all(_PAGE.fullmatch(text) for _, text in filled):
        return columns
    pages = [int(text) for _, text in filled]
    if pages != sorted(pages):
        return columns
    listed = replace(amounts[0], role="reference", evidence="page numbers of a list of contents")
    return [listed if c is amounts[0] else c for c in columns]


def need_sign_of_money(
    columns: list[Column],
    profiles: list[Profile],
    table: Table,
    context: str,
    about_money: bool,
) -> list[Column]:
    """Figures are amounts only where something says money: a £, a heading, the table's title.

    A table of services or providers in a document about money is one, too.
    """
    signs = row_words("money")
    said = bool(signs.search(context)) or any(
        column.role == "amount" and (signs.search(column.heading) or "£" in column.heading)
        for column in columns
    )
    pounds = any(
        "£" in cell.text
        for cell in table.cells
        if columns[min(cell.column, len(columns) - 1)].role == "amount"
    ) or any(part and "£" in part for part in (table.subtitle, table.intro, columns[0].heading))
    named = any(
        column.role in {"service", "provider"} and column.evidence.startswith("heading")
        for column in columns
    )
    said = said or (about_money and named)
    counted = bool(row_words("count").search(context)) and not pounds
    marked = any(
        profile.money
        for column, profile in zip(columns, profiles, strict=True)
        if column.role == "amount"
    )
    if not pounds and not about_money and any(c.evidence == UNCALLED for c in columns):
        # A comma alone tells nothing beside figures that no word calls money.
        marked = any(
            profile.pence or column.evidence != LOOKS_LIKE_MONEY
            for column, profile in zip(columns, profiles, strict=True)
            if column.role == "amount"
        )
    plain_heading = not any(column.heading for column in columns)
    first = next((c.heading for c in columns if c.role != "amount"), "")
    if row_words("measured").search(first) and not pounds:
        said = any(c.role == "amount" and signs.search(c.heading) for c in columns)
        marked = False
    if (said and not counted) or pounds or (marked and (plain_heading or not counted)):
        return columns
    return [
        replace(column, role="other", evidence="nothing says that these figures are money")
        if column.role == "amount"
        else column
        for column in columns
    ]


def without_counts(columns: list[Column], profiles: list[Profile], table: Table) -> list[Column]:
    """Figures under a heading that speaks of counts (`People reached`) are no money where none of
    them has the pound sign, or the pence, that another column prints in nearly every cell; nor are
    those under a label of cards that says nothing of money (`Attendances`) where it is the sign.
    Over a column of a table it may name who pays part of it."""

    amounts = [p for c, p in zip(columns, profiles, strict=True) if c.role == "amount"]
    signed = any(p.pounds >= 0.8 * p.figures > 0 for p in amounts)
    exact = any(p.pence >= 0.8 * p.figures > 0 for p in amounts)

    def counts(heading: str) -> bool:
        roles = {role for _, role, _ in roles_of(heading, "number")}
        unsaid = bool(heading) and "amount" not in roles
        return "reference" in roles or (table.reader == CARDS and signed and unsaid)

    return [
        replace(column, role="other", evidence="prints no sums as another column does")
        if column.role == "amount"
        and column.evidence == LOOKS_LIKE_MONEY
        and counts(column.heading)
        and not profile.pounds
        and not profile.pence
        and (signed or exact)
        else column
        for column, profile in zip(columns, profiles, strict=True)
    ]
