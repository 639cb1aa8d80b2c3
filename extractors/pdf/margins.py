"""Running headers, footers and page numbers: what repeats at the edge of pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from extractors.pdf.lines import Line

Margin = Literal["page_header", "page_footer", "page_number"]

_ZONE = 0.15  # share of the page's height at top and bottom where margins stand
_CLOSE = 6.0  # points that a running line may wander up or down
_PAGE = re.compile(
    r"(?:page|pg\.?|p\.?)?\s*[-–—|\[(]?\s*(\d{1,4}|[ivxlc]{1,6})\s*[-–—|\])]?"
    r"(?:\s*(?:of|/|\|)\s*\d{1,4})?",
    re.IGNORECASE,
)
_SAID = re.compile(r"page\s*\d", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}")


def find_margins(
    pages: Sequence[tuple[int, float, Sequence[Line]]],
) -> dict[int, Margin]:
    """What each margin line is, by `id(line)`; `pages` are number, height and lines.

    A line is a margin where the same words, but for a number that counts along with the pages,
    stand at the same height on two pages in five or more, or on each of three in a row.
    """
    seen: dict[tuple[bool, str, int], list[tuple[int, Line]]] = defaultdict(list)
    for number, height, lines in pages:
        for line in lines:
            top = line.box.bottom < _ZONE * height
            if not top and line.box.top < (1 - _ZONE) * height:
                continue
            for form, offset in _forms(line.text, number):
                seen[top, form, offset].append((number, line))
    found: dict[int, Margin] = {}
    count = len(pages)
    for (top, form, _), group in sorted(seen.items()):
        for alike in _same_height(group):
            on = sorted({number for number, _ in alike})
            if len(on) < 2 or not (len(on) >= 0.4 * count or _consecutive(on) >= 3):
                continue
            kind: Margin = "page_header" if top else "page_footer"
            if form.count("#") and _PAGE.fullmatch(form.replace("#", "1").strip()):
                kind = "page_number"
            for _, line in alike:
                found.setdefault(id(line), kind)
    _add_alternate(pages, found)
    for number, height, lines in pages:
        for line in lines:
            edge = line.box.bottom < 0.09 * height or line.box.top > 0.9 * height
            if edge and id(line) not in found and _numbers_page(line.text, number, count):
                found[id(line)] = "page_number"
    return found


def _add_alternate(
    pages: Sequence[tuple[int, float, Sequence[Line]]], found: dict[int, Margin]
) -> None:
    """Adds lines at the very edge that begin or end with the page's own printed number.

    Left and right pages, and first pages of chapters, set their running lines differently.
    """
    offsets: Counter[int] = Counter()
    for number, _, lines in pages:
        for line in lines:
            if id(line) in found:
                offsets.update({int(m.group()) - number for m in _NUMBER.finditer(line.text)})
    usual = {offset for offset, count in offsets.items() if count >= 2}
    for number, height, lines in pages:
        for line in lines:
            top, low = line.box.bottom < 0.08 * height, line.box.top > 0.92 * height
            if id(line) in found or not (top or low) or len(line.text.split()) > 14:
                continue
            ends = re.match(r"(\d{1,4})\s", line.text), re.search(r"\s(\d{1,4})$", line.text)
            if any(end is not None and int(end.group(1)) - number in usual for end in ends):
                found[id(line)] = "page_header" if top else "page_footer"


def _forms(text: str, number: int) -> list[tuple[str, int]]:
    """A line as it is, and with each number that may count pages replaced, with its offset."""
    forms = [(text, 0)]
    for match in _NUMBER.finditer(text):
        value = int(match.group())
        if abs(value - number) < 400:
            form = text[: match.start()] + "#" + text[match.end() :]
            forms.append((form, value - number))
    return forms


def _same_height(group: list[tuple[int, Line]]) -> list[list[tuple[int, Line]]]:
    ordered = sorted(group, key=lambda entry: (entry[1].base, entry[0]))
    groups = [[ordered[0]]]
    for entry in ordered[1:]:
        if entry[1].base - groups[-1][0][1].base <= _CLOSE:
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups


def _consecutive(numbers: list[int]) -> int:
    longest = run = 1
    for before, after in pairwise(numbers):
        run = run + 1 if after == before + 1 else 1
        longest = max(longest, run)
    return longest


def _numbers_page(text: str, number: int, count: int) -> bool:
    match = _PAGE.fullmatch(text.strip())
    if not match:
        return False
    return bool(_SAID.match(text.strip())) or (match.group(1) == str(number) and count > 0)
