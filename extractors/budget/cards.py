"""Awards printed as labels and values: label lines under a heading, labels above values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.budget.rows import plain
from extractors.budget.shapes import shape
from extractors.budget.splitting import dated_sum, dated_sums, split_cell
from extractors.budget.vocabulary import award_words, roles_of, row_words
from extractors.model import Passage, PrintedAmount, PrintedLine, Role


@dataclass(slots=True)
class _Card:
    """One card being read: its name, its labelled values by role, its amounts."""

    name: str | None
    heading_path: tuple[str, ...]
    fields: list[tuple[str, str]] = field(default_factory=list)
    amounts: list[PrintedAmount] = field(default_factory=list)
    passage: Passage | None = None
    taken: set[int] = field(default_factory=set)  # orders of the passages of its values
    labels: list[str] = field(default_factory=list)
    last: str = ""
    loose: str | None = None  # words without a label, between name and labels
    after: str | None = None  # words without a label, below the last value


_YEAR = r"(?:\d{4}|\d\d)\s?[/–-]\s?(?:\d{4}|\d\d)"
_LABEL_LINE = re.compile(
    rf"^(?P<label>[A-Z£][^:\t\n£]{{1,38}}?|{_YEAR})\s*(?::|\t)\s*(?P<value>\S.*)$"
)
_YEAR_LABEL = re.compile(rf"{_YEAR}|year \d", re.I)


def _label_role(label: str, value: str) -> Role | None:
    """The role of a printed label, as far as its words and its value tell."""
    if len(label.split()) > 6:
        return None
    kind = "figure" if dated_sums(value) else shape(value)
    if _YEAR_LABEL.fullmatch(label.strip()) and (kind == "unknown" or "£" in value):
        return "amount"
    if kind in {"figure", "unknown"}:
        scored = roles_of(label, "number")
        if scored and scored[0][0] >= 2:
            return scored[0][1]
        return "reference" if kind == "figure" and "£" not in value else None
    scored = roles_of(label, "text")
    if scored and scored[0][0] >= 2:
        return scored[0][1]
    return "service" if award_words("purpose").fullmatch(label.strip()) else None


def is_bare_label(text: str) -> bool:
    """Whether a short text is nothing but a label (`Organisation`, `Amount awarded`)."""
    if len(text) > 40 or re.search(r"[£\d.]", text):
        return False
    bare = text.strip(" :")
    texts, numbers = roles_of(bare, "text"), roles_of(bare, "number")
    words = bare.split()
    known = (texts and texts[0][0] >= 2) or (numbers and numbers[0][0] >= 2)
    # `Open Gate Charity` is a charity's name; `Charity name` and `CHARITY NAME` are labels.
    name = len(words) >= 3 and all(word[:1].isupper() for word in words) and not bare.isupper()
    return bool(known) and len(words) <= 4 and not name


def read_cards(passages: Sequence[Passage]) -> tuple[list[PrintedLine], set[int]]:
    """Awards printed as labelled values, and the passages they take."""
    cards: list[_Card] = []
    open_card: _Card | None = None
    repeated = _repeated_labels(passages)
    texts = Counter(plain(p.text) for p in passages)
    known = _known_labels(passages)
    position = 0
    while position < len(passages):
        passage = passages[position]
        before = passages[position - 1] if position else passage
        if {passage.kind, before.kind} == {"paragraph"} and passage.level != before.level:
            open_card = None  # the next column of a table
        text = passage.text.strip()
        pairs = _label_pairs(text, known)
        following = passages[position + 1] if position + 1 < len(passages) else None
        stands_above = plain(text) in repeated or (
            is_bare_label(text) and (passage.kind != "heading" or texts[plain(text)] > 1)
        )
        if not pairs and following is not None and stands_above:
            value = following.text.strip()
            if plain(value) not in repeated and not _label_pairs(value, known):
                role = _label_role(text.strip(" :"), value)
                if role is not None:
                    open_card = _add(cards, open_card, text.strip(" :"), value, role, following)
                    position += 2
                    continue
        if not pairs and plain(text) in repeated and following is not None:
            position += 2  # a label that no word explains: its value is left where it stands
            continue
        if pairs:
            for label, value, role in pairs:
                open_card = _add(cards, open_card, label, value, role, passage)
        elif open_card is not None and open_card.name and LONE_SUM.fullmatch(text):
            open_card = _add(cards, open_card, "", text, "amount", passage)
        elif passage.kind == "heading" or (passage.bold and len(text) <= 80):
            open_card = _Card(text, _above(passage, text), passage=passage)
            cards.append(open_card)
        elif open_card is not None and open_card.last and _continues(text):
            role_at = len(open_card.fields) - 1
            if role_at >= 0 and open_card.fields[role_at][0] == open_card.last:
                name, value = open_card.fields[role_at]
                open_card.fields[role_at] = (name, f"{value} {text}")
        elif (
            open_card is not None
            and open_card.name
            and not open_card.labels
            and not open_card.loose
        ):
            open_card.loose = text
        elif open_card is not None and open_card.labels and not open_card.after:
            open_card.after = text
        else:
            open_card = None
        position += 1
    good = [card for card in cards if _is_award(card)]
    bare = [card for card in good if card.labels == [""]]
    alike = [
        c
        for c in good
        if sum(set(c.labels) & set(o.labels) != set() for o in good) >= (3 if c in bare else 2)
    ]
    if not alike and len(good) == 1 and len(good[0].labels) >= 3:
        alike = good
    used = {order for card in alike for order in card.taken}
    groups: dict[frozenset[str], list[_Card]] = {}
    for card in alike:
        groups.setdefault(frozenset(map(plain, card.labels)), []).append(card)
    for group in groups.values():
        _with_words(group)
    return [_card_line(card) for card in alike], used


def _with_words(cards: Sequence[_Card]) -> None:
    """Give cards of one kind the words that most of them print without a label; a name that only
    the first of them has is the heading above them all."""
    if len(cards) > 1 and cards[0].name and not any(card.name for card in cards[1:]):
        cards[0].heading_path = cards[1].heading_path
        cards[0].name = cards[0].loose = None
    above = sum(bool(c.loose and c.labels != [""]) for c in cards) > 0.6 * len(cards)
    below = not above and sum(bool(c.after) for c in cards) > 0.6 * len(cards)
    for card in cards:
        words = card.loose if above else card.after if below else None
        if (
            words
            and len(words) <= 300
            and "£" not in words
            and not any(r == "provision" for r, _ in card.fields)
        ):
            card.fields.append(("provision", words))


LONE_SUM = re.compile(r"£\s?\d[\d,]*(?:\.\d+)?\s?(?:k|m|million|thousand)?", re.I)


def _repeated_labels(passages: Sequence[Passage]) -> set[str]:
    """Short texts that stand three times or more above something else: the labels of cards.

    Where they are set as the rest is, other labels must come round as often with them.
    """
    short = [p for p in passages if len(p.text) <= 40 and not re.search(r"[£:.]", p.text)]
    marked = Counter(plain(p.text) for p in short if p.kind == "heading" or p.bold)
    found = {text for text, count in marked.items() if count >= 3}
    counts = Counter(plain(p.text) for p in short)
    known = {counts[plain(p.text)] for p in short if is_bare_label(p.text)}
    found |= {text for text, count in counts.items() if count >= 3 and count in known}
    # `Force-wide` below every `Where` is a value.
    before: dict[str, set[str]] = {}
    for above, below in pairwise(passages):
        before.setdefault(plain(below.text), set()).add(plain(above.text))
    labels: set[str] = set()
    for text in dict.fromkeys(plain(p.text) for p in short):
        if text in found and not (len(before.get(text, ())) == 1 and before[text] <= labels):
            labels.add(text)
    return labels


def _known_labels(passages: Sequence[Passage]) -> re.Pattern[str] | None:
    """A pattern of the labels that stand twice or more (`Grant:`, `Delivered by:`)."""
    counts = Counter(
        label for p in passages for label in _LABELS.findall(p.text) if roles_of(label, "text")
    ) + Counter(
        match["label"].strip() for p in passages if (match := _LABEL_LINE.match(p.text.strip()))
    )
    labels = sorted((k for k, count in counts.items() if count >= 2), key=len, reverse=True)
    if not labels:
        return None
    return re.compile(r"\s+(?=(?:" + "|".join(map(re.escape, labels)) + r")\s*:)")


# A capitalised label of one to three words before a colon, anywhere in a line.
_LABELS = re.compile(r"(?:^|(?<=\s))([A-Z][a-z]+(?: [a-z]+){0,2})(?=:\s)")


def _label_pairs(text: str, known: re.Pattern[str] | None) -> list[tuple[str, str, Role]]:
    """The labelled values of a text; several where known labels follow one another in a line."""
    if len(text) > 400 or is_total_label(text):
        return []
    found = []
    lines = text.split("\n")  # a Word paragraph may hold a line for each label
    for piece in (p for line in lines for p in (known.split(line) if known else [line])):
        match = _LABEL_LINE.match(piece)
        if not match or is_total_label(match["label"]):
            continue
        label, value = match["label"].strip(), match["value"].strip()
        role = _label_role(label, value)
        if role is not None:
            found.append((label, value, role))
    return found


def is_total_label(label: str) -> bool:
    """Whether a label begins with the word for a total; `Sum awarded` is one award's."""
    match = row_words("total").match(label.strip())
    return match is not None and match[0].casefold() != "sum"


def _continues(text: str) -> bool:
    return len(text) <= 80 and text[:1].islower()


def _above(passage: Passage, text: str) -> tuple[str, ...]:
    path = passage.heading_path
    return path[:-1] if path and path[-1] == text else path


def _add(
    cards: list[_Card], card: _Card | None, label: str, value: str, role: Role, passage: Passage
) -> _Card:
    if card is None or plain(label) in map(plain, card.labels):
        path = passage.heading_path
        if path and is_bare_label(path[-1]):
            path = path[:-1]
        card = _Card(None, path)
        cards.append(card)
    card.labels.append(label)
    card.taken.add(passage.order)
    card.last = role
    if role == "amount":
        card.passage = passage
        year = dated_sum(value) or label
        for text, heading in dated_sums(value) or [(value, year)]:
            amount = PrintedAmount(
                len(card.amounts), heading, text, text, passage.marks, passage.places
            )
            card.amounts.append(amount)
    elif role in {"service", "provider", "provision", "mechanism", "reach", "priority", "note"}:
        card.fields.append((role, value))
    elif role == "section":
        card.fields.append(("theme", value))
    elif role == "reference" and shape(value) in {"year", "date", "text"}:
        card.fields.append((role, value))
    return card


def _is_award(card: _Card) -> bool:
    named = card.name is not None or any(role in {"service", "provider"} for role, _ in card.fields)
    return named and any(shape(a.text) in {"figure", "unknown"} for a in card.amounts)


def _card_line(card: _Card) -> PrintedLine:
    fields = list(card.fields)
    if card.loose and card.labels == [""]:
        parts = split_cell(card.loose)
        fields += [("service", parts[0]), ("provision", parts[1])] if parts else []
        fields += [] if parts else [("provision", card.loose)]
    roles = {role for role, _ in fields}
    section = next((text for role, text in fields if role == "theme"), None)
    if card.name is not None and {"service", "provider"} <= roles and "provision" not in roles:
        # Under the award's own name, `Activity: …` says what it is for.
        fields = [("provision" if role == "service" else role, text) for role, text in fields]
        roles = {role for role, _ in fields}
    if card.name is not None and "service" not in roles:
        role = "service" if "provider" in roles else _name_role(card.name)
        fields.insert(0, (role, card.name))
    elif card.name is not None and "provider" not in roles:
        fields.insert(0, ("provider", card.name))
    assert card.passage is not None
    return PrintedLine(
        row=None,
        section=section or (card.heading_path[-1] if card.heading_path else None),
        fields=tuple(f for f in fields if f[0] != "theme"),
        amounts=tuple(card.amounts),
        passage=card.passage.order,
        places=card.passage.places,
    )


def _name_role(name: str) -> Role:
    return "provider" if row_words("organisation").search(name) else "service"
