"""The columns in which cards stand: labels told from values, languages from each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.grid.card import LEAST
from extractors.grid.lines import Chunk
from extractors.grid.printed import is_money
from extractors.model import Word

YEAR = re.compile(r"(?:fy\s?)?(?:20)?\d\d\s?[/–-]\s?(?:20)?\d\d|year \d", re.I)
_DATED = r"(?:\s(?:fy\s?)?(?:20)?\d\d\s?[/–-]\s?(?:20)?\d{1,2})?"  # `Award 2023-4:`
_COLON = re.compile(rf"([^\W\d_][^:£\d]{{1,40}}{_DATED}):(?:\s|$)", re.I)


@dataclass(slots=True)
class Item:
    """A chunk of one column of cards: a label (with the value behind its colon), or plain."""

    chunk: Chunk
    label: str | None = None
    after: list[Word] = field(default_factory=list)


def label_of(chunk: Chunk, with_colon: bool) -> str | None:
    """The label a chunk is or begins with, as printed: a table's heading is set otherwise."""
    if with_colon:
        match = _COLON.match(chunk.text)
        return match[1] if match and len(match[1].split()) <= 5 else None
    text = chunk.text.strip()
    if YEAR.fullmatch(text):
        return text
    short = len(text) <= 35 and len(text.split()) <= 5
    bare = YEAR.sub("", text)  # `Award 2023-24`
    plain = short and text[:1].isupper() and not any(ch.isdigit() or ch in "£:" for ch in bare)
    return text if plain else None


def labels_beside(chunks: Sequence[Chunk], names: Set[str], with_colon: bool) -> set[str]:
    """Labels that come but once or twice, printed as the known `names` are: in their place and
    type, the value beside them where the others have it."""
    following = {id(a): b for a, b in pairwise(sorted(chunks, key=lambda c: (c.top, c.x0)))}

    def value(chunk: Chunk) -> Chunk | None:
        if with_colon and not chunk.text.rstrip().endswith(":"):
            return chunk
        after = following.get(id(chunk))
        if after is None or label_of(after, with_colon) in names:
            return None
        level = abs(after.middle - chunk.middle) < 0.3 * chunk.size
        return after if level and after.x0 > chunk.x1 else None

    def label(chunk: Chunk) -> str | None:
        return label_of(chunk, with_colon)

    def place(chunk: Chunk, after: Chunk) -> tuple[float, float, bool, float]:
        return round(chunk.x0), round(after.x0), chunk.words[0].bold, round(chunk.size, 1)

    known = Counter(place(c, after) for c in chunks if label(c) in names and (after := value(c)))
    usual, count = max(known.items(), key=lambda one: one[1], default=((), 0))
    if count < 2 * LEAST or count < 0.8 * known.total():
        return set()
    return {
        name
        for c in chunks
        if (name := label(c)) and (after := value(c)) and place(c, after) == usual
    }


def labels_set_alike(chunks: Sequence[Chunk], names: Set[str]) -> set[str]:
    """Labels that need not come round (`People`, `Pairs`): set in the type of the known labels, and
    over a value in the type of theirs, wherever they stand."""
    alike = Counter(
        kind
        for c in chunks
        if label_of(c, with_colon=False) in names and (kind := _label_and_value(c, chunks))
    )
    printed: dict[str, list[Chunk]] = {}
    for chunk in chunks:
        if name := label_of(chunk, with_colon=False):
            printed.setdefault(name, []).append(chunk)
    return {
        name
        for name, own in printed.items()
        if all((kind := _label_and_value(c, chunks)) and alike[kind] >= LEAST for c in own)
    }


_Type = tuple[bool, float]


def _label_and_value(label: Chunk, chunks: Sequence[Chunk]) -> tuple[_Type, _Type] | None:
    """The types of a label and of what stands close below where it begins, where these differ."""
    under = [
        c
        for c in chunks
        if 0 < c.middle - label.middle < 1.2 * (c.size + label.size)
        and abs(c.x0 - label.x0) < 0.5 * c.size
    ]
    value = min(under, key=lambda c: c.top, default=None)
    kinds = [(c.words[0].bold, round(c.size, 1)) for c in (label, value) if c]
    return (kinds[0], kinds[1]) if len(set(kinds)) == 2 else None


def heads_sums(year: str, chunks: Sequence[Chunk]) -> bool:
    """Whether most of a year's occurrences have a sum below or beside them, as labels have."""
    places = [c for c in chunks if c.text.strip() == year]
    sums = [c for c in chunks if is_money(c.words[0].text)]
    headed = sum(
        any(
            (abs(s.x0 - c.x0) < 40 and 0 < s.middle - c.middle < 2.5 * c.size)
            or (abs(s.middle - c.middle) < 0.5 * c.size and s.x0 > c.x1)
            for s in sums
        )
        for c in places
    )
    return 2 * headed > len(places)


def card_columns(
    chunks: Sequence[Chunk], names: set[str], with_colon: bool
) -> Iterator[list[Item]]:
    """The chunks of each column of cards from top to bottom, labels told from values."""
    labels = [(c, name) for c in chunks if (name := label_of(c, with_colon)) in names]
    clusters: list[list[tuple[Chunk, str | None]]] = []
    for chunk, name in sorted(labels, key=lambda one: one[0].x0):
        if not clusters or chunk.x0 - clusters[-1][-1][0].x0 > 40:
            clusters.append([])
        clusters[-1].append((chunk, name))
    # A card begins where its first label stands; labels beside others lie within it.
    first = min(labels, key=lambda one: (round(one[0].top), one[0].x0))[1]
    second = _second_language(clusters, chunks)
    lefts = [
        own[0][0].x0
        for own in clusters
        if any(name == first for _, name in own) or own is second or _has_titles(own, chunks)
    ]
    for i, left in enumerate(lefts):
        right = lefts[i + 1] if i + 1 < len(lefts) else float("inf")
        items = []
        for chunk in sorted(chunks, key=lambda c: (c.top, c.x0)):
            if not left - 4 <= chunk.x0 < right - 4:
                continue
            name = label_of(chunk, with_colon)
            if name not in names:
                items.append(Item(chunk))
                continue
            after: list[Word] = []
            if with_colon:
                at = next(k for k, w in enumerate(chunk.words) if w.text.endswith(":"))
                after = chunk.words[at + 1 :]
            items.append(Item(chunk, name, after))
        yield items


def _second_language(
    clusters: Sequence[list[tuple[Chunk, str | None]]], chunks: Sequence[Chunk]
) -> list[tuple[Chunk, str | None]] | None:
    """The leftmost labels of a second language, where cards print all twice side by side: as many
    labels again, none of them the same, over the very same sums."""
    money = [c for c in chunks if is_money(c.words[0].text)]
    for n in range(1, len(clusters)):
        before, after = (
            {name for own in part for _, name in own} for part in (clusters[:n], clusters[n:])
        )
        left = min(chunk.x0 for chunk, _ in clusters[n]) - 4
        sums = [
            sorted(c.words[0].text for c in money if (c.x0 < left) is side)
            for side in (True, False)
        ]
        if not before & after and len(before) == len(after) and sums[0] == sums[1] != []:
            return clusters[n]
    return None


def _has_titles(labels: Sequence[tuple[Chunk, str | None]], chunks: Sequence[Chunk]) -> bool:
    """Whether labels of one place belong to cards of their own, as in another language: most of
    the first of them have a bold title above, where they themselves begin."""
    first = min(labels, key=lambda one: one[0].top)[1]
    own = [chunk for chunk, name in labels if name == first]
    titled = sum(
        any(
            0 < label.top - c.top < 2.2 * label.size
            and abs(c.x0 - label.x0) < 4
            and c.words[0].bold
            and (not label.words[0].bold or c.size > 1.04 * label.size)
            for c in chunks
        )
        for label in own
    )
    return len(own) >= LEAST and titled > 0.6 * len(own)
