"""Printed budgets as meant: which year, phase and unit each figure has, and what it is worth.

Year, phase and unit are looked for in the column's heading, the row, the table's title, its
caption, the section and the document, in this order; each amount says where they were found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extractors.budget.rows import plain
from extractors.budget.turning import turn
from extractors.model import (
    Cell,
    Document,
    Passage,
    PrintedAmount,
    PrintedBudget,
    PrintedLine,
    PrintedTotal,
    Problem,
    Table,
)
from normalizers.amounts import parse_amount, parse_unit
from normalizers.model import Amount, BudgetLine, Phase
from normalizers.years import defined_years, year_of, years_in
from pipeline.restatements import (
    Restatements,
    find_restatements,
    parts_of_lines,
    repeats_a_line,
    sums_of_awards,
    title_alone,
)
from pipeline.sections import (
    abridges,
    numbered_headings,
    section_named,
    section_of_total,
    section_title,
    sections_above,
    sections_of_bare_totals,
)
from pipeline.setting import (
    Setting,
    all_texts,
    dash_is_zero,
    document_phase,
    document_year,
    find_phase,
    find_year,
    heading_year,
    setting_outside,
    table_unit,
)
from pipeline.told_years import (
    with_the_one_year,
    with_years_of_awards,
    with_years_of_passages,
)

_PER_YEAR = re.compile(r"\bper (?:annum|year)\b|\bp\.?a\.?\b|\beach year\b|\bannual(?:ly)?\b", re.I)


@dataclass(frozen=True, slots=True)
class Total:
    """One printed sub-total (`section` set) or grand total (`section` None) as meant.

    `rows` are the table rows of the lines it sums; `amounts` have one entry per figure.
    """

    document: str
    table: int
    row: int
    table_title: str | None
    section: str | None
    label: str
    amounts: tuple[Amount, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a document's budgets mean.

    `restated` are the lines of tables that repeat figures of another table, `restated_totals` their
    totals: they are checks, not spending; `repeats` says what they repeat. `award_totals` are
    printed in running text: their `row` is the order of their passage, their table 0.
    """

    document: str
    lines: tuple[BudgetLine, ...]
    totals: tuple[Total, ...]
    repeats: Restatements
    restated: tuple[BudgetLine, ...] = ()
    restated_totals: tuple[Total, ...] = ()
    award_totals: tuple[Total, ...] = ()
    problems: tuple[Problem, ...] = ()


def interpret(
    document: Document,
    budgets: Sequence[PrintedBudget],
    publisher: str,
    published_on: str | None = None,
    awards: Sequence[PrintedLine] = (),
    award_totals: Sequence[PrintedTotal] = (),
    title: str | None = None,
    layout_years: Mapping[int, Mapping[int, str]] | None = None,
) -> Meaning:
    """The budget lines and totals of a document as meant.

    `awards` are lines printed in running text, `award_totals` totals under them; `title` is the
    document's title where the register knows it; `layout_years` maps table and column to a year
    that a layout file states.
    """
    tables = {table.number: table for table in document.tables}
    defined = defined_years(all_texts(document))
    year, phase = document_year(document, title), document_phase(document, title)
    problems: list[Problem] = []
    lines: list[BudgetLine] = []
    totals: list[Total] = []
    key = document.sha256[:10]
    sections = sections_above(document, budgets, award_totals)
    for budget in sorted(budgets, key=lambda b: b.table):
        table = turn(tables[budget.table]) if budget.turned else tables[budget.table]
        setting = Setting(
            title=" ".join(filter(None, (table.title, table.subtitle))),
            caption=table.intro or "",
            section_above=" ".join(table.heading_path),
            document_year=year,
            document_phase=phase,
            unit_pence=table_unit(table, document),
            defined=defined,
            dash_is_zero=dash_is_zero(budget, table),
            layout_years=(layout_years or {}).get(budget.table, {}),
            heading_year=heading_year(budget, defined),
            marked=tuple(cell for cell in table.cells if cell.marks),
            dated_names=_names_years(budget, defined),
        )
        title_over = section_title(table)
        for line in budget.lines:
            meant = _line(line, table, setting, document, publisher, published_on, key, problems)
            over = sections.get(budget.table)
            if over and (meant.section is None or abridges(meant.section, over)):
                meant = replace(meant, section=over)
            elif meant.section and title_over and abridges(meant.section, title_over):
                meant = replace(meant, section=title_over)
            lines.append(meant)
        for total in budget.totals:
            over = sections.get(budget.table)
            meant_total = _total(total, table, setting, document, key, problems)
            section = section_of_total(total, over, title_over)
            totals.append(replace(meant_total, section=section))
        problems += _unaccounted(budget, document)
    told = [
        _award(award, document, publisher, published_on, key, defined, year, phase, problems)
        for award in awards
    ]
    told = with_years_of_passages(told, document)
    sums = sums_of_awards(told)
    summing = [a for a, x in zip(awards, told, strict=True) if x.line_id in sums]
    told = [x for x in told if x.line_id not in sums]
    award_totals = [*award_totals, *map(_as_total, summing)]
    above = {p.order: p.heading_path for p in document.passages}
    parts = parts_of_lines([(x, above.get(x.passage or 0, ())) for x in told], lines)
    lines += [x for x in told if x.line_id not in parts and not repeats_a_line(x, lines)]
    summed = [
        _total(
            total,
            Table(0, 0, 0, ()),
            setting_outside(document, " ".join(above.get(total.row, ())), defined, year, phase),
            document,
            key,
            problems,
        )
        for total in award_totals
    ]
    names = numbered_headings(document)
    lines, totals, summed = _by_name(lines, names), _by_name(totals, names), _by_name(summed, names)
    named = {line.section for line in lines if line.section}
    summed = [
        replace(total, section=total.section or section_named(total.label, named))
        for total in summed
    ]
    lines = _with_own_ids(lines)
    lines, totals = with_the_one_year(lines, totals)
    problems += _years_not_found(lines, totals, document)
    repeats = find_restatements(lines, totals)
    sections = _tables_summed_up(lines, repeats) | sections
    sections = {number: names.get(title, title) for number, title in sections.items()}
    lines = [replace(x, section=x.section or sections.get(x.table or 0)) for x in lines]
    totals = [_as_its_lines_say(total, lines, sections) for total in totals]
    totals = _by_name(_with_own_tables(totals, lines, tables, repeats.tables), names)
    kept = [line for line in lines if line.line_id not in repeats.lines]
    kept = [
        replace(line, order=order)
        for order, line in enumerate(_in_print_order(kept, document), start=1)
    ]
    # The total of a table that sums up sections is printed nowhere else.
    repeating = repeats.tables - repeats.summaries
    return Meaning(
        document=document.file,
        lines=tuple(kept),
        totals=tuple(t for t in totals if t.table not in repeating),
        restated=tuple(line for line in lines if line.line_id in repeats.lines),
        restated_totals=tuple(t for t in totals if t.table in repeating),
        repeats=repeats,
        award_totals=tuple(with_years_of_awards(lines, summed)),
        problems=tuple(problems),
    )


def _names_years(budget: PrintedBudget, defined: Mapping[int, int]) -> bool:
    """Whether at least half of a table's services name a year."""
    names = [line.get("service") or "" for line in budget.lines]
    return 2 * sum(bool(year_of(name, defined, calendar=False)) for name in names) >= len(names)


_Sectioned = TypeVar("_Sectioned", BudgetLine, Total)


def _by_name(rows: Sequence[_Sectioned], names: Mapping[str, str]) -> list[_Sectioned]:
    """Lines or totals whose sections are called by the names of headings without their numbers."""
    return [replace(row, section=names.get(row.section or "", row.section)) for row in rows]


def _tables_summed_up(lines: Sequence[BudgetLine], found: Restatements) -> dict[int, str]:
    """Titles of the tables that a summary prints the sums of, by the tables' numbers: told by the
    sums, or by its words where one of these is the publisher's slip."""
    summed = {line_id for link in found.links for line_id in link.summed}
    called = {plain(x.service_printed or "") for x in lines if x.table in found.summaries}
    return {
        line.table: title
        for line in lines
        if line.table
        and line.table not in found.tables
        and not line.section
        and (title := title_alone(line.table_title or ""))
        and (line.line_id in summed or plain(title) in called)
    }


def _as_its_lines_say(
    total: Total, lines: Sequence[BudgetLine], sections: Mapping[int, str]
) -> Total:
    """A total with the year that all its lines have, and the section of the table that it sums.

    `Awards for 2024` is of 2024; `Total awarded` that closes over the lines of one of several
    tables of a kind is that one's total, not the document's.
    """
    own = [line for line in lines if line.table == total.table and line.row in total.rows]
    amounts, closing = [], 0
    for amount in total.amounts:
        addends = [a for line in own for a in line.amounts if a.column == amount.column]
        closing += amount.pence == sum(a.pence or 0 for a in addends) and len(addends) > 1
        years = {a.financial_year for a in addends}
        if amount.year_source in {None, "document"} and len(years) == 1 and None not in years:
            amount = replace(amount, financial_year=years.pop(), year_source="label")
        amounts.append(amount)
    section = total.section
    whole = len(own) == sum(line.table == total.table for line in lines)
    if section is None and whole and closing == len(total.amounts):
        section = sections.get(total.table)
    return replace(total, amounts=tuple(amounts), section=section)


def _with_own_tables(
    totals: Sequence[Total],
    lines: Sequence[BudgetLine],
    tables: Mapping[int, Table],
    repeating: Container[int],
) -> list[Total]:
    """The totals that name nothing, with the headings of their tables, where these have no
    sections."""
    paying = {x.table for x in lines if x.table is not None and x.table not in repeating}
    titles = {number: section_title(table) for number, table in tables.items()}
    parted = {x.table for x in lines if x.section and x.section != titles.get(x.table or 0)}
    labels = [(t.table, t.label) for t in totals if t.section is None and t.table not in parted]
    headed = sections_of_bare_totals(labels, {number: tables[number] for number in paying})
    return [replace(t, section=t.section or headed.get(t.table)) for t in totals]


def _years_not_found(
    lines: Sequence[BudgetLine], totals: Sequence[Total], document: Document
) -> list[Problem]:
    """One problem for each table (or run of awards) whose figures no year could be found for."""
    lost: dict[int | None, list[Amount]] = {}
    printed = [(line.table, line.amounts) for line in lines]
    printed += [(total.table, total.amounts) for total in totals]
    for table, amounts in printed:
        for amount in amounts:
            if amount.financial_year is None:
                lost.setdefault(table, []).append(amount)
    return [
        Problem(
            "year-not-found",
            "warning",
            f"{document.file}, {f'table {table}' if table else 'running text'}: no financial year "
            f"could be found for {len(amounts)} amounts; say it in a layout file",
            amounts[0].printed,
            table=table,
        )
        for table, amounts in lost.items()
    ]


def _with_own_ids(lines: list[BudgetLine]) -> list[BudgetLine]:
    """Number the lines that share a row (cards side by side) and amounts that share a cell."""
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        seen[line.line_id] += 1
        suffix = f"-{seen[line.line_id]}" if seen[line.line_id] > 1 else ""
        used: Counter[str] = Counter()
        amounts = []
        for amount in line.amounts:
            used[amount.amount_id] += 1
            nth = f"-{used[amount.amount_id]}" if used[amount.amount_id] > 1 else ""
            if suffix or nth:
                amount = replace(amount, amount_id=amount.amount_id + suffix + nth)
            amounts.append(amount)
        found.append(replace(line, line_id=line.line_id + suffix, amounts=tuple(amounts)))
    return found


def _in_print_order(lines: list[BudgetLine], document: Document) -> list[BudgetLine]:
    """Table lines first by table and row, awards in prose after them, each in printed order."""
    return sorted(lines, key=lambda line: (line.table is None, line.table or 0))


# --- one line, one total --------------------------------------------------------------


def line_id_of(document: Document, line: PrintedLine, table: int | None = None) -> str:
    """The id of a budget line: the document's hash with table and row, or passage and position."""
    key = document.sha256[:10]
    if table is not None:
        return f"{key}-t{table}-r{line.row}"
    return f"{key}-p{line.passage}-{line.amounts[0].column if line.amounts else 0}"


def _line(
    line: PrintedLine,
    table: Table,
    setting: Setting,
    document: Document,
    publisher: str,
    published_on: str | None,
    key: str,
    problems: list[Problem],
) -> BudgetLine:
    line_id = line_id_of(document, line, table.number)
    amounts: list[Amount] = []
    for printed in line.amounts:
        amounts += _amounts(
            printed, f"{line_id}-c{printed.column}", line, table, setting, document, problems
        )
    return replace(
        _as_printed(line, line_id, document, publisher, published_on),
        table=table.number,
        table_title=table.title,
        amounts=tuple(_looked_up(amount, amounts, setting) for amount in amounts),
        note=_line_note(line, table, setting.marked),
    )


_AS_PRINTED_FOR = re.compile(r"(?:same )?as (?:for |in )?(?P<year>.+)", re.I)


def _looked_up(amount: Amount, amounts: Sequence[Amount], setting: Setting) -> Amount:
    """An amount that refers to another year of its line (`as Year 1`), as it is printed there."""
    match = _AS_PRINTED_FOR.fullmatch(amount.printed.strip())
    year = year_of(match["year"], setting.defined) if match and amount.pence is None else None
    there = [a for a in amounts if a.financial_year == year and a.pence is not None]
    if year is None or len(there) != 1 or amount.financial_year == year:
        return amount
    return replace(amount, pence=there[0].pence, flags=(f"as printed for {year}",))


def _as_printed(
    line: PrintedLine,
    line_id: str,
    document: Document,
    publisher: str,
    published_on: str | None,
) -> BudgetLine:
    """A line of a table or an award in running text with its printed words, no amounts yet."""
    return BudgetLine(
        line_id=line_id,
        document=document.file,
        publisher=publisher,
        published_on=published_on,
        order=0,
        table=None,
        table_title=None,
        section=line.section,
        service_printed=line.get("service"),
        provider_printed=line.get("provider"),
        provision=line.get("provision"),
        mechanism_printed=line.get("mechanism"),
        reach_printed=line.get("reach"),
        priorities=tuple(text for role, text in line.fields if role == "priority"),
        amounts=(),
        service_cell=line.service_cell,
        row=line.row,
        passage=line.passage,
        note=line.get("note"),
    )


def _notes(marks: Iterable[str], table: Table) -> str | None:
    texts = [note.text for mark in marks for note in table.notes if note.mark == mark]
    return " ".join(texts) or None


def _line_note(line: PrintedLine, table: Table, marked: Sequence[Cell]) -> str | None:
    amount_columns = {a.column for a in line.amounts}
    marks = [
        mark
        for cell in marked
        if cell.row == line.row and cell.column not in amount_columns
        for mark in cell.marks
    ]
    noted = [text for role, text in line.fields if role == "note"]
    footnote = _notes(marks, table)
    return " ".join([*noted, *([footnote] if footnote else [])]) or None


def _amounts(
    printed: PrintedAmount,
    amount_id: str,
    line: PrintedLine | None,
    table: Table,
    setting: Setting,
    document: Document,
    problems: list[Problem],
) -> list[Amount]:
    """The amount of one cell, as no, one or (a sum for each of several years) several amounts."""
    unit = parse_unit(printed.words) or setting.unit_pence
    read = parse_amount(printed.text, unit)
    place = printed.places[0] if printed.places else None
    where = f"{document.file}, table {table.number}, “{_label(line)}”"

    def problem(code: str, severity: str, words: str) -> None:
        problems.append(
            Problem(
                code,
                severity,  # type: ignore[arg-type]
                f"{where}: {words}",
                printed.raw or printed.text,
                **({"place": place} if place else {}),
                table=table.number,
            )
        )

    if read.kind == "absent" and "dash" in read.flags and setting.dash_is_zero:
        read = replace(read, kind="zero", pence=0, flags=("dash for zero",))
    if read.kind == "absent" and not re.search(r"[^\W\d_]{4}", printed.text):
        return []
    if read.kind == "not_money":
        problem("amount-not-read", "warning", "no amount could be read; look at the page")
        read = replace(read, flags=("no figure",))
    if read.kind == "unknown":
        problem("amount-unknown", "info", "the amount is not known yet")
    doubtful = [flag for flag in read.flags if flag in _DOUBTFUL]
    if doubtful:
        problem("number-read-with-liberty", "warning", f"read with {', '.join(doubtful)}")
    year, year_source = find_year(printed, line, setting)
    phase, phase_source = find_phase(printed, line, setting, year)
    amount = Amount(
        amount_id=amount_id,
        financial_year=year,
        phase=phase,
        pence=read.pence,
        printed=printed.raw or printed.text,
        column=printed.column,
        year_source=year_source,
        phase_source=phase_source,
        unit_pence=unit,
        note=_notes(printed.marks, table),
        flags=read.flags,
    )
    years = years_in(year) if year else ()
    if len(years) > 1 and ("per year" in read.flags or _PER_YEAR.search(printed.words)):
        return [
            replace(
                amount,
                amount_id=f"{amount_id}-{each}",
                financial_year=each,
                flags=(*read.flags, f"printed once for each year of {year}"),
            )
            for each in years
        ]
    return [amount]


_DOUBTFUL = {
    "stray space in number",
    "full stop for a comma",
    "stray full stop in number",
    "doubled mark in number",
    "odd grouping of digits",
    "several amounts in one cell",
    "fraction of a penny",
}


def _label(line: PrintedLine | None) -> str:
    if line is None:
        return "total"
    return line.get("service") or line.get("provider") or line.get("provision") or "line"


def _total(
    total: PrintedTotal,
    table: Table,
    setting: Setting,
    document: Document,
    key: str,
    problems: list[Problem],
) -> Total:
    amounts: list[Amount] = []
    for printed in total.amounts:
        amounts += _amounts(
            printed,
            f"{key}-t{table.number}-r{total.row}-c{printed.column}",
            None,
            table,
            setting,
            document,
            problems,
        )
    return Total(
        document=document.file,
        table=table.number,
        row=total.row,
        table_title=table.title,
        section=total.section,
        label=total.label,
        amounts=tuple(amounts),
        rows=total.rows,
    )


def _award(
    award: PrintedLine,
    document: Document,
    publisher: str,
    published_on: str | None,
    key: str,
    defined: Mapping[int, int],
    document_year: str | None,
    document_phase: Phase | None,
    problems: list[Problem],
) -> BudgetLine:
    """An award printed in running text; its passage's context is its amounts' heading."""
    line_id = line_id_of(document, award)
    passage = next((p for p in document.passages if p.order == award.passage), None)
    above = " ".join(passage.heading_path) if passage else ""
    intro = _intro(document, passage) if passage else ""
    setting = setting_outside(document, above, defined, document_year, document_phase, intro)
    table = Table(0, 0, 0, ())
    amounts: list[Amount] = []
    for printed in award.amounts:
        found = _amounts(
            printed, f"{line_id}-a{printed.column}", award, table, setting, document, problems
        )
        amounts += [replace(amount, column=None) for amount in found]
    return replace(
        _as_printed(award, line_id, document, publisher, published_on), amounts=tuple(amounts)
    )


def _as_total(award: PrintedLine) -> PrintedTotal:
    """What was read as an award and is the sum of those before it."""
    name = award.get("service") or award.get("provider") or ""
    return PrintedTotal(award.passage or 0, name, None, award.amounts, award.places)


def _intro(document: Document, passage: Passage) -> str:
    """The words just before the list that an award stands in, under the same heading."""
    for before in reversed(document.passages):
        if before.order >= passage.order or before.kind.startswith("page_"):
            continue
        if before.kind in {"inserted", "deleted"}:
            continue  # tracked changes of the words about them
        if before.heading_path != passage.heading_path:
            break
        if before.kind == passage.kind == "text_box":
            continue  # the other lines of boxes that stand beside each other
        if before.kind != passage.kind or "£" not in before.text:
            return before.text if before.kind == "paragraph" else ""
    return ""


def _unaccounted(budget: PrintedBudget, document: Document) -> list[Problem]:
    table = next(t for t in document.tables if t.number == budget.table)
    places = {(c.row, c.column): c.places for c in table.cells}
    return [
        Problem(
            "unaccounted-number",
            "warning",
            f"{document.file}, table {budget.table}: the number “{number.text}” is in no line "
            "and no total; look at the page, and say in a layout file what its column holds",
            number.text,
            **({"place": found[0]} if (found := places.get((number.row, number.column))) else {}),
            table=budget.table,
        )
        for number in budget.numbers
        if number.reason is None
    ]
