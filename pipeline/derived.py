"""Figures that a table derives from others: differences, percentages, sums across a row, judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from extractors.budget.rows import rows_of
from extractors.budget.shapes import shape
from extractors.budget.turning import turn
from extractors.model import Document, Place, PrintedBudget, Table
from normalizers.amounts import format_pounds, parse_amount, parse_unit
from normalizers.years import year_of
from pipeline.meaning import Meaning
from pipeline.records import CheckRow
from pipeline.setting import table_unit

if TYPE_CHECKING:
    from pipeline.sums import SecondReading


class Places(Protocol):
    """Where a table's cells stand."""

    def at(self, table: int, row: int, column: int) -> Place: ...


@dataclass(frozen=True, slots=True)
class _Value:
    text: str
    value: float  # pence, or per cent
    step: float


Relation = Callable[
    [int, Mapping[int, Mapping[int, _Value]], Sequence[int]], tuple[float, str] | None
]


def check_derived(
    document: Document,
    budgets: Sequence[PrintedBudget],
    meaning: Meaning,
    second: SecondReading,
    places: Places,
) -> list[CheckRow]:
    """Checks of every difference, percentage, row sum, and yearly total printed in the tables."""
    tables = {table.number: table for table in document.tables}
    found: list[CheckRow] = []
    for budget in budgets:
        table = turn(tables[budget.table]) if budget.turned else tables[budget.table]
        values = _values(table, budget, document)
        amounts = [c.index for c in budget.columns if c.role == "amount"]
        if not amounts:
            continue
        for column in budget.columns:
            if column.role == "difference":
                relations = _differences(amounts)
            elif column.role == "percentage":
                relations = _percentages(
                    amounts, [c.index for c in budget.columns if c.role == "difference"]
                )
            elif column.role == "other" and column.evidence.startswith("the sum of"):
                relations = _row_sums(amounts, column.index)
            else:
                continue
            found += _judge_column(
                document, table, column.index, column.role, relations, values, second, places
            )
        if not budget.lines:
            found += _yearly_totals(document, table, budget, values, meaning, places)
    return found


def _values(
    table: Table, budget: PrintedBudget, document: Document
) -> dict[int, dict[int, _Value]]:
    roles = {c.index: c for c in budget.columns}
    unit = table_unit(table, document)
    found: dict[int, dict[int, _Value]] = {}
    for row in rows_of(table):
        if row.index < table.header_rows:
            continue
        for cell in row.filled:
            column = roles.get(cell.column)
            if column is None or cell.column_span > 1:
                continue
            if column.role == "percentage":
                number = cell.text.replace("%", "").strip().lstrip("+").replace("−", "-")
                try:
                    value = float(number.strip("()")) * (-1 if number.startswith("(") else 1)
                except ValueError:
                    continue
                decimals = len(number.partition(".")[2].rstrip(")"))
                found.setdefault(row.index, {})[cell.column] = _Value(
                    cell.text, value, 10.0**-decimals
                )
            elif shape(cell.text) == "figure":
                read = parse_amount(cell.text, parse_unit(column.heading) or unit)
                if read.pence is not None:
                    found.setdefault(row.index, {})[cell.column] = _Value(
                        cell.text, read.pence, read.precision_pence
                    )
    return found


def _differences(amounts: Sequence[int]) -> list[Relation]:
    relations: list[Relation] = []
    for column in amounts:
        relations.append(_against_row_before(column))
    for first in amounts:
        for later in amounts:
            if first != later:
                relations.append(_between(first, later))
    return relations


def _against_row_before(column: int) -> Relation:
    def relation(
        row: int, values: Mapping[int, Mapping[int, _Value]], order: Sequence[int]
    ) -> tuple[float, str] | None:
        before = order[order.index(row) - 1] if order.index(row) else None
        if before is None or column not in values[row] or column not in values[before]:
            return None
        now, then = values[row][column], values[before][column]
        return now.value - then.value, f"{now.text} − {then.text}"

    return relation


def _between(first: int, later: int) -> Relation:
    def relation(
        row: int, values: Mapping[int, Mapping[int, _Value]], order: Sequence[int]
    ) -> tuple[float, str] | None:
        cells = values[row]
        if first not in cells or later not in cells:
            return None
        return cells[later].value - cells[first].value, f"{cells[later].text} − {cells[first].text}"

    return relation


def _percentages(amounts: Sequence[int], differences: Sequence[int]) -> list[Relation]:
    """Change on the row before or between columns; share of a column or of the last row."""
    relations: list[Relation] = []
    for column in amounts:
        relations.append(_share(_against_row_before(column), column, "row before"))
        for later in amounts:
            if later != column:
                relations.append(_share(_between(column, later), column, "same row"))
                relations.append(_share(_itself(later), column, "same row"))
        for difference in differences:
            relations.append(_share(_itself(difference), column, "same row"))
        relations.append(_share(_itself(column), column, "last row"))
    return relations


def _itself(column: int) -> Relation:
    def relation(
        row: int, values: Mapping[int, Mapping[int, _Value]], order: Sequence[int]
    ) -> tuple[float, str] | None:
        value = values[row].get(column)
        return None if value is None else (value.value, value.text)

    return relation


def _share(part: Relation, column: int, base: str) -> Relation:
    """A part in per cent of a column's figure in the same row, the row before or the last row."""

    def relation(
        row: int, values: Mapping[int, Mapping[int, _Value]], order: Sequence[int]
    ) -> tuple[float, str] | None:
        found = part(row, values, order)
        at = order.index(row)
        if found is None or (base == "row before" and at == 0):
            return None
        where = {"same row": row, "row before": order[at - 1], "last row": order[-1]}[base]
        whole = values[where].get(column)
        if whole is None or not whole.value:
            return None
        shown = f"({found[1]})" if "−" in found[1] else found[1]
        return 100 * found[0] / whole.value, f"{shown} on {whole.text}"

    return relation


def _row_sums(amounts: Sequence[int], column: int) -> list[Relation]:
    """The sums a total column can be: of all amounts, or of those next to it on either side."""
    before = [c for c in amounts if c < column]
    after = [c for c in amounts if c > column]
    groups = [amounts, *(before[-n:] for n in range(2, len(before) + 1))]
    groups += [after[:n] for n in range(2, len(after) + 1)]
    return [_row_sum(group) for group in groups]


def _row_sum(amounts: Sequence[int]) -> Relation:
    def relation(
        row: int, values: Mapping[int, Mapping[int, _Value]], order: Sequence[int]
    ) -> tuple[float, str] | None:
        cells = [values[row][c] for c in amounts if c in values[row]]
        if not cells:
            return None
        return sum(cell.value for cell in cells), " + ".join(cell.text for cell in cells)

    return relation


def _judge_column(
    document: Document,
    table: Table,
    column: int,
    role: str,
    relations: Sequence[Relation],
    values: Mapping[int, Mapping[int, _Value]],
    second: SecondReading,
    places: Places,
) -> list[CheckRow]:
    """Find the relation that holds for most rows of a column, and judge every row by it."""
    order = sorted(values)
    rows = [row for row in order if column in values[row]]

    def holds(relation: Relation) -> int:
        count = 0
        for row in rows:
            derived = relation(row, values, order)
            count += derived is not None and abs(derived[0] - values[row][column].value) <= max(
                values[row][column].step, 1
            ) * (1 if role == "percentage" else 1.5)
        return count

    best = max(relations, key=holds, default=None)
    if best is None or holds(best) < max(1, len(rows) / 2):
        return []
    checks = []
    for row in rows:
        derived = best(row, values, order)
        if derived is None:
            continue
        checks.append(
            _derived_check(document, table, row, column, role, derived, values, second, places)
        )
    return checks


def _derived_check(
    document: Document,
    table: Table,
    row: int,
    column: int,
    role: str,
    derived: tuple[float, str],
    values: Mapping[int, Mapping[int, _Value]],
    second: SecondReading,
    places: Places,
) -> CheckRow:
    printed = values[row][column]
    computed, how = derived
    gap = abs(printed.value - computed)
    if role == "percentage":
        scale, shown = 1.0, f"{computed:.2f} %"
        verdict = "agrees" if gap <= printed.step / 2 + 1e-9 else ""
        is_cut = not verdict and gap < printed.step and abs(printed.value) < abs(computed)
        ending = f"; cut off, not rounded, it is {printed.text}" if is_cut else ""
    else:
        scale, shown = 100.0, format_pounds(round(computed))
        verdict = (
            "agrees" if gap == 0 else "rounding" if gap <= _derived_slack(printed.step) else ""
        )
        ending = ""
    explanation = f"{printed.text} is printed; {how} is {shown}{ending}"
    if not verdict:
        verdict, reason = _by_second(table.number, row, column, values, second)
        explanation += f"; {reason}"
    return CheckRow(
        document=document.file,
        position=0,
        kind={"percentage": "percentage", "difference": "difference"}.get(role, "sum across a row"),
        scope=f"table {table.number}, row {row + 1}",
        expected=round(printed.value / scale, 4),
        found=round(computed / scale, 4),
        difference=round((printed.value - computed) / scale, 4),
        verdict=verdict,
        explanation=explanation,
        table_number=table.number,
        place=places.at(table.number, row, column),
    )


def _derived_slack(step: float) -> float:
    return 1.5 * step if step > 100 else 0


def _by_second(
    table: int,
    row: int,
    column: int,
    values: Mapping[int, Mapping[int, _Value]],
    second: SecondReading,
) -> tuple[str, str]:
    for other, value in sorted(values[row].items()):
        text = second.get((table, row, other))
        if text is None:
            return "cannot_tell", f"no second reading of “{value.text}” could be had"
        if "".join(text.split()) != "".join(value.text.split()):
            return "misread", f"a second reading has “{text}” where the first has “{value.text}”"
    return "publisher", "both readings agree on every printed figure"


def _yearly_totals(
    document: Document,
    table: Table,
    budget: PrintedBudget,
    values: Mapping[int, Mapping[int, _Value]],
    meaning: Meaning,
    places: Places,
) -> list[CheckRow]:
    """A table of years and totals against the grand totals printed for these years elsewhere."""
    grand = {
        amount.financial_year: (total, amount)
        for total in meaning.totals
        if total.section is None
        for amount in total.amounts
    }
    found = []
    for row in rows_of(table):
        label = next((c for c in row.filled if shape(c.text) == "year"), None)
        year = year_of(label.text) if label else None
        if year is None or year not in grand or row.index not in values:
            continue
        total, amount = grand[year]
        for column in (c.index for c in budget.columns if c.role == "amount"):
            value = values[row.index].get(column)
            if value is None or amount.pence is None:
                continue
            gap = round(value.value) - amount.pence
            near = abs(gap) <= (value.step / 2 if value.step > 100 else 0)
            verdict = "agrees" if gap == 0 else "rounding" if near else "publisher"
            found.append(
                CheckRow(
                    document=document.file,
                    position=0,
                    kind="total restated",
                    scope=f"table {table.number}, {year}",
                    expected=value.value / 100,
                    found=amount.pence / 100,
                    difference=gap / 100,
                    verdict=verdict if verdict != "publisher" else "cannot_tell",
                    explanation=f"{value.text} is printed; “{total.label}” of table {total.table} "
                    f"is {amount.printed}",
                    table_number=table.number,
                    place=places.at(table.number, row.index, column),
                )
            )
    return found
