"""Which rows a printed total sums: the row sets that could be meant, and whether they close.

The reader of figures comes in as an argument (`Worth`), because this room interprets no value:
what it returns is used to compare and never kept.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

# A printed figure and its heading -> (worth in any one unit, worth of one step of its last digit),
# or None where it is no figure.
Worth = Callable[[str, str], tuple[int, int] | None]
Values = Mapping[int, tuple[int, int]]

_EXACT = {1, 100}  # pence and pounds


def slack(total_step: int, steps: Iterable[int]) -> int:
    """By how much a sum may miss its printed total through rounding alone.

    Whole pounds and pence are exact (a total in whole pounds may round away the pence). Figures
    printed in thousands or millions, or with one decimal, are rounded, each by up to half a step:
    two standard deviations of such a sum are allowed.
    """
    steps = tuple(steps)
    if {total_step, *steps} <= _EXACT:
        return total_step // 2 if any(step < total_step for step in steps) else 0
    variance = total_step**2 / 12 + sum(step**2 / 12 for step in steps if step not in _EXACT)
    return math.floor(2 * math.sqrt(variance))


@dataclass(frozen=True, slots=True)
class Fit:
    """How a set of rows fits a printed total: columns that close (of these, without rounding),
    columns that do not."""

    closed: int
    failed: int
    exact: int = 0

    @property
    def whole(self) -> bool:
        return self.closed > 0 and self.failed == 0


def fit(total: Values, lines: Sequence[Values], not_known: Container[int] = ()) -> Fit:
    """Compare a printed total with the sum of lines, column by column.

    A column in `not_known` has a line whose amount is not printed yet (`TBC`): it cannot fail.
    """
    closed = failed = exact = 0
    for column, (expected, step) in total.items():
        addends = [line[column] for line in lines if column in line]
        gap = abs(sum([value for value, _ in addends]) - expected)
        steps = [s for _, s in addends]
        # No slack is more than all steps together, and that is soon told.
        if gap == 0 or (gap <= step + sum(steps) and gap <= slack(step, steps)):
            closed += bool(addends)
            exact += bool(addends) and gap == 0
        elif column not in not_known:
            failed += 1
    return Fit(closed, failed, exact)
