"""Lines of a summary table against the lines and sub-totals that they restate, judged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from extractors.model import Place
from normalizers.amounts import format_pounds
from normalizers.model import Amount, BudgetLine
from pipeline.derived import Places
from pipeline.meaning import Meaning, Total
from pipeline.records import CheckRow, PrintedTotalRow
from pipeline.restatements import Link, amounts_like, half_step, sums_by_column
from pipeline.sums import Figure, SecondReading, compare, total_row


def check_restated(meaning: Meaning, second: SecondReading, places: Places) -> list[CheckRow]:
    """One check for each figure of a table that repeats figures of another."""
    links = {link.line_id: link for link in meaning.repeats.links}
    lines = {line.line_id: line for line in (*meaning.lines, *meaning.restated)}
    totals = (*meaning.totals, *meaning.restated_totals)
    by_row = {(total.table, total.row): total for total in totals}
    found = []
    for line in meaning.restated:
        link = links.get(line.line_id)
        if link is None or link.summed:
            continue
        for amount in line.amounts:
            if amount.pence is not None:
                check = _check(line, amount, link, lines, by_row, links, second, places)
                if check:
                    found.append(check)
    for pair in meaning.repeats.sums:
        found += _checks_of_sums(*pair, lines.values(), places)
    return found


def _checks_of_sums(
    table: int, other: int, lines: Collection[BudgetLine], places: Places
) -> Iterator[CheckRow]:
    """One check for each year and phase of a table that is left out as it sums another one up.

    The sums agree, or it would not be left out; the receipt is its first figure of the kind.
    """
    own, theirs = ([x for x in lines if x.table == number] for number in (table, other))
    sums = sums_by_column(theirs)
    for (year, phase), pence in sums_by_column(own).items():
        line, amount = next(
            (x, a) for x in own for a in x.amounts if (a.financial_year, a.phase) == (year, phase)
        )
        found = sums.get((year, phase), 0)
        yield CheckRow(
            document=line.document,
            position=0,
            kind="restated figure",
            scope=f"table {table}, all lines, {phase}" + (f", {year}" if year else ""),
            expected=pence / 100,
            found=found / 100,
            difference=(pence - found) / 100,
            verdict="agrees",
            explanation=f"{len(own)} lines come to {format_pounds(pence)}, as those of table "
            f"{other} do: they sum them up and are not counted again",
            table_number=table,
            place=_place(line, amount, places),
        )


def judged_summaries(
    meaning: Meaning, second: SecondReading, places: Places
) -> Iterator[tuple[Total, PrintedTotalRow, list[str]]]:
    """Each figure of a summary's line that sums up a section: as a total, its row, the ids summed.

    Section totals that are printed again elsewhere are checks only (see `check_restated`).
    """
    lines = {line.line_id: line for line in (*meaning.lines, *meaning.restated)}
    for link in meaning.repeats.links:
        if not link.summed:
            continue
        line, theirs = lines[link.line_id], [lines[line_id] for line_id in link.summed]
        name = line.service_printed or line.provider_printed or ""
        total = Total(
            document=line.document,
            table=line.table or 0,
            row=line.row or 0,
            table_title=line.table_title,
            section=theirs[0].section or name,
            label=name,
            amounts=line.amounts,
            rows=(),
        )
        for amount in line.amounts:
            if amount.pence is None:
                continue
            figure = Figure((total.table, total.row, amount.column or 0), amount)
            figures = [
                Figure((x.table or 0, x.row or 0, a.column or 0), a)
                for x, a in amounts_like(theirs, amount)
            ]
            result = compare(figure, figures, second)
            row = total_row(total, amount, result, places.at(*figure.key), second.get(figure.key))
            yield total, row, [f.amount.amount_id for f in figures]


def _check(
    line: BudgetLine,
    amount: Amount,
    link: Link,
    lines: Mapping[str, BudgetLine],
    totals: Mapping[tuple[int, int], Total],
    links: Mapping[str, Link],
    second: SecondReading,
    places: Places,
) -> CheckRow | None:
    name = line.service_printed or line.provider_printed or ""
    if link.source_total is not None:
        total = totals[link.source_total]
        source = _counterpart(total.amounts, amount, line.amounts)
        what = f"“{total.label}” of table {total.table}"
    else:
        origin = lines[link.source_lines[0]]
        source = _counterpart(origin.amounts, amount, line.amounts)
        what = f"“{origin.service_printed or origin.provider_printed}” of table {origin.table}"
    if source is None or source.pence is None or amount.pence is None:
        return None
    gap = amount.pence - source.pence
    explanation = f"{amount.printed} is printed; {what} is {source.printed}"
    computed = source.pence
    if gap == 0:
        verdict = "agrees"
    elif abs(gap) <= half_step(amount):
        verdict = "rounding"
        explanation = f"{amount.printed} rounds {source.printed}, {what}"
    else:
        parts = _told_apart(line, amount, link, lines, totals, links)
        computed = source.pence - sum(p.pence or 0 for _, p in parts)
        if parts and abs(computed - amount.pence) <= half_step(amount):
            verdict = "agrees" if computed == amount.pence else "rounding"
            named = ", ".join(f"“{n}” {p.printed}" for n, p in parts)
            explanation += f", less {named}, which this table prints on its own"
        else:
            computed = source.pence
            verdict, reason = _by_second(line, amount, second)
            explanation += f", {format_pounds(abs(gap))} apart; {reason}"
    return CheckRow(
        document=line.document,
        position=0,
        kind="restated figure",
        scope=f"table {line.table}, “{name}”"
        + (f", {amount.financial_year}" if amount.financial_year else ""),
        expected=amount.pence / 100,
        found=computed / 100,
        difference=(amount.pence - computed) / 100,
        verdict=verdict,
        explanation=explanation,
        table_number=line.table,
        place=_place(line, amount, places),
    )


def _counterpart(
    amounts: tuple[Amount, ...], like: Amount, row: tuple[Amount, ...]
) -> Amount | None:
    """The figure that `like` of a row repeats, or None where several of its year may be meant.

    Rows with as many figures for the year print their measures in the same order.
    """
    there = [a for a in amounts if like.financial_year in (None, a.financial_year)]
    here = [a for a in row if a.financial_year == like.financial_year]
    if any(a.phase == like.phase for a in there):
        there = [a for a in there if a.phase == like.phase]
        here = [a for a in here if a.phase == like.phase]
    return there[here.index(like)] if len(there) == len(here) else None


def _of_year(amounts: tuple[Amount, ...], like: Amount) -> Amount | None:
    return next(
        (
            a
            for a in amounts
            if like.financial_year is None or a.financial_year == like.financial_year
        ),
        None,
    )


def _told_apart(
    line: BudgetLine,
    amount: Amount,
    link: Link,
    lines: Mapping[str, BudgetLine],
    totals: Mapping[tuple[int, int], Total],
    links: Mapping[str, Link],
) -> list[tuple[str, Amount]]:
    """Lines of the same section that the summary prints in rows of their own."""
    if link.source_total is None:
        return []
    section = totals[link.source_total].section
    found = []
    for other_id, other in links.items():
        if (
            other_id == line.line_id
            or not other.source_lines
            or lines[other_id].table != line.table
        ):
            continue
        origin = lines[other.source_lines[0]]
        part = _of_year(origin.amounts, amount)
        if origin.section == section and part is not None:
            found.append((origin.service_printed or origin.provider_printed or "", part))
    return found


def _by_second(line: BudgetLine, amount: Amount, second: SecondReading) -> tuple[str, str]:
    text = second.get((line.table or 0, line.row or 0, amount.column or 0))
    if text is None:
        return "cannot_tell", "no second reading of the figure could be had"
    if "".join(text.split()) != "".join(amount.printed.split()):
        return "misread", f"a second reading has “{text}”"
    return "publisher", "both readings agree on the printed figure"


def _place(line: BudgetLine, amount: Amount, places: Places) -> Place:
    if line.table is None or line.row is None or amount.column is None:
        return Place()
    return places.at(line.table, line.row, amount.column)
