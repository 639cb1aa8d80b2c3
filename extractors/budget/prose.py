"""Awards told in sentences: `£9,700 to Beacon Mediation for The Shed; and £8,300 to …`.

A sum in a sentence is an award only where the sentence itself gives it to somebody by name, and
only in a text that lists several such awards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.budget.splitting import reads_like_name
from extractors.model import Passage

AMOUNT = (
    r"£\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|million|thousand)\b)?"
    r"(?:\s?(?:p\.?a\.?|per annum|per year|a year|each year)(?!\w))?"
)
_WORD = r"(?:[A-Z][\w'’&.-]*|&|of|the|and|upon|de|la|[0-9][\w/-]*)"
_NAME = rf"(?:The\s+|the\s+)?[A-Z0-9][\w'’&./-]*(?:\s+{_WORD})*"
_GIVEN = r"(?:awarded|granted|given|allocated|offered|received|awarding|granting|giving|paid|won)"
_FOR = r"(?:for|towards|to (?:support|fund|deliver|provide|run|help|pay for|continue|extend))"
_NEXT = r"£|[A-Z][^,;.£]{0,60}?\b(?:gets?|receives?|has|have|was|were|will)\b"
_TAIL = rf"(?P<rest>[^;.]*?)(?=$|[;.]|,?\s+and\s+(?={_NEXT})|,\s+£)"
_HAS = r"(?:(?:has|have|had|was|were|is|are|will be|also)\s+)*(?:been\s+)?"
_FORMS = (
    # Beacon Mediation has been awarded £3,500 for …; Eastmere Council receives £6,250 towards …
    re.compile(
        rf"(?P<name>{_NAME})\s+{_HAS}(?:{_GIVEN}|receives?|gets?|will receive|secured)\s+"
        rf"(?P<amount>{AMOUNT})(?P<link>\s+{_FOR}\s+)?{_TAIL}"
    ),
    # £9,700 to Beacon Mediation for The Shed; £500 has been awarded to …
    re.compile(
        rf"(?P<amount>{AMOUNT})\s+{_HAS}(?:(?:{_GIVEN}|went|goes)\s+)?"
        rf"to\s+(?P<name>{_NAME})(?:,?\s+(?P<link>{_FOR}\s+))?{_TAIL}"
    ),
)
# Sentences about the money at large, not about one award.
_AT_LARGE = re.compile(
    r"\b(?:total|in all|altogether|worth|budget|last year|largest|smallest|average|up to|more than|"
    r"increase[ds]?|reduc\w+|sav\w+|said|underspen\w+|compared|instead)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One award told in a sentence, with the words about what it is for."""

    passage: Passage
    number: int
    name: str
    amount: str
    rest: str


def told_awards(passages: Sequence[Passage]) -> list[Told]:
    """The awards that sentences of running text give to somebody by name, in printed order."""
    found: list[Told] = []
    for passage in passages:
        if passage.kind not in {"paragraph", "list_item"} or "£" not in passage.text:
            continue
        number = 0
        for sentence in _sentences(passage.text):
            for name, amount, rest in _in_sentence(sentence):
                found.append(Told(passage, number, name, amount, rest))
                number += 1
    return found


def _sentences(text: str) -> Iterable[str]:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z“\"£])", text)


def _in_sentence(sentence: str) -> list[tuple[str, str, str]]:
    if _AT_LARGE.search(sentence) or "“" in sentence:
        return []
    sums = re.findall(AMOUNT, sentence)
    found: list[tuple[int, str, str, str]] = []
    for form in _FORMS:
        for match in form.finditer(sentence):
            name = match["name"].strip(" ,")
            if any(start == match.start("amount") for start, *_ in found):
                continue
            if _is_body(name):
                found.append(
                    (match.start("amount"), name, match["amount"], match["rest"].strip(" ,"))
                )
    # A sentence with a sum that nobody is given is not a list of awards.
    if len(found) != len(sums) or not re.search(rf"\b(?:{_GIVEN}|receives?|to)\b", sentence):
        return []
    return [(name, amount, rest) for _, name, amount, rest in sorted(found)]


_NOBODY = re.compile(
    r"^(?:(?:the\s+)?(?:commissioner|pcc|office|board|panel|government|home office|force|council|"
    r"fund|public|police|partnership|region|county|city|it|this|he|she|we|they|groups?|projects?))$",
    re.I,
)


def _is_body(name: str) -> bool:
    words = name.split()
    return 1 <= len(words) <= 12 and not _NOBODY.match(name) and any(w[:1].isupper() for w in words)


def project_and_purpose(rest: str) -> tuple[str | None, str | None]:
    """The project's name and the description in the words that follow an award."""
    bare = re.sub(rf"^{_FOR}\s+", "", rest.strip(" ,")).strip()
    if not bare:
        return None, None
    in_brackets = re.search(r"\(([A-Z][^()]*)\)$", bare)
    if in_brackets:
        return in_brackets[1], bare[: in_brackets.start()].strip(" ,–—-") or None
    head, _, tail = bare.partition(", ")
    if reads_like_name(head):
        return head, tail or None
    return None, bare
