"""Service names cut into telling words: acronyms written out, places and groups of people apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from normalizers.organisations import COUNCIL_KINDS
from normalizers.provider_names import is_acronym
from normalizers.publishers import Publisher
from normalizers.reference import read_words
from normalizers.spelling import compact, stem, words

Sides = tuple[frozenset[int], ...]  # per contrast: which of its sides the words name


@dataclass(frozen=True, slots=True)
class ServiceName:
    """A service name (or a provision text) ready to be compared.

    `telling` and `generic` are stemmed words; `places` the ONS codes of council areas it names;
    `sides` which groups of people it names.
    """

    telling: frozenset[str]
    generic: frozenset[str]
    places: frozenset[str]
    sides: Sides
    joined: str

    @property
    def all_words(self) -> frozenset[str]:
        return self.telling | self.generic


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """The words and weights of `data/services.toml`."""
    return read_words(
        "services.toml",
        {"generic": list, "silent": list, "contrast": list, "weights": dict, "thresholds": dict},
    )


@lru_cache(maxsize=1)
def _word_sets() -> tuple[frozenset[str], frozenset[str], tuple[tuple[frozenset[str], ...], ...]]:
    loaded = vocabulary()
    contrasts = tuple(
        tuple(frozenset(stem(w) for w in side) for side in c["sides"]) for c in loaded["contrast"]
    )
    return (
        frozenset(stem(w) for w in loaded["generic"]),
        frozenset(loaded["silent"]),
        contrasts,
    )


def find_acronyms(texts: Iterable[str], terms: Mapping[str, str]) -> dict[str, str]:
    """Acronym (compact) -> the words it is short for, from a glossary and from the texts' brackets.

    A bracket counts where its letters fit the words before it (`Sexual Abuse Referral Centre
    (SARC)`). A glossary entry counts where it is an acronym, or letters with `/` and `&`. An
    acronym with two meanings is left out.
    """
    found: dict[str, set[str]] = {}
    for term, meaning in sorted(terms.items()):
        short = compact(term)
        if is_acronym(term, meaning) or (
            term.upper() == term and len(short) <= 6 and short.isalpha()
        ):
            found.setdefault(short, set()).add(" ".join(words(meaning)))
    for text in sorted(set(texts)):
        for bracket in re.finditer(r"\(([A-Za-z0-9&/]{2,8})\)", text):
            before = words(text[: bracket.start()])
            short = compact(bracket[1])
            for start in range(len(before)):
                meaning = " ".join(before[start:])
                if len(before) - start >= 2 and is_acronym(bracket[1], meaning):
                    fitting = [
                        " ".join(before[s:])
                        for s in range(start, len(before) - 1)
                        if is_acronym(bracket[1], " ".join(before[s:]))
                        and before[s][0] == compact(bracket[1])[0]
                    ]
                    if fitting:
                        found.setdefault(short, set()).add(fitting[-1])
                    break
    return {
        short: min(meanings)
        for short, meanings in found.items()
        if len({frozenset(stem(w) for w in words(m)) for m in meanings}) == 1
    }


def _without_own_acronym(text: str) -> str:
    """The text without brackets that only repeat its words as an acronym."""

    def repeated(bracket: re.Match[str]) -> str:
        return "" if _ends_in(bracket[1], text[: bracket.start()]) else bracket[0]

    return re.sub(r"\s*\(([A-Za-z0-9&/]{2,8})\)", repeated, text)


def _ends_in(short: str, before: str) -> bool:
    cut = words(before)
    return any(is_acronym(short, " ".join(cut[start:])) for start in range(len(cut) - 1))


def read_service_name(text: str, publisher: Publisher, acronyms: Mapping[str, str]) -> ServiceName:
    """The words of a service name; `acronyms` come from `find_acronyms` of its publisher."""
    generic, silent, contrasts = _word_sets()
    pieces: list[str] = []
    for token in re.split(r"[\s,;:()]+", _without_own_acronym(text)):
        meaning = _written_out(token, acronyms)
        if meaning is None and "/" in token:
            pieces += [_written_out(piece, acronyms) or piece for piece in token.split("/")]
        else:
            pieces.append(meaning if meaning is not None else token)
    spelled = list(words(" ".join(pieces)))
    places, spelled = _take_places(spelled, publisher)
    stems = [stem(word) for word in spelled if word not in silent]
    telling = frozenset(word for word in stems if word not in generic)
    sides = tuple(
        frozenset(n for n, side in enumerate(contrast) if side & set(stems))
        for contrast in contrasts
    )
    return ServiceName(
        telling,
        frozenset(stems) - telling,
        places,
        sides,
        "".join(w for w in spelled if w not in silent),
    )


def _written_out(token: str, acronyms: Mapping[str, str]) -> str | None:
    """What an acronym is short for; a token with fewer than two capitals is no acronym."""
    if sum(letter.isupper() for letter in token) < 2:
        return None
    return acronyms.get(compact(token))


@lru_cache(maxsize=500)
def _place_words(publisher: Publisher) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Word runs that name a council area of the publisher, longest first, with its ONS code."""
    runs: dict[tuple[str, ...], str] = {}
    for council in sorted(publisher.councils, key=lambda c: (bool(c.ended), c.code)):
        runs.setdefault(words(council.place), council.code)
    for kind in ("city", "county"):
        tier = [c for c in publisher.councils if c.kind == kind and not c.ended]
        named = tier or [c for c in publisher.councils if kind in c.kinds and not c.ended]
        if len(named) == 1:
            runs.setdefault((kind,), named[0].code)
    return tuple(sorted(runs.items(), key=lambda item: (-len(item[0]), item)))


def _take_places(spelled: list[str], publisher: Publisher) -> tuple[frozenset[str], list[str]]:
    """The council areas named in the words, and the words without them."""
    found: set[str] = set()
    left = list(spelled)
    for run, code in _place_words(publisher):
        size = len(run)
        at = 0
        while at + size <= len(left):
            if tuple(left[at : at + size]) == run:
                found.add(code)
                end = at + size
                while end < len(left) and left[end] in COUNCIL_KINDS:
                    end += 1
                del left[at:end]
            else:
                at += 1
    return frozenset(found), left


def share(one: frozenset[str], other: frozenset[str]) -> tuple[float, float]:
    """How much two word sets share: of both together, and of the smaller one (0 to 1).

    A word cut short counts (`subs` for `substance`), and one with a slip of one letter.
    """
    if not one or not other:
        return 0.0, 0.0
    exact = one & other
    left, right = sorted(one - exact), sorted(other - exact)
    matched = len(exact)
    for word in left:
        # Words that are nearly the same have their first letter in common, at least.
        whole = next((w for w in right if w[:1] == word[:1] and _nearly(word, w)), None)
        if whole is not None:
            right.remove(whole)
            matched += 1
    return matched / (len(one) + len(other) - matched), matched / min(len(one), len(other))


def _nearly(one: str, other: str) -> bool:
    return _cut_short(one, other) or _cut_short(other, one) or _slip(one, other)


@lru_cache(maxsize=100_000)
def _slip(one: str, other: str) -> bool:
    """Whether two long words differ by one letter, or by two that changed places."""
    if min(len(one), len(other)) < 6 or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    if not (one.isalpha() and other.isalpha()):
        return False
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other, score_cutoff=1)) == 1


def _cut_short(short: str, long: str) -> bool:
    return (
        3 <= len(short) <= 4 < len(long) and long.startswith(short) and len(long) - len(short) > 2
    )
