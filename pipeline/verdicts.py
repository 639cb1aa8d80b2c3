"""Claims held against tables: agrees, rounding, contradicts or cannot tell, each in a sentence.

A claim is compared with the figures that its words lead to, in widening circles: what its
subject is called, what is described so, what is of the same provision, what other documents
call the same. It agrees where one of them fits; it is contradicted only where its subject
leaves no doubt; in every other case the tables cannot tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from normalizers.amounts import format_pounds
from pipeline.claims import CHANGES, Claim, year_after, year_before
from pipeline.figure_groups import ClaimVerdict, Group, find_groups, judge_fit
from pipeline.figures import Figure, vocabulary, where


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict, the explanation, and what it was compared with in pence."""

    claim: Claim
    verdict: ClaimVerdict
    explanation: str
    found_pence: int | None = None
    found_percent: float | None = None
    against: tuple[Figure, ...] = ()


def judge_claims(claims: Sequence[Claim], figures: Sequence[Figure]) -> tuple[Judged, ...]:
    """Every claim with its verdict, in the order given."""
    judged = [_judge(claim, claims, figures) for claim in claims]
    return tuple(
        _by_parts(one, judged) if one.verdict == "cannot_tell" or _is_loose(one) else one
        for one in judged
    )


def tell_of_each_other(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """The same, those that no table can judge with where another document says the same sum.

    The subject must be the same by its telling words; it is a hint, and the verdict stays.
    """
    told = []
    for one in judged:
        claim, mention = one.claim, one.claim.mention
        if one.verdict == "cannot_tell" and mention.kind == "money" and claim.words:
            others = [
                other.claim
                for other in judged
                if other.claim.document != claim.document
                and other.claim.mention.pence == mention.pence
                and other.claim.words == claim.words
            ]
            others.sort(key=lambda other: (other.kind != claim.kind, other.document))
            if others:
                other = others[0]
                one = replace(
                    one,
                    explanation=f"{one.explanation} {other.mention.printed} is said of "
                    f"{other.subject} {'in' if other.place.page is None else 'on'} "
                    f"{where(other.document, other.place)} as well.",
                )
        told.append(one)
    return tuple(told)


def _judge(claim: Claim, claims: Sequence[Claim], figures: Sequence[Figure]) -> Judged:
    if claim.mention.kind == "percentage":
        return _judge_percentage(claim, claims, figures)
    said = claim.mention.printed
    if claim.kind == "maximum":
        return _unknown(claim, f"{said} is a limit, and the tables print no limits")
    if claim.scope == "none":
        return _unknown(claim, f"the text does not say of what {said} is")
    if claim.is_past:
        return _unknown(claim, f"{said} is of years past that no table here prints")
    if claim.kind in CHANGES:
        return _judge_change(claim, figures)
    if claim.kind == "share":
        return _judge_share(claim, claims, figures)
    return _judge_level(claim, figures)


def _unknown(claim: Claim, why: str) -> Judged:
    return Judged(claim, "cannot_tell", f"{why[0].upper()}{why[1:]}.")


# --- an amount as it stands -----------------------------------------------------------------


def _judge_level(claim: Claim, figures: Sequence[Figure]) -> Judged:
    said = claim.mention.printed
    years = _candidate_years(claim, figures)
    found = [(year, group) for year in years for group in find_groups(claim, year, figures)]
    for year, group in found:
        fit = judge_fit(claim.mention, group.pence)
        if fit is not None:
            explanation = _agreement(claim, group, fit, year)
            claim = _of_what_fits(claim, group)
            return Judged(claim, fit, explanation, group.pence, against=group.figures)
    if not found:
        of = f" of {claim.subject}" if claim.subject else ""
        year = claim.year or "the years of its document"
        return _unknown(
            claim, f"no table here prints a figure{of} for {year} to hold {said} against"
        )
    sure = [group for _, group in found if group.sure]
    plain = claim.kind == "total" and claim.mention.qualifier is None and _is_decisive(claim)
    if plain and sure and len(found) == len(sure) and len({g.pence for g in sure}) == 1:
        group = sure[0]
        gap = claim.mention.pence or 0
        return Judged(
            claim,
            "contradicts",
            f"{said} is printed in {_place(claim)}; the table has {group.told()}, "
            f"a difference of {format_pounds(abs(group.pence - gap))}.",
            group.pence,
            against=group.figures,
        )
    nearest = min(
        (group for _, group in found), key=lambda g: abs(g.pence - (claim.mention.pence or 0))
    )
    return replace(
        _unknown(
            claim,
            f"{said} may be of something else: the nearest that the tables print is "
            f"{nearest.told()}",
        ),
        against=nearest.figures,
    )


def _is_decisive(claim: Claim) -> bool:
    """Whether a text speaks of the very sum that a budget prints, so that another is wrong."""
    words, sentence = vocabulary()["decisive"], claim.mention.sentence
    if any(re.search(pattern, sentence, re.IGNORECASE) for pattern in words["other_sums"]):
        return False
    return claim.scope != "lines" or any(
        re.search(pattern, sentence, re.IGNORECASE) for pattern in words["patterns"]
    )


def _of_what_fits(claim: Claim, group: Group) -> Claim:
    """The claim, its subject named after the one line that fits where that is another."""
    figure = group.figures[0]
    if len(group.figures) > 1 or figure.kind != "line" or claim.words <= figure.more:
        return claim
    return replace(claim, subject=figure.name)


def _place(claim: Claim) -> str:
    return where(claim.document, claim.place)


def _agreement(claim: Claim, group: Group, fit: ClaimVerdict, year: str | None) -> str:
    said = claim.mention.printed
    if claim.mention.qualifier in ("over", "more than"):
        how = f"{group.told()} is {claim.mention.qualifier} {said.lstrip()}"
    elif fit == "rounding":
        how = f"{said} rounds {group.told()}"
    else:
        how = f"{said} is {group.told()}"
    if claim.year is None and year:
        how += f", printed for {year}; the sentence names no year"
    return f"{how}."


def _candidate_years(claim: Claim, figures: Sequence[Figure]) -> Sequence[str | None]:
    """The claim's year; where the text names none, those of its document and the one after.

    The latest come first.
    """
    if claim.year is not None:
        return [claim.year]
    printed = {f.financial_year for f in figures if f.financial_year}
    if claim.document_years:
        following = {year_after(year) for year in claim.document_years}
        printed &= {*claim.document_years, *following}
    return sorted(printed, reverse=True)


# --- an increase or a reduction --------------------------------------------------------------


def _judge_change(claim: Claim, figures: Sequence[Figure]) -> Judged:
    said, year = claim.mention.printed, claim.year
    if year is None:
        return _unknown(claim, f"the text does not say in which year {said} is a change")
    before = claim.baseline or year_before(year)
    if claim.baseline == year or (claim.baseline is None and claim.baseline_phase):
        phase = claim.baseline_phase or "earlier"
        pairs = _phase_pairs(claim, year, figures)
        if not pairs:
            return _unknown(
                claim,
                f"{said} is measured from the {phase} figure for {year}, "
                "which no table here prints",
            )
    else:
        earlier = find_groups(claim, before, figures)
        pairs = [(now, then) for now in find_groups(claim, year, figures) for then in earlier]
    sign = 1 if claim.kind == "increase" else -1
    for now, then in pairs:
        change = (now.pence - then.pence) * sign
        fit = judge_fit(replace(claim.mention, qualifier=None), change) if change > 0 else None
        if fit is not None:
            return Judged(
                claim,
                fit,
                f"{said} {'is' if fit == 'agrees' else 'rounds'} the change from {then.told()} to "
                f"{now.told()}.",
                change * sign,
                against=(*now.figures, *then.figures),
            )
    sure = [(now, then) for now, then in pairs if now.sure and then.sure]
    if sure and len(pairs) == len(sure) and claim.baseline is not None:
        now, then = sure[0]
        return Judged(
            claim,
            "contradicts",
            f"{said} is printed in {_place(claim)}; from {then.told()} to {now.told()} is "
            f"{format_pounds(now.pence - then.pence)}.",
            now.pence - then.pence,
            against=(*now.figures, *then.figures),
        )
    if not pairs:
        return _unknown(claim, f"no tables here print {claim.subject} for both {before} and {year}")
    now, then = pairs[0]
    return replace(
        _unknown(
            claim,
            f"{said} may count more than the tables show: from {then.told()} to {now.told()} is "
            f"{format_pounds(now.pence - then.pence)}",
        ),
        against=(*now.figures, *then.figures),
    )


def _phase_pairs(claim: Claim, year: str, figures: Sequence[Figure]) -> list[tuple[Group, Group]]:
    """Two statements of one year: the document's own, and one of another phase or document."""
    own = [f for f in figures if f.document == claim.document]
    others = [f for f in figures if f.document != claim.document]
    now = find_groups(claim, year, own)
    then = find_groups(claim, year, others)
    if claim.baseline_phase:
        then += find_groups(claim, year, [f for f in own if f.phase == claim.baseline_phase])
        now = find_groups(claim, year, [f for f in own if f.phase != claim.baseline_phase])
    return [(n, t) for n in now for t in then if n.figures != t.figures]


# --- a share ----------------------------------------------------------------------------------


def _judge_share(claim: Claim, claims: Sequence[Claim], figures: Sequence[Figure]) -> Judged:
    """A part of a section or of the whole budget: the one line or total that fits."""
    level = _judge_level(replace(claim, kind="share"), figures) if claim.words else None
    if level and level.verdict in ("agrees", "rounding") and claim.scope == "lines":
        return level
    said = claim.mention.printed
    section = claim.section or _section_before(claim, claims)
    year = claim.year
    own = [
        f
        for f in figures
        if f.document == claim.document and (year is None or f.financial_year == year)
    ]
    inside = [f for f in own if f.kind == "line" and f.section == section] if section else []
    fits = [(f, fit) for f in inside if (fit := judge_fit(claim.mention, f.pence)) is not None]
    if len(fits) == 1:
        figure, fit = fits[0]
        who = f", {figure.provider}" if figure.provider else ""
        verb = "rounds" if fit == "rounding" else "is"
        return Judged(
            claim,
            fit,
            f"{said} {verb} {format_pounds(figure.pence)}, {figure.what()}{who}; no other line of "
            f"{section} fits.",
            figure.pence,
            against=(figure,),
        )
    totals = [f for f in own if f.kind == "grand total"]
    for total in totals if claim.scope != "section" else ():
        fit = judge_fit(claim.mention, total.pence)
        if fit is not None and (claim.mention.step_pence or 0) * 100 < total.pence:
            group = Group((total,), sure=False)
            return Judged(
                claim, fit, _agreement(claim, group, fit, year), total.pence, against=(total,)
            )
    return _unknown(claim, f"{said} is a part of something, and no one figure here is that part")


def _section_before(claim: Claim, claims: Sequence[Claim]) -> str | None:
    """The section of an earlier amount in the same sentence (`Of the £X for S, only £Y`)."""
    for other in claims:
        if other.mention in claim.others and other.section:
            return other.section
    return None


# --- a percentage -----------------------------------------------------------------------------


def _judge_percentage(claim: Claim, claims: Sequence[Claim], figures: Sequence[Figure]) -> Judged:
    said = claim.mention.printed
    percent = claim.mention.percent or 0.0
    sign = 1 if claim.kind == "increase" else -1
    sentence = [
        other
        for other in claims
        if other.mention.kind == "money"
        and other.document == claim.document
        and other.mention.key == claim.mention.key
        and other.mention.sentence_number == claim.mention.sentence_number
    ]
    # "an increase of £98,911 … (an increase of 2.3%)": of the same whole as the amount before it.
    changes = [
        c for c in sentence if c.kind == claim.kind and c.mention.start < claim.mention.start
    ]
    if changes and claim.baseline is None:
        change = changes[-1].mention
        wholes = [c.mention for c in sentence if c.kind in ("total", "amount")]
        now = wholes[0].pence if wholes else None
        if now is None:
            grand = [g for g in find_groups(claim, claim.year, figures) if claim.scope == "whole"]
            now = grand[0].pence if grand else None
        if now and change.pence:
            return _percent_verdict(claim, percent, change.pence, now - sign * change.pence, None)
    if claim.year is None:
        return _unknown(claim, f"the text does not say of which year's figure {said} is")
    before = claim.baseline or year_before(claim.year)
    best: Judged | None = None
    earlier = find_groups(claim, before, figures)
    for now_group in find_groups(claim, claim.year, figures):
        for then_group in earlier:
            if now_group.figures[0].document != then_group.figures[0].document and best:
                continue
            change_pence = (now_group.pence - then_group.pence) * sign
            verdict = _percent_verdict(
                claim, percent, change_pence, then_group.pence, (now_group, then_group)
            )
            if verdict.verdict != "contradicts":
                return verdict
            best = best or (verdict if now_group.sure and then_group.sure else None)
    if best is not None:
        return best
    return _unknown(
        claim, f"no tables here print {claim.subject} for both {before} and {claim.year}"
    )


def _percent_verdict(
    claim: Claim, percent: float, change: int, base: int, groups: tuple[Group, Group] | None
) -> Judged:
    said = claim.mention.printed
    if base <= 0:
        return _unknown(claim, f"{said} is of nothing")
    true = 100 * change / base
    decimals = len(said.partition(".")[2].rstrip("% ").strip()) if "." in said else 0
    decimals = min(decimals, 3)
    sum_ = f"{format_pounds(change)} on {format_pounds(base)} is {true:.2f} %"
    source = ""
    if groups is not None:
        now, then = groups
        one, other = then.figures[0], now.figures[0]
        source = (
            f" ({one.what()}, and {other.what()})"
            if one.place != other.place
            else (
                f" ({one.what()}, for {claim.baseline or year_before(claim.year or '2000-01')} and "
                f"{claim.year})"
            )
        )
        against = (*now.figures, *then.figures)
    else:
        against = ()
        source = " by the amounts of the same sentence"
    if abs(true - percent) < 1e-9:
        verdict: ClaimVerdict = "agrees"
    elif abs(true - percent) <= 0.5 * 10**-decimals + 1e-9:
        verdict = "rounding"
    else:
        cut = int(true * 10**decimals) / 10**decimals == percent
        note = f"; cut off, not rounded, it is {said}" if cut else ""
        return Judged(
            claim,
            "contradicts",
            f"{said} is printed; {sum_}{source}{note}.",
            found_percent=true,
            against=against,
        )
    return Judged(
        claim, verdict, f"{said} is right: {sum_}{source}.", found_percent=true, against=against
    )


# --- amounts that other amounts of the text make up ---------------------------------------------


def _is_loose(one: Judged) -> bool:
    """A contradiction of a whole that the text itself puts together from parts is none."""
    return (
        one.verdict == "contradicts"
        and one.claim.mention.kind == "money"
        and (one.claim.kind in ("total", "amount", "balance"))
    )


def _by_parts(one: Judged, judged: Sequence[Judged]) -> Judged:
    """The claim, agreed where two other amounts of its document add up to it or leave it.

    Only amounts printed to the same digit count, four digits at least, and one of the three
    must be borne out by a table.
    """
    mention = one.claim.mention
    if mention.kind != "money" or mention.pence is None or not mention.step_pence:
        return one
    if one.claim.kind in CHANGES or one.claim.kind == "maximum" or mention.step_pence < 1000:
        return one
    operands: dict[int, Judged] = {}
    for other in judged:
        theirs = other.claim.mention
        if (
            other is not one
            and other.claim.document == one.claim.document
            and theirs.kind == "money"
            and theirs.step_pence == mention.step_pence
            and theirs.pence not in (None, mention.pence)
            and theirs.pence_to is None
            and other.claim.year in (one.claim.year, None)
        ):
            operands.setdefault(theirs.pence or 0, other)
    if mention.pence // mention.step_pence < 100:
        return one
    for first, second in combinations(operands.values(), 2):
        a, b = first.claim.mention, second.claim.mention
        if not (_backed(first) or _backed(second)):
            continue
        assert a.pence is not None and b.pence is not None
        if a.pence + b.pence == mention.pence:
            how = (
                f"{a.printed} ({_place(first.claim)}) and {b.printed} "
                f"({_place(second.claim)}) together"
            )
        elif abs(a.pence - b.pence) == mention.pence:
            more, less = (first, second) if a.pence > b.pence else (second, first)
            how = (
                f"{more.claim.mention.printed} ({_place(more.claim)}) less "
                f"{less.claim.mention.printed} ({_place(less.claim)})"
            )
        else:
            continue
        backed = first if _backed(first) else second
        return Judged(
            one.claim,
            "agrees",
            f"{mention.printed} is {how}; {backed.explanation}",
            mention.pence,
            against=backed.against,
        )
    return one


def _backed(one: Judged) -> bool:
    return one.verdict in ("agrees", "rounding") and bool(one.against)
