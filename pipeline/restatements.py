"""Tables that repeat figures of another table of the same document: checks, not more spending."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.budget.vocabulary import award_words
from normalizers.model import Amount, BudgetLine

if TYPE_CHECKING:
    from pipeline.meaning import Meaning, Total

# How alike two names must be (0 to 100, rapidfuzz's token set ratio) to speak of the same thing
# when their figures agree; a name is often shortened in a summary.
_ALIKE = 60
_SHARE = 0.6  # of a table's lines that must be found elsewhere
_TELLING_DIGITS = 4  # of two tables' sums that are the same, before that is no chance

Repeat = tuple[BudgetLine, BudgetLine]


@dataclass(frozen=True, slots=True)
class Link:
    """One restated line and what it repeats: the id of one line, a total's (table, row), or the
    ids of the lines that it sums up, whose total is printed nowhere else."""

    line_id: str
    source_lines: tuple[str, ...] = ()
    source_total: tuple[int, int] | None = None
    agrees: bool = True
    summed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restatements:
    """`tables` repeat other tables; `lines` are repeated lines' ids, `links` what each repeats.

    `summaries` are the tables that sum up sections, other tables or awards in running text; their
    own totals are printed nowhere else. `sums` pairs a table with another that comes to the same
    sums, column by column.
    """

    tables: frozenset[int] = frozenset()
    summaries: frozenset[int] = frozenset()
    lines: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    sums: tuple[tuple[int, int], ...] = ()


def find_restatements(lines: Sequence[BudgetLine], totals: Sequence[Total]) -> Restatements:
    """Which tables restate another table of the same document, line by line or by section totals.

    A table is one when most of its lines have a figure and a name that stand, for the same year, in
    a table that says more (more lines, or more about each); lines without such a source remain
    budget lines, unless their name is a section of that table (then the figures disagree, and
    that is a check).
    """
    by_table: dict[int, list[BudgetLine]] = {}
    for line in lines:
        if line.table is not None:
            by_table.setdefault(line.table, []).append(line)
    found_tables: set[int] = set()
    found_lines: set[str] = set()
    links: list[Link] = []
    for again, first in _printed_twice(by_table):
        found_tables.add(again)
        for line, source in zip(by_table[again], by_table[first], strict=True):
            found_lines.add(line.line_id)
            links.append(Link(line.line_id, source_lines=(source.line_id,)))
    sums = {table: [total for total in totals if total.table == table] for table in by_table}
    figures = {table: _figures(lines, sums[table]) for table, lines in by_table.items()}
    detail = {table: _detail(lines) for table, lines in by_table.items()}
    for table, own in sorted(by_table.items()):
        if table in found_tables:
            continue
        best: list[Link] = []
        for other, theirs in sorted(by_table.items()):
            if other == table or other in found_tables or detail[other] <= detail[table]:
                continue
            found = (_source(line, theirs, sums[other], figures[other]) for line in own)
            matched = [link for link in found if link is not None]
            agreeing = sum(link.agrees for link in matched)
            if agreeing > sum(link.agrees for link in best) and agreeing >= max(
                1, _SHARE * len(own)
            ):
                best = matched
        if best and (sum(link.agrees for link in best) >= 2 or len(own) == 1):
            found_tables.add(table)
            found_lines |= {link.line_id for link in best}
            links += best
    summaries: set[int] = set()
    for table, own in sorted(by_table.items()):
        if table in found_tables:
            continue
        others = [x for x in lines if x.table != table and x.table not in found_tables]
        summed = _sums_of_groups(own, others, [t for t in totals if t.table != table])
        if summed:
            summaries.add(table)
            found_tables.add(table)
            found_lines |= {link.line_id for link in summed}
            links += summed
    same_sums = _summing_up(by_table, found_tables)
    for table, _ in same_sums:
        found_tables.add(table)
        found_lines |= {line.line_id for line in by_table[table]}
    return Restatements(
        frozenset(found_tables),
        frozenset(summaries),
        frozenset(found_lines),
        tuple(links),
        tuple(same_sums),
    )


def _sums_of_groups(
    own: Sequence[BudgetLine], others: Sequence[BudgetLine], totals: Sequence[Total]
) -> list[Link]:
    """What each line of a table sums up, where the table shares the others out by section.

    Two lines at least, and most of the table's, must come to the total or the sum of the section,
    or of the table, that they name; a line that names one and differs is a check that fails.
    """
    groups: dict[str, list[BudgetLine]] = {}
    for line in others:
        group = line.section or (title_alone(line.table_title) if line.table_title else None)
        if group:
            groups.setdefault(_unnumbered(group), []).append(line)
    links = []
    for line in own:
        name, amounts = _unnumbered(_name(line)), [a for a in line.amounts if a.pence is not None]
        if not name or not amounts:
            continue
        total = next(
            (
                t
                for t in totals
                if name in {_plain(t.section or ""), _plain(t.label)}
                and _agrees(amounts, t.amounts)
            ),
            None,
        )
        if total:
            links.append(Link(line.line_id, source_total=(total.table, total.row)))
        elif theirs := groups.get(name):
            agrees = all(
                abs((a.pence or 0) - sum(b.pence or 0 for _, b in amounts_like(theirs, a)))
                <= half_step(a)
                for a in amounts
            )
            ids = tuple(x.line_id for x in theirs)
            links.append(Link(line.line_id, agrees=agrees, summed=ids))
    agreeing = sum(link.agrees for link in links)
    return links if agreeing >= max(2, _SHARE * len(own)) else _sums_among(own, groups)


def _sums_among(
    own: Sequence[BudgetLine], groups: Mapping[str, Sequence[BudgetLine]]
) -> list[Link]:
    """The lines of a table that sum up sections printed outside it, among lines of its own.

    So does a whole budget that begins with `Primary prevention projects`, listed elsewhere under
    `Primary prevention: stopping it early`, and goes on with other costs. The names may be
    shortened; two sums at least must be the same to the penny, in more digits than round ones.
    """
    found: dict[str, Link] = {}
    for name, theirs in groups.items():
        same = [
            line
            for line in own
            if len(theirs) > 1 and _comes_to(line, theirs) and _alike(_name(line), name)
        ]
        if len(same) == 1:
            link = Link(same[0].line_id, summed=tuple(x.line_id for x in theirs))
            found.setdefault(link.line_id, link)
    return list(found.values()) if len(found) > 1 else []


def _comes_to(line: BudgetLine, lines: Sequence[BudgetLine]) -> bool:
    """Whether each figure of a line is the sum of the lines' figures of its year, to the penny and
    not by chance."""
    amounts = [a for a in line.amounts if a.pence is not None]
    return sum(_digits(a.pence or 0) for a in amounts) >= _TELLING_DIGITS and all(
        a.pence == sum(b.pence or 0 for _, b in amounts_like(lines, a)) for a in amounts
    )


@lru_cache(maxsize=1 << 12)  # every line of a table asks for its title
def title_alone(text: str) -> str:
    """A table's title without its number and unit: `Grants` of `Table 3: Grants (£000s)`."""
    text = re.sub(r"^\s*(?:table|appendix|annex)\s+\w{1,3}\b[\s.:–-]*", "", text, flags=re.I)
    return re.sub(
        r"\s*[,–-]?\s*\(?£[^()\w]*(?:0{3}s?|[km]n?|millions?)?\)?\s*$", "", text, flags=re.I
    ).strip()


def amounts_like(lines: Sequence[BudgetLine], like: Amount) -> list[tuple[BudgetLine, Amount]]:
    """The lines' amounts of an amount's year and phase, each with its line.

    Where no line has its phase, all amounts of the year count.
    """
    found = [
        (line, a)
        for line in lines
        for a in line.amounts
        if a.pence is not None
        and (like.financial_year is None or a.financial_year in {None, like.financial_year})
    ]
    return [pair for pair in found if pair[1].phase == like.phase] or found


def repeated_lines(meaning: Meaning) -> tuple[Repeat, ...]:
    """Lines of a table that repeat a line of another table, each with the line it repeats."""
    by_id = {line.line_id: line for line in (*meaning.lines, *meaning.restated)}
    return tuple(
        (by_id[link.line_id], by_id[source])
        for link in meaning.repeats.links
        for source in link.source_lines
    )


def _summing_up(
    by_table: Mapping[int, Sequence[BudgetLine]], found: set[int]
) -> list[tuple[int, int]]:
    """Tables of fewer lines that come, column by column, to the same sums as another: the pairs.

    So does `At a glance` with a line for each fund. The sums must agree in more digits than round
    sums do by chance.
    """
    sums = {
        table: sums_by_column(lines) for table, lines in sorted(by_table.items()) if len(lines) > 1
    }
    pairs = []
    for table, own in sums.items():
        if table in found or sum(map(_digits, own.values())) < _TELLING_DIGITS:
            continue
        whole = next(
            (
                other
                for other, theirs in sums.items()
                if other != table
                and other not in found
                and 2 * len(by_table[table]) <= len(by_table[other])
                and own == theirs
            ),
            None,
        )
        if whole is not None:
            pairs.append((table, whole))
    return pairs


def _digits(pence: int) -> int:
    """How many digits of a sum say something: `18,459` says five, `2,500` two."""
    return len(str(abs(pence)).rstrip("0"))


def sums_by_column(lines: Sequence[BudgetLine]) -> dict[tuple[str | None, str], int]:
    """The sum of the lines' amounts, in pence, by financial year and phase."""
    found: dict[tuple[str | None, str], int] = {}
    for line in lines:
        for amount in line.amounts:
            key = amount.financial_year, amount.phase
            found[key] = found.get(key, 0) + (amount.pence or 0)
    return found


def _printed_twice(by_table: Mapping[int, Sequence[BudgetLine]]) -> list[tuple[int, int]]:
    """Pairs of tables that print the same figures in the same order: (the one again, the first).

    A page in two languages prints every sum twice; the English one counts.
    """
    found: list[tuple[int, int]] = []
    taken: set[int] = set()
    figures = {
        table: [[a.pence for a in line.amounts] for line in lines]
        for table, lines in by_table.items()
    }
    for first, own in sorted(by_table.items()):
        for other, theirs in sorted(by_table.items()):
            if other <= first or figures[first] != figures[other] or {first, other} & taken:
                continue
            same_names = _named(own) == _named(theirs) or _paid(own) == _paid(theirs) != []
            words = {first: _english(own), other: _english(theirs)}
            # In another language the heading may say no phase.
            either = same_names or min(words.values()) < 0 < max(words.values())
            sums, again_sums = (
                [
                    [(a.financial_year, "" if either else a.phase, a.pence) for a in x.amounts]
                    for x in lines
                ]
                for lines in (own, theirs)
            )
            if (sum(map(len, sums)) < 4 and not same_names) or sums != again_sums:
                continue
            again = first if words[first] < words[other] else other
            taken.add(again)
            found.append((again, first if again == other else other))
    return found


def _named(lines: Sequence[BudgetLine]) -> list[str]:
    return [_plain(_name(line)) for line in lines]


def _paid(lines: Sequence[BudgetLine]) -> list[str]:
    """Who is paid by each line, where all lines say so: no language translates that."""
    names = [_plain(line.provider_printed or "") for line in lines]
    return names if all(names) else []


def _english(lines: Sequence[BudgetLine]) -> int:
    """How many more small words of lines are English than Welsh."""
    text = " ".join(f"{_name(x)} {x.provision or ''} {x.table_title or ''}" for x in lines)
    found = [len(award_words(name).findall(text)) for name in ("english", "welsh")]
    return found[0] - found[1]


def repeats_a_line(award: BudgetLine, lines: Sequence[BudgetLine]) -> bool:
    """Whether an award in running text says again what a line of a table says."""
    amounts = [a for a in award.amounts if a.pence is not None]
    names = [n for n in (award.service_printed, award.provider_printed) if n]
    return bool(amounts) and any(
        line.table is not None
        and _agrees(amounts, line.amounts)
        and any(
            _alike(name, theirs)
            for name in names
            for theirs in (line.service_printed, line.provider_printed)
            if theirs
        )
        for line in lines
    )


def parts_of_lines(
    awards: Sequence[tuple[BudgetLine, Sequence[str]]], lines: Sequence[BudgetLine]
) -> frozenset[str]:
    """Ids of the awards in running text that tell how a table's line is shared out.

    Each award comes with the headings above it. Where the nearest names a line of a table and all
    awards below it come to less than that line, they are parts of it, not more spending. (Where
    they come to just that line, the table sums them up: see `find_restatements`.)
    """
    below: dict[str, list[BudgetLine]] = {}
    for award, headings in awards:
        if headings:
            below.setdefault(headings[-1], []).append(award)
    found: set[str] = set()
    for heading, own in below.items():
        for line in lines:
            name = _plain(_name(line))
            if line.table is None or len(name.split()) < 2 or name not in _plain(heading):
                continue
            whole = max((a.pence or 0 for a in line.amounts), default=0)
            if 0 < sum(a.pence or 0 for x in own for a in x.amounts) < whole:
                found |= {award.line_id for award in own}
    return frozenset(found)


def sums_of_awards(awards: Sequence[BudgetLine]) -> frozenset[str]:
    """Ids of awards in running text that are no awards, but the sum of those before them.

    As cards may end in one of the same labels (`All partners`): it has nothing but a name, where
    the others say what they are for, and in each of several years it comes to their sum.
    """
    found: set[str] = set()
    before: list[BudgetLine] = []
    for award in awards:
        names = [award.service_printed, award.provider_printed]
        told = [award.provision, award.mechanism_printed, award.reach_printed]
        bare = sum(map(bool, names)) == 1 and not any(told)
        years = {a.financial_year: a.pence for a in award.amounts}
        several = len(before) > 1 and 1 < len(years) == len(award.amounts)
        closes = all(pence and pence == _sum_of_year(before, y) for y, pence in years.items())
        if bare and several and closes:
            found.add(award.line_id)
            before = []
        else:
            before.append(award)
    return frozenset(found)


def _sum_of_year(lines: Sequence[BudgetLine], year: str | None) -> int:
    return sum(a.pence or 0 for x in lines for a in x.amounts if a.financial_year == year)


def _detail(lines: Sequence[BudgetLine]) -> tuple[int, int]:
    """How much a table says: its lines, then what it says about each."""
    filled = sum(
        value is not None
        for line in lines
        for value in (
            line.provider_printed,
            line.provision,
            line.mechanism_printed,
            line.reach_printed,
        )
    )
    return len(lines), filled


def _figures(lines: Sequence[BudgetLine], totals: Sequence[Total]) -> list[int]:
    """Every figure of a table, in pence, from the least."""
    amounts = [a for line in lines for a in line.amounts]
    amounts += [a for total in totals for a in total.amounts]
    return sorted(a.pence for a in amounts if a.pence is not None)


def _is_among(amount: Amount, figures: Sequence[int]) -> bool:
    """Whether an amount is one of the figures (from the least), within its printed precision."""
    pence, near = amount.pence or 0, half_step(amount)
    at = bisect_left(figures, pence - near)
    return at < len(figures) and figures[at] <= pence + near


def _source(
    line: BudgetLine,
    theirs: Sequence[BudgetLine],
    totals: Sequence[Total],
    figures: Sequence[int],
) -> Link | None:
    """What a line repeats of another table: of its lines and totals, which have these figures."""
    amounts = [a for a in line.amounts if a.pence is not None]
    if not amounts:
        return None
    name = _name(line)
    if not name:
        return None
    # Figures are compared before names: most differ, and names take longer.
    if all(_is_among(a, figures) for a in amounts):
        for candidate in theirs:
            if _agrees(amounts, candidate.amounts) and _alike(name, _name(candidate)):
                return Link(line.line_id, source_lines=(candidate.line_id,))
        for total in totals:
            label = total.section or total.label
            if _agrees(amounts, total.amounts) and _alike(name, label):
                return Link(line.line_id, source_total=(total.table, total.row))
    for total in totals:
        if total.section and _alike(name, total.section) and _same_years(amounts, total.amounts):
            return Link(line.line_id, source_total=(total.table, total.row), agrees=False)
    return None


def _name(line: BudgetLine) -> str:
    return line.service_printed or line.provider_printed or line.provision or ""


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    first, second = _plain(one), _plain(other)
    return bool(first and second) and fuzz.token_set_ratio(first, second) >= _ALIKE


@lru_cache(maxsize=1 << 12)
def _unnumbered(text: str) -> str:
    """A section's name for comparing, without its number: `2. Drugs` is `drugs`."""
    return _plain(re.sub(r"^\s*\d+(?:\.\d+)*[.)]?\s+", "", text))


@lru_cache(maxsize=1 << 14)
def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _agrees(amounts: Sequence[Amount], others: Sequence[Amount]) -> bool:
    """Whether every amount stands among the others for its year, within its printed precision."""
    return all(_stands_among(amount, others) for amount in amounts)


def _stands_among(amount: Amount, others: Sequence[Amount]) -> bool:
    pence, year, near = amount.pence or 0, amount.financial_year, half_step(amount)
    return any(
        other.pence is not None
        and abs(other.pence - pence) <= near
        and (year is None or other.financial_year in {None, year})
        for other in others
    )


def _same_years(amounts: Sequence[Amount], others: Sequence[Amount]) -> bool:
    years = {other.financial_year for other in others}
    return all(
        amount.financial_year is None or amount.financial_year in years for amount in amounts
    )


def half_step(amount: Amount) -> int:
    """Half of the worth of an amount's last printed digit, where it is coarser than a pound."""
    from normalizers.amounts import parse_amount

    step = parse_amount(amount.printed, amount.unit_pence).precision_pence
    return step // 2 if step > 100 else 0
