"""The lexical shape of a printed cell: a figure, a percentage, a date, a code, words.

A shape says nothing of what a figure is worth; it tells which columns can hold money at all.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Shape = Literal["empty", "dash", "unknown", "figure", "percent", "date", "year", "code", "text"]

_DASHES = "-‐‑‒–—−"
_DASH = re.compile(rf"£?\s*[{_DASHES}]+\s*£?|…|\.{{2,}}")
_UNKNOWN = re.compile(
    r"t\.?\s?b\.?\s?[cadn]\.?|#+|\?+|x{3,}|n\s*/\s*a\.?|"
    r"to be (?:confirmed|agreed|advised|decided|determined).*|"
    r"nil|dim|not applicable|not (?:yet )?(?:known|agreed|confirmed)|awaiting.*|pending",
    re.I,
)
_DIGITS = r"\d+(?:\s?[,.'’]{1,2}\s?\d+|\s\d{3}(?!\d))*"
_FIGURE = re.compile(
    rf"[(\[]?\s*(?:cr\s*)?[{_DASHES}+]?\s*(?:cr\s*)?(?:£|gbp)?\s*[({_DASHES}]?\s*{_DIGITS}\s*"
    rf"(?:k|mn?|bn|million|thousand)?\s*(?:cr)?\s*[{_DASHES}]?\s*[)\]]?\s*"
    r"(?:p\.?a\.?|per annum|per year)?",
    re.I,
)
_AMOUNT_IN_WORDS = re.compile(r"£\s?(?!0{3}(?!\d))\d")
_PERCENT = re.compile(rf"[(]?[{_DASHES}+]?\s*\d+(?:[.,]\d+)*\s*(?:%|per ?cent)\s*[)]?", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}(?:st|nd|rd|th)?[\s-]+{_MONTH}[\s,-]*(?:\d{{2,4}})?|"
    rf"{_MONTH}[\s,'’-]*(?:20|19)?\d\d",
    re.I,
)
_ONE_YEAR = (
    r"(?:(?:fy\s?)?(?:19|20)\d\d\s?(?:[/–-]|to)\s?(?:(?:19|20)?\d\d|\d)|\d\d/\d\d|fy\s?(?:20)?\d\d|"
    r"(?:19|20)\d\d|(?:year|yr|blwyddyn)\s?\d)"
)
_YEAR = re.compile(rf"{_ONE_YEAR}(?:\s(?:to|and|[–-])\s{_ONE_YEAR})?(?:\sonly)?", re.I)
_CODE = re.compile(
    r"(?=[^\s]*\d)[A-Za-z0-9/._#-]*[A-Za-z/#][A-Za-z0-9/._#-]*|0\d{3,}|0\d+[\s\d]{6,}|#?\d+[.)]"
)
_MONEY_MARK = re.compile(r"£|\d,\d{3}(?!\d)|\d\.\d\d(?!\d)")
_COUNTED = re.compile(r"\d+\s*(?:x|×|@)\s*£?\s*\d|£\s?\d[\d,. ]*\s*(?:x|×|@)\s*\d", re.I)
_RANGE = re.compile(rf"£?\s?{_DIGITS}\s*k?\s*(?:[{_DASHES}]|to)\s*£?\s?{_DIGITS}\s*[km]?", re.I)


@lru_cache(maxsize=20_000)
def shape(text: str) -> Shape:
    """The shape of a cell's text; `figure` is any number that could be money by its looks."""
    shown = " ".join(text.split())
    if not shown:
        return "empty"
    if _DASH.fullmatch(shown):
        return "dash"
    if _UNKNOWN.fullmatch(shown):
        return "unknown"
    if _PERCENT.fullmatch(shown):
        return "percent"
    if _YEAR.fullmatch(shown.strip("()[] ")):
        return "year"
    if _DATE.fullmatch(shown):
        return "date"
    if (
        "£" not in shown
        and _CODE.fullmatch(shown)
        and not re.fullmatch(r"\d+(\.\d+)?[km]", shown, re.I)
    ):
        return "code"
    if _FIGURE.fullmatch(shown) or _COUNTED.fullmatch(shown):
        return "figure"
    if _RANGE.fullmatch(shown) and ("£" in shown or "," in shown or "k" in shown.lower()):
        return "figure"
    if _AMOUNT_IN_WORDS.search(shown) and len(shown) <= 60:
        return "figure"
    return "text"


def could_be_figure(text: str) -> bool:
    """Whether a text of shape `year` is a bare number, which in a column of sums is a sum."""
    return bool(re.fullmatch(r"(?:19|20)\d\d", text.strip()))


def looks_like_money(text: str) -> bool:
    """Whether a figure carries a mark of money: a £ sign, a thousands comma, two decimals."""
    return bool(_MONEY_MARK.search(text))


def has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
