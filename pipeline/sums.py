"""The judge: every printed sum of a document compared with what it sums, and a verdict on each.

A sum that closes proves its amounts. Where one does not close, a second, independent reading of
the same figures decides between a misread and a slip of the publisher's.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractors.budget.closing import Worth, slack
from extractors.budget.closing import fit as fit_rows
from extractors.budget.entries import part_named
from extractors.model import Document, Place, PrintedBudget, Problem
from normalizers.amounts import POUND, format_pounds, parse_amount
from normalizers.model import Amount, BudgetLine
from pipeline.meaning import Meaning, Total
from pipeline.records import CheckRow, PrintedTotalRow

Verdict = Literal["agrees", "rounding", "misread", "publisher", "cannot_tell"]
Status = Literal["proven", "unproven", "contradicted"]
# The text of a figure in another reading, by table, row and column.
SecondReading = Mapping[tuple[int, int, int], str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Every printed total and other check of a document judged, and each amount's standing.

    `statuses` has status and reason by `amount_id`; `problems` one entry per sum that is misread,
    the publisher's slip, or cannot be told.
    """

    totals: tuple[PrintedTotalRow, ...]
    checks: tuple[CheckRow, ...]
    statuses: Mapping[str, tuple[Status, str]]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure that takes part in a sum, where it stands and what it is worth."""

    key: tuple[int, int, int]
    amount: Amount

    @property
    def pence(self) -> int:
        return self.amount.pence or 0

    @property
    def step(self) -> int:
        return step_of(self.amount)

    @property
    def left_open(self) -> int:
        """How much more a printed range may come to than its lower end, in pence."""
        if "range" not in self.amount.flags:
            return 0
        high = parse_amount(_unmarked(self.amount.printed), self.amount.unit_pence).high_pence
        return max(0, (high or 0) - self.pence)


def step_of(amount: Amount) -> int:
    """The worth of one step of an amount's last printed digit, in pence."""
    return parse_amount(_unmarked(amount.printed), amount.unit_pence).precision_pence


def _unmarked(printed: str) -> str:
    return printed.rstrip("*†‡§^ ")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A printed total against what was computed, with verdict and the sentence that explains it."""

    computed: int
    difference: int
    verdict: Verdict
    explanation: str

    @property
    def closes(self) -> bool:
        return self.verdict in {"agrees", "rounding"}


# Whole pounds are often shown for sums that were kept to the penny.
HIDDEN_PENCE = "£1 apart, as pence that are not shown would leave it"


def compare(
    total: Figure,
    addends: Sequence[Figure],
    second: SecondReading,
    what: str = "lines",
    known: bool = False,
) -> Comparison:
    """Judge one printed total against the figures it sums.

    `known` says that these are the right ones however far apart the sums are.
    """
    computed = sum(figure.pence for figure in addends)
    difference = total.pence - computed
    allowed = slack(total.step, (figure.step for figure in addends))
    printed = total.amount.printed
    shown = f"{printed} is printed; its {len(addends)} {what} come to {format_pounds(computed)}"
    if difference == 0:
        return Comparison(computed, 0, "agrees", shown)
    if abs(difference) <= allowed:
        return Comparison(
            computed,
            difference,
            "rounding",
            f"{shown}, {format_pounds(abs(difference))} apart by rounding",
        )
    if abs(difference) == POUND and len(addends) >= 2 and total.step == POUND:
        return Comparison(computed, difference, "rounding", f"{shown}, {HIDDEN_PENCE}")
    left_open = sum(figure.left_open for figure in addends)
    if 0 < difference <= left_open:
        verdict: Verdict = "agrees" if difference == left_open else "cannot_tell"
        return Comparison(computed, difference, verdict, f"{shown}, ranges by their lower ends")
    return _explain_gap(total, addends, computed, difference, shown, second, known)


# A total of no section that is so far from its own table's lines may sum other tables' as well.
_WIDE = 0.15
# A gap beyond this share of the larger figure is no slip of the pen: other rows are meant.
_FAR = 0.6


def _explain_gap(
    total: Figure,
    addends: Sequence[Figure],
    computed: int,
    difference: int,
    shown: str,
    second: SecondReading,
    known: bool,
) -> Comparison:
    apart = f"{shown}, {format_pounds(abs(difference))} {'less' if difference > 0 else 'more'}"
    figures = (total, *addends)
    unread = [figure for figure in figures if figure.key not in second]
    differing = [
        (figure, second[figure.key])
        for figure in figures
        if figure.key in second and _reads_otherwise(figure, second[figure.key])
    ]
    if differing:
        figure, text = differing[0]
        return Comparison(
            computed,
            difference,
            "misread",
            f"{apart}; a second reading has “{text}” where the first has “{figure.amount.printed}”",
        )
    found = Comparison(computed, difference, "cannot_tell", apart)
    if not known and _is_far(total, addends, found):
        return Comparison(
            computed,
            difference,
            "cannot_tell",
            f"{apart}; these are hardly the figures it is meant to sum",
        )
    if unread:
        return Comparison(
            computed,
            difference,
            "cannot_tell",
            f"{apart}; no second reading of “{unread[0].amount.printed}” could be had",
        )
    return Comparison(
        computed, difference, "publisher", f"{apart}; both readings agree on every printed figure"
    )


def _is_far(total: Figure, addends: Sequence[Figure], found: Comparison) -> bool:
    """Whether other rows than these must be meant; twice the total has its parts' sums in it."""
    largest = max(abs(found.computed), abs(total.pence))
    twice = found.computed == 2 * total.pence
    return twice or abs(found.difference) > _FAR * largest or len(addends) < 2


def _reads_otherwise(figure: Figure, text: str) -> bool:
    """Whether a second reading's text is worth something else; a dash is worth what it is here."""
    same = "".join(text.split()) == "".join(figure.amount.printed.split())
    return not same and _worth_again(figure, text) != figure.amount.pence


def _worth_again(figure: Figure, text: str) -> int | None:
    return parse_amount(_unmarked(" ".join(text.split())), figure.amount.unit_pence).pence


def judge(
    meaning: Meaning,
    document: Document,
    budgets: Sequence[PrintedBudget],
    second: SecondReading | None = None,
) -> Judgement:
    """Judge every printed sum of a document, and say of each amount whether a sum proves it.

    `second` is another engine's text for each figure, by (table, row, column); without it a sum
    that does not close is `cannot_tell`.
    """
    from pipeline.award_totals import judged_award_totals
    from pipeline.carried import carried_over
    from pipeline.derived import check_derived
    from pipeline.restated import check_restated, judged_summaries

    turned = {budget.table for budget in budgets if budget.turned}
    other = {
        (table, column, row) if table in turned else (table, row, column): text
        for (table, row, column), text in (second or {}).items()
    }
    places = _Places(document, turned)
    lines_at: dict[tuple[int | None, int | None], list[BudgetLine]] = {}
    for line in (*meaning.lines, *meaning.restated):
        lines_at.setdefault((line.table, line.row), []).append(line)
    totals: list[PrintedTotalRow] = []
    checks: list[CheckRow] = []
    problems: list[Problem] = []
    standing: dict[str, list[tuple[Verdict, str]]] = {}
    closed: set[tuple[int, int]] = set()
    for total in (*meaning.totals, *meaning.restated_totals):
        restated = total in meaning.restated_totals
        own = [line for row in total.rows for line in lines_at.get((total.table, row), [])]
        for amount in total.amounts:
            if amount.pence is None or amount.column is None:
                continue
            figure = Figure((total.table, total.row, amount.column), amount)
            addends = _addends(own, amount)
            result = _judge_total(figure, addends, total, meaning, own, other)
            if not result.closes:
                result, addends = _over_lists_beside(figure, addends, own, result, other)
            if not result.closes:
                result, addends = _across_tables(figure, addends, total, meaning, result)
                summed = [line for f in addends for line in lines_at.get(f.key[:2], [])]
                if result.closes and len({line.section for line in summed}) > 1:
                    total = replace(total, section=None)
            if result.verdict == "cannot_tell" and _is_far(figure, addends, result):
                why = carried_over(total, meaning, closed)
                if why:
                    said = f"{amount.printed} is printed; {why}"
                    result, addends = Comparison(figure.pence, 0, "agrees", said), []
            if result.closes:
                closed.add((total.table, total.row))
            for addend in addends:
                standing.setdefault(addend.amount.amount_id, []).append(
                    (result.verdict, f"{total.label or 'unlabelled total'}: {result.explanation}")
                )
            row = total_row(total, amount, result, places.at(*figure.key), other.get(figure.key))
            if not restated:
                totals.append(row)
            checks.append(_check(total, row, restated))
            problems += _problem(total, row, document)
    for total, row, proven in judged_award_totals(meaning, document, other):
        in_tables = any(
            (t.pence, t.financial_year) == (row.pence, row.financial_year) for t in totals
        )
        listed = any(line.table is None for line in meaning.lines)
        if in_tables or not (listed or row.verdict != "cannot_tell"):
            continue  # running text about the tables, not the foot of a list
        totals.append(row)
        checks.append(_check(total, row, restated=False))
        problems += _problem(total, row, document)
        for amount_id in proven:
            standing.setdefault(amount_id, []).append((row.verdict, row.explanation or ""))
    checks += check_derived(document, budgets, meaning, other, places)
    checks += check_restated(meaning, other, places)
    for total, row, proven in judged_summaries(meaning, other, places):
        totals.append(row)
        checks.append(_check(total, row, restated=True))
        problems += _problem(total, row, document)
        for amount_id in proven:
            said = f"{total.label} in table {total.table}: {row.explanation}"
            standing.setdefault(amount_id, []).append((row.verdict, said))
    statuses = {
        amount.amount_id: _status(standing.get(amount.amount_id, []))
        for line in meaning.lines
        for amount in line.amounts
    }
    return Judgement(tuple(totals), tuple(checks), statuses, tuple(problems))


def _addends(lines: Sequence[BudgetLine], total: Amount) -> list[Figure]:
    """The lines' figures of the total's own column (of its year, where a cell gave several)."""
    found = []
    for line in lines:
        for amount in line.amounts:
            same_year = amount.financial_year == total.financial_year
            if (
                amount.column == total.column
                and amount.pence is not None
                and line.row is not None
                and (same_year or "printed once for each year" not in " ".join(amount.flags))
            ):
                found.append(Figure((line.table or 0, line.row, amount.column or 0), amount))
    return found


def _over_lists_beside(
    figure: Figure,
    addends: list[Figure],
    own: Sequence[BudgetLine],
    result: Comparison,
    second: SecondReading,
) -> tuple[Comparison, list[Figure]]:
    """The sum of all lists that stand side by side in a table, where one total closes over them."""
    total = figure.amount
    wide = [
        Figure((line.table or 0, line.row or 0, a.column or 0), a)
        for line in own
        for a in line.amounts
        if a.pence is not None
        and (a.financial_year, a.phase) == (total.financial_year, total.phase)
    ]
    if len(wide) <= len(addends) or len({line.row for line in own}) == len(own):
        return result, addends
    both = compare(figure, wide, second)
    return (both, wide) if both.closes else (result, addends)


def _closes_elsewhere(total: Total, own: Sequence[BudgetLine], amount: Amount) -> bool:
    """Whether a total's figures in two other columns are the sums of the same lines."""
    closing = 0
    for other in total.amounts:
        if other.column != amount.column and other.pence:
            closing += sum(f.pence for f in _addends(own, other)) == other.pence
    return closing >= 2


def _judge_total(
    figure: Figure,
    addends: Sequence[Figure],
    total: Total,
    meaning: Meaning,
    own: Sequence[BudgetLine],
    second: SecondReading,
) -> Comparison:
    if not addends and figure.pence == 0:
        return Comparison(0, 0, "agrees", "0 is printed; no line has a figure in this column")
    if not addends:
        return Comparison(
            0,
            figure.pence,
            "cannot_tell",
            f"{figure.amount.printed} is printed; no line of it was found",
        )
    result = compare(figure, addends, second, known=_closes_elsewhere(total, own, figure.amount))
    if result.closes:
        return result
    if part_named(total.label) and result.verdict == "publisher":
        said = f"{result.explanation}; which of them it sums is not printed"
        return replace(result, verdict="cannot_tell", explanation=said)
    unknown = [
        line
        for line in own
        for a in line.amounts
        if a.column == figure.amount.column and a.pence is None
        # `Withdrawn` and `n/a` are known to be nothing; `TBC` is not.
        if "not applicable" not in a.flags
    ]
    if unknown:
        name = unknown[0].service_printed or unknown[0].provider_printed
        computed = sum(f.pence for f in addends)
        return Comparison(
            computed,
            figure.pence - computed,
            "cannot_tell",
            f"{figure.amount.printed} is printed; the amount of “{name}” is not known, the other "
            f"{len(addends)} lines come to {format_pounds(computed)}",
        )
    # A grand total may sum the printed sub-totals, one of which does not close itself.
    parts = [
        Figure((part.table, part.row, amount.column), amount)
        for part in meaning.totals
        if part.table == total.table and part.row != total.row and set(part.rows) < set(total.rows)
        for amount in part.amounts
        if amount.column is not None
        and amount.column == figure.amount.column
        and amount.pence is not None
    ]
    covered: set[int] = set()
    for part in meaning.totals:
        if part.table == total.table and set(part.rows) < set(total.rows):
            covered |= set(part.rows)
    loose = [f for f in addends if f.key[1] not in covered]
    if parts:
        from_parts = compare(figure, [*parts, *loose], second, "sub-totals")
        if from_parts.closes:
            return from_parts
    return result


def _across_tables(
    figure: Figure,
    addends: list[Figure],
    total: Total,
    meaning: Meaning,
    result: Comparison,
) -> tuple[Comparison, list[Figure]]:
    """A total that sums the tables before its own as well, as under the last of several themes,
    or those after it, where it stands at the head of them all.

    The lines of its own table and of the one before, the two before, … are tried, in its year and
    phase, then those of the tables after; otherwise `result` and `addends` are given back.
    """
    tables = sorted({line.table for line in meaning.lines if line.table is not None})
    before = [(number, total.table) for number in tables[::-1] if number < total.table]
    heads = bool(total.rows) and total.row < min(total.rows)
    after = [(total.table, number) for number in tables if heads and number > total.table]
    in_tables = [
        Figure((line.table, line.row or 0, amount.column or 0), amount)
        for line in meaning.lines
        if line.table is not None
        for amount in line.amounts
        if amount.pence is not None
        and amount.financial_year == figure.amount.financial_year
        and amount.phase == figure.amount.phase
    ]
    for first, last in (*before, *after):
        alike = [f for f in in_tables if first <= f.key[0] <= last]
        # Measures of one year side by side are told apart by their column.
        found = [f for f in alike if f.amount.column == figure.amount.column] or alike
        computed = sum(addend.pence for addend in found)
        gap = figure.pence - computed
        if len(found) >= 2 and abs(gap) <= slack(figure.step, (f.step for f in found)):
            explanation = (
                f"{figure.amount.printed} is printed; the {len(found)} lines of tables "
                f"{first} to {last} come to {format_pounds(computed)}"
            )
            verdict: Verdict = "agrees" if gap == 0 else "rounding"
            return Comparison(computed, gap, verdict, explanation), found
    others = any(f.key[0] != total.table for f in in_tables)
    wide = abs(result.difference) > _WIDE * abs(figure.pence)
    if result.verdict == "publisher" and total.section is None and others and wide:
        said = f"{result.explanation}; other tables may be meant, too"
        return replace(result, verdict="cannot_tell", explanation=said), addends
    return result, addends


def _status(standing: Sequence[tuple[Verdict, str]]) -> tuple[Status, str]:
    """Proven by any sum over lines that closes; contradicted where sums cover it, none closing."""
    if not standing:
        return "unproven", "no printed sum covers it"
    for verdict, explanation in standing:
        closes = verdict in {"agrees", "rounding"} and HIDDEN_PENCE not in explanation
        if closes and "sub-totals come to" not in explanation:
            return "proven", explanation
    failing = [e for v, e in standing if v not in {"agrees", "rounding"}]
    if failing:
        return "contradicted", failing[0]
    return "unproven", standing[0][1]


class _Places:
    """Where a table's cells stand."""

    def __init__(self, document: Document, turned: Container[int]) -> None:
        self._cells = {
            (table.number, cell.column, cell.row)
            if table.number in turned
            else (table.number, cell.row, cell.column): cell
            for table in document.tables
            for cell in table.cells
        }

    def at(self, table: int, row: int, column: int) -> Place:
        cell = self._cells.get((table, row, column))
        return cell.places[0] if cell and cell.places else Place()


def total_row(
    total: Total,
    amount: Amount,
    result: Comparison,
    place: Place,
    second_reading: str | None = None,
) -> PrintedTotalRow:
    """The row of one judged amount of a total, printed in a table or (table 0) in running text."""
    tabled = total.table > 0
    return PrintedTotalRow(
        document=total.document,
        table_number=total.table if tabled else None,
        row=total.row if tabled else None,
        column=amount.column or 0 if tabled else None,
        table_title=total.table_title if tabled else None,
        section=total.section,
        label=total.label,
        financial_year=amount.financial_year,
        phase=amount.phase,
        pence=amount.pence,
        printed=amount.printed,
        computed_pence=result.computed,
        verdict=result.verdict,
        explanation=result.explanation,
        second_reading=second_reading,
        passage=None if tabled else total.row,
        place=place,
    )


def _check(total: Total, row: PrintedTotalRow, restated: bool) -> CheckRow:
    kind = "grand total" if total.section is None else "sub-total"
    expected, found = (row.pence or 0) / 100, (row.computed_pence or 0) / 100
    return CheckRow(
        document=total.document,
        position=0,
        kind=f"{kind} of a summary" if restated else kind,
        scope=(f"table {total.table}, " if total.table else "")
        + f"“{total.label}”"
        + (f", {row.financial_year}" if row.financial_year else ""),
        expected=expected,
        found=found,
        difference=round(expected - found, 2),
        verdict=row.verdict,
        explanation=row.explanation or "",
        table_number=total.table or None,
        place=row.place,
    )


_CODES = {
    "misread": ("sum-misread", "error", "two readings differ; look at the page"),
    "publisher": ("sum-publisher", "warning", "the publisher's figures do not add up"),
    "cannot_tell": ("sum-cannot-tell", "warning", "look at the page"),
}


def _problem(total: Total, row: PrintedTotalRow, document: Document) -> Iterable[Problem]:
    if row.verdict not in _CODES:
        return
    code, severity, advice = _CODES[row.verdict]
    yield Problem(
        code,
        severity,  # type: ignore[arg-type]
        f"{document.file}, table {total.table}, “{total.label}”: {row.explanation}; {advice}",
        row.printed,
        row.place,
        total.table or None,
    )


# --- choosing between readings of one table ------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Closing:
    """How well a reading of a table closes; greater is better.

    Compared in this order: total columns that close less those that fail, fewer numbers nobody
    can account for, figures in lines.
    """

    balance: int
    accounted: int
    figures: int

    @property
    def perfect(self) -> bool:
        """Every printed total closes and every number is accounted for."""
        return self.balance > 0 and self.accounted == 0


def closing(budget: PrintedBudget, worth: Worth) -> Closing:
    """How well a candidate reading of a table closes its own sums."""
    values = {
        line.row: {
            a.column: read for a in line.amounts if (read := worth(a.text, a.words)) is not None
        }
        for line in budget.lines
    }
    balance = 0
    for total in budget.totals:
        expected = {
            a.column: read for a in total.amounts if (read := worth(a.text, a.words)) is not None
        }
        result = fit_rows(expected, [values[row] for row in total.rows if row in values])
        balance += result.closed - result.failed
    return Closing(
        balance,
        -sum(number.reason is None for number in budget.numbers),
        sum(len(line) for line in values.values()),
    )
