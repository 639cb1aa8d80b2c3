"""Cards set in the cells of a Word table that only lays them out: one record to a cell.

A card has a title and labels, each with its value in the next paragraph or behind a colon. Where
most cells of a table are such cards, the table is read as one of records: a row for each card, the
labels its headings, as cards of a page are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.model import CARDS, Cell, Place, Table

LABEL_LETTERS = 40
LEAST = 2  # labels that a card has, and cards that show what the labels are
_MONEY = re.compile(r"£\s?\d")
_YEAR = re.compile(r"(?:20)?\d\d\s?[/–-]\s?(?:20)?\d\d")
_COLON = re.compile(r"([^\W\d_][^:£]{1,39}):\s+(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CardLine:
    """A paragraph of a cell: its text without and with footnote marks, and where it stands.

    `over` marks the upper row of a table of two rows in the cell: labels, or none of it.
    """

    text: str
    raw: str
    marks: tuple[str, ...]
    place: Place
    over: bool = False


@dataclass(slots=True)
class _Card:
    """One card: its title, its values by label, and what stands under no label."""

    title: CardLine | None = None
    values: dict[str, CardLine] = field(default_factory=dict)
    heads: dict[str, CardLine] = field(default_factory=dict)
    words: list[CardLine] = field(default_factory=list)


def card_table(
    number: int, cells: Sequence[Sequence[CardLine]], known: Set[str]
) -> tuple[Table, list[int], Set[str]] | None:
    """The table of the cards that the cells hold, which of the cells hold none, and all labels
    known now; None where most cells are no cards.

    `known` are the labels of cards earlier in the document: one card more may go on with them.
    """
    filled = [lines for lines in cells if lines]
    labels = _labels(filled, known)
    read = [_card(lines, labels) for lines in cells]
    paying = {label for card in read if card for label in card.values if _pays(card, label)}
    read = [card if card and paying & set(card.values) else None for card in read]
    cards = [card for card in read if card is not None]
    enough = 1 if labels <= known else LEAST
    if len(cards) < max(enough, 0.6 * len(filled)):
        return None
    used = {label for card in cards for label in card.values}
    order = [label for label in _in_order(cards) if label in used]
    left_out = [n for n, card in enumerate(read) if card is None]
    return _table(number, cards, order), left_out, used | known


def _labels(cells: Sequence[Sequence[CardLine]], known: Set[str]) -> set[str]:
    """The short texts that come again from cell to cell, each over or before another text.

    `Force-wide` below `Where` in every card is a value.
    """
    counts: Counter[str] = Counter()  # of labels whatever their year: `Award 2024/25`
    before: dict[str, set[str]] = {}
    for lines in cells:
        counts.update({_YEAR.sub("", label) for line in lines if (label := _label(line))})
        for above, below in pairwise(lines):
            before.setdefault(_plain(below.text), set()).add(_plain(above.text))
    found: set[str] = set()
    printed = (label for lines in cells for line in lines if (label := _label(line)))
    for text in dict.fromkeys(printed):
        again = counts[_YEAR.sub("", text)] >= LEAST
        value = len(before.get(text, ())) == 1 and before[text] <= found
        if text in known or (again and not value):
            found.add(text)
    upper = {label for lines in cells for line in lines if line.over and (label := _label(line))}
    return found | upper if upper & found else found


def _label(line: CardLine) -> str | None:
    """The label that a line is, or has before its colon."""
    match = _COLON.fullmatch(line.text)
    text = _plain(match[1] if match else line.text)
    bare = _YEAR.sub("", text)
    return text if 1 < len(text) <= LABEL_LETTERS and not re.search(r"[\d£.]", bare) else None


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(" :")


def _card(lines: Sequence[CardLine], labels: Set[str]) -> _Card | None:
    """The card of a cell; None where it has no name or too few labels, or more than one record."""
    card = _Card()
    open_: str | None = None
    for line in lines:
        match = _COLON.fullmatch(line.text)
        label = _plain(match[1] if match else line.text)
        if label in card.heads and open_ is None:
            return None
        if match and label in labels:
            raw = _COLON.fullmatch(line.raw)
            value = CardLine(match[2], raw[2] if raw else match[2], line.marks, line.place)
            card.heads.setdefault(label, line)
            card.values.setdefault(label, value)
            open_ = None
        elif label in labels and label not in card.heads:
            open_ = label
            card.heads[open_] = line
        elif open_ is not None:
            card.values[open_] = line
            open_ = None
        elif card.title is None and not card.heads:
            card.title = line
        else:
            card.words.append(line)
    named = card.title is not None or len(card.values) > LEAST
    return card if named and len(card.values) >= LEAST else None


def _pays(card: _Card, label: str) -> bool:
    return _MONEY.search(card.values[label].text) is not None


def _in_order(cards: Sequence[_Card]) -> list[str]:
    """All labels of the cards, what only some have where it follows on the others."""
    order: list[str] = []
    for card in cards:
        for before, label in pairwise(("", *card.heads)):
            if label not in order:
                order.insert(order.index(before) + 1 if before else 0, label)
    return order


def _table(number: int, cards: Sequence[_Card], order: Sequence[str]) -> Table:
    titled = any(card.title for card in cards)
    worded = any(card.words for card in cards)
    heads = {name: line for card in reversed(cards) for name, line in card.heads.items()}
    rows: list[list[list[CardLine]]] = [[[]] * titled + [[heads[n]] for n in order] + [[]] * worded]
    for card in cards:
        title = [[card.title] if card.title else []] * titled
        values = [[card.values[n]] if n in card.values else [] for n in order]
        rows.append([*title, *values, *[card.words][:worded]])
    cells = [
        _cell(r, c, lines, order[c - titled] if r == 0 and lines else None)
        for r, row in enumerate(rows)
        for c, lines in enumerate(row)
    ]
    return Table(number, len(rows), len(rows[0]), tuple(cells), header_rows=1, reader=CARDS)


def _cell(row: int, column: int, lines: Sequence[CardLine], label: str | None) -> Cell:
    return Cell(
        row,
        column,
        label or " ".join(line.text for line in lines),
        places=tuple(line.place for line in lines[:1]),
        marks=tuple(mark for line in lines for mark in line.marks),
        raw=label or " ".join(line.raw for line in lines),
        bold=row == 0,
    )
