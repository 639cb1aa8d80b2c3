"""One table read as a budget: its lines, its printed totals, every number in it accounted for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from extractors.budget.awards import read_cells
from extractors.budget.beside import parts_beside, put_together
from extractors.budget.closing import Worth, slack
from extractors.budget.columns import infer_columns
from extractors.budget.entries import Entry, total_words, without_total_words
from extractors.budget.header import Header, read_header
from extractors.budget.kinds import classify
from extractors.budget.rows import Row, joined, plain, rows_of
from extractors.budget.shapes import could_be_figure, has_digit, looks_like_money, shape
from extractors.budget.splitting import (
    dated_sum,
    dated_sums,
    labels_in,
    payee_in,
    reads_like_name,
    split_cell,
    split_labels,
    split_two,
    splits_names,
    stand_on_lines,
    without_register_number,
)
from extractors.budget.turning import turn, years_run_down
from extractors.budget.vocabulary import row_words, speaks_of_difference, two_roles
from extractors.model import (
    Cell,
    Column,
    NumberSeen,
    PrintedAmount,
    PrintedBudget,
    PrintedLine,
    PrintedTotal,
    Role,
    Table,
)

_NAMING = {"service", "provider", "provision"}
_FIELD_ROLES = {
    "service",
    "provider",
    "provision",
    "mechanism",
    "reach",
    "priority",
    "note",
    "reference",
}


def read_budget(
    table: Table,
    worth: Worth,
    columns: Sequence[Column] | None = None,
    about_money: bool = False,
) -> PrintedBudget:
    """The budget lines and totals of a table as printed; none where it is no budget table.

    `worth` reads a figure for arithmetic only (see `closing.Worth`); `columns` overrides the
    inferred roles (from a layout file); `about_money` says that the document states a unit of money
    or is about budgets, so that a table need not say so itself.

    Every number of the table is in exactly one place: the amounts of a line, the amounts of a
    total, or `numbers` with the reason why it is neither (None where nobody could say).
    """
    rows = rows_of(table)
    header = read_header(table, rows)
    body = tuple(row for row in rows if row.index not in header.rows)
    if columns is None:
        parts = parts_beside(table, header.headings, header.rows)
        if parts:
            budgets = [read_budget(p.table, worth, about_money=about_money) for p in parts]
            return put_together(table, list(zip(parts, budgets, strict=True)))
        columns = infer_columns(table, header, body, about_money)
        if years_run_down(columns, body):
            return replace(read_budget(turn(table), worth, about_money=about_money), turned=True)
    columns = _mark_row_sums(tuple(columns), body, worth)
    amounts = [c for c in columns if c.role == "amount"]
    if not amounts or not any(c.role in _NAMING for c in columns):
        reason = (
            "the table has no column of amounts"
            if not amounts
            else "its rows name no service or provider"
        )
        cells = read_cells(table)
        used = {(line.row, amount.column) for line in cells for amount in line.amounts}
        return PrintedBudget(
            table.number,
            columns,
            cells,
            (),
            tuple(
                number
                for number in _all_numbers(header, rows, columns, reason)
                if (number.row, number.column) not in used
            ),
        )
    entries = classify(body, columns, header, worth, table.title)
    splitting = _splits(entries, columns)
    two_facts = _two_facts(entries, columns)
    labels = {
        c.index: labels_in([cell.text for e in entries if (cell := e.row.own_at(c.index))])
        for c in columns
        if c.role in {"service", "provider", "provision"}
    }
    lines: list[PrintedLine] = []
    totals: list[PrintedTotal] = []
    numbers = list(_header_numbers(rows, header))
    line_rows = {i: e.row.index for i, e in enumerate(entries)}
    for entry in entries:
        if entry.kind == "line" and (entry.texts or entry.row.reaching):
            if not entry.figures and lines and not _names_something(entry, columns):
                _merge_into_last(lines, entry, columns)
                continue
            line = _line(entry, columns, header, splitting, labels)
            if two_facts is not None:
                line = _with_two_facts(line, entry, *two_facts)
            if lines and line.row is not None and _goes_on(lines[-1], line, entry, labels):
                lines[-1] = _one_of_two(lines[-1], line)
            else:
                lines.append(line)
        elif entry.kind == "continuation" and lines:
            _merge_into_last(lines, entry, columns)
        elif entry.kind == "total":
            totals.append(_total(entry, columns, header, [line_rows[i] for i in entry.scope]))
        numbers += _row_numbers(entry, columns)
    return PrintedBudget(table.number, columns, tuple(lines), tuple(totals), tuple(numbers))


def _mark_row_sums(
    columns: tuple[Column, ...], body: Sequence[Row], worth: Worth
) -> tuple[Column, ...]:
    """A `Total` column that sums amounts of its row is a check, not one more amount.

    It may sum all other amounts, those since the total column before it or the last of these, or
    all of its own measure (`Total Core` over each department's `Core`). A heading that speaks of
    something else (`Three years`) does not make it less of a sum.
    """
    amounts = [c for c in columns if c.role == "amount"]
    beside = [c for c in columns if c.role == "other" and c.evidence.startswith("heading")]
    unlike = [c for c in columns if c.role in {"reference", "other"} and c not in beside]
    values = [
        {
            c.index: read
            for c in (*amounts, *beside, *unlike)
            if (cell := row.own_at(c.index)) and (read := worth(cell.text, c.heading))
        }
        for row in body
    ]
    sums: set[int] = set()
    for at, column in enumerate(amounts):
        named = bool(total_words(column.heading))
        if not named and column is not amounts[-1]:
            continue
        since = max((i for i in range(at) if amounts[i].index in sums), default=-1)
        group = [c.index for c in amounts[since + 1 : at]]
        everything = [c.index for c in amounts if c is not column and c.index not in sums]
        with_others = sorted([*everything, *(c.index for c in beside)])
        # The columns just before it may be those under one heading of several.
        nearest = [group[start:] for start in range(1, len(group) - 1)] if named else []
        if not any(
            _sums_up(values, column.index, others, named)
            for others in (group, everything, with_others, *nearest)
        ):
            continue
        if all(_PART_OF_YEAR.search(columns[i].heading) for i in group or everything):
            part = "part of a year, which the total beside it sums"
            return tuple(
                replace(c, role="other", evidence=part) if c in amounts and c is not column else c
                for c in columns
            )
        sums.add(column.index)
    for column in amounts:
        alike = [
            c.index
            for c in amounts
            if c is not column and c.index not in sums and _same_measure(c.heading, column.heading)
        ]
        if column.index not in sums and _sums_up(values, column.index, alike, False, strict=True):
            sums.add(column.index)
    single = [c.index for c in amounts if c.index not in sums]
    for column in unlike if not sums else ():
        if _sums_up(values, column.index, single, False):
            sums.add(column.index)
    why = "the sum of the columns beside it"
    marked = tuple(
        replace(c, role="other", evidence=why) if c.index in sums else c for c in columns
    )
    return _mark_differences(marked, values)


def _mark_differences(
    columns: tuple[Column, ...], values: Sequence[Mapping[int, tuple[int, int]]]
) -> tuple[Column, ...]:
    """A `Change £m` column that takes one amount of its row from another is no third amount."""
    amounts = [c for c in columns if c.role == "amount"]
    marked = list(columns)
    for column in amounts:
        if not speaks_of_difference(column.heading):
            continue
        pairs = permutations((c.index for c in amounts if c is not column), 2)
        # What is left of A when B is taken: A is the sum of B and the difference.
        if any(_sums_up(values, more, (less, column.index), False) for more, less in pairs):
            why = "the difference of two columns beside it"
            marked[column.index] = replace(column, role="difference", evidence=why)
    return tuple(marked)


_PART_OF_YEAR = re.compile(
    r"\b(?:q[1-4]|quarter|qtr|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|"
    r"first half|second half|january|february|march|april|june|july|august|september|october|"
    r"november|december)\b",
    re.I,
)


def _sums_up(
    values: Sequence[Mapping[int, tuple[int, int]]],
    column: int,
    others: Sequence[int],
    named: bool,
    strict: bool = False,
) -> bool:
    """Whether a column is the sum of others in nearly (`strict`: in truly) every row of theirs."""
    if len(others) < 2:
        return False
    closing = failing = telling = 0
    for row in values:
        read = [row[other] for other in others if other in row]
        if column not in row or not read:
            continue
        expected, step = row[column]
        if abs(expected - sum(value for value, _ in read)) <= slack(step, (s for _, s in read)):
            closing += 1
            telling += sum(value != 0 for value, _ in read) >= 2
        else:
            failing += 1
    if strict:
        return telling >= 3 and not failing
    return telling >= (1 if named else 2) and failing * 4 <= closing


def _same_measure(heading: str, total: str) -> bool:
    """Whether a heading under a group ends as the heading of a column of totals does."""
    measure = plain(without_total_words(total))
    return bool(measure) and f" {plain(heading)}".endswith(f" {measure}")


def _splits(entries: Sequence[Entry], columns: Sequence[Column]) -> bool:
    if _two_facts(entries, columns) is not None:
        return False
    service = next((c for c in columns if c.role == "service"), None)
    provision = next((c for c in columns if c.role == "provision"), None)
    if (service is None) == (provision is None):
        return False
    service = service or provision
    assert service is not None
    texts = [
        cell.text
        for e in entries
        if e.kind == "line" and (cell := e.row.at(service.index)) is not None and cell.text.strip()
    ]
    return splits_names(service.heading, texts)


def _two_facts(
    entries: Sequence[Entry], columns: Sequence[Column]
) -> tuple[int, tuple[str, str], bool] | None:
    """A column whose cells carry two facts, and whether these stand on lines: its heading says so
    (`Organisation and project`), or who is paid stands behind each service (`Evening patrols – Vale
    Wardens CIC`)."""
    taken = {c.role for c in columns}
    for column in columns:
        if column.role not in {"service", "provider"}:
            continue
        texts = [
            cell.text for e in entries if e.kind == "line" and (cell := e.row.own_at(column.index))
        ]
        if labels_in(texts):
            continue
        lines = stand_on_lines(texts)
        split = [parts for text in texts if len(parts := split_two(text, lines)) == 2]
        roles = two_roles(column.heading) or _roles_by_cells(texts, split)
        if roles == ("provider", "service") and _is_headed(column, "service"):
            roles = two_roles(column.heading)  # `School crossings – north` is a service's name
        if roles is None or (set(roles) - {column.role}) & taken:
            continue
        if texts and len(split) >= 0.6 * len(texts):
            return column.index, roles, lines
    return None


def _is_headed(column: Column, role: Role) -> bool:
    return column.role == role and column.evidence.startswith("heading")


def _roles_by_cells(
    texts: Sequence[str], split: Sequence[Sequence[str]]
) -> tuple[Role, Role] | None:
    """Service and provider in the order in which most cells have them; None where few have both.

    Names on a line of their own under the services are who is paid, if some are organisations.
    """
    if len(split) < 2 or len(split) < 0.8 * len(texts):
        return None
    below = sum("\n" in text for text in texts) >= 0.8 * len(texts)
    below = below and sum(reads_like_name(parts[1]) for parts in split) >= 0.7 * len(split)

    def is_paid(text: str) -> bool:
        named = row_words("organisation").search(text) and reads_like_name(text)
        return bool(named or row_words("organisation", "stand_ins").fullmatch(text))

    below = below and sum(is_paid(parts[1]) for parts in split) > 1
    first, second = (sum(is_paid(parts[n]) for parts in split) / len(split) for n in (0, 1))
    if second >= (0.25 if below else 0.6) and first <= 0.2:
        return "service", "provider"
    return ("provider", "service") if first >= 0.6 and second <= 0.2 else None


def _names_something(entry: Entry, columns: Sequence[Column]) -> bool:
    naming = {c.index for c in columns if c.role in {"service", "provider"}}
    return any(cell.column in naming for cell in entry.texts)


def _with_two_facts(
    line: PrintedLine, entry: Entry, column: int, roles: tuple[str, str], on_lines: bool
) -> PrintedLine:
    cell = entry.row.own_at(column)
    parts = split_two(cell.text, on_lines) if cell is not None else []
    if cell is None or len(parts) != 2:
        return line
    fields = [f for f in line.fields if f[1] != cell.text]
    return replace(line, fields=(*zip(roles, parts, strict=True), *fields), service_cell=cell.text)


Labels = dict[int, frozenset[str]]


def _goes_on(last: PrintedLine, line: PrintedLine, entry: Entry, labels: Labels) -> bool:
    """Whether a row only adds labelled facts (`Provider: …`) to the one above it."""
    first = entry.texts[0] if entry.texts else None
    known = labels.get(first.column, frozenset()) if first is not None else frozenset()
    if first is None or not known or last.row is None:
        return False
    facts = split_labels(first.text, "", known)
    return bool(facts) and facts[0][0] != "" and all(last.get(role) is None for role, _ in facts)


def _one_of_two(last: PrintedLine, more: PrintedLine) -> PrintedLine:
    """Two rows of one line as one; each amount keeps the year that its own row prints."""

    def dated(line: PrintedLine) -> tuple[PrintedAmount, ...]:
        years = [
            text for role, text in line.fields if role == "reference" and shape(text) == "year"
        ]
        return tuple(replace(a, heading=joined((a.heading, *years))) for a in line.amounts)

    kept = [f for f in last.fields if not (f[0] == "reference" and shape(f[1]) == "year")]
    added = [f for f in more.fields if f[0] != "reference"]
    return replace(
        last,
        fields=(*kept, *added),
        amounts=(*dated(last), *dated(more)),
        places=(*last.places, *more.places),
    )


def _field_texts(entry: Entry, columns: Sequence[Column]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for column in columns:
        if column.role not in _FIELD_ROLES:
            continue
        cell = entry.row.at(column.index)
        if cell is None or shape(cell.text) in {"empty", "dash"}:
            continue
        if (
            cell.column != column.index
            and cell.column_span > 1
            and any(c.role in _FIELD_ROLES and c.index == cell.column for c in columns)
        ):
            continue  # a cell over several columns speaks for the first
        text, registered = cell.text, None
        if column.role in {"service", "provider"}:
            text, registered = without_register_number(text)
        found.append((column.role, text))
        if registered:
            found.append(("reference", registered))
    return found


def _line(
    entry: Entry, columns: Sequence[Column], header: Header, splitting: bool, labels: Labels
) -> PrintedLine:
    known = frozenset(label for found in labels.values() for label in found)
    fields = [
        fact
        for role, text in _field_texts(entry, columns)
        for fact in (split_labels(text, role, known) if known else [(role, text)])
    ]
    service_cell = None
    if splitting:
        fact = next((f for f in fields if f[0] in {"service", "provision"}), None)
        parts = split_cell(fact[1]) if fact else None
        if fact and parts:
            service_cell = fact[1]
            at = fields.index(fact)
            fields[at : at + 1] = [("service", parts[0]), ("provision", parts[1])]
    if not any(role == "provider" for role, _ in fields):
        named = next((text for role, text in fields if role == "service"), "")
        payee = payee_in(named) if not any(c.role == "provider" for c in columns) else None
        fields += [("provider", payee)] if payee else []
    if entry.outer:
        fields.append(("theme", entry.outer))
    return PrintedLine(
        row=entry.row.index,
        section=entry.section,
        fields=tuple(fields),
        amounts=_amounts(entry, columns, header),
        service_cell=service_cell,
        places=entry.row.places,
    )


def _total(
    entry: Entry, columns: Sequence[Column], header: Header, rows: list[int]
) -> PrintedTotal:
    return PrintedTotal(
        row=entry.row.index,
        label=" ".join(entry.label.split()),
        section=entry.section,
        amounts=tuple(
            amount
            for amount in _amounts(entry, columns, header)
            if shape(amount.text) == "figure" or could_be_figure(amount.text)
        ),
        places=entry.row.places,
        rows=tuple(rows),
    )


def _amounts(entry: Entry, columns: Sequence[Column], header: Header) -> tuple[PrintedAmount, ...]:
    roles = {c.index: c for c in columns}
    found = []
    for cell in entry.figures:
        over = [
            roles[i]
            for i in range(cell.column, min(cell.column + cell.column_span, len(columns)))
            if roles[i].role == "amount" or i == cell.column
        ]
        heading = " and ".join(dict.fromkeys(c.heading for c in over if c.heading))
        amount = PrintedAmount(
            column=cell.column,
            heading=heading,
            over=joined(header.titles),
            text=cell.text,
            raw=cell.raw or cell.text,
            marks=cell.marks,
            places=cell.places,
            confidence=cell.confidence,
        )
        # The year beside a sum in its cell is its year, whatever the heading over it says.
        over_cell = joined((*header.titles, heading))
        if year := dated_sum(cell.text):
            amount = replace(amount, heading=year, over=over_cell)
        found += [
            replace(amount, heading=year, over=over_cell, text=text, raw=text)
            for text, year in dated_sums(cell.text)
        ] or [amount]
    return tuple(found)


def _merge_into_last(lines: list[PrintedLine], entry: Entry, columns: Sequence[Column]) -> None:
    """Add the words of a row that merely continues the one above."""
    last = lines[-1]
    fields = list(last.fields)
    for cell in entry.texts:
        role = next((c.role for c in columns if c.index == cell.column), None)
        at = next((i for i, (name, _) in enumerate(fields) if name == role), None)
        if role in _FIELD_ROLES and at is not None:
            fields[at] = (role, f"{fields[at][1]} {cell.text}")
        elif role in _FIELD_ROLES:
            fields.append((role, cell.text))
    lines[-1] = PrintedLine(
        last.row,
        last.section,
        tuple(fields),
        last.amounts,
        last.service_cell,
        last.passage,
        (*last.places, *entry.row.places),
    )


# --- every number accounted for -------------------------------------------------------

_REASONS = {
    "percentage": "a percentage",
    "difference": "a difference, checked against the amounts it compares",
    "reference": "a reference, date or count",
    "note": "part of a note",
    "section": "part of a section's name",
    "service": "part of a service's name",
    "provider": "part of a provider's name",
    "provision": "part of a description",
    "mechanism": "part of a description",
    "reach": "part of a place's name",
    "priority": "a priority's code",
}


def _row_numbers(entry: Entry, columns: Sequence[Column]) -> list[NumberSeen]:
    roles = {c.index: c for c in columns}
    used = {cell.column for cell in entry.figures} if entry.kind in {"line", "total"} else set()
    found = []
    for cell in entry.row.filled:
        if not has_digit(cell.text) or cell.column in used:
            continue
        column = roles.get(cell.column)
        found.append(NumberSeen(cell.row, cell.column, cell.text, _reason(entry, cell, column)))
    return found


def _reason(entry: Entry, cell: Cell, column: Column | None) -> str | None:
    if entry.kind == "repeated_header":
        return "a repeated heading"
    if entry.kind in {"banner", "label"}:
        return "part of a section's name"
    if entry.kind == "note":
        return "part of a note"
    kind = shape(cell.text)
    if kind in {"date", "year", "percent"}:
        return f"a {kind}"
    if column is None or column.role == "amount":
        return None
    if column.role == "other":
        if kind == "text" and not looks_like_money(cell.text):
            return "part of other words"
        if column.heading and not column.evidence.startswith("figures that no word"):
            return f"not an amount of spending ({column.evidence})"
        return None
    if (
        looks_like_money(cell.text)
        and kind == "figure"
        and column.role not in {"difference", "reference"}
    ):
        return None
    return _REASONS.get(column.role)


def _header_numbers(rows: Sequence[Row], header: Header) -> list[NumberSeen]:
    return [
        NumberSeen(cell.row, cell.column, cell.text, "part of a heading")
        for row in rows
        if row.index in header.rows
        for cell in row.filled
        if has_digit(cell.text)
    ]


def _all_numbers(
    header: Header, rows: Sequence[Row], columns: Sequence[Column], reason: str
) -> list[NumberSeen]:
    found = _header_numbers(rows, header)
    for row in rows:
        if row.index in header.rows:
            continue
        found += [
            NumberSeen(cell.row, cell.column, cell.text, None if _is_lost(cell, reason) else reason)
            for cell in row.filled
            if has_digit(cell.text)
        ]
    return found


def _is_lost(cell: Cell, reason: str) -> bool:
    """Whether a sum stands alone in a cell of a table in which no column of amounts was found."""
    return "column" in reason and "£" in cell.text and shape(cell.text) == "figure"


def numbers_found(budget: PrintedBudget) -> dict[str, int]:
    """How many numbers of a table were used, in totals, ignored by name, and unaccounted."""
    return {
        "used": sum(len(line.amounts) for line in budget.lines),
        "totals": sum(len(total.amounts) for total in budget.totals),
        "ignored": sum(number.reason is not None for number in budget.numbers),
        "unaccounted": sum(number.reason is None for number in budget.numbers),
    }
