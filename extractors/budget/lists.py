"""Awards printed as lists: `New Leaf – £2,250 for a drop-in`, `£700 to Advice Centre (Debates)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.budget.cards import is_total_label
from extractors.budget.splitting import reads_like_name
from extractors.budget.vocabulary import award_words, row_words
from extractors.model import Passage, PrintedAmount, PrintedLine, Role

_AMOUNT = (
    r"£\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|million|thousand)\b)?"
    r"(?:\s?(?:p\.?a\.?|per annum|per year|a year|each year)(?!\w))?"
)
_JOIN = r"\s*(?:[–—-]|:|,|\t)\s*"
_NAME = r"[A-Z0-9‘“\"'][^£:;]{1,110}?"
_FORMS = (
    # Wyrehaven NHS Trust (£5,650, Speak Up)
    re.compile(
        rf"(?P<name>{_NAME})\s*\((?P<amount>{_AMOUNT})"
        r"(?:[,;:–-]\s*(?P<inside>[^()]+))?\)(?P<rest>.*)"
    ),
    # £2,250 to New Leaf towards a drop-in; £500 – New Leaf
    re.compile(
        rf"(?P<amount>{_AMOUNT})(?P<link>\s+(?:to|for)\s+|{_JOIN}|\s+(?:was )?awarded to\s+)"
        r"(?P<after>.+)"
    ),
    # New Leaf – £2,250 for a drop-in; New Leaf: £2,250; New Leaf £2,250
    re.compile(rf"(?P<name>{_NAME})(?:{_JOIN}|\s+)(?P<amount>{_AMOUNT})(?P<rest>.*)"),
)
_PIECES = re.compile(
    r"(?:;\s*|(?<=\))\s*(?:,\s*)?(?:and\s+)?(?=[A-Z])|(?<=[a-z0-9)])\s*,?\s+and\s+(?=£))"
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One award of a list entry: who or what, how much, and the words that follow."""

    name: str
    amount: str
    rest: str
    service: str | None = None
    named_as: Role | None = None


def read_lists(passages: Sequence[Passage]) -> list[PrintedLine]:
    """Awards of lists: runs of entries of one heading that all have the shape of an award."""
    found: list[PrintedLine] = []
    for group in _groups(passages):
        read = [(passage, _read_entry(passage.text)) for passage in group.entries]
        good = [(passage, entries) for passage, entries in read if entries]
        with_money = [p for p in group.entries if "£" in p.text]
        awards = sum(len(entries) for _, entries in good)
        is_list = all(p.kind == "list_item" for p, _ in good)
        if awards < (2 if is_list else 3) or len(good) < 0.6 * len(with_money):
            continue
        if not award_words("context").search(group.context):
            continue
        role = _names_are(group.context, [e.name for _, entries in good for e in entries])
        for passage, entries in good:
            found += [
                _entry_line(entry, passage, number, role) for number, entry in enumerate(entries)
            ]
    return found


@dataclass(frozen=True, slots=True)
class _Group:
    context: str
    entries: tuple[Passage, ...]


def _groups(passages: Sequence[Passage]) -> Iterable[_Group]:
    """Runs of list items, or of short paragraphs with money, under one heading."""
    run: list[Passage] = []
    before = ""
    for passage in (*passages, None):
        same = (
            passage is not None
            and passage.kind != "heading"
            and (passage.kind == "list_item" or ("£" in passage.text and len(passage.text) <= 200))
        )
        if (
            same
            and passage is not None
            and (
                not run
                or (run[-1].heading_path == passage.heading_path and run[-1].kind == passage.kind)
            )
        ):
            run.append(passage)
            continue
        if run:
            yield _Group(" ".join((*run[0].heading_path, before)), tuple(run))
            run = []
        if same and passage is not None:
            run = [passage]
        elif passage is not None:
            before = passage.text
    # A list of one entry is judged with its neighbours by `_entries`' count of awards.


def _read_entry(text: str) -> list[_Entry]:
    """The awards of one list entry, or none where it is not shaped like one."""
    shown = " ".join(text.replace("\t", " – ").split()).rstrip(" .;,")
    pieces = [piece.strip(" ,") for piece in _PIECES.split(shown) if piece.strip(" ,")]
    if len(pieces) > 1 and all(re.search(_AMOUNT, piece) for piece in pieces):
        entries = [_read_piece(piece.removeprefix("and ")) for piece in pieces]
        return [e for e in entries if e] if all(entries) else []
    entry = _read_piece(shown)
    return [entry] if entry else []


def _read_piece(piece: str) -> _Entry | None:
    if len(re.findall(_AMOUNT, piece)) != 1:
        return None
    for form in _FORMS:
        match = form.fullmatch(piece)
        if match is None:
            continue
        parts = match.groupdict()
        if parts.get("after") is not None:
            name, rest = _name_and_purpose(parts["after"])
            named_as: Role | None = "service" if parts["link"].strip() == "for" else None
            if parts["link"].strip() == "to":
                named_as = "provider"
        else:
            name, rest, named_as = parts["name"], parts.get("rest") or "", None
        name = name.strip(" ,–—-:")
        if not _is_name(name):
            continue
        rest = rest.strip()
        if rest and not re.match(r"[–—:,(\-]|\w", rest):
            continue
        if award_words("sentence").search(_outside_purpose(rest)):
            continue
        return _Entry(name, match["amount"], rest, parts.get("inside"), named_as)
    return None


def _outside_purpose(rest: str) -> str:
    """The words after an amount as far as they are not what the award is for."""
    match = re.match(r"[\s,–—:(-]*", rest)
    bare = rest[match.end() :] if match else rest
    purpose = award_words("purpose").match(bare)
    return "" if purpose or rest[:1] in "–—-:,(" else bare


def _name_and_purpose(text: str) -> tuple[str, str]:
    match = re.search(
        rf"\s+(?={award_words('purpose').pattern})|\s+[–—-]\s+|,\s+|:\s+|\s*\(", text, re.I
    )
    return (text[: match.start()], text[match.start() :]) if match else (text, "")


def _is_name(name: str) -> bool:
    words = name.split()
    return (
        0 < len(words) <= 14
        and not award_words("sentence").search(name)
        and not is_total_label(name)
        and not re.search(r"\d{4}|%", name)
        and any(word[:1].isupper() for word in words)
    )


def _names_are(context: str, names: Sequence[str]) -> Role:
    """Whether the names of a list are organisations or services."""
    organisations = sum(bool(row_words("organisation").search(name)) for name in names)
    if organisations * 3 >= len(names) or award_words("recipients").search(context):
        return "provider"
    return "service"


def _entry_line(entry: _Entry, passage: Passage, number: int, role: Role) -> PrintedLine:
    named = entry.named_as or role
    fields: list[tuple[str, str]] = [(named, entry.name)]
    service, provision = _purpose(entry.rest, named)
    if entry.service:
        service = entry.service.strip()
    if service:
        fields.append(("service" if named == "provider" else "provider", service))
    if provision:
        fields.append(("provision", provision))
    return PrintedLine(
        row=None,
        section=passage.heading_path[-1] if len(passage.heading_path) >= 2 else None,
        fields=tuple(fields),
        amounts=(
            PrintedAmount(number, "", entry.amount, entry.amount, passage.marks, passage.places),
        ),
        passage=passage.order,
        places=passage.places,
    )


def _purpose(rest: str, named: Role) -> tuple[str | None, str | None]:
    """The project and the description in the words after an award."""
    bare = re.sub(r"^[\s,–—:-]+", "", rest).strip()
    purpose = award_words("purpose").match(bare)
    if purpose:
        bare = bare[purpose.end() :].strip()
    if not bare:
        return None, None
    last = re.search(r"\(([A-Z][^()]*)\)$", bare)
    if last:
        return last[1], bare[: last.start()].strip(" ,–—-") or None
    inside = re.fullmatch(r"\(([^()]+)\)", bare)
    if inside:
        bare = inside[1].strip()
    head, comma, tail = (
        re.split(r"(,\s+|\s+[–—-]\s+|:\s+)", bare, maxsplit=1)
        if re.search(r",\s+|\s+[–—-]\s+|:\s+", bare)
        else (bare, "", "")
    )
    if comma and reads_like_name(head) and named == "provider":
        return head, tail
    if reads_like_name(bare) and named == "provider" and not bare.endswith("."):
        return bare, None
    by = re.fullmatch(r"(?:delivered by|provided by|by|to)\s+(.+)", bare, re.I)
    if by and named == "service":
        return by[1], None
    return None, bare
