"""Entries of lists of awards: `Hill Trust – £2,250 for a drop-in`, `Fraud clinics: £8,400 to …`."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extractors.budget.asked import asks, read_asked
from extractors.budget.cards import is_total_label
from extractors.budget.clauses import (
    AMOUNT,
    NAME,
    YEAR,
    Award,
    Sum,
    bare_service,
    is_body,
    plain_line,
    read_told,
    shown_again,
    sums_in,
    trimmed,
    without_asides,
)
from extractors.budget.splitting import dated_sums, reads_like_name
from extractors.budget.vocabulary import award_words, row_words

_SEPARATOR = re.compile(r"\s+[–—-]\s+|(?<=\w)—|:\s+")
_SENTENCES = re.compile(r"(?<=[.!?])(?<!St\.)(?<!Dr\.)\s+(?=[A-Z“\"£])")


def read_entry(text: str) -> list[Award]:
    """The awards of one list entry, or none where it is not shaped like one."""
    sentences = _SENTENCES.split(" ".join(text.replace("\t", " – ").split()))
    at = next((n for n, sentence in enumerate(sentences) if "£" in sentence), None)
    if at is None or at > 1 or any("£" in sentence for sentence in sentences[at + 1 :]):
        return _several_sentences(sentences)
    after = " ".join(sentences[at + 1 :]).strip()
    if at and re.fullmatch(AMOUNT, plain_line(sentences[at])):
        # Men’s Shed. £3,875. Lathe and dust extraction.
        found = _read_sentence(f"{sentences[0].rstrip('. ')}: {sentences[at]}")
        return [_with_remark(award, after) if after else award for award in found]
    found = [_run_by(award) for award in _read_sentence(sentences[at])]
    if at and found:
        return [_under(sentences[0], award) for award in found]
    if after and len(found) == 1:
        return [_with_remark(found[0], after)]
    return found


def _several_sentences(sentences: list[str]) -> list[Award]:
    if asks(sentences[0]):
        return _read_sentence(" ".join(sentences))
    found: list[Award] = []
    for sentence in sentences:
        if "£" not in sentence:
            continue
        awards = _read_sentence(sentence)
        if not awards:
            return []
        found += awards
    return found


def _run_by(award: Award) -> Award:
    """An award whose words end in who is paid: `Interpretation boards by Wharf Heritage Group`."""
    words = award.first if not (award.provider or award.second) else None
    match = re.fullmatch(
        r"(?P<what>[A-Z].*?[a-z].*)\s(?:run |led )?by\s(?P<who>(?:the )?[A-Z].*)", words or ""
    )
    if match is None or len(match["who"].split()) < 2 or not reads_like_name(match["who"]):
        return award
    if award.purpose:
        return replace(award, first=None, provider=match["who"], service=match["what"])
    return replace(award, first=None, provider=match["who"], purpose=match["what"])


def _under(lead: str, award: Award) -> Award:
    """An award whose name stands in a sentence of its own before it: `Hill Trust. £500 for …`."""
    name = lead.strip(" .")
    if award.provider or award.first or not _is_name(name):
        return award
    return replace(award, first=name)


def _with_remark(award: Award, remark: str) -> Award:
    """A sentence after an award says what it is for, where nothing else does."""
    if award.purpose or award.second or (award.service and award.provider):
        return replace(award, note=award.note or remark)
    if award_words("sentence").search(remark):
        return replace(award, note=award.note or remark)
    return replace(award, purpose=remark.rstrip(" ."))


def _read_sentence(sentence: str) -> list[Award]:
    # `To the Repair Café, £95 for testing` names who is paid, as `Repair Café, £95 …` does.
    shown = re.sub(r"^To (?:the )?(?=[A-Z])", "", plain_line(sentence))
    if asks(shown):
        asked = read_asked(shown)
        return [asked] if asked else []
    dated = dated_sums(shown)
    if dated:
        return _over_years(shown, dated)
    each = _each(shown)
    if each:
        return each
    shown, products = without_asides(shown)
    count = sums_in(shown)
    if count == 0 or "“" in shown:
        return []
    if count == 1:
        award = _read_one(shown)
        found = [award] if award else []
    else:
        found = _read_several(shown)
    return [_finished(award, products) for award in found]


_EACH = re.compile(
    rf"^(?:[^£]*?\bof\s+)?(?P<first>{AMOUNT})\s+(?:each\s+)?(?:to|for)(?:\s+each of)?:?\s+"
    r"(?P<to>[^£]+)$|"
    r"^(?P<names>[^£]+?)\s*(?:[:–—,-]|\beach\b|\b(?:will\s+)?receives?\b|\bgets?\b|\s)+\s*"
    rf"(?P<last>{AMOUNT})\s+each(?:,?\s+(?P<purpose>(?:for|towards)\s[^£]+))?$"
)


def _each(shown: str) -> list[Award]:
    """`£500 each to Dale Scouts and Hill Guides`: the same sum for all that are named."""
    match = _EACH.match(shown) if re.search(r"\beach\b", shown) else None
    if match is None:
        return []
    said, purpose = (match["to"] or match["names"]).strip(" ,–-:"), match["purpose"]
    # `for kit` says what for, `Action for Children` is a name.
    what_for = re.search(r",?\s+(?P<purpose>(?:for|towards)\s[a-z].*)$", said)
    if what_for:
        said, purpose = said[: what_for.start()], what_for["purpose"]
    names = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", said)
    if len(names) < 2 or not all(reads_like_name(name) and is_body(name) for name in names):
        return []
    text = match["first"] or match["last"]
    return [Award((Sum(text, f"{text} each"),), name, purpose=purpose) for name in names]


def _finished(award: Award, products: dict[str, Sum]) -> Award:
    return replace(
        award,
        sums=tuple(products.get(one.text, one) for one in award.sums),
        service=shown_again(award.service),
        purpose=shown_again(award.purpose),
        second=shown_again(award.second),
    )


_DATED = re.compile(
    rf"(?:\s*(?:,|;|\band\b|[–:(-]|\bin\b|\bfor\b)?\s*(?:{AMOUNT}|\(?(?:{YEAR})\)?))+", re.I
)


def _over_years(shown: str, dated: list[tuple[str, str]]) -> list[Award]:
    """One award with a sum for each of several years."""
    run = max(
        (m for m in _DATED.finditer(shown) if "£" in m[0]), key=lambda m: len(m[0]), default=None
    )
    if run is None or sums_in(run[0]) != len(dated):
        return []
    award = _read_one(f"{shown[: run.start()]} – {dated[0][0]} {shown[run.end() :].lstrip(' ,)')}")
    if award is None:
        return []
    return [replace(award, sums=tuple(Sum(text, text, year) for text, year in dated))]


# --- one sum ----------------------------------------------------------------------------


def _read_one(shown: str) -> Award | None:
    told = read_told(shown) if not re.match(_ENTRY_START, shown) else None
    told = told or read_told(shown, strict=False)
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
    if not _is_name(first) or (after and not re.match(r"[–—:,(\-]|\w", after)):
        return None
    # `Hill Choir, £400, centenary concert`
    titled = first.split()[-1][:1].isupper()  # `What remains, a forecast £0.339m` is no name
    told = set_off and titled and not award_words("sentence").search(after)
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
    if not _is_name(name) or not _may_follow(rest.strip()):
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


def _is_name(name: str) -> bool:
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


# --- several sums -----------------------------------------------------------------------

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


def _in_brackets(lead: str, rest: str) -> list[Award]:
    """`Hill Council: lighting (£4,000) and CCTV (£9,000)`; `Refuges – Hill (£40), Dale (£30)`."""
    found = list(_IN_BRACKETS.finditer(rest))
    if len(found) < 2 or "".join(m[0] for m in found) != rest or not _is_name(lead):
        return []
    words = [match["words"].strip() for match in found]
    sums = [(Sum(match["sum"], match["sum"]),) for match in found]
    paid = not row_words("organisation").search(lead) and all(map(is_body, words))
    if paid:
        service = None if award_words("bare_lead").fullmatch(lead) else lead
        return [Award(one, name, service) for name, one in zip(words, sums, strict=True)]
    return [Award(one, lead, purpose=text) for text, one in zip(words, sums, strict=True)]


# `Dale Scouts £300 and Hill Guides £275, each for camping equipment`
_SHARED_PURPOSE = re.compile(
    r"(?<=\d),?\s+(?:each|both|all)\s+(?P<purpose>(?:for|towards)\s[^£]+)$"
)


def _read_several(shown: str) -> list[Award]:
    """Awards that share an entry, and what stands before all (`Fraud clinics: £8,400 to …`)."""
    # `Hill Trust (£9,500 for rent; £1,000 for a fridge)`
    shown = re.sub(r"^([^£()]{2,110}?)\s+\((£[^()]*£[^()]*)\)$", r"\1: \2", shown)
    match = _LEAD.match(shown)
    found = _in_brackets(match["lead"].strip(), match["rest"].strip()) if match else []
    if found:
        return found
    shared = _SHARED_PURPOSE.search(shown)
    if shared:
        body = _read_several(shown[: shared.start()])
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
        found = [award for piece in pieces if (award := _read_one(piece))]
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
    if not _is_name(lead):
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
