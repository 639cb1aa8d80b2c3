"""Awards that share an entry: `Fraud clinics: £8,400 to Hill Trust and £3,000 to Dale Aid`."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extractors.budget.clauses import (
    AMOUNT,
    Award,
    Sum,
    is_body,
    sums_in,
)
from extractors.budget.one_award import is_name, read_one
from extractors.budget.splitting import reads_like_name
from extractors.budget.vocabulary import award_words, row_words

_LEAD = re.compile(r"^(?P<lead>[^£]{2,110}?)(?P<sep>:\s+|\s+[–—-]\s+)(?P<rest>.*)$")
_CUT = re.compile(
    r"\s*;\s*(?:and\s+)?|\s*,\s*(?:and\s+|plus\s+|with\s+)?"
    r"(?=[A-Z£]|up to £|\d+(?:st|nd|rd|th)\s)|\s+(?:and|plus|&|with)\s+"
    r"(?=(?:a further\s+|another\s+|up to\s+)?(?:[A-Z£]|\d+(?:st|nd|rd|th)\s))"
)
_TO_ALL = re.compile(
    r"(?:\b(?:go|goes|went|awarded|made|given|paid|granted)\s+)?\bto\s+(?P<name>[A-Z][^£:;]*)$"
)


_IN_BRACKETS = re.compile(
    rf"(?P<words>[^(),;£]+?)\s*\((?P<sum>{AMOUNT})\)(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+|$)"
)


def _gives(lead: str) -> bool:
    """Whether a sentence before names says that they were paid, not refused."""
    gives = any(
        award_words(word).search(lead) for word in ("giving", "given", "paid_for", "bought")
    )
    return gives and not any(
        award_words(w).search(lead) for w in ("against", "at_large", "refusing")
    )


def _in_brackets(lead: str, rest: str) -> list[Award]:
    """`Hill Council: lighting (£4,000) and CCTV (£9,000)`; `Refuges – Hill (£40), Dale (£30)`."""
    found = list(_IN_BRACKETS.finditer(rest))
    if len(found) < 2 or "".join(m[0] for m in found) != rest.rstrip("."):
        return []
    words = [match["words"].strip() for match in found]
    sums = [(Sum(match["sum"], match["sum"]),) for match in found]
    paid = not row_words("organisation").search(lead) and all(map(is_body, words))
    if not is_name(lead) and not (paid and all(map(reads_like_name, words)) and _gives(lead)):
        return []  # `Three groups have bought tents: Hill Scouts (£300) and Dale Guides (£275)`
    if paid:
        service = None if award_words("bare_lead").fullmatch(lead) or not is_name(lead) else lead
        return [Award(one, name, service) for name, one in zip(words, sums, strict=True)]
    return [Award(one, lead, purpose=text) for text, one in zip(words, sums, strict=True)]


# `Dale Scouts £300 and Hill Guides £275, each for camping equipment`
_SHARED_PURPOSE = re.compile(
    r"(?<=\d),?\s+(?:each|both|all)\s+(?P<purpose>(?:for|towards)\s[^£]+)$"
)


def read_several(shown: str) -> list[Award]:
    """Awards that share an entry, and what stands before all (`Fraud clinics: £8,400 to …`)."""
    # `Hill Trust (£9,500 for rent; £1,000 for a fridge)`
    shown = re.sub(r"^([^£()]{2,110}?)\s+\((£[^()]*£[^()]*)\)$", r"\1: \2", shown)
    match = _LEAD.match(shown)
    found = _in_brackets(match["lead"].strip(), match["rest"].strip()) if match else []
    if found:
        return found
    shared = _SHARED_PURPOSE.search(shown)
    if shared:
        body = read_several(shown[: shared.start()])
        return [a if a.purpose else replace(a, purpose=shared["purpose"]) for a in body]
    lead = None
    rest = shown
    match = _LEAD.match(shown)
    if (
        match
        and (match["sep"].strip() == ":" or match["rest"].startswith("£"))
        and not _starts_a_piece(shown)
    ):
        lead, rest = match["lead"].strip(), match["rest"]
    else:
        receives = re.match(
            rf"(?P<name>[A-Z][^£:;]*?)\s+(?:(?:will|has|have|was|is|been|be|also|to)\s+)*"
            rf"(?:{award_words('receives').pattern}|{award_words('given').pattern})\s+(?=£)",
            shown,
        )
        following = _pieces(shown[receives.end() :]) if receives else []
        if receives and all(re.match(r"£[^£]*\sfor\s", piece) for piece in following):
            lead, rest = receives["name"], shown[receives.end() :]
    sum_first = bool(re.match(r"(?:a further |another )?£|up to £", rest))
    named_once: list[Award] = []
    # A second award may have its name first where the one before had its sum first.
    for last in (sum_first, not sum_first):
        pieces = _pieces(rest, last)
        if any(sums_in(piece) != 1 for piece in pieces):
            continue
        found = [award for piece in pieces if (award := read_one(piece))]
        if len(found) < len(pieces):
            continue
        if lead or all(a.provider or a.first for a in found):
            return _led(lead, found) if lead else found
        named_once = named_once or _of_the_first(found)
    return named_once


def _of_the_first(awards: list[Award]) -> list[Award]:
    """`£9,500 to Hill Trust for rent and £1,000 for a fridge`: who is paid is named but once."""
    first, *others = awards
    same = [a for a in others if not a.provider and not a.first and (a.purpose or a.second)]
    if not first.provider or len(same) < len(others) or any(map(_names_another, same)):
        return []
    return [first, *(replace(a, provider=first.provider) for a in same)]


def _names_another(award: Award) -> bool:
    """Whether what a sum is for reads like a body of its own: `£3,000 for Dale Aid`."""
    words = re.sub(r"^(?:for|towards)\s+", "", award.purpose or award.second or "")
    body = row_words("organisation").search(words) and reads_like_name(words)
    return bool(body or re.match(rf"(?:{award_words('giver').pattern})\b", words, re.I))


def _starts_a_piece(shown: str) -> bool:
    """Whether the words before the first dash belong to the first award alone."""
    pieces = _pieces(shown)
    return len(pieces) > 1 and all(
        re.match(r"[A-Z][^£]*(?:\s[–—-]|:)\s+£", piece) for piece in pieces[1:]
    )


def _pieces(text: str, last: bool | None = None) -> list[str]:
    """The parts of an entry with one sum each, cut where one award ends and the next begins.

    Of several places for a cut the `last` is taken, or the first; by itself, the last where the
    text begins with a sum.
    """
    spans = [(m.start(), m.end()) for m in re.finditer(AMOUNT, text)]
    if last is None:
        last = bool(re.match(r"(?:a further |another )?£|up to £", text))
    pieces, start = [], 0
    for (_, end), (following, _) in pairwise(spans):
        reach = following + len("up to £")
        cuts = [m for m in _CUT.finditer(text, end, reach) if m.end() <= following]
        strong = [m for m in cuts if ";" in m[0]]
        inside = text[:end].count("(") > text[:end].count(")")
        if inside:
            closing = text.find(")", end)
            cuts = [m for m in cuts if m.start() > closing]
        if not cuts:
            continue
        cut = strong[0] if strong else (cuts[-1] if last else cuts[0])
        pieces.append(text[start : cut.start()].strip())
        start = cut.end()
    return [*pieces, text[start:].strip()]


def _led(lead: str, awards: list[Award]) -> list[Award]:
    """Awards under words that stand before them all: who is paid, or what for."""
    to_all = _TO_ALL.search(lead)
    if to_all and is_body(to_all["name"].strip()):
        return [replace(a, provider=a.provider or to_all["name"].strip()) for a in awards]
    if not is_name(lead):
        return []
    if award_words("bare_lead").fullmatch(lead):
        return awards
    if all(a.provider for a in awards):
        return [replace(a, service=a.service or lead) for a in awards]
    if all(a.first and not a.provider for a in awards):
        # Community grants: Skate Collective (£3,250) and Chapel Studios (£5,000)
        return [
            replace(
                a,
                provider=a.first,
                first=None,
                service=lead,
                purpose=a.purpose or a.second,
                second=None,
            )
            for a in awards
        ]
    if all(not a.first and not a.provider for a in awards):
        return [replace(a, provider=lead) for a in awards]
    return []
