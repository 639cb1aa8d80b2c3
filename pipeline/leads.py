"""Leads: what does not fit and is worth a question to the publisher, ranked by pounds.

Each rule is general and says nothing of who is right; its question names the receipts. A rule
gives nothing where its pattern is too thin: three siblings at least must keep it.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from extractors.model import Place
from normalizers.amounts import format_pounds
from pipeline.claims import CHANGES, year_before
from pipeline.figures import Figure, stems, where
from pipeline.records import CheckRow, LeadRow, PrintedTotalRow
from pipeline.verdicts import Judged

FILE = Path(__file__).with_name("leads.toml")
SIBLINGS = 3
KEEPING = Fraction(3, 5)  # of the siblings, at least, keep the pattern
LARGEST_DENOMINATOR = 12
# A publisher's slip is small beside its sum; a larger gap is rather a line that nobody read.
SLIP = 0.25
MOST_REPEATS = 2  # of lines in one table; more are a list of payments
SUMS = ("sub-total", "grand total")  # checks that stand among the printed totals
UNLIKE_PENCE = 100  # a deviation of up to a pound is rounding


@dataclass(frozen=True, slots=True)
class Lead:
    """One question, the rule that found it, the pence at stake, and its receipts in words."""

    rule: str
    question: str
    pence: int | None
    receipts: tuple[str, ...]
    document: str | None
    place: Place = Place()


def lead_rows(leads: Iterable[Lead]) -> tuple[LeadRow, ...]:
    """Leads as rows, the most money first, each question once."""
    unique = {lead.question: lead for lead in leads}
    ranked = sorted(unique.values(), key=lambda x: (-(x.pence or 0), x.rule, x.question))
    return tuple(
        LeadRow(
            position=position,
            document=lead.document,
            rule=lead.rule,
            question=lead.question,
            pence=lead.pence,
            receipts="; ".join(lead.receipts),
            place=lead.place,
        )
        for position, lead in enumerate(ranked, start=1)
    )


def find_leads(
    figures: Sequence[Figure],
    totals: Sequence[PrintedTotalRow],
    checks: Sequence[CheckRow],
    judged: Sequence[Judged],
    services: Mapping[str, str],
    said: Mapping[str, str],
    retold: Set[str],
) -> tuple[Lead, ...]:
    """The leads of all rules.

    `services` gives the service of each line id, where known; `said` all running text of each
    document in one string; `retold` the ids of lines that a second table speaks of as well.
    """
    lines = [figure for figure in figures if figure.kind == "line"]
    return (
        *broken_patterns(lines, services),
        *swapped_digits(lines, services),
        *printed_twice(lines),
        *ended_without_a_word([x for x in lines if x.row_id not in retold], lines, said),
        *nobody_named(lines),
        *sums_that_do_not_close(totals),
        *figures_that_disagree(checks),
        *claims_that_disagree(judged),
    )


# --- patterns among siblings ---------------------------------------------------------------------


def _yearly(
    lines: Sequence[Figure], services: Mapping[str, str]
) -> Iterator[tuple[Figure, Figure]]:
    """Each line's figure with that of the year before: of the same row, service or name.

    Of another document's figures only one may answer; where several do, nothing is paired.
    """
    alike: dict[object, list[Figure]] = {}
    for line in lines:
        for key in _likenesses(line, line.financial_year, services):
            alike.setdefault(key, []).append(line)
    for line in lines:
        if line.financial_year is None or len(line.financial_year) != 7:
            continue
        for key in _likenesses(line, year_before(line.financial_year), services):
            if found := alike.get(key):
                if len(found) == 1:
                    yield line, found[0]
                break


def _likenesses(
    line: Figure, year: str | None, services: Mapping[str, str]
) -> Iterator[tuple[str, object, object, str | None]]:
    """What a figure of that year would have in common with a line: row, service or name."""
    yield "row", line.row_id, line.phase, year
    if line.row_id in services:
        yield "service", services[line.row_id], None, year
    if name := stems(line.name):
        yield "name", name, None, year


def broken_patterns(lines: Sequence[Figure], services: Mapping[str, str]) -> Iterator[Lead]:
    """Lines that change by another fraction than their siblings, which all change by one.

    Siblings are lines of one document and year that share their provision, or their section.
    """
    pairs = list(_yearly(lines, services))
    groups: dict[tuple[str, str | None, str, str], list[tuple[Figure, Figure]]] = {}
    for now, then in pairs:
        if now.pence > 0 and then.pence > 0:
            for basis, value in (("provision", now.provision), ("section", now.section)):
                if value:
                    key = (now.document, now.financial_year, basis, value)
                    groups.setdefault(key, []).append((now, then))
    told: set[tuple[str, str | None]] = set()
    for (_, year, basis, value), members in groups.items():
        if len(members) < SIBLINGS + 1:
            continue
        ratio = _common_ratio(members)
        if ratio is None:
            continue
        keeping = [pair for pair in members if _keeps(pair, ratio)]
        if len(keeping) < SIBLINGS or len(keeping) < KEEPING * len(members):
            continue
        for now, then in members:
            if _keeps((now, then), ratio) or (now.row_id, year) in told:
                continue
            told.add((now.row_id, year))
            expected = round(then.pence * ratio)
            example, earlier = keeping[0]
            yield Lead(
                "broken pattern",
                f"Why is “{now.name}” {format_pounds(now.pence)} in {year}, when "
                f"{len(keeping)} other lines of the same {basis} (“{value}”) are each exactly "
                f"{_spelt(ratio)} the year before, such as “{example.name}”, "
                f"{format_pounds(example.pence)} after {format_pounds(earlier.pence)}? "
                f"{_spelt(ratio).capitalize()} {format_pounds(then.pence)} would be "
                f"{format_pounds(expected)}.",
                abs(now.pence - expected),
                (now.receipt(), then.receipt(), example.receipt(), earlier.receipt()),
                now.document,
                now.place,
            )


def _common_ratio(members: Sequence[tuple[Figure, Figure]]) -> Fraction | None:
    """The simple fraction, other than one, by which most of the pairs change."""
    counts: Counter[Fraction] = Counter()
    for now, then in members:
        for candidate in {
            Fraction(now.pence, then.pence).limit_denominator(LARGEST_DENOMINATOR),
            Fraction(round(1000 * now.pence / then.pence), 1000),
        }:
            if candidate != 1 and _keeps((now, then), candidate):
                counts[candidate] += 1
    return max(counts, key=lambda ratio: (counts[ratio], -ratio.denominator), default=None)


def _keeps(pair: tuple[Figure, Figure], ratio: Fraction) -> bool:
    now, then = pair
    return abs(now.pence - then.pence * ratio) <= UNLIKE_PENCE


def _spelt(ratio: Fraction) -> str:
    names = {
        Fraction(1, 4): "a quarter of",
        Fraction(1, 2): "half of",
        Fraction(1, 3): "a third of",
        Fraction(2, 3): "two thirds of",
        Fraction(3, 4): "three quarters of",
        Fraction(2): "twice",
    }
    if ratio in names:
        return names[ratio]
    if ratio.denominator <= LARGEST_DENOMINATOR:
        return f"{ratio.numerator}/{ratio.denominator} of"
    return f"{float(100 * ratio):g} % of"


def swapped_digits(lines: Sequence[Figure], services: Mapping[str, str]) -> Iterator[Lead]:
    """Lines whose figure is last year's with two neighbouring digits exchanged."""
    for now, then in _yearly(lines, services):
        one, other = str(now.pence // 100), str(then.pence // 100)
        unlike = [i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
        if (
            len(one) == len(other) >= 4
            and len(unlike) == 2
            and unlike[0] > 0  # exchanged leading digits are rather another sum
            and unlike[1] == unlike[0] + 1
            and one[unlike[0]] == other[unlike[1]]
            and one[unlike[1]] == other[unlike[0]]
        ):
            yield Lead(
                "swapped digits",
                f"Is “{now.name}” meant to be {format_pounds(now.pence)} in {now.financial_year}, "
                f"or {format_pounds(then.pence)} as in {then.financial_year}, with two digits "
                "exchanged?",
                abs(now.pence - then.pence),
                (now.receipt(), then.receipt()),
                now.document,
                now.place,
            )


def printed_twice(lines: Sequence[Figure]) -> Iterator[Lead]:
    """Lines of one table that agree in service, provider, provision, year and amount.

    A table with many of them lists payments, which do recur.
    """
    seen: dict[tuple[object, ...], Figure] = {}
    pairs: dict[tuple[str, str | None], list[tuple[Figure, Figure]]] = {}
    for line in lines:
        key = (
            line.document,
            line.table_title,
            line.financial_year,
            line.phase,
            line.pence,
            stems(line.name),
            line.provider,
            line.provision,
        )
        first = seen.setdefault(key, line)
        if first.row_id != line.row_id and line.pence and line.provider and stems(line.name):
            pairs.setdefault((line.document, line.table_title), []).append((first, line))
    for members in pairs.values():
        for first, line in members if len(members) <= MOST_REPEATS else ():
            yield Lead(
                "printed twice",
                f"Is “{line.name}” for {line.provider}, {format_pounds(line.pence)} in "
                f"{line.financial_year}, paid twice or only printed twice?",
                abs(line.pence),
                (first.receipt(), line.receipt()),
                line.document,
                line.place,
            )


def ended_without_a_word(
    lines: Sequence[Figure], everything: Sequence[Figure], said: Mapping[str, str]
) -> Iterator[Lead]:
    """Lines that fall to nothing in a later column of their table, and that no sentence names.

    `everything` tells which years the columns of each table are.
    """
    rows: dict[str, list[Figure]] = {}
    years: dict[tuple[str, str | None], set[str]] = {}
    for line in lines:
        rows.setdefault(line.row_id, []).append(line)
    for line in everything:
        if line.financial_year:
            years.setdefault((line.document, line.table_title), set()).add(line.financial_year)
    for members in rows.values():
        dated = {m.financial_year: m for m in members if m.financial_year}
        columns = sorted(years.get((members[0].document, members[0].table_title), ()))
        if len(columns) < 2 or len(dated) != len(members):
            continue
        paid = [year for year in columns if year in dated and dated[year].pence > 0]
        if not paid or paid[-1] == columns[-1]:
            continue
        last = dated[paid[-1]]
        after = columns[columns.index(paid[-1]) + 1]
        text = said.get(last.document, "")
        if _is_named(last.name, text):
            continue
        shown = "0" if after in dated else "nothing"
        yield Lead(
            "ended without a word",
            f"What became of “{last.name}”"
            f"{f' ({last.provider})' if last.provider else ''}: {format_pounds(last.pence)} in "
            f"{last.financial_year}, {shown} in {after}, and no sentence of the document names it?",
            last.pence,
            (last.receipt(),),
            last.document,
            last.place,
        )


def _is_named(name: str, text: str) -> bool:
    words = stems(name)
    return any(
        words and words <= stems(sentence) for sentence in re.split(r"(?<=[.!?])\s|\n", text)
    )


@cache
def _unnamed() -> re.Pattern[str]:
    whole = tomllib.loads(FILE.read_text(encoding="utf-8"))
    if set(whole) != {"unnamed"} or set(whole["unnamed"]) != {"words"}:
        raise ValueError(f"{FILE.name}: only [unnamed] words is known")
    spelt = "|".join(re.escape(word) for word in whole["unnamed"]["words"])
    return re.compile(rf"^(?:{spelt})\b", re.IGNORECASE)


def nobody_named(lines: Sequence[Figure]) -> Iterator[Lead]:
    """Money without a recipient: the provider's cell says that nobody is chosen yet."""
    latest: dict[str, Figure] = {}
    for line in lines:
        held = latest.get(line.row_id)
        if line.pence and (
            held is None or (line.financial_year or "") > (held.financial_year or "")
        ):
            latest[line.row_id] = line
    for line in latest.values():
        if line.provider_printed and _unnamed().match(line.provider_printed.strip()):
            yield Lead(
                "nobody named",
                f"Who received the {format_pounds(line.pence)} of “{line.name}” in "
                f"{line.financial_year}? The table says “{line.provider_printed}”.",
                line.pence,
                (line.receipt(),),
                line.document,
                line.place,
            )


# --- what the judges found ------------------------------------------------------------------------


def sums_that_do_not_close(totals: Sequence[PrintedTotalRow]) -> Iterator[Lead]:
    """Printed totals whose lines add up to something else, by the publisher's own figures."""
    for total in totals:
        if total.verdict != "publisher" or total.pence is None or total.computed_pence is None:
            continue
        gap = abs(total.pence - total.computed_pence)
        if gap > SLIP * abs(total.pence):
            continue
        yield Lead(
            "sum does not close",
            f"“{total.label}” prints {total.printed} for {total.financial_year}, but its lines add "
            f"up to {format_pounds(total.computed_pence)}: which is right?",
            gap,
            (f"{total.printed} ({where(total.document, total.place)})",),
            total.document,
            total.place,
        )


def figures_that_disagree(checks: Sequence[CheckRow]) -> Iterator[Lead]:
    """Differences, percentages and repeated figures in tables that do not follow from the rest."""
    for check in checks:
        if check.verdict != "publisher" or check.kind in SUMS:
            continue
        if not check.expected or abs((check.difference or 0) / check.expected) > SLIP:
            continue
        percent = "per cent" in check.kind or "percent" in check.kind
        pence = None if percent or check.difference is None else round(abs(check.difference) * 100)
        yield Lead(
            "figures disagree",
            f"Which is right? {check.explanation}",
            pence,
            (f"{check.scope} ({where(check.document or '', check.place)})",),
            check.document,
            check.place,
        )


def claims_that_disagree(judged: Sequence[Judged]) -> Iterator[Lead]:
    """Amounts in the text that a table contradicts, and changes from a figure nobody prints."""
    for one in judged:
        claim, mention = one.claim, one.claim.mention
        here = f"“{mention.printed}” ({where(claim.document, claim.place)})"
        if one.verdict == "contradicts":
            gap = None
            if one.found_pence is not None and mention.pence is not None:
                gap = abs(abs(one.found_pence) - abs(mention.pence))
            yield Lead(
                "text and table disagree",
                f"Which is right? {one.explanation}",
                gap,
                (here, *(figure.receipt() for figure in one.against)),
                claim.document,
                claim.place,
            )
        elif claim.baseline_phase and claim.kind in CHANGES and mention.kind == "money":
            yield Lead(
                "base not printed",
                f"Where is the {claim.baseline_phase} {claim.year} figure of {claim.subject} "
                f"printed, from which {mention.printed} is counted?",
                mention.pence,
                (here,),
                claim.document,
                claim.place,
            )
