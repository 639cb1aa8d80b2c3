"""Printed provider names parsed before they are compared: who provides, via whom, with whom.

Parsing knows words, not bodies, except where a small word (`to`, `and`, `/`) parts a name only
between bodies that stand on their own; `known` says which do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from normalizers.reference import read_words
from normalizers.spelling import compact, fold, initials, words

Role = Literal["provider", "via", "partner", "placeholder"]


@dataclass(frozen=True, slots=True)
class NamePart:
    """One part of a printed provider name: its words, its role, and the remark taken off it."""

    text: str
    role: Role
    remark: str | None = None


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """The words of `data/providers.toml`."""
    return read_words(
        "providers.toml",
        {
            "placeholders": list,
            "unconfirmed": list,
            "lead_ins": list,
            "between": dict,
            "legal": dict,
            "groups": dict,
            "generic": dict,
            "short_forms": dict,
        },
    )


@lru_cache(maxsize=1)
def _placeholder() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in vocabulary()["placeholders"]))


@lru_cache(maxsize=1)
def _between() -> tuple[tuple[re.Pattern[str], Role, bool], ...]:
    between = vocabulary()["between"]
    made: list[tuple[re.Pattern[str], Role, bool]] = []
    rules: tuple[tuple[str, Role, bool], ...] = (
        ("via", "via", False),
        ("partner", "partner", False),
        ("partner_behind_known_body", "partner", True),
    )
    for key, role, behind_known in rules:
        phrases = sorted(between[key], key=lambda p: -len(p))
        pattern = rf"\s*[-–,(]?\s*\b(?:{'|'.join(map(re.escape, phrases))})\s+"
        made.append((re.compile(pattern, re.I), role, behind_known))
    return tuple(made)


@lru_cache(maxsize=1)
def _legal_forms() -> tuple[tuple[str, ...], ...]:
    forms = (tuple(words(form)) for form in vocabulary()["legal"]["forms"])
    return tuple(sorted(forms, key=lambda form: -len(form)))


@lru_cache(maxsize=1)
def unit_words() -> frozenset[str]:
    """Words that only say which part of an organisation is meant (`hub`, `directorate`)."""
    return frozenset(vocabulary()["legal"]["units"])


def is_placeholder(text: str) -> bool:
    """Whether the words stand where a name will stand one day (`TBC`, `Various`)."""
    return bool(_placeholder().fullmatch(fold(text).strip(" .")))


@lru_cache(maxsize=20_000)
def name_words(text: str) -> tuple[str, ...]:
    """The words of an organisation's name without legal form and leading article."""
    left = list(words(text))
    if len(left) > 1 and left[0] == "the":
        left = left[1:]
    changed = True
    while changed:
        changed = False
        for form in _legal_forms():
            if len(left) > len(form) and tuple(left[-len(form) :]) == form:
                left = left[: -len(form)]
                changed = True
    if len(left) > 1 and left[-1] in vocabulary()["short_forms"]:
        left[-1:] = words(vocabulary()["short_forms"][left[-1]])
    return tuple(left)


def name_key(text: str) -> str:
    """What two spellings of one organisation share (`24/7 Locks Ltd`, `24-7 locks`)."""
    return "".join(name_words(text))


def split_acronym(text: str) -> tuple[str, str | None]:
    """The name and the acronym printed in brackets behind it, where its letters fit the name."""
    found = re.fullmatch(r"(?P<name>.+?)\s*\((?P<short>[A-Za-z0-9&./-]{2,12})\)\s*", text)
    if found is None:
        return text, None
    name, short = found["name"].strip(), found["short"]
    if is_acronym(short, name):
        return name, short
    return text, None


def is_acronym(short: str, name: str) -> bool:
    """Whether the letters of `short` are the first letters of the name, or stand in its order.

    `SARC` fits `Sexual Abuse Referral Centre`, `CIC` fits `Go-Getta Community Interest Company`
    (its last words), `C2ARA` (two C) fits `Conditional Cautioning And Relationship Abuse`.
    """
    doubled = re.sub(r"([a-z])2", r"\1\1", fold(short))
    letters = re.sub(r"[^a-z]", "", doubled)
    if len(letters) < 2 or fold(short) == fold(name):
        return False
    first = initials(name)
    little = {"and", "of", "for", "the", "in", "to", "a"}
    main = "".join(word[0] for word in words(name) if word not in little)
    if letters in (first, main) or first.endswith(letters) or main.endswith(letters):
        return True
    # Every letter begins a word, or stands inside the word that the letter before it began.
    return len(letters) >= 3 and _walks(letters, words(name))


def _walks(letters: str, name: tuple[str, ...]) -> bool:
    """Whether the letters can be read off the words in order, each word giving its first letter."""
    if not letters:
        return True
    if not name:
        return False
    word = name[0]
    if word[0] == letters[0]:
        for taken in range(min(len(letters), len(word)), 0, -1):
            rest = iter(word)
            in_order = all(any(c == letter for c in rest) for letter in letters[:taken])
            if in_order and _walks(letters[taken:], name[1:]):
                return True
    little = {"and", "of", "for", "the", "in", "to", "a"}
    return word in little and _walks(letters, name[1:])


@lru_cache(maxsize=1)
def _unconfirmed() -> re.Pattern[str]:
    remarks = "|".join(map(re.escape, vocabulary()["unconfirmed"]))
    return re.compile(rf"(?P<name>.+?)\s*[-–(\[,]+\s*(?P<remark>(?:{remarks})\b.*?)[)\]]?", re.I)


@lru_cache(maxsize=1)
def _lead_in() -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, vocabulary()["lead_ins"]))
    return re.compile(rf"^(?:{phrases})\s+", re.I)


def _strip_remarks(text: str) -> tuple[str, str | None]:
    """The name without a remark behind it: `(to be confirmed)`, or a clause behind a dash."""
    found = _unconfirmed().fullmatch(text)
    if found is not None and not is_placeholder(found["name"]):
        return found["name"].strip(), found["remark"]
    found = re.fullmatch(r"(?P<name>.+?)\s+[-–]\s+(?P<remark>[a-z]+(?:\s+\S+){2,})", text)
    if found is not None:
        return found["name"].strip(), found["remark"]
    return text, None


def _strip_lead_in(text: str) -> str:
    return _lead_in().sub("", text)


def parse_name(printed: str, known: Callable[[str], bool]) -> tuple[NamePart, ...]:
    """The parts of a printed provider name, in the order printed.

    `known` says whether words are the name of a body that stands on its own.
    """
    text = " ".join(printed.split())
    if not text or is_placeholder(text):
        return (NamePart(text, "placeholder"),)
    if known(text):
        return (NamePart(text, "provider"),)
    text, remark = _strip_remarks(text)
    text = _strip_lead_in(text)
    for pattern, role, behind_known in _between():
        found = pattern.search(text)
        if found is None or not found.start():
            continue
        before, after = text[: found.start()].strip(), text[found.end() :].strip()
        if found.group().lstrip().startswith("("):
            after = after.rstrip(")")
        if not after or (behind_known and not known(before)) or is_placeholder(before):
            continue
        parts = [*_joint(before, known, "provider"), *_joint(after, known, role)]
        return tuple(NamePart(p.text, p.role, remark) for p in parts)
    bracket = re.fullmatch(r"(?P<name>.+?)\s*\((?P<inside>[^()]+)\)", text)
    if bracket is not None and split_acronym(text)[1] is None and known(bracket["name"]):
        return (
            NamePart(bracket["name"], "provider", remark),
            NamePart(bracket["inside"].strip(), "partner", remark),
        )
    return tuple(NamePart(p.text, p.role, remark) for p in _joint(text, known, "provider"))


def _joint(text: str, known: Callable[[str], bool], role: Role) -> tuple[NamePart, ...]:
    """The joint bodies of a name (`A and B`, `A/ B`, `Districts, Boroughs and City councils`).

    A name is parted only where every part stands on its own; else it is one name.
    """
    if known(text):
        return (NamePart(text, role),)
    shared = re.search(r"\b(councils|police forces|trusts)$", text, re.I)
    pieces = [p.strip() for p in re.split(r"\s*[/;,+&]\s*|\s+and\s+", text) if p.strip()]
    if len(pieces) > 1:
        if shared is not None:
            singular = shared.group(1)[:-1]
            base = [re.sub(rf"\s*\b{shared.group(1)}$", "", p, flags=re.I).strip() for p in pieces]
            spelled = [p if known(p) else f"{p} {singular}" for p in base]
            if all(known(piece) for piece in spelled):
                return tuple(NamePart(piece, role) for piece in spelled)
        if all(known(piece) for piece in pieces):
            return tuple(NamePart(piece, role) for piece in pieces)
        # `24/7 Locks` is one name: a slash parts two only with a space and words on either side.
        slashed = [p.strip() for p in re.split(r"\s*/\s+|\s+/\s*", text) if p.strip()]
        if len(slashed) > 1 and all(len(compact(p)) > 2 for p in slashed):
            return tuple(NamePart(piece, role) for piece in slashed)
    return (NamePart(text, role),)
