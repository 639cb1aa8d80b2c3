"""One award of an entry with one sum: `Hill Trust – £2,250 for a drop-in`, `£500 to Dale Aid`."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.budget.cards import is_total_label
from extractors.budget.clauses import (
    AMOUNT,
    NAME,
    YEAR,
    Award,
    Sum,
    bare_service,
    is_body,
    read_told,
    trimmed,
)
from extractors.budget.splitting import reads_like_name
from extractors.budget.vocabulary import award_words

_SEPARATOR = re.compile(r"\s+[–—-]\s+|(?<=\w)—|:\s+")


def read_one(shown: str) -> Award | None:
    """The award of a text with one sum, or None where its words do not tell one."""
    told = read_told(shown) if not re.match(_ENTRY_START, shown) else None
    listed = read_told(shown, strict=False) if told is None or _is_cut(told) else None
    told = listed or told
    if told is not None:
        return told
    match = re.search(AMOUNT, shown)
    assert match is not None
    before, after = shown[: match.start()], shown[match.end() :]
    inner = ""
    bracketed = before.count("(") > before.count(")")
    if bracketed:
        opening, closing = before.rindex("("), after.find(")")
        if closing < 0:
            return None
        within = _without_cost(before[opening + 1 :])
        if within and before[opening + 1 :].rstrip() == within:
            return None  # `Transparency grant (the county’s share £0.013m)`
        inner = f"{within} {after[:closing]}".strip(" ,;:–-")
        before, after = before[:opening], after[closing + 1 :]
    amount = (Sum(match[0], match[0]),)
    after = after.strip()
    bare = _without_cost(before)
    if re.search(rf"(?:{award_words('change').pattern})$", bare, re.I):
        return None
    set_off = bracketed or bare != before.rstrip() or match[0][:1] != "£" or not bare
    if not set_off and len(parts := _parts(bare)) > 1 and not reads_like_name(parts[-1]):
        return None  # `Locality fund – partnerships share £50k` is a sentence
    award = _name_first(bare, after, inner) if bare else _sum_first(after)
    if award is None:
        return None
    return replace(award, sums=(replace(amount[0], heading=award.sums[0].heading),))


def _is_cut(award: Award) -> bool:
    """Whether what follows a name may be more of it: `Books | by the Bed for a trolley`."""
    return bool(re.match(r"by\s", award.purpose or ""))


# `Divert custody coaches: £97,850` is no sentence, whatever follows.
_ENTRY_START = r"[^£]{2,110}?(?::|\s[–—-])\s+(?:[^£]*,\s*)?£"


def _without_cost(text: str) -> str:
    """Words before a sum without those that only say that a sum follows."""
    cost = re.compile(rf"(?:^|[\s,:(–-])(?:{award_words('cost').pattern})$", re.I)
    bare = text.rstrip(" ,;:–—-(")
    while match := cost.search(bare):
        kept = bare[: match.start() + 1]
        set_off = re.search(r"[,:–—-]\s*$", kept)
        named = bare[match.start() + 1 :][:1].isupper()  # `Transparency Code Grant` is a name
        if match.start() and not set_off and (named or not re.search(r"\w{3}", kept)):
            break
        bare = kept.rstrip(" ,;:–—-(") if match.start() else ""
    return bare


def _parts(text: str) -> list[str]:
    parts = [part.strip(" ,;") for part in _SEPARATOR.split(text) if part.strip(" ,;")]
    if len(parts) == 1 and ", " in text:
        head, _, tail = text.partition(", ")
        if reads_like_name(head) and tail.strip():
            return [head.strip(), tail.strip()]
    return parts


_PROVIDER = re.compile(
    r"^(?:provider|delivered by|recipient|organisation|run by|by|to|contractor|supplier|"
    r"awarded to|paid to)\s*:?\s+(?-i:(?=[A-Z]))",
    re.I,
)


# `£5,000 of the £12,000 cost of new kitchens`: the second £ is hidden by then.
_SHARE_OF = re.compile(
    r"^\s*(?:of|towards)\s+(?:the|its|their|a)\s+\ue000\S+\s+(?:(?:total|full)\s+)?costs?\s+of\s+"
)


def _name_first(before: str, after: str, inner: str) -> Award | None:
    parts = _parts(before)
    if not parts:
        return None
    first, second = parts[0], " – ".join(parts[1:]) or None
    provider = None
    delivered = re.search(
        rf"[\s,(–-]+(?:{award_words('delivery').pattern}|provider:)\s+(?P<name>[^()£]+)\)?$",
        before,
        re.I,
    )
    if delivered:
        provider = delivered["name"].strip(" ,")
        parts = _parts(before[: delivered.start()])
        if not parts:
            return None
        first, second = parts[0], " – ".join(parts[1:]) or None
    set_off = bool(re.match(r"\s*[,–—:(]", after))
    after, note, year = trimmed(_SHARE_OF.sub("for ", after))
    after = after.strip()
    bracketed = re.match(r"^\(([^()]*)\)\s*(.*)$", after)
    if bracketed and (named := _provider_in(bracketed[1])):
        provider, after = provider or named, bracketed[2].strip()
    elif named := _provider_in(re.sub(r"^[\s,–—:-]+", "", after)):
        name, rest = _cut_at_purpose(named)
        if is_body(name):
            provider, after = provider or name, rest
    if re.fullmatch(rf"(?:in\s+|for\s+)?{YEAR}(?:\s*(?:to|–|-|and)\s*{YEAR})?", inner):
        year, inner = inner, ""
    if inner and (named := _provider_in(inner)):
        provider, inner = provider or named, ""
    if not is_name(first) or (after and not re.match(r"[–—:,(\-]|\w", after)):
        return None
    # `Hill Choir, £400, centenary concert`
    titled = first.split()[-1][:1].isupper()  # `What remains, a forecast £0.339m` is no name
    told = set_off and titled and is_body(first) and not _is_none_given(first, after)
    if not told and not _may_follow(after):
        return None
    bracket_name = re.fullmatch(r"(.+?)\s*\(([A-Z][^()]*)\)", first)
    if (
        provider is None
        and second is None
        and bracket_name
        and not after
        and not inner
        and len(bracket_name[2].split()) > 1
    ):
        first, second = bracket_name[1], bracket_name[2]
    purpose = re.sub(r"^[\s,]+", "", after) or None
    if second is None:
        second = inner or None
    elif inner:
        purpose = purpose or inner
    return Award((Sum("", "", year),), provider, None, purpose, first, second, note)


def _is_none_given(name: str, rest: str) -> bool:
    """Whether words after a sum tell a story or a refusal (`Hill Choir, £400, declined`), or the
    name is that of no award (`Council Tax Income, £400k, lower than forecast`)."""
    refused = any(award_words(said).search(rest) for said in ("sentence", "refusing"))
    return refused or bool(award_words("against").search(f"{name} {rest}"))


def _provider_in(text: str) -> str | None:
    match = _PROVIDER.match(text)
    return text[match.end() :].strip(" ,()") or None if match else None


def _cut_at_purpose(text: str) -> tuple[str, str]:
    match = re.search(
        rf"\s+(?={award_words('purpose').pattern})|\s+[–—-]\s+|,\s+|:\s+|\s*\(", text, re.I
    )
    return (text[: match.start()].strip(), text[match.start() :].strip()) if match else (text, "")


def _sum_first(after: str) -> Award | None:
    """`£500 – Hill Trust`, `£500 for mentors (Hill Trust)`, `£500 for boxing, run by Dale Club`."""
    after = re.sub(
        rf"^(?:(?:has|have|was|is|will|been|be)\s+)+(?:{award_words('given').pattern})\s+",
        "",
        after,
    )
    after, note, year = trimmed(after)
    link = re.match(
        r"(?:(?:awarded|granted|paid|given)\s+)?(to(?=\s)|for(?=\s)|–|—|-|:|,)\s*(?=\w|[“‘'\"])",
        after,
    )
    purpose = award_words("purpose").match(after)
    if link is None and purpose is None:
        return None
    if purpose and (link is None or link[1] == "for"):
        text = after[purpose.end() :].strip() if purpose[0].lower() in {"for", "towards"} else after
        by = re.search(
            rf"(?:[\s,(–-]+(?:{award_words('delivery').pattern}|provider:)|\s+by|\s+at)\s+(?P<name>[A-Z][^()£]*)\)?$|"
            r"\s*\((?P<inside>[A-Z][^()£]*)\)$|\s+[–—-]\s+(?P<dash>[A-Z][^()£]*)$",
            text,
        )
        if by and is_body(name := (by["name"] or by["inside"] or by["dash"]).strip(" ,")):
            return Award(
                (Sum("", "", year),), name, bare_service(text[: by.start()]), None, note=note
            )
        to_do = re.match(rf"(?P<name>{NAME})\s+(?P<task>to\s+[a-z].*)$", text)
        if to_do and is_body(to_do["name"]):
            return Award((Sum("", "", year),), to_do["name"], None, to_do["task"], note=note)
        if award_words("sentence").search(text) or len(text.split()) > 16:
            return None
        return Award((Sum("", "", year),), None, None, None, None, after, note)
    assert link is not None
    name, rest = _cut_at_purpose(after[link.end() :])
    if not is_name(name) or not _may_follow(rest.strip()):
        return None
    rest = rest.strip()
    if link[1] == "to":
        return (
            Award((Sum("", "", year),), name, None, rest or None, note=note)
            if is_body(name)
            else None
        )
    return Award((Sum("", "", year),), None, None, rest or None, name, None, note)


def _may_follow(rest: str) -> bool:
    """Whether words after an award say what it is for or how it is paid, and tell no story."""
    match = re.match(r"[\s,–—:(-]*", rest)
    bare = rest[match.end() :] if match else rest
    if not bare or rest[:1] in "–—-:,(" or award_words("purpose").match(bare):
        return True
    return bool(award_words("after").match(bare)) and not award_words("sentence").search(bare)


_UNFINISHED = re.compile(r"\b(?:by|of|to|from|than|at|for|with|and|or|the|a)$", re.I)


def is_name(name: str) -> bool:
    """Whether words can name who is paid or a service: few, no sentence, no total, no year."""
    words = name.split()
    return (
        0 < len(words) <= 14
        and not award_words("sentence").search(name)
        and not is_total_label(name)
        and not award_words("outsider").search(name)
        and not award_words("adverbial").match(name)
        and not _UNFINISHED.search(name)
        and not re.search(r"\d{4}|%|[\ue000£]", name)
        and any(word[:1].isupper() for word in words)
    )
