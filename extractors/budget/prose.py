"""Awards told in sentences: `£9,700 to Beacon Mediation for The Shed; and £8,300 to …`.

A sum in a sentence is an award only where the sentence itself gives it to somebody by name, and
every sum of the sentence is accounted for so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.budget.clauses import (
    AMOUNT,
    NAME,
    YEAR,
    Award,
    Sum,
    is_body,
    plain_line,
    read_told,
    shown_again,
    sums_in,
    without_asides,
)
from extractors.budget.rephrased import VERB, rephrased, sums_of_years, unranked
from extractors.budget.vocabulary import award_words
from extractors.model import Passage


@dataclass(frozen=True, slots=True)
class Told:
    """One award told in a sentence, and its number in its passage."""

    passage: Passage
    number: int
    award: Award


def told_awards(passages: Sequence[Passage]) -> list[Told]:
    """The awards that sentences of running text give to somebody by name, in printed order."""
    found: list[Told] = []
    for passage in passages:
        if passage.kind not in {"paragraph", "list_item"} or "£" not in passage.text:
            continue
        number = 0
        before = ""
        for sentence in _sentences(passage.text):
            said = _carried(before, sentence) or sentence
            before = sentence
            for award in _in_sentence(said):
                found.append(Told(passage, number, award))
                number += 1
    return found


def _sentences(text: str) -> Iterable[str]:
    return re.split(r"(?<=[.!?])(?<!St\.)(?<!Dr\.)\s+(?=[A-Z“\"£])", text)


# `We awarded the contract to Hill CIC. It runs for three years, 2024/25 to 2026/27, and is worth …`
_LET = re.compile(
    r"\b(?:award|awarded|let|give|given|gave|grant|granted|renew|renewed)\s+(?:the|a|an|its)\s+"
    rf"(?:\w+\s+)?(?:contract|grant|agreement)\s+to\s+(?P<name>{NAME})"
)
_WORTH = re.compile(
    r"^(?:The (?:contract|grant|agreement|award)|It)\s(?P<term>[^£]*)\b"
    rf"(?:is worth|costs|is for|is valued at|has a value of)\s+(?P<sum>{AMOUNT})(?P<rest>[^£]*)$"
)


def _carried(before: str, sentence: str) -> str | None:
    """A sentence that gives the worth of what the sentence before lets to somebody, as one that
    says both."""
    let, worth = _LET.search(before), _WORTH.match(sentence)
    if let is None or worth is None or "£" in before:
        return None
    year = re.search(rf"{YEAR}(?:\s+to\s+{YEAR})?", worth["term"] + worth["rest"])
    when = f" for {year[0]}" if year else ""
    return f"We awarded {worth['sum']} to {let['name']}{when}."


_CLAUSE = re.compile(
    rf"\s*;\s*(?:and\s+)?|,?\s+(?:and|while|with|plus|whilst)\s+(?=(?:a\s+further\s+|another\s+|a\s+grant\s+of\s+)?£)|"
    rf",?\s+and\s+(?=[^£,;]{{3,60}}\sby\s+{NAME}\s+(?:for|at)\s+£)|"
    rf",?\s+(?:and|while|whilst)\s+(?={NAME}\s+(?:{VERB}\b|£))|,\s+(?=(?:{NAME}\s+(?:{VERB}\b|£)|£))"
)


# A sentence gives in one of these ways or not at all.
_SAID = ("giving", "given", "goes", "receives", "delivery", "paid_for")


_NAMED = re.compile(r"“(\w+(?: \w+){0,3})”")  # its `Drop It` film project: nobody speaks


def _in_sentence(sentence: str) -> list[Award]:
    # `…, whose project employs two` tells more of who is paid; `which was repaid` denies it.
    sentence = unranked(sentence)
    as_printed = re.sub(r"\bwhose\b", "", sentence)
    if any(award_words(w).search(as_printed) for w in ("at_large", "outsider", "refusing")):
        return []
    sentence = _NAMED.sub(r"\1", rephrased(sentence))
    if "“" in sentence:
        return []
    if not any(award_words(word).search(sentence) for word in _SAID):
        return []
    sentence, dated = sums_of_years(sentence)
    shown, products = without_asides(plain_line(sentence))
    if sums_in(shown) == 0:
        return []
    several = _in_brackets(shown)
    if several:
        return [] if dated else several
    found: list[Award] = []
    for clause in _clauses(shown):
        if sums_in(clause) != 1:
            return []
        award = read_told(clause) or (_short(clause, found[-1]) if found else None)
        if award is None or award_words("inside").search(award.provider or ""):
            return []
        found.append(
            replace(
                award,
                sums=tuple(
                    each
                    for one in award.sums
                    for each in dated.get(one.text, (products.get(one.text, one),))
                ),
                service=shown_again(award.service),
                purpose=shown_again(award.purpose),
            )
        )
    return found


def _clauses(shown: str) -> list[str]:
    """The parts of a sentence with one sum each; words without one belong to the part before, save
    a name right before a sum: `…; Hill Trust, £500 for rent`."""
    parts: list[str] = []
    for part in _CLAUSE.split(shown):
        if parts and part.startswith("£") and re.fullmatch(NAME, parts[-1]):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    clauses: list[str] = []
    for part in parts:
        if clauses and ("£" not in part or "£" not in clauses[-1]):
            clauses[-1] = f"{clauses[-1]}, {part}"
        else:
            clauses.append(part)
    return clauses


def _short(clause: str, before: Award) -> Award | None:
    """`… and Dale Trust £3,000 for football`, where the verb was said of the award before."""
    by = re.fullmatch(
        rf"(?P<what>[^£]{{3,60}}?\sby\s+{NAME})\s+(?:for|at)\s+(?P<sum>£[^£]+)", clause
    )
    if by and before.service:
        return read_told(f"{by['what'].replace(' by ', ' is run by ', 1)} at a cost of {by['sum']}")
    match = re.fullmatch(
        rf"(?P<name>{NAME}),?\s+(?P<sum>£[\d,.]+\d(?:k|m)?)(?P<rest>[^£]*)", clause
    )
    if match is None or not is_body(match["name"]):
        return None
    return read_told(f"{match['name']} receives {match['sum']}{match['rest']}")


_BRACKETED = re.compile(
    rf"(?P<name>{NAME})\s+\((?P<sum>£[\d,]+(?:\.\d+)?(?:k|m)?)(?:\s*,\s*[^()£]*)?\)"
)


def _in_brackets(shown: str) -> list[Award]:
    """`Grants were made to Hill Trust (£500), Dale Guides (£200) and Hope (£100)`."""
    found = list(_BRACKETED.finditer(shown))
    if len(found) < 2 or len(found) != sums_in(shown):
        return []
    between = [shown[a.end() : b.start()] for a, b in pairwise(found)]
    if not all(re.fullmatch(r"\s*(?:,|;|\band\b|,\s*and\b)\s*", words) for words in between):
        return []
    return [
        Award((Sum(match["sum"], match["sum"]),), match["name"])
        for match in found
        if is_body(match["name"])
    ]
