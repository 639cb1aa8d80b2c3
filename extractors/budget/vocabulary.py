"""The words that budget tables are read by, loaded strictly from the TOML files beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_args

from extractors.model import Role

HERE = Path(__file__).parent
ROLES = get_args(Role)


class VocabularyError(ValueError):
    """A vocabulary file has an unknown or missing key; the message names file and key."""


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The phrases and head nouns that give one role."""

    role: Role
    phrases: tuple[tuple[str, re.Pattern[str]], ...]
    nouns: frozenset[str]


@cache
def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _strict(name: str, where: str, table: dict[str, Any], keys: set[str]) -> None:
    if not isinstance(table, dict) or set(table) != keys:
        raise VocabularyError(f"{name}: [{where}] must have exactly the keys {sorted(keys)}")


def whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words, not as part of a longer word.

    A `*` between words stands for up to two more words.
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    signs = [_spelt(word) for word in ordered if not word[0].isalnum()]
    if lettered := [word for word in ordered if word[0].isalnum()]:
        # Where a word may begin is asked once for all of them: that is ten times as fast.
        firsts = "".join(sorted({word[0] for word in lettered}))
        signs.insert(0, rf"(?<!\w)(?=[{firsts}])(?:{'|'.join(map(_spelt, lettered))})")
    return re.compile("|".join(signs), re.I)


def _spelt(word: str) -> str:
    spelt = re.escape(word).replace(r"\ \*\ ", r"\s+(?:[\w&-]+\s+){0,2}").replace(r"\ ", r"\s+")
    return spelt + (r"(?!\w)" if word[-1].isalnum() else "")


@cache
def role_words(kind: str) -> tuple[RoleWords, ...]:
    """The roles a `text` or `number` column can have, with their words."""
    data = _load("headings.toml")
    _strict("headings.toml", "", data, {"text", "number"})
    found = []
    for role, entry in data[kind].items():
        if role not in ROLES:
            raise VocabularyError(f"headings.toml: [{kind}.{role}] is not a column role")
        _strict("headings.toml", f"{kind}.{role}", entry, {"phrases", "nouns"})
        phrases = tuple((phrase, whole_words([phrase])) for phrase in entry["phrases"])
        found.append(RoleWords(role, phrases, frozenset(entry["nouns"])))
    return tuple(found)


_ROW_KEYS = {
    "total": {"words", "sub", "grand", "announces", "parts"},
    "note": {"starts"},
    "money": {"words"},
    "count": {"words"},
    "summary": {"words"},
    "tax": {"said", "words"},
    "measured": {"words"},
    "organisation": {"words", "stand_ins"},
    "place": {"words"},
    "mechanism": {"words"},
    "purpose": {"words"},
}


@cache
def row_words(section: str, key: str = "words") -> re.Pattern[str]:
    """The pattern of one list of `rows.toml`."""
    data = _load("rows.toml")
    _strict("rows.toml", "", data, set(_ROW_KEYS))
    for name, keys in _ROW_KEYS.items():
        _strict("rows.toml", name, data[name], keys)
    return whole_words(data[section][key])


_CUTS = re.compile(
    r"\s*(?:\(|\bof\b|\bwith\b|\bfor\b|\bto\b|\bin\b|\bon\b|\bfrom\b|\bvia\b|\?|:| - | – |$)", re.I
)
_GENERIC = {"name", "details", "detail", "title", "description", "type", "amount", "list"}


_AWARD_KEYS = {
    "context", "against", "recipients", "purpose", "sentence", "english", "given", "receives",
    "goes", "giving", "giver", "delivery", "cost", "outsider", "aside", "remark", "lead_in",
    "change", "after", "pointing", "summing", "at_large", "pot", "paid_for", "bare_lead", "bodies",
    "inside", "bought", "grants", "awards", "foot", "adverbial", "welsh", "asking", "refusing",
}  # fmt: skip


@cache
def award_words(name: str) -> re.Pattern[str]:
    """The pattern of one list of `awards.toml`."""
    data = _load("awards.toml")
    _strict("awards.toml", "", data, _AWARD_KEYS)
    for key in _AWARD_KEYS:
        _strict("awards.toml", key, data[key], {"words"})
    return whole_words(data[name]["words"])


_BOTH = re.compile(r"(\w+)\s*(?:/|&|,|\+|\band\b)\s*(\w+)$", re.I)


@cache
def _nouns() -> frozenset[str]:
    return frozenset(noun for words in role_words("text") for noun in words.nouns)


def _is_noun(word: str) -> bool:
    return word.lower() in _nouns()


def _role_of_noun(word: str) -> Role | None:
    return next((w.role for w in role_words("text") if word.lower() in w.nouns), None)


def two_roles(heading: str) -> tuple[Role, Role] | None:
    """The roles of a heading that names two facts (`Organisation and project`, `Service and area`).

    One is a service or a provider, the other the other of these, where it reaches or what for.
    """
    both = _BOTH.match(heading.strip())
    if both is None:
        return None
    roles = [_role_of_noun(part) for part in both.groups()]
    first, second = roles
    if first is None or second is None or first == second:
        return None
    naming = {"service", "provider"}
    return (
        (first, second) if first in naming and second in {*naming, "reach", "provision"} else None
    )


def unjoined_roles(heading: str) -> tuple[str, str] | None:
    """The two headings that stand in one without a word that joins them, if it reads so.

    `Commissioned service What is provided` is two columns read as one; a `Service provider` is not.
    """
    words = heading.split()
    phrases = [said for _, _, said in roles_of(heading, "text")]
    for at in range(1, len(words)):
        left, right = " ".join(words[:at]), " ".join(words[at:])
        pair = f"{words[at - 1]} {words[at]}".lower()
        joined = words[at - 1].lower() in _JOINING or any(pair in said for said in phrases)
        if joined or not words[at][:1].isupper() or not (at > 1 or len(words) - at > 1):
            continue
        first, second = (roles_of(part, "text")[:1] for part in (left, right))
        if first and second and first[0][1] != second[0][1] and min(first[0][0], second[0][0]) >= 2:
            return left, right
    return None


_JOINING = {"and", "or", "of", "for", "with", "to", "the", "/", "&", "-", "–", "by", "in"}


def head_noun(heading: str) -> str:
    """The word a heading is about: `Cost of service` is a cost, `Service provider` a provider.

    Of two facts under one heading (`Service and provider`) it is the first, save that a service
    under its heading (`Aim and programme`) names the rows.
    """
    both = _BOTH.match(heading.strip())
    if both and all(_is_noun(part) for part in both.groups()):
        roles = [_role_of_noun(part) for part in both.groups()]
        at = 2 if roles[1] == "service" and roles[0] in {"provision", "section"} else 1
        return both[at].lower()
    pieces: list[str] = [part for part in _CUTS.split(heading.lower()) if part and part.strip()]
    first, rest = (pieces[0], pieces[1:]) if pieces else ("", [])
    words: list[str] = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|#", first)
    if words and words[-1] in _GENERIC and len(words) == 1 and rest:
        later: list[str] = re.findall(r"[^\W\d_]+", rest[0])
        if words[-1] == "name" and later:
            return later[-1]
    if words[-1:] == ["name"] and len(words) > 1 and _is_noun(words[-2]):
        return words[-2]  # a `Contractor name` is a contractor
    return words[-1] if words else ""


# A heading that asks a question is answered by its column: `What it will do`, `Who runs it`.
_ASKS: dict[str, Role] = {
    "what": "provision",
    "who": "provider",
    "where": "reach",
    "how": "mechanism",
    "why": "note",
}


@lru_cache(maxsize=1 << 12)
def roles_of(heading: str, kind: str) -> tuple[tuple[float, Role, str], ...]:
    """The roles a heading's words speak for, strongest first: (score, role, the words)."""
    head = head_noun(heading)
    asks = _ASKS.get(heading.split()[0].lower().rstrip("?:")) if heading.split() else None
    all_words = set(re.findall(r"[^\W\d_]+|#", heading.lower()))
    scored: list[tuple[float, Role, str]] = []
    for words in role_words(kind):
        best = (0.0, "")
        for phrase, pattern in words.phrases:
            if pattern.search(heading):
                # A phrase of several words outweighs any single head noun.
                best = max(
                    best, (1.0 + len(re.findall(r"\w+|[£%]", phrase)) + len(phrase) / 100, phrase)
                )
        if head in words.nouns:
            best = max(best, (2.5, head))
        elif kind == "text" and asks == words.role and best[0] == 0:
            best = (2.0, heading.split()[0].lower())
        elif best[0] == 0:
            weak = sorted(all_words & words.nouns)
            if weak:
                best = (0.5, weak[0])
        if best[0]:
            scored.append((best[0], words.role, best[1]))
    return tuple(sorted(scored, key=lambda item: -item[0]))


UNIT = re.compile(r"£\s?['’‘]?(?:000['’]?s?|k|mn?|millions?|p)?(?!\w)", re.I)


def speaks_of_difference(heading: str) -> bool:
    """Whether a heading, its unit aside, is about a difference: `Change £m`, `Increase (£000s)`."""
    nouns = next(words.nouns for words in role_words("number") if words.role == "difference")
    return head_noun(" ".join(UNIT.sub(" ", heading).split())) in nouns
