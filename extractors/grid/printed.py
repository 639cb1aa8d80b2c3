"""What a run of printed characters looks like: a number, a list mark, a footnote mark.

Purely lexical. Nothing here says what an amount is worth, except `plain_number`, which
serves only to test whether a column adds up while a grid is being chosen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from extractors.model import Word

CURRENCY = frozenset("£$€")
BULLETS = frozenset("•‣◦▪▫●○■□◾◆❖➢➤►⮚·∙\uf0b7\uf0a7\uf0d8\uf0fc✓✔-–—*")
LEADER = re.compile(r"(?:[.…_·]\s?){4,}$")
# Words that go on: `Help for`, not `Drop-in`. A name may end in `add on`, a sentence in `as it is`.
TOTAL = re.compile(r"\b(?:sub-?\s?)?totals?\b|^net\b", re.IGNORECASE)  # in a row's label
LEFT_OPEN = re.compile(r"(?:[-–,&/(]|(?:^|\s)(?:and|of|the|for|to|in|or|with|by|from|into|via))$")
_DOTS = (".", "…", "_", "·")
_NUMBER = re.compile(
    r"[(\[]?[-–—−+±]?[£$€]?[-–—−+]?\(?[£$€]?\d[\d,.  ']*"
    r"(?:[mkMK]|bn|%|p|CR|cr|DR)?\)?%?[)\]]?[*†‡#^]*"
)
_BLANK_NUMBER = re.compile(
    r"(?:[-–—−.]{1,3}|n/?a|nil|tbc|tba|\(?x\)?|\*{1,3}|#+|%|NA|ND|NR|£0|\$)[*†‡]*", re.IGNORECASE
)
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_YEAR = re.compile(
    r"(?:(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?|\d\d/\d\d|(?:FY|fy)\d\d(?:/\d\d)?)[*†‡#^]*"
)
_MARK = re.compile(r"(?<=[^\s*†‡§¶^#])(\*{1,4}|[†‡§¶]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)(?=$|[\s,;:.)])")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_RAISED_MARK = re.compile(r"[\d*†‡§¶#^]{1,3}(?:,[\d]{1,2})*|[a-z]|\([a-z\d]\)", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)")


@lru_cache(maxsize=1 << 15)
def is_numeric(text: str) -> bool:
    """True for an amount, count or percentage as printed: `£1,234`, `(3.5)`, `12%`."""
    return _NUMBER.fullmatch(text) is not None


def is_money(text: str) -> bool:
    """True for a number that can hardly be a count: with a currency sign or thousands' comma."""
    return is_numeric(text) and (text[:1] in CURRENCY or _THOUSANDS.search(text) is not None)


@lru_cache(maxsize=1 << 15)
def stands_for_number(text: str) -> bool:
    """True for what is printed where a number would be: a dash, `nil`, `n/a`, `TBC`."""
    return _BLANK_NUMBER.fullmatch(text) is not None


@lru_cache(maxsize=1 << 15)
def is_year(text: str) -> bool:
    """True for a year or financial year alone: `2017/18`, `2017-2018`, `2019`."""
    return _YEAR.fullmatch(text) is not None


def is_unit(text: str) -> bool:
    """True for a unit of money alone: `£`, `£000`, `(£m)`."""
    return _UNIT.fullmatch(text.replace(" ", "")) is not None


_UNIT = re.compile(r"\(?£[’']?(?:000[’']?s?|s|m|k)?\)?")


def is_list_mark(text: str) -> bool:
    """True for a bullet or a list number such as `2.1`, `a)`, `(iv)`."""
    return is_bullet(text) or _LIST_NUMBER.fullmatch(text) is not None


def is_bullet(text: str) -> bool:
    """True for a bullet alone, also one that a symbol font draws from a private character."""
    return text in BULLETS or (
        len(text) == 1 and unicodedata.category(text) in ("So", "Co", "Cn") and text not in "†‡©®"
    )


def is_drawn_line(text: str) -> bool:
    """True for a rule made of dashes or underscores, as typewriters do."""
    return len(text) >= 6 and not text.strip("-_=–—")


def is_leader(text: str) -> bool:
    """True where the text ends in dot leaders."""
    return text.rstrip().endswith(_DOTS) and LEADER.search(text) is not None


@lru_cache(maxsize=1 << 15)
def plain_number(text: str) -> float | None:
    """The value of a printed number for sum tests only, or None where it is no plain number."""
    digits = (
        text.rstrip("*†‡#^").replace(",", "").replace(" ", "").replace("£", "").replace("$", "")
    )
    digits = digits.replace("–", "-").replace("−", "-").replace("€", "")
    if digits.startswith("(") and digits.endswith(")"):
        digits = "-" + digits[1:-1]
    if digits in {"-", "—", ""}:
        return 0.0 if text else None
    try:
        return float(digits)
    except ValueError:
        return None


def take_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without footnote marks, and the marks in printed order.

    A mark is asterisks, daggers or superscript digits after a character that is no space:
    `52,445*` gives `52,445` and `*`. A lone `*` is the cell's own text and stays.
    """
    marks = tuple(_MARK.findall(text))
    return (_MARK.sub("", text), marks) if marks else (text, ())


def glue(words: Sequence[Word]) -> str:
    """The words of one printed line as text: a space between them, none where glued."""
    parts: list[str] = []
    for word in words:
        if parts and not word.glued:
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def is_raised_mark(words: Sequence[Word], at: int) -> bool:
    """True for a superscript that calls a footnote, not one inside or ending a name (1st)."""
    word = words[at]
    if word.rise != 1 or word.text in _ORDINALS or not _RAISED_MARK.fullmatch(word.text):
        return False
    after = words[at + 1] if at + 1 < len(words) else None
    return at > 0 and not (after is not None and after.glued and after.text[:1].isalpha())


def without_raised(words: Sequence[Word]) -> Sequence[Word]:
    """The words of a line without the raised marks that call footnotes."""
    if not any(w.rise == 1 for w in words):
        return words
    return [w for i, w in enumerate(words) if not is_raised_mark(words, i)]
