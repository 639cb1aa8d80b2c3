"""Sentences put the plain way: who is paid next to the verb, one sum where an award has several.

`Safe Haven, a charity in Dale, has been awarded £500` says `Safe Haven has been awarded £500`.
"""

from __future__ import annotations

import re
from collections import Counter

from extractors.budget.clauses import AMOUNT, NAME, YEAR, Sum, is_body
from extractors.budget.vocabulary import award_words

VERB = r"(?:will|has|have|had|was|were|is|gets?|receives?|secures?d?|won|wins)"
# `The largest sum goes to Hill Trust, which will receive £500`
_LARGEST = re.compile(
    r"^(?:The|Our)\s+(?:single\s+)?(?:largest|biggest|smallest|highest|next|second|third)\s+"
    r"(?:single\s+)?(?:sum|award|grant|share|amount)\s+(?:goes|went|is going|will go|was made)"
    r"\s+to\s+"
    rf"(?={NAME},?\s+(?:which|who)\s)"
)
# `The biggest award, £500, goes to Hill Trust`
_LARGEST_SUM = re.compile(
    r"^(?:The|Our)\s+(?:single\s+)?(?:largest|biggest|smallest|highest)\s+"
    rf"(?:single\s+)?(?:sum|award|grant),\s+(?P<sum>{AMOUNT}),\s+"
    r"(?=(?:goes|went|is going|will go)\s+to\s)"
)
# `Hill Trust, a charity that works in Dale, has been awarded`; `Hill Trust, which gets £500`
_APART = re.compile(
    rf"^(?P<name>{NAME}),\s+(?:an?|which|who|that|whose|based|part of|run by|formerly)\b"
    rf"[^,£.;:]{{3,90}},\s+(?={VERB}\b)"
)
_WHICH = re.compile(
    rf"^(?P<name>{NAME}),?\s+(?:which|who)\s+(?=(?:(?:will|has|have|is to)\s+)?"
    r"(?:receives?|received|gets?|be awarded|been awarded|been given)\s+(?:an? (?:\w+ )?\w+ of )?£)"
)
# `Funding of £500 for Hill Trust will pay for two workers`
_FOR_WHOM = re.compile(
    rf"(?P<before>(?i:approved|agreed|awarded|granted|gave|allocated|given|funding of|"
    rf"a grant of|grant of|an award of)\s+{AMOUNT})\s+(?:for|towards)\s+(?P<name>{NAME})"
    r"(?P<more>\s+(?:will|to|towards|for|so that)\b)"
)
# `A contract worth £500 over three years has been let to Hill Trust`
_OVER_YEARS = re.compile(
    rf"^(?P<before>[^£]*{AMOUNT})(?P<term>\s+(?:over|for)\s+(?:two|three|four|five|\d)\s+years),?"
    r"(?P<rest>\s+(?:has|have|was|were|is)\b[^£]*?)(?P<end>\.?)$"
)
_DATED = rf"{AMOUNT}\s+(?:in|for|during)\s+{YEAR}"
_EACH = re.compile(rf"(?P<sum>{AMOUNT})\s+(?:in|for|during)\s+(?P<year>{YEAR})", re.I)
_SEVERAL = re.compile(
    rf"{_DATED}(?:(?:,|,?\s+and|,?\s+then|,?\s+followed by)\s+(?:a further\s+)?{_DATED})+", re.I
)
# `£38,795 for the three years 2025-28`
_OF_TERM = re.compile(
    rf"(?P<sum>{AMOUNT})\s+(?:in|for|over)\s+the\s+(?:\w+\s+)?(?:financial\s+)?years?\s+"
    rf"(?P<year>{YEAR}(?:\s+to\s+{YEAR})?)",
    re.I,
)


# `It was resolved to give Hill Trust £500`; `Resolved: £500 to Hill Trust`
_RESOLVED = re.compile(
    r"^(?:it was\s+|the \w+(?: \w+)? )?(?:resolved|agreed|decided)(?:,?\s+that|\s+to|:)\s+"
    r"(?:make\s+)?(?=(?P<verb>give|pay|award|grant)\b|£|(?:an?|two|three|four|five|six)\s|[A-Z])",
    re.I,
)
# `There is £3,000 for Hill School, which will open a second unit`; `Open Door has £4,150 for rent`
_THERE_IS = re.compile(
    rf"(?P<lead>^|,?\s+and\s+)[Tt]here is (?P<sum>{AMOUNT}) for (?P<name>{NAME})(?=,|\.|$)"
)
# Only beside another award: `Hill Trust has £41,500 to raise` is none.
_HAS = re.compile(
    rf"(?P<lead>(?:,|;)?\s+and\s+)(?P<name>{NAME}) has (?={AMOUNT}\s+(?:for|towards)\s)"
)
# `We agreed a contract extension with Hill Ltd to March, at a cost of up to £26,000 in 2024/25`
_WITH = re.compile(
    r"\b(?:agree|agreed|extend|extended|renew|renewed|sign|signed)\s+(?:an?|the|its|our)\s+(?:\w+\s+)?"
    rf"(?:contract|agreement|grant)(?:\s+extension)?\s+with\s+(?P<name>{NAME})[^£;]*?,?\s+"
    rf"(?:at\s+a\s+cost\s+of|at\s+a\s+price\s+of|worth|valued\s+at|for)\s+(?P<sum>{AMOUNT})"
)
# `… to Clearing Space, whose project employs a worker` tells more of who is paid.
_WHOSE = re.compile(r",\s+(?:whose|which)\s+[^£;]*?(?=,\s+and\s+[A-Z£]|\.?$)")


def unranked(sentence: str) -> str:
    """The sentence without the order of awards: `The largest award, £500, goes to Hill Trust`."""
    return _LARGEST_SUM.sub(r"\g<sum> ", _LARGEST.sub("", sentence))


def rephrased(sentence: str) -> str:
    """The sentence with its subject next to its verb, saying the same of who is paid what."""
    plain = _RESOLVED.sub(lambda m: "We will " if m["verb"] else "We agreed ", sentence)
    plain = _APART.sub(lambda m: f"{m['name']} ", plain)
    plain = _WHICH.sub(lambda m: f"{m['name']} ", plain)
    plain = _FOR_WHOM.sub(_paid_to, plain)
    plain = _THERE_IS.sub(lambda m: f"{m['lead']}{m['sum']} is given to {m['name']}", plain)
    plain = _HAS.sub(lambda m: f"{m['lead']}{m['name']} receives ", plain)
    plain = _WHOSE.sub("", plain)
    plain = _WITH.sub(lambda m: f"agreed {m['sum']} to {m['name']}", plain)
    return _OVER_YEARS.sub(lambda m: f"{m['before']}{m['rest']}{m['term']}{m['end']}", plain)


def _paid_to(match: re.Match[str]) -> str:
    name = match["name"]
    if not is_body(name) or not award_words("bodies").fullmatch(name.split()[-1]):
        return match[0]
    return f"{match['before']} to {name}{match['more'].replace(' will', ', will')}"


def sums_of_years(sentence: str) -> tuple[str, dict[str, tuple[Sum, ...]]]:
    """The sentence with but the first of sums that one award has in several years, or with the one
    of a term, and by this sum all of them, each with its year."""
    found: dict[str, tuple[Sum, ...]] = {}
    keys: list[str] = []

    def first(match: re.Match[str]) -> str:
        sums = [Sum(m["sum"], m["sum"], m["year"]) for m in _EACH.finditer(match[0])]
        if len({one.heading for one in sums}) < len(sums):
            return match[0]
        keys.append(sums[0].text)
        found[sums[0].text] = tuple(sums)
        return sums[0].text

    def of_term(match: re.Match[str]) -> str:
        keys.append(match["sum"])
        found[match["sum"]] = (Sum(match["sum"], match["sum"], match["year"]),)
        return match["sum"]

    plain = _OF_TERM.sub(of_term, _SEVERAL.sub(first, sentence))
    printed = Counter(re.findall(AMOUNT, plain))
    if len(set(keys)) < len(keys) or any(printed[key] > 1 for key in keys):
        return sentence, {}  # which of two equal sums has the years cannot be told by the sum
    return plain, found
