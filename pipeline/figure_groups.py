"""Groups of figures that a claim may speak of, in widening circles, and whether one fits.

The circles: what the subject is called, what is described so, what is of the same provision,
what other documents call the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from normalizers.amounts import format_pounds
from normalizers.narrative import Mention
from pipeline.claims import Claim
from pipeline.figures import Figure, stems, vocabulary, where

ClaimVerdict = Literal["agrees", "rounding", "contradicts", "cannot_tell"]
OVER_AT_MOST = 1.25  # "over £60k" is said of 60,157, hardly of 80,000


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that together may be what a claim speaks of; `sure` where nothing else may be."""

    figures: tuple[Figure, ...]
    sure: bool

    @property
    def pence(self) -> int:
        return sum(figure.pence for figure in self.figures)

    def told(self) -> str:
        if len(self.figures) == 1:
            return self.figures[0].receipt()
        names = ", ".join(f"“{f.name}” {format_pounds(f.pence)}" for f in self.figures[:4])
        more = f" and {len(self.figures) - 4} more" if len(self.figures) > 4 else ""
        place = where(self.figures[0].document, self.figures[0].place)
        return f"{format_pounds(self.pence)} ({len(self.figures)} lines: {names}{more}, {place})"


def judge_fit(mention: Mention, pence: int) -> ClaimVerdict | None:
    """Whether a figure is what an amount says, as its qualifier and last printed digit allow."""
    said, step = abs(mention.pence or 0), mention.step_pence or 100
    value = abs(pence)
    if mention.pence_to is not None:
        return "agrees" if said <= value <= mention.pence_to else None
    if mention.qualifier in ("over", "more than"):
        return "agrees" if said < value <= said * OVER_AT_MOST else None
    if value == said:
        return "agrees"
    if step > 100 and abs(value - said) * 2 <= step:
        return "rounding"
    if step == 100 and abs(value - said) < 100:
        return "rounding"  # pence are dropped
    return None


def find_groups(claim: Claim, year: str | None, figures: Sequence[Figure]) -> list[Group]:
    """Groups of figures that a claim may speak of in a year, the surest first.

    Figures of the claim's own document come first; those of other documents follow, each
    document by itself, so that one statement of a year is never added to another.
    """
    of_year = [f for f in figures if f.financial_year == year]
    documents = sorted({f.document for f in of_year}, key=lambda d: (d != claim.document, d))
    elsewhere = _names_elsewhere(claim, figures)
    names = {stems(f.name) for f in of_year if f.kind == "line"} if elsewhere else set()
    otherwise = frozenset(n for n in names if any(_same_words(n, other) for other in elsewhere))
    found: list[Group] = []
    for document in documents:
        here = [f for f in of_year if f.document == document]
        for phase in sorted({f.phase or "" for f in here}):
            found += _groups_of(claim, [f for f in here if (f.phase or "") == phase], otherwise)
    return found


def _names_elsewhere(claim: Claim, figures: Sequence[Figure]) -> frozenset[frozenset[str]]:
    """What any document calls that which it describes in the claim's words."""
    if not claim.words or claim.scope in ("whole", "section"):
        return frozenset()
    described = {stems(f.name) for f in figures if f.kind == "line" and claim.words <= f.more}
    return frozenset(name for name in described if name)


def _groups_of(
    claim: Claim, here: Sequence[Figure], otherwise: frozenset[frozenset[str]]
) -> list[Group]:
    if claim.scope == "whole":
        grand = [f for f in here if f.kind == "grand total"]
        partial = vocabulary()["whole"]["partial_titles"]
        return [
            Group(
                (f,),
                sure=len(grand) == 1
                and not any(word in (f.table_title or "").lower() for word in partial),
            )
            for f in grand
        ]
    totals = [f for f in here if f.kind == "section total"]
    if claim.scope == "section":
        found = [f for f in totals if f.words and claim.words <= f.words | f.more]
        return [Group((f,), sure=f.name == claim.subject and len(found) == 1) for f in found]
    lines = [f for f in here if f.kind == "line"]
    groups: list[Group] = []
    seen: set[frozenset[int]] = set()

    def add(members: Sequence[Figure], sure: bool = False) -> None:
        key = frozenset(map(id, members))
        if members and key not in seen:
            seen.add(key)
            groups.append(Group(tuple(members), sure))

    words = claim.words
    if not words:
        return []
    named = [f for f in lines if words <= f.words]
    exact = [f for f in lines if f.words and stems(f.name) == words]
    add(exact, sure=len(exact) == 1 and named == exact)
    add(named, sure=len(named) == 1)
    for figure in named:
        add([figure])
    listed = [f for f in lines if f.words and stems(f.name) and stems(f.name) <= claim.more_words]
    add(listed)
    # A section that carries the subject's name is the subject's sum.
    for total in totals:
        if words <= total.words:
            add([total])
    described = [f for f in lines if words <= f.more]
    add(described)
    provisions = {f.provision for f in [*named, *described] if f.provision}
    for provision in sorted(provisions):
        add([f for f in lines if f.provision == provision])
    if named:
        add([f for f in lines if f.provision in provisions or words <= f.words])
    # What other documents describe so may be called otherwise here.
    add([f for f in lines if stems(f.name) in otherwise])
    return groups


def _same_words(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = one & other
    return bool(shared) and len(shared) * 3 >= 2 * max(len(one), len(other))
