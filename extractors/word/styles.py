"""Word's styles resolved through the styles they are based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.word.schema import Element, child, is_on, switched, value, w, whole

_HEADING = re.compile(r"\bheading\s*(\d)?\b|\bheading(\d)\b", re.IGNORECASE)
_BODY_LEVEL = 9  # outline level of body text; 0 to 8 are headings


@dataclass(slots=True)
class Styles:
    """The styles part as a lookup; every answer walks the chain of `w:basedOn`."""

    root: Element | None
    _styles: dict[str, Element] = field(default_factory=dict)
    _defaults: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for style in [] if self.root is None else self.root.iter(w("style")):
            key = value(style, "styleId")
            if key is None:
                continue
            self._styles.setdefault(key, style)
            flag = value(style, "default")
            if flag in ("1", "true", "on"):
                self._defaults.setdefault(value(style, "type") or "paragraph", key)

    def chain(self, key: str | None, kind: str = "paragraph") -> Iterator[Element]:
        """The style, then the styles it is based on; the default style where none is named."""
        key = key if key in self._styles else self._defaults.get(kind)
        seen = set()
        while key is not None and key in self._styles and key not in seen:
            seen.add(key)
            style = self._styles[key]
            yield style
            key = value(child(style, "basedOn"))

    def name(self, key: str | None) -> str:
        """The style's name in lower case; Word keeps built-in names in English everywhere."""
        style = self._styles.get(key or "")
        return ("" if style is None else value(child(style, "name")) or key or "").lower()

    def heading_level(self, paragraph_properties: Element | None) -> int | None:
        """The heading level from 1 that outline level or style name give, or None."""
        own = whole(value(child(paragraph_properties, "outlineLvl")))
        if own is not None and 0 <= own <= _BODY_LEVEL:
            return own + 1 if own < _BODY_LEVEL else None
        for style in self.chain(value(child(paragraph_properties, "pStyle"))):
            level = whole(value(child(style, "pPr", "outlineLvl")))
            name = value(child(style, "name")) or ""
            if name.lower().startswith(("toc", "table of")):
                return None
            if level is not None and 0 <= level <= _BODY_LEVEL:
                return level + 1 if level < _BODY_LEVEL else None
            match = _HEADING.search(name)
            if match:
                return max(1, int(match.group(1) or match.group(2) or 1))
        return None

    def numbering(self, paragraph_properties: Element | None) -> tuple[str | None, int | None, str]:
        """Numbering id, level and style id: the paragraph's own, else its style's."""
        own = child(paragraph_properties, "numPr")
        key = value(child(paragraph_properties, "pStyle"))
        number = value(child(own, "numId"))
        level = whole(value(child(own, "ilvl")))
        if number is not None:
            return number, level, key or ""
        for style in self.chain(key):
            inherited = child(style, "pPr", "numPr")
            number = value(child(inherited, "numId"))
            if number is not None:
                styled = whole(value(child(inherited, "ilvl")))
                return number, styled if level is None else level, value(style, "styleId") or ""
        return None, None, key or ""

    def indent(self, paragraph_properties: Element | None) -> tuple[int, int]:
        """Left indent and first-line offset (negative when hanging), in twentieths of a point."""
        left: int | None = None
        first: int | None = None
        chain = self.chain(value(child(paragraph_properties, "pStyle")))
        sources = [paragraph_properties, *(child(style, "pPr") for style in chain)]
        for properties in sources:
            indents = child(properties, "ind")
            if indents is None:
                continue
            if left is None:
                left = whole(value(indents, "left") or value(indents, "start"))
            hanging = whole(value(indents, "hanging"))
            if first is None:
                first = -hanging if hanging is not None else whole(value(indents, "firstLine"))
        return left or 0, first or 0

    def toggled(
        self, run_properties: Element | None, paragraph_style: str | None, name: str
    ) -> bool:
        """Whether a toggle property (`b`, `vanish`) holds for a run.

        A direct setting wins; else settings of paragraph and character style cancel each
        other out (ECMA-376 part 1, 17.7.3).
        """
        own = switched(run_properties, name)
        if own is not None:
            return own
        character = value(child(run_properties, "rStyle"))
        by_paragraph = self._styled(paragraph_style, "paragraph", name)
        by_character = character is not None and self._styled(character, "character", name)
        return by_paragraph != by_character or self._default_properties(name)

    def font(self, run_properties: Element | None) -> str:
        """The font a run names for its plain letters, itself or through its character style."""
        own = child(run_properties, "rFonts")
        if own is None:
            character = value(child(run_properties, "rStyle"))
            for style in self.chain(character, "character") if character else ():
                own = child(style, "rPr", "rFonts")
                if own is not None:
                    break
        return value(own, "ascii") or value(own, "hAnsi") or ""

    def first_row_stands_out(self, table_properties: Element | None) -> bool:
        """Whether the table's style sets its first row off in bold or with shading."""
        look = child(table_properties, "tblLook")
        mask = value(look)
        flag = value(look, "firstRow")
        if flag is None:
            try:
                shown = mask is not None and bool(int(mask, 16) & 0x0020)
            except ValueError:
                shown = False
        else:
            shown = flag in ("1", "true", "on")
        if not shown:
            return False
        for style in self.chain(value(child(table_properties, "tblStyle")), "table"):
            for part in style.iterfind(w("tblStylePr")):
                if value(part, "type") == "firstRow" and (
                    switched(child(part, "rPr"), "b") or child(part, "tcPr", "shd") is not None
                ):
                    return True
        return False

    def _styled(self, key: str | None, kind: str, name: str) -> bool:
        for style in self.chain(key, kind):
            stated = switched(child(style, "rPr"), name)
            if stated is not None:
                return stated
        return False

    def _default_properties(self, name: str) -> bool:
        found = child(self.root, "docDefaults", "rPrDefault", "rPr", name)
        return found is not None and is_on(found)
