"""One card of a page: its title, its labels with their values, and the words about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.grid.draft import box_around
from extractors.grid.lines import Chunk
from extractors.grid.printed import is_money
from extractors.model import Box, Word

LEAST = 3  # cards on a page


@dataclass(slots=True)
class Card:
    """A card being read; its values stand in the order of its labels."""

    title: list[Word]
    labels: list[tuple[str, list[Word]]]
    values: list[list[Word]]
    below: list[Word] = field(default_factory=list)  # words without a label, under the last value

    @property
    def box(self) -> Box:
        return box_around(words_of(self))


def look(word: Word) -> tuple[bool, int]:
    """The weight and size in which a word is printed."""
    return word.bold, round(word.size)


def words_of(card: Card) -> list[Word]:
    """All words of a card, its title first."""
    own = [w for _, words in card.labels for w in words]
    return [*card.title, *own, *(w for value in card.values for w in value), *card.below]


def title_and_words(card: Card) -> tuple[list[Word], list[Word]]:
    """A card's title, and what follows it in another type."""
    if not card.title:
        return [], []
    usual = look(card.title[0])
    at = next((n for n, word in enumerate(card.title) if look(word) != usual), len(card.title))
    return card.title[:at], card.title[at:]


def take_framed(cards: Sequence[Card], chunks: Sequence[Chunk], frames: Sequence[Box]) -> bool:
    """Take what stands over a card's labels in its own drawn box as its title, and what is left
    below as more of its last value: a table there is a breakdown of the card's sum.

    True where every card has such a box, with a title in it.
    """
    firsts = [card.labels[0][1][0] for card in cards]
    titled = 0
    for card, first in zip(cards, firsts, strict=True):
        labels = [word for _, words in card.labels for word in words]
        frame = next((f for f in frames if all(f.holds_middle(word.box) for word in labels)), None)
        if frame is None or sum(frame.holds_middle(word.box) for word in firsts) > 1:
            continue
        over = [
            c
            for c in chunks
            if c.middle < first.box.top and all(frame.holds_middle(w.box) for w in c.words)
        ]
        if over:
            card.title = [word for chunk in over for word in chunk.words]
            titled += 1
        taken = {id(word) for word in words_of(card)}
        last = card.labels[-1][1][0].box
        rest = [
            word
            for chunk in chunks
            if chunk.middle > last.top and frame.holds_middle(chunk.words[0].box)
            for word in chunk.words
            if id(word) not in taken
        ]
        value = card.values[-1]
        # In another type it is no part of the value: a reference at the foot of the card.
        apart = value and rest and look(rest[0]) != look(value[0])
        if apart:
            card.below += rest
        else:
            value += rest
    return titled == len(cards)


def has_one_sum(card: Card) -> bool:
    """Whether of a card's values one is a sum of money and nothing else: no column of a table."""
    return sum(len(value) == 1 and is_money(value[0].text) for value in card.values) == 1


def free_of_headings(cards: Sequence[Card]) -> None:
    """Take what is printed in another type before a title like those of most cards off it."""
    titles = [card.title for card in cards if card.title]
    # Of a few cards most may stand under a heading: their titles end as the others do.
    ranked = (Counter(look(t[at]) for t in titles).most_common(1) for at in (0, -1))
    enough = max(LEAST, 0.6 * len(cards))
    usual = next((kind for one in ranked for kind, count in one if count >= enough), None)
    if usual is None:
        return
    for card in cards:
        at = next((n for n, word in enumerate(card.title) if look(word) == usual), 0)
        if at and all(word.bold or word.size > usual[1] for word in card.title[:at]):
            card.title = card.title[at:]


def take_words_below(cards: Sequence[Card]) -> None:
    """Take what most cards print under their last value off it: a sentence about the award.

    Its first word had fitted the value's line, so the value ends there.
    """
    width = max(card.box.x1 - card.labels[0][1][0].box.x0 for card in cards)
    ends = [_end_of_value(card, card.labels[0][1][0].box.x0 + width) for card in cards]
    if sum(0 < end < len(c.values[-1]) for c, end in zip(cards, ends, strict=True)) < max(
        LEAST, 0.6 * len(cards)
    ):
        return
    for card, end in zip(cards, ends, strict=True):
        card.values[-1], words = card.values[-1][:end], card.values[-1][end:]
        card.below = [*card.below, *words]


def _end_of_value(card: Card, right: float) -> int:
    """How many words of the last value stand before a new line that begins with a capital, though
    there was room for its first word."""
    value = card.values[-1]
    if not value or value[0].box.top > card.labels[-1][1][-1].box.bottom:
        return len(value)  # the label stands above
    for at, (last, word) in enumerate(pairwise(value), start=1):
        room = right - last.box.x1 > word.box.x1 - word.box.x0 + 0.9 * word.size
        if word.box.x0 < last.box.x0 and room and word.text[:1].isupper():
            return at
    return len(value)
