"""Totals that stand apart from what they sum: repeated from another table, or sums of totals."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import combinations

from normalizers.model import Amount
from pipeline.meaning import Meaning, Total

_MOST_ROWS = 8  # rows of one table that a total of totals is looked for among


def carried_over(total: Total, meaning: Meaning, closed: Container[tuple[int, int]]) -> str | None:
    """What a total repeats or sums though its table has no such lines; None where nothing fits.

    It repeats a total of another table when every figure is the same, year by year, and that total
    is among the `closed` ones (table, row). It sums rows of its own table, totals among
    them, when those add up in every column. Two figures other than 0 at least must agree.
    """
    figures = _figures(total.amounts)
    if sum(value != 0 for _, value in figures) < 2:
        return None
    totals = (*meaning.totals, *meaning.restated_totals)
    for other in totals:
        known = (other.table, other.row) in closed and other.table != total.table
        if known and _figures(other.amounts) == figures:
            return f"it repeats “{other.label}” of table {other.table}, which closes"
    rows = [
        (line.row, line.service_printed or line.provider_printed or "", _by_column(line.amounts))
        for line in (*meaning.lines, *meaning.restated)
        if line.table == total.table and line.row is not None and line.row != total.row
    ]
    rows += [
        (other.row, other.label, _by_column(other.amounts))
        for other in totals
        if other.table == total.table and other.row != total.row
    ]
    return _sum_of_rows(_by_column(total.amounts), sorted(rows, key=lambda row: row[0]))


def _sum_of_rows(
    wanted: Mapping[int, int], rows: Sequence[tuple[int, str, Mapping[int, int]]]
) -> str | None:
    if len(rows) > _MOST_ROWS:
        return None
    for count in range(2, len(rows) + 1):
        for chosen in combinations(rows, count):
            if all(
                sum(values.get(column, 0) for _, _, values in chosen) == value
                for column, value in wanted.items()
            ):
                return "it is the sum of " + " and ".join(f"“{label}”" for _, label, _ in chosen)
    return None


def _figures(amounts: Sequence[Amount]) -> list[tuple[str | None, int]]:
    return [(a.financial_year, a.pence) for a in amounts if a.pence is not None]


def _by_column(amounts: Sequence[Amount]) -> dict[int, int]:
    return {a.column: a.pence or 0 for a in amounts if a.column is not None}
