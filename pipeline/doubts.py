"""What leaves a figure in doubt though its sum closes.

A sum that closes proves figures. It proves neither the year that a figure stands under nor the
name beside it: where a heading or a name could not be read, the figure is not called proven.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.budget.vocabulary import unjoined_roles
from extractors.grid.printed import LEFT_OPEN
from extractors.model import Document, PrintedBudget, Problem
from normalizers.model import Amount, BudgetLine
from pipeline.meaning import Meaning
from pipeline.sums import Judgement

# Readings that the chooser expects to have more than this share of cell neighbours wrong.
_LEAST_CERTAINTY = 0.6
# Where the year of a figure was read, when its own column or row does not say it.
_NAMING = {"service", "provider", "provision"}
_FROM_AFAR = {None, "title", "caption", "section", "document"}


def with_doubts(
    judgement: Judgement,
    meaning: Meaning,
    document: Document,
    budgets: Sequence[PrintedBudget] = (),
) -> Judgement:
    """The judgement with no amount proven that is in doubt, and a problem for each reason.

    The reasons are those of `find_doubts`; contradicted amounts stay contradicted.
    """
    doubts = find_doubts(meaning, document, budgets)
    statuses = dict(judgement.statuses)
    for amount_id, reason in doubts.items():
        if statuses[amount_id][0] == "proven":
            statuses[amount_id] = "unproven", f"a sum closes, but {reason}"
    problems = tuple(_problems(doubts, meaning, document))
    return replace(judgement, statuses=statuses, problems=judgement.problems + problems)


def find_doubts(
    meaning: Meaning, document: Document, budgets: Sequence[PrintedBudget] = ()
) -> dict[str, str]:
    """Why an amount may stand under a wrong year or name, by `amount_id`."""
    headings = {budget.table: _doubt_of_headings(budget) for budget in budgets}
    certainty = {table.number: table.certainty for table in document.tables}
    found: dict[str, str] = {}
    small = _begins_small(meaning.lines)
    for line in meaning.lines:
        amounts = [a for a in line.amounts if a.pence is not None]
        reason = (
            _doubt_of_line(line, small)
            or _doubt_of_table(line, certainty)
            or headings.get(line.table or 0)
        )
        alike = _not_told_apart(amounts) if line.table is not None else set()
        named = any(a.year_source == "heading" for a in amounts)
        for amount in amounts:
            why = reason or _doubt_of_year(amount)
            if why is None and "range" in amount.flags:
                why = "a range is printed, and its lower end is taken"
            if why is None and named and amount.year_source in _FROM_AFAR - {None}:
                why = "its heading names no year, though others of the line name theirs"
            if why is None and amount.amount_id in alike:
                why = "no heading tells it from the other figures of its year in the line"
            if why is not None:
                found[amount.amount_id] = why
    return found


def _doubt_of_line(line: BudgetLine, small: bool) -> str | None:
    names = [name for name in (line.service_printed, line.provider_printed) if name]
    if not names:
        return "no name could be read beside it"
    for name in names:
        if name.count("(") != name.count(")") or LEFT_OPEN.search(name):
            return f"the name “{name}” looks cut"
    if small and names[0][:1].islower():
        return f"the name “{names[0]}” looks cut"
    return None


def _doubt_of_headings(budget: PrintedBudget) -> str | None:
    for column in budget.columns:
        two = unjoined_roles(column.heading) if column.role in _NAMING else None
        if two is not None:
            return f"“{two[0]}” and “{two[1]}” stand in one heading: two columns may be read as one"
    return None


def _doubt_of_table(line: BudgetLine, certainty: Mapping[int, float | None]) -> str | None:
    sure = certainty.get(line.table) if line.table is not None else None
    if sure is not None and sure < _LEAST_CERTAINTY:
        return f"rows and columns of table {line.table} could hardly be told ({sure:.2f})"
    return None


def _doubt_of_year(amount: Amount) -> str | None:
    return "no financial year could be found for it" if amount.financial_year is None else None


def _not_told_apart(amounts: Sequence[Amount]) -> set[str]:
    """The amounts of a line that share year and phase, where that year was read from afar."""
    alike = Counter((a.financial_year, a.phase) for a in amounts)
    return {
        a.amount_id
        for a in amounts
        if alike[a.financial_year, a.phase] > 1 and a.year_source in _FROM_AFAR
    }


def _begins_small(lines: Sequence[BudgetLine]) -> bool:
    """Whether names of this document begin with a capital, so that a small letter tells."""
    names = [n for line in lines if (n := line.service_printed or line.provider_printed)]
    return 5 * sum(name[:1].islower() for name in names) < len(names)


def _problems(doubts: Mapping[str, str], meaning: Meaning, document: Document) -> Iterator[Problem]:
    """One problem for each table and reason, on the first of its figures."""
    groups: dict[tuple[int | None, str], list[Amount]] = {}
    for line in meaning.lines:
        for amount in line.amounts:
            if amount.amount_id in doubts and amount.financial_year is not None:
                groups.setdefault((line.table, doubts[amount.amount_id]), []).append(amount)
    for (table, reason), amounts in groups.items():
        where = f"table {table}" if table else "running text"
        yield Problem(
            "figure-doubtful",
            "warning",
            f"{document.file}, {where}: {amounts[0].printed}"
            + (f" and {len(amounts) - 1} more" if len(amounts) > 1 else "")
            + f": {reason}; look at the page, or say it in a layout file",
            amounts[0].printed,
            table=table,
        )
