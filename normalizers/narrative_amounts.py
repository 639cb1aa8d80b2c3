"""Amounts of money, percentages, years, dates and codes in a run of prose, by their printed form.

Everything here works on characters and knows no grammar: where something stands, and its value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from normalizers.narrative_vocabulary import Code, Vocabulary

THOUSANDS = "[,'’ʼ\u00a0\u2009\u202f]"
# 4,395,961 | 5'000 | 50 000 (with a plain space only where the last group is 000) | 1114 | 4.668
NUMBER = (
    rf"(?:\d{{1,3}}(?:{THOUSANDS}\d{{3}})+(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?: \d{3})*(?: 000)(?!\d)"
    r"|\d*[½¼¾]|\d+(?:\.\d+)?|\.\d+)"
)
# Behind a pound sign groups of three digits belong together whatever they are.
POUNDS_NUMBER = rf"(?:\d{{1,3}}(?: \d{{3}})+(?!\d)(?:\.\d\d)?|{NUMBER})"
FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
SCALE = r"(?:\s?(?:thousand|million|billion|mln|mn|bn)(?![a-z])|\s?[km](?![a-z])|b(?![a-z]))"
SIGN = r"(?:£\s?|GBP\s?)"
YEARLY = r"(?:p\.?a\b)?"
DASH = r"\s?[-–—−]\s?"

MONEY = re.compile(
    rf"(?<![\w£])(?P<minus>(?<=[\s(])[-−])?{SIGN}(?!000s?\b)(?P<low>{POUNDS_NUMBER})(?P<low_scale>{SCALE})?"
    rf"(?:(?P<dash>{DASH}|\sto\s)(?P<sign>{SIGN})?(?P<high>{NUMBER})(?P<high_scale>{SCALE})?)?{YEARLY}",
    re.IGNORECASE,
)
BARE = re.compile(
    rf"(?<![\w£$€.,/-])(?P<low>{NUMBER})(?:{DASH}(?P<high>{NUMBER}))?"
    r"(?P<scale>k|m|mn|bn|\s(?:thousand|million|billion))(?![a-z\d])"
    r"(?P<pounds>\s(?:pounds?|sterling)\b)?",
    re.IGNORECASE,
)
POUNDS = re.compile(rf"(?<![\w£$€.,/-])(?P<low>{NUMBER})\s(?:pounds?\b(?! of flesh)|sterling\b)")
PENCE = re.compile(r"(?<![\w£$€.,/-])(?P<low>\d{1,3}(?:\.\d+)?)(?:p\b|\s?pence\b)")
ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
TENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
PARTS = {
    "half a": Decimal("0.5"), "quarter of a": Decimal("0.25"),
    "three quarters of a": Decimal("0.75"), "a": Decimal(1),
}  # fmt: skip
SPELT = (
    rf"(?<![\w-])(?:(?P<part>(?:three[ -])?quarters? of a|half a)|(?P<a>a)"
    rf"|(?P<tens>{'|'.join(TENS)})(?:[ -](?P<unit>{'|'.join(ONES)}))?|(?P<ones>{'|'.join(ONES)}))"
    r"(?P<half>\sand a half)?"
)
WORDED = re.compile(
    rf"{SPELT}\s(?P<scale>hundred thousand|thousand|hundred|million|billion)\spounds?\b",
    re.IGNORECASE,
)
PERCENT = re.compile(
    rf"(?<![\w.,])(?P<low>{NUMBER})(?:\s?(?:%|per\s?cent))?(?:{DASH}(?P<high>{NUMBER}))?"
    r"\s?(?:%|per\s?cent\b|pct\b)",
    re.IGNORECASE,
)
WORDED_PERCENT = re.compile(
    rf"{SPELT}(?P<hundred>\shundred)?\sper\s?cent\b|(?<![\w-])hundred per cent\b", re.IGNORECASE
)
YEAR = re.compile(
    r"(?<![\d/£.,-])(?:(?P<long>(?:19|20)\d\d)(?:\s?[-–—/]\s?)(?P<until>(?:19|20)\d\d|\d\d)"
    r"|(?P<short>\d\d)/(?P<next>\d\d))(?![\d/%]|[-–]\d|\.\d|,\d{3}|\s?(?:years?|yrs?)[\s-]?olds?\b|\s?months\b)"
)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
DATE = re.compile(
    rf"\b(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{'|'.join(MONTHS)})"
    r"(?:\s+(?P<day_after>[0-3]?\d)(?:st|nd|rd|th)?,)?,?\s+(?P<year>(?:19|20)\d\d)\b"
    r"|(?<![\d/])(?P<d>[0-3]?\d)[/.](?P<m>[01]?\d)[/.](?P<y>(?:19|20)\d\d|\d\d)(?![\d/])"
    r"|\b(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)\b",
    re.IGNORECASE,
)
SCALES: dict[str, int] = {
    "": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "million": 10**6,
    "b": 10**9, "bn": 10**9, "billion": 10**9, "hundred": 100, "hundred thousand": 10**5,
}  # fmt: skip
NEAR = 160  # characters


@dataclass(frozen=True, slots=True)
class Found:
    """Something found in a text: characters `start` to `end`, and its value by kind.

    `pence` and `pence_to` for money (`step_pence` is what the last printed digit is worth),
    `percent` for percentages, `value` in words for years (`2017-18`), dates (`2014-06-09`,
    `2013-12`) and codes (`CI004`).
    """

    kind: str
    start: int
    end: int
    pence: int | None = None
    pence_to: int | None = None
    step_pence: int | None = None
    percent: float | None = None
    value: str | None = None


def _number(printed: str) -> Decimal:
    bare = re.sub(rf"{THOUSANDS}|\s", "", printed)
    if bare[-1:] in FRACTIONS:
        return Decimal(bare[:-1] or 0) + FRACTIONS[bare[-1]]
    return Decimal(bare)


def _spelt_number(match: re.Match[str]) -> Decimal:
    """The number that a match of SPELT spells out."""
    if match["part"]:
        part = re.sub(r"[ -]", " ", match["part"].lower())
        return PARTS.get(part, PARTS["quarter of a"])
    if match["a"]:
        number = 1
    elif match["tens"]:
        number = TENS[match["tens"].lower()] + ONES.get((match["unit"] or "").lower(), 0)
    else:
        number = ONES[(match["ones"] or "one").lower()]
    return Decimal(number) + (Decimal("0.5") if match["half"] else 0)


def _scale(printed: str | None) -> int:
    return SCALES[(printed or "").strip().lower()]


def _pence(number: Decimal, scale: int) -> int:
    return int((number * scale * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _step(printed: str, scale: int) -> int:
    """What the last printed digit is worth, in pence: 100_000 for `4.668m` and `576k`."""
    decimals = len(printed.partition(".")[2])
    return max(1, scale * 100 // int(10**decimals))


def _money(match: re.Match[str]) -> list[Found]:
    low, high = match["low"], match["high"]
    start, end = match.start(), match.end()
    low_scale, high_scale = _scale(match["low_scale"]), _scale(match["high_scale"])
    if high is None:
        sign = -1 if match["minus"] else 1
        value = sign * _pence(_number(low), low_scale)
        return [Found("money", start, end, value, step_pence=_step(low, low_scale))]
    # "£1-2m" is one to two million, where the first number has no scale of its own.
    if match["low_scale"] is None and _number(low) < 1000 and _number(low) <= _number(high):
        low_scale = high_scale
    first, second = _pence(_number(low), low_scale), _pence(_number(high), high_scale)
    worded = match["dash"].strip().lower() == "to"
    plausible = second > first
    if match["sign"] and worded:
        return [
            Found("money", start, match.start("dash"), first, step_pence=_step(low, low_scale)),
            Found("money", match.start("sign"), end, second, step_pence=_step(high, high_scale)),
        ]
    if not plausible or (worded and not match["sign"] and _number(high) < 100 and high_scale == 1):
        # "£5,000 to 3 groups", "£450,000 - 3 years": the second number is not money.
        first = _pence(_number(low), _scale(match["low_scale"]))
        found = [Found("money", start, match.start("dash"), first, step_pence=_step(low, 1))]
        if match["sign"]:
            found.append(
                Found("money", match.start("sign"), end, second, step_pence=_step(high, high_scale))
            )
        return found
    return [Found("money", start, end, first, second, step_pence=_step(high, high_scale))]


def find_money(text: str, vocabulary: Vocabulary) -> list[Found]:
    """Every amount of money in a text, in order.

    A number without a pound sign counts where `pounds` follows, or where its scale is glued to
    it (`8-10k`, `0.310m`), a word of money stands near it, and nothing that is counted follows.
    """
    found = [part for match in MONEY.finditer(text) for part in _money(match)]
    taken = [(part.start, part.end) for part in found]

    def free(match: re.Match[str]) -> bool:
        return all(match.end() <= start or match.start() >= end for start, end in taken)

    folded = text.lower()
    counted = re.compile(rf"\s(?:[a-z-]+\s)?(?:{'|'.join(vocabulary.counted)})")
    for match in filter(free, BARE.finditer(text)):
        spelt = match["scale"].strip().lower()
        glued = not match["scale"].startswith(" ")
        if spelt == "m" and "." not in match["low"]:
            continue  # metres
        if not match["pounds"] and (
            not glued
            or counted.match(folded, match.end())
            or not any(
                word in folded[max(0, match.start() - NEAR) : match.end() + NEAR]
                for word in vocabulary.money_context
            )
        ):
            continue
        scale = _scale(spelt)
        high = match["high"]
        found.append(
            Found(
                "money",
                match.start(),
                match.end(),
                _pence(_number(match["low"]), scale),
                None if high is None else _pence(_number(high), scale),
                step_pence=_step(high or match["low"], scale),
            )
        )
        taken.append(match.span())
    for match in filter(free, POUNDS.finditer(text)):
        value = _pence(_number(match["low"]), 1)
        found.append(Found("money", *match.span(), value, step_pence=_step(match["low"], 1)))
        taken.append(match.span())
    for match in filter(free, WORDED.finditer(text)):
        scale = _scale(match["scale"])
        value = _pence(_spelt_number(match), scale)
        found.append(Found("money", *match.span(), value, step_pence=scale * 100))
        taken.append(match.span())
    for match in filter(free, PENCE.finditer(text)):
        found.append(Found("money", *match.span(), int(Decimal(match["low"])), step_pence=1))
        taken.append(match.span())
    return sorted(found, key=lambda part: part.start)


def find_percentages(text: str) -> list[Found]:
    """Every percentage in a text, in order; of a range both ends are given."""
    found = []
    for match in PERCENT.finditer(text):
        if match["high"] is not None:
            found.append(
                Found("percentage", match.start(), match.end("low"), percent=float(match["low"]))
            )
            found.append(
                Found(
                    "percentage",
                    match.start("high"),
                    match.end(),
                    percent=float(_number(match["high"])),
                )
            )
        else:
            found.append(Found("percentage", *match.span(), percent=float(_number(match["low"]))))
    for match in WORDED_PERCENT.finditer(text):
        percent = float(_spelt_number(match)) * (100 if match["hundred"] else 1)
        if match.group().lower().startswith("hundred"):
            percent = 100.0
        found.append(Found("percentage", *match.span(), percent=percent))
    return sorted(found, key=lambda part: part.start)


def find_years(text: str) -> list[Found]:
    """Financial years (`2017/18`, `16/17`) as `2017-18`, and spans (`2014 - 17`) as `2014-17`."""
    found = []
    for match in YEAR.finditer(text):
        if match["long"]:
            first, until = int(match["long"]), int(match["until"][-2:])
            length = (until - first) % 100
        else:
            first, until = 2000 + int(match["short"]), int(match["next"])
            length = (until - first) % 100
            if length != 1 or int(match["short"]) < 5:
                continue
        if 1 <= length <= 12:
            value = f"{first}-{until:02d}"
            found.append(Found("financial_year", *match.span(), value=value))
    return found


def find_dates(text: str) -> list[Found]:
    """Dates as `2014-06-09`, months as `2013-12`."""
    found = []
    for match in DATE.finditer(text):
        if match["iso"]:
            value = match["iso"]
        elif match["month"]:
            month = [name.lower() for name in MONTHS].index(match["month"].lower()) + 1
            day = match["day"] or match["day_after"]
            value = f"{match['year']}-{month:02d}" + (f"-{int(day):02d}" if day else "")
        else:
            day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
            if not (1 <= day <= 31 and 1 <= month <= 12):
                continue
            value = f"{year if year > 99 else 2000 + year}-{month:02d}-{day:02d}"
        found.append(Found("date", *match.span(), value=value))
    return found


def find_codes(text: str, codes: tuple[Code, ...]) -> list[Found]:
    """Codes of the known families, misprints put right: `C1020` and `(CI) 004` are `CI…`."""
    found = []
    for code in codes:
        prefix = "|".join(re.escape(p) for p in (code.prefix, *code.misprints))
        least, most = code.digits
        number = rf"\d{{{least},{most}}}"
        pattern = (
            rf"(?<![\w-])(?:\((?:{prefix})\)|(?:{prefix}))[ -]?"
            rf"(?P<number>{number})(?P<letter>[a-z])?"
            rf"(?:/(?P<more>{number}))?(?!\w)"
        )
        for match in re.finditer(pattern, text):
            value = code.prefix + match["number"] + (match["letter"] or "")
            if match["more"]:
                value += f"; {code.prefix}{match['more']}"
            found.append(Found(code.kind, *match.span(), value=value))
    return sorted(found, key=lambda part: part.start)


def find_all(text: str, vocabulary: Vocabulary) -> list[Found]:
    """Everything this module finds in a text, in order and without overlap; money comes first."""
    found: list[Found] = []
    for group in (
        find_money(text, vocabulary),
        find_percentages(text),
        find_dates(text),
        find_years(text),
        find_codes(text, vocabulary.codes),
    ):
        taken = [(part.start, part.end) for part in found]
        found += [
            part
            for part in group
            if all(part.end <= start or part.start >= end for start, end in taken)
        ]
    return sorted(found, key=lambda part: part.start)
