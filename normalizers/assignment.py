"""The assignment problem: pairs of rows and columns, each taken once, with the highest sum.

Half a second of a run would go into importing a numerical library for it, and a pair of yearly
lists leaves little to search: most pairs outbid all that could be had instead of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import inf

Cell = tuple[int, int]
_EVEN = 1e-9  # what sums of scores may differ by and still be the same


def best_pairs(scores: Mapping[Cell, float]) -> list[Cell]:
    """The cells (row, column) of the one-to-one matching with the highest sum, sorted.

    Scores are above zero; a pair without a score is not to be had. Of several best matchings
    the same one comes back every time.
    """
    chosen, left = _sure(dict(scores))
    for part in _apart(left):
        chosen += _solved({cell: left[cell] for cell in part})
    return sorted(chosen)


def _sure(left: dict[Cell, float]) -> tuple[list[Cell], dict[Cell, float]]:
    """Pairs that every best matching holds, and the scores of what is left to them.

    A pair worth more than the next best of its row and of its column together is one: whoever
    leaves it out can gain by taking it and dropping both.
    """
    sure: list[Cell] = []
    while left:
        rows, columns = _by_line(left, 0), _by_line(left, 1)
        found = [
            (row, column)
            for (row, column), score in left.items()
            if score > _next_best(rows[row], score) + _next_best(columns[column], score) + _EVEN
        ]
        if not found:
            break
        sure += found
        taken, filled = {row for row, _ in found}, {column for _, column in found}
        left = {
            (row, column): score
            for (row, column), score in left.items()
            if row not in taken and column not in filled
        }
    return sure, left


def _by_line(scores: Mapping[Cell, float], axis: int) -> dict[int, list[float]]:
    """The two best scores of each row (axis 0) or column (axis 1), the best first."""
    found: dict[int, list[float]] = defaultdict(list)
    for cell, score in scores.items():
        found[cell[axis]].append(score)
    return {line: sorted(own, reverse=True)[:2] for line, own in found.items()}


def _next_best(two: Sequence[float], score: float) -> float:
    if len(two) == 1:
        return 0.0
    return two[1] if two[0] == score else two[0]


def _apart(cells: Iterable[Cell]) -> list[list[Cell]]:
    """The cells in groups that share no row and no column with another group."""
    by_row: dict[int, list[Cell]] = defaultdict(list)
    by_column: dict[int, list[Cell]] = defaultdict(list)
    waiting = sorted(cells)
    for cell in waiting:
        by_row[cell[0]].append(cell)
        by_column[cell[1]].append(cell)
    groups: list[list[Cell]] = []
    seen: set[Cell] = set()
    for cell in waiting:
        if cell in seen:
            continue
        group, near = [], [cell]
        seen.add(cell)
        while near:
            one = near.pop()
            group.append(one)
            for other in (*by_row.pop(one[0], ()), *by_column.pop(one[1], ())):
                if other not in seen:
                    seen.add(other)
                    near.append(other)
        groups.append(group)
    return groups


def _solved(scores: Mapping[Cell, float]) -> list[Cell]:
    rows = sorted({row for row, _ in scores})
    columns = sorted({column for _, column in scores})
    if len(rows) <= len(columns):
        costs = [[-scores.get((row, column), 0.0) for column in columns] for row in rows]
        pairs = zip(rows, (columns[at] for at in _cheapest(costs)), strict=True)
    else:
        costs = [[-scores.get((row, column), 0.0) for row in rows] for column in columns]
        pairs = zip((rows[at] for at in _cheapest(costs)), columns, strict=True)
    return [cell for cell in pairs if cell in scores]


def _cheapest(costs: Sequence[Sequence[float]]) -> list[int]:
    """For each row its column, so that the sum of costs is least; no more rows than columns.

    Shortest augmenting paths with prices that keep reduced costs above zero (Jonker and
    Volgenant 1987; Crouse 2016): each row in turn finds the cheapest way to a free column,
    moving the rows on the way to their next column.
    """
    height, width = len(costs), len(costs[0])
    row_prices, column_prices = [0.0] * height, [0.0] * width
    row_of, column_of = [-1] * width, [-1] * height
    for start in range(height):
        distance, via = [inf] * width, [-1] * width
        still_open = list(range(width - 1, -1, -1))
        rows, reached = [], []
        row, so_far, free = start, 0.0, -1
        while free < 0:
            rows.append(row)
            lowest, nearest = inf, -1
            for place, column in enumerate(still_open):
                step = so_far + costs[row][column] - row_prices[row] - column_prices[column]
                if step < distance[column]:
                    distance[column], via[column] = step, row
                way = distance[column]
                if way < lowest or (way == lowest and row_of[column] < 0):
                    lowest, nearest = way, place
            so_far, column = lowest, still_open[nearest]
            still_open[nearest] = still_open[-1]
            still_open.pop()
            reached.append(column)
            if row_of[column] < 0:
                free = column
            else:
                row = row_of[column]
        row_prices[start] += so_far
        for row in rows[1:]:
            row_prices[row] += so_far - distance[column_of[row]]
        for column in reached:
            column_prices[column] -= so_far - distance[column]
        column, row = free, -1
        while row != start:
            row = via[column]
            row_of[column] = row
            column_of[row], column = column, column_of[row]
    return column_of
