"""Blocks of lines made into passages: headings with their path, paragraphs over page breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.grid.printed import is_year
from extractors.model import Box, Passage, PassageKind, Place
from extractors.pdf.blocks import Block
from extractors.pdf.lines import MARK_CLOSE, MARK_OPEN, Hyphens, Line, joined
from extractors.pdf.paths import grey_of

_CAPTION = re.compile(
    r"(?:table|figure|fig\.|chart|graph|diagram|map|exhibit|tabl|ffigur|siart)\s*"
    r"(?:[A-Z]{0,2}\d+(?:[.\-]\d+)*[a-z]?|[A-Z]\b|[IVX]+\b)(?P<after>\s*[.:–—\-)]*\s*)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_RAISED = re.compile(rf"( ?){MARK_OPEN}([^{MARK_CLOSE}]*){MARK_CLOSE}")
_POWER = re.compile(r"\b(?:k|c|m)?m$|\bft$|\bCO$")
_ENDED = (".", "?", "!", ":", ";")
_HEADING_WORDS = 20


@dataclass(slots=True)
class Item:
    """A block in reading order, or the place of a table (`table` is its number)."""

    page: int
    block: Block | None = None
    table: int | None = None
    box: Box | None = None
    kind: PassageKind = "paragraph"
    level: int = 0
    path: tuple[str, ...] = ()
    more: list[Block] = field(default_factory=list)  # its parts on later pages or columns


@dataclass(frozen=True, slots=True)
class Style:
    """What most of a document's text looks like."""

    size: float
    bold: bool
    colour: tuple[int, int, int]


def body_style(lines: Sequence[Line]) -> Style:
    """The size, weight and colour in which most letters of running text are set."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    colours: Counter[tuple[int, int, int]] = Counter()
    for line in lines:
        letters = sum(len(segment.text) for segment in line.segments)
        sizes[round(line.size * 2) / 2] += letters
        bold[line.bold] += letters
        colours[line.colour] += letters
    if not sizes:
        return Style(10.0, False, (0, 0, 0))
    return Style(
        max(sizes, key=lambda size: (sizes[size], size)),
        bold[True] > bold[False],
        max(colours, key=lambda colour: (colours[colour], colour)),
    )


def caption_of(text: str) -> bool:
    """Whether a text is a caption (`Table 1. Budget`) and not a sentence about one."""
    match = _CAPTION.match(text.replace("\t", " "))
    if not match or len(text.split()) > 45:
        return False
    after, rest = match.group("after").strip(), match.group("rest")
    if after or not rest:
        return True
    return rest[:1].isupper() or rest[:1].isdigit()


def set_kinds(items: Sequence[Item], heights: dict[int, float], body: Style) -> None:
    """Gives every item its kind, and headings their level and path."""
    for at, item in enumerate(items):
        block = item.block
        if block is None or item.kind != "paragraph":
            continue
        if block.mark:
            bullets = _listed(items, at)
            raised = block.mark[0].isalnum()
            low = block.box.top > 0.45 * heights.get(item.page, 0.0)
            above = items[at - 1] if at else item
            low = low or above.kind == "footnote" or above.block is None
            if not bullets and (not raised or low or block.size < 0.95 * body.size):
                item.kind = "footnote"
                continue
            if bullets:
                block.marker, block.bullet = block.mark, True
            else:
                block.parts[0] = f"{block.mark} {block.parts[0]}"
            block.mark = None
        _number_behind(block, items, at)
        if caption_of(_plain(block)):
            item.kind = "caption"
            _put_back(block)
        elif _heads(block, body):
            item.kind = "heading"
        elif block.inside is not None:
            item.kind = "text_box"
        elif block.marker and (block.bullet or _lists(block.marker)):
            item.kind = "list_item"
    _set_levels(items, body)
    _set_list_levels(items)


def _lists(marker: str) -> bool:
    """Whether a printed number is one of a list; `3.2`, `7.` and `CI013a` number paragraphs."""
    if re.fullmatch(r"\d{1,3}\)|\(\d{1,3}\)", marker):
        return True
    return not re.match(r"\d|[A-Z]{1,4}\d", marker)


def _listed(items: Sequence[Item], at: int) -> bool:
    """Whether a symbol that begins a block begins its neighbour too: then it is a bullet."""
    block = items[at].block
    if block is None or block.mark is None or block.mark[0].isalnum():
        return False
    near = [items[i].block for i in (at - 1, at + 1) if 0 <= i < len(items)]
    return any(other is not None and block.mark in (other.mark, other.marker) for other in near)


_BEHIND = re.compile(r"\d{1,2}\.?")


def _number_behind(block: Block, items: Sequence[Item], at: int) -> None:
    """Takes a section's number that stands behind its name, as in `Background  2`.

    Several such lines together are a table of contents and stay as they are.
    """
    if not _ends_in_number(block) or not block.bold:
        return
    around = [items[i].block for i in (at - 1, at + 1) if 0 <= i < len(items)]
    if not any(other is not None and _ends_in_number(other) for other in around):
        block.marker = block.parts.pop()


def _ends_in_number(block: Block) -> bool:
    return (
        block.marker is None
        and len(block.parts) == 2
        and len(block.lines) == 1
        and _BEHIND.fullmatch(block.parts[1].strip()) is not None
        and block.parts[0][:1].isalpha()
    )


def _put_back(block: Block) -> None:
    if block.marker:
        block.parts[0] = f"{block.marker} {block.parts[0]}"
        block.marker, block.bullet = None, False


def _plain(block: Block) -> str:
    return re.sub(rf"{MARK_OPEN}[^{MARK_CLOSE}]*{MARK_CLOSE}", "", block.text).strip()


def _heads(block: Block, body: Style) -> bool:
    text = _plain(block)
    words = len(text.split())
    if (
        not 0 < words <= _HEADING_WORDS
        or "\t" in text
        or block.bullet
        or len(block.lines) > 4
        or sum(char.isalpha() for char in text) < 3
        or _digits_but_years(text) > sum(char.isalpha() for char in text)
    ):
        return False
    if _SUM_OF_SOME.fullmatch(text):
        return False  # `£8,840 in four grants` beside a heading
    large = block.size > 1.08 * body.size + 0.3
    bold = block.bold and not body.bold
    capitals = text.isupper() and words <= 14
    line = block.lines[0]
    coloured = line.colour != body.colour and grey_of(line.colour) < 0.85 and words <= 12
    if text.endswith((".", ",", ";")) and not block.size > 1.25 * body.size:
        return bool(block.bold and block.marker and words <= 8)
    if text.endswith(":") and not (bold or large):
        return False
    if block.marker and not block.marker[0].isdigit() and not (bold or large):
        return False
    return large or bold or capitals or (coloured and text[:1].isupper())


_SUM_OF_SOME = re.compile(
    r"£\s?\d[\d,]*(?:\.\d+)?(?:k|m)?\s(?:in|for|across|over|to)\s\w+\s[a-z]+", re.I
)


def _digits_but_years(text: str) -> int:
    """How many digits a text has besides those of years, which headings of budgets often name."""
    return sum(c.isdigit() for w in text.split() if not is_year(w.strip("(),.:;")) for c in w)


def _look(block: Block) -> tuple[float, bool, bool]:
    return (round(block.size), block.text.isupper(), block.bold)


def _set_levels(items: Sequence[Item], body: Style) -> None:
    blocks = [item.block for item in items if item.kind == "heading" and item.block]
    if not blocks:
        return
    _set_titles(items, blocks, body)
    looks = sorted(
        {_look(i.block) for i in items if i.kind == "heading" and i.block},
        key=lambda look: (-look[0], not look[1], not look[2]),
    )
    rank = {look: min(at + 1, 6) for at, look in enumerate(looks)}
    stack: list[tuple[int, str]] = []
    for item in items:
        block = item.block
        if item.kind != "heading" or block is None:
            item.path = tuple(text for _, text in stack)
            continue
        level = rank[_look(block)]
        if block.marker and re.match(r"\d+\.\d", block.marker):
            level = min(level + block.marker.rstrip(".").count("."), 6)
        while stack and stack[-1][0] >= level:
            stack.pop()
        item.level = level
        item.path = tuple(text for _, text in stack)
        title = settled(block.text)[0]
        stack.append((level, f"{block.marker} {title}" if block.marker else title))


def _set_titles(items: Sequence[Item], blocks: Sequence[Block], body: Style) -> None:
    """The largest lines of the first page are the title, where no later heading is as large.

    Only what stands above the running text counts.
    """
    first = min(block.page for block in blocks)
    later = [block.size for block in blocks if block.page != first]
    largest = max(block.size for block in blocks)
    floor = max(later) * 1.04 if later else 0.97 * largest
    for item in items:
        block = item.block
        if block is None or block.page != first:
            continue
        if item.kind == "heading" and block.size > max(floor, 1.3 * body.size):
            item.kind = "title"
        elif item.kind in ("paragraph", "list_item") and len(block.lines) > 1:
            break  # what follows running text heads a part of it


def _set_list_levels(items: Sequence[Item]) -> None:
    """A list item's depth is how many indents the items above it in its list have."""
    indents: list[float] = []
    for item in items:
        block = item.block
        if item.kind == "list_item" and block is not None:
            x = block.marker_x
            while indents and x < indents[-1] - 4:
                indents.pop()
            if not indents or x > indents[-1] + 4:
                indents.append(x)
            item.level = len(indents)
        elif item.kind in ("heading", "title") or (
            item.kind == "paragraph" and block is not None and block.marker
        ):
            indents = []


def join_broken(items: Sequence[Item]) -> list[Item]:
    """Items with a paragraph that a page or column break cuts made one again."""
    kept: list[Item] = []
    last: Item | None = None
    for item in items:
        if item.kind in ("footnote", "page_header", "page_footer", "page_number"):
            kept.append(item)
            continue
        if last is not None and _continues(last, item):
            assert item.block is not None
            last.more.append(item.block)
            continue
        kept.append(item)
        last = item
    return kept


def _continues(last: Item, item: Item) -> bool:
    block = item.block
    if last.block is None or block is None:
        return False
    above = last.more[-1] if last.more else last.block
    if last.kind not in ("paragraph", "list_item") or item.kind != "paragraph":
        return False
    if block.marker or block.mark or block.inside is not above.inside:
        return False
    turned = block.page == above.page + 1
    column = (
        block.page == above.page
        and block.lines[0].base < above.lines[-1].base
        and block.box.x0 > above.box.x1 - 2
    )
    if not (turned or column) or abs(block.size - above.size) > 0.6 or block.bold != above.bold:
        return False
    text = _plain(above)
    line = above.lines[-1]
    full = line.column[1] - line.box.x1 < block.lines[0].first_width + 0.9 * line.size
    lower = _plain(block)[:1].islower()
    if text.endswith(_ENDED):
        return False
    return lower or (full and len(text.split()) > 5)


def settled(text: str, notes: frozenset[str] = frozenset()) -> tuple[str, tuple[str, ...]]:
    """A text without its footnote marks, and the marks.

    Raised marks are taken out but for powers (`m2`); symbols that hang on a word are marks
    where a note of the document (`notes`) begins with them.
    """
    marks: list[str] = []

    def take(match: re.Match[str]) -> str:
        mark = match.group(2)
        before = text[: match.start()]
        core = mark.rstrip(".,;")
        tail = mark[len(core) :]
        core = core.strip("()[]")
        if not match.group(1) and core in ("2", "3") and _POWER.search(before):
            return mark
        marks.extend(part for part in re.split(r"[,;]", core) if part)
        return tail

    plain = _RAISED.sub(take, text)
    for note in sorted(notes, key=len, reverse=True):
        if not note or note[0].isalnum():
            continue
        pattern = re.compile(rf"(?<=[\w).,%]){re.escape(note)}(?![*\w])")
        if pattern.search(plain):
            marks.append(note)
            plain = pattern.sub("", plain)
    lines = [" ".join(part.split()) for part in plain.split("\t")]
    return "\t".join(lines).strip(), tuple(marks)


def make_passages(items: Sequence[Item], hyphens: Hyphens) -> list[Passage]:
    """The passages of items in reading order."""
    notes = frozenset(
        item.block.mark
        for item in items
        if item.kind == "footnote" and item.block and item.block.mark
    )
    passages: list[Passage] = []
    for at, item in enumerate(items):
        block = item.block
        if block is None:
            continue
        parts = [block, *item.more]
        text = block.text
        for more in item.more:
            text = joined(text, more.text, hyphens)
        plain, marks = settled(text, notes)
        if not plain:
            plain = block.marker or block.mark or ""
            if not plain:
                continue
        following = items[at + 1] if at + 1 < len(items) else None
        places: dict[int, Box] = {}
        for part in parts:
            box = part.box
            places[part.page] = places[part.page].union(box) if part.page in places else box
        passages.append(
            Passage(
                order=1 + len(passages),
                kind=item.kind,
                text=plain,
                number=block.mark or block.marker,
                level=item.level,
                heading_path=item.path,
                places=tuple(Place(page, box) for page, box in places.items()),
                marks=marks,
                bold=block.bold,
                before_table=following.table if following is not None else None,
            )
        )
    return passages
