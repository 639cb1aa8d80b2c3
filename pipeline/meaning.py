"""Printed budgets as meant: which year, phase and unit each figure has, and what it is worth.

Year, phase and unit are looked for in the column's heading, the row, the table's title, its
caption, the section and the document, in this order; each amount says where they were found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.budget.closing import Worth
from extractors.budget.entries import total_words
from extractors.budget.shapes import shape
from extractors.budget.turning import turn
from extractors.budget.vocabulary import row_words
from extractors.model import (
    Cell,
    Document,
    PrintedAmount,
    PrintedBudget,
    PrintedLine,
    PrintedTotal,
    Problem,
    Table,
)
from normalizers.amounts import POUND, parse_amount, parse_unit
from normalizers.model import Amount, BudgetLine, Phase
from normalizers.years import (
    defined_years,
    financial_year,
    parse_years,
    phase_for_year,
    phase_of,
    year_of,
    years_in,
)

_UNIT_STATEMENT = re.compile(
    r"\b(?:figures?|amounts?|sums?|values?|tables?|budgets?|all)\b[^.]{0,60}\b(?:in|are|as|to)\b[^.]{0,40}"
    r"(?:£\s?[,.'’]?0{3}|thousands?|£\s?k\b|£\s?m\b|millions?)",
    re.I,
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
    totals: they are checks, not spending. `award_totals` are printed in running text: their `row`
    is the order of their passage, their table 0.
    """

    document: str
    lines: tuple[BudgetLine, ...]
    totals: tuple[Total, ...]
    restated: tuple[BudgetLine, ...] = ()
    restated_totals: tuple[Total, ...] = ()
    award_totals: tuple[Total, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Setting:
    """What surrounds a table's figures, in the order in which years and phases are looked for."""

    title: str
    caption: str
    section_above: str
    document_year: str | None
    document_phase: Phase | None
    unit_pence: int
    defined: Mapping[int, int]
    dash_is_zero: bool
    layout_years: Mapping[int, str]
    heading_year: str | None = None
    marked: tuple[Cell, ...] = ()  # the cells that call a footnote


def is_about_money(document: Document) -> bool:
    """Whether a document says at large that it is about money: in its title or by a unit."""
    opening = " ".join(_opening(document, None))
    return bool(row_words("money").search(opening)) or document_unit(document) != POUND


def document_unit(document: Document) -> int:
    """The unit that a document states once for all its tables; pounds where it states none."""
    for passage in document.passages:
        match = _UNIT_STATEMENT.search(passage.text)
        if match:
            unit = parse_unit(match[0])
            if unit is not None and unit != POUND:
                return unit
    return POUND


def table_unit(table: Table, document: Document) -> int:
    """The unit of a table's bare figures where no heading states one."""
    for text in (
        table.subtitle,
        table.title,
        _full_width_words(table),
        _last_sentence(table.intro),
    ):
        if text:
            unit = parse_unit(text)
            if unit is not None:
                return unit
    return document_unit(document)


def _full_width_words(table: Table) -> str:
    """Words of the leading rows and of rows that run over most columns: units are printed there."""
    return " ".join(
        cell.text
        for cell in table.cells
        if cell.row < max(2, table.header_rows)
        and cell.column_span >= max(2, table.column_count - 1)
    )


def _last_sentence(text: str | None) -> str:
    return re.split(r"(?<=[.!?])\s+", text.strip())[-1] if text else ""


def worth_of(table: Table, document: Document) -> Worth:
    """The reader of figures that `extractors.budget.read_budget` does its arithmetic with."""
    unit = table_unit(table, document)

    def worth(text: str, heading: str) -> tuple[int, int] | None:
        read = parse_amount(text, parse_unit(heading) or unit)
        return None if read.pence is None else (read.pence, read.precision_pence)

    return worth


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
    from pipeline.restatements import find_restatements, repeats_a_line

    tables = {table.number: table for table in document.tables}
    defined = defined_years(_texts(document))
    year, phase = _document_year(document, title), _document_phase(document, title)
    problems: list[Problem] = []
    lines: list[BudgetLine] = []
    totals: list[Total] = []
    key = document.sha256[:10]
    sections = _sections_above(document, budgets)
    for budget in sorted(budgets, key=lambda b: b.table):
        table = turn(tables[budget.table]) if budget.turned else tables[budget.table]
        setting = _Setting(
            title=" ".join(filter(None, (table.title, table.subtitle))),
            caption=table.intro or "",
            section_above=" ".join(table.heading_path),
            document_year=year,
            document_phase=phase,
            unit_pence=table_unit(table, document),
            defined=defined,
            dash_is_zero=_dash_is_zero(budget, table),
            layout_years=(layout_years or {}).get(budget.table, {}),
            heading_year=_heading_year(budget, defined),
            marked=tuple(cell for cell in table.cells if cell.marks),
        )
        for line in budget.lines:
            meant = _line(line, table, setting, document, publisher, published_on, key, problems)
            if meant.section is None and budget.table in sections:
                meant = replace(meant, section=sections[budget.table])
            lines.append(meant)
        for total in budget.totals:
            totals.append(_total(total, table, setting, document, key, sections, problems))
        problems += _unaccounted(budget, document)
    for award in awards:
        meant = _award(
            award, document, publisher, published_on, key, defined, year, phase, problems
        )
        if not repeats_a_line(meant, lines):
            lines.append(meant)
    outside = _setting_outside(document, "", defined, year, phase)
    summed = [
        _total(total, Table(0, 0, 0, ()), outside, document, key, {}, problems)
        for total in award_totals
    ]
    lines = _with_own_ids(lines)
    lines, totals = _with_the_one_year(lines, totals)
    problems += _years_not_found(lines, totals, document)
    restated_tables = find_restatements(lines, totals)
    kept = [line for line in lines if line.line_id not in restated_tables.lines]
    kept = [
        replace(line, order=order)
        for order, line in enumerate(_in_print_order(kept, document), start=1)
    ]
    return Meaning(
        document=document.file,
        lines=tuple(kept),
        totals=tuple(t for t in totals if t.table not in restated_tables.tables),
        restated=tuple(line for line in lines if line.line_id in restated_tables.lines),
        restated_totals=tuple(t for t in totals if t.table in restated_tables.tables),
        award_totals=tuple(_with_the_one_year(lines, summed)[1]),
        problems=tuple(problems),
    )


def _with_the_one_year(
    lines: list[BudgetLine], totals: list[Total]
) -> tuple[list[BudgetLine], list[Total]]:
    """Amounts without a year take the one year of all the others, where there is but one."""
    years = {a.financial_year for line in lines for a in line.amounts} - {None}
    if len(years) != 1:
        return lines, totals
    year = years.pop()

    def dated(amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
        return tuple(
            a if a.financial_year else replace(a, financial_year=year, year_source="document")
            for a in amounts
        )

    return (
        [replace(line, amounts=dated(line.amounts)) for line in lines],
        [replace(total, amounts=dated(total.amounts)) for total in totals],
    )


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
            amounts.append(replace(amount, amount_id=amount.amount_id + suffix + nth))
        found.append(replace(line, line_id=line.line_id + suffix, amounts=tuple(amounts)))
    return found


def _in_print_order(lines: list[BudgetLine], document: Document) -> list[BudgetLine]:
    """Table lines first by table and row, awards in prose after them, each in printed order."""
    return sorted(lines, key=lambda line: (line.table is None, line.table or 0))


def _texts(document: Document) -> Iterable[str]:
    yield from (passage.text for passage in document.passages)
    for table in document.tables:
        yield from (cell.text for cell in table.cells)
        yield from (text for text in (table.title, table.subtitle, table.intro) if text)
        yield from (note.text for note in table.notes)


def _opening(document: Document, title: str | None) -> list[str]:
    """The texts that speak for the whole document: its title, first headings, file name."""
    first = [title] if title else []
    first += [p.text for p in document.passages if p.kind == "title"][:3]
    first += [p.text for p in document.passages if p.kind == "heading"][:3]
    first += [value for name, value in document.properties if name.lower() == "title"]
    first += [p.text for p in document.passages if p.kind in {"page_header", "page_footer"}][:2]
    first.append(re.sub(r"\.\w+$", "", document.file.rsplit("/", 1)[-1]).replace("_", " "))
    return [text for text in first if text]


def _document_year(document: Document, title: str | None) -> str | None:
    for text in _opening(document, title):
        year = year_of(text, calendar=False)
        if year:
            return year
    # The one year that the running text speaks of, where it speaks of one only.
    named = {
        m.year
        for p in document.passages
        for m in parse_years(p.text)
        if not m.calendar and m.count == 1
    }
    return named.pop() if len(named) == 1 else None


def _document_phase(document: Document, title: str | None) -> Phase | None:
    return next(
        (phase for text in _opening(document, title)[:2] if (phase := phase_of(text))), None
    )


def _dash_is_zero(budget: PrintedBudget, table: Table) -> bool:
    """What a dash means in this table's amounts: zero, unless zeros are printed or dashes fill
    cells of words too (then it is a filler and means nothing)."""
    amounts = [a.text for line in budget.lines for a in line.amounts]
    amount_columns = {c.index for c in budget.columns if c.role == "amount"}
    if any(parse_amount(text).kind == "zero" for text in amounts):
        return False
    return not any(
        shape(cell.text) == "dash" for cell in table.cells if cell.column not in amount_columns
    )


def _heading_year(budget: PrintedBudget, defined: Mapping[int, int]) -> str | None:
    """The one year that a table's headings of figures name, for those that name none themselves."""
    numbers = {"amount", "difference", "percentage", "other"}
    headings = [c.heading for c in budget.columns if c.role in numbers]
    years = {year for heading in headings if (year := year_of(heading, defined, calendar=False))}
    return years.pop() if len(years) == 1 else None


def _sections_above(document: Document, budgets: Sequence[PrintedBudget]) -> dict[int, str]:
    """Section names for tables of one kind that each stand under a heading of their own."""
    tables = {table.number: table for table in document.tables}
    alike: dict[tuple[str, ...], list[int]] = {}
    for budget in budgets:
        if not budget.lines or any(line.section for line in budget.lines):
            continue
        shape_of = tuple(
            re.sub(r"\W+", " ", c.heading.casefold()).strip() or c.role for c in budget.columns
        )
        alike.setdefault(shape_of, []).append(budget.table)
    found: dict[int, str] = {}
    for numbers in alike.values():
        if len(numbers) < 2:
            continue
        titles = {
            n: _banner_at_the_end(tables.get(n - 1)) or _section_title(tables[n]) for n in numbers
        }
        known = [title for title in titles.values() if title]
        if len(known) == len(numbers) == len(set(known)):
            found |= {n: title for n, title in titles.items() if title}
    return found


def _banner_at_the_end(table: Table | None) -> str | None:
    """A heading that the table before ends with: it stands over the next one."""
    if table is None:
        return None
    last = [c for c in table.cells if c.row == table.row_count - 1 and c.text.strip()]
    if len(last) != 1 or not (last[0].bold or last[0].column_span > 1) or len(last[0].text) > 80:
        return None
    return last[0].text if shape(last[0].text) == "text" else None


def _section_title(table: Table) -> str | None:
    """The heading over a table as a section's name: its number and `Table 3:` are no part of it."""
    text = table.title or (table.heading_path[-1] if table.heading_path else "")
    text = re.sub(r"^\s*(?:table|appendix|annex)\s+\w{1,3}\b[\s.:–-]*", "", text, flags=re.I)
    text = re.sub(r"^\s*\d+(?:\.\d+)*[.)]?\s+", "", text).strip()
    return text or None


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
    setting: _Setting,
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
    return BudgetLine(
        line_id=line_id,
        document=document.file,
        publisher=publisher,
        published_on=published_on,
        order=0,
        table=table.number,
        table_title=table.title,
        section=line.section,
        service_printed=line.get("service"),
        provider_printed=line.get("provider"),
        provision=line.get("provision"),
        mechanism_printed=line.get("mechanism"),
        reach_printed=line.get("reach"),
        priorities=tuple(text for role, text in line.fields if role == "priority"),
        amounts=tuple(amounts),
        service_cell=line.service_cell,
        row=line.row,
        note=_line_note(line, table, setting.marked),
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
    setting: _Setting,
    document: Document,
    problems: list[Problem],
) -> list[Amount]:
    """The amount of one cell, as no, one or (a sum for each of several years) several amounts."""
    unit = parse_unit(printed.heading) or setting.unit_pence
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
    year, year_source = _year(printed, line, setting)
    phase, phase_source = _phase(printed, line, setting, year)
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
    if len(years) > 1 and ("per year" in read.flags or _PER_YEAR.search(printed.heading)):
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
    "odd grouping of digits",
    "several amounts in one cell",
    "fraction of a penny",
}


def _label(line: PrintedLine | None) -> str:
    if line is None:
        return "total"
    return line.get("service") or line.get("provider") or line.get("provision") or "line"


def _year(
    printed: PrintedAmount, line: PrintedLine | None, setting: _Setting
) -> tuple[str | None, str | None]:
    if printed.column in setting.layout_years:
        return setting.layout_years[printed.column], "layout"
    year = year_of(printed.heading, setting.defined)
    if year:
        return year, "heading"
    if line is not None:
        if _WHOLE_TERM.search(printed.heading) and (term := _term(line)):
            return term, "label"
        for role, text in line.fields:
            if role == "reference" and shape(text) == "year" and (year := year_of(text)):
                return year, "label"
        for role, text in line.fields:
            told = role == "reference" and shape(text) in {"text", "date"}
            if told and (year := year_of(text, setting.defined, calendar=False)):
                return year, "label"
        for role, text in line.fields:
            if role == "service" and (year := year_of(text, setting.defined, calendar=False)):
                return year, "label"
    if setting.heading_year:
        return setting.heading_year, "heading"
    for source, text in (("title", setting.title), ("caption", setting.caption)):
        if year := year_of(text, setting.defined, calendar=False):
            return year, source
    if line is not None and line.section and (year := year_of(line.section, setting.defined)):
        return year, "section"
    if year := year_of(setting.section_above, calendar=False):
        return year, "section"
    if line is not None:
        dated = {
            year for role, text in line.fields if role == "reference" and (year := _dated(text))
        }
        if len(dated) == 1:
            return dated.pop(), "label"
    if setting.document_year:
        return setting.document_year, "document"
    return None, None


# A sum for the whole term of a contract, not for a year of it.
_WHOLE_TERM = re.compile(
    r"\b(?:total|whole|full|lifetime|overall)\b.*\b(?:contract|term|life|value)\b", re.I
)


def _term(line: PrintedLine) -> str | None:
    """The financial years between the first and the last date that a line prints."""
    years = [year for role, text in line.fields if role == "reference" and (year := _dated(text))]
    if len(years) < 2:
        return None
    first, last = int(min(years)[:4]), int(max(years)[:4])
    return financial_year(first, last)


_DATE = re.compile(r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4}|\d\d)")


def _dated(text: str) -> str | None:
    """The financial year in which a printed day falls."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    year = int(match["y"]) if len(match["y"]) == 4 else 2000 + int(match["y"])
    month, day = int(match["m"]), int(match["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    begins = year if (month, day) >= (4, 1) else year - 1
    return f"{begins}-{(begins + 1) % 100:02d}"


def _phase(
    printed: PrintedAmount, line: PrintedLine | None, setting: _Setting, year: str | None
) -> tuple[Phase, str | None]:
    found = phase_of(printed.heading)
    if found and found != "budget":
        return found, "heading"
    if year and (special := phase_for_year(setting.title, year)):
        return special, "title"
    if found:
        return found, "heading"
    for source, text in (("title", setting.title), ("caption", _last_sentence(setting.caption))):
        if found := phase_of(text):
            return found, source
    if line is not None and line.section and (found := phase_of(line.section)):
        return found, "section"
    if setting.document_phase:
        return setting.document_phase, "document"
    return "budget", None


def _total(
    total: PrintedTotal,
    table: Table,
    setting: _Setting,
    document: Document,
    key: str,
    sections: Mapping[int, str],
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
        section=total.section
        or (None if total_words(total.label) == "grand" else sections.get(table.number)),
        label=total.label,
        amounts=tuple(amounts),
        rows=total.rows,
    )


def _setting_outside(
    document: Document,
    above: str,
    defined: Mapping[int, int],
    document_year: str | None,
    document_phase: Phase | None,
) -> _Setting:
    """The setting of figures in running text: the headings above and the document."""
    return _Setting(
        title="",
        caption="",
        section_above=above,
        document_year=document_year,
        document_phase=document_phase,
        unit_pence=POUND,
        defined=defined,
        dash_is_zero=False,
        layout_years={},
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
    setting = _setting_outside(document, above, defined, document_year, document_phase)
    table = Table(0, 0, 0, ())
    amounts: list[Amount] = []
    for printed in award.amounts:
        found = _amounts(
            printed, f"{line_id}-a{printed.column}", award, table, setting, document, problems
        )
        amounts += [replace(amount, column=None) for amount in found]
    return BudgetLine(
        line_id=line_id,
        document=document.file,
        publisher=publisher,
        published_on=published_on,
        order=0,
        table=None,
        table_title=None,
        section=award.section,
        service_printed=award.get("service"),
        provider_printed=award.get("provider"),
        provision=award.get("provision"),
        mechanism_printed=award.get("mechanism"),
        reach_printed=award.get("reach"),
        priorities=tuple(text for role, text in award.fields if role == "priority"),
        amounts=tuple(amounts),
        service_cell=award.service_cell,
        passage=award.passage,
        note=award.get("note"),
    )


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
