"""Printed words made comparable: folded, cut into words, stemmed, turned into readable ids.

The printed text itself is kept by whoever calls; nothing here is ever shown in its place.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DASHES = re.compile(r"[‐‑‒–—―−]")
_QUOTES = re.compile(r"[‘’‛`´ʼ]")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
# A hyphen behind these joins one word ("co-ordinator", "re-offending"); elsewhere it parts two.
_JOINING = re.compile(r"\b(co|re|non|pre|multi|inter|anti|de)-(?=[a-z])")


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """The text in one spelling: lower case, plain quotes and dashes, `and` for `&`."""
    if text.isascii():  # most are: there is no other dash and no accent in them
        return " ".join(text.replace("`", "'").replace("&", " and ").lower().split())
    text = unicodedata.normalize("NFKC", text)
    text = _QUOTES.sub("'", _DASHES.sub("-", text)).replace("&", " and ").casefold()
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(plain.split())


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """The words of the text in order, folded; apostrophes and joining hyphens are dropped."""
    joined = _JOINING.sub(r"\1", fold(text))
    return tuple(word.replace("'", "") for word in _WORD.findall(joined))


@lru_cache(maxsize=50_000)
def compact(text: str) -> str:
    """The letters and digits of the text alone: `Crime stoppers` and `Crimestoppers` are equal."""
    return "".join(words(text))


def printed_key(text: str | None) -> str:
    """What a decision about printed words is keyed to: its words, whatever case and spacing."""
    return " ".join(words(text or ""))


def slug(text: str) -> str:
    """A readable id of the text's words (`Children's Board` is `childrens-board`)."""
    return "-".join(words(text)) or "unnamed"


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without a plural s; short words, numbers and -ss are left alone."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def initials(text: str) -> str:
    """The first letters of the text's words, the little words included."""
    return "".join(word[0] for word in words(text))
