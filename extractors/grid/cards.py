"""Records printed as cards: the same few labels over and over, each with its value.

A label stands above its value, or before it with a colon; several may stand side by side, above
their values. A card may begin with a title, and words about it in another type. Read as one
table: the labels are its heading row, each card is a row. Nothing is a card unless the labels
come round in one order at least three times, or in two boxes drawn for them, and one of them
stands by sums of money.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.grid.card import (
    LEAST,
    Card,
    free_of_headings,
    has_one_sum,
    look,
    take_framed,
    take_words_below,
    title_and_words,
    words_of,
)
from extractors.grid.card_columns import (
    YEAR,
    Item,
    card_columns,
    heads_sums,
    label_of,
    labels_beside,
    labels_set_alike,
)
from extractors.grid.cells import finished_cell
from extractors.grid.draft import DraftCell, box_around
from extractors.grid.frames import drawn_frames
from extractors.grid.joins import Grid
from extractors.grid.lines import Chunk, Line
from extractors.grid.printed import is_money, is_year
from extractors.model import CARDS, Box, Page, Word

FRAMED = 2  # cards on a page, each in a drawn box of its own
AWAY = 30  # points by which a heading over cards may begin left of their labels


@dataclass(slots=True)
class _Open:
    """A label with its value being read: the label, the last line below it, the value's words."""

    left: Chunk
    below: Chunk
    value: list[Word]


def read_cards(
    page: Page, lines: Sequence[Line], before: frozenset[str] = frozenset()
) -> list[Grid]:
    """The cards of a page with these lines of upright words as a table, or nothing.

    `before` are the labels of cards on the page before: fewer cards go on with them.
    """
    chunks = [c for line in lines for c in line.chunks]
    frames = drawn_frames(page)
    for with_colon in (True, False):
        counts = Counter(name for c in chunks if (name := label_of(c, with_colon)))
        for year in [name for name in counts if YEAR.fullmatch(name)]:
            if not heads_sums(year, chunks):
                del counts[year]
        most = max(counts.values(), default=0)
        names = {n for n, count in counts.items() if count >= max(LEAST, 0.7 * most)}
        least = LEAST
        if len(names) < 2:
            names, least = {n for n in counts if n in before}, 1
        if len(names) < 2 and len(frames) >= FRAMED:
            names, least = {n for n, count in counts.items() if count >= FRAMED}, FRAMED
        if len(names) < 2:
            continue
        names |= labels_beside(chunks, names, with_colon)
        if not with_colon:
            names |= labels_set_alike(chunks, names)
        read: list[tuple[list[Card], list[str], list[Chunk]]] = []
        columns = list(card_columns(chunks, names, with_colon))
        languages = _in_one_language(columns)
        for own in languages:
            elsewhere = {
                id(item.chunk)
                for other in languages
                if other is not own
                for items in other
                for item in items
            }
            left = min(item.chunk.x0 for items in own for item in items)
            beside = [c for c in chunks if c.x0 > left - AWAY and id(c) not in elsewhere]
            cards, order = _read_columns(own, least, beside, frames)
            if not cards:
                break
            read.append((cards, order, beside))
        else:
            _share_titles([cards for cards, _, _ in read])
            return [
                _grid(page, part, order)
                for cards, order, beside in read
                for part in _under_headings(cards, beside)
            ]
    return []


def _share_titles(languages: Sequence[list[Card]]) -> None:
    """Give cards without a title that of the card level with them: it is printed over both."""
    first, *others = languages
    tops = [card.labels[0][1][0].box.top for card in first]
    for card in (card for cards in others for card in cards if not card.title):
        label = card.labels[0][1][0]
        level = [
            c for c, top in zip(first, tops, strict=True) if abs(top - label.box.top) < label.size
        ]
        card.title = list(level[0].title) if level else []


def _in_one_language(columns: Sequence[list[Item]]) -> list[list[list[Item]]]:
    """The columns of cards, together where they begin with the same label."""
    groups: dict[str | None, list[list[Item]]] = {}
    for items in columns:
        first = next((item.label for item in items if item.label), None)
        groups.setdefault(first, []).append(items)
    return list(groups.values())


def _read_columns(
    columns: Sequence[list[Item]],
    least: int,
    chunks: Sequence[Chunk],
    frames: Sequence[Box],
) -> tuple[list[Card], list[str]]:
    """The cards of columns with the same labels, and these in order; nothing where they disagree.

    `chunks` are what is printed in their part of the page, headings over them included; `frames`
    the boxes drawn on it.
    """
    read = [_cards(column) for column in columns]
    looks = {look(w) for own in read for card in own[1:] for w in card.title}
    for items, own in zip(columns, read, strict=True):
        if own:
            own[0].title = _title_above(items, own[0], looks)
    cards = [card for own in read for card in own]
    order = _order(cards, least)
    if not order or not _pays(cards, order):
        return [], []
    framed = take_framed(cards, chunks, frames)
    if least == FRAMED and not (framed and all(has_one_sum(card) for card in cards)):
        return [], []
    free_of_headings(cards)
    take_words_below(cards)
    return cards, order


def _under_headings(cards: Sequence[Card], chunks: Sequence[Chunk]) -> list[list[Card]]:
    """The cards, apart where a heading or a total stands between them, level with none."""
    taken = {id(word) for card in cards for word in words_of(card)}
    boxes = [card.box for card in cards]
    plain = max(word.size for card in cards for value in card.values for word in value[:1])
    cuts = [
        chunk
        for chunk in chunks
        if not any(id(word) in taken for word in chunk.words)
        and (chunk.words[0].bold or chunk.size > 1.1 * plain)
        and all(box.bottom <= chunk.top + 1 or box.top >= chunk.bottom - 1 for box in boxes)
    ]
    groups = _between(cards, boxes, cuts)
    if len(groups) >= LEAST and all(len(own) == 1 for own in groups):
        # Each heading names one card; those further up stand over several.
        titles = _take_titles(cards, boxes, cuts)
        return _between(cards, boxes, [c for c in cuts if not any(c is t for t in titles)])
    return groups


def _between(
    cards: Sequence[Card], boxes: Sequence[Box], cuts: Sequence[Chunk]
) -> list[list[Card]]:
    """The cards in groups that stand between the cuts."""
    groups: dict[int, list[Card]] = {}
    for card, box in zip(cards, boxes, strict=True):
        groups.setdefault(sum(c.middle < box.top for c in cuts), []).append(card)
    return [groups[n] for n in sorted(groups)]


def _take_titles(cards: Sequence[Card], boxes: Sequence[Box], cuts: Sequence[Chunk]) -> list[Chunk]:
    """Give each card without a title the heading right over it; these headings."""
    taken: list[Chunk] = []
    for card, box in zip(cards, boxes, strict=True):
        over = [c for c in cuts if c.middle < box.top]
        if over and not card.title:
            taken.append(max(over, key=lambda c: c.middle))
            card.title = list(taken[-1].words)
    return taken


def labels_of(grids: Sequence[Grid]) -> frozenset[str]:
    """The labels of the cards among a page's grids."""
    return frozenset(
        cell.text.rstrip(" :")
        for grid in grids
        if grid.reader == CARDS
        for cell in grid.cells
        if cell.row == 0 and cell.text
    )


def _cards(items: Sequence[Item]) -> list[Card]:
    """The cards of one column, each from its first label to its last value."""
    first = next((item.label for item in items if item.label), None)
    cards: list[Card] = []
    rest: list[Item] = []  # what follows a card's last value: the title of the next
    open_: list[_Open] = []  # the labels side by side that stand nearest above
    for item in items:
        if item.label:
            if item.label == first or (cards and _is_title(rest, item.chunk)):
                # What stands above a column's first card may be anything: see below.
                title = _near(rest, item.chunk) if cards else []
                cards.append(Card(title, [], []))
                rest = []
            elif not any(other.chunk.figure for other in rest):  # words about it, no rows
                cards[-1].below += [w for other in rest for w in other.chunk.words]
                rest = []
            card = cards[-1]
            own = [w for w in item.chunk.words if w not in item.after]
            card.labels.append((item.label, own))
            card.values.append(list(item.after))
            if open_ and abs(open_[0].left.top - item.chunk.top) > 0.5 * item.chunk.size:
                open_ = []
            open_.append(_Open(item.chunk, item.chunk, card.values[-1]))
            continue
        over = next((o for o in reversed(open_) if o.left.x0 <= item.chunk.x0 + 6), None)
        if over and not rest and _goes_on(over, item.chunk, over.value):
            over.value += item.chunk.words
            over.below = item.chunk
        elif over is None or item.chunk.top > over.below.bottom - 1:
            rest.append(item)
    return cards


def _is_title(rest: Sequence[Item], label: Chunk) -> bool:
    """Whether what stands close above a label is a heading: a card without the usual first label
    begins there."""
    return bool(
        rest
        and rest[-1].chunk.size > 1.1 * label.size
        and rest[-1].chunk.words[0].bold
        and 0 < label.top - rest[-1].chunk.bottom < 1.5 * label.size
    )


def _near(rest: Sequence[Item], label: Chunk) -> list[Word]:
    """The words close above a card's first label: its title, and no heading or total over it."""
    words: list[Word] = []
    below, most = label, 1.5
    for item in reversed(rest):
        if below.top - item.chunk.bottom > most * item.chunk.size:
            break
        words = [*item.chunk.words, *words]
        below, most = item.chunk, 0.9
    return words


def _goes_on(label: _Open, chunk: Chunk, value: Sequence[Word]) -> bool:
    """True where a chunk is the value of the label above it, or a further line of it.

    Below a value that stands beside its label is nothing but more of it, as far as labels reach.
    """
    gap = chunk.top - label.below.bottom
    if not value:
        return gap < 1.2 * label.below.size
    first = value[0].box
    beside = first.x0 > label.left.x1 and abs(first.x0 - chunk.x0) < 2
    near = (0.9 if beside else 0.55) * chunk.size
    return look(value[0]) == look(chunk.words[0]) and gap < near


def _title_above(items: Sequence[Item], card: Card, looks: set[tuple[bool, int]]) -> list[Word]:
    """The title of a column's first card: what stands close above, in the types of the others'.

    Where there is no card below another, it is what stands close above.
    """
    before: list[Chunk] = []
    for item in items:
        if item.label:
            break
        before.append(item.chunk)
    words: list[Word] = []
    top = card.labels[0][1][0].box.top
    for chunk in reversed(before):
        known = not looks or look(chunk.words[0]) in looks
        if not known or top - chunk.bottom > 1.2 * chunk.size:
            break
        words = [*chunk.words, *words]
        top = chunk.top
    return words


def _order(cards: Sequence[Card], least: int) -> list[str]:
    """The labels in the order in which the cards have them, or nothing where they do not agree."""
    if len(cards) < least:
        return []
    orders = Counter(tuple(name for name, _ in card.labels) for card in cards)
    usual = max(orders, key=lambda names: (orders[names], len(names)))
    if len(usual) < 2 or len(set(usual)) < len(usual):
        return []
    order = list(usual)
    for names in orders:  # what only some cards have stands where it follows on the others
        for before, name in pairwise(("", *names)):
            if name not in order:
                order.insert(order.index(before) + 1 if before else 0, name)
    agree = all([n for n in order if n in names] == list(names) for names in orders)
    return order if agree else []


def _pays(cards: Sequence[Card], order: Sequence[str]) -> bool:
    """True where every label has values and one label's values are sums of money."""
    sums = False
    for name in order:
        values = [
            v for c in cards for (n, _), v in zip(c.labels, c.values, strict=True) if n == name
        ]
        filled = [v for v in values if v]
        if len(filled) < 0.7 * len(values):
            return False
        money = sum(map(_is_sum, filled))
        sums = sums or money >= 0.7 * len(filled)
    return sums


_BEFORE_SUM = ("up", "to", "about", "around")


def _is_sum(value: Sequence[Word]) -> bool:
    """Whether a value is a sum with few words about it: `£9,000 over three years`, `9,000 a year`,
    `up to £9,000`; years count as none, and more stand where there are several sums (`£9,000 in
    2023/24 and £9,500 in 2024/25`)."""
    texts = [word.text for word in value]
    while len(texts) > 1 and texts[0].lower() in _BEFORE_SUM:
        texts.pop(0)
    sums = sum(text.startswith("£") for text in texts)
    plain = [text for text in texts if not is_year(text.strip("(),;")) and text != "to"]
    return is_money(texts[0]) and len(plain) <= (5 * sums if texts[0][:1] == "£" else 3)


def _grid(page: Page, cards: Sequence[Card], order: Sequence[str]) -> Grid:
    titles = [title_and_words(card) for card in cards]
    titled = sum(1 for title, _ in titles if title) > 0.6 * len(cards)
    described = titled and sum(1 for _, words in titles if words) > 0.6 * len(cards)
    ranked = sorted(cards, key=_place(cards))
    heads = {n: own for card in reversed(ranked) for n, own in card.labels}
    order = [name for name in order if name in heads]
    extra = int(titled) + int(described)
    below = any(card.below for card in cards)
    box = box_around([w for card in cards for w in words_of(card)])
    columns = len(order) + extra + below
    xs = tuple(box.x0 + (box.x1 - box.x0) * i / columns for i in range(columns + 1))
    ys = tuple(
        box.top + (box.bottom - box.top) * i / (len(cards) + 1) for i in range(len(cards) + 2)
    )
    drafts: list[DraftCell] = []
    rows: list[list[list[Word]]] = [[*([[]] * extra), *(heads[n] for n in order), *([[]] * below)]]
    for card in ranked:
        values = {n: v for (n, _), v in zip(card.labels, card.values, strict=True)}
        name, words = title_and_words(card) if described else (card.title, [])
        about = [name, words][:extra]
        rows.append([*about, *(values.get(n, []) for n in order), *[card.below][:below]])
    for r, row in enumerate(rows):
        around = box if r == 0 else ranked[r - 1].box
        for c, words in enumerate(row):
            drafts.append(
                DraftCell(r, c, 1, 1, box_around(words) if words else around, list(words))
            )
    cells = tuple(finished_cell(cell, page.number, page.fills) for cell in drafts)
    said = f"{len(cards)} cards with the same {len(order)} labels in one order"
    return Grid(page.number, box, xs, ys, cells, 1, CARDS, 1.0, (said,))


def _place(cards: Sequence[Card]) -> Callable[[Card], tuple[float, float]]:
    """Reading order: along the rows where cards stand level, else down the columns."""
    tops = Counter(round(card.box.top / 6) for card in cards)
    level = sum(count for count in tops.values() if count > 1) > 0.6 * len(cards)
    if level:
        return lambda card: (round(card.box.top / 6), card.box.x0)
    return lambda card: (round(card.box.x0 / 40), card.box.top)
