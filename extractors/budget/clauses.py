"""What one printed phrase says of an award: who is paid, what for, how much.

A phrase is an entry of a list or a clause of a sentence. Its words are read by what links them:
`will receive` stands after who is paid, `to` or `run by` before; `for` before what it is for.
What links nothing (`Hill Trust – Speak Up`) is left to the list, whose other entries tell.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import cache

from extractors.budget.vocabulary import award_words

_NUMBER = r"£\s?\d+(?:,\d+)*(?:\.\d+)?(?:\s?(?:k|m|bn|million|thousand)\b)?"
_YEARLY = r"(?:\s?(?:p\.?a\.?|per annum|per year|a year|each year)(?!\w))?"
_ABOUT = r"(?:\b(?:[Uu]p to|a maximum of|no more than|around|about|approximately)\s+)?"
AMOUNT = rf"{_ABOUT}{_NUMBER}(?:[–-]£?\d[\d,]*k?|\s[–-]\s£\d[\d,]*k?)?{_YEARLY}"
YEAR = r"(?:fy\s?)?(?:(?:19|20)\d\d|\d\d)\s?[/–-]\s?(?:(?:19|20)?\d\d)(?!\d)"

_COUNTS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
}  # fmt: skip
COUNT = rf"(?:\d{{1,4}}|one|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"


def counted(word: str) -> int | None:
    """The number that a count is, in digits or as a word up to twenty."""
    return int(word) if word.isdigit() else _COUNTS.get(word.casefold())


_RATE = re.compile(
    rf"(?:\bat\s+|\bof\s+(?=£\S+\s+each\b))?(?P<sum>{_NUMBER})\s+(?:each(?=\s*[(=]\s*£)|"
    rf"(?:an?|per|each|every)\s+(?!year|annum)[a-z]+"
    rf"(?:\s+(?:for|over|x|×)\s+(?P<count>\d+|{'|'.join(_COUNTS)})\s+[a-z]+)?)",
    re.I,
)
_HIDDEN = "\ue000"  # stands for the £ of a sum that is no award

# A name as sentences print it: capitals, with small words between.
_SMALL = r"(?:&|of|the|and|upon|de|la|y|yr|at(?=\s+Home\b)|in(?=\s+Bloom\b))"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŴŶ0-9][\w'’&./-]*"
NAME = (
    r"(?:(?:[Tt]he|a)\s+(?:local\s+)?(?:charity|company|organisation|group|agency|firm)\s+)?"
    r"(?:[Tt]he\s+)?(?:(?:Action|Advocacy|Association|Campaign|Centre|Institute|Society)\s+for\s+)?"
    rf"{_CAPITAL}(?:\s+(?:{_SMALL}\s+){{0,2}}{_CAPITAL})*(?:\s+\([A-Z][\w\s]*\))?"
)
_IN_PLACE = rf"\s+(?:in|at|near)\s+(?:the\s+)?{_CAPITAL}(?:\s+(?:{_SMALL}\s+)?{_CAPITAL})*"
_LOOSE = r"[^£:;()–]{2,100}?(?:\s\([^£()]*\))?"
_BE = (
    r"(?:(?:has|have|had|was|were|is|are|will|would|to|be|been|being|also|each|now|both|recently|"
    r"again|further|therefore)\s+)"
)


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum as printed: `text` to be read, `raw` letter for letter, `heading` its year."""

    text: str
    raw: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """What a phrase says; `first` and `second` are words whose part the list decides."""

    sums: tuple[Sum, ...]
    provider: str | None = None
    service: str | None = None
    purpose: str | None = None
    first: str | None = None
    second: str | None = None
    note: str | None = None


# --- words ------------------------------------------------------------------------------


_Form = tuple[str, str]  # what a clause must hold to be worth the trial, and the form
_compiled = cache(re.compile)  # the forms are long: only those that are tried are compiled


@cache
def _links() -> dict[str, str]:
    """The linking words of `awards.toml` as pattern text."""
    names = ("given", "receives", "goes", "giving", "giver", "delivery", "cost", "purpose")
    return {name: f"(?i:{award_words(name).pattern})" for name in names}


@cache
def _told() -> tuple[_Form, ...]:
    """The forms of sentences that give a sum to somebody, strict in how a name is printed."""
    # `Kestrel Academy in Low Pennick has been awarded`: where it stands is no part of the name.
    return _forms(NAME, NAME, _IN_PLACE)


@cache
def _listed() -> tuple[_Form, ...]:
    """The same forms for entries of lists, where a name may be printed in any way."""
    end = rf"(?=$|,|\s\(|\s[–-]|\s{_links()['purpose']}|\s{_links()['cost']}\s)"
    return _forms(_LOOSE, rf"(?:{NAME}{end}|{_LOOSE}{end})", "")


def compile_forms() -> None:
    """Compile every form now, not when it is first tried."""
    for needed, form in (*_told(), *_listed()):
        _compiled(needed, re.I)
        _compiled(form)


def _forms(before: str, after: str, place: str) -> tuple[_Form, ...]:
    """The forms with a name as it may stand before a verb, a `place` between, and after one."""
    w = _links()
    subject, who = rf"(?P<name>{before})(?:{place})?", rf"(?P<name>{after})"
    sum_ = rf"(?:(?:{w['cost']}|an?|further|additional|another|the)\s+)*(?P<amount>{AMOUNT})"
    rest = r"(?P<rest>[^£]*)"
    was = rf"{_BE}*(?:been|be|being|was|were|is|are)\s+(?:(?:also|each|now|recently|again)\s+)?"
    paid = rf"(?:{_BE}*{w['receives']}|{was}{w['given']})"
    given = rf"{_BE}+(?:{w['given']}|let|placed|gone|passed)"
    to = rf"(?:(?:{given}|{_BE}*{w['goes']}|awarded|was)\s+)?to\s+"
    cost = rf"(?:,\s*|\s+){w['cost']}\s+(?:{w['cost']}\s+)*(?P<amount>{AMOUNT})"
    bought = r"\b(?i:contract|grant|agreement|funding)\s+(?:for|to deliver|to provide|to run)\s+"
    priced = rf"(?:{cost}|\s*\((?P<inside>{AMOUNT})\))"
    thing = "contract|grant|agreement|funding|award|payment|contribution"
    forms = (
        # The contract for helpline services, worth £50,000, has been awarded to Hill Trust
        (
            thing,
            rf"{bought}(?P<service>[^£]{{3,90}}?){cost},?\s+{given}\s+(?:to|with)\s+{who}{rest}",
        ),
        # The contract for helpline services has been awarded to Hill Trust at a cost of £50,000
        (
            thing,
            rf"{bought}(?P<service>[^£]{{3,90}}?)\s+{given}\s+(?:to|with)\s+{who}{priced}{rest}",
        ),
        # £12,500 for emergency accommodation has been awarded to Harbour Trust
        (
            r"\sto\s",
            rf"{sum_}\s+(?P<service>{w['purpose']}\s[^£]{{3,90}}?)\s+{given}\s+to\s+{who}{rest}",
        ),
        # A grant of £12,500 is awarded to Harbour Trust for emergency accommodation
        (
            r"\sto\s",
            rf"{sum_}\s+(?:(?:grant|award|funding)\s+)?{to}{who}(?P<rest>(?:$|[\s,(–-]+)[^£]*)",
        ),
        # The largest grant, £30,000, is for Turnaround, which works with men
        (
            r"\sfor\s",
            rf"\b(?i:grant|award|sum)(?:,|\s+of)?\s+{sum_},?\s+(?:is|was)\s+for\s+{who}(?P<rest>(?:$|[\s,(–-]+)[^£]*)",
        ),
        # Clear Choice will be run by Crossbridge at a cost of £203,000
        (
            w["delivery"],
            rf"(?P<service>[^£]{{3,110}}?),?\s+{_BE}*{w['delivery']}\s+{who}{priced}{rest}",
        ),
        # The Blues Project, led by Hill Trust, receives £310,000
        (
            w["delivery"],
            rf"(?P<service>[^£]{{3,110}}?),?\s+{_BE}*{w['delivery']}\s+{who},?\s+{paid}\s+{sum_}{rest}",
        ),
        # We will pay Hill Trust £5,000 for a drop-in; the Commissioner has awarded Hill Trust …
        (
            w["giving"],
            rf"(?P<giver>{w['giver']})\s[^£.]{{0,45}}?\b{w['giving']}\s+{who}\s+{sum_}{rest}",
        ),
        # We have commissioned Hill Trust to run a helpline at a cost of £5,000
        (
            w["giving"],
            rf"(?P<giver>{w['giver']})\s[^£.]{{0,45}}?\b{w['giving']}\s+{who}\s+(?P<service>to\s[^£]{{3,110}}?)"
            rf"{priced}{rest}",
        ),
        # We will invest £45,000 in Safer Streets, delivered by Hill Trust
        (
            w["giving"],
            rf"{w['giver']}\s[^£.]{{0,45}}?\b{w['giving']}\s+{sum_}\s+(?:in|on|{w['purpose']})\s+"
            rf"(?P<service>[^£]{{3,90}}?),?\s+{_BE}*{w['delivery']}\s+{who}{rest}",
        ),
        # Hill Trust has been commissioned to run a helpline at a cost of £5,000
        (
            rf"{w['giving']}|contracted|appointed|engaged|chosen|selected",
            rf"{subject},?\s+{_BE}+(?:{w['giving']}|contracted|appointed|engaged|chosen|selected)\s+"
            rf"(?P<service>(?:to|for)\s[^£]{{3,110}}?){priced}{rest}",
        ),
        # Our grant to Hill Trust for a drop-in is £5,000; our contract with Hill Trust is worth …
        (
            thing,
            rf"\b(?i:grants?|awards?|payments?|contributions?|funding|contracts?|agreements?)\s+"
            rf"(?:to|with)\s+{who}(?:\s+(?P<service>{w['purpose']}\s[^£]{{3,90}}?))?,?\s+"
            rf"(?:is|was|will be)\s+{sum_}{rest}",
        ),
        # Hill Trust has been awarded £5,000 for a drop-in
        (rf"{w['receives']}|{w['given']}", rf"{subject},?\s+{paid}\s+{sum_}{rest}"),
        # Saltmarsh University will study it for £39,500
        (
            r"\swill\s",
            rf"{subject}\s+will\s+(?:also\s+)?(?P<service>(?!be\b|receive\b|get\b)[a-z]+\s[^£]{{2,110}}?){cost}{rest}",
        ),
    )
    return forms


# --- preparing --------------------------------------------------------------------------


# `Hill Trust (registered charity 1098217)`: the number is no part of the name.
_REGISTERED = re.compile(
    r"\s*\((?:(?:registered|reg\.?)\s+)?(?:charity|company|charitable company)"
    r"(?:\s+(?:no\.?|nos\.?|number|registration))?:?\s+(?:SC|NI|NIC|CE)?\d{5,8}\)",
    re.I,
)


def plain_line(text: str) -> str:
    """A phrase on one line without the stop at its end and without numbers of registration.

    A gap between columns is a dash.
    """
    shown = " ".join(text.replace("\t", " – ").split()).rstrip(" .;,")
    return _REGISTERED.sub("", shown)


def without_asides(text: str) -> tuple[str, dict[str, Sum]]:
    """A phrase in which only sums that may be awards keep their £, and what products stand for.

    `£2,750 a month for 12 months (£33,000)` is £33,000; `£5,000 of the £12,000 cost` £5,000.
    """
    shown = re.sub(
        rf"(?:{award_words('aside').pattern})\s+£",
        lambda match: match[0].replace("£", _HIDDEN),
        text,
        flags=re.I,
    )
    products: dict[str, Sum] = {}
    rate = _RATE.search(shown)
    if rate and rate[0].endswith("each"):
        following = re.search(AMOUNT, shown[rate.end() :])
        if following is None or not _is_multiple(following[0], rate["sum"]):
            rate = None
    if rate:
        others = [
            m for m in re.finditer(AMOUNT, shown) if not rate.start() <= m.start() < rate.end()
        ]
        if others:
            whole = re.match(
                rf"\s*(?:\(|=|–|,)?\s*(?:in all|a total of|totalling)?\s*(?P<sum>{AMOUNT})\s*\)?",
                shown[rate.end() :],
            )
            if whole:
                end = rate.end() + whole.end()
                shown = f"{shown[: rate.start()].rstrip(' ,(')}, {whole['sum']}{shown[end:]}"
            else:
                shown = shown.replace(rate[0], rate[0].replace("£", _HIDDEN))
        elif rate["count"]:
            number = _COUNTS.get(rate["count"].lower()) or rate["count"]
            start = shown[: rate.start()].rstrip(" ,(")
            shown = f"{start}, {rate['sum']}{shown[rate.end() :]}" if start else shown
            products[rate["sum"]] = Sum(f"{number} x {rate['sum']}", rate[0].removeprefix("at "))
        else:
            shown = shown.replace(rate[0], rate[0].replace("£", _HIDDEN))
    outside = _outside_brackets(shown)
    if "£" in outside and outside != shown:
        inner = [m for m in re.finditer(r"\([^()]*\)", shown) if "£" in m[0]]
        for match in inner:
            shown = shown.replace(match[0], match[0].replace("£", _HIDDEN))
    return shown, products


def _is_multiple(whole: str, part: str) -> bool:
    """Whether a sum is several times another, as `£2,250` is of `£750 each`."""
    sums = [re.sub(r"[£,\s]", "", text) for text in (whole, part)]
    if not all(re.fullmatch(r"\d+(?:\.\d\d?)?", text) for text in sums):
        return False
    first, second = (round(float(text) * 100) for text in sums)
    return first > second > 0 and first % second == 0


def _outside_brackets(text: str) -> str:
    return re.sub(r"\([^()]*\)", "", text)


def shown_again(text: str | None) -> str | None:
    return text.replace(_HIDDEN, "£") if text else None


def sums_in(text: str) -> int:
    return len(re.findall(AMOUNT, text))


# --- one award --------------------------------------------------------------------------


def read_told(clause: str, strict: bool = True) -> Award | None:
    """The award that a clause with one sum gives to somebody in so many words, if it does."""
    for needed, form in _told() if strict else _listed():
        if not _compiled(needed, re.I).search(clause):
            continue
        pattern = _compiled(form)
        match = pattern.search(clause) if strict else pattern.fullmatch(clause)
        if match is None:
            continue
        parts = match.groupdict()
        name = _bare_name(parts["name"])
        if not is_body(name):
            continue
        amount = parts.get("amount") or parts.get("inside")
        assert amount is not None
        if re.match(r"\s+[A-ZÀ-ÖØ-ÞŴŶ]", parts.get("rest") or ""):
            continue  # a name that goes on: `Men's Shed | Aberllechau: a lathe`
        rest, note, year = trimmed(parts.get("rest") or "")
        service = parts.get("service")
        at = (
            _AT_PLACE.match(rest)
            if service is None and match.end("name") > match.end("amount")
            else None
        )
        if at:
            name, rest = f"{name} {at[0]}", rest[at.end() :].strip(" ,")
        if service is not None:
            service, _, before_year = trimmed(service)
            service = bare_service(re.sub(rf"^(?:{_links()['purpose']})\s+", "", service))
            year = year or before_year
            note = note or rest or None
            rest = ""
        year = year or _year_before(clause[: match.start()] + " " + (parts.get("service") or ""))
        return Award((Sum(amount, amount, year),), name, service or None, rest or None, note=note)
    return None


# `£720 to the Deaf Café at Marsh End for tea`: a name with its place.
_AT_PLACE = re.compile(
    rf"at\s+(?:the\s+)?(?!(?:{'|'.join(calendar.month_name[1:])}|Christmas|Easter)\b){_CAPITAL}"
    rf"(?:\s+{_CAPITAL})*(?=$|,|\s+(?:for|to|towards)\s)"
)


def _bare_name(name: str) -> str:
    bare = name.strip(" ,–—-:.")
    # `In Derby the Hill Trust receives £5,000`
    bare = re.sub(rf"^(?:In|At|Near)\s+{_CAPITAL}(?:\s+{_CAPITAL})*\s+(?=the\s)", "", bare)
    bare = re.sub(
        r"^(?:the|a)\s+(?:local\s+)?(?:charity|company|organisation|group|agency|firm)\s+", "", bare
    )
    return re.sub(r",? (?:each|also|both)$", "", bare)


def bare_service(text: str) -> str:
    """What is run: `The pilot, called Clear Choice` is Clear Choice."""
    text = re.sub(r",?\s+(?:(?:to|will|is|are|be|being|which)\s*)+$", "", text)
    called = re.search(r"\b(?:called|named|known as)\s+(.+)$", text)
    bare = called[1] if called else text
    bare = re.sub(r"^(?:in addition|finally|also|meanwhile|and|while),?\s+", "", bare, flags=re.I)
    return bare.strip(' ,–—-:“”"')


_NOBODY = re.compile(
    rf"(?:(?:the|a|our|its|each|every|all|some|any|most|\d+|one|{'|'.join(_COUNTS)})\s+)*"
    r"(?:commissioner|pcc|opcc|office|board|panel|government|force|council|fund|public|police|"
    r"partnership|region|county|city|it|this|that|these|those|he|she|we|they|you|i|groups?|"
    r"projects?|organisations?|charities|applicants?|providers?|grants?|awards?|services?|unit|"
    r"vru|vrp|mayor|total|programme|scheme|budget|year|money|funding|sum|rest|remainder|balance|"
    r"which|who|there)",
    re.I,
)


def is_body(name: str) -> bool:
    """Whether words may name who is paid: not `the fund`, not a word in small letters alone."""
    words = name.split()
    return (
        1 <= len(words) <= 12
        and not _NOBODY.fullmatch(name)
        and not re.match(r"(?:every|each|any|all|most|many)\s+(?-i:[a-z])", name, re.I)
        and any(word[:1].isupper() for word in words)
        and not award_words("outsider").search(name)
        and not award_words("pot").search(name)
        and not award_words("adverbial").match(name)
        and not re.search(rf"\d{{4}}|%|{_HIDDEN}", name)
    )


# `as a single sum for the three years from April 2025 to March 2028`
_TERM = re.compile(
    rf"(?:^|,?\s+)(?:as\s+a\s+single\s+sum\s+)?(?:for|over|across|covering)\s+(?:the\s+)?"
    rf"(?:(?:period|(?:\d|{'|'.join(_COUNTS)})\s+(?:financial\s+)?years)\s+)?(?:from\s+)?"
    rf"((?:1\s+)?April\s+\d{{4}}\s+(?:to|until|–|-)\s+(?:31\s+)?March\s+\d{{4}}|"
    rf"{YEAR}\s+(?:to|–|-)\s+{YEAR})",
    re.I,
)


def trimmed(rest: str) -> tuple[str, str | None, str]:
    """Words about an award without the remark after them, without its year: (words, note, year)."""
    bare = rest.strip(" ,.;")
    note = None
    duration = re.search(
        rf"(?:^|,?\s+)(?:for|over|across)\s+(?:the\s+(?:next\s+)?)?(?:\d+|a|one|{'|'.join(_COUNTS)})\s+(?:years?|months?|weeks?)$",
        bare,
    )
    if duration:
        note, bare = duration[0].strip(" ,"), bare[: duration.start()].strip(" ,")
    year = ""
    match = _TERM.search(bare) or re.search(
        rf"(?:^|,?\s+)(?:in|for|during|over)\s+(?:the\s+)?(?:financial\s+year\s+|year\s+)?\(?({YEAR})\)?",
        bare,
        re.I,
    )
    if match:
        year = match[1]
        bare = (bare[: match.start()] + bare[match.end() :]).strip(" ,")
    else:
        inside = re.search(rf"\s*\(({YEAR})\)", bare)
        if inside:
            year = inside[1]
            bare = (bare[: inside.start()] + bare[inside.end() :]).strip(" ,")
    remark = re.search(rf"(?:^|[,;(–-]\s*|\s)(?=(?:{award_words('remark').pattern}))", bare, re.I)
    if remark:
        note = bare[remark.end() :].strip(" ,;()") or note
        bare = bare[: remark.start()].rstrip(" ,(–-")
    return bare, shown_again(note), year


def _year_before(text: str) -> str:
    found = re.search(
        rf"\b(?:in|for|during)\s+(?:the\s+)?(?:financial\s+year\s+)?({YEAR})", text, re.I
    )
    return found[1] if found else ""
