"""The numbers and bullets that Word prints before paragraphs, computed as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.word.schema import Element, child, is_on, value, w, whole

BULLET = "•"
_LEVELS = 9
_LONGEST = 1000  # beyond it letters and Roman numerals are no longer readable, nor meant
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CHICAGO = "*†‡§"
_REFERENCE = re.compile(r"%([1-9])")


def _roman(number: int) -> str:
    parts = []
    for worth, letters in _ROMAN:
        count, number = divmod(number, worth)
        parts.append(letters * count)
    return "".join(parts)


def _letters(number: int) -> str:
    # Word goes on after z with aa, bb, cc, not with aa, ab.
    turns, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


def _ordinal(number: int) -> str:
    tens = number % 100
    ending = "th" if 11 <= tens <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def print_number(number: int, form: str) -> str:
    """The number in one of Word's formats (ECMA-376 part 1, 17.18.59); others in digits."""
    if form == "none":
        return ""
    if form == "bullet":
        return BULLET
    if 1 <= number <= _LONGEST:
        if form in ("lowerLetter", "upperLetter"):
            letters = _letters(number)
            return letters.upper() if form == "upperLetter" else letters
        if form in ("lowerRoman", "upperRoman"):
            roman = _roman(number)
            return roman.upper() if form == "upperRoman" else roman
        if form == "chicago":
            turns, place = divmod(number - 1, len(_CHICAGO))
            return _CHICAGO[place] * (turns + 1)
    if form == "decimalZero":
        return f"{number:02d}"
    return _ordinal(number) if form == "ordinal" else str(number)


@dataclass(frozen=True, slots=True)
class Label:
    """What Word prints before a paragraph (`3.2`, `a)`, `•`), and the list's depth from 1."""

    text: str
    level: int
    bullet: bool


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    restart: int | None
    legal: bool


@dataclass(slots=True)
class Numbering:
    """The numbering part, and the counters as they stand at the paragraph last asked about."""

    root: Element | None
    _abstract: dict[str, Element] = field(default_factory=dict)
    _linked: dict[str, str] = field(default_factory=dict)
    _instances: dict[str, Element] = field(default_factory=dict)
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        for element in [] if self.root is None else self.root.iterfind(w("abstractNum")):
            key = value(element, "abstractNumId") or ""
            self._abstract[key] = element
            style = value(child(element, "styleLink"))
            if style is not None:
                self._linked[style] = key
        for element in [] if self.root is None else self.root.iterfind(w("num")):
            self._instances[value(element, "numId") or ""] = element

    def label(self, number_id: str | None, level: int | None, style: str = "") -> Label | None:
        """Count the paragraph and give back its label; None where it has no numbering.

        Call it once for each paragraph of a story, in order, empty ones included.
        """
        instance = self._instances.get(number_id or "")
        key = self._abstract_key(instance)
        if instance is None or key is None:
            return None
        if level is None:
            level = self._level_of_style(key, style)
        level = min(max(level, 0), _LEVELS - 1)
        counters = self._counters.setdefault(key, [None] * _LEVELS)
        for depth in range(_LEVELS):
            override = self._start_override(instance, depth)
            mark = (number_id or "", depth)
            if override is not None and depth <= level and mark not in self._started:
                self._started.add(mark)
                counters[depth] = override - 1 if depth == level else override
            elif depth < level and counters[depth] is None:
                # A level that was skipped counts as begun: 2.1.1 without a 2.1 leads on to 2.2.
                counters[depth] = self._level(instance, key, depth).start
        count = counters[level]
        counters[level] = self._level(instance, key, level).start if count is None else count + 1
        for deeper in range(level + 1, _LEVELS):
            restart = self._level(instance, key, deeper).restart
            if restart is None or (restart != 0 and level < restart):
                counters[deeper] = None
        own = self._level(instance, key, level)
        if own.form == "bullet":
            return Label(BULLET, level + 1, True)

        def printed(match: re.Match[str]) -> str:
            depth = int(match.group(1)) - 1
            facts = self._level(instance, key, depth)
            current = counters[depth]
            form = "decimal" if own.legal and facts.form != "decimalZero" else facts.form
            return print_number(facts.start if current is None else current, form)

        text = _REFERENCE.sub(printed, own.text).strip()
        return Label(text, level + 1, False) if text else None

    def _abstract_key(self, instance: Element | None) -> str | None:
        key = value(child(instance, "abstractNumId"))
        if key is None or key not in self._abstract:
            return None
        link = value(child(self._abstract[key], "numStyleLink"))
        return self._linked.get(link or "", key)

    def _level_of_style(self, key: str, style: str) -> int:
        for element in self._abstract[key].iterfind(w("lvl")):
            if style and value(child(element, "pStyle")) == style:
                return whole(value(element, "ilvl")) or 0
        return 0

    def _start_override(self, instance: Element, depth: int) -> int | None:
        for override in instance.iterfind(w("lvlOverride")):
            if whole(value(override, "ilvl")) == depth:
                return whole(value(child(override, "startOverride")))
        return None

    def _level(self, instance: Element, key: str, depth: int) -> _Level:
        found: Element | None = None
        for element in self._abstract[key].iterfind(w("lvl")):
            if whole(value(element, "ilvl")) == depth:
                found = element
        for override in instance.iterfind(w("lvlOverride")):
            if whole(value(override, "ilvl")) == depth and child(override, "lvl") is not None:
                found = child(override, "lvl")
        start = whole(value(child(found, "start")))
        legal = child(found, "isLgl")
        return _Level(
            0 if start is None and found is not None else (1 if start is None else start),
            value(child(found, "numFmt")) or "decimal",
            value(child(found, "lvlText")) or "",
            whole(value(child(found, "lvlRestart"))),
            legal is not None and is_on(legal),
        )
