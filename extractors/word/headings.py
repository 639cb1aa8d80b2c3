"""What a paragraph is (heading, list item, caption ...), from its style, look and number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from extractors.model import PassageKind
from extractors.word.lines import Line
from extractors.word.numbering import BULLET
from extractors.word.story import Block
from extractors.word.words import is_caption, note_word

LONG_WORDS = 8  # a paragraph of this many words is running text
HEADING_WORDS = 16
STYLED_HEADING_LETTERS = 200  # reports number whole paragraphs with heading styles
_TAB_NUMBER = re.compile(
    r"(\(?(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|[a-z]{1,2}|[ivxlc]{1,6}|[A-Z])[.):]{0,2})\t(?=\S)"
)
_SPACED_NUMBER = re.compile(
    r"(\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}\."
    r"|\d{1,2}(?:\.\d{1,2})+\.?)\s+(?=[A-Z“‘\"'])"
)
_TYPED_BULLET = re.compile(r"(?:[•·▪◦‣●○■➢]\s*(?=\S)|[o\-–—]\t\s*(?=\S)|[-–—] (?=[A-Za-z]))")
# `Total for six projects: £81,475.50` names nothing.
ENDS_IN_SUM = re.compile(r":\s*£\s?\d[\d,.]*(?:\s?(?:k|m|million))?$", re.IGNORECASE)
_ENDS_SENTENCE = (".", ";", ",", ":")


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a paragraph, its number, the text without it, and its depth from 1."""

    kind: PassageKind
    text: str
    number: str | None = None
    level: int = 0
    styled: bool = False


def _split_number(line: Line, text: str) -> tuple[str | None, str, bool]:
    """Number or bullet, the text without it, and whether it is a bullet."""
    if line.label is not None:
        return line.label.text, text, line.label.bullet
    match = _TYPED_BULLET.match(text)
    if match:
        return BULLET, text[match.end() :], True
    match = _TAB_NUMBER.match(text)
    if match and _is_number(match.group(1), text, line):
        return match.group(1), text[match.end() :], False
    match = _SPACED_NUMBER.match(text)
    if match and "\t" not in text:
        return match.group(1), text[match.end() :], False
    return None, text, False


def _is_number(printed: str, text: str, line: Line) -> bool:
    """Whether what stands before a tab is a paragraph's number and not a first column."""
    if printed[-1] in ".):" or printed[0] == "(":
        return True
    return any(sign.isdigit() for sign in printed) and (
        "\t" not in text.partition("\t")[2] and (line.first < 0 or "." in printed)
    )


def _depth(number: str) -> int:
    return len([part for part in re.split(r"[.)]", number.strip("() ")) if part])


def kind_of(blocks: list[Block], at: int, depth: int) -> Kind:
    """What the paragraph at this place is; `depth` is the level of the styled heading above."""
    line = blocks[at].line
    assert line is not None
    text = tab_text(line.text)
    number, rest, bullet = _split_number(line, text)
    count = len(rest.split())
    if blocks[at].in_box:
        return Kind("text_box", rest, number)
    if line.style == "title":
        return Kind("title", rest, number, 1, True)
    if "caption" in line.style.split() or (is_caption(text) and "\t" not in text):
        return Kind("caption", text)
    if line.heading is not None and rest and len(rest) <= STYLED_HEADING_LETTERS:
        sentence = rest.endswith((".", ";")) and count > HEADING_WORDS
        if not sentence and not bullet:
            return Kind("heading", rest, number, line.heading, True)
    if _looks_like_heading(blocks, at, line, number, rest, bullet):
        level = depth + 1
        if number and number[0].isdigit():
            level = max(level if depth else 1, min(_depth(number), depth + 1))
        return Kind("heading", rest, number, level)
    if number is None:
        return Kind("paragraph", rest)
    if bullet:
        return Kind("list_item", rest, number, _list_level(line))
    if line.label is not None:
        inner = re.search(r"\d\.\d", number)
        return Kind("paragraph" if inner else "list_item", rest, number, _list_level(line))
    if re.fullmatch(r"\d+(?:\.\d+)*[a-z]?\.?", number):
        return Kind("paragraph", rest, number)
    return Kind("list_item", rest, number, 1)


def _list_level(line: Line) -> int:
    return 1 if line.label is None else line.label.level


def _looks_like_heading(
    blocks: list[Block], at: int, line: Line, number: str | None, text: str, bullet: bool
) -> bool:
    """Whether a paragraph without a heading style is one by its look and by what follows."""
    count = len(text.split())
    if bullet or "\t" in text or "\n" in text or not 0 < count <= HEADING_WORDS:
        return False
    if text.endswith(_ENDS_SENTENCE[:3]) or not any(sign.isalpha() for sign in text):
        return False
    if line.style.startswith(("toc", "table of")) or note_word(text) or len(text) < 3:
        return False
    if ENDS_IN_SUM.search(text):
        return False
    letters = [sign for sign in text if sign.isalpha()]
    capitals = len(letters) >= 6 and all(sign.isupper() for sign in letters)
    numbered = (
        number is not None
        and bool(re.fullmatch(r"\d+(?:\.\d+)*\.?", number))
        and count <= LONG_WORDS
        and text[0].isupper()
        and not text.endswith(_ENDS_SENTENCE)
    )
    if not (line.bold or (capitals and count <= LONG_WORDS) or numbered):
        return False
    later = islice(blocks, at + 1, None)
    following = next((b for b in later if b.table or (b.line and b.line.text)), None)
    if following is None or following.in_box:
        return False
    if following.line is None:
        return line.bold or capitals
    below = following.line
    if numbered and not line.bold and not capitals:
        # Neighbours of a short numbered list are no headings; running text must follow.
        own, _, is_bullet = _split_number(below, tab_text(below.text))
        under_it = own is None and len(below.text.split()) > LONG_WORDS
        return under_it or (is_bullet and _depth(number or "") > 1)
    return (
        below.bold
        or below.heading is not None
        or below.label is not None
        or "\t" in tab_text(below.text)
        or len(below.text.split()) >= LONG_WORDS
        or below.text.endswith(_ENDS_SENTENCE)
        or ENDS_IN_SUM.search(below.text) is not None
    )


def tab_text(text: str) -> str:
    """A line's text with one tab for each column gap, none at its ends."""
    return re.sub(r" *\t[\t ]*", "\t", text).strip()
